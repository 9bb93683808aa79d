"""The addresses of trials, below a shop's portal."""

from django.urls import URLPattern, path

from marketing.trials import views

TRIALS = "merchant/<slug:slug>/trials/"

urlpatterns: list[URLPattern] = [
    path(TRIALS, views.merchant_trials, name="merchant_trials"),
    path(f"{TRIALS}new/", views.merchant_trial_new, name="merchant_trial_new"),
    path(f"{TRIALS}<int:pk>/", views.merchant_trial, name="merchant_trial"),
    path(f"{TRIALS}<int:pk>/act/", views.merchant_trial_act, name="merchant_trial_act"),
]
