"""From what was read to the tool that answers it: arguments are made here, by code alone.

For planning. Hostile or odd words make odd arguments at worst; arguments are checked, and what does
not pass is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils import translation

from assistant.doing.arguments import (
    MOST_PIECES,
    Asked,
    Compared,
    InCart,
    OfOrder,
    Put,
    Several,
    Thing,
    Wanted,
)
from assistant.doing.basket import cart, cart_change
from assistant.doing.bundling import NO_LIMIT, bundle, gift
from assistant.doing.cancelling import cancel
from assistant.doing.carting import cart_add
from assistant.doing.changing import change_address, invoice
from assistant.doing.choosing import choose
from assistant.doing.comparing import compare
from assistant.doing.costing import free_delivery, total
from assistant.doing.filling import cart_add_all
from assistant.doing.judging import compatibility, suitability
from assistant.doing.offering import asks_past, codes_in, delivery, price, promotion, stock
from assistant.doing.opining import reviews
from assistant.doing.ordering import order_status
from assistant.doing.outcome import Asker, BadArguments, Outcome
from assistant.doing.rules.amounts import asks_amount
from assistant.doing.rules.bodies import body_of
from assistant.doing.rules.fitting import fits
from assistant.doing.rules.measures import heard
from assistant.doing.rules.relatives import relative_of
from assistant.doing.rules.wearing import asks_which_size
from assistant.doing.sizes import sizing
from assistant.doing.stating import attribute, pieces_of
from assistant.doing.taking_back import exchange, give_back, refund
from assistant.doing.telling import live_one, sizes_of
from assistant.heeding import is_shelf
from assistant.understanding import Reading
from assistant.understanding.carts import asked_of_cart, count_set
from assistant.understanding.liking import gives_by_liking
from catalog.assembling import Whole
from catalog.lexicon import lexicon
from catalog.models import Category
from catalog.search.understanding import Need
from catalog.search.wording import kind_words
from catalog.text import fold

OF_SEVERAL = frozenset({"grandparents"})  # relatives under one name

OfProduct = Callable[[Asker, Asked], Outcome]
OF_PRODUCT: Mapping[str, OfProduct] = {
    "attribute": attribute, "suitability": suitability, "sizing": sizing,
    "compatibility": compatibility, "stock": stock, "price": price, "reviews": reviews,
}  # fmt: skip
JUDGED = frozenset(("attribute", "suitability", "compatibility"))
# What a question of which size to take is read as, too.
BY_SIZE = frozenset(("attribute", "suitability", "stock"))
OF_ORDER: Mapping[str, Callable[[Asker, OfOrder], Outcome]] = {
    "order_status": order_status, "cancel": cancel, "return": give_back, "exchange": exchange,
    "refund": refund, "change_address": change_address, "invoice": invoice,
}  # fmt: skip
HANDLED = frozenset(
    (
        *OF_PRODUCT,
        *OF_ORDER,
        "compare",
        "promotion",
        "delivery",
        "bundle",
        "gift",
        "cart_add",
    )
)
# Which there are is asked, not which of them to take.
LISTS_SIZES = re.compile(
    r"(?:有|出|做)(?:哪些|什么|几个|多少个?)(?:尺码|码数|码|号)|都有(?:什么|哪些)码"
    r"|\b(?:what|which) sizes\b(?! (?:should|do i|would|will))|sizes (?:are there|do you have)"
)
HAS_OPTION = re.compile(r"有|出|做|\b(?:comes?|came|have|has|got|available|there|any|make|do) ")
# A whole set of something is wanted, not one of it.
SETS = re.compile(
    r"\b(?:set|kit|bundle|gear|equipment|essentials|supplies|setup|starter|everything)\b"
    r"|[一整全]套|套装|装备|置办|配齐|配一?套"
)
_GEAR = re.compile(
    r"(?:的)?(?:装备|用品|用具|东西|物品|套装|用的)$"
    r"|\b(?:set|kit|gear|equipment|essentials|supplies|stuff|things|outfit|trip)$"
)
LONGEST = 2000
MOST_CHOSEN_FROM = 30
MOST_AT_ONCE = 6  # things that are put into the cart by one message


@dataclass(frozen=True)
class Talk:
    """The order that was talked of, what of it was, and what was wrong, if that was told.

    ``among``: the numbers of several orders that may be meant. ``options``: colours and sizes that
    were said before, newest last.
    """

    order: str = ""
    goods: tuple[int, ...] = ()
    trouble: str = ""
    among: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """What a tool is made of: the words, what was read of them, the products that are meant.

    ``avoided``: ids that are not to be offered again. ``pieces``: how many of each, where that was
    said of it.
    """

    asker: Asker
    reading: Reading
    products: tuple[int, ...] = ()
    question: str = ""
    avoided: tuple[int, ...] = field(default=())
    pieces: Mapping[int, int] = field(default_factory=dict)
    talk: Talk = field(default_factory=Talk)


def respond(
    asker: Asker,
    reading: Reading,
    *,
    products: Sequence[int] = (),
    intent: str = "",
    earlier: str = "",
    avoided: Sequence[int] = (),
    talk: Talk | None = None,
    pieces: Mapping[int, int] | None = None,
) -> Outcome:
    """Answer an intent of `HANDLED`. ``products``: ids that the words refer to, else the page's.

    ``intent`` overrides the one read; ``earlier``: the shopper's message that this one completes,
    when the assistant had asked for a size, a reason, an order.
    """
    words = f"{earlier}\n{reading.text}".strip()[-LONGEST:] if earlier else reading.text[:LONGEST]
    ids = tuple(dict.fromkeys(products)) or ((asker.product,) if asker.product else ())
    asked = Request(asker, reading, ids, words, tuple(avoided)[-500:], pieces or {}, talk or Talk())
    with translation.override("zh-hans" if asker.chinese else "en"):
        try:
            return routed(asked, intent or reading.intent)
        except BadArguments as wrong:
            return Outcome("clarify", {"about": ABOUT.get(str(wrong), "what")})


ABOUT = {"order": "order", "product": "product", "lines": "many", "quantity": "many",
         "budget": "budget", "address": "address", "products": "product"}  # fmt: skip


def routed(asked: Request, intent: str) -> Outcome:
    """Lead a request to its tool."""
    if intent in OF_ORDER:
        return OF_ORDER[intent](asked.asker, order_arguments(asked))
    if intent in OF_PRODUCT:
        return of_product(asked, intent)
    return OTHERS[intent](asked)


def of_product(asked: Request, intent: str) -> Outcome:
    """Answer a question about one product, or about each of two."""
    if not asked.products:
        return Outcome("clarify", {"about": "product"})
    if intent == "price" and (len(asked.products) > 1 or (asked.reading.quantity or 1) > 1):
        count = min(asked.reading.quantity or 1, MOST_PIECES)
        count = (
            1 if asked.pieces or count == len(asked.products) else count
        )  # 这两样: two things, one of each
        lines = tuple((one, asked.pieces.get(one, count)) for one in asked.products[:20])
        return total(asked.asker, Several(lines, asked.question, codes_in(asked.question)))
    thing = live_one(asked.products[0])
    if intent == "sizing" and LISTS_SIZES.search(fold(asked.question)):
        return attribute(asked.asker, Asked(asked.products[0], asked.question, "size"))
    if intent in JUDGED and thing is not None:
        intent = judged(thing, asked.question, intent)
    if intent in BY_SIZE and thing is not None and sizes_of(thing):
        intent = "sizing" if asks_which_size(fold(asked.question)) else intent
    if intent == "sizing" and thing is not None and not sizes_of(thing):
        decided = fits(thing.product.attributes, asked.question).answer != "unknown"
        intent = "suitability" if decided else intent  # "my cat weighs 7 kg, ok?"
    if intent == "stock" and asked.reading.said.of("audience"):
        intent = "suitability"  # "in plus sizes?"
    if intent == "attribute" and asks_for_an_option(asked):
        intent = "stock"  # 有黑色吗, "does it come in white?"
    other = asked.products[1] if intent == "compatibility" and len(asked.products) > 1 else None
    about = (asked.reading.asked_attribute or "")[:120]
    return OF_PRODUCT[intent](asked.asker, Asked(asked.products[0], asked.question, about, other))


def asks_for_an_option(asked: Request) -> bool:
    """Tell whether a colour or size is named and it is asked whether there is one."""
    said = asked.reading.said
    named = said.of("colour") or said.of("size")
    return bool(named) and bool(HAS_OPTION.search(fold(asked.question)))


def judged(thing: Whole, question: str, intent: str) -> str:
    """Return which of the judging tools a question is for, by its measures."""
    decided = fits(thing.product.attributes, question).answer != "unknown"
    if sizes_of(thing) and body_of(question) and not decided:
        return "sizing"
    measured = bool(heard(question)) or any(one.isdigit() for one in question)
    plain = intent == "attribute" and measured and not asks_amount(question)
    return "suitability" if plain and decided else intent


def order_arguments(asked: Request) -> OfOrder:
    """Return the arguments of a tool for orders."""
    quantity = asked.reading.quantity
    return OfOrder(
        order=asked.reading.order_number,
        question=asked.question,
        quantity=quantity if quantity and quantity <= MOST_PIECES else None,
        talked=asked.talk.order or None,
        goods=asked.talk.goods,
        trouble=asked.talk.trouble,
        among=asked.talk.among,
    )


def comparison(asked: Request) -> Outcome:
    """Compare what is meant."""
    return compare(asked.asker, Compared(asked.products[:10], asked.question))


def choice(asked: Request) -> Outcome:
    """Name the one that is first in what is asked."""
    return choose(asked.asker, Compared(asked.products[:MOST_CHOSEN_FROM], asked.question))


def put(asked: Request) -> Outcome:
    """Offer to put what is meant into the cart."""
    if not asked.products:
        return Outcome("clarify", {"about": "product"})
    said = asked.reading.quantity or 1
    counts = [asked.pieces.get(one, 1 if asked.pieces else said) for one in asked.products]
    if len(asked.products) > 1 and said == len(asked.products):
        counts = [asked.pieces.get(one, 1) for one in asked.products]  # 两个都要: one of each
    wanted = [
        Put(one, min(max(count, 1), MOST_PIECES), asked.question, asked.talk.options)
        for one, count in zip(asked.products[:MOST_AT_ONCE], counts, strict=False)
    ]
    return (
        cart_add(asked.asker, wanted[0]) if len(wanted) == 1 else cart_add_all(asked.asker, wanted)
    )


def of_cart(asked: Request) -> Outcome:
    """Tell what is in the cart, or offer to change it."""
    what = asked_of_cart(asked.question, just_put=True)
    if what not in ("remove", "empty", "set"):
        return cart(asked.asker)
    count = count_set(asked.question) if what == "set" else 0
    wanted = InCart(asked.question, asked.products[:10], min(count, MOST_PIECES), what == "empty")
    return cart_change(asked.asker, wanted)


def offers(asked: Request) -> Outcome:
    """Tell what is on offer, of a product or of the page's shop."""
    one = Asked(asked.products[0], asked.question) if asked.products else None
    text = fold(asked.question)
    if one and (asks_past(text) or re.search(r"how much|\bcosts?\b|多少钱|到手价", text)):
        return price(asked.asker, one)
    return promotion(asked.asker, one, question=asked.question)


