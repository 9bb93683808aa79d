"""Facts read out of the shop's texts: a person confirms, corrects or rejects them."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.confirming import Decision, confirm, reject, reopen
from catalog.extraction.stating import NotAValue
from catalog.models import Attribute, AttributeProposal
from catalog.models.attribute import ProposalQuerySet
from catalog.presenting.proposals import code_chips, proposal_row
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.tasks import index_products
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant, Role, User
from shopguide.accounts.tenancy import as_merchant

PAGE = 20
MOST_CHOSEN = 500
Verdict = AttributeProposal.Verdict
TEMPLATE = "catalog/merchant/proposals.html"


@require_safe
@member_view()
def merchant_proposals(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what waits to be confirmed, or was decided, by attribute and with its evidence."""
    return answer(request, merchant, asked(request.GET))


def asked(sent: Any) -> dict[str, str]:
    """Return which part of the list is asked for; what is no such part is left out."""
    verdict = sent.get("verdict", "")
    return {
        "code": clean_text(sent.get("code", ""), 100),
        "verdict": verdict if verdict in (Verdict.CONFIRMED, Verdict.REJECTED) else "",
        "page": str(int(clean_number(sent.get("page", ""), LARGEST_ID) or 1)),
    }


def came_from(request: HttpRequest) -> dict[str, str]:
    """Return the part of the list in which a form was sent."""
    return asked({**request.POST.dict(), "verdict": request.POST.get("list", "")})


def list_url(merchant: Merchant, part: dict[str, str]) -> str:
    """Return the address of a part of the list."""
    kept = {name: value for name, value in part.items() if value and (name, value) != ("page", "1")}
    url = reverse("merchant_proposals", args=[merchant.slug])
    return f"{url}?{urlencode(kept)}" if kept else url


def answer(request: HttpRequest, merchant: Merchant, part: dict[str, str]) -> HttpResponse:
    """Show a part of the list; htmx gets the list alone."""
    with as_merchant(merchant):
        context = list_context(request, merchant, part)
    return show(request, TEMPLATE, context, "list")


def list_context(request: HttpRequest, merchant: Merchant, part: dict[str, str]) -> dict[str, Any]:
    """Return what the list shows. Nine queries, however many facts."""
    rows = wanted(merchant, part["verdict"]).once()
    counts = list(
        rows.order_by().values_list("code").annotate(Count("pk")).values_list("code", "pk__count")
    )
    definitions = {one.code: one for one in Attribute.objects.filter(code__in=dict(counts))}
    chosen = part["code"] if part["code"] in dict(counts) else ""
    rows = rows.filter(code=chosen) if chosen else rows
    found, total, pages = page_of(
        request,
        rows.select_related("product", "decided_by")
        .prefetch_related("product__texts", "product__media")
        .order_by("product_id", "code", "pk"),
        lambda number: list_url(merchant, part | {"page": str(number)}),
        size=PAGE,
    )
    newest = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    return {
        "merchant": merchant,
        "nav": "proposals",
        "may_edit": may_edit(request, merchant),
        "part": part | {"code": chosen},
        "chips": code_chips(counts, definitions, chosen),
        "everything": sum(dict(counts).values()),
        "rows": rows_of(found, definitions),
        "total": total,
        "newest": newest,
        "chosen": next((one for one in code_chips(counts, definitions, chosen)
                        if one["selected"]), None),
        "pages": pages,
        "tabs": tabs(merchant, part),
    }  # fmt: skip


def wanted(merchant: Merchant, verdict: str) -> ProposalQuerySet:
    """Return the shop's proposals with a verdict; open ones without those stated already."""
    rows = AttributeProposal.objects.filter(merchant=merchant)
    return rows.filter(verdict=verdict) if verdict else rows.open()


def rows_of(
    found: list[AttributeProposal], definitions: dict[str, Attribute]
) -> list[dict[str, Any]]:
    """Return rows with the evidence of every language. One query."""
    same: dict[tuple[Any, ...], list[AttributeProposal]] = {}
    products = {row.product_id for row in found}
    for one in AttributeProposal.objects.filter(product__in=products).order_by("field", "locale"):
        same.setdefault(identity(one), []).append(one)
    return [
        proposal_row(row, sorted(same[identity(row)], key=lambda one: one.field != "title"),
                     definitions)
        for row in found
    ]  # fmt: skip


def identity(row: AttributeProposal) -> tuple[Any, ...]:
    """Return what makes proposals of several languages one fact."""
    return (row.product_id, row.attribute, row.value, row.unit, row.verdict)


