"""Lead a turn to the tools that do things, and to what shops have written; bring back what to say.

For answering. A tool's facts are code's; what is offered becomes what is talked of, what is asked
back is remembered with the words that it completes, what is written waits for a yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistant.doing import HANDLED, Outcome, confirm, respond, soothe
from assistant.doing.everywhere import RETURNS, each_shop
from assistant.doing.mentioning import mentioned
from assistant.doing.responding import Talk
from assistant.doing.terms import deliveries, returns
from assistant.each import UNSAID, of_each, unknown
from assistant.finding import SHOWN, Pick, hits_in
from assistant.handing_over import Whose, hours_of, shop_of
from assistant.knowledge import answer as known_answer
from assistant.knowledge import note_gap
from assistant.moves import ASKS, GIVING_BACK, QUESTION, Move
from assistant.pairing import pair
from assistant.planning import OTHERS_SAY
from assistant.quoting import citation, names_of, of_pages, passages_of, titled, without_goods
from assistant.remarking import remarked
from assistant.replying import Reply, Turn, listed, recommend, search
from assistant.tabling import tabled
from assistant.talking import examples
from assistant.understanding import Reading
from assistant.understanding.feeling import emotion_of
from assistant.understanding.intents.rules import guess
from catalog.search.offering import Hit
from catalog.search.understanding import Need
from shopguide.writing import Plan

OFFERING = frozenset(("recommend", "search_results", "bundle"))
# How fast, for how much and where to: what ways of sending tell; the rest only shops' pages know.
SENT = re.compile(
    r"多久|几天|多少天|什么时候[到发]|何时|运费|邮费|快递费|配送费|包邮|免邮|寄到|发到|送到|寄往"
    r"|\b(?:how (?:long|fast|soon|quick\w*|much)|when|costs?|fees?|charges?|free|ship to|deliver to"
    r"|send to|abroad|international\w*)\b"
)
MAYBE = re.compile(
    r"如果|要是|万一|假如|[能可以]+退(?:货|换)?(?:吗|么|不|[?？]|$)|能不能退|不合适|不喜欢(?:的话|可以|能)"
    r"|\b(?:if|in case|once|what happens|can i (?:return|send|exchange)|could i (?:return|send)"
    r"|is it returnable)\b"
)
# Of an order on its way: what would be, not what is to be done.
SUPPOSED_BACK = re.compile(
    r"如果|要是|万一|假如|\b(?:what if|if (?:she|he|they|it|i)|in case|can (?:she|he|they))\b"
)
OWN = re.compile(r"我(?:的|买|收到)|买的|\b(?:my|i (?:bought|ordered|got|received))\b")
# Of sending, what no way of sending tells.
BEYOND = re.compile(
    r"关税|清关|送上楼|上门安装|\b(?:customs|dut(?:y|ies)|import tax\w*|upstairs|installed)\b"
)
TOLD_OF_ORDERS = frozenset(("order_status", "orders"))
# What a message turned out to be for, by what was told of an order.
DONE_AS = {"order_status": "order_status", "apology": "complaint", "refund_status": "refund"}
MOST_SHOPS = 50
FEWEST_TOLD = 2  # of which it is said that none states it
WORDS = 2000


def done(turn: Turn, move: Move) -> Reply:
    """Ask the tool of an intent; where the product's data is silent, what shops have written."""
    products = turn.products(move.skus)
    if move.about in GIVING_BACK and not_yet_bought(turn) and (ruled := by_rule(turn, move)):
        return ruled
    if each := of_each(turn, move, products):
        return each
    outcome = respond(
        turn.asker,
        counted(turn, move),
        products=products,
        intent=move.about,
        earlier=turn.earlier if move.why == "completed" else "",
        avoided=turn.products(turn.state.refused),
        talk=talk_of(turn),
    )
    # What a tool needs to know is asked for before a page is quoted.
    unsaid = outcome.act in UNSAID or outcome.facts.get("unstated") is True
    unsaid = (unsaid or unknown_of(outcome)) and not outcome.facts.get("needs")
    silent = unsaid or (outcome.act == "orders" and not outcome.facts.get("orders"))
    if silent and move.about in GIVING_BACK and (ruled := by_rule(turn, move)):
        return ruled
    if silent and move.about != "order_status" and (written := from_shops(turn, move)):
        return written
    if unsaid:
        outcome = heard_of(turn, outcome, products) or outcome
    if outcome.act == "unknown":
        return unknown(turn)
    return none_of(turn, move, outcome, products) or told(turn, outcome, move)


