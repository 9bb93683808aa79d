"""Where relevance ends: the honest cut-off of a ranked pool.

A nearest neighbour always exists; a product that fits does not. For searching; it orders nothing.
"""

from collections.abc import Sequence

from catalog.search.signs import Candidate, Query

# Tuned on development queries, see docs/search.md.
ENOUGH_WORDS = 0.5
# Without a vector parts of words must do, as for a misspelt name.
ENOUGH_ALONE = 0.25
NEAR_ENOUGH = 0.88
TAIL = 0.45
# Where a kind of product was named: what carries its words in the title, or nearly so.
IN_TITLE = 0.6
# A name that the vocabulary does not know, said in passing of something else: "case for …".
FAR, IN_PASSING = 0.84, 0.9


def fitting(pool: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Return the candidates that fit, in their order; none if even the best does not.

    The best must have the query's name, be of the kind asked for, have most of its words, or a
    vector near enough; the others must not fall too far behind it.
    """
    if not any(convincing(one, query) for one in pool[:10]):
        return []
    if query.kinds and any(one.of_kind for one in pool):
        # Who asks for a T-shirt wants one: another comfortable thing is not an answer.
        pool = [one for one in pool if one.of_kind or one.named]
    elif any(one.of_kind for one in pool) and not any(has_words(one) for one in pool):
        # Only titles speak for the kind: what is not called so must be near.
        pool = [one for one in pool if one.of_kind or one.named or is_near(one)]
    best = max((one.score for one in pool if not one.named), default=0.0)
    return [one for one in pool if one.named or one.score >= TAIL * best]


def convincing(candidate: Candidate, query: Query) -> bool:
    """Tell whether a candidate alone would show that the shop has what was asked for."""
    if candidate.named or candidate.of_kind:
        return True
    if candidate.cosine is None:
        return has_words(candidate) or candidate.words >= ENOUGH_ALONE
    far = candidate.cosine < FAR
    if query.kinds or query.kind_words:
        # Nearness does not make a satchel of a toothbrush, nor does a word in its description.
        return has_words(candidate) and (not far or candidate.words >= IN_TITLE)
    if not query.units:
        # A measurement of vectors alone: nearness is all there is.
        return not far
    if far and candidate.words < IN_PASSING and not any(unit.synonyms for unit in query.units):
        return False
    return has_words(candidate) or is_near(candidate)


def has_words(candidate: Candidate) -> bool:
    """Tell whether a candidate has half the weight of the query's words."""
    return candidate.coverage >= ENOUGH_WORDS


def is_near(candidate: Candidate) -> bool:
    """Tell whether a candidate's vector alone is evidence."""
    return (candidate.cosine or 0.0) >= NEAR_ENOUGH
