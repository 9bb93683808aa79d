"""Which shops' terms may say something else than their articles: for the sweep, in three queries.

What the articles are made of is read together for all shops; a shop is asked again when any of it
has moved since it was last found right, and once an hour for what has no row here (a product's
name). The cache only spares work: without it every shop is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from assistant.knowledge.terms import sentences
from assistant.models import Article
from assistant.models.article import Source
from catalog.models import PolicyVersion, ShippingMethod
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

HELD_S = 3600


def changed(shops: Sequence[Merchant]) -> dict[Merchant, str]:
    """Return the shops that must be asked, each with what its terms are made of now."""
    made_of = fingerprints(shops)
    held = cache.get_many([kept_as(shop.pk) for shop in shops])
    return {
        shop: made_of[shop.pk] for shop in shops if held.get(kept_as(shop.pk)) != made_of[shop.pk]
    }


def found_right(shop: Merchant, made_of: str) -> None:
    """Remember that a shop's articles say what its terms do."""
    cache.set(kept_as(shop.pk), made_of, HELD_S)


def kept_as(shop: int) -> str:
    """Return the cache's key of a shop."""
    return f"terms:{shop}"


def fingerprints(shops: Iterable[Merchant]) -> dict[int, str]:
    """Return a hash of what each shop's terms and their articles are made of. Three queries."""
    with as_everyone():
        rules = PolicyVersion.objects.filter(made_at__lte=timezone.now()).order_by()
        ways = ShippingMethod.objects.filter(active=True).order_by("pk")
        articles = Article.objects.filter(source=Source.TERMS).order_by()
        rows = (
            *rules.values_list("merchant").annotate(Max("number")),
            *ways.values_list("merchant", "code", "name_zh", "name_en", "currency", "amount",
                              "free_from", "days_least", "days_most", "countries"),
            *articles.values_list("merchant").annotate(Count("pk"), Max("updated_at")),
        )  # fmt: skip
    mine: dict[int, list[Any]] = defaultdict(list)
    for shop, *parts in rows:
        mine[shop].append(parts)
    words = repr(sentences())
    return {
        shop.pk: sha256(f"{shop.name}{mine[shop.pk]!r}{words}".encode()).hexdigest()
        for shop in shops
    }
