"""Everything that is known of a person, in one file they can take away.

For the privacy page, by a worker, and for `manage.py export_shopper`. A zip: `data.json` with each
table's rows, and the files. Of rows that are a shop's it says only which; secrets are left out.
"""

from __future__ import annotations

import json
import secrets
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from profiles.models import Export
from profiles.tracing import Person, Way, sessions_of, ways
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_everyone

FOLDER = "exports"
NEVER = {"password"}


@dataclass
class Told:
    """What is known: rows by table, how many vectors, which files."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    vectors: int = 0
    files: list[Path] = field(default_factory=list)

    @property
    def tables(self) -> dict[str, int]:
        """Return the number of rows by table; tables without any are there too."""
        return {table: len(rows) for table, rows in sorted(self.rows.items())}


def gather(person: Person) -> Told:
    """Read all that there is of a person. A query for each way, about thirty."""
    told = Told()
    with as_everyone():
        told.rows[User._meta.db_table] = [row_of(person.user, ())] if person.user else []
        seen: set[tuple[str, Any]] = set()
        for way in ways():
            kept = told.rows.setdefault(way.table, [])
            for row in way.rows(person):
                if (way.table, row.pk) in seen:
                    continue
                seen.add((way.table, row.pk))
                kept.append(told_of(row, way))
                told.vectors += sum(getattr(row, name) is not None for name in way.vectors)
                told.files += files_of(row, way)
        if person.user:
            told.rows["django_session"] = [{"sessions": len(sessions_of(person.user))}]
    return told


def count(person: Person) -> dict[str, int]:
    """Return how many rows each table has of a person. One query."""
    parts: list[str] = []
    values: list[Any] = []
    for way in ways():
        try:
            sql, params = way.rows(person).values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT '{way.table}', pk::text FROM ({sql}) AS found (pk)")  # noqa: S608
        values += params
    counted: dict[str, int] = {}
    with as_everyone(), connection.cursor() as cursor:
        if parts:
            united = " UNION ".join(parts)
            cursor.execute(
                f"SELECT name, count(*) FROM ({united}) AS all_of (name, pk) GROUP BY 1",  # noqa: S608
                values,
            )
            counted = dict(cursor.fetchall())
    return counted | ({User._meta.db_table: 1} if person.user else {})


def told_of(row: Model, way: Way) -> dict[str, Any]:
    """Return a row of the person; of a shop's row, which it is."""
    if way.do == "forget":
        return {"id": str(row.pk), "as": way.column}
    return row_of(row, way.hide)


def row_of(row: Model, hide: tuple[str, ...]) -> dict[str, Any]:
    """Return a row's columns, without secrets."""
    skipped = NEVER | set(hide)
    values = {
        one.attname: one.value_from_object(row)
        for one in row._meta.concrete_fields
        if one.name not in skipped
    }
    return {name: str(value) if hasattr(value, "to_list") else value
            for name, value in values.items()}  # fmt: skip


def files_of(row: Model, way: Way) -> list[Path]:
    """Return the files that a row names and that are there."""
    named = [str(getattr(row, name) or "") for name in way.file_columns]
    roots = (Path(settings.MEDIA_ROOT), Path(settings.UPLOAD_ROOT))
    paths = [root / name for name in named if name for root in roots]
    return [path for path in paths if path.is_file()]


def write(told: Told, target: Path) -> None:
    """Write the zip."""
    target.parent.mkdir(parents=True, exist_ok=True)
    words = {"made_at": timezone.now(), "tables": told.rows}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        text = json.dumps(words, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, default=str)
        packed.writestr("data.json", text)
        for number, path in enumerate(told.files):
            packed.write(path, f"files/{number}-{path.name}")


def folder() -> Path:
    """Return where exports lie: beside the media, never among them."""
    return Path(settings.DATA_DIR) / FOLDER


def make(job: Export) -> None:
    """Do an export that a worker has claimed."""
    shopper = job.shopper
    person = Person(shopper.user, shopper, mentioned=proven(shopper.user))
    told = gather(person)
    name = f"{secrets.token_urlsafe(24)}.zip"
    write(told, folder() / name)
    with as_everyone():
        job.finish(file=name, size=(folder() / name).stat().st_size, tables=told.tables)


def proven(user: User | None) -> bool:
    """Tell whether somebody has proven that their address is theirs."""
    from allauth.account.models import EmailAddress

    if user is None:
        return False
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


def forget_file(name: str) -> None:
    """Remove an export's file."""
    if name:
        (folder() / Path(name).name).unlink(missing_ok=True)
