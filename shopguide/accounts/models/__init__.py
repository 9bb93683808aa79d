"""People, shops, who may what in them, their keys, their log, and who is told what happens."""

from shopguide.accounts.models.audit import AuditEntry
from shopguide.accounts.models.invitation import Invitation
from shopguide.accounts.models.key import ApiKey, Scope
from shopguide.accounts.models.merchant import Membership, Merchant, MerchantQuerySet, Role
from shopguide.accounts.models.person import Shopper, User, UserManager
from shopguide.accounts.models.signing_in import Device, SecondStep
from shopguide.accounts.models.webhook import (
    DeliveryState,
    Kind,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)

__all__ = [
    "ApiKey",
    "AuditEntry",
    "DeliveryState",
    "Device",
    "Invitation",
    "Kind",
    "Membership",
    "Merchant",
    "MerchantQuerySet",
    "Role",
    "Scope",
    "SecondStep",
    "Shopper",
    "User",
    "UserManager",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
]
