"""Who is compared with whom in a sentence, and by how much."""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.claims.facts import ProductFacts
from catalog.claims.money import amounts_of
from catalog.claims.patterns import worded
from catalog.claims.quantities import amounts
from catalog.claims.sentences import BLANK, Sentence

THAN = worded(
    r"\bthan\b|\binstead of\b|\bover\s(?:the )?[「\"“]?□|\b(?:as|so) \w+ as\b|没有?\s?「?□"
    r"|不[及如]\s?「?□|[轻重]过|比|[低高小轻重大]于"
    r"|较(?!为)"
    r"|\b(?:below|above|under)\b|\bbeats?\b|undercuts?|另一款"
    r"|the other\b(?! ones)|相比|against|compared (?:to|with)|其中|of the (?:two|2)"
    r"|[两2]款[之当]?中"
)
_OF_TWO = worded(r"of the (?:two|2)|[两2]款[之当]?中|其中")
_BESIDE = worded(r"\s?(?:了|整整|足足|[花出掉去付要]|大约|约|by|about)?\s?")
_BY = worded(r"\bby\s?$|相差[了为]?\s?$|差价[是为]?\s?$")
_COMPARED = worded(
    r"(?:compared (?:with|to)|unlike|next to|than|比起?|相?较于?)(?: the)?\s?[「《]?$"
)


def pair_of(sentence: Sentence, place: int) -> tuple[ProductFacts, ProductFacts] | None:
    """Return who is compared with whom: the first named with the other named or only other one."""
    named = list({one.product.pk: one.product for one in sentence.mentions}.values())
    if len(named) >= 2:
        pair = named[0], named[1]
        if not THAN.search(
            _OF_TWO.sub("", sentence.text)
        ):  # each has its own clause: "A is cheap, B is dear"
            of_first = _of(sentence, place).pk == pair[0].pk
            straight = of_first or not _named_beside(sentence, place)
            return pair if straight else (pair[1], pair[0])
        return (pair[1], pair[0]) if _turned(sentence) else pair
    field = sentence.ledger.products
    first = named[0] if named else (sentence.about(place) or (None,))[0]
    others = [one for one in field if first is not None and one.pk != first.pk]
    if first is None or len(others) != 1 or (not named and len(sentence.about(place)) != 1):
        return None
    reverse = sentence.mentions and re.search(
        r"(?:than(?: the)?|比)\s?[「《]?$", sentence.full[: sentence.mentions[0].start][-12:]
    )
    return (others[0], first) if reverse else (first, others[0])


def _of(sentence: Sentence, place: int) -> ProductFacts:
    """Return the product that is named last before a place, else the first."""
    before = [one.product for one in sentence.mentions if one.end <= place]
    return before[-1] if before else sentence.mentions[0].product


def _named_beside(sentence: Sentence, place: int) -> bool:
    """Tell whether the clause of a place names a product itself; else it is about the first."""
    return BLANK in sentence.clause(place, place)


def _turned(sentence: Sentence) -> bool:
    """Tell whether the one that is named first is what the other is compared with."""
    first, second = sentence.mentions[0], sentence.mentions[1]
    between = sentence.full[first.end : second.start]
    led = re.search(r"(?:和|与|跟|同|比起)\s?[「《]?$", sentence.full[: first.start])
    if led and re.match(r"[」》]?\s?(?:相|来)?比(?:较|起来)?[，,]", between):
        return True
    if re.search(r"比(?!较)|\bthan\b", between) and "相比" not in between:
        return False
    return ("相比" in between and bool(led)) or bool(_COMPARED.search(sentence.full[: first.start]))


def differ_by(sentence: Sentence, place: tuple[int, int], first: Decimal, second: Decimal) -> bool:
    """Tell whether the difference, where one is said right beside it, is the true one."""
    text = sentence.text
    found = [(one.start, one.end, one.amount) for one in amounts_of(text)]
    found += [
        (one.start, one.end, one.values[0]) for one in amounts(text) if one.single is not None
    ]
    for start, end, said in found:
        if place[0] <= start < place[1]:
            gap = ""
        else:
            gap = text[place[1] : start] if start >= place[1] else text[end : place[0]]
        beside = _BESIDE.fullmatch(gap) or _BY.search(text[:start])
        if not sentence.free(start, end) or not beside:
            continue
        if abs(first - second) != said:
            return False
        sentence.take(start, end)
    return True
