"""What search must know of the shop before it reads a sentence: words, categories, currencies.

Kept in the process and renewed when the catalogue's revision has moved, so that a search costs no
query for it. Renewing scans the scope, a second for 25,000 products: nobody waits for it, the
market as it was answers meanwhile. For understanding and constraints, never for prices or stock; it
holds nothing that only members may see.
"""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import Category
from catalog.search.homonyms import meant
from catalog.search.understanding import Vocabulary
from shopguide.accounts.models import Merchant

log = logging.getLogger(__name__)
# The revision is asked at most this often; the catalogue is read again when it has moved, and
# whatever the revision says after a minute: suspending a shop does not move it.
LOOK_AFTER_S, READ_AFTER_S = 3, 60
# A market older than this answers nobody.
OLDEST_S = 300
# A dimension of which so many products state a value is a fact of the shop: it can be asked for.
KNOWN_FROM = 0.5


@dataclass(frozen=True)
class Market:
    """The market place, or one shop of it, as understanding and constraints need it."""

    merchant: int | None
    revision: int
    vocabulary: Vocabulary
    products: int
    # Share of products that state a dimension: in all, by None, and by category.
    coverage: dict[int | None, dict[str, float]]
    option_dimensions: frozenset[str]
    currencies: tuple[str, ...]
    categories: dict[int, "CategoryEntry"]
    shops: dict[int, "ShopEntry"]
    read_at: float = field(default_factory=time.monotonic)

    @property
    def age_s(self) -> float:
        """Return how long ago it was read."""
        return time.monotonic() - self.read_at

    def states(self, dimension: str, categories: Iterable[int] = ()) -> bool:
        """Tell whether enough products, of these categories if any, state this dimension."""
        places: list[int | None] = [*categories] or [None]
        return any(self.coverage.get(place, {}).get(dimension, 0) >= KNOWN_FROM for place in places)

    def currency(self, wanted: str) -> str:
        """Return the wanted currency if anything is priced in it, else the most used one."""
        if wanted in self.currencies or not self.currencies:
            return wanted
        return self.currencies[0]


@dataclass(frozen=True)
class CategoryEntry:
    """A category's place and names; ``merchant`` is empty for the market place's own."""

    pk: int
    parent: int | None
    path: str
    names: dict[str, str]
    merchant: int | None = None


@dataclass(frozen=True)
class ShopEntry:
    """An open shop's address, names and what it says of itself."""

    pk: int
    slug: str
    names: dict[str, str]
    about: dict[str, str]
    is_demo: bool = False


Key = tuple[str, int | None]
_markets: dict[Key, Market] = {}
_looked: dict[Key, float] = {}
_reading: set[Key] = set()
_lock = threading.Lock()


def market(merchant: int | None = None, *, fresh: bool = False) -> Market:
    """Return what is known of the market place or of one shop. Usually no query.

    ``fresh``: wait for what has changed, where the answer would be "there is no such thing".
    """
    key = (str(connection.settings_dict["NAME"]), merchant)
    kept = _markets.get(key)
    if kept and not fresh and time.monotonic() - _looked.get(key, 0.0) < LOOK_AFTER_S:
        return kept
    revision = catalogue_revision()
    _looked[key] = time.monotonic()
    if kept and kept.revision == revision and kept.age_s < READ_AFTER_S:
        return kept
    # Another connection would not see what this transaction has written.
    if kept is None or fresh or kept.age_s > OLDEST_S or connection.in_atomic_block:
        return renewed(key, revision)
    renew_beside(key, revision)
    return kept


def renewed(key: Key, revision: int) -> Market:
    """Read a market and keep it."""
    read = read_market(key[1], revision)
    with _lock:
        _markets[key] = read
    return read


def renew_beside(key: Key, revision: int) -> None:
    """Read a market in a thread of its own, unless one is at it."""
    with _lock:
        if key in _reading:
            return
        _reading.add(key)

    def run() -> None:
        try:
            renewed(key, revision)
        except Exception as error:
            log.warning("the market was not renewed: %s", type(error).__name__)
        finally:
            _reading.discard(key)
            connection.close()

    threading.Thread(target=run, daemon=True, name="market").start()


