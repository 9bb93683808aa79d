"""What people think of a text, each for themselves, so that their agreement can be measured."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models.draft import Draft
from shopguide.accounts.models import Merchant


class Rating(models.Model):
    """One person's judgement of one draft: a grade, and what is wrong with it if anything."""

    class Grade(models.IntegerChoices):
        """Whether a text is fit to publish: from 3 on it is."""

        UNUSABLE = 1, _("Unusable")
        WEAK = 2, _("Needs work")
        GOOD = 3, _("Fit to publish")
        EXCELLENT = 4, _("Excellent")

    class Fault(models.TextChoices):
        """What is wrong with it."""

        NONE = "", _("Nothing")
        FACTS = "facts", _("Facts")
        LANGUAGE = "language", _("Language")
        CHANNEL = "channel", _("Wrong for its place")
        DULL = "dull", _("Says nothing")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="ratings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "by"], name="copy_rating_once"),
            models.CheckConstraint(condition=Q(grade__range=(1, 4)), name="copy_rating_grade"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.grade}"
