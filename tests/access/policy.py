"""The policy file as tests read it, and the routes that there really are."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).resolve().parents[2] / "shopguide" / "policy.toml"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Line:
    """One line of the file: the audience of each method, and what the address names."""

    name: str
    door: str
    audiences: dict[str, str]
    object: str
    stranger: int
    dead: int
    proof: bool


@dataclass(frozen=True)
class Door:
    """What those meet who are not let in."""

    name: str
    prefix: str
    stranger: int
    person: int
    suspended: int
    dead: int
    bare: int


@cache
def said() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def audience(name: str) -> frozenset[str]:
    """Return the identities of an audience."""
    return frozenset(said()["audiences"][name])


def doors() -> dict[str, Door]:
    """Return the doors by name."""
    return {
        name: Door(name, one["prefix"], one["stranger"], one["person"],
                   one.get("suspended", one["person"]), one.get("disabled", 0), one.get("bare", 0),)
        for name, one in said()["doors"].items()
    }  # fmt: skip


@cache
def lines() -> dict[str, Line]:
    """Return the lines by the name, or pattern of names, that they are about."""
    return {
        name: Line(name, door, {key: value for key, value in line.items() if key in METHODS},
                   line.get("object", ""), line.get("stranger", doors()[door].stranger),
                   line.get("disabled", doors()[door].dead), line.get("proof", False))
        for door in doors()
        for name, line in said()[door].items()
    }  # fmt: skip


def line_of(name: str) -> Line | None:
    """Return the line of a route; its own before one that covers many."""
    own = lines().get(name)
    if own:
        return own
    return next((line for pattern, line in lines().items() if fnmatchcase(name, pattern)), None)


def routes() -> dict[str, URLPattern]:
    """Return every address there is by the full name of its route."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, spaces: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{spaces}{one.namespace}:" if one.namespace else spaces)
        else:
            # What has no name goes by its view's.
            yield spaces + (one.name or one.callback.__name__), one
