"""Counts of things: colours, sizes, versions, and what a product has so many of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.claims import cues
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.grounding import Measure
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence

_OPTION = worded(
    r"(?P<n1>\d+)\s?(?:(?!of |to |in |and |or )[a-z-]+ ){0,2}?(?P<k1>colou?rs?|colou?rways?|shades"
    r"|sizes?(?! \d)|versions?|variants?|models|styles)\b"
    r"|(?P<n2>\d+)\s?(?:种|个|款|色)?\s?(?P<k2>颜色|配色|花色|尺码|尺寸|码数|[码色](?=都|任|齐"
    r"|[，。、!！~哦]|$)|码(?=可选"
    r"|[，。、]|$)|规格|款式|sizes?|colou?rs?|色(?=可选|[，。、]|$|任选))"
)
_OPTION_HAS = worded(
    r"(?P<k2>颜色|配色|花色|尺码|尺寸|码数|规格|款式)(?:一共|总共|共)?(?:数|数量)?(?:有"
    r"|[:：]|[\u4e00-\u9fff]{0,2}[了有共计])?\s?(?P<n2>\d+)\s?(?:种"
    r"|个|款)"
)
_OPTION_LABEL = worded(
    r"(?P<k1>colou?rs?|colou?rways|sizes)\s?[:：]\s?(?P<n1>\d+)(?![\d.]|\s?[a-z]*(?:cm|mm|in)\b)"
)
_THING = worded(
    r"(?<![\d.a-z-])(?P<n>\d+)(?:\s?|-)(?P<word>[a-z]{3,}(?:[ -][a-z]{3,})?"
    r"|个?[\u4e00-\u9fff]{1,4})"
)
MOST_SIZES = 20  # that one thing comes in; the smallest European shoe has about that number
_KIND = (("colour", worded(r"colo|shade|色")), ("size", worded(r"size|尺|码")))
_PIECE, _STOCK = (
    worded(r"件|个|piece|unit"),
    worded(r"还有|剩|余|[库现]?存|仓|\bleft\b|stock|remain"),
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield counts of options, then of what attributes count."""
    for one in (
        *_OPTION.finditer(sentence.text),
        *_OPTION_HAS.finditer(sentence.text),
        *_OPTION_LABEL.finditer(sentence.text),
    ):
        english = one.groupdict().get("n1")
        number, kind = (english, one["k1"]) if english else (one["n2"], one["k2"])
        named = kind == "码" and _is_a_size(sentence, one.start(), number)
        if sentence.free(*one.span()) and not named:
            yield from _options(sentence, one, int(number), kind)
    for one in _THING.finditer(sentence.text):
        if sentence.free(*one.span("n")):
            found = _thing(sentence, one)
            if found:
                yield found


def _is_a_size(sentence: Sentence, start: int, number: str) -> bool:
    """Tell whether a number before 码 is a size, and no count of sizes: 40码、41码."""
    sold = any(number in product.options("size") for product in sentence.about(start))
    return sold or int(number) > MOST_SIZES


def _options(sentence: Sentence, one: re.Match[str], said: int, word: str) -> Iterator[Found]:
    place = one.span()
    digits = one.span("n1" if one.groupdict().get("n1") else "n2")
    option = next((name for name, pattern in _KIND if pattern.search(word)), "")
    products = sentence.about(one.start())
    for product in products:
        true = _many(product, option)
        if true is None:
            return
        fact = Fact(f"{true} {option or 'variants'}", product.source)
        if true != said:
            mend = (*digits, str(true)) if len(products) == 1 and true else None
            yield judged(place, "count", False, fact, mend)
            return
    if products:
        yield judged(place, "count", True, fact)


def _many(product: ProductFacts, option: str) -> int | None:
    """Return how many values an option has; None where an attribute counts it (shades = 12)."""
    if option and option in {name for one in product.offers for name in one.options}:
        return len(product.options(option))
    if any(one.code == "shades" for one in product.ground.measures):
        return None
    if option:
        values = product.ground.stated.get(option, set())
        return len(values) or None
    return len(product.offers)


def _thing(sentence: Sentence, one: re.Match[str]) -> Found | None:
    """Judge "78 keys", 「3个口」 by the attribute with that name, else by the shop's words."""
    said, word = Decimal(one["n"]), one["word"]
    if said == 1:
        return None  # an article: 一条别人的评价
    if _PIECE.match(word) and _STOCK.search(sentence.text):
        return None  # so many are left, and no set is of so many
    products = sentence.about(one.start())
    for product in products:
        counting = [m for m in product.ground.measures if not m.unit and _names(m, word)]
        if not counting:
            return None
        if said in counting[0].values:
            continue
        certain = len(products) == 1 and not (_PIECE.match(word) or cues.LEFT.search(sentence.text))
        mend = (*one.span("n"), f"{counting[0].stated[0]}") if certain else None
        told = counting[0].text(sentence.ledger.locale)
        fact = Fact(told, f"{product.source}#{counting[0].code}")
        return judged(one.span(), "count", False, fact, mend)
    if not products:
        return None
    return judged(one.span(), "count", True, Fact(one[0], products[0].source))


def _names(measure: Measure, word: str) -> bool:
    plain = word.removeprefix("个")
    return any(plain.startswith(name) or (not name.isascii() and name in plain)
               for name in measure.names)  # fmt: skip
