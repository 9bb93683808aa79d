"""What ``manage.py train sentiment`` and ``manage.py evaluate_text sentiment`` do."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from django.conf import settings

from catalog.opinions.labelled import read_labelled
from catalog.opinions.material import Say
from catalog.opinions.own import learn_own
from catalog.opinions.training import evaluate, train


def train_sentiment(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Train on the files named, without any on our own sentences; return the model's card."""
    if not options["data"]:
        return learn_own(settings.MODELS_DIR, encoder=Remembering())
    columns = {
        "text_column": options["text_column"],
        "label_column": options["label_column"],
    }
    files = [read_labelled(path, **columns) for path in options["data"]]
    labelled = reduce(add, files)
    say(f"{len(labelled)} labelled texts: {labelled.source}")
    return train(
        labelled,
        encoder=Remembering(),
        models=settings.MODELS_DIR,
        room=settings.DATA_DIR / "cache",
        seed=options["seed"],
        say=say,
    )


def evaluate_sentiment(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Train on one file and measure on the other."""
    train_on, test_on = (
        read_labelled(
            options[name],
            text_column=options["text_column"],
            label_column=options["label_column"],
        )
        for name in ("train", "test")
    )
    return evaluate(
        train_on,
        test_on,
        encoder=Remembering(),
        room=settings.DATA_DIR / "cache",
        seed=options["seed"],
        say=say,
    )


class Remembering:
    """The configured encoder with the vectors of earlier runs; lends its layers and tokens."""

    def __init__(self) -> None:
        from catalog.search.evaluating import RememberingEncoder
        from shopguide.backends import encoder

        self.encoder: Any = encoder()
        self.id: str = self.encoder.id
        kept = RememberingEncoder(self.encoder, settings.DATA_DIR / "cache")
        self.encode_documents = kept.encode_documents
        self.token_states, self.upper = self.encoder.token_states, self.encoder.upper
