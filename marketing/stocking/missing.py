"""Note each day what is sold out, for stock itself remembers nothing.

Once an hour by a worker: a product of which no variant can be had is noted for today, once. A day
counts as sold out from its first empty hour on; what was sold before stays counted.
"""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.models import Product, Stock
from marketing.models import SoldOut
from shopguide.accounts.tenancy import as_everyone

KEPT_DAYS = 730


def note_today(today: datetime.date | None = None) -> int:
    """Note every live product without stock as sold out today; return how many are new.

    A product whose stock nobody counts is not noted. Two statements.
    """
    day = today or timezone.localdate()
    with as_everyone():
        counted = Stock.objects.filter(variant__product=OuterRef("pk"), variant__active=True)
        rows = Product.objects.live().filter(Exists(counted)).exclude(
            Exists(counted.filter(quantity__gt=0))
        )  # fmt: skip
        known = SoldOut.objects.filter(product=OuterRef("pk"), day=day)
        fresh = rows.exclude(Exists(known)).order_by("pk").values_list("pk", "merchant")
        made = SoldOut.objects.bulk_create(
            [SoldOut(product_id=pk, merchant_id=shop, day=day) for pk, shop in fresh],
            ignore_conflicts=True,
        )
        SoldOut.objects.filter(day__lt=day - datetime.timedelta(days=KEPT_DAYS)).delete()
    return len(made)
