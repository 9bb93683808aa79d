"""What shops tell everybody: a shop's help page, and each approved article."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assistant.knowledge.showing import blocks_of
from assistant.models import Article
from assistant.models.article import Kind
from shopguide.accounts.models import Merchant


def shop_of(slug: str) -> Merchant:
    """Return an open shop, or 404."""
    found = Merchant.objects.active().filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def _spoken(request: HttpRequest) -> str:
    code = str(getattr(request, "LANGUAGE_CODE", "en"))
    return "zh-hans" if code.startswith("zh") else "en"


@require_safe
def shop_help(request: HttpRequest, slug: str) -> HttpResponse:
    """List a shop's approved articles by kind, in the reader's language or the one there is."""
    shop = shop_of(slug)
    mine = Article.objects.approved().filter(merchant=shop).order_by("title", "pk")
    rows = list(mine.filter(language=_spoken(request))[:500]) or list(mine[:500])
    groups = [
        {
            "label": kind.label,
            "rows": [
                {"title": one.title, "url": reverse("article", args=[slug, one.pk]),
                 "lang": one.language}
                for one in rows
                if one.kind == kind
            ],
        }
        for kind in Kind
    ]  # fmt: skip
    page = {"groups": [group for group in groups if group["rows"]]}
    return render(request, "assistant/shop_help.html", {"shop": shop, "page": page})


@require_safe
def article(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the live version of an approved article."""
    shop = shop_of(slug)
    found = Article.objects.approved().filter(merchant=shop, pk=pk).first()
    if found is None:
        raise Http404(_("There is no such page."))
    version = found.versions.get(number=found.live)
    page = {
        "title": version.title,
        "lang": found.language,
        "blocks": blocks_of(version.body),
        "approved_at": version.approved_at,
    }
    return render(request, "assistant/article.html", {"shop": shop, "page": page})
