"""Forgetting a person: every row, vector, file and session, and what the law keeps without a name.

For the privacy page, by a worker once the wish is due, and for `manage.py erase_shopper`. All rows
go in one transaction; then the whole database is searched for what said who the person was, and the
certificate states the number of finds. It is signed, and nothing in it is personal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from profiles.exporting import files_of, folder, forget_file
from profiles.models import Erasure, Export
from profiles.noting import undo_key
from profiles.tracing import Person, Way, letters, sessions_of, ways
from shopguide.accounts.models import Shopper, User
from shopguide.accounts.tenancy import as_everyone

FOLDER = "erasures"
SHORTEST = 5  # letters: shorter words are found everywhere and prove nothing


@dataclass
class Forgotten:
    """What was done."""

    tables: dict[str, int] = field(default_factory=dict)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    vectors: int = 0
    files: int = 0
    sessions: int = 0
    remaining: int = 0


def erase(person: Person) -> dict[str, Any]:
    """Forget somebody and return the certificate. Seconds, by the size of the database."""
    done = Forgotten()
    signs = signs_of(person)
    with transaction.atomic(), as_everyone():
        # Nobody adds to what is being counted.
        lock(person)
        rows = {way: list(way.rows(person)) for way in ways()}
        files = {
            path for way, found in rows.items() for row in found for path in files_of(row, way)
        }
        exports = [row.file for row in found_of(rows, Export)]
        keep(person, rows, done)
        cut(rows, done)
        remove(person, rows, done)
        done.remaining = remains(person, rows) + len(found_in_database(signs))
    for path in files:
        path.unlink(missing_ok=True)
    for name in exports:
        forget_file(name)
    done.files = len(files) + len(list(filter(None, exports))) + forget_letters(signs)
    done.remaining += sum(path.exists() for path in files)
    return certificate(person, done)


def lock(person: Person) -> None:
    """Hold the person's own rows until all is done."""
    if person.user:
        User.objects.select_for_update().get(pk=person.user.pk)
    if person.shopper:
        Shopper.objects.select_for_update().get(pk=person.shopper.pk)


def signs_of(person: Person) -> set[str]:
    """Return what says who somebody is: addresses, names, telephone numbers, streets."""
    said: set[str] = {person.email.lower()}
    if person.user:
        said |= {person.user.get_full_name().lower()}
    with as_everyone():
        for way in ways():
            if "address" in way.clear or "email" in way.clear:
                for row in way.rows(person):
                    said |= {word.lower() for name in way.clear for word in words(row, name)}
    return {word for word in said if len(word) >= SHORTEST}


def words(row: Model, column: str) -> Iterable[str]:
    """Return the words of a column that tell a person, and no country or region."""
    value = getattr(row, column, "")
    if isinstance(value, Mapping):
        return [str(value.get(name, "")) for name in ("name", "phone", "street")]
    return [str(value)] if column == "email" else []


def found_of(rows: Mapping[Way, list[Model]], model: type[Model]) -> list[Any]:
    """Return the rows of one table."""
    return [row for way, found in rows.items() if way.model is model for row in found]


def keep(person: Person, rows: Mapping[Way, list[Model]], done: Forgotten) -> None:
    """Write over what says who, in rows that the law wants; they become a nameless shopper's."""
    nameless: Shopper | None = None
    for way, found in rows.items():
        if way.do != "keep":
            continue
        again = way.model._base_manager.filter(pk__in=[row.pk for row in found])
        values: dict[str, Any] = dict(way.clear)
        if found and way.model._meta.get_field(way.column).related_model is Shopper:
            nameless = nameless or Shopper.objects.create()
            values[way.column] = nameless
        if values and found:
            again.update(**values)
        told = done.kept.setdefault(way.table, {"rows": 0, "reason": way.reason})
        told["rows"] += len(found)
        done.tables[way.table] = done.tables.get(way.table, 0) + len(found)


def cut(rows: Mapping[Way, list[Model]], done: Forgotten) -> None:
    """Cut the ties to rows that are a shop's."""
    for way, found in rows.items():
        if way.do == "forget" and found:
            again = way.model._base_manager.filter(pk__in=[row.pk for row in found])
            again.update(**{way.column: None})
        if way.do == "forget":
            done.tables[way.table] = done.tables.get(way.table, 0) + len(found)


def remove(person: Person, rows: Mapping[Way, list[Model]], done: Forgotten) -> None:
    """Delete the person's rows, the furthest first, then sessions, shopper and account."""
    gone: set[tuple[str, Any]] = set()
    for way, found in sorted(rows.items(), key=lambda pair: -pair[0].depth):
        if way.do != "erase":
            continue
        fresh = [row for row in found if (way.table, row.pk) not in gone]
        gone |= {(way.table, row.pk) for row in fresh}
        done.vectors += sum(getattr(row, n) is not None for row in fresh for n in way.vectors)
        taken = [one for row in fresh for name in way.takes if (one := getattr(row, name))]
        way.model._base_manager.filter(pk__in=[row.pk for row in fresh]).delete()
        done.tables[way.table] = done.tables.get(way.table, 0) + len(fresh)
        for one in taken:
            one.delete()
    if person.shopper:
        cache.delete(undo_key(person.shopper))
        Shopper.objects.filter(pk=person.shopper.pk).delete()
    if person.user:
        keys = sessions_of(person.user)
        Session.objects.filter(session_key__in=keys).delete()
        cache.delete_many([f"django.contrib.sessions.cache{key}" for key in keys])
        done.sessions = len(keys)
        User.objects.filter(pk=person.user.pk).delete()
        done.tables[User._meta.db_table] = 1


