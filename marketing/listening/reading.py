"""Read a file of mentions: CSV or JSON Lines with a text, a time, and whatever else it has.

For `importing`. Columns go by many names, in both languages. A line that makes no sense is told
with a remedy and costs no other. Who said something becomes a mark that cannot be turned back;
addresses, numbers and handles in the words are blotted out.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop as _

from catalog.feeds.opening import Source as File
from catalog.feeds.problems import Refused
from catalog.lexicon.folding import fold
from catalog.opinions.moderating import CONTACT, LINK
from marketing.models.hearing import IMPORTED, Source

LONGEST = 4_000  # characters of one mention
MOST = 200_000  # mentions in one file
OLDEST = datetime.timedelta(days=20 * 365)
AHEAD = datetime.timedelta(days=1)
NAMES = {
    "text": ("text", "content", "body", "comment", "message", "review", "内容", "正文", "评论",
             "文本"),
    "at": ("time", "date", "at", "created_at", "published_at", "datetime", "timestamp", "said_at",
           "时间", "日期", "发布时间", "发表时间"),
    "source": ("source", "kind", "type", "来源", "类型"),
    "site": ("site", "platform", "channel", "网站", "平台", "渠道"),
    "author": ("author", "user", "username", "nickname", "作者", "用户", "昵称"),
    "since": ("author_since", "registered_at", "account_created", "注册时间"),
    "product": ("product", "sku", "product_sku", "item", "商品", "商品编号", "货号"),
    "words": ("words", "keywords", "product_name", "title", "关键词", "商品名", "商品名称", "标题"),
    "stars": ("stars", "rating", "score", "评分", "星级"),
    "id": ("id", "url", "link", "编号", "链接"),
}  # fmt: skip
FORMS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y-%m-%d",
         "%d.%m.%Y", "%Y年%m月%d日", "%Y年%m月%d日 %H:%M")  # fmt: skip
HANDLE = re.compile(r"(?<!\w)@[\w\-\u4e00-\u9fff]{2,30}")
BLOT = "•••"


@dataclass(frozen=True)
class Heard:
    """One mention as the file tells it, cleaned. ``key``: the same mention has the same."""

    line: int
    key: str
    text: str
    at: datetime.datetime
    source: str
    site: str = ""
    author: str = ""
    since: datetime.date | None = None
    product: str = ""
    words: str = ""
    stars: int | None = None


@dataclass(frozen=True)
class Bad:
    """A line that is no mention: reason and remedy as fixed sentences, translated when shown."""

    line: int
    reason: str
    remedy: str


class _Wrong(ValueError):
    """What is wrong with one line: reason, remedy."""


def mentions_in(file: File, *, source: str = "") -> Iterator[Heard | Bad]:
    """Yield each line of a file as a mention, or as what is wrong with it.

    ``source``: of lines that name none. Errors: Refused. Memory is one line's.
    """
    for number, (line, row) in enumerate(_rows(file)):
        if number >= MOST:
            yield Bad(line, _("The file has more than 200,000 lines."), _("Import it in parts."))
            return
        try:
            yield _heard(line, row, source)
        except _Wrong as wrong:
            yield Bad(line, *wrong.args)


def blotted(text: str) -> str:
    """Return words without handles, addresses, telephone numbers and links."""
    for pattern in (CONTACT, LINK_WHOLE, HANDLE):
        text = pattern.sub(BLOT, text)
    return text


LINK_WHOLE = re.compile(rf"https?://\S+|(?:{LINK.pattern})\S*", re.I)


def mark(author: str) -> str:
    """Return a mark of somebody that tells only whether it is the same person; nothing for none."""
    if not author.strip():
        return ""
    key = f"mention-author:{settings.SECRET_KEY}".encode()
    return hmac.new(key, fold(author).strip().encode(), hashlib.sha256).hexdigest()[:16]


def _rows(file: File) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if file.is_zip:
        raise Refused(_("This is not a list of mentions."), _("Give a CSV or JSON Lines file."))
    beginning = file.sample().lstrip(b"\xef\xbb\xbf \r\n\t")
    yield from _json(file) if beginning.startswith(b"{") else _table(file)


def _json(file: File) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line in file.lines():
        if not line.text.strip():
            continue
        try:
            row = json.loads(line.text)
        except (ValueError, RecursionError):
            row = None
        yield line.number, row if isinstance(row, dict) else {}


def _table(file: File) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(1 << 20)
    with file.text() as text:
        head = text.readline(1 << 20)
        delimiter = max("\t;|,", key=head.count)
        columns = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
        if not _column(columns, "text"):
            raise Refused(
                _("The file has no column with the words."),
                _("Name it text, and the time time; further columns are optional."),
                ", ".join(columns)[:200],
            )
        reader = csv.DictReader(_without_nulls(text), fieldnames=columns, delimiter=delimiter)
        try:
            for row in reader:
                yield reader.line_num + 1, row
        except csv.Error as error:
            raise Refused(
                _("The file cannot be read further."), _("Check its quotation marks."), str(error)
            ) from error


def _without_nulls(lines: Iterator[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in lines)


def _column(names: Any, wanted: str) -> str:
    """Return the name under which a column stands; nothing where there is none."""
    known = {str(name).strip().lower(): str(name) for name in names if name}
    return next((known[name] for name in NAMES[wanted] if name in known), "")


def _heard(line: int, row: Mapping[str, Any], source: str) -> Heard:
    cells = {
        wanted: _plain(row.get(name)) if (name := _column(row, wanted)) else "" for wanted in NAMES
    }
    text = blotted(cells["text"])[:LONGEST].strip()
    if not text:
        raise _Wrong(_("There are no words."), _("Write what was said into the column text."))
    said = fold(cells["source"]).strip()
    where = said if said in IMPORTED else source or Source.OTHER
    timed = _column(row, "at")
    at = _moment(cells["at"]) if timed else timezone.now()  # a list without times was heard today
    author = mark(cells["author"])
    named = cells["id"] or f"{author}\0{at.isoformat() if timed else ''}\0{text}"
    key = hashlib.md5(f"{where}\0{cells['site']}\0{named}".encode(), usedforsecurity=False)
    return Heard(
        line, key.hexdigest(), text, at, where,
        site=(cells["site"] or (said if said not in IMPORTED else ""))[:60],
        author=author, since=_day(cells["since"]), product=cells["product"][:200],
        words=cells["words"][:300], stars=_stars(cells["stars"]),
    )  # fmt: skip


def _plain(value: Any) -> str:
    """Return a cell as printable text."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    kept = str(value).encode("utf-8", "ignore").decode()
    return "".join(one for one in kept if one.isprintable() or one in "\n\t").strip()


