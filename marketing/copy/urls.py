"""The addresses of copy, below a shop's portal."""

from django.urls import URLPattern, path

from marketing.copy.views import desk, improving, listing, many, review, voice

SHOP = "merchant/<slug:slug>/"
COPY = f"{SHOP}copy/"

urlpatterns: list[URLPattern] = [
    path(COPY, listing.merchant_copy, name="merchant_copy"),
    path(f"{COPY}export.csv", listing.copy_export, name="merchant_copy_export"),
    path(f"{COPY}new/", listing.copy_new, name="merchant_copy_new"),
    path(f"{COPY}briefs/<int:pk>/", listing.copy_brief, name="merchant_copy_brief"),
    path(f"{COPY}briefs/<int:pk>/again/", listing.copy_again, name="merchant_copy_again"),
    path(f"{COPY}<int:pk>/", desk.copy_draft, name="merchant_copy_draft"),
    path(f"{COPY}<int:pk>/keep/", desk.copy_keep, name="merchant_copy_keep"),
    path(f"{COPY}<int:pk>/act/", desk.copy_act, name="merchant_copy_act"),
    path(f"{COPY}<int:pk>/history/", desk.copy_history, name="merchant_copy_history"),
    path(f"{COPY}versions/<int:pk>/restore/", desk.copy_restore, name="merchant_copy_restore"),
    path(f"{COPY}<int:pk>/decide/", review.copy_decide, name="merchant_copy_decide"),
    path(f"{COPY}review/", review.copy_review, name="merchant_copy_review"),
    path(f"{COPY}review/decide/", review.copy_decide_many, name="merchant_copy_decide_many"),
    path(f"{COPY}many/", many.copy_many, name="merchant_copy_many"),
    path(f"{COPY}many/<int:pk>/", many.copy_job, name="merchant_copy_job"),
    path(f"{COPY}many/<int:pk>/stop/", many.copy_job_stop, name="merchant_copy_job_stop"),
    path(f"{COPY}voice/", voice.copy_voice, name="merchant_copy_voice"),
    path(f"{COPY}rules/", voice.copy_rules, name="merchant_copy_rules"),
    path(f"{COPY}rate/", voice.copy_rate, name="merchant_copy_rate"),
    path(f"{SHOP}improve/", improving.merchant_improve, name="merchant_improve"),
    path(f"{SHOP}improve/brief/", improving.improve_brief, name="merchant_improve_brief"),
]
