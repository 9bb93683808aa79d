"""What buyers said: the mean, how the stars are spread, and a page of reviews."""

from __future__ import annotations

from typing import Any

from catalog.models import Review
from catalog.presenting.naming import html_lang
from catalog.presenting.paging import page_links
from catalog.reviewing import ReviewPage


def reviews_of(found: ReviewPage, url: str) -> dict[str, Any]:
    """Return what the reviews' template shows."""
    joint = "&" if "?" in url else "?"
    return {
        "average": found.average,
        "count": found.count,
        "histogram": [
            {"stars": stars, "count": count, "percent": 100 * count / found.count}
            for stars, count in found.spread.items()
        ]
        if found.count
        else [],
        "items": [item(review) for review in found.reviews],
        "pages": page_links(
            found.page, found.pages, lambda number: f"{url}{joint}reviews={number}#reviews"
        ),
    }


def item(review: Review) -> dict[str, Any]:
    """Return one review."""
    return {
        "stars": review.stars,
        "title": review.title,
        "body": review.body,
        "author": review.author,
        "date": review.written_at,
        "lang": html_lang(review.language),
    }
