"""The addresses of this wing, below a shop's portal and beside it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
