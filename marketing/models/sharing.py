"""What shoppers pass on: links to products, and lists that several keep together."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.models import Product
from shopguide.accounts.models import Merchant, Shopper

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """Return a word that nobody guesses: 14 of 31 letters."""
    return "".join(secrets.choice(LETTERS) for _place in range(14))


class ShareLink(models.Model):
    """A link to a product with its sharer's code; revoked, it leads nowhere."""

    shopper = models.ForeignKey(
        Shopper, on_delete=models.CASCADE, related_name="share_links", db_index=False
    )
    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, db_index=False)
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="share_links", db_constraint=False
    )
    code = models.CharField(max_length=20, unique=True, default=new_code)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # How often it was opened, by whomever: nothing is kept of people who did not agree.
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shopper", "product"],
                condition=Q(revoked_at=None),
                name="share_link_once",
            ),
        ]


class ShareVisit(models.Model):
    """That somebody who agreed to be known came by a link: what an order is counted by."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="visits")
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="share_visits")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "shopper"], name="share_visit_once"),
        ]


class GroupList(models.Model):
    """A list of products that its owner opens to whoever has its word, until it is revoked.

    ``shown_as``: by which name people who follow its owner see it; empty, they do not.
    """

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="group_lists")
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=20, unique=True, default=new_code)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    shown_as = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """Somebody who joined a list under a name of their choice; ``gone_at``: left or put out."""

    group = models.ForeignKey(GroupList, on_delete=models.CASCADE, related_name="members")
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="group_memberships")
    name = models.CharField(max_length=40)
    joined_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "shopper"], name="group_member_once"),
        ]


class GroupItem(models.Model):
    """A product on a list, and who put it there."""

    group = models.ForeignKey(GroupList, on_delete=models.CASCADE, related_name="items")
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="group_items")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, db_constraint=False)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "product"], name="group_item_once"),
        ]
