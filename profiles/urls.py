"""Addresses of what fits a shopper, and of the privacy page."""

from django.urls import URLPattern, path

from profiles.views import for_you, privacy

urlpatterns: list[URLPattern] = [
    path("for-you/", for_you.for_you, name="for_you"),
    path("for-you/shelf/", for_you.for_you_shelf, name="for_you_shelf"),
    path("for-you/change/", for_you.for_you_change, name="for_you_change"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/export/", privacy.privacy_export, name="privacy_export"),
    path("privacy/export/<uuid:number>/", privacy.privacy_download, name="privacy_download"),
    path("privacy/erase/", privacy.privacy_erase, name="privacy_erase"),
    path("privacy/stay/", privacy.privacy_stay, name="privacy_stay"),
    path("privacy/erased/<uuid:number>/", privacy.privacy_erased, name="privacy_erased"),
]
