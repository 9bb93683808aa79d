"""Bring many articles in from one file, again and again: what is known becomes a new version.

For `manage.py import_knowledge` and the portal. Reads lists of questions and answers (JSON, JSON
Lines, CSV), guidelines of a service desk (flows with their steps), and single documents; plain, .gz
or .xz. Good entries are kept, bad ones reported with their place and a remedy.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext_noop as _

from assistant.knowledge.articles import TooMany, approve, cleaned, write
from assistant.knowledge.documents import KINDS, MOST_BYTES, decoded, text_of
from assistant.models.article import LANGUAGES, Kind, Source
from catalog.feeds.problems import Refused
from catalog.lexicon.folding import fold
from catalog.text import language_of
from shopguide.accounts.models import Merchant, User

MOST_UNPACKED = 40 << 20
MOST_ENTRIES = 10_000
MOST_ERRORS = 100
TITLES = ("question", "title", "q", "问题", "标题", "问")
BODIES = ("answer", "body", "text", "content", "a", "答案", "回答", "正文", "内容", "答")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a file gives it; ``place``: its number in the file or its path."""

    place: str
    title: str
    body: str
    language: str = ""
    kind: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """What holds for all entries of a file; an empty language or kind is each entry's own."""

    file_name: str
    language: str
    kind: str
    live: bool
    by: User | None


@dataclass
class Report:
    """What became of a file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, place: str, reason: str, remedy: str) -> None:
        """Note an entry that cannot be taken."""
        self.failed += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append({"entry": place, "reason": reason, "remedy": remedy})


def import_file(
    merchant: Merchant,
    name: str,
    content: bytes,
    *,
    language: str = "",
    kind: str = "",
    live: bool = True,
    by: User | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Take a file's articles in, approved if ``live``. Errors: Refused for the file as a whole.

    ``language``: of all entries; without it each entry's own, or the one it is written in.
    """
    report, how = Report(), How(PurePath(name).name, language, kind, live, by)
    for number, entry in enumerate(entries(name, content), 1):
        if number > MOST_ENTRIES:
            report.refuse(entry.place, _("The file has too many entries."), _("Import the rest."))
            break
        _take(merchant, entry, report, how)
        progress(number)
    if not (report.created or report.updated or report.unchanged or report.failed):
        raise Refused(
            _("There are no articles in the file."),
            _("Give each entry a question and an answer, or a title and a body."),
        )
    return report


def _take(merchant: Merchant, entry: Entry, report: Report, how: How) -> None:
    title, body = cleaned(entry.title), cleaned(entry.body)
    if not title or not body:
        report.refuse(entry.place, _("The question or the answer is missing."), _("Write both."))
        return
    spoken = how.language or _language(entry.language) or _written_in(f"{title} {body[:400]}")
    meant = how.kind or (entry.kind if entry.kind in Kind.values else Kind.FAQ)
    try:
        article = write(
            merchant, title=title, body=body, asked=entry.asked, language=spoken, kind=meant,
            source=Source.IMPORTED, source_name=how.file_name, key=f"file:{fold(title)}", by=how.by,
        )  # fmt: skip
    except TooMany:
        report.refuse(entry.place, _("The shop has too many articles."), _("Delete some first."))
        return
    if article.latest == article.live:
        report.unchanged += 1
    elif article.latest == 1:
        report.created += 1
    else:
        report.updated += 1
    if how.live and article.latest != article.live:
        approve(article, by=how.by)


def _language(code: str) -> str:
    code = code.lower()
    return "zh-hans" if code.startswith("zh") else code if code in dict(LANGUAGES) else ""


def _written_in(text: str) -> str:
    return "zh-hans" if language_of(text).language.startswith("zh") else "en"


def entries(name: str, content: bytes) -> Iterator[Entry]:
    """Yield a file's entries. Errors: Refused."""
    content, name = unpacked(name, content)
    kind = PurePath(name).suffix.lower()
    if kind in KINDS:
        text = text_of(name, content)
        yield Entry("1", _title_of(text) or PurePath(name).stem, text, kind=Kind.MANUAL)
    elif kind == ".csv":
        yield from _of_table(decoded(content))
    elif kind in (".jsonl", ".ndjson"):
        yield from _of_lines(decoded(content))
    elif kind == ".json":
        yield from _of_json(_json(decoded(content)))
    else:
        raise Refused(
            _("Files of this kind cannot be read."),
            _("Give json, jsonl, csv, md, txt, html, docx or pdf, plain or as .gz or .xz."),
            kind,
        )


