"""What people say: the overview with alerts first, and the list of words behind every number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Feeling, Product
from catalog.presenting.opinions import ASPECT_NAMES
from catalog.presenting.paging import page_links
from catalog.search.addressing import clean_number
from marketing.listening import voices as heard
from marketing.listening.asked import DOUBTFUL, PERIODS, Filters
from marketing.listening.presenting import trends
from marketing.listening.presenting.alerts import alert_row, voice_rows
from marketing.listening.quoting import quoted_voices
from marketing.models import AlertWatch, OpinionAlert, Source, Suspicion
from shopguide.accounts.guarding import member_view, role_in
from shopguide.accounts.models import Merchant, Role, User
from shopguide.accounts.tenancy import as_merchant

PAGE = 20
MOST_PAGES = 10_000
MOST_ALERTS = 20
KEEPERS = (Role.OWNER, Role.EDITOR, Role.AGENT)


@require_safe
@member_view()
def merchant_voices(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show open alerts, then how people feel, of what they speak, and where."""
    filters = Filters.of(request.GET.dict())
    with as_merchant(merchant):
        page = overview(merchant, filters, request.user)  # type: ignore[arg-type]
    context = {"merchant": merchant, "nav": "voices", "page": page,
               "may_act": role_in(request) in KEEPERS}  # fmt: skip
    return render(request, "marketing/merchant/voices.html", context)


def overview(merchant: Merchant, filters: Filters, user: User) -> dict[str, Any]:
    """Return what the overview shows. About a dozen queries, however much was said."""
    asked = filters.asked
    felt, before = (heard.feelings_by_day(merchant, one) for one in (asked, asked.before))
    told, former = (heard.aspects_by_day(merchant, one) for one in (asked, asked.before))
    doubted = heard.last_days(
        filters.days, product=filters.product, source=filters.source, doubtful=True
    )
    _voices, doubts = heard.listed(merchant, doubted, only=DOUBTFUL, limit=1)
    return {
        "alerts": alert_rows(merchant),
        "watching": AlertWatch.objects.filter(merchant=merchant, user=user).exists(),
        "anything": bool(felt) or bool(before),
        "figures": trends.figures(merchant, filters, felt, before, doubts),
        "charts": trends.charts(asked, felt) if felt else [],
        "aspects": trends.aspect_rows(merchant, filters, told, former),
        "products": trends.product_rows(
            merchant, filters, heard.feelings_by_product(merchant, asked)
        ),
        "sources": trends.source_bars(heard.feelings_by_source(merchant, asked)),
        **controls(merchant, filters),
    }


def alert_rows(merchant: Merchant) -> list[dict[str, Any]]:
    """Return the open alerts, the newest first, and the last ones that were closed."""
    rows = OpinionAlert.objects.filter(merchant=merchant)
    rows = rows.select_related("product", "assigned_to").prefetch_related("product__texts")
    open_ones = rows.open()[:MOST_ALERTS]
    return [alert_row(one, merchant) for one in open_ones]


def controls(merchant: Merchant, filters: Filters) -> dict[str, Any]:
    """Return the filters as a form and as links. One query for the chosen product."""
    product = Product.objects.filter(merchant=merchant, pk=filters.product)
    chosen = product.prefetch_related("texts").first() if filters.product else None
    return {
        "filters": filters,
        "periods": [
            {"days": one, "url": filters.query(days=one) or "?", "on": one == filters.days}
            for one in PERIODS
        ],
        "product": chosen.title if chosen else "",
        "without_product": filters.query(product=0) or "?",
        "sources_known": Source.choices,
        "aspects_known": sorted(
            ((code, str(name)) for code, name in ASPECT_NAMES.items()), key=lambda one: one[1]
        ),
        "only_known": [*Feeling.choices, (DOUBTFUL, _("Doubted, not counted"))],
    }


@require_safe
@member_view()
def merchant_mentions(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the words themselves, the newest first, as the filters say."""
    filters = Filters.of(request.GET.dict())
    number = int(clean_number(request.GET.get("page", ""), MOST_PAGES) or 1)
    with as_merchant(merchant):
        page = said_page(merchant, filters, max(1, number))
    context = {"merchant": merchant, "nav": "voices", "page": page,
               "may_act": role_in(request) in KEEPERS}  # fmt: skip
    return render(request, "marketing/merchant/mentions.html", context)


def said_page(merchant: Merchant, filters: Filters, number: int) -> dict[str, Any]:
    """Return one page of words; beyond the end the first one. Seven queries at most."""
    wanted: dict[str, Any] = {
        "aspect": filters.aspect,
        "polarity": filters.polarity,
        "only": filters.only,
    }
    found, total = heard.listed(
        merchant, filters.asked, **wanted, limit=PAGE, offset=(number - 1) * PAGE
    )
    if not found and number > 1:
        return said_page(merchant, filters, 1)
    titles = Product.objects.filter(pk__in={one.product for one in found if one.product})
    names = {one.pk: one.title for one in titles.prefetch_related("texts")}
    url = reverse("merchant_mentions", args=[merchant.slug])
    return {
        "rows": voice_rows(
            found, quoted_voices(found, filters.aspect), doubts_of(merchant, found), names, merchant
        ),
        "total": total,
        "pages": page_links(
            number, max(1, -(-total // PAGE)),
            lambda one: (url + filters.query(page=one if one > 1 else "")) or url,
        ),
        **controls(merchant, filters),
    }  # fmt: skip


def doubts_of(merchant: Merchant, found: list[heard.Voice]) -> dict[str, Suspicion]:
    """Return the doubts about some voices, by key. One query."""
    rows = Suspicion.objects.filter(merchant=merchant)
    reviews = rows.filter(review__in=[one.pk for one in found if one.kind == "review"])
    mentions = rows.filter(mention__in=[one.pk for one in found if one.kind == "mention"])
    return {
        f"review:{one.review_id}" if one.review_id else f"mention:{one.mention_id}": one
        for one in reviews | mentions
    }


@require_POST
@member_view()
def voices_watch(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Write to this member about new alerts, or no more."""
    mine: dict[str, Any] = {"merchant": merchant, "user": request.user}
    with as_merchant(merchant):
        if request.POST.get("watch") == "1":
            AlertWatch.objects.get_or_create(**mine)
        else:
            AlertWatch.objects.filter(**mine).delete()
    return HttpResponseRedirect(reverse("merchant_voices", args=[merchant.slug]))
