"""What a conversation's rows hold for its next answer: its products, shops, order and what waits.

For answering. Everything is read anew for each answer; what is kept between answers is the state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.attending import KEEPS
from assistant.doing.outcome import Confirmation
from assistant.doing.owning import Owned
from assistant.doing.rules.reasons import condition_of, lacks, reason_after
from assistant.doing.tempering import trouble_of
from assistant.models import Conversation
from assistant.resuming import Asked
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.deciding import SEARCHING
from catalog.models import Product
from catalog.policies.terms import FAULTS, Reason
from catalog.search.market import Market, market

REMEMBERED = 40


def scope_of(conversation: Conversation) -> Market:
    """Return where things are looked for: in the shop whose pages the shopper is on, or all."""
    shop = conversation.page.get("shop")
    everywhere = market()
    return market(int(shop)) if shop in everywhere.shops else everywhere


def page_of(conversation: Conversation) -> str:
    """Return the SKU of the product page the shopper is on, "" for none. One query."""
    product = conversation.page.get("product")
    rows = Product.objects.live().filter(pk=product).values_list("sku", flat=True)
    return (rows.first() or "") if product else ""


def unlisted(state: State, known: Mapping[str, int]) -> dict[str, int]:
    """Return the products of what is talked of and stands in no answer so far. One query, or none.

    A thing that a page was quoted of is shown, but was not listed.
    """
    left = {one.sku for one in state.visible} - known.keys()
    rows = Product.objects.live().filter(sku__in=left).values_list("sku", "pk") if left else ()
    return dict(rows)


def last_asked(conversation: Conversation, state: State) -> Asked:
    """Return what the last answer asked, nothing if it asked nothing. One query, or none."""
    if state.pending is None:
        return Asked()
    rows = conversation.messages.filter(voice="assistant", state="done").order_by("-pk")
    return Asked.of(*(rows.values_list("plan", "trace").first() or ([], {})))


def products_in(conversation: Conversation) -> dict[str, int]:
    """Return the products that the conversation knows, by SKU; the page's own comes last."""
    rows = conversation.messages.exclude(products=[]).order_by("-pk").values_list("products")
    found: dict[str, int] = {}
    for (products,) in rows[:REMEMBERED]:
        for one in products:
            found.setdefault(str(one["sku"]), int(one["product"]))
    if page := conversation.page.get("product"):
        sku = Product.objects.live().filter(pk=page).values_list("sku", flat=True).first()
        if sku:
            found[sku] = int(page)
    return found


def reasons_in(conversation: Conversation) -> dict[str, str]:
    """Return why things were shown, by SKU, as it was said last. One query."""
    rows = conversation.messages.exclude(products=[]).order_by("-pk").values_list("products")
    found: dict[str, str] = {}
    for (products,) in rows[:REMEMBERED]:
        for one in products:
            if one.get("reason"):
                found.setdefault(str(one["sku"]), str(one["reason"]))
    return found


# Answers that name one of several, with what decided it.
CHOICES = frozenset(("stated_by", "first_of", "praised_for", "picked"))


def last_choice(conversation: Conversation) -> dict[str, Any]:
    """Return the act and facts by which the last answer chose; nothing if it did not. One query."""
    rows = conversation.messages.filter(voice="assistant", state="done").order_by("-pk")
    plans: list[dict[str, Any]] = rows.values_list("plan", flat=True).first() or []
    return next((dict(one) for one in plans if one.get("act") in CHOICES), {})


def troubled(state: State, reading: Reading, before: Sequence[str]) -> State:
    """Return the state with the reason for which something is to come back, if it is told now.

    ``before``: what was talked of until now.
    """
    before_it = Reason(state.trouble) if state.trouble else None
    reason = reason_after(reading.text, before_it) if state.owned else None
    broken = reading.intent == "complaint" and trouble_of(reading.text) not in ("late", "service")
    own = {one.sku for one in state.owned}
    other = set(reading.references) & own
    stays = KEEPS.search(reading.text.casefold())
    if other and state.trouble and before and other != set(before) and not stays:
        state = replace(
            state, trouble="", lacking=""
        )  # another thing, of which nothing was told yet
    broken = broken and condition_of(reading.text) is None  # "opened but not used" is no fault
    if state.owned and broken and not state.trouble and state.lacking != "parcel":
        reason = reason or Reason.FAULTY
    bought = bool(set(reading.references) & {one.sku for one in state.owned})
    if reason == Reason.CHANGED_MIND and state.trouble in FAULTS:
        reason = None  # "just refund me" takes no fault back
    told = reason and (bought or reading.intent not in SEARCHING)
    lacking = "part" if lacks(reading.text) else state.lacking
    return replace(state, trouble=str(reason), lacking=lacking) if told else state


def merchants_of(
    conversation: Conversation, known: Mapping[str, int], state: State, owned: Sequence[Owned] = ()
) -> tuple[int, ...]:
    """Return the shops a question about rules is meant for; none means any."""
    meant = {one.merchant for one in owned if one.seen.sku in state.focus}
    if meant:
        return tuple(meant)
    bought = {one.merchant for one in owned if one.order == state.order_number}
    if bought and not state.visible and not state.focus:
        return tuple(bought)
    if shop := conversation.page.get("merchant"):
        return (int(shop),)
    skus = state.focus or tuple(one.sku for one in state.visible)
    products = [known[sku] for sku in skus if sku in known]
    rows = Product.objects.filter(pk__in=products).order_by("merchant")
    return tuple(rows.values_list("merchant", flat=True).distinct()) if products else ()


def waiting_in(conversation: Conversation, state: State) -> Confirmation | None:
    """Return what waits for a yes, if the last answer asked for one."""
    if state.pending is None or state.pending.kind != "confirm":
        return None
    rows = conversation.messages.filter(voice="assistant", state="done").order_by("-pk")
    actions: list[dict[str, Any]] = rows.values_list("actions", flat=True).first() or []
    kept: dict[str, Any] = next((one for one in actions if one.get("kind") == "confirm"), {})
    return Confirmation.from_json(kept.get("confirmation"))
