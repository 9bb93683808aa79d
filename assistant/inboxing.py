"""The shop's inbox: which conversations wait for its people, and what they do with them.

For the portal's pages; each verb opens the shop's own transaction. Replying and handing over are in
`handing_over`. Nothing here speaks to a shopper.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, QuerySet
from django.utils import timezone

from assistant import handing_over
from assistant.knowledge import suggest
from assistant.models import Conversation, Handling, Label, Message, Note, Voice
from catalog.models import Order
from shopguide.accounts.models import Membership, Merchant, User
from shopguide.accounts.tenancy import as_merchant

TABS = ("open", "unread", "mine", "unassigned", "settled")
COLLIDING = datetime.timedelta(minutes=10)
COUNTED = 200
MOST_LABELS, MOST_SHOWN = 10, 30  # of one conversation; of a shop, the most used
MORNING = 9


def tab(rows: QuerySet[Conversation], name: str, user: User) -> QuerySet[Conversation]:
    """Return the conversations of one tab, the longest waiting first; settled ones newest first."""
    if name == "settled":
        return rows.exclude(resolved_at=None).order_by("-resolved_at", "-pk")
    open_ones: QuerySet[Conversation] = rows.open()  # type: ignore[attr-defined]
    chosen: dict[str, Callable[[], QuerySet[Conversation]]] = {
        "unread": open_ones.unread,  # type: ignore[attr-defined]
        "mine": lambda: open_ones.filter(assigned_to=user),
        "unassigned": lambda: open_ones.filter(assigned_to=None),
    }
    found = chosen[name]() if name in chosen else open_ones
    return found.order_by("said_at", "pk")


def counts(merchant: Merchant, user: User) -> dict[str, int]:
    """Return how many stand in each tab but the settled. To be called as the shop."""
    rows = Conversation.objects.of(merchant)
    return {name: tab(rows, name, user).count() for name in TABS if name != "settled"}


@dataclass(frozen=True)
class Figures:
    """How fast people answer, over the last conversations; None where nothing is known."""

    reply_s: float | None
    settle_s: float | None
    stars: float | None


def figures(merchant: Merchant) -> Figures:
    """Measure the last conversations. One query, as the shop."""
    rows = Conversation.objects.of(merchant).exclude(handed_at=None).order_by("-handed_at")
    kept = list(rows.values_list("handed_at", "replied_at", "resolved_at", "stars")[:COUNTED])
    replied = [(reply - at).total_seconds() for at, reply, _end, _stars in kept if at and reply]
    settled = [(end - at).total_seconds() for at, _reply, end, _stars in kept if at and end]
    stars = [one for _at, _reply, _end, one in kept if one]
    return Figures(
        median(replied) if replied else None,
        median(settled) if settled else None,
        sum(stars) / len(stars) if stars else None,
    )


def seen(conversation: Conversation) -> None:
    """Note that somebody of the shop has looked. As the shop."""
    Conversation.objects.filter(pk=conversation.pk).update(seen_at=timezone.now())


def colleague(conversation: Conversation, user: User) -> User | None:
    """Return another person of the shop who has just answered here. As the shop."""
    rows = conversation.messages.filter(voice=Voice.AGENT).exclude(by=None).order_by("-pk")
    last: Message | None = rows.select_related("by").first()
    fresh = last is not None and last.created_at > timezone.now() - COLLIDING
    return last.by if last is not None and fresh and last.by_id != user.pk else None


def orders_of(conversation: Conversation, merchant: Merchant) -> list[Order]:
    """Return what this shopper has ordered in this shop, the newest first. As the shop."""
    rows = Order.objects.filter(merchant=merchant, shopper=conversation.shopper_id)
    return list(rows.order_by("-placed_at")[:5])


def step(conversation: Conversation, merchant: Merchant, name: str, *, by: User, to: str) -> bool:
    """Carry out what a button says; False if things are not so any more."""
    with as_merchant(merchant):
        rows = Conversation.objects.of(merchant).filter(pk=conversation.pk)
        if name == "give_back":
            return handing_over.take_back(conversation)
        if name == "resolve":
            return handing_over.resolve(conversation)
        if name == "keep":
            return kept_as_knowledge(conversation, merchant, by=by)
        if name == "label":
            return label(conversation, merchant, to)
        if name == "unlabel":
            return bool(conversation.labels.filter(merchant=merchant, name=to).delete()[0])
        return bool(rows.filter(handling__in=OPEN).update(**change(name, merchant, by, to)))


def kept_as_knowledge(conversation: Conversation, merchant: Merchant, *, by: User) -> bool:
    """Propose the shop's last answer as an article; False where its people have not answered.

    A draft that owners or editors approve. To be called as the shop.
    """
    rows = conversation.messages.order_by("-pk")
    answered = rows.filter(voice=Voice.AGENT).first()
    if answered is None:
        return False
    asked = rows.filter(voice=Voice.SHOPPER, pk__lt=answered.pk).first()
    question = asked.text if asked else conversation.title
    suggest(merchant, question=question[:200], answer=answered.text,
            language=conversation.language, by=by)  # fmt: skip
    return True


def label(conversation: Conversation, merchant: Merchant, name: str) -> bool:
    """Put a label on a conversation, spelt as the shop spells it; False where there is no room.

    To be called as the shop. Twice is once.
    """
    name = " ".join(name.split())
    mine = Label.objects.filter(merchant=merchant)
    if not name or mine.filter(conversation=conversation).count() >= MOST_LABELS:
        return False
    alike = mine.filter(name__iexact=name).values_list("name", flat=True).first()
    Label.objects.get_or_create(conversation=conversation, merchant=merchant, name=alike or name)
    return True


def labels_of(merchant: Merchant) -> list[tuple[str, int]]:
    """Return a shop's labels with how many conversations bear them, the most used first."""
    rows = Label.objects.filter(merchant=merchant).values_list("name")
    return list(rows.annotate(many=Count("pk")).order_by("-many", "name")[:MOST_SHOWN])


OPEN = (Handling.WAITING, Handling.AGENT)


def change(name: str, merchant: Merchant, by: User, to: str) -> dict[str, object]:
    """Return the columns that a button changes."""
    if name == "snooze":
        return {"snoozed_until": tomorrow()}
    if name == "wake":
        return {"snoozed_until": None}
    if name == "assign":
        members = Membership.objects.filter(merchant=merchant, suspended_at=None)
        found = members.filter(user=int(to) if to.isascii() and to.isdigit() else 0).first()
        return {"assigned_to": found.user_id if found else None}
    return {"assigned_to": by.pk, "handling": Handling.AGENT}


def tomorrow() -> datetime.datetime:
    """Return tomorrow morning."""
    day = timezone.localtime() + datetime.timedelta(days=1)
    return day.replace(hour=MORNING, minute=0, second=0, microsecond=0)


def note(conversation: Conversation, merchant: Merchant, text: str, *, by: User) -> Note:
    """Keep what the shopper shall not read."""
    with as_merchant(merchant):
        return Note.objects.create(
            conversation=conversation, merchant=merchant, by=by, text=text[:2000]
        )
