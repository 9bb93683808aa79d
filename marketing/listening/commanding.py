"""One cycle of listening at once, for the commands ``listen`` and ``import_mentions``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from catalog.opinions.judging import judge_reviews
from catalog.tasks import judge_in_use
from marketing.listening.judging import judge_mentions
from marketing.listening.telling import send_due
from marketing.listening.turning import weigh_shop
from marketing.models import OpinionAlert, Suspicion
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


def shop_of(slug: str) -> Merchant:
    """Return the shop with this address. Errors: CommandError, naming some that there are."""
    found = Merchant.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Merchant.objects.values_list("slug", flat=True)[:8])
        raise CommandError(f"There is no shop “{slug}”. Name one of: {known or '(none yet)'}.")
    return found


def listen_now(shop: Merchant) -> dict[str, Any]:
    """Judge, weigh and write letters for a shop; return counts and its open alerts."""
    judge = judge_in_use()
    judged = judge_reviews(shop, judge=judge) + judge_mentions(shop, judge=judge)
    fresh = weigh_shop(shop)
    send_due()
    with as_merchant(shop):
        rows = OpinionAlert.objects.filter(merchant=shop).open().select_related("product")
        alerts = [alert_told(one, shop) for one in rows]
        doubted = Suspicion.objects.filter(merchant=shop, cleared_at=None).count()
    return {"judged": judged, "doubted": doubted, "new": len(fresh), "alerts": alerts}


def alert_told(alert: OpinionAlert, shop: Merchant) -> dict[str, Any]:
    """Return an alert as the commands print it, with some of what was said."""
    from marketing.listening.quoting import quotes_of

    return {
        "merchant": shop.slug,
        "sku": alert.product.sku,
        "aspect": alert.aspect,
        "first_day": alert.first_day.isoformat(),
        "last_day": alert.last_day.isoformat(),
        "seen": alert.seen,
        "expected": round(alert.expected, 2),
        "doubtful": alert.doubtful,
        "quotes": [one.quote for one in quotes_of(alert, most=5)],
        "answer": alert.answer,
    }
