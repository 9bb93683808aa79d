"""Addresses of this department below /api/v1/."""

from django.urls import path

from profiles.api import around, knowing, privacy, starting
from shopguide.rest.doors import door

urlpatterns = [
    path(
        "privacy/consents/",
        door(get=privacy.consents, patch=privacy.consents_change),
        name="api_consents",
    ),
    path("privacy/consents/made/", door(get=privacy.consents_made), name="api_consents_made"),
    path("privacy/known/", door(get=privacy.known), name="api_known"),
    path("privacy/erasures/<uuid:number>/", door(get=privacy.certificate), name="api_certificate"),
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
    path(
        "taste/start/",
        door(get=starting.questions, post=starting.answered),
        name="api_taste_start",
    ),
    path("events/", door(post=knowing.events_send), name="api_events"),
    path("recommendations/", door(get=knowing.recommendations), name="api_recommendations"),
    path("recommendations/due/", door(get=around.due_again), name="api_due_again"),
    path("cart/together/", door(get=around.with_cart), name="api_with_cart"),
    path("orders/<slug:number>/together/", door(get=around.with_order), name="api_with_order"),
    path(
        "products/<slug:merchant>/<sku:sku>/together/",
        door(get=around.with_product),
        name="api_with_product",
    ),
    path("taste/deeds/", door(get=around.deeds, delete=around.deeds_forget), name="api_deeds"),
    path("taste/aside/", door(get=around.aside, delete=around.aside_forget), name="api_aside"),
    path(
        "taste/aside/<slug:merchant>/<sku:sku>/",
        door(delete=around.aside_back),
        name="api_aside_product",
    ),
    path(
        "taste/",
        door(get=knowing.taste, post=knowing.taste_say, delete=knowing.taste_forget),
        name="api_taste",
    ),
]
