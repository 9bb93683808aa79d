"""Turn what a tool found out into a reply: plan, state, picks, buttons.

For serving, consulting and choosing. What is offered becomes what is talked of, what is asked back
is remembered with the words that it completes, what is to be written waits for a yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistant.doing import Outcome
from assistant.finding import hits_in
from assistant.moves import Move
from assistant.reasons import Pick
from assistant.slots import Part
from assistant.state import State
from assistant.turns import Reply, Turn, listed
from catalog.search.offering import Hit
from shopguide.writing import Plan

OFFERING = frozenset(("recommend", "search_results", "bundle"))
# What a message turned out to be for, by what was told of an order.
DONE_AS = {"order_status": "order_status", "apology": "complaint", "refund_status": "refund"}
WORDS = 2000


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
        state = state.together(parts_of(outcome, picks))
    elif outcome.act == "compare":
        state = state.comparing(skus_of(turn, outcome), won_in(turn, outcome))
        if asked := sku_of(turn, outcome.trace.get("asked")):
            state = replace(state, focus=(asked,))
    elif len(outcome.products) == 1:
        state = replace(state, focus=skus_of(turn, outcome) or state.focus)
    state = of_an_order(turn, outcome, move, state)
    if move.kind == "cart":
        state = replace(state, intent="cart_add")  # what is said next may be of it
    if numbers := listed(outcome.trace.get("orders")):
        state = state.listing(map(str, numbers))
        trace["asked_back"] = {"intent": move.about, "words": words_so_far(turn, move)}
    if outcome.act == "clarify":
        options = [str(one) for one in listed(outcome.facts.get("options"))]
        state = state.asking(str(outcome.facts.get("about", "")), options)
        trace["asked_back"] = {"intent": move.about, "words": words_so_far(turn, move)}
        if move.about == "cart_add":
            kept = outcome.trace.get("lines", [dict(one) for one in turn.kept])
            trace["asked_back"] |= {"lines": kept, "open": outcome.trace.get("open", [])}
    if outcome.needs_confirmation:
        trace["asked_back"] = {"intent": move.about, "words": words_so_far(turn, move)}
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


def parts_of(outcome: Outcome, picks: Sequence[Pick]) -> list[Part]:
    """Return what a set is made of, as the dialogue remembers it; nothing for what is no set."""
    skus = {one.hit.product: one.hit.sku for one in picks}
    rows = [listed(one) for one in listed(outcome.trace.get("parts"))]
    return [Part(skus[product], str(kind), int(str(pieces))) for product, kind, pieces in rows
            if isinstance(product, int) and product in skus]  # fmt: skip


def of_an_order(turn: Turn, outcome: Outcome, move: Move, state: State) -> State:
    """Remember the order that was told of, what was to be done, and what has not come."""
    if move.kind == "confirm" and turn.waiting:
        state = replace(state, intent=turn.waiting.tool)
    order = str(outcome.trace.get("order", ""))
    if not order:
        return state
    state = state.talking_of(order, of_the_order(turn, order, outcome.trace.get("goods")))
    if move.kind == "order" and move.about:
        state = replace(state, intent=move.about)
    if outcome.facts.get("missing") is True:
        state = replace(state, lacking="parcel")
    if outcome.act in DONE_AS:
        state = replace(state, intent=DONE_AS[outcome.act])
    return state


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
