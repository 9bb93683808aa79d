"""Which members of an answer somebody wants: ``?fields=``, so that a list on a phone stays small.

For every operation that reads. Names are those of the answer, of each item where it is a list;
what is asked for and not there is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shopguide.problems import Problem
from shopguide.rest.operations import Asked

PARAMETER = "fields"
MOST = 30
# Members of which each one is an object to choose of.
LISTS = ("items", "hits")


def chosen(request: Asked, value: Any) -> Any:
    """Return the answer with the wanted members only; all of them without ``fields``."""
    said = request._request.GET.get(PARAMETER, "")
    if not said or not isinstance(value, Mapping):
        return value
    names = [name.strip() for name in said.split(",")][: MOST + 1]
    if len(names) > MOST:
        raise Problem("unknown_field", fields=names[:MOST])
    within = next((name for name in LISTS if name in value), "")
    known = known_names(request, within)
    if unknown := [name for name in names if name not in known]:
        raise Problem("unknown_field", fields=unknown, known=sorted(known))
    if within:
        return {**value, within: [kept(one, names) for one in value[within]]}
    return kept(value, names)


def known_names(request: Asked, within: str) -> set[str]:
    """Return the names that may be chosen."""
    shape = request.operation.answer
    fields = shape().fields if shape else {}
    child = getattr(fields.get(within), "child", None) if within else None
    return set(child.fields if child is not None else fields)


def kept(one: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """Return an object with these members."""
    return {name: value for name, value in one.items() if name in names}
