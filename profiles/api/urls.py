"""Addresses of this department below /api/v1/."""

from django.urls import path

from profiles.api import knowing, privacy
from shopguide.rest.doors import door

urlpatterns = [
    path(
        "privacy/consents/",
        door(get=privacy.consents, patch=privacy.consents_change),
        name="api_consents",
    ),
    path("privacy/exports/", door(post=privacy.export_make), name="api_exports"),
    path("privacy/exports/<uuid:number>/", door(get=privacy.export), name="api_export"),
    path(
        "privacy/exports/<uuid:number>/file/",
        door(get=privacy.export_file),
        name="api_export_file",
    ),
    path(
        "privacy/erasure/",
        door(get=privacy.erasure, post=privacy.erasure_wish, delete=privacy.erasure_stay),
        name="api_erasure",
    ),
    path("events/", door(post=knowing.events_send), name="api_events"),
    path("recommendations/", door(get=knowing.recommendations), name="api_recommendations"),
    path(
        "taste/",
        door(get=knowing.taste, post=knowing.taste_say, delete=knowing.taste_forget),
        name="api_taste",
    ),
]
