"""The addresses of this wing, below a shop's portal and beside it."""

from django.urls import URLPattern, path

from marketing.reaching.views import offers

urlpatterns: list[URLPattern] = [
    path("offers/", offers.offers, name="offers"),
    path("offers/banner/", offers.offer_banner, name="offer_banner"),
    path("offers/change/", offers.offer_change, name="offer_change"),
    path("offers/ways/", offers.offer_ways, name="offer_ways"),
    path("offers/stop/<str:word>/", offers.offer_stop, name="offer_stop"),
    path("offers/<uuid:token>/open/<int:product>/", offers.offer_open, name="offer_open"),
]
