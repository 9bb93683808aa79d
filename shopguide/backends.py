"""What the settings choose, built once per process: the encoder.

Loading happens at the first call and not at import, so that the web process, which never
calls, never loads torch. Workers call after their fork.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from shopguide.inference.encoder import Encoder

_lock = threading.Lock()
_built: dict[str, Encoder] = {}


def encoder() -> Encoder:
    """Return this process's encoder, loading it at the first call.

    Cost: seconds at the first call, nothing later.
    """
    with _lock:
        if "encoder" not in _built:
            from shopguide.inference.encoder import EncoderSpec, build_encoder

            _built["encoder"] = build_encoder(EncoderSpec(**settings.ENCODER))
        return _built["encoder"]