def none_of(turn: Turn, move: Move, outcome: Outcome, products: Sequence[int]) -> Reply | None:
    """Say of several things that were shown that none of them states what was asked."""
    if outcome.act != "attribute_unknown":
        return None
    titles = {one.sku: one.title for one in turn.state.visible}
    missing = [titles[sku] for sku in move.skus if sku in titles]
    if len(missing) < FEWEST_TOLD:
        return None
    return Reply((turn.plan("of_them", missing=missing),), turn.state, products=tuple(products))


def unknown_of(outcome: Outcome) -> bool:
    """Tell whether a judgement came to nothing: no fact decides, and none is told."""
    return outcome.facts.get("verdict") == "unknown"


def heard_of(turn: Turn, outcome: Outcome, products: Sequence[int]) -> Outcome | None:
    """Return what buyers have written of what the shop does not state; None where nobody has."""
    product = next(iter(products), turn.asker.product)
    if outcome.facts.get("verdict") and outcome.facts.get("reasons"):
        return None
    text = turn.reading.text
    for slot in turn.reading.said.of("category"):
        text = text.replace(slot.surface, " ") if slot.surface else text
    return mentioned(turn.asker, product, text) if product else None


def talk_of(turn: Turn) -> Talk:
    """Return the order that was talked of, what of it is meant, and what was wrong with it."""
    bought = {one.seen.sku: one.product for one in turn.owned}
    goods = tuple(bought[sku] for sku in turn.state.focus if sku in bought)
    return Talk(turn.state.order_number, goods, turn.state.trouble, turn.picked)


def not_yet_bought(turn: Turn) -> bool:
    """Tell whether giving back is asked of what was shown, no order being talked of."""
    state, reading = turn.state, turn.reading
    bought = {one.seen.sku for one in turn.owned}
    words = reading.text.casefold()
    if reading.order_number:
        return False
    if state.order_number:
        return bool(SUPPOSED_BACK.search(words))
    if set(reading.references) & bought:
        return False
    shown = bool(state.visible or state.focus or turn.asker.product)
    return shown and bool(MAYBE.search(words)) and not OWN.search(words)


def counted(turn: Turn, move: Move) -> Reading:
    """Return the reading with how many were said before, where it completes that."""
    reading = turn.reading
    if move.why != "completed" or reading.quantity:
        return reading
    return replace(reading, quantity=turn.state.quantity or None)


def compared(turn: Turn, move: Move) -> Reply:
    """Set products against each other; what buyers say of each, too, where that was asked."""
    reply = done(turn, move)
    if reply.plans[0].act != "compare" or not OTHERS_SAY.search(turn.reading.text.casefold()):
        return reply
    said = [
        respond(turn.asker, turn.reading, products=(one,), intent="reviews")
        for one in reply.products[:2]
    ]
    plans = tuple(turn.plan(one.act, **{**one.facts, "named": True}) for one in said)
    return replace(reply, plans=(*reply.plans, *plans))


def unsure(turn: Turn, move: Move) -> Reply:
    """Look whether a shop has written about it; else say that it was not understood."""
    if written := from_shops(turn, move):
        return written
    if found := guessed(turn, move):
        return found
    if turn.asker.merchant and ASKS.search(turn.reading.text.casefold()):
        return unknown(turn)  # a question about this shop, which its people can answer
    offered = {"kind": "choice", "value": "hand_over", "text": _("A person, please")}
    plan = turn.plan("not_understood", examples=examples(turn.language))
    return Reply((plan,), turn.state, actions=(offered,))


def guessed(turn: Turn, move: Move) -> Reply | None:
    """Return a search for a thing named by its use (剪树枝用的), where the market has such."""
    said = turn.reading.said
    if not turn.reading.text.rstrip("。.!！ ").endswith("的") or not said.text:
        return None
    reading = replace(turn.reading, need=said)
    reply = search(replace(turn, reading=reading, vector=turn.text_vector), move)
    return reply if reply.picks else None


def complain(turn: Turn, move: Move) -> Reply:
    """Make amends: sorry, what is known, what can be done, a person. Nothing is sold."""
    listed_only = bool(turn.state.orders) and not turn.state.order_number
    outcome = soothe(
        turn.asker, turn.reading, turn.state.order_number, asks_which=bool(listed_only)
    )
    if move.why == "complaint:more":
        cross = emotion_of(turn.reading.text) in ("upset", "angry")
        facts = {"trouble": "upset" if cross else "more", "fact": "", "person": cross}
        outcome = replace(outcome, facts={**outcome.facts, **facts})
    if move.why == "complaint:still":
        facts = {**outcome.facts, "trouble": "still", "fact": ""}
        outcome = replace(outcome, facts=facts)
    return told(turn, outcome, move)