def sent_free(asked: Request) -> Outcome:
    """Tell whether what is meant is sent for nothing, bought together."""
    if not asked.products:
        return Outcome("clarify", {"about": "product"})
    count = min(asked.reading.quantity or 1, MOST_PIECES) if len(asked.products) == 1 else 1
    lines = tuple((one, count) for one in asked.products[:20])
    return free_delivery(asked.asker, Several(lines, asked.question, codes_in(asked.question)))


def sending(asked: Request) -> Outcome:
    """Tell how it is sent, of a product or by the page's shop."""
    one = Asked(asked.products[0], asked.question) if asked.products else None
    text = fold(asked.question)
    several = (asked.reading.quantity or pieces_of(text)) > 1
    if one and several and re.search(r"how much|cost|多少钱|总共|一共", text):
        return price(asked.asker, one)
    return delivery(asked.asker, one, question=asked.question)


def together(asked: Request) -> Outcome:
    """Put things together for a budget; ask for one only if nothing else is known either."""
    wanted = wanted_of(asked, default=NO_LIMIT)
    if wanted and asked.products and not (wanted.things or asked.reading.said.of("occasion")):
        wanted = replace(wanted, paths=paths_of(asked.products))
    elif wanted and asked.products != (asked.asker.product,):
        wanted = replace(wanted, kept=asked.products[:4])
    known = wanted and (
        wanted.things or wanted.paths or wanted.occasion or wanted.budget < NO_LIMIT
    )
    return (
        bundle(asked.asker, wanted) if wanted and known else Outcome("clarify", {"about": "budget"})
    )


