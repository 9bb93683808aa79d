"""Train an encoder's upper layers on labelled texts, from token states that were computed once.

Deterministic for a number of threads and a kind of processor: one seed, the same network each
time. AdamW, the steps growing over the first sixteenth and shrinking to nothing; texts of a length
stand together so that little is padded; part of the tokens is hidden at each sight, which is
cheaper too. Products are in bf16 where the processor has them, sums and weights in fp32.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import nn

from shopguide.inference.loading import has_half_products
from shopguide.inference.states import TokenStates, in_order_of_length
from shopguide.inference.upper import Upper

Say = Callable[[str], None]
MANY = 20_000  # tokens
WARM = 0.06  # share of the steps in which they grow
SPREAD = 0.15  # by which lengths are blurred, so that batches differ between rounds


@dataclass(frozen=True)
class Tuning:
    """How upper layers are trained.

    Each text is seen ``rounds`` times, less often where that would be more than ``tokens`` in all:
    what 50,000 short texts may cost is bounded, and few texts need to be seen more often.
    """

    rounds: float = 3
    tokens: float = 3e6
    batch: int = 32
    rate: float = 2e-4
    rate_new: float = 1e-3  # of what did not come with the encoder
    decay: float = 0.01
    hide: float = 0.1


def tune(
    upper: Upper,
    states: TokenStates,
    truth: NDArray[np.int64],
    *,
    seed: int,
    tuning: Tuning | None = None,
    say: Say = lambda line: None,
) -> None:
    """Train in place: n texts, (n,) places of labels.

    Cost: for each token, layer and round some 11 million products; 50,000 short Chinese texts and
    three layers take about ten minutes on two cores in fp32.
    """
    tuning = tuning or Tuning()
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    optimiser = _optimiser(upper, tuning)
    rounds = min(tuning.rounds, tuning.tokens / states.tokens)
    total = max(1, round(-(-len(states) // tuning.batch) * rounds))
    started, loss_seen = time.monotonic(), 0.0
    upper.train()
    for step, rows in enumerate(_batches(states.lengths, tuning, chance, total)):
        for group in optimiser.param_groups:
            group["lr"] = group["first"] * _share(step, total)
        x, here = states.padded(rows, chance, tuning.hide)
        with torch.autocast("cpu", torch.bfloat16, enabled=has_half_products()):
            logits = upper(x, here)
        loss = F.cross_entropy(logits.float(), torch.from_numpy(truth[rows]))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
        optimiser.step()
        loss_seen += (loss.item() - loss_seen) / min(step + 1, 100)
        if (step + 1) % 200 == 0 or step + 1 == total:
            took = time.monotonic() - started
            say(f"layers: step {step + 1} of {total}, loss {loss_seen:.3f}, {took:.0f} s")
    upper.eval()


def _optimiser(upper: Upper, tuning: Tuning) -> torch.optim.Optimizer:
    new = [upper.look, *upper.out.parameters()]
    groups = [
        {"params": new, "lr": tuning.rate_new, "weight_decay": 0.0},
        {
            "params": [*upper.layers.parameters()],
            "lr": tuning.rate,
            "weight_decay": tuning.decay,
        },
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    for group in optimiser.param_groups:
        group["first"] = group["lr"]
    return optimiser


def _batches(
    lengths: NDArray[np.int64], tuning: Tuning, chance: np.random.Generator, total: int
) -> Iterator[NDArray[np.int64]]:
    """Draw ``total`` batches of texts of similar length, round by round."""
    left = total
    while left:
        blurred = lengths * chance.uniform(1 - SPREAD, 1 + SPREAD, len(lengths))
        batches = [*in_order_of_length(blurred, tuning.batch)]
        chance.shuffle(batches)
        yield from batches[:left]
        left -= min(left, len(batches))


def _share(step: int, total: int) -> float:
    """Return which share of its first size a step has."""
    return min(1.0, (step + 1) / max(1.0, WARM * total)) * max(0.02, 1 - step / total)


@contextmanager
def all_cores(tokens: int) -> Iterator[None]:
    """Let arithmetic have all cores of this process, or what OMP_NUM_THREADS says, for a while.

    Few tokens stay on one: threads that wait for each other cost more than they save.
    """
    before = torch.get_num_threads()
    if tokens >= MANY:
        cores = os.environ.get("OMP_NUM_THREADS") or len(os.sched_getaffinity(0))
        torch.set_num_threads(int(cores))
    try:
        yield
    finally:
        torch.set_num_threads(before)
