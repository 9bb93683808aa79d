"""Addresses of the shop window and of the merchant's catalogue pages."""

from django.urls import URLPattern, path, register_converter

from catalog.buying_urls import buying_urls
from catalog.merchant_urls import merchant_urls
from catalog.portal_urls import portal_urls
from catalog.views import (
    account,
    browsing,
    carts,
    comparing,
    crawling,
    finding,
    imports,
    merchant_orders,
    merchant_terms,
    orders,
    products,
    shops,
    showing,
)
from catalog.views.addresses import Sku

register_converter(Sku, "sku")

urlpatterns: list[URLPattern] = [
    path("", browsing.home, name="home"),
    path("search/", finding.search_products, name="search"),
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("sitemap-<slug:name>.xml", crawling.sitemap_part, name="sitemap_part"),
    path("compare/", comparing.compare, name="compare"),
    path("suggest/", finding.suggest, name="suggest"),
    path("c/<path:path>/", browsing.category, name="category"),
    path("p/<slug:slug>/<sku:sku>/", showing.product, name="product"),
    path("s/<slug:slug>/", browsing.shop, name="shop"),
    path("account/", account.account, name="account"),
    path("cart/", carts.cart, name="cart"),
    path("cart/add/", carts.cart_add, name="cart_add"),
    path("cart/change/", carts.cart_change, name="cart_change"),
    path("cart/code/", carts.cart_code, name="cart_code"),
    path("checkout/", orders.checkout, name="checkout"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<slug:number>/", orders.order, name="order"),
    path("orders/<slug:number>/cancel/", orders.order_cancel, name="order_cancel"),
    path("merchant/<slug:slug>/terms/", merchant_terms.merchant_terms, name="merchant_terms"),
    *[
        path(
            f"merchant/<slug:slug>/terms/{kind}/<int:pk>/remove/",
            merchant_terms.merchant_terms_remove,
            {"kind": kind},
            name=f"merchant_{kind}_remove",
        )
        for kind in ("shipping", "coupon")
    ],
    path("merchant/<slug:slug>/orders/", merchant_orders.merchant_orders, name="merchant_orders"),
    path(
        "merchant/<slug:slug>/orders/<slug:number>/",
        merchant_orders.merchant_order,
        name="merchant_order",
    ),
    path(
        "merchant/<slug:slug>/orders/<slug:number>/step/",
        merchant_orders.merchant_order_step,
        name="merchant_order_step",
    ),
    path("merchant/", shops.merchant_shops, name="merchant"),
    path("merchant/<slug:slug>/products/", products.merchant_products, name="merchant_products"),
    *merchant_urls,
    *buying_urls,
    *portal_urls,
    path("merchant/<slug:slug>/imports/", imports.merchant_imports, name="merchant_imports"),
    path("merchant/<slug:slug>/imports/new/", imports.import_new, name="merchant_import_new"),
    path("merchant/<slug:slug>/imports/<int:pk>/", imports.import_detail, name="merchant_import"),
    path(
        "merchant/<slug:slug>/imports/<int:pk>/errors.csv",
        imports.import_errors,
        name="merchant_import_errors",
    ),
]
