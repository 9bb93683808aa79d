"""What is said of the demo's shops elsewhere: eight quiet weeks, and a hoodie that smells.

For `load_marketing_demo`. The words were written for this demo; times count back from the day it is
loaded. They go the way of an import: kept once, judged (by the word lists, at first), weighed.
Doing it twice changes nothing.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
from pathlib import Path

from django.utils import timezone

from catalog.models import Product
from catalog.opinions.judges import WordJudge
from catalog.text.languages import language_of
from marketing.listening.judging import judge_mentions
from marketing.listening.turning import weigh_shop
from marketing.models import AlertWatch, Mention
from shopguide.accounts.models import Merchant, Role
from shopguide.accounts.tenancy import as_merchant

SAID = Path(__file__).parent / "demo/said.tsv"
SITE = "demo"


def demonstrate(slugs: tuple[str, ...] = ()) -> dict[str, int]:
    """Let people talk about the demo's shops, or some of them; return new alerts by shop."""
    found: dict[str, int] = {}
    for shop in Merchant.objects.filter(is_demo=True):
        if slugs and shop.slug not in slugs:
            continue
        if keep(shop):
            judge_mentions(shop, judge=WordJudge())
            found[shop.slug] = len(weigh_shop(shop))
    return found


def keep(shop: Merchant) -> int:
    """Keep what is said of one shop, and let its owners be written to; return how many are new."""
    lines = [one for one in told() if one[0] == shop.slug]
    with as_merchant(shop):
        products = dict(Product.objects.filter(merchant=shop).values_list("sku", "pk"))
        rows = [row for place, one in enumerate(lines)
                if (row := row_of(shop, one, place, products))]  # fmt: skip
        there = {row.key for row in rows} & set(
            Mention.objects.filter(merchant=shop).values_list("key", flat=True)
        )
        fresh = [row for row in rows if row.key not in there]
        Mention.objects.bulk_create(fresh, ignore_conflicts=True)
        owners = shop.memberships.filter(role=Role.OWNER).values_list("user", flat=True)
        AlertWatch.objects.bulk_create(
            [AlertWatch(merchant=shop, user_id=user) for user in owners], ignore_conflicts=True
        )
    return len(fresh)


def told() -> list[list[str]]:
    """Return the lines of the demo: shop, SKU, days ago, source, site, words."""
    with SAID.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def row_of(shop: Merchant, line: list[str], place: int, products: dict[str, int]) -> Mention | None:
    """Return one line as a mention, unsaved; None where the product is gone."""
    _slug, sku, days, source, site, text = line
    if sku not in products:
        return None
    key = hashlib.md5(f"demo:{shop.slug}:{place}".encode(), usedforsecurity=False).hexdigest()
    return Mention(
        merchant=shop, product_id=products[sku], source=source, site=site or SITE, key=key,
        text=text, language=language_of(text).language,
        said_at=timezone.now() - datetime.timedelta(days=float(days)),
    )  # fmt: skip
