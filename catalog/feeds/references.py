"""What products point at: categories, price lists, warehouses, attribute definitions.

For the importer. Found by name in any language, made where missing, and remembered for the rest
of the import. Made in a transaction of their own, before the rows that need them.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from catalog.feeds._sql import keep_journal
from catalog.feeds.naming import slug
from catalog.feeds.problems import Fault, Problems
from catalog.feeds.records import ProductRecord
from catalog.models import Attribute, Category, PriceList, Warehouse
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_CATEGORIES, MOST_WAREHOUSES = 10_000, 200


class References:
    """One shop's references, in memory."""

    def __init__(self, merchant: Merchant, *, job: int | None = None) -> None:
        self.merchant, self._job = merchant, job
        self.price_lists: dict[str, int] = {}
        self.warehouses: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        self._places: dict[tuple[str, ...], int | None] = {}
        self._tree = _Tree()
        with as_merchant(merchant):
            self._load()

    def _load(self) -> None:
        lists = PriceList.objects.filter(merchant=self.merchant, name="standard")
        self.price_lists = dict(lists.values_list("currency", "pk"))
        houses = Warehouse.objects.filter(merchant=self.merchant)
        self.warehouses = dict(houses.values_list("code", "pk"))
        usable = Q(merchant=None) | Q(merchant=self.merchant)
        self.kinds = dict(Attribute.objects.filter(usable).values_list("code", "kind"))
        for category in Category.objects.usable_by(self.merchant).order_by("path"):
            self._tree.add(category)

    def prepare(self, records: Iterable[ProductRecord], kinds: dict[str, tuple[str, str]]) -> None:
        """Make what these records need and the shop does not have."""
        records = list(records)
        variants = [variant for record in records for variant in record.variants]
        currencies = {code for variant in variants for code in variant.prices}
        houses = {code for variant in variants for code in variant.stock}
        places = {record.category for record in records if record.category}
        missing = {code for code, (_name, kind) in kinds.items() if self.kinds.get(code) != kind}
        if (
            currencies <= self.price_lists.keys()
            and houses <= self.warehouses.keys()
            and places <= self._places.keys()
            and not missing
        ):
            return
        with as_merchant(self.merchant), connection.cursor() as cursor:
            keep_journal(cursor, self._job)
            for code in sorted(currencies - self.price_lists.keys()):
                made = PriceList.objects.get_or_create(merchant=self.merchant, currency=code)
                self.price_lists[code] = made[0].pk
            for code in sorted(houses - self.warehouses.keys()):
                house = Warehouse.objects.get_or_create(merchant=self.merchant, code=code)
                self.warehouses[code] = house[0].pk
            for place in sorted(places - self._places.keys()):
                self._places[place] = self._category(place)
            self._define({code: kinds[code] for code in missing})
            keep_journal(cursor, None)

    def category_id(self, record: ProductRecord, problems: Problems) -> int | None:
        """Return the record's category; report it if the shop cannot have any more."""
        if not record.category:
            return None
        found = self._places.get(record.category)
        if found is None:
            column = record.name(("category",))
            problems.add(record.line, column, "/".join(record.category), Fault.CATEGORIES_MANY)
        return found

    def _category(self, place: tuple[str, ...]) -> int | None:
        """Return the category of these names or slugs, made below the shop's own if need be."""
        found = self._tree.find(place)
        if found is not None:
            return found
        parent: int | None = None
        path = ""
        for name in place:
            path = f"{path}/{slug(name)}" if path else slug(name)
            own = self._tree.own.get(path)
            if own is None:
                if len(self._tree.own) >= MOST_CATEGORIES or len(path) > 400 or not slug(name):
                    return None
                own = self._make(path, name, parent)
            parent = own
        return parent

    def _make(self, path: str, name: str, parent: int | None) -> int:
        chinese = not name.isascii() and any("\u3400" <= c <= "\u9fff" for c in name)
        category, _made = Category.objects.get_or_create(
            merchant=self.merchant,
            path=path,
            defaults={"parent_id": parent, "name_zh" if chinese else "name_en": name},
        )
        self._tree.add(category)
        return category.pk

    def _define(self, kinds: dict[str, tuple[str, str]]) -> None:
        """Define attributes that are new, and widen the kind of those with mixed values."""
        wider = [code for code in kinds if code in self.kinds]
        own = Attribute.objects.filter(merchant=self.merchant, code__in=wider)
        own.exclude(kind=Attribute.Kind.CODE).update(kind=Attribute.Kind.TEXT)
        made = []
        for code, (name, kind) in kinds.items():
            if code not in self.kinds:
                label = name.replace("_", " ").strip()[:120]
                chinese = any("\u3400" <= c <= "\u9fff" for c in name)
                names = {"name_zh" if chinese else "name_en": label}
                made.append(Attribute(merchant=self.merchant, code=code, kind=kind, **names))
            self.kinds[code] = kind
        Attribute.objects.bulk_create(made, ignore_conflicts=True, batch_size=1_000)


class _Tree:
    """Categories by path, by names from the root, and by their own name where it is unique."""

    def __init__(self) -> None:
        self.own: dict[str, int] = {}
        self._by_slugs: dict[tuple[str, ...], int] = {}
        self._by_name: dict[str, int | None] = {}
        self._names: dict[int, list[tuple[str, ...]]] = {}

    def add(self, category: Category) -> None:
        """Take a category in, after its parent."""
        shared = category.merchant_id is None
        if not shared:
            self.own[category.path] = category.pk
        above = self._names.get(category.parent_id or 0, [()])
        names = {category.path.rsplit("/", 1)[-1], slug(category.name_zh), slug(category.name_en)}
        chains = [(*chain, name) for chain in above for name in names if name]
        self._names[category.pk] = chains[:64]
        for chain in [tuple(category.path.split("/")), *chains[:64]]:
            self._by_slugs.setdefault(chain, category.pk)
        if shared:
            for name in names - {""}:
                other = self._by_name.get(name, category.pk)
                self._by_name[name] = category.pk if other == category.pk else None

    def find(self, place: tuple[str, ...]) -> int | None:
        """Return the category by its chain of names, or a single name that only one has."""
        chain = tuple(slug(name) for name in place)
        found = self._by_slugs.get(chain)
        if found is None and len(chain) == 1:
            found = self._by_name.get(chain[0])
        return found
