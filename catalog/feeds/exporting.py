"""Give a shop's catalogue out again, in our own formats and in those that others read.

For the command and the portal. Products are read a few hundred at a time, so memory stays small.
What is written can be imported again and changes nothing. It never writes to the database.
"""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db.models import Prefetch

from catalog.feeds.writers import Writer
from catalog.models import Category, Media, Price, PriceList, Product, Variant, Warehouse
from catalog.models.product import Status
from catalog.presenting.copy import exported
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PRODUCTS_A_CHUNK = 200
WRITERS = {
    "own": "catalog.feeds.writers.own:OwnJsonl",
    "own.csv": "catalog.feeds.writers.own:OwnCsv",
    "own.xlsx": "catalog.feeds.writers.workbook:OwnXlsx",
    "shopify": "catalog.feeds.writers.shopify:Shopify",
    "google": "catalog.feeds.writers.google:GoogleTsv",
    "google.xml": "catalog.feeds.writers.google:GoogleXml",
}
FORMATS = ("own", "shopify", "google")


@dataclass(frozen=True, slots=True)
class Shop:
    """What a writer must know of the whole shop before the first product.

    ``base_url``: where pictures and pages are found, empty if not known.
    """

    merchant: Merchant
    language: str
    currency: str
    base_url: str = ""
    currencies: list[str] = field(default_factory=list)
    warehouses: list[str] = field(default_factory=list)
    option_names: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)


def writer_of(format: str, name: str) -> type[Writer]:
    """Return the writer for a format and a file's name, whose ending decides between variants."""
    ending = Path(name.removesuffix(".gz")).suffix
    module, _colon, attribute = WRITERS.get(f"{format}{ending}", WRITERS[format]).partition(":")
    found: type[Writer] = getattr(import_module(module), attribute)
    return found


def export_file(
    merchant: Merchant, path: Path, *, format: str, language: str = "", base_url: str = ""
) -> int:
    """Write the shop's catalogue to a file, packed if it is called .gz; return its rows."""
    shop = shop_of(merchant, language=language, base_url=base_url)
    kind = writer_of(format, path.name)
    with _opened(path, binary=kind.binary) as stream:
        writer = kind(stream, shop)
        for each in products(shop, live_only=writer.live_only):
            writer.add(each)
        writer.end()
    return writer.rows


def export_pieces(
    merchant: Merchant, name: str, *, format: str, language: str = "", base_url: str = ""
) -> Iterator[bytes]:
    """Yield the shop's catalogue piece by piece, for a download."""
    shop = shop_of(merchant, language=language, base_url=base_url)
    kind = writer_of(format, name)
    stream: Any = Pipe() if kind.binary else io.StringIO(newline="")
    writer = kind(stream, shop)
    for number, each in enumerate(products(shop, live_only=writer.live_only)):
        writer.add(each)
        if number % PRODUCTS_A_CHUNK == 0:
            yield _taken(stream)
    writer.end()
    yield _taken(stream)


