"""``manage.py train sequence``: teach a version of the sequence model now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from profiles.sequence.learning import learn_sequence


def train_sequence(options: dict[str, Any], say: Callable[[str], None]) -> dict[str, Any]:
    """Teach on the shop's own deeds and return the card; it goes live unless it is worse.

    ValueError of too little to learn from, and of files: what nobody agreed to is not learnt from.
    """
    if options["data"]:
        raise ValueError(
            "The sequence model learns from deeds in the database. Leave --data out; "
            "evaluate_recommender reads files of deeds."
        )
    made = learn_sequence(seed=options["seed"], say=say)
    card = made.card
    return {
        "model": "sequence", "version": made.version, "data": card["data"],
        "metrics": {
            "ndcg@10": card["quality"], **card["measured"], "nll": card["nll"],
            "peers": card["peers"], "live": card.get("live"), "heads": card["heads"],
        },
        "weights": card["weights"], "held_back": card["held_back"], "seconds": card["seconds"],
    }  # fmt: skip
