"""Arrange a shop's own categories: add, rename, merge, delete; each can be taken back.

For the portal. What is touched is counted before (`weight_of`) with the same conditions by which it
is changed. Products are moved, never deleted. It rings nobody; what search knows of a renamed
category is marked as outdated, and the sweep reads it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.feeds.naming import slug
from catalog.feeds.references import MOST_CATEGORIES
from catalog.models import Arrangement, Category, Product, SearchDocument
from shopguide.accounts.models import Merchant, User

MOST_TOUCHED = 100_000
FIELDS = ("id", "parent_id", "path", "name_zh", "name_en", "position")
Kind = Arrangement.Kind


class CannotArrange(ValueError):
    """This cannot be done; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Weight:
    """What stands on a category: its products, those below it, and the categories below."""

    products: int
    below: int
    categories: int


def weight_of(category: Category) -> Weight:
    """Return what merging or deleting a category touches. Three queries."""
    own = Product.objects.filter(category=category).count()
    whole = products_under(category).count()
    return Weight(own, whole - own, tree(category).count() - 1)


def tree(category: Category) -> QuerySet[Category]:
    """Return a category and everything below it."""
    return Category.objects.under(category)


def products_under(category: Category) -> QuerySet[Product]:
    """Return the products of a category and of all below it, drafts and archived ones too."""
    return Product.objects.filter(merchant=category.merchant, category__in=tree(category))


def add(shop: Merchant, names: dict[str, str], parent: Category | None, *, by: User) -> Arrangement:
    """Add a category below another of the shop's own, or at its root."""
    last = slug(names["name_en"] or names["name_zh"])
    path = f"{parent.path}/{last}" if parent else last
    if not last or len(path) > 400:
        raise CannotArrange(_("Write a name with letters or digits."))
    if Category.objects.filter(merchant=shop).count() >= MOST_CATEGORIES:
        raise CannotArrange(_("The shop has as many categories as it can have."))
    try:
        with transaction.atomic():
            made = Category.objects.create(merchant=shop, parent=parent, path=path, **names)
    except IntegrityError:
        raise CannotArrange(_("There is a category with this name already.")) from None
    return keep(shop, Kind.CATEGORY_ADD, made.name, by=by, made=[made.pk])


def rename(category: Category, names: dict[str, str], *, by: User) -> Arrangement:
    """Give a category other names; its address and its place stay."""
    if not any(names.values()):
        raise CannotArrange(_("Write a name in at least one language."))
    before, row = category.name, row_of(category)
    Category.objects.filter(pk=category.pk).update(**names)
    category.refresh_from_db()
    read_again(category)
    touched = products_under(category).count()
    return keep(
        owner(category), Kind.CATEGORY_RENAME, before, by=by, target=category.name,
        rows={"category": [row]}, touched=touched,
    )  # fmt: skip


def dissolve(category: Category, into: Category | None, *, by: User) -> Arrangement:
    """Take a category and all below it away; their products go into another one, or into none."""
    shop = owner(category)
    gone = list(tree(category).select_for_update().order_by("-path"))
    if into is not None and into.pk in {one.pk for one in gone}:
        raise CannotArrange(_("A category cannot be merged into itself or what is below it."))
    products = Product.objects.filter(merchant=shop, category__in=[one.pk for one in gone])
    was = {
        str(pk): place for pk, place in products.values_list("pk", "category")[: MOST_TOUCHED + 1]
    }
    if len(was) > MOST_TOUCHED:
        raise CannotArrange(_("These are too many products to be moved at once."))
    arranged = keep(
        shop, Kind.CATEGORY_MERGE if into else Kind.CATEGORY_DELETE, category.name, by=by,
        target=into.name if into else "", touched=len(was), was=was,
        became={"category": into.pk if into else None},
        rows={"category": [row_of(one) for one in reversed(gone)]},
    )  # fmt: skip
    products.update(category=into)
    for one in gone:  # the deepest first: none is deleted before what stands below it
        one.delete()
    return arranged


def take_back(arranged: Arrangement) -> None:
    """Take a change of categories back; products that somebody has moved since stay there."""
    if arranged.kind == Kind.CATEGORY_ADD:
        made = Category.objects.filter(pk__in=arranged.made, merchant=arranged.merchant)
        if made.filter(products__isnull=False).exists() or made.filter(children__isnull=False):
            raise CannotArrange(_("Something stands in it by now. Delete or merge it instead."))
        made.delete()
    else:
        places = put_back(arranged)
        now = arranged.became.get("category")
        for place in set(arranged.was.values()):
            mine = [int(pk) for pk, was in arranged.was.items() if was == place]
            rows = Product.objects.of(arranged.merchant).filter(pk__in=mine, category=now)
            arranged.kept += len(mine) - rows.update(category=places.get(place, place))
    arranged.undone_at = timezone.now()
    arranged.save(update_fields=["undone_at", "kept"])


def put_back(arranged: Arrangement) -> dict[int, int]:
    """Write categories as they were, those above first; return by old number where each is now."""
    places: dict[int, int] = {}
    for row in arranged.rows.get("category", []):
        fields = {name: row[name] for name in FIELDS[1:]}
        above = fields.pop("parent_id")
        parent = Category.objects.filter(pk=places.get(above, above)).first() if above else None
        rows = Category.objects.filter(merchant=arranged.merchant)
        there = rows.filter(pk=row["id"]).first() or rows.filter(path=row["path"]).first()
        if there is None:
            there = Category(pk=row["id"], merchant=arranged.merchant)
        for name, value in (fields | {"parent": parent}).items():
            setattr(there, name, value)
        there.save()
        places[row["id"]] = there.pk
        read_again(there)
    return places


def read_again(category: Category) -> None:
    """Mark what search knows of the products under a category as outdated."""
    SearchDocument.objects.filter(
        merchant=category.merchant, categories__contains=[category.pk]
    ).update(revision=-1)


def owner(category: Category) -> Merchant:
    """Return whose category it is; the market place's own are nobody's to change."""
    if category.merchant is None:
        raise CannotArrange(_("This category is the market place's."))
    return category.merchant


def row_of(category: Category) -> dict[str, object]:
    """Return a category as it is kept."""
    return {name: getattr(category, name) for name in FIELDS}


def keep(
    shop: Merchant,
    kind: str,
    subject: str,
    *,
    by: User,
    target: str = "",
    touched: int = 0,
    rows: dict[str, list[dict[str, object]]] | None = None,
    made: Iterable[int] = (),
    was: Mapping[str, object] | None = None,
    became: Mapping[str, object] | None = None,
) -> Arrangement:
    """Write down what is done."""
    return Arrangement.objects.create(
        merchant=shop, by=by, kind=kind, subject=subject[:250], target=target[:250],
        touched=touched, rows=rows or {}, made=list(made), was=was or {}, became=became or {},
    )  # fmt: skip
