"""The desk of one draft: its words beside what is live, its facts, and what may be done with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.presenting.cards import product_url
from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.views._results import show
from marketing.copy.deciding import (
    Conflict,
    approve,
    copied,
    discard,
    edit,
    reject,
    rules_of,
    submit,
    take_back,
)
from marketing.copy.examining import Refused
from marketing.copy.presenting.drafts import (
    draft_row,
    fact_rows,
    field_rows,
    side_by_side,
    version_rows,
    warning_rows,
)
from marketing.copy.publishing import (
    examiner,
    live,
    place_of,
    publish,
    restore,
    schedule,
    unschedule,
    versions,
    withdraw,
)
from marketing.copy.reading_again import reader_here
from marketing.copy.views._desk import (
    PRODUCT,
    draft_of,
    known,
    may_write,
    person_of,
    ring_indexing,
    ring_reading,
)
from marketing.models import CopyVersion, Draft, DraftState
from marketing.trials.planning import AIMS
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

DESK, HISTORY = "marketing/merchant/copy_draft.html", "marketing/merchant/copy_history.html"
SIBLINGS = 6
VERSIONS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@member_view()
def copy_draft(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show a draft beside the live text with its facts; editors change its words."""
    with as_merchant(merchant):
        draft = draft_of(merchant, pk)
        if request.method != "POST":
            return render(request, DESK, desk(request, merchant, draft))
    if not may_write(request):
        raise Http404(_("There is no such page."))
    said = parts_sent(request)
    try:
        edit(draft, said, version=version_sent(request), by=person_of(request), examine=examiner())
    except Conflict as conflict:
        return answer(request, merchant, pk, 409, theirs=conflict.theirs, said=said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
        ring_reading(merchant)
    return redirect("merchant_copy_draft", merchant.slug, pk)


def answer(
    request: HttpRequest, merchant: Merchant, pk: int, status: int, **more: Any
) -> HttpResponse:
    """Show the desk again with what went wrong."""
    with as_merchant(merchant):
        context = desk(request, merchant, draft_of(merchant, pk), **more)
        return render(request, DESK, context, status=status)


def desk(
    request: HttpRequest, merchant: Merchant, draft: Draft, *,
    theirs: Draft | None = None, said: dict[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what the desk shows. Ten queries; as the merchant."""
    now = live(place_of(draft))
    others = Draft.objects.beside(draft).filter(brief=draft.brief_id) if draft.brief_id else None
    rules = rules_of(merchant)
    person = person_of(request)
    return {
        "merchant": merchant, "nav": "copy", "draft": draft, "row": draft_row(draft),
        "may_write": may_write(request), "fields": field_rows(draft, said),
        "facts": fact_rows(draft), "warnings": warning_rows(draft),
        "sides": side_by_side(draft, now.parts), "live_is_generated": now.provenance == "generated",
        "stands": now.draft_id == draft.pk, "rules": rules,
        "threshold": round(rules.threshold * 100),
        "own": rules.four_eyes and person.pk in draft.authors,
        "siblings": siblings(others), "theirs": theirs,
        "version": theirs.version if theirs else draft.version,
        "their_sides": side_by_side_of(theirs, said), "versions": versions(place_of(draft)).count(),
        "product_url": product_url(merchant.slug, draft.product.sku),
        "tryable": draft.channel in AIMS,
        "unread": bool(reader := reader_here()) and draft.is_unread(reader),
        "soonest": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip


def siblings(others: Any) -> list[dict[str, Any]]:
    """Return the other variants of the same brief."""
    if others is None:
        return []
    rows = others.select_related("product", "made_by").prefetch_related(*PRODUCT).order_by("pk")
    return [draft_row(one) for one in rows[:SIBLINGS]]


def side_by_side_of(
    theirs: Draft | None, said: dict[str, str] | None
) -> list[dict[str, Any]]:  # fmt: skip
    """Return what somebody else has written against one's own words."""
    if theirs is None or said is None:
        return []
    mine = Draft(channel=theirs.channel, locale=theirs.locale, parts=said)
    return side_by_side(mine, theirs.parts)


def parts_sent(request: HttpRequest) -> dict[str, str]:
    """Return the parts of a text as a form sends them, without what no text may contain."""
    return {
        name.removeprefix("part:"): str(value).replace("\x00", "")[:20_000]
        for name, value in request.POST.items()
        if name.startswith("part:")
    }


def version_sent(request: HttpRequest) -> int:
    """Return which version of the words the sender has seen."""
    return int(clean_number(request.POST.get("version", ""), LARGEST_ID) or 0)


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_keep(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Keep the words while they are typed, and show what the check says of them."""
    with as_merchant(merchant):
        draft = draft_of(merchant, pk)
    conflict = wrong = None
    try:
        edit(draft, parts_sent(request), version=version_sent(request), by=person_of(request),
             examine=examiner())  # fmt: skip
    except Conflict as found:
        conflict = found.theirs
    except Refused as refusal:
        wrong = str(refusal)
    else:
        ring_reading(merchant)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("merchant_copy_draft", merchant.slug, pk)
    with as_merchant(merchant):
        context = desk(request, merchant, draft_of(merchant, pk))
        context |= {"kept_at": timezone.localtime(), "kept_wrong": wrong, "conflict": conflict}
        if conflict is not None:  # what is typed next is still not based on their words
            context["version"] = version_sent(request)
        return show(request, DESK, context, "checked")


Act = Callable[[Draft, User, Any], str]


def _submit(draft: Draft, person: User, _sent: Any) -> str:
    submit(draft, by=person, examine=examiner())
    return _("Submitted. Somebody with a say decides now.")


def _approve(draft: Draft, person: User, _sent: Any) -> str:
    approve(draft, by=person, examine=examiner())
    return _("Approved.")


def _approve_and_publish(draft: Draft, person: User, _sent: Any) -> str:
    publish(approve(draft, by=person, examine=examiner()), by=person)
    return _("Approved and live.")


def _publish(draft: Draft, person: User, _sent: Any) -> str:
    publish(draft, by=person)
    return _("It is live.")


def _reject(draft: Draft, person: User, sent: Any) -> str:
    reject(draft, sent.get("reason", ""), by=person)
    return _("Sent back with your reason.")


def _take_back(draft: Draft, person: User, _sent: Any) -> str:
    take_back(draft, by=person)
    return _("It is on the desk again.")


def _schedule(draft: Draft, person: User, sent: Any) -> str:
    try:
        said = datetime.datetime.fromisoformat(sent.get("at", ""))
        at = said if said.tzinfo else timezone.make_aware(said)
        schedule(draft, at, by=person)
    except (ValueError, OverflowError):
        raise Refused(_("Choose a day and a time.")) from None
    return _("Planned. It goes live by itself, if it still holds then.")


def _unschedule(draft: Draft, person: User, _sent: Any) -> str:
    unschedule(draft, by=person)
    return _("The plan is off; the approval stays.")


def _withdraw(draft: Draft, person: User, _sent: Any) -> str:
    withdraw(draft, by=person)
    return _("Taken down. What stood there before is back.")


ACTS: dict[str, Act] = {
    "submit": _submit, "approve": _approve, "approve_publish": _approve_and_publish,
    "publish": _publish, "reject": _reject, "take_back": _take_back, "schedule": _schedule,
    "unschedule": _unschedule, "withdraw": _withdraw,
}  # fmt: skip


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_act(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Do one thing with a draft: submit, decide, publish, plan, take down, copy, throw away."""
    act, person = request.POST.get("act", ""), person_of(request)
    with as_merchant(merchant):
        draft = draft_of(merchant, pk)
    try:
        if act == "copy":
            return redirect("merchant_copy_draft", merchant.slug, copied(draft, by=person).pk)
        if act == "discard":
            discard(draft, by=person)
            messages.success(request, _("Thrown away."))
            return redirect("merchant_copy", merchant.slug)
        if act in ACTS:
            messages.success(request, ACTS[act](draft, person, request.POST))
            ring_indexing(merchant)
    except Refused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.reasons[:5]]))
    return redirect("merchant_copy_draft", merchant.slug, pk)


@require_safe
@member_view()
def copy_history(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show every text that stood in a draft's place, each against the one before."""
    with as_merchant(merchant):
        draft = draft_of(merchant, pk)
        found = versions(place_of(draft)).select_related("by", "draft")[:VERSIONS]
        context = {
            "merchant": merchant, "nav": "copy", "draft": draft, "row": draft_row(draft),
            "versions": version_rows(list(found)), "may_write": may_write(request),
        }  # fmt: skip
    return render(request, HISTORY, context)


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_restore(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Let a former text stand again, if it still holds."""
    with as_merchant(merchant):
        rows = CopyVersion.objects.select_related("draft")
        version = row_of(rows, merchant, pk=known(pk))
    try:
        restore(version, by=person_of(request))
        ring_indexing(merchant)
        messages.success(request, _("The former text is live again."))
    except Refused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.reasons[:5]]))
    draft = version.draft_id or newest_draft(merchant, version)
    if draft is None:
        return redirect("merchant_copy", merchant.slug)
    return redirect("merchant_copy_history", merchant.slug, draft)


def newest_draft(merchant: Merchant, version: CopyVersion) -> int | None:
    """Return the latest published draft of a version's place, whose history shows it."""
    with as_merchant(merchant):
        rows = Draft.objects.filter(**place_of(version).key).exclude(state=DraftState.DRAFT)
        return rows.values_list("pk", flat=True).first()