def confirmed(turn: Turn, move: Move) -> Reply:
    """Do what was offered and confirmed."""
    if turn.waiting is None:
        return Reply((turn.plan("not_understood"),), turn.state)
    return told(turn, confirm(turn.asker, turn.waiting), move)


def declined(turn: Turn, move: Move) -> Reply:
    """Leave everything as it is."""
    what = turn.waiting.says if turn.waiting else ""
    return Reply((turn.plan("kept", what=what),), turn.state)


def know(turn: Turn, move: Move) -> Reply:
    """Answer from what the shops have written; of delivery, their own terms come first."""
    if move.why == "notified":
        return from_shops(turn, move) or unknown(turn)
    if move.why == "of-a-kind":
        turn = replace(turn, merchants=(), state=replace(turn.state, focus=()))
    if move.about == "delivery" and BEYOND.search(turn.reading.text.casefold()):
        return from_shops(turn, move) or unknown(turn)
    if move.about == "delivery" and (sent := of_sending(turn, move)):
        return sent
    one = turn.state.focus or turn.asker.product or len(turn.merchants) == 1
    if one and RETURNS.search(turn.reading.text.casefold()) and (ruled := by_rule(turn, move)):
        return ruled
    if move.about in HANDLED and (turn.merchants or turn.asker.merchant or move.skus):
        outcome = respond(
            turn.asker, turn.reading, products=turn.products(move.skus), intent=move.about
        )
        if outcome.act not in ("clarify", "unknown"):
            return told(turn, outcome, move)
    written = from_shops(turn, move)
    return (
        written or of_an_order(turn) or (reached(turn) if move.why == "reached" else unknown(turn))
    )


def reached(turn: Turn) -> Reply:
    """Tell when the people of the shop are there, where its pages do not; offer to get one."""
    shop = shop_of(Whose(turn.asker.merchant, turn.products(turn.state.focus), turn.asker.shopper))
    hours = hours_of(shop) if shop else {}
    return Reply((turn.plan("people", **hours, shop=shop.name if shop else ""),), turn.state)


def of_nobody(turn: Turn, move: Move) -> bool:
    """Return whether no product and no shop is talked of, so that the whole market is asked."""
    talked_of = move.skus or turn.state.focus or turn.asker.product
    return not (talked_of or turn.merchants or turn.asker.merchant)


def of_each_shop(turn: Turn, move: Move) -> Reply | None:
    """Tell what each shop holds by, rather than what one of them has written."""
    names = {pk: shop.names[turn.language] for pk, shop in turn.market.shops.items()}
    asked = turn.reading.text
    if move.about != "delivery":
        outcome = each_shop(turn.asker, names, asked)
    elif SENT.search(asked.casefold()):
        outcome = deliveries(turn.asker, tuple(names), names, asked, seen=False)
    else:
        outcome = None
    return told(turn, outcome, move) if outcome else None


def of_sending(turn: Turn, move: Move) -> Reply | None:
    """Tell of an order on its way where no goods are talked of; of several goods, shop by shop."""
    if move.skus or turn.asker.merchant:
        return None
    if not turn.merchants:
        found = of_an_order(turn)
        return found if found and found.plans[0].act in TOLD_OF_ORDERS else None
    names = {shop: turn.market.shops[shop].names[turn.language] for shop in turn.merchants
             if shop in turn.market.shops}  # fmt: skip
    outcome = deliveries(turn.asker, tuple(names), names, turn.reading.text, seen=True)
    return told(turn, outcome, move) if outcome and names else None


def by_rule(turn: Turn, move: Move) -> Reply | None:
    """Tell the rule by which what is talked of would come back, where there is no order yet."""
    products = turn.products(move.skus or turn.state.focus)[:1]
    product = products[0] if products else turn.asker.product
    shop = next(iter(turn.merchants), None)
    known = turn.market.shops.get(shop) if shop else None
    name = known.names[turn.language] if known else ""
    outcome = returns(turn.asker, product, shop, name, turn.reading.text)
    return told(turn, outcome, move) if outcome else None


