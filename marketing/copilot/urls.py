"""The addresses of this wing, below a shop's portal."""

from django.urls import URLPattern, path

from marketing.copilot import views

SHOP = "merchant/<slug:slug>/copilot"

urlpatterns: list[URLPattern] = [
    path(f"{SHOP}/", views.merchant_copilot, name="merchant_copilot"),
    path(f"{SHOP}/<int:pk>/", views.merchant_question, name="merchant_question"),
    path(f"{SHOP}/<int:pk>/propose/", views.question_propose, name="merchant_question_propose"),
    path(f"{SHOP}/changes/<int:pk>/", views.change_decide, name="merchant_change"),
]
