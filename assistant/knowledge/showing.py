"""Articles as pages show them: blocks of a body, what differs between versions, rows of lists.

For views. A body is plain text with few signs (# headings, - lists, | tables); it becomes blocks
that templates write, so nothing in it is ever markup, and no address in it is ever a link.
"""

from __future__ import annotations

import difflib
import re
from typing import Any

from django.utils.translation import gettext as _

from assistant.knowledge.splitting import HEADING, ITEM, RULE, TABLE
from assistant.models import Article, ArticleVersion
from assistant.models.article import Kind, Source, State

AROUND = 2  # unchanged lines shown beside a change
_NUMBERED = re.compile(r"^[ \t]*\d{1,3}[.)、]")


def blocks_of(body: str) -> list[dict[str, Any]]:
    """Return a body as blocks: heading, text, list, table."""
    found: list[dict[str, Any]] = []
    for line in body.split("\n"):
        last: dict[str, Any] = found[-1] if found else {"kind": ""}
        if not line.strip():
            found.append({"kind": ""})
        elif heading := HEADING.match(line):
            found.append({"kind": "heading", "text": heading[2]})
        elif TABLE.match(line):
            _row(found, last, line)
        elif (item := ITEM.match(line)) and line[item.end() :].strip():
            kind = "steps" if _NUMBERED.match(line) else "list"
            if last["kind"] != kind:
                found.append({"kind": kind, "points": []})
            found[-1]["points"].append(line[item.end() :].strip())
        elif last["kind"] == "text":
            last["lines"].append(line.strip())
        else:
            found.append({"kind": "text", "lines": [line.strip()]})
    return [block for block in found if block["kind"]]


def _row(found: list[dict[str, Any]], last: dict[str, Any], line: str) -> None:
    if RULE.match(line):
        return
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if last["kind"] == "table":
        labels = [*last["head"], *[""] * len(cells)]
        last["rows"].append(
            [{"label": label, "text": cell} for label, cell in zip(labels, cells, strict=False)]
        )
    else:
        found.append({"kind": "table", "head": cells, "rows": []})


def difference(before: ArticleVersion | None, after: ArticleVersion) -> list[dict[str, str]]:
    """Return what changed from one version to another, line by line; far unchanged lines left out.

    Kinds: same, added, removed, gap.
    """
    old, new = _lines(before), _lines(after)
    rows: list[dict[str, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        if rows:
            rows.append({"kind": "gap", "text": "…"})
        for tag, first, last, begin, end in group:
            if tag == "equal":
                rows += [{"kind": "same", "text": line} for line in old[first:last]]
                continue
            rows += [{"kind": "removed", "text": line} for line in old[first:last]]
            rows += [{"kind": "added", "text": line} for line in new[begin:end]]
    return rows


def _lines(version: ArticleVersion | None) -> list[str]:
    if version is None:
        return []
    return [f"# {version.title}", *version.body.split("\n"), *version.asked.splitlines()][:5_000]


def article_row(article: Article) -> dict[str, Any]:
    """Return an article as a list shows it."""
    return {
        "pk": article.pk,
        "title": article.title,
        "kind": Kind(article.kind).label,
        "language": article.get_language_display(),
        "lang": article.language,
        "source": Source(article.source).label,
        "state": article.state,
        "state_label": state_label(article),
        "state_kind": state_kind(article),
        "updated_at": article.updated_at,
        "by_rules": article.source == Source.TERMS,
    }


def state_label(article: Article) -> str:
    """Return in words whether shoppers get it."""
    if article.state == State.APPROVED and article.waits:
        return _("Shown, newer version waits")
    labels = {
        State.APPROVED: _("Shown to shoppers"),
        State.DRAFT: _("Waits for approval"),
        State.RETIRED: _("Retired"),
    }
    return labels[State(article.state)]


def state_kind(article: Article) -> str:
    """Return the badge's colour."""
    if article.waits:
        return "warn"
    return "good" if article.state == State.APPROVED else ""
