"""Where relevance ends: the honest cut-off of a ranked pool.

A nearest neighbour always exists; a product that fits does not. For searching; it orders nothing.
"""

from collections.abc import Sequence

from catalog.search.retrieving import Candidate, Query

# Tuned on development queries, see docs/search.md.
ENOUGH_WORDS = 0.5
NEAR_ENOUGH = 0.88
TAIL = 0.45


def fitting(pool: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Return the candidates that fit, in their order; none if even the best does not.

    The best must have the query's name, most of its words, or a vector near enough; the others
    must not fall too far behind it.
    """
    # Nearness alone does not make a satchel of a toothbrush: who names a kind that the shop has
    # must be shown it, or what carries the words.
    near = 2.0 if query.kinds else NEAR_ENOUGH
    if not pool or not any(convincing(one, near) for one in pool[:10]):
        return []
    if query.kinds and any(one.of_kind for one in pool):
        # Who asks for a T-shirt wants one: another comfortable thing is not an answer.
        pool = [one for one in pool if one.of_kind or one.named]
    best = (
        max(one.score for one in pool if not one.named)
        if any(not one.named for one in pool)
        else 0.0
    )
    return [one for one in pool if one.named or one.score >= TAIL * best]


def convincing(candidate: Candidate, near: float) -> bool:
    """Tell whether there is positive evidence that the product is what was asked for.

    ``near``: the cosine from which the vector alone is evidence.
    """
    return (
        candidate.named
        or candidate.of_kind
        or candidate.coverage >= ENOUGH_WORDS
        or (candidate.cosine or 0.0) >= near
    )
