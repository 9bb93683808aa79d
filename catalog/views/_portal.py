"""What the portal's pages share: who is asking, and pages of rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from catalog.presenting.paging import page_links
from catalog.search.addressing import clean_number
from shopguide.accounts.access import ANY_ROLE, membership_of
from shopguide.accounts.models import Merchant, Role

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
PAGE = 25
MOST_PAGES = 1_000_000


def member_view(
    roles: tuple[Role, ...] = ANY_ROLE,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Merchant, P], HttpResponse]], Callable[..., HttpResponse]
]:
    """Give a view its shop: anonymous people sign in, all but members in these roles get a 404.

    Answers are nobody else's: they are not cached.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Merchant, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            merchant = membership_of(request.user, slug, roles=roles).merchant
            response = view(request, merchant, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return login_required(guarded)

    return decorate


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
