"""The shopper's conversation: its page, the docked panel, saying something. Plain forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assistant import asking
from assistant.models import Conversation, Message
from assistant.presenting.pages import bubble, hits_for, listed, page_of
from assistant.tasks import ring
from assistant.views._own import (
    allowed,
    begun,
    current,
    own,
    own_message,
    place_of,
    product_at,
    recent,
)
from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.views._results import is_part
from catalog.views.carts import private
from shopguide.accounts.models import Merchant
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.web import currency_of

LONGEST, CHIP = 2000, 200
WAYS = {"drop", "chip", "edit", "shop"}  # fields that say something without words


@require_safe
@private
def ask(request: HttpRequest) -> HttpResponse:
    """Show the conversation that goes on, or an empty one."""
    found = None if "new" in request.GET else current(shopper_of(request))
    return conversation_page(request, found)


@require_safe
@private
def ask_conversation(request: HttpRequest, number: UUID) -> HttpResponse:
    """Show one of the shopper's conversations."""
    return conversation_page(request, own(request, number))


@require_safe
@private
def ask_panel(request: HttpRequest) -> HttpResponse:
    """Show the conversation that goes on as a panel beside any page."""
    found = None if "new" in request.GET else current(shopper_of(request))
    context = {"page": shown(request, found), "docked": True}
    return render(request, "assistant/_conversation.html", context)


def conversation_page(request: HttpRequest, found: Conversation | None) -> HttpResponse:
    """Show a conversation as a page of its own."""
    others = listed(recent(shopper_of(request)))
    context = {"page": shown(request, found), "others": others, "nav": "ask"}
    return render(request, "assistant/ask.html", context)


def shown(request: HttpRequest, found: Conversation | None) -> dict[str, Any]:
    """Return what a conversation shows, one that has not begun, too."""
    came_from = request.GET.get("from", "")[:300]
    page: dict[str, Any] = {"messages": [], "chips": [], "last": 0}
    if found is not None:
        with as_shopper(found.shopper_id):
            rows = list(found.messages.visible().select_related("by"))
        page = page_of(found, rows, currency_of(request))
    place = place_of(request, came_from)
    return {**page, "from": came_from, "product": product_at(place) if place else ""}


@require_POST
@private
def ask_say(request: HttpRequest) -> HttpResponse:
    """Say something; without a conversation one begins with it."""
    shopper = shopper_for(request)
    found = conversation_in(request)
    text = words_in(request)
    if request.COOKIES.get("assistant") == "off":
        return refused(request, found, _("You have turned the assistant off."))
    if not allowed(request, shopper):
        return refused(request, found, _("That was a lot at once. Wait a moment, please."))
    if not (text or WAYS & {*request.POST}):
        return refused(request, found, _("Write what you are looking for."))
    if found is None:
        found = begun(request, shopper)
    before = newest(found)
    said(request, found, text)
    if is_part(request):
        return news(request, found, before)
    return HttpResponseRedirect(f"{reverse('ask_conversation', args=[found.pk])}#latest")


def words_in(request: HttpRequest) -> str:
    """Return what was typed, or what a button says."""
    typed = request.POST.get("text", "").strip()[:LONGEST]
    return typed or spoken(request.POST.get("choice", ""))


def spoken(choice: str) -> str:
    """Return what a button says, nothing for no button."""
    buttons = {
        "confirm": _("Yes, please."),
        "decline": _("No, leave it."),
        "hand_over": _("I would like to speak with a person."),
    }
    return buttons.get(choice, "")


def conversation_in(request: HttpRequest) -> Conversation | None:
    """Return the conversation that a form names, or 404; None if it names none."""
    named = request.POST.get("conversation", "")
    if not named:
        return None
    try:
        return own(request, UUID(named))
    except ValueError as error:
        raise Http404 from error


def said(request: HttpRequest, found: Conversation, text: str) -> None:
    """Write what was said or clicked, and ring for the answer."""
    sent = request.POST
    if "shop" in sent:
        shop = Merchant.objects.active().filter(slug=sent["shop"][:60]).first()
        if shop is None:
            raise Http404
        asking.go_to(found, shop)
        return
    if "edit" in sent:
        message = edited(found, sent.get("edit", ""), sent.get("to", ""))
        if message is None:
            messages.error(request, _("Nothing of this was understood."))
    elif "drop" in sent or "chip" in sent:
        kinds = [one for one in sent.get("drop", "").split(",") if one][:10]
        message = asking.drop(found, kinds, index=chip_in(sent.get("chip", "")))
    else:
        place = place_of(request, sent.get("from", "")[:300])
        message = asking.say(found, text, place=place or None, choice=sent.get("choice", ""))
    if message is not None:
        ring(message.pk)


def edited(found: Conversation, index: str, words: str) -> Message | None:
    """Change a chip; one that is gone, or words that say nothing, change nothing."""
    place = chip_in(index)
    try:
        return asking.edit(found, place, words.strip()[:CHIP]) if place is not None else None
    except IndexError:
        return None


def chip_in(value: str) -> int | None:
    """Return a chip's index; -1 and -2 are the words and the order."""
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(value) < 4 else None


def newest(found: Conversation) -> int:
    """Return the number of the last message."""
    with as_shopper(found.shopper_id):
        return found.messages.order_by("-pk").values_list("pk", flat=True).first() or 0


def refused(request: HttpRequest, found: Conversation | None, why: str) -> HttpResponse:
    """Say why nothing was sent."""
    if is_part(request):
        return render(request, "assistant/_refused.html", {"why": why})
    messages.error(request, why)
    url = reverse("ask_conversation", args=[found.pk]) if found else reverse("ask")
    return HttpResponseRedirect(url)


@require_safe
@private
def ask_news(request: HttpRequest, number: UUID) -> HttpResponse:
    """Show what is new in a conversation since a message: for a second device, and for people."""
    after = int(clean_number(request.GET.get("after", ""), LARGEST_ID) or 0)
    return news(request, own(request, number), after)


def news(request: HttpRequest, found: Conversation, after: int) -> HttpResponse:
    """Return the messages after one, and what changes around them."""
    with as_shopper(found.shopper_id):
        found = Conversation.objects.select_related("merchant").get(pk=found.pk)
        rows = list(found.messages.visible().select_related("by").filter(pk__gt=after))
    page = {**page_of(found, rows, currency_of(request)), "last": rows[-1].pk if rows else after}
    response = render(request, "assistant/_news.html", {"page": page, "fragment": True})
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@private
def ask_message(request: HttpRequest, number: UUID, pk: int) -> HttpResponse:
    """Show one message as it stands now, with the chips that it leads to."""
    found = own_message(request, number, pk)
    if found.superseded:
        return HttpResponse("")  # given up for a newer one: its bubble goes
    with as_shopper(found.conversation.shopper_id):
        hits = hits_for([found], currency_of(request))
    page = page_of(found.conversation, [], currency_of(request))
    context = {
        "message": bubble(found, hits),
        "page": {**page, "last": max(pk, newest(found.conversation))},
        "fragment": True,
    }
    return render(request, "assistant/_answered.html", context)
