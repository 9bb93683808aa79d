"""Ways of paying, behind one interface. Card numbers are never taken, shown or stored.

A provider says whether an order counts as paid when it is placed, and gives money back. ``test`` is
for demos and tests; a real provider is one more class and one more name in ``PAYMENT_PROVIDERS``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.policies.terms import Policy
from catalog.policies.versions import policy_now


class PaymentDeclined(Exception):
    """The provider did not take the payment; nothing was ordered."""


class PaymentProvider(ABC):
    """One way of paying."""

    code: str
    name: str | Promise
    help: str | Promise
    # Whether money can go back the way it came; else the shop makes a transfer.
    gives_back: bool = True

    @abstractmethod
    def pay(self, reference: str, amount: Decimal, currency: str) -> bool:
        """Take the amount for an order; True if it is paid, False if it will be. Idempotent."""

    @abstractmethod
    def refund(self, reference: str, amount: Decimal, currency: str, *, key: str = "") -> None:
        """Give an amount back, all of it or a part. Idempotent by reference and key."""


class OnDelivery(PaymentProvider):
    """The shopper pays who brings the parcel."""

    code = "on_delivery"
    name = _("Pay on delivery")
    help = _("You pay when the parcel is handed to you.")
    gives_back = False

    def pay(self, reference: str, amount: Decimal, currency: str) -> bool:
        """Leave the payment to the door."""
        return False

    def refund(self, reference: str, amount: Decimal, currency: str, *, key: str = "") -> None:
        """Nothing was taken through us."""


class Test(PaymentProvider):
    """Takes no money: every payment succeeds, save one of exactly 13.13."""

    code = "test"
    name = _("Test payment")
    help = _("No money moves. For trying the shop out.")

    def pay(self, reference: str, amount: Decimal, currency: str) -> bool:
        """Say that it is paid."""
        if amount == Decimal("13.13"):
            raise PaymentDeclined
        return True

    def refund(self, reference: str, amount: Decimal, currency: str, *, key: str = "") -> None:
        """Say that it is given back."""


KNOWN: dict[str, type[PaymentProvider]] = {one.code: one for one in (OnDelivery, Test)}


def providers(shops: Iterable[int] = ()) -> list[PaymentProvider]:
    """Return the ways of paying that all of these shops take, in the order of the setting.

    At most one query a shop.
    """
    refused = {code for shop in shops for code in refused_by(policy_now(shop))}
    return [KNOWN[code]() for code in settings.PAYMENT_PROVIDERS if code not in refused]


def refused_by(policy: Policy) -> tuple[str, ...]:
    """Return the ways of paying that a shop does not take, by its policy."""
    return () if policy.on_delivery else (OnDelivery.code,)


def provider(code: str) -> PaymentProvider | None:
    """Return a way of paying that this market place offers."""
    return KNOWN[code]() if code in settings.PAYMENT_PROVIDERS else None
