"""What cannot be seen in a message, and may hide words from people or from rules."""

from __future__ import annotations

import re

# Control, format, private and unassigned characters, and letters that show nothing.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff\ue000-\uf8ff]"
)


def clean(text: str) -> str:
    """Strip what cannot be seen: zero-width, direction, tag, private and control characters."""
    return _INVISIBLE.sub("", text).strip()
