"""Read amounts: a number or range with its unit and its bound, and say what kind of thing it is.

For `understand`. A bare number is money only where the grammar says so ("under 100", 预算500);
sizes, models, ages and counts stay what they are. Never converts currencies or units.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.search.understanding.bounds import (
    Bound,
    Direction,
    bound_after,
    bound_before,
    money_lead,
    owned_before,
    subject_before,
)
from catalog.search.understanding.numbers import ABOUT, around, plain
from catalog.search.understanding.quantities import Quantity, quantities_of, with_ranges
from catalog.search.understanding.units import Unit, UnitKind, unit_after


@dataclass(frozen=True, slots=True)
class Amount:
    """What ``spans`` of the folded query say; limits are inclusive, None is open."""

    spans: tuple[tuple[int, int], ...]
    kind: UnitKind
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    stated: bool = False  # the unit was said, not assumed
    bounded: bool = True  # words such as under or 以内 were there, or a range

    @property
    def start(self) -> int:
        """Return where the first span begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Return where the first span ends."""
        return self.spans[0][1]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A quantity with the bounds and the money words around it."""

    quantity: Quantity
    unit: Unit | None
    before: Bound | None
    after: Bound | None
    lead: int | None
    end: int

    @property
    def direction(self) -> Direction | None:
        """Return the bound that counts: firm before "about", behind before in front."""
        for firm in (True, False):
            for bound in (self.after, self.before):
                if bound and (bound.direction != "about") is firm:
                    return bound.direction
        return None

    @property
    def start_of_words(self) -> int:
        """Return where the bound before the quantity begins, or the quantity itself."""
        return self.before.edge if self.before else self.quantity.start

    @property
    def about_money(self) -> bool:
        """Say whether the words around speak of money."""
        return self.lead is not None or bool(self.before and self.before.money)


_FROM = re.compile(r"(?:from|从)[ :]*$")

_SPENT = re.compile(r"budget|spend|pay|预算")

_TRAILING = re.compile(r" ?\(?(?:in )?(?=[a-z]{2}|[人美港欧英日]|[$€£¥])")

_NO_MONEY_NEXT = re.compile(r" ?(?:[./:×*x] ?[0-9]|%|°|℃)|-[a-z]")

_SIZE_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:sizes?|eu|uk|us|aged?|ages|years?|model|gen|version|waist)|尺码|码数|鞋码"
    r"|欧码"
    r"|美码|型号|第)[ :.]*$"
)

_RATED_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:rating|ratings|rated|score|scored|stars)(?: (?:of|is))?|评分|评价|星级"
    r"|分数|打分)[ :在]*$"
)

_PERSON_BEFORE = re.compile(
    r"(?<![a-z])(men|women|people|ladies|adults|seniors|kids|children|child|toddlers?|babies|baby"
    r"|boys|girls|teens|those|anyone|person)(?: (?:aged?|who are|of|ages))? $"
)

_MODEL_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:iphone|ipad|galaxy|note|mate|pixel|redmi|watch|series|gen|airpods|air|pro|mi"
    r"|oneplus|oppo|vivo|realme|ps|xbox|gopro|hero|kindle|tab|surface|windows|win|android|ios|type"
    r"|model|mark|mk|nova|reno|find)|小米|华为|苹果|荣耀|红米|一加|魅族|戴森|三星|型号|第) ?$"
)
_YOUNG = re.compile(r"kids|child|toddler|bab|boys|girls|teens")

_FREE_SHIPPING = re.compile(r" ?包邮")

_COUNTED_BLOCKS = 5  # 一块 … 四块 may count things; from five on 块 is money


def read_amounts(text: str, *, currency: str) -> list[Amount]:
    """Read every amount of folded ``text``; ``currency`` (ISO 4217) is assumed where none is said.

    Cost: linear; each number looks at a short window around itself.
    """
    amounts = []
    for quantity in with_ranges(text, quantities_of(text, currency)):
        frame = _framed(text, quantity)
        kind = _kind(text, frame)
        if kind is not None:
            amounts.append(_amount(text, frame, kind, currency))
    return _one_price(_ends_bounded(text, amounts))


def _framed(text: str, quantity: Quantity) -> _Frame:
    """Read what stands around a quantity."""
    before = bound_before(text, quantity.start)
    after = bound_after(text, quantity.end)
    if before and after and text[quantity.end : after.edge].strip() == "tops":
        after = None  # "under 50 tops" are tops
    end = after.edge if after else quantity.end
    unit = quantity.unit
    if unit is None:
        unit, end = _trailing_unit(text, end)
    lead = money_lead(text, before.edge if before else quantity.start)
    return _Frame(quantity, unit, before, after, lead, end)


def _trailing_unit(text: str, end: int) -> tuple[Unit | None, int]:
    """Read a unit behind the bound: "under 100 (usd)", 300以内人民币, "4+ stars"."""
    gap = _TRAILING.match(text, end)
    unit = unit_after(text, gap.end()) if gap else None
    if unit is None or gap is None:
        return None, end
    if unit.kind != "money" and (text[end - 1] != "+" or unit.kind == "count"):
        return None, end
    closing = text[unit.edge : unit.edge + 1] == ")" and "(" in gap[0]
    return unit, unit.edge + int(closing)


def _kind(text: str, frame: _Frame) -> UnitKind | None:
    """Say what an amount is; None for a bare number that no grammar makes a price."""
    quantity, unit = frame.quantity, frame.unit
    if unit is not None:
        return "count" if _counts_blocks(text, frame, unit) else unit.kind
    if _FREE_SHIPPING.match(text, frame.end):
        return "money"
    if (quantity.number.single and quantity.high < 100) or _NO_MONEY_NEXT.match(text, frame.end):
        return None
    if quantity.high <= 5 and _RATED_BEFORE.search(_left_of(text, frame)):
        return "star"
    return "money" if frame.about_money or _bare_price(text, frame) else None


