"""Addresses below /api/v1/. How a SKU stands in them is registered by the pages' addresses."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

import catalog.urls  # noqa: F401  (registers how a SKU stands in an address)
from catalog.api import carts, finding, orders, products
from shopguide.rest.doors import door


class Number(IntConverter):
    """A row's number, as large as a table can have."""

    regex = "[0-9]{1,18}"


register_converter(Number, "num")
PRODUCT = "products/<slug:merchant>/<sku:sku>/"

urlpatterns = [
    path("home/", door(get=finding.home), name="api_home"),
    path("search/", door(get=finding.search), name="api_search"),
    path("suggestions/", door(get=finding.suggest), name="api_suggest"),
    path("categories/", door(get=finding.categories), name="api_categories"),
    path("shops/", door(get=finding.shops), name="api_shops"),
    path("shops/<slug:merchant>/", door(get=finding.shop), name="api_shop"),
    path("compare/", door(get=products.compare), name="api_compare"),
    path(PRODUCT, door(get=products.product), name="api_product"),
    path(f"{PRODUCT}reviews/", door(get=products.reviews), name="api_product_reviews"),
    path(f"{PRODUCT}similar/", door(get=products.similar), name="api_product_similar"),
    path(f"{PRODUCT}prices/", door(get=products.prices), name="api_product_prices"),
    path("cart/", door(get=carts.cart), name="api_cart"),
    path("cart/lines/", door(post=carts.cart_add), name="api_cart_lines"),
    path(
        "cart/lines/<num:pk>/",
        door(patch=carts.cart_change, delete=carts.cart_remove),
        name="api_cart_line",
    ),
    path(
        "cart/codes/",
        door(post=carts.cart_code, delete=carts.cart_code_drop),
        name="api_cart_codes",
    ),
    path("checkout/", door(get=carts.checkout), name="api_checkout"),
    path("orders/", door(get=orders.orders, post=orders.order_place), name="api_orders"),
    path("orders/<slug:number>/", door(get=orders.order), name="api_order"),
    path("orders/<slug:number>/cancel/", door(post=orders.order_cancel), name="api_order_cancel"),
]
