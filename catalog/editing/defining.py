"""Define a shop's own attributes: names, type, unit, allowed values; merge, delete, rename values.

For the portal. Facts of products are JSON under the attribute's code, so merging and deleting
rewrite them; what each product said is kept, and can be given back to those that still say what
the change made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.editing.arranging import MOST_TOUCHED, CannotArrange, keep
from catalog.lexicon import DIMENSIONS
from catalog.models import Arrangement, Attribute, Product
from shopguide.accounts.models import Merchant, User

BATCH = 500
DEFINED = ("code", "kind", "unit", "name_zh", "name_en", "allowed")
Facts = dict[str, Any]
Change = Callable[[Facts], Facts]
Kind = Arrangement.Kind


def stating(shop: Merchant, code: str) -> QuerySet[Product]:
    """Return the shop's products that state a fact of this code."""
    return Product.objects.of(shop).filter(deleted_at=None, attributes__has_key=code)


def codes_of(shop: Merchant) -> Counter[str]:
    """Return how many of the shop's products state each code. One scan of its products."""
    counts: Counter[str] = Counter()
    rows = Product.objects.of(shop).filter(deleted_at=None).exclude(attributes={})
    for facts in rows.values_list("attributes", flat=True).iterator(2_000):
        counts.update(facts.keys())
    return counts


def values_of(shop: Merchant, code: str) -> Counter[str]:
    """Return how many products state each value, values of a list one by one."""
    counts: Counter[str] = Counter()
    for fact in stating(shop, code).values_list(f"attributes__{code}", flat=True).iterator(2_000):
        counts.update({written(one) for one in as_list(fact)})
    return counts


def written(value: Any) -> str:
    """Return a value as the lists of values write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def as_list(fact: Any) -> list[Any]:
    """Return a fact's values."""
    return fact if isinstance(fact, list) else [fact]


def define(shop: Merchant, code: str, said: Facts, *, by: User) -> Arrangement:
    """Write the shop's own definition of a code; a first one covers the market place's."""
    mine = Attribute.objects.filter(merchant=shop, code=code).first()
    rows = {"attribute": [row_of(mine)]} if mine else {}
    made, _new = Attribute.objects.update_or_create(merchant=shop, code=code, defaults=said)
    return keep(
        shop, Kind.ATTRIBUTE_DEFINE, made.name, by=by, rows=rows,
        made=[] if mine else [made.pk], touched=stating(shop, code).count(),
    )  # fmt: skip


def row_of(attribute: Attribute) -> Facts:
    """Return a definition as it is kept."""
    return {name: getattr(attribute, name) for name in DEFINED}


def remove(shop: Merchant, code: str, *, by: User) -> Arrangement:
    """Take an attribute away, from all products too."""
    mine = list(Attribute.objects.filter(merchant=shop, code=code))
    name = mine[0].name if mine else code
    was, became = rewritten(shop, code, lambda facts: without(facts, code))
    arranged = keep(
        shop, Kind.ATTRIBUTE_DELETE, name, by=by, touched=len(was),
        rows={"attribute": [row_of(one) for one in mine]}, was=was, became=became,
    )  # fmt: skip
    Attribute.objects.filter(merchant=shop, code=code).delete()
    return arranged


def merge(shop: Merchant, code: str, into: str, *, by: User) -> Arrangement:
    """Let products say under one attribute what they said under another; both values are kept."""
    if code in DIMENSIONS:
        raise CannotArrange(_("An attribute of search cannot be merged away."))
    if code == into:
        raise CannotArrange(_("Choose another attribute."))
    mine = list(Attribute.objects.filter(merchant=shop, code=code))

    def change(facts: Facts) -> Facts:
        both = [*as_list(facts.get(into, [])), *as_list(facts[code])]
        values = [one for place, one in enumerate(both) if one not in both[:place]]
        listed = isinstance(facts[code], list) or isinstance(facts.get(into), list)
        several = listed or len(values) > 1 or into in DIMENSIONS
        return without(facts, code) | {into: values if several else values[0]}

    was, became = rewritten(shop, code, change, also=into)
    arranged = keep(
        shop, Kind.ATTRIBUTE_MERGE, mine[0].name if mine else code, by=by, target=into,
        touched=len(was), rows={"attribute": [row_of(one) for one in mine]},
        was=was, became=became,
    )  # fmt: skip
    Attribute.objects.filter(merchant=shop, code=code).delete()
    return arranged


