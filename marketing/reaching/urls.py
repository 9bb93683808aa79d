"""The addresses of this wing, below a shop's portal and beside it."""

from django.urls import URLPattern, path

from marketing.reaching.views import merchant_campaigns as campaigns
from marketing.reaching.views import merchant_segments as segments
from marketing.reaching.views import offers, sharing

SHOP = "merchant/<slug:slug>/"
ONE = f"{SHOP}campaigns/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{SHOP}segments/", segments.merchant_segments, name="merchant_segments"),
    path(f"{SHOP}segments/new/", segments.segment_new, name="merchant_segment_new"),
    path(f"{SHOP}segments/<int:pk>/", segments.merchant_segment, name="merchant_segment"),
    path(f"{SHOP}campaigns/", campaigns.merchant_campaigns, name="merchant_campaigns"),
    path(f"{SHOP}campaigns/new/", campaigns.campaign_new, name="merchant_campaign_new"),
    path(ONE, campaigns.merchant_campaign, name="merchant_campaign"),
    path(f"{ONE}edit/", campaigns.campaign_edit, name="merchant_campaign_edit"),
    path(f"{ONE}preview/", campaigns.campaign_preview, name="merchant_campaign_preview"),
    path(f"{ONE}act/", campaigns.campaign_act, name="merchant_campaign_act"),
    path("offers/", offers.offers, name="offers"),
    path("offers/banner/", offers.offer_banner, name="offer_banner"),
    path("offers/change/", offers.offer_change, name="offer_change"),
    path("offers/ways/", offers.offer_ways, name="offer_ways"),
    path("offers/stop/<str:word>/", offers.offer_stop, name="offer_stop"),
    path("offers/<uuid:token>/open/<int:product>/", offers.offer_open, name="offer_open"),
    path("shared/", sharing.shared, name="shared"),
    path("shared/make/", sharing.share_make, name="share_make"),
    path("shared/revoke/", sharing.share_revoke, name="share_revoke"),
    path("shared/follow-no-more/", sharing.following_end, name="following_end"),
    path("shared/followers/end/", sharing.followers_end, name="followers_end"),
    path("shared/<slug:code>/", sharing.share_follow, name="share_follow"),
    path("lists/with-others/", sharing.group_open, name="group_open"),
    path("lists/with-others/<slug:code>/", sharing.group, name="group"),
    path("lists/with-others/<slug:code>/act/", sharing.group_act, name="group_act"),
]
