"""Addresses of this department below /api/v1/."""

from django.urls import path

from marketing.api import reaching
from shopguide.rest.doors import door

urlpatterns = [
    path("notifications/", door(get=reaching.notifications), name="api_notifications"),
    path(
        "notifications/<uuid:number>/",
        door(patch=reaching.notification_read, delete=reaching.notification_away),
        name="api_notification",
    ),
    path(
        "contact/",
        door(get=reaching.contact, patch=reaching.contact_change),
        name="api_contact",
    ),
    path(
        "contact/muted/<slug:merchant>/",
        door(put=reaching.shop_mute, delete=reaching.shop_unmute),
        name="api_muted",
    ),
    path("shares/", door(get=reaching.shares, post=reaching.share_make), name="api_shares"),
    path("shares/<slug:code>/", door(delete=reaching.share_revoke), name="api_share"),
]