def forget() -> None:
    """Read everything again at the next search: after an import in this process, and in tests."""
    with _lock:
        _markets.clear()
        _looked.clear()


def catalogue_revision() -> int:
    """Return the last number of the revision sequence. A few microseconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM catalog_revision")
        return int(cursor.fetchone()[0])


COVERAGE = """
SELECT place, key, count(DISTINCT product_id)::float / max(products) FROM (
    SELECT d.product_id, d.facets, place,
           count(*) OVER (PARTITION BY place) AS products
    FROM catalog_searchdocument d CROSS JOIN LATERAL unnest(array_append(d.categories, NULL)) place
    WHERE %(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s
) placed CROSS JOIN LATERAL jsonb_object_keys(placed.facets) AS key
WHERE key = ANY(%(known)s) GROUP BY place, key
"""
# The kinds of things that one shop has; of what it does not have nothing follows for its goods.
HELD = """
SELECT DISTINCT unnest(categories) FROM catalog_searchdocument
WHERE merchant_id = %(merchant)s
"""
CURRENCIES = """
SELECT currency FROM catalog_searchoffer
WHERE currency <> '' AND (%(merchant)s::bigint IS NULL OR merchant_id = %(merchant)s)
GROUP BY currency ORDER BY count(*) DESC, currency
"""
OPTIONS = """
SELECT DISTINCT key FROM catalog_searchoffer o, jsonb_object_keys(o.codes) AS key
WHERE %(merchant)s::bigint IS NULL OR o.merchant_id = %(merchant)s
"""
BRANDS = """
SELECT brand FROM catalog_searchdocument
WHERE brand <> '' AND (%(merchant)s::bigint IS NULL OR merchant_id = %(merchant)s)
GROUP BY brand ORDER BY count(*) DESC, brand
"""
COUNT = """
SELECT count(*) FROM catalog_searchdocument
WHERE %(merchant)s::bigint IS NULL OR merchant_id = %(merchant)s
"""


def read_market(merchant: int | None, revision: int) -> Market:
    """Read what is known. Seven or eight queries, most of them a scan of the scope."""
    params = {"merchant": merchant, "known": list(DIMENSIONS)}
    with connection.cursor() as cursor:

        def column(statement: str) -> list[str]:
            cursor.execute(statement, params)
            return [row[0] for row in cursor.fetchall()]

        products = int(column(COUNT)[0])
        cursor.execute(COVERAGE, params)
        coverage: dict[int | None, dict[str, float]] = {}
        for place, key, share in cursor.fetchall():
            coverage.setdefault(place, {})[key] = share
        brands, currencies, options = column(BRANDS), column(CURRENCIES), column(OPTIONS)
        held = None if merchant is None else {int(one) for one in column(HELD)}
    categories = {
        pk: CategoryEntry(
            pk, parent, path, {"zh-hans": chinese or english, "en": english or chinese}, shop
        )
        for pk, parent, path, chinese, english, shop in Category.objects.values_list(
            "pk", "parent_id", "path", "name_zh", "name_en", "merchant_id"
        )
    }
    shops = {
        shop.pk: ShopEntry(
            shop.pk,
            shop.slug,
            {
                "zh-hans": shop.name_zh or shop.name_en or shop.slug,
                "en": shop.name_en or shop.name_zh or shop.slug,
            },
            {
                "zh-hans": shop.about_zh or shop.about_en,
                "en": shop.about_en or shop.about_zh,
            },
            shop.is_demo,
        )
        for shop in Merchant.objects.active()
    }
    vocabulary = Vocabulary.build(
        lexicon(),
        brands=brands,
        categories=[
            (str(one.pk), one.names, (), str(one.parent) if one.parent else None)
            for one in categories.values()
            if held is None or one.pk in held
        ],
        meant=meant({one.pk: one.names for one in categories.values()}),
    )
    return Market(
        merchant=merchant,
        revision=revision,
        vocabulary=vocabulary,
        products=products,
        coverage=coverage,
        option_dimensions=frozenset(options),
        currencies=tuple(currencies),
        categories=categories,
        shops=shops,
    )