def _moment(text: str) -> datetime.datetime:
    """Return when something was said; a day alone is its noon."""
    found = _parsed(text)
    now = timezone.now()
    if found is None or not now - OLDEST < found < now + AHEAD:
        raise _Wrong(
            _("When it was said cannot be read."),
            _("Write the time as 2026-11-20 14:30, in the past."),
        )
    return found


def _parsed(text: str) -> datetime.datetime | None:
    try:
        if re.fullmatch(r"\d{9,10}(\.\d+)?|\d{13}", text):
            seconds = float(text) / (1000 if len(text) == 13 else 1)
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
        found = parse_datetime(text)
    except (ValueError, OverflowError):
        return None
    for form in FORMS if found is None else ():
        try:
            found = datetime.datetime.strptime(text, form)  # the shop's zone below
        except ValueError:
            continue
        if "%H" not in form:
            found = found.replace(hour=12)
        break
    if found is None or not timezone.is_naive(found):
        return found
    return timezone.make_aware(found, timezone.get_default_timezone())


def _day(text: str) -> datetime.date | None:
    found = _parsed(text) if text else None
    return None if found is None else timezone.localdate(found)


def _stars(text: str) -> int | None:
    try:
        stars = round(float(text))
    except (ValueError, OverflowError):
        return None
    return stars if 1 <= stars <= 5 else None