class Pipe:
    """Bytes that are taken away as they are written; they can be neither sought nor read again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        """Take a part in."""
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: a part is there as soon as it is written."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _taken(stream: Any) -> bytes:
    if isinstance(stream, Pipe):
        return stream.take()
    piece: bytes = stream.getvalue().encode()
    stream.seek(0)
    stream.truncate()
    return piece


@contextmanager
def _opened(path: Path, *, binary: bool) -> Iterator[Any]:
    if binary:
        with path.open("wb") as raw:
            yield raw
    elif path.suffix == ".gz":
        with gzip.open(path, "wt", encoding="utf-8", newline="") as packed:
            yield packed
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream


def shop_of(merchant: Merchant, *, language: str = "", base_url: str = "") -> Shop:
    """Return what the whole shop has: currencies, warehouses, options and attributes."""
    with as_merchant(merchant):
        own = Product.objects.of(merchant).filter(deleted_at=None)
        lists = PriceList.objects.filter(merchant=merchant, name="standard")
        currencies = sorted(lists.values_list("currency", flat=True))
        titled = own.filter(texts__arm="").values_list("texts__locale", flat=True)
        languages = sorted(set(titled.distinct()), reverse=True)
        names: dict[str, None] = {}
        for each in own.values_list("option_names", flat=True).distinct():
            names |= dict.fromkeys(each)
        codes: set[str] = set()
        for said in own.values_list("attributes", flat=True).iterator(2_000):
            codes |= said.keys()
        houses = Warehouse.objects.filter(merchant=merchant).values_list("code", flat=True)
        warehouses = sorted(houses)
    stated = [code for code in merchant.currencies if code in currencies] + currencies
    return Shop(
        merchant=merchant,
        language=language or next(iter(languages), "en"),
        currency=next(iter(stated), ""),
        base_url=base_url.rstrip("/"),
        currencies=currencies,
        warehouses=warehouses,
        option_names=list(names),
        attributes=sorted(codes),
    )


def products(shop: Shop, *, live_only: bool) -> Iterator[dict[str, Any]]:
    """Yield the products in the shape of our own JSON, with ``category_names`` beside it.

    Nine queries for every two hundred products.
    """
    last = 0
    names = _category_names(shop.merchant)
    while True:
        with as_merchant(shop.merchant):
            rows = Product.objects.of(shop.merchant).filter(deleted_at=None, pk__gt=last)
            rows = rows.filter(status=Status.LIVE) if live_only else rows
            found = list(_with_parts(rows.order_by("pk"))[:PRODUCTS_A_CHUNK])
        if not found:
            return
        for product in found:
            yield _said(product, names)
        last = found[-1].pk


def _with_parts(rows: Any) -> Any:
    prices = Price.objects.filter(price_list__name="standard").select_related("price_list")
    return rows.select_related("category").prefetch_related(
        "texts",
        "copies",
        Prefetch("media", Media.objects.order_by("position", "pk")),
        Prefetch("variants", Variant.objects.order_by("position", "pk")),
        Prefetch("variants__prices", prices),
        "variants__stock__warehouse",
        "related__other",
        "reviews",
    )


def _category_names(merchant: Merchant) -> dict[int, dict[str, list[str]]]:
    """Return for each category its names from the root, by language."""
    found: dict[int, dict[str, list[str]]] = {}
    with as_merchant(merchant):
        for category in Category.objects.usable_by(merchant).order_by("path"):
            above = found.get(category.parent_id or 0, {"zh-hans": [], "en": []})
            slug = category.path.rsplit("/", 1)[-1]
            found[category.pk] = {
                "zh-hans": [*above["zh-hans"], category.name_zh or category.name_en or slug],
                "en": [*above["en"], category.name_en or category.name_zh or slug],
            }
    return found


def _said(product: Product, names: dict[int, dict[str, list[str]]]) -> dict[str, Any]:
    """Return one product as our JSON says it."""
    texts = [text for text in product.texts.all() if not text.arm]
    variants = [
        each
        for each in product.variants.all()
        if each.active or set(product.option_names) <= each.options.keys()
    ]
    said: dict[str, Any] = {
        "sku": product.sku,
        "status": product.status,
        "category": product.category.path if product.category else None,
        "category_names": names.get(product.category_id or 0),
        "brand": product.brand,
        "title": {text.locale: text.title for text in texts},
        "description": {text.locale: text.description for text in texts if text.description},
        "attributes": product.attributes,
        "options": product.option_names,
        "variants": [_variant(each) for each in variants],
        "media": [_medium(each) for each in product.media.all()],
        "related": [each.other.sku for each in product.related.all()],
        "reviews": [_review(each) for each in product.reviews.all()],
        "created_at": product.created_at.isoformat(),
        **exported(product),
    }
    if [each.position for each in variants] != list(range(len(variants))):
        said["listed"] = False  # their places among the shop's variants are kept as they are
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _variant(variant: Variant) -> dict[str, Any]:
    said: dict[str, Any] = {"sku": variant.sku, "options": variant.options}
    said["prices"] = {
        price.currency: {"amount": str(price.amount), "was": str(price.was)}
        if price.was is not None
        else str(price.amount)
        for price in variant.prices.all()
    }
    said["stock"] = {row.warehouse.code: row.quantity for row in variant.stock.all()}
    if not variant.active:
        said["active"] = False
    return {name: value for name, value in said.items() if value != {}}


def _medium(medium: Media) -> dict[str, Any]:
    alt = {"zh-hans": medium.alt_zh, "en": medium.alt_en}
    said = {
        "file": medium.file,
        "alt": {locale: text for locale, text in alt.items() if text},
        "options": medium.options,
    }
    return {name: value for name, value in said.items() if value}


def _review(review: Any) -> dict[str, Any]:
    return {
        "source_id": review.source_id,
        "stars": review.stars,
        "title": review.title,
        "body": review.body,
        "language": review.language,
        "author": review.author,
        "date": review.written_at.isoformat(),
    }
