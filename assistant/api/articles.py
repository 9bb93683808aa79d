"""What shops tell everybody, for apps: a shop's approved articles."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from assistant.api.shapes_of_articles import ArticleOut, ArticlesOut
from assistant.knowledge.showing import blocks_of
from assistant.models import Article
from assistant.views.help import shop_of
from catalog.presenting.naming import reader
from shopguide.rest.operations import Asked, operation

TAG = "Help"
MOST = 500


@operation("articles", tag=TAG, answer=ArticlesOut)
def articles(request: Asked, merchant: str) -> dict[str, Any]:
    """List a shop's articles in the reader's language, in the other one if there are none."""
    mine = Article.objects.approved().filter(merchant=shop_of(merchant)).order_by("title", "pk")
    rows = list(mine.filter(language=reader())[:MOST]) or list(mine[:MOST])
    return {"items": [article_brief(one) for one in rows]}


def article_brief(one: Article) -> dict[str, Any]:
    """Return an article without its text."""
    return {"id": one.pk, "kind": one.kind, "title": one.title, "language": one.language}


@operation("article", tag=TAG, answer=ArticleOut)
def article(request: Asked, merchant: str, pk: int) -> dict[str, Any]:
    """Return the version of an article that is approved now."""
    found = Article.objects.approved().filter(merchant=shop_of(merchant), pk=pk).first()
    if found is None:
        raise Http404
    version = found.versions.get(number=found.live)
    return article_brief(found) | {
        "title": version.title,
        "blocks": [block_shown(one) for one in blocks_of(version.body)],
        "approved_at": version.approved_at,
    }


def block_shown(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block of an article: all kinds have the same members."""
    return {
        "kind": block["kind"],
        "text": block.get("text") or "\n".join(block.get("lines", [])),
        "points": block.get("points", []),
        "head": block.get("head", []),
        "rows": [[cell["text"] for cell in row] for row in block.get("rows", [])],
    }
