"""Shops, and who may what in them."""

import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shopguide.accounts import opening
from shopguide.accounts.models.person import User


class MerchantQuerySet(models.QuerySet["Merchant"]):
    """Shops of the market place."""

    def active(self) -> Self:
        """Keep shops that are not suspended."""
        return self.filter(suspended_at=None)


class Merchant(models.Model):
    """A shop of the market place; the tenant that every merchant row belongs to."""

    slug = models.SlugField(_("name in addresses"), unique=True, max_length=60)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    about_zh = models.TextField(_("about (Chinese)"), blank=True)
    about_en = models.TextField(_("about (English)"), blank=True)
    currencies = ArrayField(
        models.CharField(max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$")]),
        verbose_name=_("currencies"),
        default=list,
    )
    # Below MEDIA_ROOT, drawn anew from what was uploaded.
    logo = models.CharField(max_length=200, blank=True)
    email = models.EmailField(_("email for customers"), blank=True)
    phone = models.CharField(_("telephone for customers"), max_length=40, blank=True)
    # What is written for everybody is written in this language first; empty is the reader's.
    language = models.CharField(
        _("first language"), max_length=10, blank=True, choices=settings.LANGUAGES
    )
    # When people are there, as `opening` reads it.
    hours = models.JSONField(default=dict, blank=True)
    holidays = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(_("part of the demo"), default=False)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)
    suspended_reason = models.TextField(_("reason of the suspension"), blank=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the shop's name in the reader's language, or the one it has."""
        chinese = (get_language() or "").startswith("zh")
        first, second = (self.name_zh, self.name_en) if chinese else (self.name_en, self.name_zh)
        return first or second or self.slug

    @property
    def logo_url(self) -> str:
        """Return the address of the logo, nothing without one."""
        return f"{settings.MEDIA_URL}{self.logo}" if self.logo else ""

    def open_at(self, moment: datetime.datetime) -> bool | None:
        """Tell whether people of the shop are there; None if it has not said when they are."""
        return opening.is_open(self.hours, self.holidays, timezone.localtime(moment))

    def opens_after(self, moment: datetime.datetime) -> datetime.datetime | None:
        """Return when people of the shop are there next after a moment; None if not said."""
        return opening.opens_next(self.hours, self.holidays, timezone.localtime(moment))

    @property
    def about(self) -> str:
        """Return what the shop says of itself in the reader's language, or in the one it has."""
        chinese = (get_language() or "").startswith("zh")
        first, second = (
            (self.about_zh, self.about_en) if chinese else (self.about_en, self.about_zh)
        )
        return first or second


class Role(models.TextChoices):
    """What a member may do: owners all, editors the catalogue, agents chats, analysts read."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    AGENT = "agent", _("Agent")
    ANALYST = "analyst", _("Analyst")


class Membership(models.Model):
    """One person's role in one shop."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    merchant = models.ForeignKey(
        Merchant, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    # Set by an owner: the person stays in the team and may do nothing.
    suspended_at = models.DateTimeField(_("paused since"), null=True, blank=True)

    class Meta:
        verbose_name = _("role in a shop")
        verbose_name_plural = _("roles in shops")
        constraints = [
            models.UniqueConstraint(fields=["user", "merchant"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.merchant.slug}"
