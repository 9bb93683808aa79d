"""The addresses of listening, below a shop's portal."""

from django.urls import URLPattern, path

from marketing.listening.views import alerts, importing, voices

VOICES = "merchant/<slug:slug>/voices/"

urlpatterns: list[URLPattern] = [
    path(VOICES, voices.merchant_voices, name="merchant_voices"),
    path(f"{VOICES}said/", voices.merchant_mentions, name="merchant_mentions"),
    path(f"{VOICES}import/", importing.mentions_import, name="merchant_mentions_import"),
    path(f"{VOICES}watch/", voices.voices_watch, name="merchant_voices_watch"),
    path(f"{VOICES}alerts/<int:pk>/", alerts.merchant_alert, name="merchant_alert"),
    path(f"{VOICES}alerts/<int:pk>/decide/", alerts.alert_decide, name="merchant_alert_decide"),
    path(f"{VOICES}doubts/<int:pk>/", alerts.merchant_doubt, name="merchant_doubt"),
]
