"""From what was read to the tool that answers it: arguments are made here, by code alone.

For planning. Hostile or odd words make odd arguments at worst; arguments are checked, and what does
not pass is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.utils import translation

from assistant.doing.arguments import (
    MOST_PIECES,
    Asked,
    Compared,
    InCart,
    OfOrder,
    Put,
    Several,
)
from assistant.doing.basket import cart, cart_change
from assistant.doing.cancelling import cancel
from assistant.doing.carting import cart_add
from assistant.doing.changing import change_address, invoice
from assistant.doing.choosing import choose
from assistant.doing.comparing import compare
from assistant.doing.costing import free_delivery, total
from assistant.doing.costing import pieces_of as pieces_to_sum
from assistant.doing.filling import cart_add_all
from assistant.doing.judging import compatibility, suitability
from assistant.doing.offering import asks_past, codes_in, delivery, price, promotion, stock
from assistant.doing.opining import reviews
from assistant.doing.ordering import order_status
from assistant.doing.outcome import Asker, BadArguments, Outcome
from assistant.doing.requests import Request, Talk
from assistant.doing.rules.amounts import asks_amount
from assistant.doing.rules.bodies import body_of
from assistant.doing.rules.fitting import fits
from assistant.doing.rules.measures import heard
from assistant.doing.rules.sizing import size_for
from assistant.doing.rules.wearing import asks_which_size
from assistant.doing.sets import present, together
from assistant.doing.sizes import sizing
from assistant.doing.stating import attribute, pieces_of
from assistant.doing.taking_back import exchange, give_back, refund
from assistant.doing.telling import live_one, sizes_of
from assistant.doing.witnessing import said_itself
from assistant.understanding import Reading
from assistant.understanding.carts import asked_of_cart, count_set
from assistant.understanding.putting import putting_in
from catalog.assembling import Whole
from catalog.text import fold

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
LONGEST = 2000
MOST_CHOSEN_FROM = 30
MOST_AT_ONCE = 6  # things that are put into the cart by one message


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
    if intent in JUDGED and asked.question == asked.reading.text:
        asked = replace(asked, question=asked.reading.besides_names)
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
    unsized = thing is not None and not sizes_of(thing) and bool(body_of(asked.question))
    if unsized and intent in ("attribute", "sizing") and thing is not None:
        open_yet = size_for(thing.product.attributes, (), asked.question).answer == "unknown"
        told = said_itself(asked.asker, thing, asked.question) if open_yet else None
        if told is not None:
            return told  # which weight, for 65 kg
    if intent == "stock" and asked.reading.said.of("audience"):
        intent = "suitability"  # "in plus sizes?"
    if intent == "attribute" and asks_for_an_option(asked, thing):
        intent = "stock"  # 有黑色吗, "does it come in white?"
    other = asked.products[1] if intent == "compatibility" and len(asked.products) > 1 else None
    about = (asked.reading.asked_attribute or "")[:120]
    return OF_PRODUCT[intent](asked.asker, Asked(asked.products[0], asked.question, about, other))


def asks_for_an_option(asked: Request, thing: Whole | None) -> bool:
    """Tell whether a colour or size is named and it is asked whether there is one.

    What the thing is called is none: "oat and date bars: any nuts?"
    """
    said = asked.reading.said
    titles = fold(" ".join(one.title for one in thing.product.texts.all())) if thing else ""
    named = [one for one in (*said.of("colour"), *said.of("size"))
             if fold(one.surface) not in titles]  # fmt: skip
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
    number = asked.reading.quantity or 1
    counts = [asked.pieces.get(one, 1 if asked.pieces else number) for one in asked.products]
    if len(asked.products) > 1 and number == len(asked.products):
        counts = [asked.pieces.get(one, 1) for one in asked.products]  # 两个都要: one of each
    wanted = [
        Put(one, min(max(count, 1), MOST_PIECES), asked.question, asked.talk.options)
        for one, count in zip(asked.products[:MOST_AT_ONCE], counts, strict=False)
    ]
    said = putting_in(asked.reading.text, going_on=True)
    recount = said.count if said and said.way == "set" else None
    waits = {one["product"]: one for one in asked.talk.open}
    if not (asked.reading.quantity or asked.reading.amounts):
        wanted = [replace(one, quantity=waits[one.product]["quantity"])
                  if one.product in waits else one for one in wanted]  # fmt: skip
    # What is told of another thing, added now, is told of none of those.
    noted = {one["product"] for one in asked.talk.kept}
    if waits and not asked.reading.references and set(asked.products) <= noted:
        wanted = []  # it says which make of what is open
    said_now = asked.reading.text if {one.product for one in wanted} <= set(waits) else ""
    others = [
        Put(pk, one["quantity"], f"{one['words']}\n{said_now}"[-LONGEST:],
            asked.talk.options if said_now else ())
        for pk, one in waits.items() if pk not in asked.products
    ]  # fmt: skip
    if recount and len(wanted) == 1:
        wanted = [replace(wanted[0], quantity=min(recount, MOST_PIECES))]
    kept, wanted = asked.talk.kept, [*others, *wanted][:MOST_AT_ONCE]
    if len(wanted) == 1 and not kept:
        return cart_add(asked.asker, wanted[0])
    return cart_add_all(asked.asker, wanted, kept, also=bool(said and said.also))


def of_cart(asked: Request) -> Outcome:
    """Tell what is in the cart, or offer to change it."""
    what = asked_of_cart(asked.question, just_put=True)
    said = putting_in(asked.question, going_on=True)
    recounts = not what and said is not None and said.way == "set"
    if not (recounts or what in ("remove", "empty", "set")):
        return cart(asked.asker, (*asked.talk.kept, *of_open(asked)))
    count = count_set(asked.question) if what == "set" else 0
    count = said.count or 1 if recounts and said else count
    wanted = InCart(asked.question, asked.products[:10], min(count, MOST_PIECES), what == "empty")
    return cart_change(asked.asker, wanted)


def of_open(asked: Request) -> list[dict[str, int]]:
    """Return lines of things whose make is not known yet, as their cheapest make."""
    lines = tuple((one["product"], one["quantity"]) for one in asked.talk.open[:MOST_AT_ONCE])
    found = pieces_to_sum(Several(lines)) if lines else []
    return [{"variant": one.variant.pk, "quantity": one.quantity,
             "product": one.thing.product.pk} for one in found]  # fmt: skip


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


OTHERS: Mapping[str, Callable[[Request], Outcome]] = {
    "compare": comparison, "choose": choice, "cart_add": put, "promotion": offers,
    "delivery": sending, "free_delivery": sent_free, "bundle": together, "gift": present,
    "cart": of_cart,
}  # fmt: skip
