"""Where a person is: every table with a way to them, found by looking at the models themselves.

For export and erasure. A way is a foreign key that leads to a user or a shopper, or to a row that
is theirs; `personal.toml` says of each what is done. What it does not list is an error, so a new
table cannot be forgotten.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import FileField, ForeignKey, Model, Q, QuerySet
from pgvector.django import HalfVectorField, SparseVectorField, VectorField

from shopguide.accounts.models import Shopper, User

FILE = Path(__file__).with_name("personal.toml")
VECTORS = (VectorField, HalfVectorField, SparseVectorField)
# Their keys to a person lead nowhere further: history of changes, sessions read apart.
DOINGS = ("erase", "keep", "forget")


@dataclass(frozen=True)
class Person:
    """Somebody as a whole: an account, a browser that kept something, or both.

    ``mentioned``: rows that only name the email are theirs too; so it is once the address is
    proven, or an operator asks.
    """

    user: User | None
    shopper: Shopper | None
    mentioned: bool = False

    @property
    def email(self) -> str:
        """Return the account's address."""
        return self.user.email if self.user else ""

    def value(self, of: str) -> Any:
        """Return what a way's lookup is compared with; None if the person has no such thing."""
        if of == "email":
            return self.email if self.mentioned and self.email else None
        one = self.user if of == "user" else self.shopper
        return one.pk if one else None


@dataclass(frozen=True)
class Way:
    """One foreign key on the way to a person.

    ``lookups``: paths, and what each is compared with.
    """

    model: type[Model]
    column: str
    do: str
    lookups: tuple[tuple[str, str], ...]
    depth: int
    reason: str = ""
    clear: dict[str, Any] = field(default_factory=dict, hash=False)
    hide: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the way's name in `personal.toml`."""
        return f"{self.model._meta.app_label}.{self.model._meta.object_name}.{self.column}"

    @property
    def table(self) -> str:
        """Return the database's name of the table."""
        return self.model._meta.db_table

    def rows(self, person: Person) -> QuerySet[Model]:
        """Return the rows at the end of this way. To be called where they may be seen."""
        found = Q(pk__in=[])
        for lookup, of in self.lookups:
            value = person.value(of)
            if value is not None:
                found |= Q(**{lookup: value})
        return self.model._base_manager.filter(found)

    @property
    def vectors(self) -> list[str]:
        """Return the columns that hold vectors."""
        return [f.name for f in self.model._meta.concrete_fields if isinstance(f, VECTORS)]

    @property
    def file_columns(self) -> list[str]:
        """Return the columns that name files."""
        own = [f.name for f in self.model._meta.concrete_fields if isinstance(f, FileField)]
        return [*own, *self.files]


class Unlisted(Exception):
    """There are ways to a person that `personal.toml` does not list."""


@cache
def listed() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def ways() -> list[Way]:
    """Return every way, the nearest to the person first; Unlisted if one is not in the file."""
    found, unlisted = look()
    if unlisted:
        raise Unlisted(f"add to profiles/personal.toml: {', '.join(sorted(unlisted))}")
    return found


@cache
def look() -> tuple[list[Way], list[str]]:
    """Walk the models from user and shopper outwards; return the ways, and names of unlisted."""
    found: list[Way] = []
    unlisted: list[str] = []
    edge: dict[type[Model], list[tuple[str, str]]] = {
        User: [("", "user")],
        Shopper: [("", "shopper")],
    }
    depth, seen = 1, set()
    while edge:
        further: dict[type[Model], list[tuple[str, str]]] = {}
        for model, key in keys_into(edge):
            if (model, key.name) in seen:
                continue
            seen.add((model, key.name))
            name = f"{model._meta.app_label}.{model._meta.object_name}.{key.name}"
            line = listed()["ways"].get(name)
            if line is None:
                unlisted.append(name)
                continue
            lookups = [(joined(key.name, path), of) for path, of in edge[key.related_model]]
            mention = listed()["mentions"]
            lookups += [
                (f"{column}__iexact", "email")
                for column in mentioned_in(name.rpartition(".")[0], mention)
                if line["do"] != "forget"
            ]
            found.append(way_of(model, key.name, line, lookups, depth))
            if line["do"] != "forget" and model not in (User, Shopper):
                further.setdefault(model, []).extend(lookups)
        edge, depth = further, depth + 1
    found += [only_mentioned(name, found) for name in lonely(found)]
    return found, unlisted


def keys_into(
    targets: dict[type[Model], list[tuple[str, str]]],
) -> Iterator[tuple[type[Model], Any]]:
    """Yield each foreign key that leads to one of these models."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for key in model._meta.concrete_fields:
            if isinstance(key, ForeignKey) and key.related_model in targets:
                yield model, key


def joined(key: str, path: str) -> str:
    """Return a lookup through a key."""
    return f"{key}__{path}" if path else key


def way_of(
    model: type[Model], column: str, line: Any, lookups: list[tuple[str, str]], depth: int
) -> Way:
    """Return a way as the file says of it."""
    return Way(
        model, column, line["do"], tuple(lookups), depth, line.get("reason", ""),
        line.get("clear", {}), tuple(line.get("hide", ())), tuple(line.get("files", ())),
        tuple(line.get("takes", ())),
    )  # fmt: skip


def mentioned_in(label: str, mentions: dict[str, Any]) -> list[str]:
    """Return the columns of a model that hold emails of persons."""
    return [name.rpartition(".")[2] for name in mentions if name.rpartition(".")[0] == label]


def lonely(found: list[Way]) -> list[str]:
    """Return the mentions in tables that no erased or kept way leads to."""
    reached = {way.name.rpartition(".")[0] for way in found if way.do != "forget"}
    return [name for name in listed()["mentions"] if name.rpartition(".")[0] not in reached]


def only_mentioned(name: str, found: list[Way]) -> Way:
    """Return the way to a table that knows a person by email alone."""
    label, _dot, column = name.rpartition(".")
    line = listed()["mentions"][name]
    return way_of(apps.get_model(label), column, line, [(f"{column}__iexact", "email")], 1)


def sessions_of(user: User) -> list[str]:
    """Return the keys of somebody's sessions, whatever they were opened by."""
    return [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]


def letters() -> Path | None:
    """Return where letters are kept as files, None where they really leave."""
    kept = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return Path(settings.EMAIL_FILE_PATH) if kept else None
