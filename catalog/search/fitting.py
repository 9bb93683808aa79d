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
    of_kind = any(one.of_kind for one in pool)
    if not of_kind and not any(convincing(one, query) for one in pool[:10]):
        return []
    if query.kinds and of_kind:
        # Who asks for a T-shirt wants one: another comfortable thing is not an answer.
        pool = [one for one in pool if one.of_kind or one.named]
        if any(one.placed for one in pool):
            # Coffee comes in bags, too: what only its title makes one must be near.
            pool = [one for one in pool if one.placed or one.named or is_near(one)]
        if query.wider and any(one.mentions for one in pool):
            # Among all shoes some are called slippers: the others must be near.
            pool = [one for one in pool if one.mentions or one.named or is_near(one)]
    elif query.kind_words:
        # Only words speak for the kind: what never says it must be near.
        pool = [one for one in pool if one.named or one.of_kind or one.mentions or is_near(one)]
    best = max((one.score for one in pool if not one.named), default=0.0)
    return [one for one in pool if one.named or one.score >= TAIL * best]


def convincing(candidate: Candidate, query: Query) -> bool:
    """Tell whether a candidate alone would show that the shop has what was asked for."""
    if candidate.named or candidate.of_kind or (query.kinds and not query.wider):
        # Where the shop has a place for the kind, what is not in it shows nothing.
        return candidate.named or candidate.of_kind
    if candidate.cosine is None:
        return has_words(candidate) or candidate.words >= ENOUGH_ALONE
    if query.kinds or query.kind_words:
        # Nearness does not make a satchel of a toothbrush, nor pearls a hair clip.
        return has_words(candidate) and says_kind(candidate)
    far = candidate.cosine < FAR
    if not query.units:
        # A measurement of vectors alone: nearness is all there is.
        return not far
    if far and candidate.words < IN_PASSING and not any(unit.synonyms for unit in query.units):
        return False
    return has_words(candidate) or is_near(candidate)


def has_words(candidate: Candidate) -> bool:
    """Tell whether a candidate has half the weight of the query's words."""
    return candidate.coverage >= ENOUGH_WORDS


def says_kind(candidate: Candidate) -> bool:
    """Tell whether a candidate's description speaks of the kind, and not only in passing."""
    return candidate.mentions and (is_near(candidate) or candidate.words >= IN_TITLE)


def is_near(candidate: Candidate) -> bool:
    """Tell whether a candidate's vector alone is evidence; where there is none, it is no hurdle."""
    return candidate.cosine is None or candidate.cosine >= NEAR_ENOUGH
