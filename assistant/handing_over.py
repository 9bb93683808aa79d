"""Hand a conversation over to the people of a shop, and back: who takes it, why, what they read.

For answering, pages and the API. A typed action with reason and summary; doing it twice is as once.
It never decides that somebody should be handed over, and never lets another shop read along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.models import Conversation, Handling, Message, Voice
from assistant.state import State
from catalog.models import Order, Product
from shopguide.accounts.delivering import announce
from shopguide.accounts.models import Kind, Merchant, Shopper, User
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State as Life

REASONS = {
    "asked": gettext_lazy("asked for a person"),
    "upset": gettext_lazy("has been upset for several turns"),
    "complaint": gettext_lazy("has a complaint"),
    "unknown": gettext_lazy("asked what the assistant does not know"),
}
SUMMARISED = 3


@dataclass(frozen=True)
class Whose:
    """What tells which shop a conversation is about, the surest first."""

    page: int | None = None
    products: tuple[int, ...] = ()
    shopper: Shopper | None = None


def shop_of(whose: Whose) -> Merchant | None:
    """Return the shop that is meant: of the page, the products, the last order, the only one."""
    shops = Merchant.objects.active()
    if whose.page and (found := shops.filter(pk=whose.page).first()):
        return found
    if whose.products:
        of_products = set(
            Product.objects.filter(pk__in=whose.products).values_list("merchant", flat=True)
        )
        if len(of_products) == 1:
            return shops.filter(pk=of_products.pop()).first()
    if whose.shopper is not None:
        orders = Order.objects.filter(shopper=whose.shopper).order_by("-placed_at")
        if (last := orders.values_list("merchant", flat=True).first()) is not None:
            return shops.filter(pk=last).first()
    return shops.first() if shops.count() == 1 else None


def hand_over(conversation: Conversation, merchant: Merchant, *, reason: str, summary: str) -> bool:
    """Give a conversation to a shop's people; False if they have it already.

    To be called where the shopper's rows may be seen. The shop reads it from now on.
    """
    now = timezone.now()
    rows = Conversation.objects.filter(pk=conversation.pk)
    free = rows.exclude(handling__in=(Handling.WAITING, Handling.AGENT))
    given = free.update(
        handling=Handling.WAITING, merchant=merchant, reason=reason[:40], summary=summary,
        handed_at=now, replied_at=None, resolved_at=None, seen_at=None, snoozed_until=None,
        assigned_to=None, stars=None,
    )  # fmt: skip
    conversation.refresh_from_db()
    if given:
        tell(conversation, Kind.CHAT_HANDED_OVER)
    return bool(given)


def tell(conversation: Conversation, kind: str) -> None:
    """Tell the systems of the shop that has a conversation; never what was said, nor by whom."""
    if conversation.merchant_id is None:
        return
    content = {
        "conversation": str(conversation.pk),
        "language": conversation.language,
        "reason": conversation.reason,
    }
    with as_merchant(conversation.merchant_id):
        announce(conversation.merchant_id, kind, f"chat:{conversation.pk}", content)


def summary_of(said: Sequence[str], state: State, language: str) -> str:
    """Return what the shop's people read first: what was said last, what is wanted and meant."""
    lines = [f"“{one}”" for one in said[-SUMMARISED:]]
    if labels := [chip.label for chip in state.chips(language)]:
        lines.append(_("Looking for: %(what)s") % {"what": " · ".join(labels)})
    if state.order_number:
        lines.append(_("Order: %(number)s") % {"number": state.order_number})
    if titles := [one.title for one in state.visible[:SUMMARISED] if one.title]:
        lines.append(_("Was shown: %(what)s") % {"what": " · ".join(titles)})
    return "\n".join(lines)


def hours_of(merchant: Merchant) -> dict[str, object]:
    """Return whether people of the shop are there, and when they are there next."""
    now = timezone.now()
    there = merchant.open_at(now)
    following = merchant.opens_after(now) if there is False else None
    facts: dict[str, object] = {"open": there is not False}
    if following is not None:
        moment = date_format(timezone.localtime(following), "DATETIME_FORMAT")
        facts["hours"] = _("from %(moment)s") % {"moment": moment}
    return facts


def take_back(conversation: Conversation) -> bool:
    """Let the assistant answer again; False if no person had it. The shop keeps what it read."""
    rows = Conversation.objects.filter(pk=conversation.pk).exclude(handling=Handling.ASSISTANT)
    done = bool(rows.update(handling=Handling.ASSISTANT, assigned_to=None, snoozed_until=None))
    if done:
        tell(conversation, Kind.CHAT_TAKEN_BACK)
    return done


def resolve(conversation: Conversation) -> bool:
    """Say that it is settled; False if it was not with people."""
    now = timezone.now()
    rows = Conversation.objects.filter(
        pk=conversation.pk, handling__in=(Handling.WAITING, Handling.AGENT)
    )
    done = bool(rows.update(handling=Handling.RESOLVED, resolved_at=now, seen_at=now))
    if done:
        tell(conversation, Kind.CHAT_RESOLVED)
    return done


def reply(conversation: Conversation, merchant: Merchant, text: str, *, by: User) -> Message | None:
    """Answer as a person of the shop, who thereby takes the conversation; None if it is not open.

    Whoever replies first has it; a colleague may still reply.
    """
    now = timezone.now()
    with as_merchant(merchant), transaction.atomic():
        held = Conversation.objects.select_for_update().filter(pk=conversation.pk).first()
        if held is None or held.merchant_id != merchant.pk or not held.with_people:
            return None
        held.handling = Handling.AGENT
        held.replied_at = held.replied_at or now
        held.seen_at = now
        held.assigned_to = held.assigned_to or by
        held.snoozed_until = None
        held.save(update_fields=["handling", "replied_at", "seen_at", "assigned_to",
                                 "snoozed_until"])  # fmt: skip
        return Message.objects.create(
            conversation=held, voice=Voice.AGENT, by=by, text=text, state=Life.DONE,
            finished_at=now,
        )  # fmt: skip
