"""Every page of the shop with made-up contexts, for looking at it and for the look tests.

An address is a page; ``?lang=`` and the theme cookie work as on the real site. Touches no
database. Used as ``ROOT_URLCONF``.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from shopguide.offline import manifest, offline, worker
from shopguide.preferences import preferences
from shopguide.style import style
from tests.journeys import (
    assistant_samples,
    buying_samples,
    catalogue_samples,
    frame_samples,
    people_samples,
    portal_samples,
    samples,
)
from tests.journeys.marketing_pages import MARKETING, shop
from tests.journeys.samples import say

Build = Callable[[], dict[str, Any]]
TONES = ["#dfe6dc", "#e9dfd3", "#d9e2ea", "#ecdcd8", "#e4e0ec"]
INKS = ["#35594a", "#8a5a33", "#2d4a66", "#8f4038", "#54477a"]
SHAPES = {
    "shoe": "M50 190c40-4 60-40 84-60l46 40c20 14 60 10 64 34v16H50zm0 36h196v14H50z",
    "top": "M110 70 60 100l20 46 22-10v104h96V136l22 10 20-46-50-30c-10 24-70 24-80 0z",
    "dot": "M72 140a40 40 0 1 1 80 0v90h-24v-54zm76 0a40 40 0 1 1 80 0l-20 36v54h-24z",
    "cup": "M80 110h120v16h20a24 24 0 0 1 0 60h-22a50 50 0 0 1-48 44h-20a50 50 0 0 1-50-50z",
    "bag": "M116 96h6a28 28 0 0 1 56 0h6a30 30 0 0 1 30 30v116H86V126a30 30 0 0 1 30-30z",
}


def picture(request: HttpRequest, shape: str, number: int) -> HttpResponse:
    """Draw a stand-in for a product picture."""
    tone, ink = TONES[number % 5], INKS[number % 5]
    drawing = (
        f'<rect width="300" height="300" fill="{tone}"/><path fill="{ink}" d="{SHAPES[shape]}"/>'
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300">{drawing}</svg>'
    return HttpResponse(svg, content_type="image/svg+xml")


class ImportForm(forms.Form):
    """A stand-in for the upload form."""

    file = forms.FileField(label="Catalogue file", help_text="CSV or an export, packed or not.")
    images = forms.FileField(label="Pictures (zip)", required=False)
    format = forms.ChoiceField(label="Format", choices=[("auto", "Detect"), ("csv", "CSV")])


class SignIn(forms.Form):
    """A stand-in for allauth's sign-in form."""

    login = forms.EmailField(label="Email")
    password = forms.CharField(widget=forms.PasswordInput())
    remember = forms.BooleanField(label="Remember me", required=False)


def page(template: str, build: Build, *, status: int = 200) -> Callable[..., HttpResponse]:
    """Return a view that shows one template with one made-up context."""

    def view(request: HttpRequest, **_captured: Any) -> HttpResponse:
        return render(request, template, build(), status=status)

    return view


def crumbs() -> list[dict[str, str]]:
    """Return a path of three steps."""
    names = [say("鞋靴", "Shoes"), say("跑步鞋", "Running shoes")]
    return [{"name": names[0], "url": "/category/"}, {"name": names[1], "url": ""}]


def category() -> dict[str, Any]:
    """Return a category page."""
    children = [{"name": say(*pair), "url": "/category/", "count": 4} for pair in samples.TREE]
    found = samples.results() | {"query": "", "chips": [], "corrections": []}
    shown = {"name": say("鞋靴", "Shoes"), "children": children}
    return {"category": shown, "crumbs": crumbs(), "page": found}


def seller() -> dict[str, Any]:
    """Return a shop's page."""
    about = say("从选纱到成衣，我们自己来。", "From yarn to garment, we make it ourselves.")
    found = samples.results() | {"query": "", "chips": [], "corrections": []}
    return {"shop": {"name": say(*samples.SHOPS[0]), "about": about}, "page": found}


