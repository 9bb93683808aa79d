"""Price and what it was, stock, offers, how and when it is sent: read at this moment.

A coupon is only spoken of when the shopper has it or names it: codes are the shop's to give away.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone

from assistant.doing.arguments import Asked, Several
from assistant.doing.costing import kept_codes, total
from assistant.doing.countries import country_in, sends_to, sent_there
from assistant.doing.options import unheard_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.stating import pieces_of
from assistant.doing.telling import (
    PLAIN_SIZE,
    about,
    is_size,
    live,
    live_one,
    lowest,
    named_choice,
    option_told,
    phrase,
    stock_of,
    variant_told,
)
from catalog.assembling import Whole
from catalog.choosing import Choice, prices_of, spread
from catalog.feeds.naming import name_code
from catalog.models import Coupon, Price, Product, ShippingMethod
from catalog.models.selling import CouponKind
from catalog.orders.carting import coupons
from catalog.policies.deciding import ships_on
from catalog.policies.versions import policy_now
from catalog.presenting.buying import fee
from catalog.presenting.money import money, number
from catalog.presenting.naming import value_name
from catalog.presenting.policies import day_of
from catalog.price_history import LOOK_BACK, history_of
from catalog.text import fold

_HISTORY = re.compile(
    r"lowest|lowered|histor|ever been|ever cheaper"
    r"|used to|before|last month|30 days|dropped|went up"
    r"|最低|历史|以前|之前|降过|涨|近三十天|30天|上个月|降价"
)
_CODE = re.compile(r"(?<![A-Za-z0-9-])(?=[A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]{3,19}(?![A-Za-z0-9-])")
_TOTAL = re.compile(
    r"total|altogether|in all|shipp(?:ed|ing)|coupon|code|postage"
    r"|一共|总共|合计|运费|包邮|优惠码|到手"
)
MOST_OPTIONS = 8
MOST_LOWERED = 3


def price(asker: Asker, asked: Asked) -> Outcome:
    """Tell what a product costs; of several pieces, or with shipping, what it comes to."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    text = fold(asked.question)
    count, codes = pieces_of(text), codes_in(asked.question)
    if count > 1 or codes or _TOTAL.search(text):
        several = Several(((asked.product, min(count, 99)),), asked.question, codes)
        return total(asker, several)
    if asks_past(text):
        return price_history(asker, thing)
    return told_price(asker, thing, named_choice(thing, asked.question))


def asks_past(text: str) -> bool:
    """Tell whether a folded question is about what the price was before."""
    return bool(_HISTORY.search(text) and re.search(r"pric|cheap|low|cost|价|便宜|降|涨", text))


def told_price(asker: Asker, thing: Whole, choice: Choice) -> Outcome:
    """Tell the price of what is chosen, the lowest and the highest where they differ."""
    prices = prices_of(choice.variants)
    shown = asker.currency if asker.currency in prices else next(iter(sorted(prices)), "")
    if not shown:
        return about(thing, "attribute_unknown", {"attribute": phrase(asker, "价格", "price")})
    low, high = spread(prices[shown])
    was = next((one.was for one in prices[shown] if one.amount == low and low == high), None)
    facts = {
        "price": money(low, shown),
        "highest": money(high, shown) if high != low else "",
        "was": money(was, shown) if was else "",
    }
    outcome = about(thing, "price", facts)
    return Outcome(
        outcome.act,
        outcome.facts,
        outcome.products,
        merchants=outcome.merchants,
        actions=("cart_add",),
        trace={"price": str(low), "highest": str(high), "currency": shown},
    )


def price_history(asker: Asker, thing: Whole) -> Outcome:
    """Tell today's price, the lowest of thirty days, and when it changed. No query."""
    found = lowest(thing, asker.currency)
    if found is None:
        return about(thing, "attribute_unknown", {"attribute": phrase(asker, "价格", "price")})
    _low, _high, shown = found
    past = history_of([one for one in thing.changes if one.price_list.currency == shown])
    facts = {
        "price": money(found[0], shown),
        "lowest": money(past.lowest, shown),
        "days": LOOK_BACK.days,
        "moments": [
            {"day": day_of(timezone.localdate(one.since)), "price": money(one.amount, shown)}
            for one in past.moments[-4:]
        ]
        if past.moved
        else [],
    }
    return about(thing, "price_history", facts)


