"""Search, and suggestions while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.presenting.naming import reader
from catalog.presenting.suggestions import suggestions_of
from catalog.search.addressing import Address, clean_text
from catalog.search.market import market
from catalog.search.suggesting import LONGEST, suggestions
from catalog.views._results import answer


@require_safe
def search_products(request: HttpRequest) -> HttpResponse:
    """Show what a sentence and the chosen filters find."""
    return answer(request, "catalog/search.html", Address.read(reverse("search"), request.GET))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box while somebody types."""
    typed = clean_text(request.GET.get("q", ""), LONGEST)
    everywhere = market()
    found = suggestions(typed, everywhere, locale=reader()) if typed else []
    shown = suggestions_of(found, everywhere)
    return render(request, "catalog/_suggestions.html", {"suggestions": shown})