def compared() -> dict[str, Any]:
    """Return four products side by side, one of them without a picture."""
    columns = [
        {
            "title": one["title"],
            "url": one["url"],
            "picture": {"url": one["image_url"], "alt": ""} if one["image_url"] else None,
            "without_url": "/compare/",
        }
        for one in samples.cards(4, 3)
    ]
    told = {
        say("价格", "Price"): ["¥99", "¥236", "", "¥510"],
        say("品牌", "Brand"): [samples.GERMAN] * 4,
        say("材质", "Material"): [say("聚酯纤维、EVA", "polyester, EVA"), "EVA", "", "EVA"],
    }
    rows = [
        {"name": name, "cells": cells, "differs": len(set(cells)) > 1}
        for name, cells in told.items()
    ]
    return {"page": {"columns": columns, "rows": rows, "only": True, "only_url": "/compare/"}}


def shops() -> dict[str, Any]:
    """Return the shops of a person."""
    return {"shops": [{"name": say(*pair), "slug": "x"} for pair in samples.SHOPS]}


def products() -> dict[str, Any]:
    """Return the products list."""
    statuses = [{"value": "live", "label": say("在售", "Live"), "selected": False}]
    rows = {
        "rows": portal_samples.rows(),
        "total": 132,
        "pages": samples.pages(),
        "statuses": statuses,
    }
    return shop("products", page=rows, may_edit=True)


def proposals() -> dict[str, Any]:
    """Return the facts to confirm."""
    return shop("proposals", **portal_samples.proposals())


def progress(state: str) -> Build:
    """Return a context maker for an import in ``state``."""

    def build() -> dict[str, Any]:
        error = say("文件不是表格。请上传 CSV。", "The file is no table. Upload a CSV.")
        errors = [] if state == "failed" else portal_samples.row_errors()
        failure = error if state == "failed" else ""
        extra = {"failure": failure, "errors_total": 3, "errors_url": "/merchant/import/"}
        return shop("imports", job=portal_samples.job(state), errors=errors, **extra)

    return build


def repairing() -> dict[str, Any]:
    """Return an import whose bad rows can be mended."""
    done = progress("done")() | {"may_edit": True}
    return done | {"repair": {"form": ImportForm()}}


def with_messages() -> dict[str, Any]:
    """Return a home page on which something has just happened."""
    good = Message(constants.SUCCESS, say("已退出登录", "You are signed out."))
    return {"messages": [good, Message(constants.ERROR, say("出错了", "It broke."))]}


def sign_in() -> dict[str, Any]:
    """Return a sign-in form that was filled in wrongly."""
    return {"form": SignIn({"login": "nobody"}), "signup_url": "/accounts/signup/"}


def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box."""
    text = request.GET.get("q", "").strip()
    kinds = {"query": "", "category": "", "product": "/picture/cup-3.svg"}
    found = [
        {
            "text": f"{text} {kind}",
            "url": "/search/",
            "kind": kind,
            "note": "12",
            "image_url": image,
        }
        for kind, image in kinds.items()
    ]
    html = render_to_string("catalog/_suggestions.html", {"suggestions": found if text else []})
    return HttpResponse(html)


def nothing(request: HttpRequest, **_parts: object) -> HttpResponse:
    """Answer as a part that a page loads and that leaves it as it is."""
    return HttpResponse(status=204)


def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the palette, and its page."""
    partial = "#options" if request.headers.get("HX-Request") else ""
    context = shop("find", **frame_samples.finding())
    return render(request, f"catalog/merchant/find.html{partial}", context)


