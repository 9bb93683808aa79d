"""Every number that nobody has spoken for: stated beside the same words by the shop, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.claims import cues
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.numerals import NUMBER, value
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence

_DATE = worded(
    r"(?:(?P<y>20\d\d)\s?[-/.年]\s?)?(?P<m>1[0-2]|0?[1-9])\s?[-/.月]\s?(?P<d>3[01]|[12]\d"
    r"|0?[1-9])(?:日|号)?(?!\d|%)"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd"
    r"|th)?(?:,? 20\d\d)?"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?(?: 20\d\d)?"
)
_NUMBER = worded(
    rf"(?<![a-z\d])(?P<n>{NUMBER})(?P<after>[\s-]?(?:[a-z]{{2,}}|[\u4e00-\u9fff]{{1,2}}))?"
)
_LIST = worded(r"^\s*(?:[-*·]\s*)?\d{1,2}[.、)）]\s?$")
_MODEL = worded(
    r"(?<![a-z0-9])(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9])"
)
_ORDINAL = worded(r"\d+(?:st|nd|rd|th)")


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield dates and numbers that are left."""
    for one in _DATE.finditer(sentence.text):
        if sentence.free(*one.span()) and (one["y"] or not one["m"] or "月" in one[0]):
            yield _date(sentence, one)
            sentence.take(*one.span())
    for one in _MODEL.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield from _model(sentence, one)
    for one in _NUMBER.finditer(sentence.text):
        listed = _LIST.match(sentence.text[: one.end("n") + 1])
        counts = one["n"] != "1" or _one_is_counted(sentence, one.start("n"))
        if counts and not listed and sentence.free(*one.span("n")):
            yield _number(sentence, one)


def _one_is_counted(sentence: Sentence, place: int) -> bool:
    """Tell whether 1 is a count and no article: in a digit, of reviews or of what is left."""
    digit = sentence.written[sentence.places[place]] == "1"
    return digit and bool(cues.REVIEW.search(sentence.text) or cues.GOOD.search(sentence.text))


def _date(sentence: Sentence, one: re.Match[str]) -> Found:
    words = one[0].strip()
    if any(words in text for text in sentence.ledger.given_folded):
        return judged(one.span(), "date", True, Fact(words, "computed"))
    for shop in sentence.shops_about(one.start()):
        for coupon in shop.coupons:
            if coupon.ends and coupon.code.casefold() in sentence.full and one["m"]:
                said = (int(one["m"]), int(one["d"]))
                holds = (coupon.ends.month, coupon.ends.day) == said
                return judged(one.span(), "date", holds, Fact(f"{coupon.ends}", coupon.source))
    if any(product.ground.says(words) for product in sentence.about(one.start())):
        return judged(one.span(), "date", True, Fact(words))
    return judged(one.span(), "date", None)


def _model(sentence: Sentence, one: re.Match[str]) -> Iterator[Found]:
    """Judge what looks like a model number or a code of its own: usb-c, a2, sg-1001."""
    words = one[0]
    products = sentence.about(one.start())
    coupons = [c for shop in sentence.shops_about(one.start()) for c in shop.coupons]
    known = next((c for c in coupons if c.code.casefold() == words), None)
    if known:
        yield judged(one.span(), "coupon", True, Fact(known.code, known.source))
        sentence.take(*one.span())
    elif any(words in text for text in sentence.ledger.given_folded):
        yield judged(one.span(), "code", True, Fact(words, "computed"))
        sentence.take(*one.span())
    elif products and all(_has(product, words) for product in products):
        yield judged(one.span(), "code", True, Fact(words, products[0].source))
        sentence.take(*one.span())
    elif not _ORDINAL.fullmatch(words):
        yield judged(one.span(), "code", None, Fact("nothing says so"))
        sentence.take(*one.span())


def _has(product: ProductFacts, words: str) -> bool:
    rows = [product.sku, *(offer.sku for offer in product.offers)]
    options = [value for offer in product.offers for value in offer.options.values()]
    return product.ground.says(words) or words in [one.casefold() for one in (*rows, *options)]


def _number(sentence: Sentence, one: re.Match[str]) -> Found:
    said, place = value(one["n"]), one.span("n")
    if said in sentence.ledger.given_numbers:
        return judged(place, "number", True, Fact("", "computed"))
    products = sentence.about(one.start())
    if said == len(sentence.mentions) or (said == len(sentence.ledger.products) and said > 1):
        return judged(place, "number", True, Fact("as many as are spoken of"))
    facts = [_stated(product, said, one) for product in products]
    if facts and all(facts):
        return judged(place, "number", True, facts[0] or Fact())
    return judged(place, "number", None, Fact("nothing says so"))


def _stated(product: ProductFacts, said: Decimal, one: re.Match[str]) -> Fact | None:
    """Return where the shop says the number beside the same word."""
    after = (one["after"] or "").strip(" -")
    for text in product.ground.texts:
        for found in _NUMBER.finditer(text):
            beside = (found["after"] or "").strip(" -")
            same = (
                after
                and beside
                and (after[:4] == beside[:4] or after[:1] == beside[:1] >= "\u4e00")
            )
            if value(found["n"]) == said and same:
                start = max(0, found.start() - 12)
                return Fact(text[start : found.end() + 12], product.source)
    around = one.string[max(0, one.start() - 12) : one.end() + 2]
    if not re.search(r"码|号|\bsize|\beu\b|\bus\b|\buk\b", around):
        return None
    options = {row for offer in product.offers for row in offer.options.values()}
    if any(
        re.fullmatch(rf"(?:[a-z]+-)?{re.escape(one['n'])}(?:cm|in|ml|g)?", row.casefold())
        for row in options
    ):
        return Fact(one["n"], product.source)
    return None
