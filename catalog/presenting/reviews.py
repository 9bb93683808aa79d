"""What buyers said: the mean, how the stars are spread, what is said of what, a page of reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.models import Review
from catalog.presenting.cards import picture_url
from catalog.presenting.naming import html_lang
from catalog.presenting.opinions import address, digest_of, filters_of, marked, orders_of
from catalog.presenting.paging import page_links
from catalog.reviewing import ReviewPage


def reviews_of(found: ReviewPage, url: str) -> dict[str, Any]:
    """Return what the reviews' template shows."""
    return {
        "average": found.average,
        "count": found.count,
        "histogram": [
            {"stars": stars, "count": count, "percent": 100 * count / found.count}
            for stars, count in found.spread.items()
        ]
        if found.count
        else [],
        "digest": digest_of(found.digest, url) if found.digest else None,
        "filters": filters_of(found, url) if found.count else [],
        "filtered": bool(found.wanted),
        "words": found.wanted.words,
        "order": found.wanted.order,
        "orders": orders_of(found.wanted, url) if found.count else [],
        "search_url": f"{url}#reviews",
        "fitting": found.fitting,
        "all_url": f"{url}#reviews",
        "items": [item(one, found.mentions.get(one.pk, ())) for one in found.reviews],
        "pages": page_links(
            found.page, found.pages, lambda number: address(url, found.wanted, number)
        ),
    }


def item(review: Review, places: Sequence[tuple[int, int]] = ()) -> dict[str, Any]:
    """Return one review, the words that speak of the wanted aspect marked."""
    title, body = marked(review, places)
    return {
        "id": review.pk,
        "stars": review.stars,
        "title": title,
        "body": body,
        "author": review.author,
        "date": review.written_at,
        "lang": html_lang(review.language),
        "verified": getattr(review, "verified", False),
        "pictures": [picture_url(file) for file in getattr(review, "pictures", ())],
        "reply": review.reply,
        "replied_at": review.replied_at,
    }