ERRORS = ("400", "403", "403_csrf", "404", "429", "500", "offline")
PAGES: dict[str, tuple[str, Build]] = {
    "": ("catalog/home.html", samples.home),
    "empty/": ("catalog/home.html", with_messages),
    "search/": ("catalog/search.html", lambda: {"page": samples.results()}),
    "search/nothing/": ("catalog/search.html", lambda: {"page": samples.nothing()}),
    "category/": ("catalog/category.html", category),
    "product/": ("catalog/product.html", lambda: {"page": samples.product(), "crumbs": crumbs()}),
    "product/bare/": ("catalog/product.html", lambda: {"page": samples.product(priced=False)}),
    "shop/": ("catalog/shop.html", seller),
    "compare/": ("catalog/compare.html", compared),
    "compare/none/": ("catalog/compare.html", dict),
    "cart/": ("catalog/cart.html", buying_samples.cart),
    "cart/empty/": ("catalog/cart.html", buying_samples.empty_cart),
    "checkout/": ("catalog/checkout.html", buying_samples.checkout),
    "orders/": ("catalog/orders.html", buying_samples.orders),
    "order/": ("catalog/order.html", buying_samples.order),
    "order/review/": ("catalog/order_review.html", buying_samples.review),
    "merchant/return/": (
        "catalog/merchant/return.html",
        lambda: shop("returns", **buying_samples.coming_back()),
    ),
    "merchant/order/": (
        "catalog/merchant/order.html",
        lambda: shop("orders", **buying_samples.order()),
    ),
    "merchant/": ("catalog/merchant/shops.html", shops),
    "merchant/none/": ("catalog/merchant/shops.html", dict),
    "merchant/products/": ("catalog/merchant/products.html", products),
    "merchant/empty/": (
        "catalog/merchant/products.html",
        lambda: shop("products", page={"total": 0}),
    ),
    "merchant/start/": (
        "catalog/merchant/start.html",
        lambda: shop("start", **portal_samples.starting()),
    ),
    "merchant/search/": (
        "catalog/merchant/search.html",
        lambda: shop("search", **portal_samples.merchandising()),
    ),
    "merchant/search/none/": (
        "catalog/merchant/search.html",
        lambda: shop("search", **portal_samples.merchandising(empty=True)),
    ),
    "merchant/today/": (
        "catalog/merchant/today.html",
        lambda: shop("today", **frame_samples.today()),
    ),
    "merchant/today/empty/": (
        "catalog/merchant/today.html",
        lambda: shop("today", **frame_samples.today(empty=True)),
    ),
    "merchant/find/": (
        "catalog/merchant/find.html",
        lambda: shop("find", **frame_samples.finding()),
    ),
    "merchant/settings/": (
        "catalog/merchant/settings.html",
        lambda: shop("settings", **frame_samples.settings()),
    ),
    "merchant/suspended/": (
        "catalog/merchant/suspended.html",
        frame_samples.suspended,
    ),
    "account/": ("catalog/account.html", frame_samples.account),
    "merchant/bulk/new/": (
        "catalog/merchant/bulk_new.html",
        lambda: shop("products", **portal_samples.bulk_new()),
    ),
    "merchant/bulk/": (
        "catalog/merchant/bulk.html",
        lambda: shop("products", **portal_samples.bulk()),
    ),
    "merchant/bulk/list/": (
        "catalog/merchant/bulk_edits.html",
        lambda: shop("products", edits=[portal_samples.bulk()["edit"]] * 3, pages={}),
    ),
    "merchant/product/": (
        "catalog/merchant/product.html",
        lambda: shop("products", **portal_samples.product_form()),
    ),
    "merchant/product/clash/": (
        "catalog/merchant/product.html",
        lambda: shop("products", **portal_samples.product_form(clash=True)),
    ),
    "merchant/product/new/": (
        "catalog/merchant/product_new.html",
        lambda: shop("products", form=ImportForm()),
    ),
    "merchant/facts/": ("catalog/merchant/proposals.html", proposals),
    "merchant/facts/none/": (
        "catalog/merchant/proposals.html",
        lambda: shop("proposals", part={"code": "", "verdict": ""}, rows=[]),
    ),
    "merchant/imports/": (
        "catalog/merchant/imports.html",
        lambda: shop(
            "imports", imports=[portal_samples.job(state) for state in portal_samples.STATES]
        ),
    ),
    "merchant/import/new/": (
        "catalog/merchant/import_new.html",
        lambda: shop("imports", form=ImportForm()),
    ),
    "merchant/import/": ("catalog/merchant/import_detail.html", progress("running")),
    "merchant/import/failed/": ("catalog/merchant/import_detail.html", progress("failed")),
    "merchant/import/repair/": ("catalog/merchant/import_detail.html", repairing),
    "merchant/import/checked/": (
        "catalog/merchant/import_detail.html",
        lambda: shop("imports", **portal_samples.checked_import()),
    ),
    "merchant/import/undone/": (
        "catalog/merchant/import_detail.html",
        lambda: shop("imports", **portal_samples.undone_import()),
    ),
    "merchant/import/columns/": (
        "catalog/merchant/import_mapping.html",
        lambda: shop("imports", **portal_samples.columns()),
    ),
    "merchant/insights/": (
        "catalog/merchant/insights.html",
        lambda: shop("insights", **catalogue_samples.insights()),
    ),
    "merchant/recommended/": (
        "profiles/merchant/recommended.html",
        lambda: shop("recommended", **people_samples.recommended()),
    ),
    "merchant/insights/none/": (
        "catalog/merchant/insights.html",
        lambda: shop("insights", **catalogue_samples.insights(empty=True)),
    ),
    "merchant/grid/": (
        "catalog/merchant/grid.html",
        lambda: shop("products", **catalogue_samples.grid()),
    ),
    "merchant/grid/changes/": (
        "catalog/merchant/grid_changes.html",
        lambda: shop("products", **catalogue_samples.changes()),
    ),
    "merchant/grid/wrong/": (
        "catalog/merchant/grid_changes.html",
        lambda: shop("products", **catalogue_samples.changes(wrong=True)),
    ),
    "merchant/categories/": (
        "catalog/merchant/categories.html",
        lambda: shop("categories", **catalogue_samples.categories()),
    ),
    "merchant/category/": (
        "catalog/merchant/category.html",
        lambda: shop("categories", **catalogue_samples.category()),
    ),
    "merchant/attributes/": (
        "catalog/merchant/attributes.html",
        lambda: shop("attributes", **catalogue_samples.attributes()),
    ),
    "merchant/attribute/": (
        "catalog/merchant/attribute.html",
        lambda: shop("attributes", **catalogue_samples.attribute()),
    ),
    "ask/": ("assistant/ask.html", assistant_samples.conversation),
    "ask/begin/": ("assistant/ask.html", assistant_samples.begun),
    "merchant/inbox/": (
        "assistant/merchant/inbox.html",
        lambda: shop("inbox", **assistant_samples.inbox()),
    ),
    "merchant/chat/": (
        "assistant/merchant/chat.html",
        lambda: shop("inbox", **assistant_samples.chat()),
    ),
    "merchant/canned/": (
        "assistant/merchant/canned.html",
        lambda: shop("inbox", **assistant_samples.canned()),
    ),
    "for-you/": ("profiles/for_you.html", people_samples.for_you),
    "for-you/start/": ("profiles/start.html", people_samples.start),
    "for-you/taste/": ("profiles/taste.html", people_samples.taste),
    "privacy/": ("profiles/privacy.html", people_samples.privacy),
    "merchant/team/": (
        "accounts/merchant/team.html",
        lambda: shop("team", **people_samples.team()),
    ),
    "merchant/keys/": (
        "accounts/merchant/keys.html",
        lambda: shop("keys", **people_samples.keys()),
    ),
    "merchant/webhook/": (
        "accounts/merchant/webhook.html",
        lambda: shop("webhooks", **people_samples.webhook()),
    ),
    "merchant/log/": ("accounts/merchant/log.html", lambda: shop("log", **people_samples.log())),
    **MARKETING,
    "accounts/login/wrong/": ("account/login.html", sign_in),
    **{f"errors/{name}/": (f"{name}.html", dict) for name in ERRORS},
}
NAMES = {
    "merchant/products/": "merchant_products",
    "merchant/facts/": "merchant_proposals",
    "merchant/imports/": "merchant_imports",
    "merchant/import/new/": "merchant_import_new",
}
CHANGES = ("add", "change", "code")


