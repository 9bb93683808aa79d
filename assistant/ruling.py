"""What a question of rules is asked of: an own order, a thing that was shown, a shop, each shop.

For minding and consulting. The order that is talked of comes first, then the thing, then the kind
of goods that is named; whoever answers gets the rules that hold for it, signed in or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Q

from assistant.doing.arguments import OfOrder
from assistant.doing.everywhere import MOST_SHOPS
from assistant.doing.matters import Matter
from assistant.doing.own_orders import ACTIVE, meant_in, orders_of
from assistant.doing.owning import Owned
from assistant.doing.rules.reasons import reason_of
from assistant.doing.telling import live_one, phrase
from assistant.doing.terms import bought
from assistant.planning import Move
from assistant.turns import Turn
from assistant.understanding.aspects import in_general, swaps
from catalog.models import Order, Product
from catalog.orders.asking import lines_now
from catalog.policies.deciding import Bought
from catalog.policies.terms import Reason
from catalog.policies.versions import policy_for, policy_now
from shopguide.accounts.tenancy import as_shopper

# Pieces of something, which name no kind of goods: 要是少了配件.
PARTS = re.compile(r"配件|零件|附件|部件|accessor(?:y|ies)|parts?|pieces?", re.IGNORECASE)


def matter_of(turn: Turn, move: Move) -> Matter | None:
    """Return what is asked about: own goods before shown ones, a thing before its shop."""
    if move.why == "in-general":
        return None
    found = own_matter(turn, move) or thing_matter(turn, move)
    kind = kind_said(turn)
    other = kind and found and found.bought.category and not within(found.bought.category, kind)
    return None if other else found


def within(path: str, kind: str) -> bool:
    """Tell whether a category's path is a kind's, or lies below it or above it."""
    return f"{path}/".startswith(f"{kind}/") or f"{kind}/".startswith(f"{path}/")


def own_matter(turn: Turn, move: Move) -> Matter | None:
    """Return the own order that is talked of, with the line that is meant."""
    bought_here = newest_of(turn)
    named = [sku for sku in (*move.skus, *turn.state.focus) if sku in bought_here]
    if any(sku not in bought_here for sku in move.skus):
        return None
    number = turn.state.order_number
    if named and number not in {one.order for one in turn.owned if one.seen.sku == named[0]}:
        number = bought_here[named[0]].order
    mine = orders_of(turn.asker) if number or not turn.state.visible else []
    order = next((one for one in mine if one.number == number), None)
    if order is None and not (turn.state.focus or turn.asker.product):
        order = unnamed(turn, move, mine)
    if order is None or (turn.state.focus and not named):
        return None
    exchanged = move.facts.get("swaps") is True
    product = bought_here[named[0]].product if named else None
    return matter_in(turn, order, product, exchanged=exchanged)


def unnamed(turn: Turn, move: Move, mine: Sequence[Order]) -> Order | None:
    """Return the order that can only be meant: by its day or goods, the one on its way."""
    wanted = OfOrder(question=turn.reading.text)
    if pointed := meant_in(mine, mine, wanted):
        return pointed
    on_way = [one for one in mine if one.state in ACTIVE]
    left = on_way if move.about == "delivery" else mine
    return left[0] if len(left) == 1 else None


def matter_in(
    turn: Turn, order: Order, product: int | None, *, exchanged: bool = False
) -> Matter | None:
    """Return an order as a matter, with the line of a product, else its first; None without one."""
    with as_shopper(turn.asker.shopper):
        lines, policy = lines_now(order), policy_for(order)
    meant = [one for one in lines if one.line.variant and one.line.variant.product_id == product]
    line = next(iter(meant or lines), None)
    if line is None:
        return None
    return Matter(
        turn.asker, policy, line.bought, str(order.merchant), order.merchant_id,
        question=turn.reading.text, order=order, now=line,
        reason=reason_in(turn),
        swaps=exchanged or swaps(turn.reading.text),
    )  # fmt: skip


def newest_of(turn: Turn) -> dict[str, Owned]:
    """Return what was bought by SKU; of what was bought twice, as it was last."""
    return {one.seen.sku: one for one in reversed(turn.owned)}


def reason_in(turn: Turn) -> Reason | None:
    """Return why it is to come back: told now, or before."""
    kept = turn.state.trouble
    return reason_of(turn.reading.text) or (Reason(kept) if kept else None)


def thing_matter(turn: Turn, move: Move) -> Matter | None:
    """Return the shown product that is talked of, else the one shop; None where neither is one."""
    shown = [one.sku for one in turn.state.visible]
    products = turn.products(move.skus or turn.state.focus or shown)[:1]
    thing = live_one(products[0] if products else turn.asker.product or 0)
    shop = thing.product.merchant_id if thing else next(iter(turn.merchants), None)
    known = turn.market.shops.get(shop) if shop else None
    if shop is None or known is None:
        return None
    return rule_matter(turn, shop, bought(thing), known.names[turn.language])


def rule_matter(turn: Turn, shop: int, thing: Bought, name: str) -> Matter:
    """Return a shop's rules as a matter, for goods that nobody has bought yet."""
    return Matter(
        turn.asker, policy_now(shop), thing, name, shop,
        question=turn.reading.text, reason=reason_of(turn.reading.text),
        swaps=swaps(turn.reading.text),
    )  # fmt: skip


# A question with a subject of its own is not of the kind that was asked of before.
_OF_ITS_OWN = re.compile(
    r"包裹|快递|东西|订单|[两几每各哪]家?店|你们"
    r"|\b(?:parcels?|packages?|orders?|shops|stores|things|stuff|something|anything|items?)\b"
)


def kind_said(turn: Turn) -> str:
    """Return the path of the kind of goods that is named now; "" for none."""
    said = [one for one in turn.reading.said.of("category") if not PARTS.fullmatch(one.surface)]
    known = [one for one in said if one.known and one.value.isdigit()]
    kinds = [turn.market.categories.get(int(one.value)) for one in known]
    return next((one.path for one in kinds if one is not None), "")


def kind_named(turn: Turn) -> str:
    """Return the path of the kind of goods that is named, now or before; "" for none."""
    own = _OF_ITS_OWN.search(turn.reading.text.casefold())
    return kind_said(turn) or ("" if own else turn.state.kind)


def shops_asked(turn: Turn) -> tuple[int, ...]:
    """Return the shops whose rules are asked where none is named: those that sell the kind that is,
    those of the shopper's own orders, else all of the market. One query, or none."""
    shops = tuple(turn.market.shops)
    if kind := kind_named(turn):
        inside = Q(category__path=kind) | Q(category__path__startswith=f"{kind}/")
        rows = Product.objects.live().filter(inside).values_list("merchant", flat=True)
        sell = set(rows.distinct())
        return tuple(one for one in shops if one in sell) or shops
    own = set() if in_general(turn.reading.text) else {one.merchant for one in turn.owned}
    return tuple(one for one in shops if one in own) or shops


def market_matters(turn: Turn) -> list[Matter]:
    """Return the rules of each shop that is asked, for the kind of goods that is named."""
    shops, kind = shops_asked(turn), Bought("", 1, "delivered", category=kind_named(turn))
    if len(shops) > MOST_SHOPS:
        return []
    nobody = phrase(turn.asker, "店家", "the shop")
    names = {shop: turn.market.shops[shop].names[turn.language] for shop in shops}
    return [rule_matter(turn, one, kind, names[one] if len(shops) == 1 else nobody)
            for one in shops]  # fmt: skip
