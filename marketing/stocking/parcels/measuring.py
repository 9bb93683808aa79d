"""How well notes are told: macro-F1 of kinds, and of who must act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from marketing.stocking.parcels.classifying import classify
from marketing.stocking.parcels.kinds import BY_CODE

Case = tuple[str, str]


def cases_of(path: Path) -> list[Case]:
    """Read a file of sentences, each with its kind."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [(kind, text) for kind, text in pairs]


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the mean F1 over the right labels: (right, told) pairs."""
    pairs = list(pairs)
    right, told = Counter(r for r, _t in pairs), Counter(t for _r, t in pairs)
    hits = Counter(r for r, t in pairs if r == t)
    return sum(2 * hits[one] / (right[one] + told[one]) for one in right) / len(right)


def measure(cases: list[Case]) -> dict[str, float]:
    """Return macro-F1 of kinds and of routing, and accuracy of kinds."""
    told = [(kind, classify(text)) for kind, text in cases]
    return {
        "kinds": round(macro_f1((kind, one.kind) for kind, one in told), 4),
        "routing": round(macro_f1((BY_CODE[kind].acts, one.acts) for kind, one in told), 4),
        "accuracy": round(sum(kind == one.kind for kind, one in told) / len(told), 4),
    }
