"""What ``manage.py train intent`` and ``manage.py evaluate_text intent`` do."""

from __future__ import annotations

import json
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from assistant.understanding import sited
from assistant.understanding.intents import situated
from assistant.understanding.intents.training import (
    SHELF,
    Say,
    evaluate,
    lacks_a_head,
    learn_lacking,
    learn_own,
    train,
)
from catalog.opinions.labelled import read_labelled
from shopguide.inference.shelf import current

if TYPE_CHECKING:
    from catalog.search.evaluating import RememberingEncoder


def train_intents(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Learn our own utterances, with the files named beside them; return the model's card."""
    models, encoder = settings.MODELS_DIR, remembering()
    if options["if_lacking"]:
        if lacks_a_head(models, settings.ENCODER_ID):
            learn_lacking(models, encoder=encoder, say=say)
        else:
            say("a head that holds is in use")
        return card_in_use(models)
    if not options["data"]:
        return learn_own(models, encoder=encoder, say=say)
    columns = {name: options[name] for name in ("text_column", "label_column")}
    labelled = reduce(add, [read_labelled(path, **columns) for path in options["data"]])
    say(f"{len(labelled)} labelled texts: {labelled.source}")
    return train(labelled, encoder=encoder, models=models, seed=options["seed"], say=say)


def card_in_use(models: Path) -> dict[str, Any]:
    """Return the card of the head in use, with that of the one that knows places."""
    cards: list[dict[str, Any]] = [
        json.loads((kept / "card.json").read_text("utf-8"))
        for shelf in (SHELF, situated.SHELF, sited.SHELF) if (kept := current(models / shelf))
    ]  # fmt: skip
    return {**cards[0], "in_place": cards[1], "site": cards[2]}


def evaluate_intents(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Train on one file and measure on the other."""
    columns = {name: options[name] for name in ("text_column", "label_column")}
    train_on, test_on = (read_labelled(options[name], **columns) for name in ("train", "test"))
    return evaluate(train_on, test_on, encoder=remembering(), seed=options["seed"], say=say)


def remembering() -> RememberingEncoder:
    """Return the configured encoder with the vectors of earlier runs."""
    from catalog.search.evaluating import RememberingEncoder
    from shopguide.backends import encoder

    return RememberingEncoder(encoder(), settings.DATA_DIR / "cache")
