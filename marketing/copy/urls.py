"""The addresses of copy, below a shop's portal."""

from django.urls import URLPattern, path

from marketing.copy.views import desk, listing

SHOP = "merchant/<slug:slug>/"
COPY = f"{SHOP}copy/"

urlpatterns: list[URLPattern] = [
    path(COPY, listing.merchant_copy, name="merchant_copy"),
    path(f"{COPY}new/", listing.copy_new, name="merchant_copy_new"),
    path(f"{COPY}briefs/<int:pk>/", listing.copy_brief, name="merchant_copy_brief"),
    path(f"{COPY}briefs/<int:pk>/again/", listing.copy_again, name="merchant_copy_again"),
    path(f"{COPY}<int:pk>/", desk.copy_draft, name="merchant_copy_draft"),
    path(f"{COPY}<int:pk>/keep/", desk.copy_keep, name="merchant_copy_keep"),
    path(f"{COPY}<int:pk>/act/", desk.copy_act, name="merchant_copy_act"),
    path(f"{COPY}<int:pk>/history/", desk.copy_history, name="merchant_copy_history"),
    path(f"{COPY}versions/<int:pk>/restore/", desk.copy_restore, name="merchant_copy_restore"),
]
