"""User (signs in by e-mail), Shopper (who buys), Merchant (a shop), Membership (who may what)."""

from shopguide.accounts.models.merchant import Membership, Merchant, MerchantQuerySet, Role
from shopguide.accounts.models.person import Shopper, User, UserManager

__all__ = [
    "Membership",
    "Merchant",
    "MerchantQuerySet",
    "Role",
    "Shopper",
    "User",
    "UserManager",
]