def of_an_order(turn: Turn) -> Reply | None:
    """Tell of the shopper's orders where the words would, and no shop has written of it."""
    if guess(turn.reading.text) != "order_status":
        return None
    outcome = respond(turn.asker, turn.reading, intent="order_status")
    return told(turn, outcome, Move("order", "second-opinion", about="order_status"))


def from_shops(turn: Turn, move: Move) -> Reply | None:
    """Return what the shops' own pages answer, with where it stands; None if they do not say.

    Where no shop is meant, one shop's page does not speak for all: their rules are told instead.
    """
    if of_nobody(turn, move) and (each := of_each_shop(turn, move) or of_pages(turn)):
        return each
    shops = turn.merchants or tuple(turn.market.shops)[:MOST_SHOPS]
    found = known_answer(
        turn.reading.text,
        merchants=shops,
        language=turn.language,
        vector=turn.text_vector,
        read=turn.reader,
    )
    if found.text is None and (bare := without_goods(turn)) != turn.reading.text:
        found = known_answer(bare, merchants=shops, language=turn.language, vector=None)
    if found.text is None:
        for shop in turn.merchants[:1]:
            note_gap(turn.reading.text, merchant=shop, language=turn.language)
        return None
    cited = found.passages[0]
    title = titled(turn, cited)
    return Reply(
        (
            turn.plan(
                "knowledge", text=tabled(found.text, turn.reading.text, names_of(turn)), title=title
            ),
        ),
        turn.state,
        merchants=(cited.merchant_id,) if cited.merchant_id else (),
        citations=tuple(citation(turn, one) for one in found.passages[:1]),
        trace={"confidence": found.confidence, "passages": passages_of(found)},
    )


def look(turn: Turn, move: Move) -> Reply:
    """Search; for a present of a named kind, also below a price that was only meant about."""
    if of_the_shop(turn) and (written := from_shops(turn, move)):
        return written
    reply = search(turn, move)
    if not reply.picks and turn.reading.intent == "recommend" and not turn.reading.need.slots:
        if turn.state.visible:  # "something to brew it in": beside what was shown
            return pair(turn, replace(move, skus=(turn.state.visible[0].sku,)))
        return recommend(turn, move)  # "something useful, I've no idea what"
    giving = move.why == "gift:named" or turn.state.giving
    few = meant_about(turn.reading.need) and len(reply.picks) < SHOWN
    if giving and (few or not reply.picks):
        reply = below(turn, move, reply)
    return remarked(turn, reply)


def below(turn: Turn, move: Move, reply: Reply) -> Reply:
    """Return what is found without the lowest price, where that is more than in ``reply``."""
    need = turn.reading.need
    slots = tuple(replace(s, minimum=None) if s.kind == "price" else s for s in need.slots)
    loose = replace(turn, reading=replace(turn.reading, need=replace(need, slots=slots)))
    other = search(loose, move)
    if len(other.picks) > len(reply.picks):
        return other
    other = reply if reply.picks else done(loose, replace(move, about="gift"))
    return other if other.picks else reply


def meant_about(need: Need) -> bool:
    """Tell whether a sum was only meant about: 三百左右, which names no lowest price."""
    price = need.price
    if price is None or price.minimum is None or price.maximum is None:
        return False
    return len(re.findall(r"\d+|[零一二两三四五六七八九十百千万]+", price.surface)) < 2


def of_the_shop(turn: Turn) -> bool:
    """Tell whether a question to one shop only sounds like a search: 有没有小样可以试."""
    named = any(one.known for one in turn.reading.said.of("category"))
    one = turn.asker.merchant or len(turn.merchants) == 1
    return (
        bool(one)
        and not (named or turn.reading.said.slots)
        and bool(QUESTION.search(turn.reading.text.casefold()))
    )


