"""The asker's own orders, and which of them is meant. Anybody else's is as unknown as none.

Row-level security holds that too: everything is read as the shopper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from django.utils import timezone

from assistant.doing.arguments import NUMBER, OfOrder
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import phrase
from assistant.understanding.days import span_in
from assistant.understanding.owning import says_head
from catalog.lexicon import lexicon
from catalog.models import Order
from catalog.models.order import OrderState
from catalog.orders.asking import delivered_at
from catalog.presenting.money import money
from catalog.presenting.policies import day_of
from catalog.text import fold
from shopguide.accounts.tenancy import as_shopper

MOST_LISTED = 5
MOST_ASKED = 4
# Of another order than the one that was talked of; of one's own, whichever it is.
_OTHER = re.compile(
    r"(?:另|别的|其他|其它)[^，。]{0,4}(?:单|笔|订)"
    r"|\b(?:the )?other (?:order|parcel|one)\b|\banother order\b"
)
_NOT_HERE = re.compile(
    r"没(?:有)?(?:收|到|送到|等到|拿到|见到)|未(?:收|送)到|还没(?:有)?(?:来|送|见)|收不到"
    r"|\b(?:not|never|nothing|hasn'?t|haven'?t|didn'?t|isn'?t)\b.{0,24}"
    r"\b(?:arriv\w+|come|came|here|receiv\w+|turn(?:ed)? up|show(?:ed|n)? up|got(?:ten)?|there)\b"
    r"|\bnothing (?:at|on|in|outside|by|but)\b|\bno (?:sign|trace) of\b|门口.{0,4}没|没见着|没影"
    r"|\bstill waiting\b|\bmissing (?:order|parcel|package)\b"
)
_MINE = re.compile(r"我的(?:订单|单|包裹|快递)|\bmy (?:order|parcel|package|delivery)\b")
# A number is said on the telephone, so spaces and small letters are as good.
_SAID = re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z]{5})[- ]([0-9A-Za-z]{5})(?![0-9A-Za-z])")
# That something was bought or ordered, beside when.
_PLACED = re.compile(
    r"买|下(?:的)?单|下的|拍|订|\b(?:bought|order\w*|purchas\w+|got|placed|from|last week'?s)\b"
)
# Of an order that somebody else placed.
_OTHERS = re.compile(
    r"(?:朋友|同事|室友|邻居|同学|老公|老婆|妈妈?|爸爸?|姐姐?|妹妹?|哥哥?|弟弟?|别人|人家|他|她|客户)"
    r"(?:的|买的|下的|名下的?)(?:那|这)?(?:个|一)?(?:订单|单子?|包裹|快递)"
    r"|\b(?:my )?(?:friend|wife|husband|mother|mum|mom|father|dad|brother|sister|son|daughter|boss"
    r"|colleague|roommate|neighbou?r|boyfriend|girlfriend|partner|someone|somebody)(?: else)?'?s"
    r" (?:order|parcel|package|delivery)\b|\b(?:his|her|their) (?:order|parcel|package)\b"
)
ACTIVE = (OrderState.PLACED, OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)


def orders_of(asker: Asker) -> list[Order]:
    """Return the asker's orders, newest first. Four queries; none without a shopper."""
    if asker.shopper is None:
        return []
    with as_shopper(asker.shopper):
        rows = Order.objects.by(asker.shopper).select_related("merchant")
        return list(rows.prefetch_related("lines__variant", "events")[:100])


def number_in(wanted: OfOrder) -> str | None:
    """Return the order number that was given or written."""
    if wanted.order:
        return wanted.order
    for match in _SAID.finditer(wanted.question):
        number = f"{match[1]}-{match[2]}".upper()
        digits = any(c.isdigit() for c in number)
        if NUMBER.fullmatch(number) and (digits or match[0].isupper()):
            return number
    return None


