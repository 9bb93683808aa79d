"""The shop's drafts by state, and the brief that begins some."""

from __future__ import annotations

import csv
from collections.abc import Container
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.feeds.cells import harmless
from catalog.models import Product, PublishedCopy
from catalog.search.addressing import clean_text
from catalog.views._portal import page_of
from catalog.views._results import show
from marketing.copy.briefing import again, begin
from marketing.copy.channels import CHANNELS, TONES
from marketing.copy.desk_forms import BriefForm
from marketing.copy.presenting.drafts import LANGUAGES, channel_label, draft_row
from marketing.copy.tasks import write_brief
from marketing.copy.views._desk import PRODUCT, known, may_write, person_of, product_of
from marketing.models import Brief, Draft, DraftState
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PAGE = 20
FOUND = 12
MOST_ROWS = 20_000
COLUMNS = ("sku", "channel", "language", "part", "text", "provenance", "published_at")
LIST, BRIEF = "marketing/merchant/copy.html", "marketing/merchant/copy_brief.html"
NEW = "marketing/merchant/copy_new.html"


@require_safe
@member_view()
def merchant_copy(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the shop's drafts: by state, channel, language and words, the newest first."""
    asked = filters(request.GET)
    with as_merchant(merchant):
        mine = Draft.objects.of(merchant)
        counts = dict(mine.order_by().values_list("state").annotate(Count("pk")))
        rows = narrowed(mine, asked).select_related("product", "made_by").order_by("-pk")
        found, total, pages = page_of(
            request, rows.prefetch_related(*PRODUCT),
            lambda number: list_url(merchant, asked | {"page": str(number)}), size=PAGE,
        )  # fmt: skip
        context = {
            "merchant": merchant, "nav": "copy", "may_write": may_write(request),
            "asked": asked, "rows": [draft_row(one) for one in found], "total": total,
            "pages": pages, "tabs": tabs(merchant, asked, counts),
            "channels": [(code, channel_label(code)) for code in CHANNELS],
            "locales": list(LANGUAGES.items()), "waiting": counts.get(DraftState.SUBMITTED, 0),
        }  # fmt: skip
    return show(request, LIST, context, "list")


def filters(sent: Any) -> dict[str, str]:
    """Return what the list is narrowed to; what is no such thing is left out."""
    state, channel, locale = (sent.get(name, "") for name in ("state", "channel", "locale"))
    return {
        "state": state if state in DraftState.values else "",
        "channel": channel if channel in CHANNELS else "",
        "locale": locale if locale in LANGUAGES else "",
        "q": clean_text(sent.get("q", ""), 100),
    }


def narrowed(rows: Any, asked: dict[str, str]) -> Any:
    """Keep the drafts that a list's filters name."""
    for name in ("state", "channel", "locale"):
        rows = rows.filter(**{name: asked[name]}) if asked[name] else rows
    if asked["q"]:
        words = Q(product__sku__icontains=asked["q"]) | Q(
            pk__in=Draft.objects.filter(product__texts__title__icontains=asked["q"]).values("pk")
        )
        rows = rows.filter(words)
    return rows


def list_url(merchant: Merchant, asked: dict[str, str]) -> str:
    """Return the address of a part of the list."""
    kept = {name: one for name, one in asked.items() if one and (name, one) != ("page", "1")}
    url = reverse("merchant_copy", args=[merchant.slug])
    return f"{url}?{urlencode(kept)}" if kept else url


def tabs(merchant: Merchant, asked: dict[str, str], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return the list's states, each with how many there are; empty ones that matter too."""
    always = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.PUBLISHED)
    shown = [one for one in DraftState if counts.get(one) or one in always or one == asked["state"]]
    everything = [("", _("All"), sum(counts.values()))]
    return [
        {
            "label": label, "count": count, "selected": asked["state"] == value,
            "url": list_url(merchant, asked | {"state": value}),
        }
        for value, label, count in everything
        + [(str(one.value), str(one.label), counts.get(one, 0)) for one in shown]
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def copy_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Ask for variants of a text: first which product, then for which place and how."""
    sent = request.POST if request.method == "POST" else request.GET
    query = clean_text(sent.get("q", ""), 100)
    with as_merchant(merchant):
        product = product_of(merchant, sent.get("product"))
        form = BriefForm(request.POST if product and request.method == "POST" else None,
                         initial=spoken(product) | wished(request.GET))  # fmt: skip
        if product and form.is_bound and form.is_valid():
            brief = begin(merchant, product, by=person_of(request), **form.cleaned_data)
            ring(brief)
            return redirect("merchant_copy_brief", merchant.slug, brief.pk)
        choices = [] if product else offered(merchant, query)
        context = {"merchant": merchant, "nav": "copy", "product": product, "form": form,
                   "q": query, "choices": choices}  # fmt: skip
        return render(request, NEW, context, status=422 if form.is_bound else 200)


def spoken(product: Product | None) -> dict[str, str]:
    """Return the language in which a product is told, the reader's if it is told in that too.

    In another, only what its attributes and the shop's rules say could be written.
    """
    told = [text.locale for text in product.texts.all() if text.description] if product else []
    return {"locale": min(told, key=lambda one: one != get_language())} if told else {}


def wished(sent: Any) -> dict[str, str]:
    """Return what an address fills in beforehand."""
    known_values: dict[str, Container[str]] = {
        "channel": CHANNELS,
        "locale": LANGUAGES,
        "tone": TONES,
    }
    return {name: sent[name] for name, values in known_values.items() if sent.get(name) in values}


def offered(merchant: Merchant, query: str) -> list[Product]:
    """Return the products to choose from: found by words, else the newest. Three queries."""
    rows = Product.objects.of(merchant).filter(deleted_at=None).exclude(status="archived")
    return list(rows.matching(query).prefetch_related("texts", "media").order_by("-pk")[:FOUND])


@require_safe
@member_view()
def copy_brief(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show what a brief has brought forth; htmx asks again until it is done."""
    with as_merchant(merchant):
        brief = brief_of(merchant, pk)
        drafts = brief.drafts.select_related("product", "made_by").prefetch_related(*PRODUCT)
        context = {
            "merchant": merchant, "nav": "copy", "brief": brief, "may_write": may_write(request),
            "channel": channel_label(brief.channel), "language": LANGUAGES[brief.locale],
            "tone": TONES.get(brief.tone, brief.tone), "tones": list(TONES.items()),
            "rows": [draft_row(one) for one in drafts.order_by("pk")],
        }  # fmt: skip
    return show(request, BRIEF, context, "variants")


def brief_of(merchant: Merchant, pk: int) -> Brief:
    """Return this shop's brief, or 404. As the merchant."""
    rows = Brief.objects.select_related("product", "by").prefetch_related("product__texts")
    return row_of(rows, merchant, pk=known(pk))


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_again(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Ask for the same once more, in another tone if one was chosen."""
    tone = request.POST.get("tone", "")
    with as_merchant(merchant):
        brief = again(brief_of(merchant, pk), by=person_of(request),
                      tone=tone if tone in TONES else "")  # fmt: skip
        ring(brief)
    messages.success(request, _("New variants are being written."))
    return redirect("merchant_copy_brief", merchant.slug, brief.pk)


def ring(brief: Brief) -> None:
    """Let a worker write once this is committed; the sweep rings otherwise."""
    transaction.on_commit(partial(write_brief.delay, brief.pk), robust=True)


@require_safe
@member_view()
def copy_export(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Give out what is published, a row a part, with whose words they are: for ads and posts."""
    with as_merchant(merchant):
        rows = PublishedCopy.objects.filter(merchant=merchant).shown().select_related("product")
        found = list(rows.order_by("product__sku", "locale", "channel")[:MOST_ROWS])
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="copy-{merchant.slug}.csv"'
    table = csv.writer(response)
    table.writerow(COLUMNS)
    for row in found:
        shared = [row.product.sku, row.channel, row.locale]
        for name, words in row.parts.items():
            cells = [*shared, name, str(words), row.provenance, row.published_at.isoformat()]
            table.writerow([harmless(cell) for cell in cells])
    return response
