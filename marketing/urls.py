"""Marketing's pages, wing by wing."""

from django.urls import include, path

urlpatterns = [
    path("", include("marketing.copy.urls")),
    path("", include("marketing.trials.urls")),
    path("", include("marketing.reaching.urls")),
    path("", include("marketing.listening.urls")),
    path("", include("marketing.stocking.urls")),
    path("", include("marketing.figures.urls")),
    path("", include("marketing.copilot.urls")),
]
