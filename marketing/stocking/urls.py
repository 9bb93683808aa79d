"""The addresses of this wing, below a shop's portal and beside it."""

from django.urls import URLPattern, path

from marketing.stocking.views import orders, parcels, stock

SHOP = "merchant/<slug:slug>/"
PRODUCT = f"{SHOP}stock/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{SHOP}stock/", stock.merchant_stock, name="merchant_stock"),
    path(f"{SHOP}stock.csv", stock.merchant_stock_csv, name="merchant_stock_csv"),
    path(f"{SHOP}stock/forecast/", stock.merchant_stock_forecast, name="merchant_stock_forecast"),
    path(f"{SHOP}stock/terms/", stock.merchant_stock_terms, name="merchant_stock_terms"),
    path(f"{SHOP}stock/sales/", stock.merchant_stock_sales, name="merchant_stock_sales"),
    path(PRODUCT, stock.merchant_stock_product, name="merchant_stock_product"),
    path(
        f"{PRODUCT}terms/", stock.merchant_stock_product_terms, name="merchant_stock_product_terms"
    ),
    path(f"{PRODUCT}incoming/", stock.merchant_stock_incoming, name="merchant_stock_incoming"),
    path(
        f"{PRODUCT}incoming/<int:incoming>/arrived/",
        stock.merchant_stock_arrived,
        name="merchant_stock_arrived",
    ),
    path(f"{PRODUCT}customs/", parcels.merchant_customs, name="merchant_customs"),
    path("orders/<slug:number>/parcel/", orders.order_parcel, name="order_parcel"),
    path(
        f"{SHOP}orders/<slug:number>/parcel/",
        orders.merchant_order_parcel,
        name="merchant_order_parcel",
    ),
    path(f"{SHOP}parcels/", parcels.merchant_parcels, name="merchant_parcels"),
    path(f"{SHOP}parcels/notes/", parcels.merchant_parcels_note, name="merchant_parcels_note"),
    path(
        f"{SHOP}parcels/notes/<int:pk>/", parcels.merchant_parcel_note, name="merchant_parcel_note"
    ),
    path(
        f"{SHOP}parcels/address/",
        parcels.merchant_parcels_address,
        name="merchant_parcels_address",
    ),
]