def stock(asker: Asker, asked: Asked) -> Outcome:
    """Tell whether it is there, in the options that were named, and what there is instead."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    choice = named_choice(thing, asked.question)
    if lacking := unheard_of(thing.product, asked.question):
        return about(thing, "not_made_in", {
            "lacking": ", ".join(choice_told(asker, *one) for one in lacking),
            "others": values_told(thing, lacking[0][0]),
        })  # fmt: skip
    state = stock_of(choice)
    single = choice.variant is not None
    options = chosen_told(thing, choice)
    others = in_stock_told(thing, choice) if state == "out" or not single else []
    gone = [] if choice.chosen or state == "out" else sold_out_told(thing)
    facts = {
        "options": options,
        "state": "in" if state == "low" and not single else state,
        "left": choice.quantity if single else 0,
        "others": others if len(others) > 1 or gone or state == "out" else [],
        "gone": gone,
    }
    return about(thing, "stock", facts)


def sold_out_told(thing: Whole) -> list[str]:
    """Return the colours, or sizes where there are none, of which every variant is sold out."""
    for name in sorted(thing.product.option_names, key=is_size):
        there: dict[str, bool] = {}
        for one in thing.product.variants.all():
            if one.active and name in one.options:
                told = option_told(one, name)
                there[told] = there.get(told, False) or bool(one.in_stock)
        if gone := [told for told, left in there.items() if not left]:
            return gone[:MOST_OPTIONS]
    return []


def choice_told(asker: Asker, dimension: str, code: str) -> str:
    """Return a colour by its name, a size as one: 43码, "size 43"."""
    if dimension != "size":
        return value_name(dimension, code)
    letters = code.upper() if PLAIN_SIZE.fullmatch(code) else code
    return phrase(asker, "{code}码", "size {code}", code=letters)


def values_told(thing: Whole, dimension: str) -> list[str]:
    """Return what there is of an option instead, in stock, each once."""
    told = [
        option_told(one, name)
        for one in thing.product.variants.all()
        if one.active and one.in_stock
        for name in one.options
        if name_code(name) == dimension
    ]
    return list(dict.fromkeys(told))[:MOST_OPTIONS]


def chosen_told(thing: Whole, choice: Choice) -> str:
    """Return the options that were named, in the reader's words."""
    if not choice.chosen or not choice.variants:
        return ""
    return variant_told(choice.variants[0], choice.chosen)


def in_stock_told(thing: Whole, choice: Choice) -> list[str]:
    """Return a few variants that are in stock, those nearest to what was named first."""
    active = [one for one in thing.product.variants.all() if one.active and one.in_stock]
    near = sorted(
        active,
        key=lambda one: (
            -sum(str(one.options.get(name)) == value for name, value in choice.chosen.items())
        ),
    )
    fits = [one for one in active if all(
        str(one.options.get(name)) == value for name, value in choice.chosen.items())]  # fmt: skip
    open_ = [name for name in thing.product.option_names if name not in choice.chosen]
    if choice.chosen and fits and open_:
        told = (variant_told(one, open_[:1]) for one in fits)
    else:
        told = (variant_told(one) for one in near if one.options)
    return [one for one in dict.fromkeys(told) if one][:MOST_OPTIONS]


def codes_in(question: str) -> tuple[str, ...]:
    """Return what looks like a coupon code: capitals and digits, as shops write them."""
    return tuple(dict.fromkeys(_CODE.findall(question)))[:5]


def promotion(
    asker: Asker, asked: Asked | None, *, merchant: int | None = None, question: str = ""
) -> Outcome:
    """Tell lowered prices, from which sum on shipping is free, and of named or kept coupons."""
    thing = live_one(asked.product) if asked else None
    question = asked.question if asked else question
    shop = thing.product.merchant_id if thing else merchant or asker.merchant
    low = lowered(asker, thing) if thing else lowered_here(asker, shop)
    offers = [*low, *free_shipping(asker, thing, shop)]
    names = tuple(dict.fromkeys([*codes_in(question), *kept_codes(asker)]))
    known = [one for one in coupons(names).order_by("code") if shop in (None, one.merchant_id)]
    facts = {
        "shop": thing.product.merchant.name if thing else "",
        "product": thing.product.title if thing else "",
        "offers": offers,
        "coupons": [{"code": one.code, "says": coupon_told(asker, one)} for one in known],
    }
    act = "promotion" if offers or known else "no_promotion"
    return Outcome(
        act,
        facts,
        (thing.product.pk,) if thing else (),
        merchants=(shop,) if shop else (),
        trace={"coupons": [one.code for one in known]},
    )


def lowered(asker: Asker, thing: Whole) -> list[str]:
    """Return a sentence if a variant costs less than it did."""
    prices = prices_of([one for one in thing.product.variants.all() if one.active])
    rows = [one for one in prices.get(asker.currency, []) if one.was]
    if not rows:
        return []
    best = min(rows, key=lambda one: one.amount)
    return [
        phrase(
            asker,
            "现价 {now}，原价 {was}",
            "Now {now}, was {was}",
            now=money(best.amount, asker.currency),
            was=money(best.was, asker.currency),
        )
    ]