def rename_value(shop: Merchant, code: str, old: str, new: Any, *, by: User) -> Arrangement:
    """Let every product that states one value state another; an existing one is merged with it."""

    def change(facts: Facts) -> Facts:
        if not isinstance(facts[code], list):
            return facts | {code: new if written(facts[code]) == old else facts[code]}
        values = [new if written(one) == old else one for one in facts[code]]
        return facts | {
            code: [one for place, one in enumerate(values) if one not in values[:place]]
        }

    was, became = rewritten(shop, code, change)
    return keep(
        shop, Kind.VALUE_RENAME, old, by=by, target=written(new), touched=len(was),
        was=was, became=became,
    )  # fmt: skip


def without(facts: Facts, code: str) -> Facts:
    """Return facts without one."""
    return {name: value for name, value in facts.items() if name != code}


def rewritten(
    shop: Merchant, code: str, change: Change, *, also: str = ""
) -> tuple[dict[str, Facts], dict[str, Facts]]:
    """Rewrite the facts of all products with a code; return what each said and says of it."""
    if stating(shop, code).count() > MOST_TOUCHED:
        raise CannotArrange(_("These are too many products to be changed at once."))
    was: dict[str, Facts] = {}
    became: dict[str, Facts] = {}
    rows = stating(shop, code).select_for_update(of=("self",)).order_by("pk")
    for batch in batches(rows):
        changed = []
        for product in batch:
            before, after = product.attributes, change(product.attributes)
            if after == before:
                continue
            about = {code, also} & (before.keys() | after.keys())
            was[str(product.pk)] = {name: before[name] for name in about if name in before}
            became[str(product.pk)] = {name: after[name] for name in about if name in after}
            product.attributes = after
            changed.append(product)
        Product.objects.bulk_update(changed, ["attributes"])
    return was, became


def batches(rows: QuerySet[Product]) -> Iterable[list[Product]]:
    """Yield products a few hundred at a time, by number."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).only("pk", "attributes")[:BATCH]):
        last = batch[-1].pk
        yield batch


def take_back(arranged: Arrangement) -> None:
    """Take a change of attributes back; products that were edited since keep their facts."""
    shop = arranged.merchant
    Attribute.objects.filter(merchant=shop, pk__in=arranged.made).delete()
    for row in arranged.rows.get("attribute", []):
        code = row["code"]
        fields = {name: row[name] for name in DEFINED if name != "code"}
        Attribute.objects.update_or_create(merchant=shop, code=code, defaults=fields)
    ids = sorted(map(int, arranged.was))
    for start in range(0, len(ids), BATCH):
        rows = Product.objects.of(shop).filter(pk__in=ids[start : start + BATCH])
        back = []
        for product in rows.select_for_update(of=("self",)).order_by("pk"):
            was, now = arranged.was[str(product.pk)], arranged.became[str(product.pk)]
            names = was.keys() | now.keys()
            if any(product.attributes.get(name) != now.get(name) for name in names):
                continue
            kept = {k: v for k, v in product.attributes.items() if k not in names}
            product.attributes = kept | was
            back.append(product)
        Product.objects.bulk_update(back, ["attributes"])
        arranged.kept += len(ids[start : start + BATCH]) - len(back)
    arranged.undone_at = timezone.now()
    arranged.save(update_fields=["undone_at", "kept"])
