"""Decisions one after another, by keyboard or with buttons, and on several drafts together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.views._results import show
from catalog.views.merchant_proposals import numbers
from marketing.copy.deciding import approve, reject, rules_of
from marketing.copy.examining import Refused
from marketing.copy.presenting.drafts import draft_row
from marketing.copy.publishing import examiner, publish, reconsider
from marketing.copy.views._desk import PRODUCT, draft_of, person_of, ring_indexing
from marketing.models import Draft
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

SHOWN = 60
REVIEW = "marketing/merchant/copy_review.html"


@require_safe
@member_view(CATALOGUE_EDITORS)
def copy_review(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what waits for a decision, the oldest first; of one job if the address says so."""
    with as_merchant(merchant):
        part = part_of(request.GET)
        rows = Draft.objects.of(merchant).waiting()
        rows = rows.filter(bulk=part["bulk"]) if part["bulk"] else rows
        total = rows.count()
        found = rows.select_related("product", "made_by").prefetch_related(*PRODUCT)[:SHOWN]
        context = page(request, merchant, part) | {
            "rows": [review_row(request, merchant, one) for one in found],
            "total": total, "more": max(0, total - SHOWN),
        }  # fmt: skip
    return show(request, REVIEW, context, "queue")


def part_of(sent: Any) -> dict[str, Any]:
    """Return which queue is meant, and whether what is approved goes live at once."""
    bulk = clean_number(sent.get("bulk", ""), LARGEST_ID)
    return {"bulk": int(bulk) if bulk else 0, "only": "1" if sent.get("only") == "1" else ""}


def page(request: HttpRequest, merchant: Merchant, part: dict[str, Any]) -> dict[str, Any]:
    """Return what the queue's frame shows. One query; as the merchant."""
    rules = rules_of(merchant)
    return {
        "merchant": merchant, "nav": "copy", "part": part, "rules": rules,
        "threshold": round(rules.threshold * 100),
        "live_url": review_url(merchant, part | {"only": ""}),
        "only_url": review_url(merchant, part | {"only": "1"}),
    }  # fmt: skip


def review_url(merchant: Merchant, part: dict[str, Any]) -> str:
    """Return the address of a queue."""
    kept = {name: one for name, one in part.items() if one}
    url = reverse("merchant_copy_review", args=[merchant.slug])
    return f"{url}?{urlencode(kept)}" if kept else url


def review_row(request: HttpRequest, merchant: Merchant, draft: Draft) -> dict[str, Any]:
    """Return a draft with what keeps this person from approving it here."""
    rules = rules_kept(request, merchant)
    own = rules.four_eyes and person_of(request).pk in draft.authors
    low = draft.score < rules.threshold
    return draft_row(draft) | {"own": own, "low": low, "open": draft.state == "submitted"}


def rules_kept(request: HttpRequest, merchant: Merchant) -> Any:
    """Return the shop's rules, read once a request."""
    kept = getattr(request, "copy_rules", None)
    if kept is None:
        kept = request.copy_rules = rules_of(merchant)  # type: ignore[attr-defined]
    return kept


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_decide(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Approve, send back or reconsider one draft of the queue; htmx gets its row."""
    part, wrong, done = part_of(request.POST), "", ""
    with as_merchant(merchant):
        draft = draft_of(merchant, pk)
    try:
        done = decide(draft, request, live=not part["only"])
    except Refused as refusal:
        wrong = " ".join([str(refusal), *refusal.reasons[:3]])
    if done:
        ring_indexing(merchant)
    if request.htmx:  # type: ignore[attr-defined]
        with as_merchant(merchant):
            row = review_row(request, merchant, draft_of(merchant, pk))
            context = page(request, merchant, part)
            context |= {"row": row, "wrong": wrong, "done": done, "touched": True}
            return render(request, f"{REVIEW}#draft", context, status=422 if wrong else 200)
    (messages.error if wrong else messages.success)(request, wrong or done)
    return redirect(review_url(merchant, part))


def decide(draft: Draft, request: HttpRequest, *, live: bool) -> str:
    """Carry out a decision and say what came of it; `Refused` if it cannot be."""
    act, person = request.POST.get("act", ""), person_of(request)
    if act == "approve":
        approved = approve(draft, by=person, examine=examiner(), together=True)
        if not live:
            return _("Approved.")
        publish(approved, by=person)
        return _("Approved and live.")
    if act == "reject":
        reject(draft, request.POST.get("reason", ""), by=person)
        return _("Sent back.")
    if act == "undo":
        reconsider(draft, by=person)
        return _("Undone: it waits again.")
    raise Refused(_("Nothing was chosen."))


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_decide_many(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Approve the ticked drafts; what may not be approved together stays, with a count."""
    part, person = part_of(request.POST), person_of(request)
    with as_merchant(merchant):
        chosen = numbers(request.POST.getlist("pk"))[:SHOWN]
        drafts = list(Draft.objects.of(merchant).filter(pk__in=chosen).order_by("pk"))
    approved, reasons = 0, []
    for draft in drafts:
        try:
            said = approve(draft, by=person, examine=examiner(), together=True)
            if not part["only"]:
                publish(said, by=person)
            approved += 1
        except Refused as refusal:
            reasons.append(str(refusal))
    report(request, approved, reasons)
    ring_indexing(merchant)
    return redirect(review_url(merchant, part))


def report(request: HttpRequest, approved: int, reasons: list[str]) -> None:
    """Say how many were approved, and why the others were not."""
    if not approved and not reasons:
        messages.warning(request, _("Nothing was chosen."))
        return
    said = ngettext("%(count)d draft approved.", "%(count)d drafts approved.", approved)
    messages.success(request, said % {"count": approved})
    if reasons:
        left = ngettext("%(count)d draft stays: %(why)s", "%(count)d drafts stay: %(why)s",
                        len(reasons))  # fmt: skip
        why = " ".join(dict.fromkeys(reasons))
        messages.warning(request, left % {"count": len(reasons), "why": why})
