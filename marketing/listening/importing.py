"""Bring a file of mentions into a shop: read, find the product, keep each once.

For the task and the command ``import_mentions``. Done twice it changes nothing. It judges nothing:
a worker does, since what needs judging is a queryset.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.utils import timezone

from catalog.feeds.opening import Source as File
from catalog.lexicon.folding import fold
from catalog.text.languages import language_of
from marketing.listening.matching import Names
from marketing.listening.reading import Bad, Heard, mentions_in
from marketing.models import Mention, MentionImport
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

CHUNK = 500
MOST_ERRORS = 50


@dataclass
class Report:
    """What came of a file. ``unmatched``: taken, but of no single product."""

    rows: int = 0
    created: int = 0
    repeated: int = 0
    unmatched: int = 0
    failed: int = 0
    errors: list[dict[str, str | int]] = field(default_factory=list)

    def refuse(self, bad: Bad) -> None:
        """Count a bad line, and keep the first ones with their reasons."""
        self.failed += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(asdict(bad))


def import_mentions(
    merchant: Merchant,
    path: Path,
    *,
    source: str = "",
    product: str = "",
    job: MentionImport | None = None,
    progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import a file; ``product``: the number of the product of lines that name none.

    Errors: Refused for a file that is none. What was read before is kept.
    """
    with as_merchant(merchant):
        shelf = _Shelf(merchant, Names.of(merchant), product, job)
    report, waiting = shelf.report, list[Heard]()
    for one in mentions_in(File(path), source=source):
        report.rows += 1
        if isinstance(one, Bad):
            report.refuse(one)
            continue
        waiting.append(one)
        if len(waiting) >= CHUNK:
            shelf.keep(waiting)
            progress(report)
            waiting = []
    shelf.keep(waiting)
    return report


@dataclass
class _Shelf:
    """Where the mentions of one file go."""

    merchant: Merchant
    names: Names
    product: str
    job: MentionImport | None
    report: Report = field(default_factory=Report)

    def keep(self, heard: Sequence[Heard]) -> None:
        """Store some mentions; those that are there already stay as they are."""
        once = {one.key: one for one in heard}
        with as_merchant(self.merchant):
            mine = Mention.objects.filter(merchant=self.merchant, key__in=once)
            known = set(mine.values_list("key", flat=True))
            fresh = [self.row_of(one) for one in once.values() if one.key not in known]
            Mention.objects.bulk_create(fresh, ignore_conflicts=True)
            self.report.created += len(fresh)
            self.report.repeated += len(heard) - len(fresh)
            self.report.unmatched += sum(one.product_id is None for one in fresh)
            if self.job is not None:
                rows = MentionImport.objects.filter(pk=self.job.pk)
                rows.update(**asdict(self.report), changed_at=timezone.now())

    def row_of(self, one: Heard) -> Mention:
        """Return the row of one mention, unsaved."""
        code = one.product or ("" if one.words else self.product)
        found = self.names.find(code=code, words=one.words, text=one.text)
        return Mention(
            merchant=self.merchant, key=one.key, text=one.text, said_at=one.at, source=one.source,
            site=one.site, author=one.author, author_since=one.since, stars=one.stars,
            language=language_of(one.text).language[:10], mention_import=self.job,
            product_id=found or self.names.codes.get(fold(self.product).strip()),
        )  # fmt: skip
