"""Addresses below /api/v1/. How a SKU stands in them: catalog.urls registers it."""

from django.urls import path

from catalog.api import browsing, buying

urlpatterns = [
    path("search/", browsing.search, name="api_search"),
    path("products/<slug:slug>/<sku:sku>/", browsing.product, name="api_product"),
    path("cart/", buying.cart, name="api_cart"),
    path("cart/lines/", buying.cart_lines, name="api_cart_lines"),
    path("cart/lines/<int:pk>/", buying.cart_line, name="api_cart_line"),
    path("cart/codes/", buying.cart_codes, name="api_cart_codes"),
    path("orders/", buying.orders, name="api_orders"),
    path("orders/<slug:number>/", buying.order, name="api_order"),
    path("orders/<slug:number>/cancel/", buying.order_cancel, name="api_order_cancel"),
]
