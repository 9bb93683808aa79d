"""A shop's segments: who is meant in words, how many that is, never who they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.views._portal import member_view
from marketing.models import Campaign
from marketing.reaching.segment_form import PRESETS, SegmentForm, fields_of
from profiles.models import Segment
from profiles.segments.counting import Wanted, known_to, likeness_model, reach, wanted
from profiles.segments.grammar import WrongRule, needs_deeds, read
from profiles.segments.telling import explained, people, reached, sentence
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST = 50


@require_safe
@member_view(CATALOGUE_EDITORS)
def merchant_segments(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the segments with what they mean and how many they hold today. A query a segment."""
    with as_merchant(merchant):
        rows = Segment.objects.filter(merchant=merchant, archived_at=None).select_related("seed")
        said = [(one, explained(one)) for one in rows[:MOST]]
    listed = [{"segment": one, "said": words} | counted(one) for one, words in said]
    context = {
        "merchant": merchant,
        "nav": "segments",
        "rows": listed,
        "known": people(known_to(merchant).people),
        "presets": [{"code": code, "name": name} for code, (name, _rule) in PRESETS.items()],
    }
    return render(request, "marketing/merchant/segments.html", context)


def counted(segment: Segment) -> dict[str, Any]:
    """Return how many a segment holds, in words. One statement."""
    try:
        found = reach(wanted(segment))
    except WrongRule:
        return {"people": "—", "ways": []}
    return {"people": people(found.people), "ways": reached(found)}


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def segment_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Draw a new segment, from nothing or from one of the usual ones."""
    _name, rule = PRESETS.get(request.GET.get("preset", ""), ("", {}))
    first = (fields_of(rule) or {}) | {"name": str(_name), "currency": usual_currency(merchant)}
    return segment_page(request, merchant, None, first, Wanted(merchant.pk, read(rule)))


def usual_currency(merchant: Merchant) -> str:
    """Return the currency a shop sells in first."""
    return (merchant.currencies or ["CNY"])[0]


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_segment(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show a segment as its form; posted, keep it, or put it away."""
    with as_merchant(merchant):
        there = Segment.objects.filter(archived_at=None).select_related("seed")
        found = row_of(there, merchant, pk=pk)
        if request.method == "POST" and request.POST.get("act") == "archive":
            return put_away(request, merchant, found)
    first = {"name": found.name, "seed": found.seed_id, "most": found.most,
             "currency": usual_currency(merchant)}  # fmt: skip
    first |= fields_of(found.rule) or {}
    try:
        return segment_page(request, merchant, found, first, wanted(found))
    except WrongRule as error:
        raise Http404(_("There is no such page.")) from error


def put_away(request: HttpRequest, merchant: Merchant, found: Segment) -> HttpResponse:
    """Take a segment out of the list; campaigns that had it keep it."""
    open_ones = Campaign.objects.filter(segment=found, stage__in=("scheduled", "running"))
    if open_ones.exists() or found.alike.filter(archived_at=None).exists():
        messages.error(request, _("It is in use by a campaign or another segment."))
        return HttpResponseRedirect(reverse("merchant_segment", args=[merchant.slug, found.pk]))
    Segment.objects.filter(pk=found.pk).update(archived_at=timezone.now())
    messages.success(request, _("“%(name)s” is put away.") % {"name": found.name})
    return HttpResponseRedirect(reverse("merchant_segments", args=[merchant.slug]))


def segment_page(
    request: HttpRequest,
    merchant: Merchant,
    found: Segment | None,
    first: dict[str, Any],
    start: Wanted,
) -> HttpResponse:
    """Show the form beside the preview; keep what was sent, or count it only."""
    sent = request.POST if request.method == "POST" else None
    with as_merchant(merchant):
        form = SegmentForm(merchant, sent, initial=first, segment=found)
        valid = sent is not None and form.is_valid()
        if valid and request.POST.get("act") == "save":
            kept = keep(form, request, found)
            messages.success(request, _("“%(name)s” is kept.") % {"name": kept.name})
            return HttpResponseRedirect(reverse("merchant_segments", args=[merchant.slug]))
    foreign = found is not None and found.seed_id is None and fields_of(found.rule) is None
    context = {
        "merchant": merchant,
        "nav": "segments",
        "form": form,
        "segment": found,
        "foreign": explained(found) if found and foreign else "",
        "preview": preview_of(form.wanted if sent is not None else start),
    }
    if getattr(request, "htmx", None):
        return render(request, "marketing/merchant/segment.html#preview", context)
    wrong = sent is not None and not valid and request.POST.get("act") == "save"
    return render(request, "marketing/merchant/segment.html", context, status=422 if wrong else 200)


def keep(form: SegmentForm, request: HttpRequest, found: Segment | None) -> Segment:
    """Save what was filled in; the shop's rows are visible."""
    made = found or Segment(merchant=form.merchant, made_by_id=request.user.pk)
    made.name, made.seed = form.cleaned_data["name"], form.cleaned_data["seed"]
    made.most = form.cleaned_data["most"] if made.seed else None
    made.rule = {} if made.seed else form.rule
    made.save()
    return made


def preview_of(sought: Wanted | None) -> dict[str, Any]:
    """Return whom the form holds so far: in words, how many, by which ways."""
    if sought is None:
        return {"wrong": True}
    counts = reach(sought)
    return {
        "said": sentence(sought.rule),
        "people": people(counts.people),
        "ways": reached(counts),
        "deeds": needs_deeds(sought.rule) or sought.alike,
        "model": likeness_model() if sought.alike else "",
        "few": counts.people is None,
    }