def lowered_here(asker: Asker, shop: int | None) -> list[str]:
    """Return a sentence for a few things of a shop, or of all, that cost less than they did."""
    rows = Price.objects.filter(
        was__gt=F("amount"), price_list__currency=asker.currency, variant__active=True,
        variant__product__in=Product.objects.live().filter(merchant__suspended_at=None),
    ).order_by("variant__product_id")  # fmt: skip
    rows = rows.filter(merchant=shop) if shop else rows
    found = rows.values_list("variant__product_id", flat=True).distinct()[:MOST_LOWERED]
    return [
        phrase(asker, "{name}：{said}", "{name}: {said}", name=one.product.title, said=said)
        for one in live(found) for said in lowered(asker, one)
    ]  # fmt: skip


def free_shipping(asker: Asker, thing: Whole | None, shop: int | None) -> list[str]:
    """Return a sentence on the smallest sum from which shipping is free."""
    ways = [one for one in ways_of(thing, shop) if one.currency == asker.currency]
    sums = [one.free_from for one in ways if one.free_from is not None]
    if not sums:
        return []
    return [
        phrase(
            asker, "满 {sum} 包邮", "Free shipping from {sum}", sum=money(min(sums), asker.currency)
        )
    ]


def ways_of(thing: Whole | None, shop: int | None) -> list[ShippingMethod]:
    """Return a shop's ways of shipping; those of the product's shop ask nobody."""
    if thing is not None:
        return list(thing.shipping)
    return list(ShippingMethod.objects.filter(merchant=shop, active=True)) if shop else []


def coupon_told(asker: Asker, coupon: Coupon) -> str:
    """Return what a coupon takes off, and from which sum on."""
    if coupon.kind == CouponKind.SHIPPING:
        what = phrase(asker, "包邮", "free shipping")
    elif coupon.kind == CouponKind.PERCENT:
        what = phrase(asker, "商品减 {n}%", "{n}% off the goods", n=number(coupon.value))
    else:
        amount = money(coupon.value, coupon.currency)
        what = phrase(asker, "减 {amount}", "{amount} off", amount=amount)
    if not coupon.minimum:
        return what
    least = money(coupon.minimum, coupon.currency)
    return phrase(asker, "满 {least} {what}", "{what} from {least}", least=least, what=what)


def delivery(
    asker: Asker, asked: Asked | None, *, merchant: int | None = None, question: str = ""
) -> Outcome:
    """Tell how it is sent, for how much, when it leaves and about when it is there."""
    thing = live_one(asked.product) if asked else None
    question = asked.question if asked else question
    shop = thing.product.merchant_id if thing else merchant or asker.merchant
    if shop is None:
        return Outcome("clarify", {"about": "product"})
    country, name = country_in(question) or (asker.country, "")
    ways = ways_of(thing, shop)
    shown = [one for one in ways if one.currency == asker.currency] or ways
    fitting = [one for one in shown if sends_to(one, country)]
    merchants, ids = (shop,), (thing.product.pk,) if thing else ()
    if ways and not fitting:
        what = {"what": sent_there(asker, name or country)}
        return Outcome("declined", what, ids, merchants=merchants)
    policy = policy_now(shop)
    day = ships_on(policy, timezone.now())
    facts = {
        "shop": thing.product.merchant.name if thing else "",
        "country": name,
        "methods": [
            {
                "name": str(one),
                "price": fee(one.amount, one.currency),
                "least": one.days_least,
                "most": one.days_most,
                "free_from": money(one.free_from, one.currency) if one.free_from else "",
            }
            for one in sorted(fitting, key=lambda one: (one.amount, one.pk))
        ],
        "leaves": leaves(asker, day, fitting) if fitting else "",
    }
    return Outcome("delivery", facts, ids, merchants=merchants, trace={"ships_on": day.isoformat()})


def leaves(asker: Asker, day: datetime.date, ways: Iterable[ShippingMethod]) -> str:
    """Return when an order of this moment leaves, and the first and last day it may be there."""
    found = list(ways)
    first = day + datetime.timedelta(days=min(one.days_least for one in found))
    last = day + datetime.timedelta(days=max(one.days_most for one in found))
    return phrase(
        asker,
        "现在下单，{day}发出，预计{first}到{last}之间送达",
        "Ordered now it leaves on {day} and should arrive between {first} and {last}",
        day=day_of(day),
        first=day_of(first),
        last=day_of(last),
    )


def product_of(pk: int) -> Product | None:
    """Return a live product without its relations, None for any other."""
    return Product.objects.live().filter(merchant__suspended_at=None, pk=pk).first()
