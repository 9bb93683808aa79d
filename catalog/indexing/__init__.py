"""Derive what search reads: words, names, facets and passages of live products.

For the importer's caller, the sweep and `manage.py index`. What needs indexing is a queryset
(`Product.objects.unindexed`), so running this twice, or late, or never to the end does no harm.
It never reads drafts into the projection and never encodes; that is `catalog.encoding`.
"""

from collections.abc import Callable, Sequence

from django.db import connection
from django.db.models import Avg, Count

from catalog.indexing.documents import CategoryNames, document_of
from catalog.indexing.storing import count_terms, freshen_statistics, store
from catalog.indexing.words import BODY, PLACE, TITLE, Words, affirmed, quote_term
from catalog.models import Product, Review, SearchDocument
from catalog.models.product import Status
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

__all__ = [
    "BODY", "PLACE", "TITLE", "Words", "affirmed", "count_terms", "freshen_statistics",
    "index_products", "quote_term",
]  # fmt: skip
BATCH = 500


def index_products(merchant: Merchant, *, progress: Callable[[int], None] | None = None) -> int:
    """Bring this shop's part of the projection up to date; return how many products were read.

    Drains in batches of 500, a transaction each; another run at the same time does no harm.
    """
    done = 0
    with as_merchant(merchant):
        categories = CategoryNames.load()
    while True:
        with as_merchant(merchant):
            taken = index_batch(merchant, categories)
        if not taken:
            break
        done += taken
        if progress:
            progress(done)
    if done:
        count_terms(merchant)
        freshen_statistics()
    return done


def index_batch(merchant: Merchant, categories: CategoryNames) -> int:
    """Index the next batch of the shop's outdated products inside the caller's transaction.

    Nothing for a suspended shop; one that is about to be suspended waits for the batch.
    """
    if not is_open(merchant):
        return 0
    products = list(
        Product.objects.of(merchant)
        .unindexed()
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .prefetch_related("texts", "variants", "media")[:BATCH]
    )
    live = [product for product in products if product.status == Status.LIVE]
    gone = [product.pk for product in products if product.status != Status.LIVE]
    SearchDocument.objects.filter(pk__in=gone).delete()
    ratings = ratings_of([product.pk for product in live])
    store([document_of(product, categories, ratings.get(product.pk)) for product in live])
    return len(products)


def is_open(merchant: Merchant) -> bool:
    """Tell whether the shop is not suspended, and keep it so to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM accounts_merchant WHERE id = %s AND suspended_at IS NULL FOR SHARE",
            [merchant.pk],
        )
        return cursor.rowcount > 0


def ratings_of(products: Sequence[int]) -> dict[int, tuple[float, int]]:
    """Return mean stars and number of reviews by product."""
    rows = (
        Review.objects.filter(product__in=products)
        .values_list("product")
        .annotate(mean=Avg("stars"), count=Count("pk"))
    )
    return {product: (round(mean, 2), count) for product, mean, count in rows}
