"""Names, quotes, codes and links: what is named must be there, what is quoted must be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import Ledger
from catalog.claims.patterns import worded
from catalog.claims.sentences import BLANK, Sentence
from catalog.lexicon.folding import fold

_NAME = worded(r"[「《『【]([^「」《》『』【】]{1,120})[」》』】]")
_LABEL = worded(
    r"【(?:价格|颜色|尺[码寸]|材质|面料|规格|售后|发货|物流|优惠|活动|重量|产地|品牌|提示|注意"
    r"|说明)】"
)

# What follows a digit is a sign for inches: 146 cm (57.5").
_QUOTE = worded(r"(?:“|(?<![\d.])\")([^“”\"]{2,400})[”\"]")
_CODE = worded(
    r"(?:\b(?:(?:coupon|voucher|promo|discount) code|code|coupon|voucher)s?\b|优惠码|优惠券"
    r"|券码|折扣码)\s?(?:is|:|：|为|是)?\s?[“\"「]?"
    r"(?P<code>(?=[a-z0-9_-]*[a-z])[a-z0-9][a-z0-9_-]{2,19})(?![a-z0-9])"
)
_PLAIN_AFTER_CODE = worded(
    r"(?:is|at|to|for|and|the|that|will|can|gives?|from|with|when|you|your|or|in|applies|on|here)$"
)
_LINK = worded(
    r"(?:https?://|www\.)[^\s，。）)”」]+|\b[a-z0-9-]+\.(?:com|cn|net|org|io)\b[^\s，。]*"
)


_BRAND = worded(
    r"(?:\bbrand\b(?:[^.,:：?]{0,14}?|(?: name)? of [^.:：?]{1,90}?)(?: is|\s?[:：])"
    r"|\b(?:made|manufactured|produced"
    r"|product|item) by"
    r"|\bwhich brand\?\s(?:a:)?|(?:品牌|牌子|什么牌)[名记写标]{0,2}\s?(?:是|为|[:：]"
    r"|[?？]\s?(?:答[:：])?))\s?"
    r"(?P<a>(?!hand\b|us\b|people|「)[^,，。.;；!！?？\n]{2,40})"
    r"|(?P<b>[^,，。.;；!！?？\n]{2,24})(?:出品|家出的"
    r"|牌的|品牌(?=[。！，,]|$))"
)


_MADE_BY = r"(?:\b(?:one of|product of|from|by|brand|an?)(?: the)?(?: brand)?|来自|出自|是)"


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield products, quotes, coupon codes and links."""
    for one in sentence.mentions:
        yield judged((one.start, one.end), "product", True,
                     Fact(next(iter(one.product.titles.values()), one.product.sku),
                          one.product.source))  # fmt: skip
    for shop in sentence.ledger.shops:
        for name in (name for method in shop.methods for name in method.names):
            start = sentence.full.find(fold(name))
            if start >= 0 and sentence.free(start, start + len(name)):
                sentence.take(start, start + len(name))
    yield from _brands(sentence)
    yield from _given(sentence)
    yield from _names(sentence)
    yield from _quotes(sentence)
    yield from _codes(sentence)
    for link in _LINK.finditer(sentence.text):
        if sentence.free(*link.span()):
            yield judged(link.span(), "link", None)


def _brands(sentence: Sentence) -> Iterator[Found]:
    """Yield who is said to have made it, and the brand where it only stands there."""
    makers = {fold(one.brand): one for one in sentence.about(0) if one.brand}
    for brand, product in makers.items() if len(makers) == 1 else ():
        led = worded(rf"{_MADE_BY}\s?{re.escape(brand)}(?![a-z0-9])")
        for one in led.finditer(sentence.full):
            yield judged(one.span(), "brand", True, Fact(product.brand, product.source))
            sentence.take(*one.span())
    quoted = list(_quotations(sentence))
    for one in _BRAND.finditer(sentence.full):
        if any(start <= one.start() and one.end() <= end for start, end in quoted):
            continue  # the page's own words: "the sound is made by the child"
        products = sentence.about(one.start())
        name, said = ("a", one["a"]) if one["a"] else ("b", one["b"])
        brands = {fold(product.brand) for product in products}
        holds = all(each in said if name == "b" else said.startswith(each) for each in brands)
        fact = Fact(products[0].brand, products[0].source) if products else Fact()
        if brands and "" not in brands:
            yield judged(one.span(), "brand", holds, fact)
            sentence.blank(*one.span(name))