def the_order(
    asker: Asker,
    wanted: OfOrder,
    fits: Callable[[Order], bool] = lambda _order: True,
    *,
    listing: bool = False,
) -> Order | Outcome:
    """Return the order that is meant, or what is to be said: none, unknown, or which of them.

    Without a number it is the one whose goods are named, the one that was talked of, the only one
    that ``fits``. ``listing``: tell how they stand, instead of asking which, where none fits.
    """
    if asker.shopper is None:
        return Outcome("sign_in_needed", {"for": "orders"}, actions=("sign_in",))
    mine = orders_of(asker)
    if told := by_number(asker, mine, wanted):
        return told
    if among := among_of(mine, wanted):
        return which(asker, among)
    fitting = [one for one in mine if fits(one)]
    if pointed := meant_in(mine, fitting, wanted):
        return pointed
    left = in_question(mine, fitting, wanted)
    if len(left) == 1:
        return left[0]
    return listed(asker, mine) if not fitting and (listing or not mine) else which(asker, left)


def by_number(asker: Asker, mine: Sequence[Order], wanted: OfOrder) -> Order | Outcome | None:
    """Return the order whose number was said; that it is none of theirs; None without a number."""
    if number := number_in(wanted):
        found = next((one for one in mine if one.number == number), None)
        guest = asker.shopper is not None and asker.shopper.user_id is None
        unknown = {"number": number, **({"guest": True} if guest else {})}
        return found or Outcome("order_unknown", unknown, actions=("orders",))
    if somebody_elses(wanted.question):
        return Outcome("order_unknown", {"others": True}, actions=("orders",))
    return None


def somebody_elses(question: str) -> bool:
    """Tell whether the order of somebody else is asked for, which nobody but they may see."""
    return bool(_OTHERS.search(fold(question).rpartition("\n")[2]))


def meant_in(mine: Sequence[Order], fitting: Sequence[Order], wanted: OfOrder) -> Order | None:
    """Return the order whose goods are named or meant, else the one that was talked of.

    What was talked of stays it: another order is taken only where words name its goods, or ask of
    another.
    """
    talked = next((one for one in mine if one.number == wanted.talked), None)
    if talked is not None and _OTHER.search(fold(wanted.question)):
        mine = [one for one in mine if one is not talked]
        fitting, talked = [one for one in fitting if one in mine], None
    then = placed_in(mine, wanted.question)
    named = naming(then, wanted.question) or naming(mine, wanted.question)
    for some in (named, then, holding(mine, wanted.goods)):
        if talked in some:
            return talked
        left = [one for one in some if one in fitting] if len(some) > 1 else some
        if len(left) == 1:
            return left[0]
    anew = bool(fitting) and talked not in fitting and _MINE.search(fold(wanted.question))
    return None if anew else talked


def placed_in(orders: Sequence[Order], question: str) -> list[Order]:
    """Return the orders that were placed when the last words say: 上周买的, "from last month"."""
    words = fold(question).rpartition("\n")[2]
    span = span_in(words, timezone.localdate()) if _PLACED.search(words) else None
    if span is None:
        return []
    first, last = span
    return [one for one in orders if first <= timezone.localdate(one.placed_at) <= last]


def among_of(mine: Sequence[Order], wanted: OfOrder) -> list[Order]:
    """Return the several orders that were picked, of which only one can be meant."""
    return [one for one in mine if one.number in wanted.among]


def holding(orders: Sequence[Order], goods: Sequence[int]) -> list[Order]:
    """Return the orders that hold one of some products."""
    return [
        one
        for one in orders
        if any(line.variant and line.variant.product_id in goods for line in one.lines.all())
    ]


def in_question(
    mine: Sequence[Order], fitting: Sequence[Order], wanted: OfOrder
) -> Sequence[Order]:
    """Return the orders among which to ask: those that are named, else those that fit, else all."""
    named = naming(mine, wanted.question)
    return [one for one in named if one in fitting] or named or fitting or mine


def naming(orders: Sequence[Order], question: str) -> list[Order]:
    """Return the orders with goods that a question names best."""
    text = fold(question)
    scores = [
        max((line_score(line.titles, text) for line in one.lines.all()), default=0.0)
        for one in orders
    ]
    best = max(scores, default=0.0)
    return [one for one, score in zip(orders, scores, strict=True) if score == best > 0]


# Words of titles that tell nothing apart.
_COMMON = frozenset(
    [
        "with",
        "without",
        "from",
        "your",
        "each",
        "size",
        "piece",
        "pieces",
        "pack",
        "this",
        "that",
        "have",
        "three",
        "four",
        "five",
        "mini",
        "plus",
        "only",
        "into",
        "over",
        "sets",
        "for",
        "and",
        "the",
        "all",
        "out",
        "one",
        "two",
        "you",
        "can",
        "new",
        "are",
        "not",
        "any",
        "off",
    ]
)


