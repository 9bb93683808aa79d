"""Put alerts among what waits for a person, on the portal's overview."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.concerns import Concern, register
from marketing.models import OpinionAlert
from shopguide.accounts.models import Merchant


def open_alerts(merchant: Merchant) -> QuerySet[OpinionAlert]:
    """Return the alerts that nobody has closed."""
    rows: QuerySet[OpinionAlert] = OpinionAlert.objects.filter(merchant=merchant).open()
    return rows


def register_alerts() -> None:
    """Let the overview count open alerts."""
    register(
        Concern(
            "alerts", _("Opinion alerts"), _("Complaints of one thing, more than chance explains."),
            "alert", "merchant_voices", open_alerts,
        )
    )  # fmt: skip