def _quotations(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where words stand in quotation marks that somebody has written so."""
    for one in _QUOTE.finditer(sentence.full):
        words = fold(sentence.written[slice(*sentence.span(*one.span(1)))]).strip(" 。.!?…")
        if _quoted(words, sentence) is not None:
            yield one.span()


def _given(sentence: Sentence) -> Iterator[Found]:
    """Blank what code has made and stands here word for word."""
    for text in sentence.ledger.given_folded:
        start = sentence.full.find(text) if len(text) > 11 else -1
        if start >= 0:
            place = (start, start + len(text))
            yield judged(place, "computed", True, Fact(text, "computed"))
            sentence.blank(*place)


def _names(sentence: Sentence) -> Iterator[Found]:
    for one in _NAME.finditer(sentence.text):
        inside = one[1].strip(BLANK + " ")
        if not inside or not sentence.free(*one.span(1)) or _LABEL.fullmatch(one[0]):
            continue
        if any(fold(c.code) == inside for shop in sentence.shops_about(0) for c in shop.coupons):
            continue
        if _written(one[1], sentence.ledger):
            sentence.blank(*one.span())
        else:
            yield judged(one.span(), "product", None, Fact("no such product here"))


def _quotes(sentence: Sentence) -> Iterator[Found]:
    for one in _QUOTE.finditer(sentence.full):
        words = fold(sentence.written[slice(*sentence.span(*one.span(1)))]).strip(" 。.!?…")
        source = _quoted(words, sentence)
        if source is None:
            if len(words) > 11 and not set(sentence.text[one.start(1) : one.end(1)]) <= {BLANK}:
                yield judged(one.span(), "quote", None, Fact("nobody wrote that"))
            continue
        if source:
            yield judged(one.span(), "quote", True, Fact(one[1], source))
        sentence.blank(*one.span())


def _quoted(words: str, sentence: Sentence) -> str | None:
    """Return who wrote these words: a review's product, a passage, "" for the shopper."""
    if _written(words, sentence.ledger):
        return ""
    for product in sentence.about(0):
        if any(words in fold(text) for text in product.reviews.texts):
            return f"{product.source}#reviews"
        if any(words in fold(text) for text in product.texts):
            return product.source
    for passage in sentence.ledger.passages:
        if words in fold(passage.text):
            return passage.source
    return None


def _written(words: str, ledger: Ledger) -> bool:
    """Tell whether the shopper said it, or code gave it."""
    plain = fold(words).strip()
    return any(plain and plain in fold(text) for text in (*ledger.said, *ledger.given))


def _codes(sentence: Sentence) -> Iterator[Found]:
    for shop in sentence.shops_about(0):
        for coupon in shop.coupons:
            code = re.escape(fold(coupon.code))
            one = re.search(rf"(?<![a-z0-9]){code}(?![a-z0-9])", sentence.full)
            if one and sentence.free(*one.span()):
                yield judged(one.span(), "coupon", True, Fact(coupon.code, coupon.source))
                sentence.take(*one.span())
    for one in _CODE.finditer(sentence.text):
        code = one["code"]
        if _PLAIN_AFTER_CODE.fullmatch(code) or not sentence.free(*one.span("code")):
            continue
        capital = sentence.written[slice(*sentence.span(*one.span("code")))]
        if capital.isascii() and capital == capital.casefold() and capital.isalpha():
            continue
        coupons = [c for shop in sentence.shops_about(one.start()) for c in shop.coupons]
        known = next((c for c in coupons if c.code.casefold() == code), None)
        fact = Fact(known.code, known.source) if known else Fact("no such coupon now")
        yield judged(one.span("code"), "coupon", known is not None, fact)