def placeholders(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return the product's addresses with nothing behind them: links need names, not pages."""
    made: list[URLPattern | URLResolver] = []
    for one in patterns:
        if isinstance(one, URLPattern):
            made.append(URLPattern(one.pattern, nothing, one.default_args, one.name))
        elif not one.namespace:
            made.append(URLResolver(one.pattern, placeholders(one.url_patterns)))
    return made


urlpatterns = [
    # Of one name the last address counts, so what has a page here comes after what has none.
    path("elsewhere/", include(placeholders(get_resolver("shopguide.urls").url_patterns))),
    *[path(where, page(*shown)) for where, shown in PAGES.items()],
    path("", page(*PAGES[""]), name="home"),
    path("search/", page(*PAGES["search/"]), name="search"),
    path("merchant/", page(*PAGES["merchant/"]), name="merchant"),
    *[path(f"m/<slug:slug>/{where}", page(*PAGES[where]), name=NAMES[where]) for where in NAMES],
    path("m/<slug:slug>/find/", find, name="merchant_find"),
    path("m/<slug:slug>/orders/", page(*PAGES["merchant/"]), name="merchant_orders"),
    path("s/<slug:slug>/", page(*PAGES["shop/"]), name="shop"),
    path("account/", page(*PAGES["account/"]), name="account"),
    path("suggest/", suggest, name="suggest"),
    path("offline/", offline, name="offline"),
    path("worker.js", worker, name="worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("style/", style, name="style"),
    path("cart/", page(*PAGES["cart/"]), name="cart"),
    *[path(f"cart/{verb}/", page(*PAGES["cart/"]), name=f"cart_{verb}") for verb in CHANGES],
    path("checkout/", page(*PAGES["checkout/"]), name="checkout"),
    path("orders/", page(*PAGES["orders/"]), name="orders"),
    path("orders/<slug:number>/cancel/", page(*PAGES["order/"]), name="order_cancel"),
    path("orders/<slug:number>/parcel/", nothing, name="order_parcel"),
    path("preferences/", preferences, name="preferences"),
    path("api/v1/docs/", page(*PAGES[""]), name="api_docs"),
    path("for-you/", page(*PAGES["for-you/"]), name="for_you"),
    path("for-you/shelf/", nothing, name="for_you_shelf"),
    path("for-you/with/<int:product>/", nothing, name="with_product"),
    path("for-you/with-cart/", nothing, name="with_cart"),
    path("for-you/with-order/<slug:number>/", nothing, name="with_order"),
    path("for-you/due/", nothing, name="due_again"),
    path("for-you/start/", page(*PAGES["for-you/start/"]), name="start"),
    path("for-you/taste/", page(*PAGES["for-you/taste/"]), name="taste"),
    path("for-you/taste/change/", page(*PAGES["for-you/taste/"]), name="taste_change"),
    path("for-you/change/", page(*PAGES["for-you/"]), name="for_you_change"),
    path("privacy/", page(*PAGES["privacy/"]), name="privacy"),
    *[
        path(f"privacy/{verb}/", page(*PAGES["privacy/"]), name=f"privacy_{verb}")
        for verb in ("export", "erase", "stay")
    ],
    path("privacy/<str:number>/", page(*PAGES["privacy/"]), name="privacy_download"),
    path("sessions/", page(*PAGES["privacy/"]), name="sessions"),
    path("picture/<slug:shape>-<int:number>.svg", picture),
    path("accounts/", include("allauth.urls")),
    path("operator-site/", admin.site.urls),
]