def paths_of(products: Sequence[int]) -> tuple[str, ...]:
    """Return the categories of what was talked of, each once. One query."""
    rows = Category.objects.filter(products__in=products).values_list("products", "path")
    paths = dict(rows)
    return tuple(dict.fromkeys(paths[one] for one in products if one in paths))[:6]


def present(asked: Request) -> Outcome:
    """Offer gifts; without a budget up to what is usual."""
    wanted = wanted_of(asked, default=NO_LIMIT)
    if wanted and asked.reading.need.of("category") and not wanted.paths:
        return Outcome("nothing_found", {"wish": asked.question[:60]})  # a kind nobody has named
    return gift(asked.asker, wanted) if wanted else Outcome("clarify", {"about": "budget"})


def wanted_of(asked: Request, *, default: Decimal | None = None) -> Wanted | None:
    """Return budget, kinds, person and occasion as they were read; None without a budget."""
    need = asked.reading.need
    slot = need.price
    budget = slot.maximum if slot and slot.maximum is not None else default
    least = slot.minimum or Decimal(0) if slot else Decimal(0)
    if slot and slot.minimum and slot.maximum and len(re.findall(r"\d+", slot.surface)) < 2:
        budget, least = (slot.minimum + slot.maximum) / 2, Decimal(0)  # "200 dollars": no range
    if budget is None:
        return None
    stated = slot.currency if slot and slot.currency else asked.asker.currency
    ids = [int(one.value) for one in need.of("category") if one.known and one.value.isdigit()]
    rows = {one.pk: one.path for one in Category.objects.filter(pk__in=ids[:12], merchant=None)}
    named = things_of(need, rows)
    uses = [use for one in named if (use := use_of(one))]
    return Wanted(
        budget=budget,
        currency=stated,
        paths=tuple(dict.fromkeys(rows[pk] for pk in ids if pk in rows)),
        things=tuple(one for one in named if not use_of(one)),
        whole=bool(SETS.search(fold(asked.reading.text))),
        liked=gives_by_liking(asked.reading.text, need),
        audience=audience_of(need),
        person=person_of(need, chinese=asked.asker.chinese),
        occasion=tuple(dict.fromkeys([*(one.value for one in need.of("occasion")), *uses])),
        avoided=asked.avoided,
        least=least,
        question=asked.question,
        without=unwanted(need),
    )


