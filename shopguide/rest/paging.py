"""Lists page by page, by a cursor: what is added meanwhile neither repeats nor hides a row.

For every endpoint that lists. A cursor names the last row that was shown by the values it is
ordered by; it is signed, holds for a week, and opens only the list it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from shopguide.problems import Problem
from shopguide.rest.operations import Asked

M = TypeVar("M", bound=Model)
USUAL, MOST = 20, 100
WEEK_S = 7 * 24 * 3600


class PageQuery(serializers.Serializer):
    """Which part of a list."""

    cursor = serializers.CharField(
        required=False, max_length=500, help_text="`next` of the page before names it"
    )
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, default=USUAL, help_text="so many at once"
    )


def listed(item: type[serializers.Serializer], name: str) -> type[serializers.Serializer]:
    """Return the shape of a list's page; ``next`` is the address of the next one, or null."""
    return type(
        name,
        (serializers.Serializer,),
        {
            "__doc__": "A page of a list.",
            "items": item(many=True),
            "next": serializers.CharField(allow_null=True),
            "example": {"next": None},
        },
    )


def page_of(
    request: Asked,
    rows: QuerySet[M],
    order: Sequence[str],
    show: Callable[[M], Any],
) -> dict[str, Any]:
    """Return a page of rows in this order, which must end with a unique column."""
    rows = rows.order_by(*order)
    if cursor := request.asked.get("cursor"):
        rows = rows.filter(after(order, opened(cursor, request.path)))
    limit = request.asked["limit"]
    found = list(rows[: limit + 1])
    more = len(found) > limit
    last = [getattr(found[limit - 1], name.removeprefix("-")) for name in order] if more else []
    return {
        "items": [show(one) for one in found[:limit]],
        "next": next_url(request, closed(last, request.path)) if more else None,
    }


def after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition for rows that stand behind these values."""
    behind = Q()
    for place, name in enumerate(order):
        same = {
            one.removeprefix("-"): value for one, value in zip(order[:place], values, strict=False)
        }
        way = "lt" if name.startswith("-") else "gt"
        behind |= Q(**same, **{f"{name.removeprefix('-')}__{way}": values[place]})
    return behind


def closed(values: Sequence[Any], path: str) -> str:
    """Return a cursor for values."""
    plain = [
        {"at": value.isoformat()} if isinstance(value, datetime) else value for value in values
    ]
    return signing.dumps(plain, salt=f"cursor:{path}")


def opened(cursor: str, path: str) -> list[Any]:
    """Return the values of a cursor; a Problem for one that is not this list's."""
    try:
        plain = signing.loads(cursor, salt=f"cursor:{path}", max_age=WEEK_S)
    except signing.BadSignature as error:
        raise Problem("bad_cursor") from error
    return [parse_datetime(one["at"]) if isinstance(one, dict) else one for one in plain]


def next_url(request: Asked, cursor: str) -> str:
    """Return the address of the next page."""
    query = request._request.GET.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"
