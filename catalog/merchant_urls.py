"""Addresses of the merchant's catalogue pages; of imports, those of their steps."""

from django.urls import URLPattern, path

from catalog.import_urls import import_urls
from catalog.views import (
    merchant_attributes,
    merchant_bulk,
    merchant_categories,
    merchant_grid,
    merchant_insights,
    merchant_product,
    merchant_proposals,
    merchant_search,
    merchant_start,
)

SHOP = "merchant/<slug:slug>/"

merchant_urls: list[URLPattern] = [
    *import_urls,
    path(f"{SHOP}products/new/", merchant_product.product_new, name="merchant_product_new"),
    path(f"{SHOP}products/grid/", merchant_grid.merchant_grid, name="merchant_grid"),
    path(f"{SHOP}products/bulk/new/", merchant_bulk.bulk_new, name="merchant_bulk_new"),
    path(f"{SHOP}products/bulk/", merchant_bulk.bulk_edits, name="merchant_bulk_edits"),
    path(f"{SHOP}products/bulk/<int:pk>/", merchant_bulk.merchant_bulk, name="merchant_bulk"),
    path(f"{SHOP}products/bulk/<int:pk>/undo/", merchant_bulk.bulk_undo, name="merchant_bulk_undo"),
    path(f"{SHOP}products/<int:pk>/", merchant_product.merchant_product, name="merchant_product"),
    path(
        f"{SHOP}products/<int:pk>/draft/",
        merchant_product.product_draft,
        name="merchant_product_draft",
    ),
    path(f"{SHOP}facts/", merchant_proposals.merchant_proposals, name="merchant_proposals"),
    path(
        f"{SHOP}facts/decide/",
        merchant_proposals.proposals_decide,
        name="merchant_proposals_decide",
    ),
    path(f"{SHOP}facts/<int:pk>/", merchant_proposals.proposal_decide, name="merchant_proposal"),
    path(f"{SHOP}categories/", merchant_categories.merchant_categories, name="merchant_categories"),
    path(
        f"{SHOP}categories/<int:pk>/",
        merchant_categories.merchant_category,
        name="merchant_category",
    ),
    path(f"{SHOP}attributes/", merchant_attributes.merchant_attributes, name="merchant_attributes"),
    path(
        f"{SHOP}attributes/<str:code>/",
        merchant_attributes.merchant_attribute,
        name="merchant_attribute",
    ),
    path(
        f"{SHOP}arrangements/<int:pk>/undo/",
        merchant_categories.arrangement_undo,
        name="merchant_arrangement_undo",
    ),
    path(f"{SHOP}search/", merchant_search.merchant_search, name="merchant_search"),
    path(f"{SHOP}search/rule/", merchant_search.search_rule, name="merchant_search_rule"),
    path(f"{SHOP}search/synonym/", merchant_search.search_synonym, name="merchant_search_synonym"),
    path(f"{SHOP}insights/", merchant_insights.merchant_insights, name="merchant_insights"),
    path(f"{SHOP}start/", merchant_start.merchant_start, name="merchant_start"),
]
