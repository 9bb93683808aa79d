"""Turn amounts, sizes and wishes into marks and an order, and settle who owns which words.

For `understand`. A name of the vocabulary beats a bare measure (5g, 144hz), money beats a size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.search.understanding.ages import read_age
from catalog.search.understanding.amounts import Amount, read_amounts
from catalog.search.understanding.mark import Mark
from catalog.search.understanding.pieces import Piece
from catalog.search.understanding.sizing import read_sizes
from catalog.search.understanding.vocabulary import Vocabulary
from catalog.search.understanding.wishes import GOOD_RATING, Wish, read_wishes

Place = tuple[int, int]
_STORAGE = re.compile(
    r"手机|内存|固态|硬盘|笔记本|电脑|平板|[u优]盘|存储|运存|内存卡|存储卡|(?<![a-z])(?:ssd|ram"
    r"|rom|memory|storage|iphone|ipad|phones?|laptops?"
    r"|tablets?|usb|drives?|macbook|nas|disk|sd|switch|ps[45]|xbox)(?![a-z])"
)
_POWERS = frozenset(Decimal(2**power) for power in range(1, 11)) | {
    Decimal(n) for n in (6, 12, 18, 24, 36, 48, 96)
}
_REVIEW = re.compile(r"[ ]?(?:好评|评价|评分|级|rated|ratings?|reviews?)")
_CUP_CONTEXT = re.compile(r"文胸|内衣|胸罩|bra(?![a-z])|bras|bikini|lingerie|泳衣|swim")
_PAPER_CONTEXT = re.compile(
    r"纸|本|打印|文件|相框|画|资料|书写|手账|paper|note|print|frame|poster|folder|book|planner"
    r"|journal|sketch|envelope|laminat|scan|binder"
)
_TODDLER_SIZE = re.compile(r"\dt")
_TODDLER_CONTEXT = re.compile(r"toddler|girl|boy|kid|baby|child|童|宝宝")
_BODY = re.compile(r"体重|身高|净身|[斤克g高](?:能|可以?)?穿|i weigh|i'm")
_RATED = re.compile(
    r"(?:(?<![a-z])(?:(?:with )?(?:an? )?)?(?:rating|ratings|rated|score)|评分|评价|星级)(?: (?:of"
    r"|is))?[ :在]*$"
)
_SIZE_SAID = re.compile(r"(?:(?<![a-z])(?:in )?(?:a )?sizes?|尺码|码数|鞋码|尺寸|号码)[ :是为]*$")
_CUP_SIZE, _PAPER_SIZE = re.compile(r"\d\d[a-h]"), re.compile(r"[ab]\d")
_PRICE_LEFT = re.compile(
    r"(?:(?<![a-z])(?:for|at|in|with|of|and|but|is|are|it|that|which|costs?|costing|priced"
    r"|price|somewhere|something|anything|the|a|my|budget)[ ,:]+)+$|(?:价格|价位|预算|的|在|要"
    r"|,|，|且|最好)+$"
)
_PRICE_RIGHT = re.compile(
    r"[ ]?(?:range(?![a-z])|each(?![a-z])|total(?![a-z])|price(?![a-z])|budget(?![a-z])"
    r"|的(?:价格|价位|预算)?|价格|价位|预算|这样|钱|吧|就行|就好|即可)+"
)
_AGED = re.compile(r"[妈爸爷奶公婆姥娘爹][妈爸爷奶公婆姥们]?(?:今年|都|已经|快|也|有)*$")


@dataclass(slots=True)
class Readings:
    """What the grammar alone could read, and which folded characters it took."""

    marks: list[Mark] = field(default_factory=list)
    cuts: list[Place] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)

    def take(self, spans: Iterable[Place]) -> None:
        """Mark characters as read."""
        for start, end in spans:
            self.taken[start:end] = b"\1" * (end - start)


def read_grammar(
    text: str,
    pieces: Sequence[Piece],
    upper: frozenset[int],
    vocabulary: Vocabulary,
    *,
    currency: str,
    skus: Sequence[Mark],
) -> Readings:
    """Read amounts, ratings, sizes and wishes."""
    readings = Readings(marks=list(skus), taken=bytearray(len(text) + 1))
    readings.take((sku.start, sku.end) for sku in skus)
    for amount in read_amounts(text, currency=currency):
        if not any(any(readings.taken[start:end]) for start, end in amount.spans):
            _take_amount(text, pieces, amount, vocabulary, readings)
    for start, end, code in read_sizes(text, upper):
        if not any(readings.taken[start:end]) and _fits_context(text, code):
            said = _SIZE_SAID.search(text[max(0, start - 10) : start])
            first = start - len(said[0]) if said else start
            first = start if any(readings.taken[first:start]) else first
            readings.marks.append(Mark("size", code, first, end))
            readings.take([(first, end)])
    for wish in read_wishes(text):
        if not any(readings.taken[wish.start : wish.end]):
            readings.wishes.append(wish)
            readings.cuts.append((wish.start, wish.end))
            readings.take([(wish.start, wish.end)])
    _add_good_rating(readings)
    return readings


def _take_amount(
    text: str, pieces: Sequence[Piece], amount: Amount, vocabulary: Vocabulary, readings: Readings
) -> None:
    if amount.kind == "money":
        _take_price(text, amount, readings)
    elif amount.kind == "star" or _is_score(text, amount):
        _take_rating(text, pieces, amount, vocabulary, readings)
    elif amount.kind == "count" and (age := read_age(text, amount)) is not None:
        readings.marks.append(age)
        readings.cuts.append((age.start, age.end))
        readings.take([(age.start, age.end)])
    elif amount.kind == "measure" and (
        amount.bounded or not _named(text, pieces, amount, vocabulary)
    ):
        if _BODY.search(text[max(0, amount.start - 6) : amount.end + 4]):
            return  # how heavy the shopper is, not the thing
        unit = _storage_unit(text, amount)
        if unit == "t" and text[amount.end - 1] == "t":
            return  # 2T of a toddler's dress
        readings.marks.append(
            Mark(
                "measure",
                "",
                amount.start,
                amount.end,
                False,
                amount.minimum,
                amount.maximum,
                unit=unit,
            )
        )
        readings.take(amount.spans)
        if amount.bounded and (amount.minimum is None or amount.maximum is None):
            readings.cuts.extend(amount.spans)  # "under 5 kg"; of "about 40 l" titles may speak


def _take_price(text: str, amount: Amount, readings: Readings) -> None:
    if not amount.stated and _AGED.search(text[: amount.start]):
        return  # how old somebody is: 我妈60多了
    price = Mark(
        "price",
        "",
        amount.start,
        amount.end,
        minimum=amount.minimum,
        maximum=amount.maximum,
        currency=amount.unit,
        stated=amount.stated,
    )
    readings.marks.append(price)
    readings.take(amount.spans)
    for left, right in amount.spans:
        before = _PRICE_LEFT.search(text[max(0, left - 40) : left])
        after = _PRICE_RIGHT.match(text, right)
        reach = (left - len(before[0]) if before else left, after.end() if after else right)
        if any(readings.taken[reach[0] : left]) or any(readings.taken[right : reach[1]]):
            reach = (left, right)
        readings.cuts.append(reach)
        readings.take([reach])


def _is_score(text: str, amount: Amount) -> bool:
    """Tell 4.5分以上 from 七分袖."""
    said = text[amount.start : amount.end]
    limit = amount.minimum or amount.maximum or Decimal(0)
    scored = "评" in text[max(0, amount.start - 4) : amount.end + 2]
    return amount.kind == "count" and "分" in said and limit <= 5 and (amount.bounded or scored)


def _take_rating(
    text: str, pieces: Sequence[Piece], amount: Amount, vocabulary: Vocabulary, readings: Readings
) -> None:
    least = amount.minimum if amount.minimum is not None else amount.maximum
    if least is None or least > 5:
        return
    review = _REVIEW.match(text, amount.end)
    digits = any(char in "0123456789" for char in text[amount.start : amount.end])
    if not (review or digits or amount.bounded) or (
        not review and not amount.bounded and _named(text, pieces, amount, vocabulary)
    ):
        return  # 三星 is a brand
    end = review.end() if review else amount.end
    low = amount.minimum
    high = None if low is not None else amount.maximum
    said = _RATED.search(text[max(0, amount.start - 16) : amount.start])
    start = amount.start - len(said[0]) if said else amount.start
    readings.marks.append(Mark("rating", "", start, end, False, low, high))
    readings.cuts.append((start, end))
    readings.take([(start, end)])


def _named(text: str, pieces: Sequence[Piece], amount: Amount, vocabulary: Vocabulary) -> bool:
    """Say whether a name of the vocabulary covers the amount: 5g, 144hz, 三星."""
    for place, piece in enumerate(pieces):
        if piece.start == amount.start:
            return any(
                pieces[found.last - 1].end >= amount.end
                for found in vocabulary.find(text, pieces, place)
            )
    return False


def _storage_unit(text: str, amount: Amount) -> str:
    """Read 128g of a phone as gigabytes and 2t of a drive as terabytes."""
    value = amount.maximum or amount.minimum or Decimal(0)
    if amount.unit == "g" and value in _POWERS and _STORAGE.search(text):
        return "gb"
    if amount.unit == "t" and value <= 32 and _STORAGE.search(text):
        return "tb"
    return amount.unit


def _fits_context(text: str, code: str) -> bool:
    if _CUP_SIZE.fullmatch(code):
        return bool(_CUP_CONTEXT.search(text))
    if _TODDLER_SIZE.fullmatch(code):
        return bool(_TODDLER_CONTEXT.search(text))
    if _PAPER_SIZE.fullmatch(code):
        return bool(_PAPER_CONTEXT.search(text))
    return True


def _add_good_rating(readings: Readings) -> None:
    """Read 好评 and "highly rated" as four stars, unless stars were said."""
    rated = [wish for wish in readings.wishes if wish.meaning == "rated"]
    if rated and not any(mark.kind == "rating" for mark in readings.marks):
        first = rated[0]
        readings.marks.append(Mark("rating", "", first.start, first.end, False, GOOD_RATING, None))
