"""Addresses of the shop window and of the merchant's catalogue pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("search/", search, name="search")]
