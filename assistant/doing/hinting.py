"""What a message on a product's page asks of that product, where its intent was not clear.

For planning: a hint is given only where a tool has something to answer with, so it is never a worse
guess than a search. Decided by the tools' own rules and the product's stated facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from assistant.doing.offering import asks_past, codes_in
from assistant.doing.options import named_options
from assistant.doing.rules.bodies import body_of
from assistant.doing.rules.fitting import fits
from assistant.doing.rules.suiting import suits
from assistant.doing.stating import named_values, pieces_of
from assistant.doing.telling import live_one, sizes_of
from assistant.doing.topics import topics_of
from catalog.assembling import Whole
from catalog.text import fold

_HOW_MUCH = re.compile(
    r"how much|what (?:do|does|would|will)[\w ]* cost|price|多少钱|价格|总价|几块"
)
_CODE = re.compile(r"code|coupon|voucher|valid|优惠码|优惠券|折扣码|券")
_SIZE = re.compile(r"\bsizes?\b|尺码|多大码|几码|什么码|穿多大|哪个码|选多大")
_HAVE = re.compile(r"have|available|in stock|left|sell|有(?:没有|货|吗|么)?|还有|现货|缺货")
_CART = re.compile(r"(?:add|put|throw)\b.*\b(?:cart|basket|bag)\b|加.{0,8}购物车|加购|放进购物车")
_SAY = re.compile(
    r"\b(?:buyers|customers|reviews?)\b|(?:people|others|everyone) (?:say|think)"
    r"|买家|评价|评论|口碑|吐槽"
)
_SENT = re.compile(
    r"deliver|shipp(?:ed|ing)|arrive|how (?:fast|soon|long) (?:can|will|until)"
    r"|发货|几天到|多久到|运费|包邮"
)
_ASKS = re.compile(
    r"^(?:is|are|can|could|does|do|will|would)\b|吗|么|能不能|可不可以|行不行|[?？]$"
)
_LOOKS = re.compile(
    r"show me|looking for|look for|\bfind\b|recommend|search|suggest|i need an?\b|i want an?\b"
    r"|推荐|想买|想要|找|看看|来点|有哪些|哪款|换一"
)


def hint(product: int | None, question: str, *, names_kind: bool = False) -> str:
    """Return the intent that a message has on a product's page, empty for none. One query.

    ``names_kind``: whether it names a kind of product that the shop has: then only a measure that
    decides, or a size, is held to be about the page's own.
    """
    if _LOOKS.search(fold(question)):
        return ""
    thing = live_one(product) if product else None
    return hinted(thing, question, names_kind=names_kind) if thing else ""


def hinted(thing: Whole, question: str, *, names_kind: bool = False) -> str:
    """Return what a message asks of a product, empty where no tool could tell."""
    text = fold(question)
    if names_kind:
        return next(by_measure(thing, question), "")
    found = chain(by_words(thing, question, text), by_measure(thing, question),
                  by_facts(thing, question, text))  # fmt: skip
    return next(found, "")


def by_words(thing: Whole, question: str, text: str) -> Iterator[str]:
    """Yield what the words alone make clear."""
    if _CART.search(text):
        yield "cart_add"
    if _CODE.search(text) and codes_in(question) and not _HOW_MUCH.search(text):
        yield "promotion"
    if _HOW_MUCH.search(text) or asks_past(text):
        yield "price"
    if _SAY.search(text):
        yield "reviews"
    sizes = sizes_of(thing)
    if sizes and _SIZE.search(text) and not _HAVE.search(text):
        yield "sizing"
    if _HAVE.search(text) and named_options(thing.product, question):
        yield "stock"


def by_measure(thing: Whole, question: str) -> Iterator[str]:
    """Yield what a measure decides: of a body with sizes, or against a stated number."""
    attributes, body = thing.product.attributes, body_of(question)
    verdict = fits(attributes, question)
    if verdict.answer != "unknown":
        yield "suitability"
    if body and (sizes_of(thing) or {f"{part}_cm" for part in body} & set(attributes)):
        yield "sizing"
    if verdict.needs:
        yield "compatibility"


def by_facts(thing: Whole, question: str, text: str) -> Iterator[str]:
    """Yield what the product's facts can answer."""
    asks = bool(_ASKS.search(text))
    if named_values(thing, text):
        yield "attribute"
    if asks and suits(thing.product.attributes, question).answer in ("yes", "no"):
        yield "suitability"
    if any(topic.codes for topic in topics_of(text)):
        yield "attribute"
    if _SENT.search(text):
        yield "delivery"
    if asks and pieces_of(text) > 1:
        yield "price"
