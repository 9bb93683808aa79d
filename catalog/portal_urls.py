"""Addresses of the portal's frame: overview, palette, settings, taking back."""

from django.urls import URLPattern, path

from catalog.views import (
    merchant_find,
    merchant_settings,
    merchant_today,
    merchant_undo,
)

SHOP = "merchant/<slug:slug>/"

portal_urls: list[URLPattern] = [
    path(SHOP, merchant_today.merchant_today, name="merchant_today"),
    path(f"{SHOP}find/", merchant_find.merchant_find, name="merchant_find"),
    path(f"{SHOP}settings/", merchant_settings.merchant_settings, name="merchant_settings"),
    path(f"{SHOP}undo/", merchant_undo.merchant_undo, name="merchant_undo"),
]
