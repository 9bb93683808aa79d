"""Is a taught encoder better than the one it came from, and has it forgotten nothing?

Judged on things and questions that taught nothing. Three questions: does it find more (the lower
bound of the difference in nDCG@10 is above zero); are texts that have nothing to do with the
market still found across languages; do cosines still mean what they meant, for other code knows by
them what is near enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.contrast.measures import Scores, interval, measured
from shopguide.inference.contrast.pairs import Material, Ranking

Vectors = NDArray[np.float32]
FORGOTTEN = 0.02  # of reciprocal rank that unrelated texts may lose
MOVED = 0.02  # by which the cosines of texts apart may move: a third of what is near enough by
QUANTILES = (0.5, 0.99)
FEWEST = 20  # questions below which nothing is judged


@dataclass(frozen=True)
class Sight:
    """All texts of a material as one encoder sees them: (n, d) and (m, d)."""

    queries: Vectors
    documents: Vectors


def scores(material: Material, sight: Sight, part: str) -> dict[str, Scores]:
    """Score each family that has questions of this part."""
    found = {}
    for family in material.families:
        ranking = material.ranking(family, part)
        if ranking is not None:
            found[family] = measured(ranking, sight.queries, sight.documents)
    return found


def mean(found: Mapping[str, Scores], what: str = "ndcg") -> float:
    """Return one figure of all families, each weighing the same; 0 without any."""
    values = [float(getattr(one, what).mean()) for one in found.values()]
    return float(np.mean(values)) if values else 0.0


def apart(material: Material, sight: Sight, part: str) -> list[float]:
    """Return the quantiles of cosines between questions and what does not answer them."""
    found = [
        _apart(ranking, sight)
        for family in material.families
        if (ranking := material.ranking(family, part)) is not None
    ]
    if not found:
        return [0.0 for _one in QUANTILES]
    return [float(one) for one in np.mean([np.quantile(one, QUANTILES) for one in found], axis=0)]


def _apart(ranking: Ranking, sight: Sight) -> NDArray[np.float32]:
    """Return cosines of at most 200 questions to all that does not answer them."""
    documents = sight.documents[ranking.documents]
    found = []
    for question, right in list(zip(ranking.questions, ranking.right, strict=True))[:200]:
        found.append(np.delete(documents @ sight.queries[question], right))
    return np.concatenate(found) if any(len(one) for one in found) else np.zeros(1, np.float32)


@dataclass(frozen=True)
class Kept:
    """What an encoder still can: its figures on texts apart from the market, and its scale."""

    mrr: float
    scale: list[float]

    def lost(self, base: Kept) -> float:
        """Return what was lost of reciprocal rank since the base; negative where it was won."""
        return base.mrr - self.mrr

    def moved(self, base: Kept) -> float:
        """Return by how much the scale moved."""
        return max(abs(a - b) for a, b in zip(self.scale, base.scale, strict=True))

    def fine(self, base: Kept) -> bool:
        """Tell whether both are within their margins."""
        return self.lost(base) <= FORGOTTEN and self.moved(base) <= MOVED


def kept(unrelated: Material, theirs: Sight, material: Material, sight: Sight, part: str) -> Kept:
    """Measure what must not change."""
    return Kept(
        mean(scores(unrelated, theirs, part), "mrr"),
        [*apart(unrelated, theirs, part), *apart(material, sight, part)],
    )


def verdict(
    base: Mapping[str, Scores], tuned: Mapping[str, Scores], before: Kept, now: Kept
) -> dict[str, Any]:
    """Compare what both do on the judged part; ``held_back`` says why it is not to be used."""
    questions = sum(len(one.ndcg) for one in base.values())
    difference, low, high = 0.0, 0.0, 0.0
    if base:
        difference, low, high = interval(
            [tuned[family].ndcg - base[family].ndcg for family in base]
        )
    return {
        "questions": questions,
        "difference": {
            "ndcg@10": round(difference, 4),
            "from": round(low, 4),
            "to": round(high, 4),
        },
        "unrelated": {
            "mrr@10": round(now.mrr, 4),
            "base": round(before.mrr, 4),
            "margin": FORGOTTEN,
        },
        "scale": {
            "apart": [round(one, 4) for one in now.scale],
            "base": [round(one, 4) for one in before.scale],
            "margin": MOVED,
        },
        "held_back": worse(base, tuned) or _reason(questions, difference, low, before, now),
    }  # fmt: skip


def worse(base: Mapping[str, Scores], tuned: Mapping[str, Scores]) -> str:
    """Say which kind of pair is surely found worse than before, whatever the others gained."""
    for family, scored in base.items():
        difference, _low, high = interval([tuned[family].ndcg - scored.ndcg])
        if len(scored.ndcg) >= FEWEST and high < 0:
            return f"It finds less by {family}: nDCG@10 {difference:+.4f}, at most {high:+.4f}."
    return ""


def _reason(questions: int, difference: float, low: float, before: Kept, now: Kept) -> str:
    if questions < FEWEST:
        return f"{questions} held-out questions are too few to judge by; {FEWEST} are needed."
    if low <= 0:
        return f"It is not surely better: nDCG@10 {difference:+.4f}, at least {low:+.4f}."
    if now.lost(before) > FORGOTTEN:
        return f"It forgot: unrelated texts lost {now.lost(before):.3f} of their reciprocal rank."
    if now.moved(before) > MOVED:
        return f"Its cosines mean something else: they moved by {now.moved(before):.3f}."
    return ""


def told(part: Mapping[str, Mapping[str, Scores]]) -> dict[str, Any]:
    """Return figures by family and encoder, and their means, for a card."""
    families = {family for found in part.values() for family in found}
    by_family = {
        family: {"questions": len(next(iter(part.values()))[family].ndcg)}
        | {name: found[family].means() for name, found in part.items()}
        for family in sorted(families)
    }
    means = {
        name: {
            "recall@10": round(mean(found, "recall"), 4),
            "mrr@10": round(mean(found, "mrr"), 4),
            "ndcg@10": round(mean(found), 4),
        }
        for name, found in part.items()
    }
    return {"mean": means, "families": by_family}
