"""Addresses of this department below /api/v1/."""

from django.urls import path

from marketing.api import following, grouping, parcels, reaching
from shopguide.rest.doors import door

urlpatterns = [
    path("orders/<slug:number>/parcel/", door(get=parcels.order_parcel), name="api_order_parcel"),
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
    path(
        "followings/",
        door(get=following.following_list, post=following.following_start),
        name="api_followings",
    ),
    path("followings/<num:pk>/", door(delete=following.following_end), name="api_following"),
    path("lists/<slug:code>/followers/", door(put=following.list_shown), name="api_list_followers"),
    path("shares/", door(get=reaching.shares, post=reaching.share_make), name="api_shares"),
    path("shares/<slug:code>/", door(delete=reaching.share_revoke), name="api_share"),
    path("shared/<slug:code>/", door(get=reaching.share_follow), name="api_shared"),
    path("lists/", door(get=grouping.groups, post=grouping.group_make), name="api_groups"),
    path(
        "lists/<slug:code>/",
        door(get=grouping.group, patch=grouping.group_change),
        name="api_group",
    ),
    path("lists/<slug:code>/me/", door(put=grouping.group_join), name="api_group_me"),
    path("lists/<slug:code>/items/", door(post=grouping.group_add), name="api_group_items"),
    path(
        "lists/<slug:code>/items/<slug:merchant>/<sku:sku>/",
        door(delete=grouping.group_take_off),
        name="api_group_item",
    ),
    path(
        "lists/<slug:code>/people/<num:pk>/",
        door(delete=grouping.group_put_out),
        name="api_group_person",
    ),
]