def tabs(merchant: Merchant, part: dict[str, str]) -> list[dict[str, Any]]:
    """Return the three lists: open, confirmed, rejected."""
    return [
        {
            "label": label,
            "url": list_url(merchant, {"verdict": "" if value == Verdict.OPEN else value}),
            "selected": (part["verdict"] or Verdict.OPEN) == value,
        }
        for value, label in Verdict.choices
    ]


def may_edit(request: HttpRequest, merchant: Merchant) -> bool:
    """Tell whether the person may change this shop's catalogue. One query."""
    return merchant.memberships.filter(
        user=request.user.pk, role__in=[Role.OWNER, Role.EDITOR]
    ).exists()


@require_POST
@member_view(CATALOGUE_EDITORS)
def proposal_decide(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Confirm one fact, as it is or corrected, reject it, or take a decision back."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    verdict, wrong = request.POST.get("verdict", ""), ""
    with as_merchant(merchant):
        row = row_of(AttributeProposal.objects.select_related("product"), merchant, pk=pk)
        try:
            decide_one(merchant, row, verdict, request)
        except NotAValue:
            wrong = _("Write a value, and digits only where a number belongs.")
        if not wrong:
            ring(merchant)
        if request.htmx:  # type: ignore[attr-defined]
            definitions = {one.code: one for one in Attribute.objects.filter(code=row.code)}
            row = AttributeProposal.objects.select_related("product", "decided_by").get(pk=pk)
            context = {
                "merchant": merchant, "may_edit": True, "wrong": wrong, "touched": True,
                "row": rows_of([row], definitions)[0], "part": came_from(request),
            }  # fmt: skip
            return render(request, f"{TEMPLATE}#proposal", context, status=422 if wrong else 200)
    if wrong:
        messages.error(request, wrong)
    return redirect(list_url(merchant, came_from(request)))


def decide_one(
    merchant: Merchant, row: AttributeProposal, verdict: str, request: HttpRequest
) -> None:
    """Carry out what a person says of one fact; anything else changes nothing."""
    person = person_of(request)
    rows = AttributeProposal.objects.filter(merchant=merchant, pk=row.pk)
    if verdict == Verdict.CONFIRMED:
        definition = Attribute.objects.filter(code=row.code).first()
        shown = proposal_row(row, [row], {row.code: definition} if definition else {})["editable"]
        written = request.POST.get("value", shown)
        confirm(merchant, rows, by=person, correction=written if written != shown else None)
    elif verdict == Verdict.REJECTED:
        reject(rows, by=person)
    elif verdict == Verdict.OPEN and row.verdict != Verdict.OPEN:
        reopen(merchant, row)


@require_POST
@member_view(CATALOGUE_EDITORS)
def proposals_decide(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Confirm or reject the chosen facts, or all of one attribute that the page has counted."""
    part = came_from(request)
    verdict = request.POST.get("verdict", "")
    with as_merchant(merchant):
        rows = AttributeProposal.objects.filter(merchant=merchant)
        if code := clean_text(request.POST.get("all", ""), 100):
            # What was found after the page was made has not been counted, so it is not meant.
            newest = clean_number(request.POST.get("newest", ""), LARGEST_ID) or 0
            rows = rows.filter(code=code, pk__lte=newest)
        else:
            rows = rows.filter(pk__in=numbers(request.POST.getlist("pk")))
        done = (
            confirm(merchant, rows, by=person_of(request))
            if verdict == Verdict.CONFIRMED
            else reject(rows, by=person_of(request))
            if verdict == Verdict.REJECTED
            else Decision(0, 0)
        )
        if done.proposals:
            ring(merchant)
    report(request, verdict, done)
    return redirect(list_url(merchant, part | {"page": "1"}))


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; `member_view` has made sure that somebody is."""
    return cast(User, request.user)


def numbers(sent: list[str]) -> list[int]:
    """Return the ids among what was sent."""
    return [int(one) for one in sent[:MOST_CHOSEN] if one.isdecimal() and len(one) < 19]


def report(request: HttpRequest, verdict: str, done: Decision) -> None:
    """Say how many facts were decided."""
    if not done.proposals:
        messages.warning(request, _("Nothing was chosen, or somebody decided it before you."))
        return
    text = (
        ngettext("%(count)d fact confirmed.", "%(count)d facts confirmed.", done.proposals)
        if verdict == Verdict.CONFIRMED
        else ngettext("%(count)d fact rejected.", "%(count)d facts rejected.", done.proposals)
    )
    messages.success(request, text % {"count": done.proposals})


def ring(merchant: Merchant) -> None:
    """Let a worker bring search up to date once this is committed; the sweep does it otherwise."""
    transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