def remains(person: Person, rows: Mapping[Way, list[Model]]) -> int:
    """Count rows that still lead to the person, asked anew."""
    left = sum(way.rows(person).count() for way in rows)
    if person.user:
        left += User.objects.filter(pk=person.user.pk).count() + len(sessions_of(person.user))
    if person.shopper:
        left += Shopper.objects.filter(pk=person.shopper.pk).count()
    return left


def found_in_database(signs: Iterable[str]) -> list[str]:
    """Return the tables in which any of these words stands in any row, as text.

    To be called where every row may be seen; reads the whole database.
    """
    wanted = [f"%{escaped(sign)}%" for sign in signs]
    if not wanted:
        return []
    found = []
    with connection.cursor() as cursor:
        for table, columns in text_columns(cursor).items():
            either = " OR ".join(f'"{column}"::text ILIKE ANY(%s)' for column in columns)
            cursor.execute(
                f'SELECT 1 FROM "{table}" WHERE {either} LIMIT 1',  # noqa: S608 - names of ours
                [wanted] * len(columns),
            )
            if cursor.fetchone():
                found.append(table)
    return found


def escaped(word: str) -> str:
    """Return a word that ILIKE takes literally."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def text_columns(cursor: Any) -> dict[str, list[str]]:
    """Return every column that can hold words, by table."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        " AND (data_type IN ('text', 'character varying', 'json', 'jsonb', 'inet')"
        "      OR data_type = 'ARRAY' AND udt_name IN ('_text', '_varchar'))"
    )
    tables: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        tables.setdefault(table, []).append(column)
    return tables


def forget_letters(signs: Iterable[str]) -> int:
    """Remove letters kept as files that name the person."""
    kept, count = letters(), 0
    if kept is None or not kept.is_dir():
        return 0
    wanted = [sign.encode() for sign in signs]
    for path in kept.iterdir():
        if path.is_file() and any(sign in path.read_bytes().lower() for sign in wanted):
            path.unlink(missing_ok=True)
            count += 1
    return count


# --- Certificates ------------------------------------------------------------------------------
def certificate(person: Person, done: Forgotten) -> dict[str, Any]:
    """Return the signed statement of what was done."""
    said: dict[str, Any] = {
        "subject": subject(person),
        "erased_at": timezone.now().isoformat(timespec="seconds"),
        "tables": dict(sorted(done.tables.items())),
        "kept": done.kept,
        "vectors": done.vectors,
        "files": done.files,
        "sessions": done.sessions,
        "remaining": done.remaining,
    }
    return said | {"signature": signed(said)}


def subject(person: Person) -> str:
    """Return a mark that only who knows the address, and the shop's secret, can compute."""
    said = person.email.lower() or str(person.shopper.pk if person.shopper else "")
    return hmac.new(key(), b"subject:" + said.encode(), hashlib.sha256).hexdigest()


def signed(said: Mapping[str, Any]) -> str:
    """Return the signature of a certificate's words."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(key(), text.encode(), hashlib.sha256).hexdigest()


def verified(said: Mapping[str, Any]) -> bool:
    """Tell whether a certificate is ours and unchanged."""
    words = {name: value for name, value in said.items() if name != "signature"}
    return hmac.compare_digest(str(said.get("signature", "")), signed(words))


def key() -> bytes:
    """Return the key of certificates."""
    return hashlib.sha256(b"shopguide.erasure:" + settings.SECRET_KEY.encode()).digest()


def keep_certificate(said: Mapping[str, Any]) -> Path:
    """Keep a certificate beside the database: a restored backup forgets again by these."""
    place = Path(settings.DATA_DIR) / FOLDER / f"{said['subject'][:32]}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(said, ensure_ascii=False, indent=1))
    return place


def to_forget_again() -> list[User]:
    """Return accounts that were forgotten once and are back, as after restoring a backup."""
    place = Path(settings.DATA_DIR) / FOLDER
    gone = {path.stem for path in place.glob("*.json")} if place.is_dir() else set()
    return [
        user
        for user in User.objects.iterator()
        if gone and subject(Person(user, None))[:32] in gone
    ]


def carry_out(job: Erasure) -> None:
    """Do an erasure that a worker has claimed."""
    from profiles.exporting import proven

    shopper = job.shopper
    if shopper is None:
        job.fail("Nobody is left to forget.")
        return
    said = erase(Person(shopper.user, shopper, mentioned=proven(shopper.user)))
    keep_certificate(said)
    with as_everyone():
        job.shopper = None
        job.finish(certificate=said)


__all__ = ["carry_out", "erase", "folder", "to_forget_again", "verified"]
