"""Addresses of what follows an order: returns, changes, reviews; and what shoppers keep."""

from django.urls import URLPattern, path

from catalog.views import (
    lists,
    merchant_order_papers,
    merchant_policies,
    merchant_returns,
    merchant_reviews,
    order_papers,
    own_reviews,
    returns,
)

ORDER = "orders/<slug:number>/"
SHOP = "merchant/<slug:slug>/"

buying_urls: list[URLPattern] = [
    path(f"{ORDER}return/", returns.order_return, name="order_return"),
    path(f"{ORDER}address/", returns.order_address, name="order_address"),
    path(f"{ORDER}invoice/", returns.order_invoice, name="order_invoice"),
    path(f"{ORDER}returns/<slug:back>/withdraw/", returns.return_withdraw, name="return_withdraw"),
    path(f"{ORDER}returns/<slug:back>/sent/", returns.return_sent, name="return_sent"),
    path(
        f"{ORDER}returns/<slug:back>/pictures/<int:pk>/",
        returns.return_picture,
        name="return_picture",
    ),
    path(f"{ORDER}print/", order_papers.order_print, name="order_print"),
    path(f"{ORDER}lines/<int:pk>/review/", own_reviews.order_review, name="order_review"),
    path(
        f"{ORDER}lines/<int:pk>/review/delete/",
        own_reviews.order_review_delete,
        name="order_review_delete",
    ),
    path("account/returns/", returns.returns, name="returns"),
    path("account/reviews/", own_reviews.account_reviews, name="account_reviews"),
    path("account/addresses/", lists.addresses, name="addresses"),
    path("account/addresses/<int:pk>/", lists.address, name="address"),
    path("account/addresses/<int:pk>/remove/", lists.address_remove, name="address_remove"),
    path("lists/", lists.lists, name="lists"),
    path("lists/change/", lists.wish_change, name="wish_change"),
    path("alerts/add/", lists.alert_add, name="alert_add"),
    path("alerts/<uuid:token>/stop/", lists.alert_stop, name="alert_stop"),
    path(
        f"{SHOP}orders.csv", merchant_order_papers.merchant_orders_csv, name="merchant_orders_csv"
    ),
    path(f"{SHOP}reviews/", merchant_reviews.merchant_reviews, name="merchant_reviews"),
    path(
        f"{SHOP}reviews/<int:pk>/decide/",
        merchant_reviews.merchant_review_decide,
        name="merchant_review_decide",
    ),
    path(
        f"{SHOP}reviews/<int:pk>/reply/",
        merchant_reviews.merchant_review_reply,
        name="merchant_review_reply",
    ),
    path(
        f"{SHOP}orders/<slug:number>/invoice/",
        merchant_returns.merchant_order_invoice,
        name="merchant_order_invoice",
    ),
    path(f"{SHOP}policies/", merchant_policies.merchant_policies, name="merchant_policies"),
    path(f"{SHOP}returns/", merchant_returns.merchant_returns, name="merchant_returns"),
    path(f"{SHOP}returns/<slug:number>/", merchant_returns.merchant_return, name="merchant_return"),
    path(
        f"{SHOP}returns/<slug:number>/step/",
        merchant_returns.merchant_return_step,
        name="merchant_return_step",
    ),
    path(
        f"{SHOP}returns/<slug:number>/pictures/<int:pk>/",
        merchant_returns.merchant_return_picture,
        name="merchant_return_picture",
    ),
]
