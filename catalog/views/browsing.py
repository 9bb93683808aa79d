"""The shop window: home, a category, one shop."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.presenting.cards import as_met, cards_of
from catalog.presenting.frame import Frame
from catalog.presenting.naming import reader
from catalog.presenting.places import crumbs_of, departments_of, narrower_of, place_name
from catalog.presenting.structured import place_data, site_data
from catalog.recalling import kept
from catalog.search.addressing import Address
from catalog.search.featuring import departments, shelved, shelves
from catalog.search.market import CategoryEntry, Market, ShopEntry, market
from catalog.views._results import answer
from shopguide.web import currency_of

# What the third shelf is about: what people of that language look for through the year.
THEMES = {"zh-hans": ("occasion", "gift"), "en": ("occasion", "travel")}
EXAMPLES = {
    "zh-hans": [
        "300元以内的男士跑步鞋",
        "送爸爸的功夫茶具",
        "不要皮的通勤双肩包",
        "lanya 耳机 续航长",
    ],
    "en": [
        "men's hoodie for cold weather under $60",
        "quiet wireless mouse",
        "tea set as a gift, not glass",
        "tent for two under 2 kg",
    ],
}
ENOUGH_FOR_A_SHELF = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show departments, shelves, shops and how one may ask. Three queries."""
    everywhere, locale = market(), reader()
    name, code = THEMES[locale]
    search = Address(reverse("search"))
    ids = {**shelves(json.dumps({name: [code]}), locale), "recent": kept(request)}
    rows = shelved(ids, everywhere.currency(currency_of(request)))
    met = {
        hit.product: hit for hit in as_met(request, (hit for hits in rows.values() for hit in hits))
    }
    rows = {shelf: [met[hit.product] for hit in hits] for shelf, hits in rows.items()}
    titles = {
        "newest": (_("New in"), search.having(sort="newest").url()),
        "rating": (_("Best rated"), search.having(sort="rating").url()),
        "theme": (theme_title(locale), search.plus(name, code).url()),
    }
    sections = [
        {"title": title, "url": url, "cards": cards_of(rows[shelf])}
        for shelf, (title, url) in titles.items()
        if len(rows[shelf]) >= ENOUGH_FOR_A_SHELF
    ]
    return render(
        request,
        "catalog/home.html",
        {
            "categories": departments_of(departments(everywhere), everywhere),
            "sections": sections,
            "recent": cards_of(rows["recent"]),
            "structured": site_data(request.build_absolute_uri),
            "merchants": [
                {"name": shop.names[locale], "url": reverse("shop", args=[shop.slug])}
                for shop in everywhere.shops.values()
            ],
            "examples": [
                {"text": text, "url": search.having(q=text).url()} for text in EXAMPLES[locale]
            ],
        },
    )


def theme_title(locale: str) -> str:
    """Return what the third shelf is called in a language."""
    return _("Worth giving") if locale == "zh-hans" else _("Good on a journey")


@require_safe
def category(request: HttpRequest, path: str) -> HttpResponse:
    """Show a category: what is narrower, and its products."""
    url = reverse("category", args=[path])
    address = Address.read(url, request.GET, leave=("category",))
    everywhere = market()
    entry = entry_of(path, address, everywhere)
    if entry is None:  # perhaps it is new
        everywhere = market(fresh=True)
        entry = entry_of(path, address, everywhere)
    if entry is None:
        raise Http404(_("There is no such page."))

    def around(frame: Frame) -> dict[str, Any]:
        crumbs = crumbs_of(entry, everywhere)
        return {
            "crumbs": crumbs,
            "structured": place_data(crumbs, request.build_absolute_uri),
            "category": {"name": place_name(entry), "children": narrower_of(frame)},
        }

    return answer(request, "catalog/category.html", address, category=entry, around=around)


def entry_of(path: str, address: Address, everywhere: Market) -> CategoryEntry | None:
    """Return the category at a path: of the shop that the address names, else the shared one."""
    shop = next(
        (one.pk for one in everywhere.shops.values() if one.slug == address.first("shop")), None
    )
    owners = {
        entry.merchant: entry for entry in everywhere.categories.values() if entry.path == path
    }
    return owners.get(shop) or owners.get(None)


@require_safe
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one shop's products."""
    entry = shop_entry(slug, market()) or shop_entry(slug, market(fresh=True))
    if entry is None:
        raise Http404(_("There is no such page."))
    address = Address.read(reverse("shop", args=[slug]), request.GET, leave=("shop",))
    seller = {
        "name": entry.names[reader()],
        "about": entry.about[reader()],
        "is_demo": entry.is_demo,
    }
    return answer(
        request, "catalog/shop.html", address, shop=entry, around=lambda frame: {"shop": seller}
    )


def shop_entry(slug: str, everywhere: Market) -> ShopEntry | None:
    """Return an open shop by its address."""
    return next((one for one in everywhere.shops.values() if one.slug == slug), None)
