"""The shop's inbox: conversations in which shoppers asked for a person, and answering them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistant import handing_over, inboxing
from assistant.knowledge import answer as known_answer
from assistant.models import CannedReply, Conversation, Message, Voice
from assistant.presenting.inbox import chat_page, row
from assistant.presenting.pages import bubble, hits_for
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from catalog.views.merchant_orders import ORDER_KEEPERS
from shopguide.accounts.access import row_of
from shopguide.accounts.models import Membership, Merchant, User
from shopguide.accounts.tenancy import as_merchant
from shopguide.web import currency_of

LONGEST, LABEL = 2000, 40
# Who may read what shoppers say: those who keep the orders.
KEEPERS = ORDER_KEEPERS


@require_safe
@member_view(KEEPERS)
def merchant_inbox(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the conversations of a tab."""
    name = request.GET.get("show", "")
    name = name if name in inboxing.TABS else "open"
    label = clean_text(request.GET.get("label", ""), LABEL)
    user: User = request.user  # type: ignore[assignment]

    def url(number: int, *, label: str = label) -> str:
        show_it = name if name != "open" else ""
        asked = {"show": show_it, "label": label, "page": number if number > 1 else ""}
        kept = urlencode({key: value for key, value in asked.items() if value})
        return reverse("merchant_inbox", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        rows = Conversation.objects.of(merchant).select_related("assigned_to")
        rows = rows.prefetch_related("labels")
        rows = rows.labelled(label) if label else rows
        found, total, pages = page_of(request, inboxing.tab(rows, name, user), url)
        counts = inboxing.counts(merchant, user)
        page = {
            "rows": [row(one, merchant) for one in found],
            "total": total,
            "pages": pages,
            "tabs": [{"code": code, "on": code == name, "count": counts.get(code),
                      "url": tab_url(merchant, code, label)}
                     for code in inboxing.TABS],
            "label": label,
            "all_url": url(1, label=""),
            "labels": [{"name": one, "many": many, "on": one == label, "url": url(1, label=one)}
                       for one, many in inboxing.labels_of(merchant)],
            "figures": inboxing.figures(merchant),
        }  # fmt: skip
    context = {"merchant": merchant, "nav": "inbox", "page": page}
    return show(request, "assistant/merchant/inbox.html", context, "rows")


def tab_url(merchant: Merchant, code: str, label: str) -> str:
    """Return the address of a tab, the label kept."""
    asked = {"show": code if code != "open" else "", "label": label}
    kept = urlencode({key: value for key, value in asked.items() if value})
    return reverse("merchant_inbox", args=[merchant.slug]) + (f"?{kept}" if kept else "")


def handed(merchant: Merchant, number: UUID) -> Conversation:
    """Return a conversation that was handed over to the shop, or 404. As the shop."""
    return row_of(Conversation.objects.select_related("assigned_to"), merchant, pk=number)


@require_safe
@member_view(KEEPERS)
def merchant_chat(request: HttpRequest, merchant: Merchant, number: UUID) -> HttpResponse:
    """Show one conversation with what the shop's people need to answer."""
    user: User = request.user  # type: ignore[assignment]
    with as_merchant(merchant):
        found = handed(merchant, number)
        rows = list(found.messages.visible().select_related("by"))
        hits = hits_for(rows, currency_of(request))
        page: dict[str, Any] = {
            **chat_page(found, merchant),
            "messages": [bubble(one, hits, latest=False) for one in rows],
            "notes": list(found.notes.select_related("by")),
            "orders": inboxing.orders_of(found, merchant),
            "colleague": inboxing.colleague(found, user),
            "mine": found.assigned_to_id == user.pk,
            "canned": list(CannedReply.objects.filter(merchant=merchant)),
            "known_labels": [one for one, _many in inboxing.labels_of(merchant)],
            "text": prefilled(request, merchant, found, rows),
        }
    members = Membership.objects.filter(merchant=merchant, suspended_at=None)
    page["members"] = [one.user for one in members.select_related("user")]
    context = {"merchant": merchant, "nav": "inbox", "page": page}
    return show(request, "assistant/merchant/chat.html", context, "log")


def prefilled(
    request: HttpRequest, merchant: Merchant, found: Conversation, rows: list[Message]
) -> str:
    """Return what the box holds: a canned reply, or what the shop's own pages say. Never sent."""
    if number := clean_number(request.GET.get("canned", ""), LARGEST_ID):
        kept = CannedReply.objects.filter(merchant=merchant, pk=int(number)).first()
        return kept.text if kept else ""
    if "suggest" in request.GET:
        said = [one.text for one in rows if one.voice == Voice.SHOPPER]
        asked = known_answer(
            said[-1] if said else "", merchants=[merchant], language=found.language, vector=None
        )
        return asked.text or ""
    return ""


@require_POST
@member_view(KEEPERS)
def merchant_chat_reply(request: HttpRequest, merchant: Merchant, number: UUID) -> HttpResponse:
    """Answer the shopper, or keep a note that only the shop reads."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    user: User = request.user  # type: ignore[assignment]
    with as_merchant(merchant):
        found = handed(merchant, number)
    if not text:
        messages.error(request, _("Write something first."))
    elif "note" in request.POST:
        inboxing.note(found, merchant, text, by=user)
        messages.success(request, _("The note is kept."))
    elif handing_over.reply(found, merchant, text, by=user) is None:
        messages.error(request, _("The conversation is not with your shop any more."))
    return back(merchant, number)


SAID = {
    "take": lambda: _("The conversation is yours."),
    "assign": lambda: _("It is given to somebody else."),
    "give_back": lambda: _("The assistant answers the shopper again."),
    "keep": lambda: _("Kept as a draft in the shop's knowledge; it answers once it is approved."),
    "resolve": lambda: _("Settled. The shopper is asked how it was."),
    "snooze": lambda: _("It comes back tomorrow."),
    "label": lambda: _("The label is on."),
    "unlabel": lambda: _("The label is off."),
    "wake": lambda: _("The conversation is yours."),
}


NOT_SO = {
    "": lambda: _("The conversation is not with your shop any more."),
    "keep": lambda: _("Nobody has answered here yet."),
    "label": lambda: _("Write a word; a conversation bears ten at most."),
    "unlabel": lambda: _("It does not bear this label any more."),
}


@require_POST
@member_view(KEEPERS)
def merchant_chat_step(request: HttpRequest, merchant: Merchant, number: UUID) -> HttpResponse:
    """Take a conversation, give it away, put it off, settle it."""
    name = request.POST.get("step", "")
    user: User = request.user  # type: ignore[assignment]
    with as_merchant(merchant):
        found = handed(merchant, number)
    if name == "seen":
        with as_merchant(merchant):
            inboxing.seen(found)
        return HttpResponse(status=204)
    if name in SAID:
        to = clean_text(request.POST.get("to", ""), LABEL)
        if inboxing.step(found, merchant, name, by=user, to=to):
            messages.success(request, SAID[name]())
        else:
            messages.error(request, NOT_SO.get(name, NOT_SO[""])())
    return back(merchant, number)


def back(merchant: Merchant, number: UUID) -> HttpResponse:
    """Lead back to the conversation."""
    return HttpResponseRedirect(reverse("merchant_chat", args=[merchant.slug, number]) + "#reply")


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(KEEPERS)
def merchant_canned(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the sentences that are sent often; keep one, or remove one."""
    if request.method == "POST":
        change_canned(request, merchant)
        return HttpResponseRedirect(reverse("merchant_canned", args=[merchant.slug]))
    with as_merchant(merchant):
        rows = list(CannedReply.objects.filter(merchant=merchant))
    context = {"merchant": merchant, "nav": "inbox", "page": {"rows": rows}}
    return render(request, "assistant/merchant/canned.html", context)


def change_canned(request: HttpRequest, merchant: Merchant) -> None:
    """Keep or remove a canned reply, and say so."""
    title = request.POST.get("title", "").strip()[:60]
    text = request.POST.get("text", "").strip()[:1000]
    gone = clean_number(request.POST.get("remove", ""), LARGEST_ID)
    with as_merchant(merchant):
        if gone:
            row_of(CannedReply.objects.all(), merchant, pk=int(gone)).delete()
            messages.success(request, _("It is gone."))
        elif not title or not text:
            messages.error(request, _("Write something first."))
        else:
            try:
                with transaction.atomic():
                    CannedReply.objects.create(merchant=merchant, title=title, text=text)
                messages.success(request, _("The canned reply is kept."))
            except IntegrityError:
                messages.error(request, _("A canned reply of this name exists already."))
