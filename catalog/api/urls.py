"""Addresses below /api/v1/. How a SKU stands in them is registered by the pages' addresses."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

import catalog.urls  # noqa: F401  (registers how a SKU stands in an address)
from catalog.api import after_sales, carts, finding, keeping, orders, pictures, products, shops
from shopguide.rest.doors import KeyDoor, door


class Number(IntConverter):
    """A row's number, as large as a table can have."""

    regex = "[0-9]{1,18}"


register_converter(Number, "num")
ORDER = "orders/<slug:number>/"
BACK = "orders/<slug:number>/returns/<slug:back>/"
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
    path("shop/orders/", door(base=KeyDoor, get=shops.orders), name="api_shop_orders"),
    path(
        "shop/orders/<slug:number>/",
        door(base=KeyDoor, get=shops.order),
        name="api_shop_order",
    ),
    path(
        "shop/orders/<slug:number>/steps/",
        door(base=KeyDoor, post=shops.order_step),
        name="api_shop_order_step",
    ),
    path("shop/stock/", door(base=KeyDoor, put=shops.stock), name="api_shop_stock"),
    path("shop/prices/", door(base=KeyDoor, put=shops.prices), name="api_shop_prices"),
    path("shop/products/", door(base=KeyDoor, post=shops.products), name="api_shop_products"),
    path("shop/imports/<num:pk>/", door(base=KeyDoor, get=shops.job), name="api_shop_import"),
    path("orders/", door(get=orders.orders, post=orders.order_place), name="api_orders"),
    path(ORDER, door(get=orders.order), name="api_order"),
    path(f"{ORDER}cancel/", door(post=orders.order_cancel), name="api_order_cancel"),
    path(f"{ORDER}address/", door(put=after_sales.order_address), name="api_order_address"),
    path(f"{ORDER}rules/", door(get=after_sales.order_rules), name="api_order_rules"),
    path(
        f"{ORDER}invoice/",
        door(get=after_sales.order_invoice, post=after_sales.order_invoice_ask),
        name="api_order_invoice",
    ),
    path(
        f"{ORDER}lines/<num:pk>/review/",
        door(put=after_sales.review_write, delete=after_sales.review_delete),
        name="api_review",
    ),
    path(
        f"{ORDER}lines/<num:pk>/review/pictures/",
        door(post=pictures.review_picture_add),
        name="api_review_pictures",
    ),
    path(
        f"{ORDER}lines/<num:pk>/review/pictures/<num:picture>/",
        door(delete=pictures.review_picture_remove),
        name="api_review_picture",
    ),
    path(f"{ORDER}returns/", door(post=after_sales.return_ask), name="api_return_ask"),
    path(BACK, door(get=after_sales.return_one), name="api_return"),
    path(f"{BACK}withdraw/", door(post=after_sales.return_withdraw), name="api_return_withdraw"),
    path(f"{BACK}sent/", door(post=after_sales.return_sent), name="api_return_sent"),
    path(
        f"{BACK}pictures/",
        door(post=pictures.return_picture_add),
        name="api_return_pictures",
    ),
    path(
        f"{BACK}pictures/<num:pk>/",
        door(get=pictures.return_picture),
        name="api_return_picture",
    ),
    path("returns/", door(get=after_sales.returns), name="api_returns"),
    path("reviews/", door(get=after_sales.own_reviews), name="api_own_reviews"),
    path("reviews/waiting/", door(get=after_sales.reviews_waiting), name="api_reviews_waiting"),
    path("wishes/", door(get=keeping.wishes, post=keeping.wish_add), name="api_wishes"),
    path("wishes/<slug:merchant>/<sku:sku>/", door(delete=keeping.wish_drop), name="api_wish"),
    path("alerts/", door(get=keeping.alerts, post=keeping.alert_add), name="api_alerts"),
    path("alerts/<uuid:token>/", door(delete=keeping.alert_stop), name="api_alert"),
    path(
        "addresses/",
        door(get=keeping.addresses, post=keeping.address_add),
        name="api_addresses",
    ),
    path("addresses/read/", door(post=keeping.address_read), name="api_address_read"),
    path(
        "addresses/<num:pk>/",
        door(get=keeping.address, put=keeping.address_change, delete=keeping.address_remove),
        name="api_address",
    ),
]
