"""What the catalogue's pages of the portal share: their door, and pages of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from catalog.presenting.paging import page_links
from catalog.search.addressing import clean_number
from shopguide.accounts.guarding import member_view, role_in

__all__ = ["member_view", "page_of", "role_in"]

M = TypeVar("M", bound=Model)
PAGE = 25
MOST_PAGES = 1_000_000


def page_of(
    request: HttpRequest, rows: QuerySet[M], url: Callable[[int], str], *, size: int = PAGE
) -> tuple[list[M], int, dict[str, Any]]:
    """Return the rows of the asked page, how many there are, and links; beyond the end the last.

    Two queries. To be called where the rows may be seen.
    """
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(int(clean_number(request.GET.get("page", ""), MOST_PAGES) or 1), pages)
    found = list(rows[(number - 1) * size : number * size])
    return found, total, page_links(number, pages, url)
