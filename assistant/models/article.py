"""What a shop knows: articles in versions, and the passages of those that are approved.

An article is written in versions; one of them, once a person has approved it, is live. Passages and
their parts exist for live versions only and are written in the same transaction as the approval, so
that old text is gone at once. As with products, "needs encoding" is a queryset.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from shopguide.accounts.models import Merchant

LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LONGEST_BODY = 200_000


class Kind(models.TextChoices):
    """What an article is."""

    FAQ = "faq", _("Question and answer")
    POLICY = "policy", _("Policy")
    MANUAL = "manual", _("Manual")
    SIZES = "sizes", _("Size chart")
    COMPATIBILITY = "compatibility", _("Compatibility")


class Source(models.TextChoices):
    """Where an article came from."""

    WRITTEN = "written", _("Written here")
    UPLOADED = "uploaded", _("From a file")
    IMPORTED = "imported", _("Imported")
    TERMS = "terms", _("From the shop's rules")
    CHAT = "chat", _("From a chat")
    DEMO = "demo", _("Demo")


class State(models.TextChoices):
    """Whether shoppers get it."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    RETIRED = "retired", _("Retired")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles of shops."""

    def approved(self) -> Self:
        """Keep what shoppers get."""
        return self.filter(state=State.APPROVED)

    def waiting(self) -> Self:
        """Keep what has a version newer than the one that is live, retired ones left out."""
        return self.exclude(state=State.RETIRED).filter(latest__gt=F("live"))


class Article(models.Model):
    """One subject in one language. ``live``: the approved version's number, 0 for none.

    ``key``: what names it at its source, so that importing again makes a version, not a twin.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, related_name="articles", db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FAQ)
    language = models.CharField(max_length=10, choices=LANGUAGES)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WRITTEN)
    source_name = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    live = models.PositiveIntegerField(default=0)
    latest = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "language", "key"],
                condition=~Q(key=""),
                name="article_key_once",
            ),
            models.CheckConstraint(condition=Q(live__lte=F("latest")), name="article_live_exists"),
            models.CheckConstraint(
                condition=Q(state=State.APPROVED, live__gt=0)
                | (~Q(state=State.APPROVED) & Q(live=0)),
                name="article_approved_is_live",
            ),
        ]
        indexes = [models.Index(fields=["merchant", "state"], name="article_merchant_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        """Tell whether somebody has to approve a version."""
        return self.state != State.RETIRED and self.latest > self.live


class ArticleVersion(models.Model):
    """What an article says from its approval on. Rows are only ever added.

    ``asked``: other ways to ask for it, one a line; nobody reads them but search.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=LONGEST_BODY)
    asked = models.TextField(max_length=10_000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
        ]


class Passage(models.Model):
    """A piece of a live version that answers by itself, as shoppers may read it.

    ``text`` is ``body[start:end]`` of the version. ``terms``: its words, weighted A (title and
    other ways to ask), B (headings) and D (text).
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="passages")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    asked = models.TextField(blank=True)
    terms = SearchVectorField()

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "version", "position"], name="knowledge_passage_once"
            ),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="passage_span_in_order"),
        ]
        indexes = [
            GinIndex(fields=["terms"], name="knowledge_passage_terms", fastupdate=False),
            models.Index(fields=["merchant", "language"], name="knowledge_passage_scope"),
        ]


class PartQuerySet(models.QuerySet["PassagePart"]):
    """Texts to encode."""

    def needing(self, encoder_id: str) -> Self:
        """Keep parts that this encoder has not encoded as they stand now."""
        encoded = PartVector.objects.filter(part=OuterRef("pk"), encoder_id=encoder_id)
        current = Coalesce(Subquery(encoded.values("text_hash")[:1]), Value(""))
        return self.exclude(text_hash=current).order_by("pk")


class PassagePart(models.Model):
    """What an encoder reads of a passage: a way to ask for it, a sentence of it, or all of it.

    ``text`` stands by itself: sentences carry their title and heading. ``start``, ``end``: the
    sentence within the passage's text.
    """

    class Role(models.TextChoices):
        """Which part it is."""

        ASKED = "asked"
        WHOLE = "whole"
        SENTENCE = "sentence"

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, related_name="+"
    )
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="parts")
    role = models.CharField(max_length=10, choices=Role.choices)
    text = models.TextField()
    text_hash = models.CharField(max_length=32)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    objects = PartQuerySet.as_manager()


class PartVector(models.Model):
    """A part as one encoder sees it. A shop has few enough of them that no index is asked."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    part = models.ForeignKey(PassagePart, on_delete=models.CASCADE, related_name="vectors")
    encoder_id = models.CharField(max_length=120)
    text_hash = models.CharField(max_length=32)
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "encoder_id"], name="part_vector_once"),
        ]


class Gap(models.Model):
    """A question that the shop's knowledge did not answer, and how often it came.

    What could say who asked (numbers, addresses) is struck out before it is kept.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    language = models.CharField(max_length=10, choices=LANGUAGES)
    key = models.CharField(max_length=200)
    question = models.CharField(max_length=300)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-times", "-last_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "language", "key"], name="gap_once"),
        ]
