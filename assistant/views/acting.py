"""What a shopper does about an answer: stop it, judge it, send a person away again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistant import handing_over
from assistant.models import Message, Thumb
from assistant.streaming import Teller
from assistant.views._own import own, own_message
from assistant.views.asking import ask_message, newest, news
from catalog.search.addressing import clean_text
from catalog.views._results import is_part
from catalog.views.carts import private
from shopguide.accounts.tenancy import as_shopper

THUMBS = {"1": Thumb.UP, "-1": Thumb.DOWN}


def back(number: UUID) -> HttpResponse:
    """Lead back to the conversation."""
    return HttpResponseRedirect(f"{reverse('ask_conversation', args=[number])}#latest")


@require_POST
@private
def ask_stop(request: HttpRequest, number: UUID, pk: int) -> HttpResponse:
    """Stop an answer where it is; one that has ended stays as it is."""
    found = own_message(request, number, pk)
    with as_shopper(found.conversation.shopper_id):
        stopped = found.stop()
    if stopped:
        Teller(found.pk, found.attempts)("", at=len(found.text), over=True)
    if not is_part(request):
        return back(number)
    request.method = "GET"
    return ask_message(request, number, pk)


@require_POST
@private
def ask_judge(request: HttpRequest, number: UUID, pk: int) -> HttpResponse:
    """Keep whether an answer was helpful, and why not."""
    found = own_message(request, number, pk)
    thumb = THUMBS.get(request.POST.get("thumb", ""))
    reason = clean_text(request.POST.get("reason", ""), 300)
    if thumb is not None and found.state == "done" and found.voice == "assistant":
        with as_shopper(found.conversation.shopper_id):
            Message.objects.filter(pk=found.pk).update(thumb=thumb, thumb_reason=reason)
        found.thumb, found.thumb_reason = thumb, reason
    if not is_part(request):
        messages.success(request, _("Thank you, that helps."))
        return back(number)
    context = {"message": {"pk": found.pk, "thumb": found.thumb, "rateable": True,
                           "reason": found.thumb_reason},
               "page": {"conversation": found.conversation}, "thanked": True}  # fmt: skip
    return render(request, "assistant/_judge.html", context)


@require_POST
@private
def ask_back(request: HttpRequest, number: UUID) -> HttpResponse:
    """Go on with the assistant instead of a person."""
    found = own(request, number)
    last = newest(found)
    with as_shopper(found.shopper_id):
        done = handing_over.take_back(found)
    if is_part(request):
        return news(request, found, last)
    if done:
        messages.success(request, _("The assistant answers again."))
    return back(number)


@require_POST
@private
def ask_stars(request: HttpRequest, number: UUID) -> HttpResponse:
    """Keep how satisfied the shopper was with the people of the shop."""
    found = own(request, number)
    stars = request.POST.get("stars", "")
    if stars in tuple("12345") and found.resolved_at is not None:
        with as_shopper(found.shopper_id):
            type(found).objects.filter(pk=found.pk).update(stars=int(stars))
    before = newest(found)
    return news(request, found, before) if is_part(request) else back(number)
