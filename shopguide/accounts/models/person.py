"""People: the user who signs in by email, and the shopper who looks and buys."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from shopguide.accounts.models.merchant import MerchantQuerySet


class UserManager(BaseUserManager["User"]):
    """Creates users by email."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user; without a password only other ways of signing in work."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an operator who may use the Django admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person: shopper, member of shops, or operator. There is no user name, only an email."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("email"), unique=True)
    # One of the demo's logins, whose password everybody knows: no second step is asked of it.
    is_demo = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[assignment,misc]

    def merchants(self) -> MerchantQuerySet:
        """Return the active shops this person is a member of."""
        from shopguide.accounts.models.merchant import Merchant

        return Merchant.objects.active().filter(
            memberships__user=self, memberships__suspended_at=None
        )


class Shopper(models.Model):
    """Who looks and buys: a browser at first, a person once signed in. Owns cart and orders."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="shopper"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user or self.pk)
