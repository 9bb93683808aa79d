"""Addresses of what fits a shopper, and of the privacy page."""

from django.urls import URLPattern, path

from profiles.views import beside, for_you, merchant_lab, privacy, starting, taste

urlpatterns: list[URLPattern] = [
    path("for-you/", for_you.for_you, name="for_you"),
    path("for-you/shelf/", for_you.for_you_shelf, name="for_you_shelf"),
    path("for-you/change/", for_you.for_you_change, name="for_you_change"),
    path("for-you/with/<int:product>/", beside.with_product, name="with_product"),
    path("for-you/with-cart/", beside.with_cart, name="with_cart"),
    path("for-you/with-order/<slug:number>/", beside.with_order, name="with_order"),
    path("for-you/due/", beside.due_again, name="due_again"),
    path("for-you/start/", starting.start, name="start"),
    path("for-you/taste/", taste.taste, name="taste"),
    path("for-you/taste/change/", taste.taste_change, name="taste_change"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/export/", privacy.privacy_export, name="privacy_export"),
    path("privacy/export/<uuid:number>/", privacy.privacy_download, name="privacy_download"),
    path("privacy/erase/", privacy.privacy_erase, name="privacy_erase"),
    path("privacy/stay/", privacy.privacy_stay, name="privacy_stay"),
    path("privacy/erased/<uuid:number>/", privacy.privacy_erased, name="privacy_erased"),
    path(
        "merchant/<slug:slug>/recommended/",
        merchant_lab.merchant_recommended,
        name="merchant_recommended",
    ),
]