def line_score(titles: dict[str, str], text: str) -> float:
    """Return how much of a title stands in a folded text: 0 for nothing that tells it apart."""
    best = 0.0
    for title in titles.values():
        words = set(re.findall(r"[a-z]{3,}", fold(title))) - _COMMON
        shared = sum(1 for word in words if re.search(rf"(?<![a-z]){word}s?(?![a-z])", text))
        han = re.sub(r"[^\u3400-\u9fff]", "", fold(title))
        pairs = {han[i : i + 2] for i in range(len(han) - 1)}
        shared += sum(1 for pair in pairs if pair in text)
        best = max(best, shared / (len(words) + len(pairs) or 1))
    named = {one for title in titles.values() for one in kinds_in(fold(title), wide=True)}
    headed = any(says_head(text, fold(title)) for title in titles.values())
    if best == 0.0 and (headed or kinds_in(text) & named):
        return 0.01  # a kind, in the other language: "knives" of 厨刀
    return best


def kinds_in(text: str, *, wide: bool = False) -> set[str]:
    """Return the kinds of goods that a folded text names; ``wide``: and what these are kinds of."""
    codes = {one.code for one in lexicon().match(text) if one.dimension == "category"}
    kinds = lexicon().dimension("category")
    return codes | {wider for code in codes for wider in kinds.ancestors(code)} if wide else codes


def which(asker: Asker, orders: Sequence[Order]) -> Outcome:
    """Ask which order is meant; those that hold the same are told apart by their days."""
    asked = orders[:MOST_ASKED]
    items = [items_told(asker, one) for one in asked]
    days = [
        f", {day_of(timezone.localdate(one.placed_at))}" if items.count(told) > 1 else ""
        for one, told in zip(asked, items, strict=True)
    ]
    options = [
        f"{one.number} ({told}{day})" for one, told, day in zip(asked, items, days, strict=True)
    ]
    return Outcome(
        "clarify",
        {"about": "order", "options": options},
        actions=("orders",),
        trace={"orders": [one.number for one in asked]},
    )


def items_told(asker: Asker, order: Order) -> str:
    """Return what is in an order in a few words."""
    titles = [line.title for line in order.lines.all()]
    if not titles:
        return ""
    if len(titles) == 1:
        return titles[0]
    return phrase(
        asker,
        "{first}等 {count} 样",
        "{first} and {more} more",
        first=titles[0],
        count=len(titles),
        more=len(titles) - 1,
    )


def not_here(question: str) -> bool:
    """Tell whether it is said that something has not come."""
    return bool(_NOT_HERE.search(fold(question)))


def listed(asker: Asker, orders: Sequence[Order], question: str = "") -> Outcome:
    """List orders with number, first goods, state and total.

    ``question``: where it says that something has not come, the days of delivery are told.
    """
    missing = not_here(question) and all(one.state == OrderState.DELIVERED for one in orders)
    rows = [
        {
            "number": one.number,
            "goods": next((line.title for line in one.lines.all()), ""),
            "placed": day_of(timezone.localdate(one.placed_at)),
            "state": state_told(one) if missing else str(OrderState(one.state).label),
            "total": money(one.total_amount, one.currency),
        }
        for one in orders[:MOST_LISTED]
    ]
    facts = {
        "orders": rows,
        "count": len(rows),
        "missing": missing and bool(orders),
        "on_the_way": any(one.state in ACTIVE for one in orders),
        "guest": asker.shopper is not None and asker.shopper.user_id is None,
    }
    return Outcome(
        "orders",
        facts,
        merchants=shops(orders[:MOST_LISTED]),
        actions=("orders",),
        trace={"orders": [one.number for one in orders[:MOST_LISTED]]},
    )


def state_told(order: Order) -> str:
    """Return a state with the day of delivery."""
    day = delivered_at(order)
    label = str(OrderState(order.state).label)
    return f"{label} {day_of(timezone.localdate(day))}" if day else label


def shops(orders: Sequence[Order]) -> tuple[int, ...]:
    """Return the shops of orders."""
    return tuple(dict.fromkeys(one.merchant_id for one in orders))
