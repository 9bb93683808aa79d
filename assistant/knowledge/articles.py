"""Write, approve, retire and restore articles: the only way their rows change.

For the portal, imports and the demo. Whoever approves makes a version live and replaces the
passages in one transaction: from then on old text is found nowhere. Vectors follow within seconds
(the caller rings); until then the new text is found by its words. Nothing is ever overwritten.
"""

from __future__ import annotations

import re

from django.utils import timezone

from assistant.knowledge.indexing import forget_article, index_article
from assistant.models import Article, ArticleVersion
from assistant.models.article import LONGEST_BODY, Kind, Source, State
from catalog.lexicon.folding import fold
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

MOST_ARTICLES = 20_000
_SPACES = re.compile(r"[ \t\u00a0\u3000]+(?=\n|$)")
_BLANK = re.compile(r"\n{3,}")
# What is not seen but read: zero width, direction marks, tags. Nobody writes an answer with them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


class Outdated(Exception):
    """Somebody has written another version meanwhile; ``number`` is the latest."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TooMany(Exception):
    """The shop has as many articles as it may."""


def cleaned(text: str) -> str:
    """Return a text with plain line ends, without what cannot be seen."""
    plain = text.encode("utf-8", "ignore").decode("utf-8")
    plain = _INVISIBLE.sub("", plain.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK.sub("\n\n", _SPACES.sub("", plain)).strip()[:LONGEST_BODY]


def write(
    merchant: Merchant,
    *,
    title: str,
    body: str,
    language: str,
    kind: str = Kind.FAQ,
    asked: str = "",
    source: str = Source.WRITTEN,
    source_name: str = "",
    key: str = "",
    by: User | None = None,
) -> Article:
    """Write a new article, a draft; with a ``key`` that is known, its next version.

    What the latest version says already adds none. Errors: TooMany.
    """
    with as_merchant(merchant):
        found = None
        if key := key[:200]:
            mine = Article.objects.filter(merchant=merchant, language=language, key=key)
            found = mine.select_for_update().first()
        if found is None:
            if Article.objects.filter(merchant=merchant).count() >= MOST_ARTICLES:
                raise TooMany
            found = Article.objects.create(
                merchant=merchant, kind=kind, language=language, title=_title(title),
                source=source, source_name=source_name[:200], key=key,
            )  # fmt: skip
        elif found.state == State.RETIRED:
            found.state = State.DRAFT
        return _add(found, title=title, body=body, asked=asked, by=by)


def revise(
    article: Article,
    *,
    title: str,
    body: str,
    asked: str = "",
    kind: str = "",
    after: int | None = None,
    by: User | None = None,
) -> Article:
    """Add a version; ``after``: the number that was changed. Errors: Outdated."""
    with as_merchant(article.merchant_id):
        row = Article.objects.select_for_update().get(pk=article.pk)
        if after is not None and after != row.latest:
            raise Outdated(row.latest)
        row.kind = kind or row.kind
        if row.state == State.RETIRED:
            row.state = State.DRAFT
        return _add(row, title=title, body=body, asked=asked, by=by)


def _add(article: Article, *, title: str, body: str, asked: str, by: User | None) -> Article:
    title, body, asked = _title(title), cleaned(body), cleaned(asked)[:10_000]
    latest = article.versions.first()
    said = (title, body, asked)
    if latest is None or (latest.title, latest.body, latest.asked) != said:
        article.latest += 1
        ArticleVersion.objects.create(
            merchant_id=article.merchant_id, article=article, number=article.latest, title=title,
            body=body, asked=asked, made_by=by,
        )  # fmt: skip
    if not article.live:
        article.title = title
    article.updated_at = timezone.now()
    article.save()
    return article


def approve(article: Article, number: int | None = None, *, by: User | None = None) -> Article:
    """Make a version live, the latest unless told otherwise; its passages are there at once."""
    with as_merchant(article.merchant_id):
        row = Article.objects.select_for_update().get(pk=article.pk)
        version = row.versions.get(number=number or row.latest)
        version.approved_at, version.approved_by = timezone.now(), by
        version.save(update_fields=["approved_at", "approved_by"])
        row.live, row.state, row.title = version.number, State.APPROVED, version.title
        row.updated_at = timezone.now()
        row.save()
        index_article(row, version)
    return row


def restore(article: Article, number: int, *, by: User | None = None) -> Article:
    """Write an earlier version once more, as the newest; somebody has still to approve it."""
    with as_merchant(article.merchant_id):
        row = Article.objects.select_for_update().get(pk=article.pk)
        version = row.versions.get(number=number)
        if row.state == State.RETIRED:
            row.state = State.DRAFT
        return _add(row, title=version.title, body=version.body, asked=version.asked, by=by)


def retire(article: Article) -> Article:
    """Take an article away from shoppers; its versions stay."""
    with as_merchant(article.merchant_id):
        row = Article.objects.select_for_update().get(pk=article.pk)
        row.state, row.live, row.updated_at = State.RETIRED, 0, timezone.now()
        row.save()
        forget_article(row)
    return row


def delete(article: Article) -> None:
    """Delete an article with all its versions and passages."""
    with as_merchant(article.merchant_id):
        Article.objects.filter(pk=article.pk).delete()


def suggest(
    merchant: Merchant, *, question: str, answer: str, language: str, by: User | None = None
) -> Article:
    """Propose an answer given in a chat as an article; a person has to approve it."""
    key = f"chat:{fold(question)}"[:200]
    return write(
        merchant, title=question, body=answer, language=language, source=Source.CHAT, key=key, by=by
    )


def _title(text: str) -> str:
    return " ".join(cleaned(text).split())[:200] or "—"