def _counts_blocks(text: str, frame: _Frame, unit: Unit) -> bool:
    """Tell 一块手表 from 五块."""
    blocks = text[frame.quantity.number.end : unit.edge] == "块"
    few = frame.quantity.high < _COUNTED_BLOCKS and not frame.about_money
    return blocks and few and frame.direction is None


def _bare_price(text: str, frame: _Frame) -> bool:
    """Decide about a number without unit and without a word about money."""
    quantity = frame.quantity
    left = _left_of(text, frame)
    if (frame.before and frame.before.other) or _SIZE_BEFORE.search(left) or _is_age(left, frame):
        return False
    if quantity.ranged:
        years = quantity.low >= 1900 and quantity.high <= 2100
        wide = quantity.high >= 20 and quantity.high - quantity.low >= 5 and quantity.low >= 10
        plain = wide or quantity.number.written
        return quantity.between or frame.direction is not None or (plain and not years)
    if frame.before is None and quantity.high < 100 and _MODEL_BEFORE.search(left):
        return False  # iphone 7 plus, pixel 9+
    if frame.direction is None:
        return quantity.number.banded or (quantity.number.about and quantity.high >= 20)
    return quantity.high > (5 if frame.direction != "max" else 1)


def _left_of(text: str, frame: _Frame) -> str:
    return text[max(0, frame.start_of_words - 32) : frame.start_of_words]


def _is_age(left: str, frame: _Frame) -> bool:
    """Tell "for women over 50" and "kids under 3" from "gifts for kids under 25"."""
    person = _PERSON_BEFORE.search(left)
    if person is None:
        return False
    if frame.direction == "max" or frame.quantity.ranged:
        return bool(_YOUNG.match(person[1])) and frame.quantity.high <= 14
    return frame.direction == "min" and 16 <= frame.quantity.low <= 95


def _amount(text: str, frame: _Frame, kind: UnitKind, currency: str) -> Amount:
    """Give a framed quantity its span and its limits."""
    quantity, direction = frame.quantity, frame.direction
    start = frame.start_of_words
    if frame.lead is not None and kind == "money":
        if direction in (None, "about") and _SPENT.search(text[frame.lead : start]):
            direction = direction or "max"
        start = frame.lead
    if kind == "measure" and direction is not None:
        named = frame.before.subject if frame.before else subject_before(text, start)
        start = start if named is None else named
    if direction is None and kind == "money" and frame.unit and not quantity.ranged:
        owned = owned_before(text, start)
        direction, start = (None, start) if owned is None else ("max", owned)
    came_from = _FROM.search(text[max(0, start - 8) : start])
    if came_from and direction is None and kind == "money" and not quantity.ranged:
        direction, start = "min", start - len(came_from[0])
    low, high = _limits(quantity, None if quantity.ranged else direction, kind)
    code = frame.unit.code if frame.unit else currency if kind == "money" else ""
    bounded = quantity.ranged or direction is not None
    return Amount(
        ((start, frame.end),),
        kind,
        code,
        None if low is None else plain(low),
        None if high is None else plain(high),
        frame.unit is not None,
        bounded,
    )


def _limits(
    quantity: Quantity, direction: Direction | None, kind: UnitKind
) -> tuple[Decimal | None, Decimal | None]:
    if direction == "max":
        return None, quantity.high
    if direction == "min":
        return quantity.low, None
    softened = direction == "about" or quantity.number.about or kind == "money"
    if quantity.low == quantity.high and softened and not quantity.ranged:
        return around(quantity.low)
    return quantity.low, quantity.high


_LAST_WORD = re.compile(
    r"[ ,](?:(max|maximum|tops|at most|or less|or under|limit|以内|封顶)|(min|minimum|at least"
    r"|or more|and up|以上|起))[ .!]*$"
)


def _ends_bounded(text: str, amounts: list[Amount]) -> list[Amount]:
    """Let a bound at the very end hold for the only price: "HK$500 backpack max"."""
    last = _LAST_WORD.search(text)
    money = [amount for amount in amounts if amount.kind == "money"]
    if last is None or len(money) != 1 or money[0].bounded or money[0].end > last.start():
        return amounts
    price = money[0]
    value = (price.minimum or Decimal(0)) / (1 - ABOUT)
    low, high = (None, value) if last[1] else (value, None)
    spans = (*price.spans, (last.start(), last.end()))
    bounded = replace(
        price, spans=spans, bounded=True,
        minimum=None if low is None else plain(low), maximum=None if high is None else plain(high),
    )  # fmt: skip
    return [bounded if amount is price else amount for amount in amounts]


def _one_price(amounts: list[Amount]) -> list[Amount]:
    """Make "over 50, under 100" one price: the tightest limits that agree; others as they are."""
    money = [amount for amount in amounts if amount.kind == "money"]
    if len(money) < 2:
        return amounts
    firm = [amount for amount in money if amount.bounded] or money[:1]
    merged = firm[0]
    for amount in firm[1:]:
        merged = _narrowed(merged, amount)
    others = (span for amount in money for span in amount.spans if span not in merged.spans)
    merged = replace(merged, spans=(*merged.spans, *others))
    return [merged, *(amount for amount in amounts if amount.kind != "money")]


def _narrowed(left: Amount, right: Amount) -> Amount:
    """Join two limits of the same currency; where they disagree the later one was a correction."""
    if left.stated and right.stated and left.unit != right.unit:
        return right
    lows = [low for low in (left.minimum, right.minimum) if low is not None]
    highs = [high for high in (left.maximum, right.maximum) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return right
    known = right if right.stated else left
    return replace(known, minimum=low, maximum=high)
