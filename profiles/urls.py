"""Addresses of the privacy page."""

from django.urls import URLPattern, path

from profiles.views import privacy

urlpatterns: list[URLPattern] = [
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/export/", privacy.privacy_export, name="privacy_export"),
    path("privacy/export/<uuid:number>/", privacy.privacy_download, name="privacy_download"),
    path("privacy/erase/", privacy.privacy_erase, name="privacy_erase"),
    path("privacy/stay/", privacy.privacy_stay, name="privacy_stay"),
    path("privacy/erased/<uuid:number>/", privacy.privacy_erased, name="privacy_erased"),
]
