"""Bodies read safely: size, depth and characters are bounded before anything else sees them.

For every endpoint. What no text can hold (NUL, lone surrogates) is refused by name rather than
passed to a database that cannot keep it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from shopguide.problems import Problem

MOST_DEEP = 20
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8, at most ``API_BODY_BYTES`` long and twenty levels deep."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the body as Python values, or raise a problem that says what is wrong."""
        return parsed(stream.read(settings.API_BODY_BYTES + 1))


class BoundedFormParser(MultiPartParser):
    """A form with files; the middleware has seen to its length."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the form's fields and files, or raise a problem that says what is wrong."""
        found: DataAndFiles = super().parse(stream, media_type, parser_context)
        for part in (found.data, found.files):
            check_texts(part)
        check_texts(value for _name, values in found.data.lists() for value in values)
        check_texts(file.name or "" for _name, files in found.files.lists() for file in files)
        return found


def parsed(body: bytes) -> Any:
    """Return a JSON body as Python values, or raise a problem."""
    if len(body) > settings.API_BODY_BYTES:
        raise Problem("too_large")
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=no_number)
    except RecursionError:
        raise Problem("too_deep") from None
    except ValueError as error:
        raise ParseError(str(error)[:200]) from error
    check(found)
    return found


def no_number(word: str) -> None:
    """Refuse NaN and Infinity, which JSON does not know."""
    raise ValueError(f"{word} is no number")


def check(found: Any) -> None:
    """Raise a problem for values that are nested too deeply or hold what no text holds."""
    level: list[Any] = [found]
    for _depth in range(MOST_DEEP):
        check_texts(one for one in level if isinstance(one, str))
        level = [inner for one in level for inner in parts(one)]
        if not level:
            return
    raise Problem("too_deep")


def parts(one: Any) -> list[Any]:
    """Return what a value is made of: members with their names, items, or nothing."""
    if isinstance(one, dict):
        return [*one, *one.values()]
    return one if isinstance(one, list) else []


def check_texts(texts: Iterable[str]) -> None:
    """Raise a problem for a text that no database keeps."""
    if any(UNKEEPABLE.search(text) for text in texts):
        raise Problem("bad_text")


def check_address(request: HttpRequest) -> None:
    """Raise a problem for parameters of an address that hold what no text holds."""
    check_texts(name for name in request.GET)
    check_texts(value for values in request.GET.lists() for value in values[1])
