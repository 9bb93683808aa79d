"""Texts around parcels: what carriers write and who must act, addresses read, texts for customs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import Product
from catalog.places.place import Place
from catalog.places.reading import LONGEST, read_place
from catalog.presenting.buying import countries
from catalog.presenting.pasting import part_label
from catalog.search.addressing import clean_text, one_of
from catalog.views._portal import page_of
from catalog.views._results import show
from catalog.views.merchant_orders import ORDER_KEEPERS
from marketing.models import CustomsText, DeliveryNote
from marketing.stocking import customs
from marketing.stocking.noting import MOST_LINES, note_lines, retell, settle
from marketing.stocking.parcels.kinds import BY_CODE
from marketing.stocking.presenting import kind_label, note_row
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view, role_in
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PLACE_PARTS = ("name", "phone", "country", "region", "city", "district", "street", "building",
               "room", "postal_code")  # fmt: skip


@require_safe
@member_view()
def merchant_parcels(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List what carriers wrote, what waits for somebody first."""
    return show(request, "marketing/merchant/parcels.html", parcels_page(request, merchant), "rows")


def parcels_page(request: HttpRequest, merchant: Merchant, **more: Any) -> dict[str, Any]:
    """Return what the page shows; ``more``: an address that was read."""
    order = clean_text(request.GET.get("order", ""), 20)
    everything = request.GET.get("state") == "all" or bool(order)

    def url(number: int) -> str:
        kept = "&".join(
            part for part in (
                f"order={quote(order)}" if order else "state=all" * everything,
                f"page={number}" * (number > 1),
            ) if part
        )  # fmt: skip
        return reverse("merchant_parcels", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        rows = DeliveryNote.objects.filter(merchant=merchant).select_related("order")
        waiting = rows.waiting().count()
        kept = rows if everything else rows.waiting()
        kept = kept.filter(order__number=order) if order else kept
        found, total, pages = page_of(request, kept, url)
        shown = [note_row(merchant, one) for one in found]
    page = {
        "rows": shown,
        "total": total,
        "pages": pages,
        "everything": everything,
        "order": order,
        "waiting": waiting,
        "kinds": [(code, kind_label(code)) for code in BY_CODE],
        "text": "",
    }
    keeper = role_in(request) in ORDER_KEEPERS
    return {"merchant": merchant, "nav": "parcels", "page": page, "may_keep": keeper} | more


@require_POST
@member_view(ORDER_KEEPERS)
def merchant_parcels_note(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Read carriers' texts, a note a line."""
    text = request.POST.get("text", "")[: MOST_LINES * 500]
    noted = note_lines(merchant, text, by=request.user)  # type: ignore[arg-type]
    if noted.notes:
        exceptions = sum(bool(one.acts) for one in noted.notes)
        said = ngettext("%(count)s text is read.", "%(count)s texts are read.", len(noted.notes))
        more = _("%(tied)s of them belong to an order; in %(open)s somebody must act.")
        said %= {"count": len(noted.notes)}
        more %= {"tied": noted.tied, "open": exceptions}
        messages.success(request, f"{said} {more}")
    else:
        messages.error(request, _("Paste at least one line."))
    return HttpResponseRedirect(reverse("merchant_parcels", args=[merchant.slug]))


@require_POST
@member_view(ORDER_KEEPERS)
def merchant_parcel_note(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Settle a note, or put it among another kind."""
    kind = one_of(BY_CODE, request.POST.get("kind", ""))
    with as_merchant(merchant):
        found = row_of(DeliveryNote.objects.all(), merchant, pk=pk)
        if "settled" in request.POST:
            settle(found, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Settled."))
        elif kind:
            retell(found, kind, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The kind is changed."))
        else:
            messages.error(request, _("Choose a kind."))
    return HttpResponseRedirect(reverse("merchant_parcels", args=[merchant.slug]))


@require_POST
@member_view()
def merchant_parcels_address(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Read an address into its parts. Nothing is kept."""
    text = request.POST.get("address", "")[:LONGEST]
    place = read_place(text)
    read = {
        "text": text,
        "parts": [(part_label(name), said_of(place, name)) for name in PLACE_PARTS],
        "lacking": [part_label(name) for name in place.lacking],
    }
    context = parcels_page(request, merchant, read=read)
    return render(request, "marketing/merchant/parcels.html", context)


def said_of(place: Place, name: str) -> str:
    """Return a part of an address as a person reads it: countries by their names."""
    said = str(getattr(place, name))
    return dict(countries()).get(said, said) if name == "country" else said


# --- Customs --------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_customs(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show what customs are told of a product in both languages; a person approves each."""
    with as_merchant(merchant):
        rows = Product.objects.filter(deleted_at=None).select_related("category")
        product = row_of(rows.prefetch_related("texts"), merchant, pk=pk)
        kept = {one.locale: one for one in CustomsText.objects.filter(product=product)}
    sent, problems = "", list[str]()
    if request.method == "POST":
        sent = one_of(customs.LOCALES, request.POST.get("locale", ""))
        parts, code = parts_in(request), clean_text(request.POST.get("code", ""), 14)
        problems = customs.check(parts, sent, code) if sent else [_("Choose a language.")]
        if not problems:
            customs.approve(product, sent, parts, code=code, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The text is approved."))
            return HttpResponseRedirect(reverse("merchant_customs", args=[merchant.slug, pk]))
    sides = []
    for locale in customs.LOCALES:
        side = side_of(product, locale, kept.get(locale))
        if locale == sent:
            side |= {"parts": fields_of(parts_in(request)), "problems": problems, "refused": True,
                     "code": clean_text(request.POST.get("code", ""), 14)}  # fmt: skip
        sides.append(side)
    context = {"merchant": merchant, "nav": "parcels", "product": product, "sides": sides}
    status = 422 if problems else 200
    return render(request, "marketing/merchant/customs.html", context, status=status)


def parts_in(request: HttpRequest) -> dict[str, str]:
    """Return the parts that were typed."""
    return {part: clean_text(request.POST.get(part, ""), customs.LONGEST) for part in customs.PARTS}


def side_of(product: Product, locale: str, kept: CustomsText | None) -> dict[str, Any]:
    """Return one language: what is approved, else what is proposed, and what to look at."""
    declared = customs.propose(product, locale)
    parts = kept.parts if kept else declared.parts
    return {
        "locale": locale,
        "label": dict(CustomsText._meta.get_field("locale").choices or ())[locale],
        "parts": fields_of(parts),
        "code": kept.code if kept else "",
        "problems": declared.problems if kept is None else [],
        "approved_at": kept.approved_at if kept else None,
        "stale": bool(kept and customs.stale(kept, product)),
    }


def fields_of(parts: dict[str, str]) -> list[dict[str, Any]]:
    """Return the fields of a text in order."""
    return [
        {"name": part, "label": customs.part_label(part), "value": parts.get(part, ""),
         "needed": part in customs.NEEDED}
        for part in customs.PARTS
    ]  # fmt: skip