def unwanted(need: Need) -> tuple[str, ...]:
    """Return the categories that were ruled out. One query, or none."""
    slots = need.of("category", negated=True)
    ids = [int(one.value) for one in slots if one.known and one.value.isdigit()]
    rows = Category.objects.filter(pk__in=ids[:12]) if ids else Category.objects.none()
    return tuple(rows.values_list("path", flat=True))


def audience_of(need: Need) -> tuple[str, ...]:
    """Return for whom, the relative that was named first, then what search reads of it."""
    slots = need.of("audience")
    relatives = [code for one in slots if (code := relative_of(one.surface))]
    relatives += [code for code in [relative_of(need.query)] if code and not slots]
    return tuple(dict.fromkeys([*relatives, *(one.value for one in slots)]))


def person_of(need: Need, *, chinese: bool) -> str:
    """Return whom something is for as they were named, where the list's name means others, too."""
    for slot in need.of("audience")[:1]:
        code = relative_of(slot.surface)
        value = lexicon().value("audience", code) if code in OF_SEVERAL else None
        names = (value.zh if chinese else value.en) if value else ()
        if fold(slot.surface) in map(fold, names):
            return slot.surface
    return ""


def use_of(thing: Thing) -> str:
    """Return the use that an unknown kind is all goods of: 露营装备, "camping gear"."""
    bare = _GEAR.sub("", fold(thing.name)).strip()
    if thing.path or not bare or bare == fold(thing.name):
        return ""
    uses = lexicon().match(bare, {"occasion"})
    return uses[0].code if uses and uses[0].end - uses[0].start == len(bare) else ""


def things_of(need: Need, rows: Mapping[int, str]) -> tuple[Thing, ...]:
    """Return the kinds of things that are wanted, as they were named. ``rows``: paths by id."""
    return tuple(
        Thing(
            slot.surface,
            rows.get(int(slot.value), "") if slot.known and slot.value.isdigit() else "",
            kind_words(replace(need, slots=(slot,))),
            is_shelf(slot),
        )
        for slot in need.of("category")
    )[:12]


OTHERS: Mapping[str, Callable[[Request], Outcome]] = {
    "compare": comparison, "choose": choice, "cart_add": put, "promotion": offers,
    "delivery": sending, "free_delivery": sent_free, "bundle": together, "gift": present,
    "cart": of_cart,
}  # fmt: skip
