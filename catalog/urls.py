"""Addresses of the shop window and of the merchant's catalogue pages."""

from django.urls import URLPattern, path, register_converter

from catalog.views import (
    browsing,
    finding,
    imports,
    merchant_product,
    merchant_proposals,
    products,
    shops,
    showing,
)
from catalog.views.addresses import Sku

register_converter(Sku, "sku")

urlpatterns: list[URLPattern] = [
    path("", browsing.home, name="home"),
    path("search/", finding.search_products, name="search"),
    path("suggest/", finding.suggest, name="suggest"),
    path("c/<path:path>/", browsing.category, name="category"),
    path("p/<slug:slug>/<sku:sku>/", showing.product, name="product"),
    path("s/<slug:slug>/", browsing.shop, name="shop"),
    path("merchant/", shops.merchant_shops, name="merchant"),
    path("merchant/<slug:slug>/products/", products.merchant_products, name="merchant_products"),
    path(
        "merchant/<slug:slug>/products/new/",
        merchant_product.product_new,
        name="merchant_product_new",
    ),
    path(
        "merchant/<slug:slug>/products/<int:pk>/",
        merchant_product.merchant_product,
        name="merchant_product",
    ),
    path(
        "merchant/<slug:slug>/products/<int:pk>/draft/",
        merchant_product.product_draft,
        name="merchant_product_draft",
    ),
    path(
        "merchant/<slug:slug>/facts/",
        merchant_proposals.merchant_proposals,
        name="merchant_proposals",
    ),
    path(
        "merchant/<slug:slug>/facts/decide/",
        merchant_proposals.proposals_decide,
        name="merchant_proposals_decide",
    ),
    path(
        "merchant/<slug:slug>/facts/<int:pk>/",
        merchant_proposals.proposal_decide,
        name="merchant_proposal",
    ),
    path("merchant/<slug:slug>/imports/", imports.merchant_imports, name="merchant_imports"),
    path("merchant/<slug:slug>/imports/new/", imports.import_new, name="merchant_import_new"),
    path("merchant/<slug:slug>/imports/<int:pk>/", imports.import_detail, name="merchant_import"),
    path(
        "merchant/<slug:slug>/imports/<int:pk>/errors.csv",
        imports.import_errors,
        name="merchant_import_errors",
    ),
]
