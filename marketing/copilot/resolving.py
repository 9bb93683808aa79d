"""Find what a name in a question means in this shop: a product, brand, category or city.

To be called as the merchant. Exact names come before parts of names; nothing is guessed.
"""

from __future__ import annotations

from functools import cached_property

from django.db.models import Q

from catalog.models import Category, Order, Product, Variant
from marketing.copilot.plans import Days, Named
from marketing.figures.products import sells_least
from marketing.figures.reading import Asked, parted
from profiles.measuring import METRICS
from shopguide.accounts.models import Merchant

MOST, GROUP = 200, 5
LONGEST = 80


class ShopNames:
    """One shop's names, asked when they are needed."""

    def __init__(self, merchant: Merchant, days: Days | None = None) -> None:
        """Remember whose."""
        from django.utils import timezone

        self.merchant = merchant
        self.span = (days or Days()).span(timezone.now())

    def find(self, text: str) -> Named | None:
        """Return what is called so: by article number, brand, category, city, then title."""
        text = text.strip()[:LONGEST]
        if not text:
            return None
        return (
            self.numbered(text) or self.brand(text) or self.category(text) or self.city(text)
            or self.titled(text)
        )  # fmt: skip

    def group(self, metric: str, ascending: bool) -> Named | None:
        """Return the products that stand first, or last, by a figure of the usual period."""
        if metric == "units" and ascending:
            rows = [pk for pk, _units in sells_least(self.merchant, self.span)]
        else:
            asked = Asked(
                METRICS[metric], self.span, "product", ascending=ascending, limit=GROUP + 1
            )
            rows = [one.value for one in parted(self.merchant, asked) if one.value][:GROUP]
        return self.named_products(rows) if rows else None

    def named_products(self, pks: list[int]) -> Named:
        """Return some products, called by the first of them."""
        found = Product.objects.of(self.merchant).filter(pk__in=pks).prefetch_related("texts")
        by_pk = {one.pk: one for one in found}
        known = [by_pk[pk] for pk in pks if pk in by_pk]
        label = known[0].title if known else ""
        return Named("product", tuple(one.pk for one in known), label)

    def numbered(self, text: str) -> Named | None:
        """Return the product, or its variant's, with this article number."""
        own = Product.objects.of(self.merchant).filter(deleted_at=None)
        found = own.filter(sku__iexact=text).first()
        if found is None:
            variant = Variant.objects.filter(merchant=self.merchant, sku__iexact=text).first()
            found = own.filter(pk=variant.product_id).first() if variant else None
        return Named("product", (found.pk,), found.title) if found else None

    def brand(self, text: str) -> Named | None:
        """Return a brand by its whole name."""
        own = Product.objects.of(self.merchant).filter(deleted_at=None)
        brand = own.filter(brand__iexact=text).values_list("brand", flat=True).first()
        return Named("brand", (brand,), brand) if brand else None

    def category(self, text: str) -> Named | None:
        """Return a category with all that is below it."""
        usable = Category.objects.usable_by(self.merchant)
        singular = Q(name_en__iexact=text) | Q(name_zh=text) | Q(path__iexact=text)
        found = usable.filter(singular | Q(name_en__iexact=f"{text}s")).first()
        if found is None:
            return None
        below = usable.filter(Q(pk=found.pk) | Q(path__startswith=f"{found.path}/"))
        label = found.name_zh if found.name_zh == text else found.name_en
        return Named("category", tuple(below.values_list("path", flat=True)), label or found.path)

    @cached_property
    def cities(self) -> list[str]:
        """Return the cities that orders went to."""
        rows = Order.objects.of(self.merchant).values_list("address__city", flat=True)
        return [str(one) for one in rows.order_by().distinct()[:2000] if one]

    def city(self, text: str) -> Named | None:
        """Return a city, with or without 市."""
        wanted = text.lower().removesuffix("市")
        for one in self.cities:
            if one.lower().removesuffix("市") == wanted:
                return Named("city", (one,), one)
        return None

    def titled(self, text: str) -> Named | None:
        """Return the products whose titles contain these words, in their order or in any."""
        own = Product.objects.of(self.merchant).filter(deleted_at=None)
        found = list(own.matching(text).order_by("pk").values_list("pk", flat=True)[:MOST])
        if not found and " " in text:
            for word in text.split():
                own = own.matching(word)
            found = list(own.order_by("pk").values_list("pk", flat=True)[:MOST])
        if not found and text.isascii() and text.endswith("s"):
            return self.titled(text[:-1])
        if not found:
            return None
        label = self.named_products(found).label if len(found) == 1 else text
        return Named("product", tuple(found), label)
