"""What search engines read first: robots.txt and the site map, both languages of each page."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalog.models import Category, Product
from catalog.models.product import ProductQuerySet
from catalog.presenting.cards import product_url
from shopguide.accounts.models import Merchant

PART = 5_000  # addresses in one file; the format allows 50,000 with all their languages
CLOSED = ("/merchant/", "/operator/", "/accounts/", "/cart/", "/checkout/", "/orders/",
          "/search/", "/suggest/", "/preferences/", "/style/")  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what is nobody's search result, and name the site map."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts: pages, and products by the thousand. One query."""
    parts = -(-sold().count() // PART)
    names = ["pages", *(str(number) for number in range(1, parts + 1))]
    places = [request.build_absolute_uri(reverse("sitemap_part", args=[name])) for name in names]
    return as_xml(request, "sitemap_index.xml", {"places": places})


@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    """List one part's addresses, each with its languages. One to two queries."""
    if name == "pages":
        paths = list(pages())
    else:
        start = (int(name) - 1) * PART if name.isascii() and name.isdigit() else -1
        if not 0 <= start <= 1 << 40:
            raise Http404
        rows = sold().order_by("pk").values_list("merchant__slug", "sku")[start : start + PART]
        paths = [product_url(slug, sku) for slug, sku in rows]
        if not paths:
            raise Http404
    root = request.build_absolute_uri("/").rstrip("/")
    places = [{"plain": root + path, "languages": alternates(root + path)} for path in paths]
    return as_xml(request, "sitemap.xml", {"places": places})


def sold() -> ProductQuerySet:
    """Return the products that shoppers may see."""
    return Product.objects.live().filter(merchant__suspended_at=None)


def pages() -> Iterable[str]:
    """Yield the paths of the home page, the shared categories and the open shops."""
    yield reverse("home")
    for path in Category.objects.shared().values_list("path", flat=True):
        yield reverse("category", args=[path])
    for slug in Merchant.objects.active().values_list("slug", flat=True):
        yield reverse("shop", args=[slug])


def alternates(address: str) -> list[tuple[str, str]]:
    """Return the address in each language: its code and where."""
    return [(code, f"{address}?lang={quote(code)}") for code, _name in settings.LANGUAGES]


def as_xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Return a page of XML that may be kept for an hour."""
    response = render(request, f"catalog/{template}", context, content_type="application/xml")
    patch_cache_control(response, public=True, max_age=3600)
    return response
