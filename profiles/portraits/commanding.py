"""What ``manage.py train shoppers`` and ``manage.py evaluate_shoppers`` do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings

from catalog.search.evaluating import RememberingEncoder
from profiles.portraits.portraying import portray_all
from profiles.portraits.training import compare, train
from shopguide.backends import encoder
from shopguide.inference.portraits import in_use


def train_shoppers(options: dict[str, Any], say: Callable[[str], None]) -> dict[str, Any]:
    """Train on simulated shoppers and real orders, put it in use, portray; return the card."""
    if options["data"]:
        raise ValueError(
            "Types cannot be read from a file: they are learnt from what is done. Leave --data out."
        )
    card = train(
        settings.MODELS_DIR, encoder=remembering(), encoder_id=settings.ENCODER_ID,
        seed=options["seed"], say=say,
    )  # fmt: skip
    say(f"{portray_all(in_use(settings.MODELS_DIR))} shoppers portrayed")
    return card


def evaluate(options: dict[str, Any], say: Callable[[str], None]) -> dict[str, Any]:
    """Measure ours beside its peers."""
    return compare(
        remembering(), people=options["people"], judged=options["judged"], seed=options["seed"],
        say=say,
    )  # fmt: skip


def remembering() -> RememberingEncoder:
    """Return the configured encoder with the vectors of earlier runs."""
    return RememberingEncoder(encoder(), settings.DATA_DIR / "cache")