def unpacked(name: str, content: bytes) -> tuple[bytes, str]:
    """Unpack .gz and .xz up to a limit. Errors: Refused."""
    packed: dict[bytes, Callable[[io.BytesIO], Any]] = {
        b"\x1f\x8b": lambda raw: gzip.GzipFile(fileobj=raw),
        b"\xfd7zXZ\0": lzma.LZMAFile,
    }
    opened = next((one for magic, one in packed.items() if content.startswith(magic)), None)
    if opened is None:
        return content, name
    try:
        with opened(io.BytesIO(content)) as stream:
            found = stream.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, MemoryError) as error:
        raise Refused(
            _("The compressed file is damaged or ends too early."), _("Compress it again.")
        ) from error
    if len(found) > MOST_UNPACKED:
        raise Refused(_("The file unpacks to far more than a document."), _("Check it."))
    return found, name.removesuffix(".gz").removesuffix(".xz")


def _title_of(text: str) -> str:
    first = text.split("\n", 1)[0]
    return first.lstrip("# ").strip()[:200] if first.startswith("#") else ""


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(_("The file is not JSON."), _("Check it with a JSON editor.")) from error


def _of_lines(text: str) -> Iterator[Entry]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            yield _entry(str(number), found)


def _of_table(text: str) -> Iterator[Entry]:
    csv.field_size_limit(MOST_BYTES)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""))
        for number, row in enumerate(rows, 2):
            yield _entry(str(number), row)
    except csv.Error as error:
        raise Refused(_("The table cannot be read."), _("Save it as CSV again.")) from error


def _of_json(found: Any) -> Iterator[Entry]:
    """Yield entries of a list, of an object that holds one, or of guidelines by flow."""
    if isinstance(found, dict):
        flows = [one for one in found.values() if isinstance(one, dict) and "subflows" in one]
        if flows:
            yield from _of_flows(found)
            return
        lists = [one for one in found.values() if isinstance(one, list)]
        found = max(lists, key=len, default=[found])
    if not isinstance(found, list):
        found = [found]
    for number, one in enumerate(found, 1):
        yield _entry(str(number), one)


def _entry(place: str, row: Any) -> Entry:
    """Read one entry by the usual names of its fields; what is no entry has no words."""
    if not isinstance(row, dict):
        return Entry(place, "", "")
    plain = {
        str(name).strip().lower().removeprefix("\ufeff"): value
        for name, value in row.items()
        if isinstance(value, str)
    }

    def of(names: tuple[str, ...]) -> str:
        return next((plain[name] for name in names if plain.get(name, "").strip()), "")

    return Entry(
        place, of(TITLES), of(BODIES), of(("language", "locale", "lang", "语言")),
        of(("kind", "type", "类型")), of(("asked", "other_questions", "相似问题")),
    )  # fmt: skip


def _of_flows(flows: dict[str, Any]) -> Iterator[Entry]:
    """Yield one article a subflow: what to do, step by step."""
    for name, flow in flows.items():
        subflows = flow.get("subflows") if isinstance(flow, dict) else None
        for title, steps in subflows.items() if isinstance(subflows, dict) else ():
            body = _steps(steps) if isinstance(steps, dict) else ""
            about = flow.get("description", "")
            yield Entry(f"{name}/{title}", str(title), body, kind=Kind.MANUAL,
                        asked=f"{name}\n{about}" if isinstance(about, str) else name)  # fmt: skip


def _steps(steps: dict[str, Any]) -> str:
    lines = [str(one) for one in _list(steps.get("instructions"))[:1]]
    for action in _list(steps.get("actions")):
        if isinstance(action, dict):
            lines += ["", str(action.get("text", ""))]
            lines += [f"- {one}" for one in _list(action.get("subtext"))]
    lines += ["", *(str(one) for one in _list(steps.get("instructions"))[1:])]
    return "\n".join(lines)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
