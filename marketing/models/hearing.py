"""What is said of a shop elsewhere than in its reviews: mentions, and the files they came in."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.models.opinion import Feeling
from profiles.models import Event
from shopguide.accounts.models import Merchant
from shopguide.work import Work


class Source(models.TextChoices):
    """Where something was said."""

    REVIEW = "review", _("Reviews")
    CHAT = "chat", _("Chats")
    SOCIAL = "social", _("Social media")
    FORUM = "forum", _("Forums")
    NEWS = "news", _("News")
    SERVICE = "service", _("Customer service")
    OTHER = "other", _("Elsewhere")


# What a file may bring; reviews and chats have rows of their own.
IMPORTED = (Source.SOCIAL, Source.FORUM, Source.NEWS, Source.SERVICE, Source.OTHER)


class MentionImport(Work):
    """A file of mentions as a job. ``errors``: the first bad lines with reason and remedy."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.CharField(max_length=500)
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SOCIAL)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class MentionQuerySet(models.QuerySet["Mention"]):
    """The vocabulary of mentions."""

    def unjudged(self, model: str) -> Self:
        """Keep mentions that this model has not judged as they stand now."""
        return self.annotate(words_hash=MD5(F("text"))).exclude(
            model=model, text_hash=F("words_hash")
        )


class Mention(models.Model):
    """One thing that somebody said. Who said it is not kept, only whether it was the same person.

    ``key`` keeps an import from storing it twice. ``aspects``: what it says of what, as
    ``{"aspect", "polarity", "start", "end"}``; stale when the words' hash or the model is another.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="mentions",
        db_constraint=False,
    )  # fmt: skip
    source = models.CharField(max_length=10, choices=Source.choices)
    site = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=32)
    author = models.CharField(max_length=16, blank=True)
    author_since = models.DateField(null=True, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    said_at = models.DateTimeField()
    mention_import = models.ForeignKey(
        MentionImport, null=True, blank=True, on_delete=models.CASCADE, related_name="mentions"
    )
    # Said in a chat. Whoever forgets the event forgets this with it: the database sees to that,
    # since the shopper who forgets does not see a shop's rows.
    event = models.OneToOneField(
        Event, null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+",
        db_constraint=False,
    )  # fmt: skip
    stored_at = models.DateTimeField(default=timezone.now)
    model = models.CharField(max_length=120, blank=True)
    text_hash = models.CharField(max_length=32, blank=True)
    feeling = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    score = models.FloatField(null=True, blank=True)
    aspects = models.JSONField(default=list, blank=True)

    objects: ClassVar[Any] = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        indexes = [
            models.Index(fields=["merchant", "-said_at"], name="mention_of_shop"),
            models.Index(fields=["product", "-said_at"], name="mention_of_product"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "key"], name="mention_once"),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="mention_source_known"
            ),
            models.CheckConstraint(
                condition=Q(stars=None) | Q(stars__range=(1, 5)), name="mention_stars"
            ),
            models.CheckConstraint(
                condition=Q(feeling="") | Q(feeling__in=Feeling.values),
                name="mention_feeling_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Listening(models.Model):
    """What a shop's voices were when they were last weighed; another state means: weigh again."""

    merchant = models.OneToOneField(
        Merchant, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    state = models.CharField(max_length=200, blank=True)
    weighed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.merchant_id}: {self.state}"
