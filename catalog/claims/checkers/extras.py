"""What is said to come along: "comes with a case", 下单还送小样: only what the shop's words hold.

Presents have endless names, so the verb is what is read; whatever it gives must stand in the shop's
own words, or another checker has read it there (a warranty, a way of shipping).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.patterns import worded
from catalog.claims.sentences import CLAUSE, Sentence

_GIVES = worded(
    r"\b(?:comes?|ships?|arrives?|supplied|packed|delivered|sold"
    r"|bundled) (?:complete )?with\b(?=\s)"
    r"|\binclud(?:es|ing)\b|\balong with (?=an?\b|some|your|free)|\bthrows? in\b"
    r"|\bwith (?:an? )?(?:free|bonus|complimentary|extra) (?!ship|deliver|return|post)"
    r"|\bcomes? (?:fully |pre-?)?(?=[a-z]+ed\b)(?!priced|rated)"
    r"|\bplus (?:an?|some|free) (?!few)"
    r"|(?:再|还|另外?|加|额外|免费|都|会|下单|购买|就)(?:免费|再|会|可|另|额外)?[送赠](?:您|你)?"
    r"(?![达到货]|快递|礼物|人|上门)"
    r"|(?:再|还|另外?)给[^，。]{1,6}?(?:加|送|配|搭|带|塞|放)|附(?:有|上|加)|内含|另[含配]|配(?:有|备)"
)
_GIVEN = worded(
    r"(?P<what>[a-z][a-z -]{2,30}?)\s(?:is |are |comes? )?(?:(?:thrown in|included)\b"
    r"|(?:on the house|on us|free of charge|at no (?:extra |additional )?(?:cost|charge))\b)"
)
_TERMS = worded(
    r"ship|deliver|postage|return|warrant|guarant|tax|vat|invoice|运|邮|配送|退|保修|质保|发票|税"
    r"|colou?r|size|□|颜色|尺码"
)
_WORD = worded(
    r"\b(?!(?:the|and|with|your?|its?|this|that|for|our|own|some|one|free|every|each)\b)[a-z]{3,}"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is given along with the goods."""
    if sentence.full.rstrip().endswith(("?", "？", ":", "：")):
        return
    for one in _GIVES.finditer(sentence.text):
        rest = CLAUSE.split(sentence.text[one.end() :], maxsplit=1)[0]
        end = one.end() + len(rest)
        if sentence.free(one.start(), end) and rest.strip(" .。!！~～"):
            yield from _judged(sentence, (one.start(), end), rest)
    for one in _GIVEN.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield from _judged(sentence, one.span(), one["what"])


def _judged(sentence: Sentence, place: tuple[int, int], words: str) -> Iterator[Found]:
    if _TERMS.search(words):
        return
    parts = _parts(words)
    products = sentence.about(place[0])
    known = bool(products) and all(
        all(part in "\n".join(one.ground.texts) for part in parts) for one in products
    )
    fact = Fact(words.strip() if known else "nothing says so", products[0].source if known else "")
    yield judged(place, "extra", known or None, fact)
    sentence.take(*place)


def _parts(words: str) -> list[str]:
    """Return the words of a thing, and the pairs of its Chinese characters."""
    latin = [one[0].rstrip("s") for one in _WORD.finditer(words)]
    return latin + [a + b for run in _HAN.findall(words) for a, b in pairwise(run)]
