"""How well the sequence model foretells: places, chances, how often its heads are right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from shopguide.inference.sequences.deeds import UNKNOWN, Deeds
from shopguide.inference.sequences.histories import Ids
from shopguide.inference.sequences.measures import ndcg, ranks
from shopguide.inference.sequences.outlook import Outlook
from shopguide.inference.sequences.teaching import one_thread


def places_of(model: Outlook, before: Deeds, targets: Ids) -> Ids:
    """Return where each target stands in its user's ranking of all items not had: (users,)."""
    return ranks(model.scores(before), targets, before.histories)


def judge_by(before: Deeds, targets: Ids) -> Callable[[Outlook], float]:
    """Return NDCG@10 as a function of a model."""
    return lambda model: ndcg(places_of(model, before, targets)) if len(targets) else 0.0


def loss_on(model: Outlook, before: Deeds, targets: Ids) -> float:
    """Return the mean of -log chance of what was taken, in nats."""
    scores = model.scores(before)
    return float(-scores[np.arange(len(targets)), targets].mean())


def accuracy(model: Outlook, deeds: Deeds) -> dict[str, float]:
    """Return how often each other head is right on the last deed of each history, 0 to 1.

    Histories of one deed are left out; ``type`` is told from all but the last.
    """
    long = deeds.chosen(np.flatnonzero(deeds.histories.lengths > 1))
    before = long.shortened(np.ones(len(long), np.int64))
    model.eval()
    with torch.inference_mode(), one_thread():
        table = model.table()
        known = model.known_after(before, table)
        said = {
            "action": (model.to_action(known), long.acts.last()),
            "kind": (model.to_kind(known), long.kinds[long.histories.last()]),
            "type": (model.to_type(known), long.types),
        }
    found = {}
    for task, (logits, truth) in said.items():
        there = truth != UNKNOWN
        if there.any():
            right = logits.argmax(-1).numpy()[there] == truth[there]
            found[task] = round(float(right.mean()), 4)
    return found