# --- From outcomes to replies ---------------------------------------------------------------------
def told(turn: Turn, outcome: Outcome, move: Move) -> Reply:
    """Return what a tool found out as something to say."""
    facts = dict(outcome.facts)
    if outcome.act == "clarify" and move.about == "cart_add" and facts.get("about") == "size":
        facts["about"] = "option"  # which variant, whatever it differs in
    plan = turn.plan(outcome.act, **facts)
    state, picks = turn.state, tuple[Pick, ...]()
    trace = dict(outcome.trace)
    if outcome.act in OFFERING:
        picks = picks_of(turn, outcome)
        state = state.shown([one.seen(turn.language) for one in picks])
    elif outcome.act == "compare":
        state = state.comparing(skus_of(turn, outcome), won_in(turn, outcome))
        if asked := sku_of(turn, outcome.trace.get("asked")):
            state = replace(state, focus=(asked,))
    elif len(outcome.products) == 1:
        state = replace(state, focus=skus_of(turn, outcome) or state.focus)
    if order := str(outcome.trace.get("order", "")):
        state = state.talking_of(order, of_the_order(turn, order, outcome.trace.get("goods")))
        if outcome.act in DONE_AS:
            state = replace(state, intent=DONE_AS[outcome.act])
    if numbers := listed(outcome.trace.get("orders")):
        state = state.listing(map(str, numbers))
        trace["asked_back"] = {"intent": move.about, "words": words_so_far(turn, move)}
    if outcome.act == "clarify":
        options = [str(one) for one in listed(outcome.facts.get("options"))]
        state = state.asking(str(outcome.facts.get("about", "")), options)
        trace["asked_back"] = {"intent": move.about, "words": words_so_far(turn, move)}
    if outcome.needs_confirmation:
        state = state.asking("confirm", [outcome.needs_confirmation.key])
    return Reply(
        (plan,),
        state,
        picks=picks,
        products=outcome.products,
        merchants=outcome.merchants,
        actions=(*said_next(plan), *filter(None, map(action, outcome.actions))),
        confirmation=outcome.needs_confirmation,
        trace=trace,
    )


def of_the_order(turn: Turn, order: str, goods: object) -> tuple[str, ...]:
    """Return the SKUs of what is talked of in an order: as told, as said before, or all of it."""
    all_of_it = {one.product: one.seen.sku for one in turn.owned if one.order == order}
    told = tuple(all_of_it[pk] for pk in listed(goods) if pk in all_of_it)
    before = tuple(sku for sku in turn.state.focus if sku in all_of_it.values())
    return told or before or tuple(all_of_it.values())


def words_so_far(turn: Turn, move: Move) -> str:
    """Return the shopper's words that the next message completes."""
    earlier = turn.earlier if move.why == "completed" else ""
    return f"{earlier}\n{turn.reading.text}".strip()[-WORDS:]


def picks_of(turn: Turn, outcome: Outcome) -> tuple[Pick, ...]:
    """Return what a tool offers as products with their reasons, in its order."""
    rows = [one for one in listed(outcome.facts.get("products")) if isinstance(one, Mapping)]
    reasons = [str(one.get("reason", "")) for one in rows]
    hits: list[Hit] = hits_in(outcome.products, turn.market.currency(turn.asker.currency))
    found = {hit.product: hit for hit in hits}
    kept = [(pk, place) for place, pk in enumerate(outcome.products) if pk in found]
    return tuple(
        Pick(found[pk], reasons[place] if place < len(reasons) else "") for pk, place in kept
    )


def skus_of(turn: Turn, outcome: Outcome) -> tuple[str, ...]:
    """Return the SKUs of what an outcome is about, as far as the conversation knows them."""
    by_id = {pk: sku for sku, pk in turn.known.items()}
    return tuple(by_id[pk] for pk in outcome.products if pk in by_id)


def won_in(turn: Turn, outcome: Outcome) -> dict[str, str]:
    """Return who is ahead in what of a comparison, as SKUs by contest."""
    won = outcome.trace.get("won") or {}
    return {what: sku for what, pk in won.items() if (sku := sku_of(turn, pk))}


def sku_of(turn: Turn, product: object) -> str:
    """Return the SKU of a product that the conversation knows, "" for any other."""
    return next((sku for sku, pk in turn.known.items() if pk == product), "")


def said_next(plan: Plan) -> tuple[Mapping[str, Any], ...]:
    """Return what can be chosen when something is asked back."""
    options = plan.texts("options")[:4] if plan.act == "clarify" else []
    return tuple({"kind": "say", "text": one} for one in options)


def action(code: str) -> Mapping[str, Any] | None:
    """Return what a tool proposes next as something to click; None for what needs no button."""
    name, _colon, number = code.partition(":")
    if name == "hand_over":
        return {"kind": "choice", "value": "hand_over", "text": _("A person, please")}
    if name == "cart":
        return {"kind": "link", "url": reverse("cart"), "text": _("See the cart")}
    if name == "order" and number:
        return {"kind": "link", "url": reverse("order", args=[number]), "text": _("See the order")}
    if name == "cancel" and number:
        return {"kind": "say", "text": _("Please cancel order %(number)s") % {"number": number}}
    if name == "return" and number:
        return {"kind": "say", "text": _("I want to return order %(number)s") % {"number": number}}
    return None
