"""Take a whole import back: the shop is as it was before, but for what was edited since.

For the task. It goes through what the database wrote down, the latest change first, a batch in a
transaction of its own; each change is forgotten as it is taken back, so a killed worker goes on
where it was. What somebody edited after the import is kept and listed, never lost.
"""

import json
from collections import Counter
from itertools import groupby
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError, RestrictedError

from catalog.feeds.importing import alone
from catalog.feeds.problems import Fault
from catalog.models import (
    Attribute,
    CatalogImport,
    Category,
    ImportChange,
    Media,
    Price,
    PriceList,
    Product,
    ProductText,
    RelatedProduct,
    Review,
    RowError,
    Stock,
    Variant,
    Warehouse,
)
from shopguide.accounts.tenancy import as_merchant

BATCH = 1_000
MODELS: dict[str, type[models.Model]] = {
    "product": Product, "producttext": ProductText, "variant": Variant, "price": Price,
    "stock": Stock, "media": Media, "review": Review, "relatedproduct": RelatedProduct,
    "category": Category, "pricelist": PriceList, "warehouse": Warehouse, "attribute": Attribute,
}  # fmt: skip
# Whether anything still stands on a row that the import added for its products.
IN_USE = {
    "category": "EXISTS (SELECT FROM catalog_product p WHERE p.category_id = t.id)"
    " OR EXISTS (SELECT FROM catalog_category c WHERE c.parent_id = t.id)",
    "pricelist": "EXISTS (SELECT FROM catalog_price p WHERE p.price_list_id = t.id)",
    "warehouse": "EXISTS (SELECT FROM catalog_stock s WHERE s.warehouse_id = t.id)",
    "attribute": "EXISTS (SELECT FROM catalog_product p"
    " WHERE p.merchant_id = t.merchant_id AND p.attributes ? t.code)",
}
# TABLE stands for the table of a kind of rows.
SOME = "SELECT id FROM TABLE t WHERE id = ANY(%s)"
NOW = "SELECT id, to_jsonb(t) - 'revision' FROM TABLE t WHERE id = ANY(%s) FOR UPDATE"
# Drawn from a picture after it was imported: no edit of a person.
DRAWN = {"widths", "likeness"}
DIGEST = "SELECT id, digest FROM TABLE_digest(%s)"
BEFORE = (
    "SELECT (jsonb_populate_record(NULL::TABLE, before)).* FROM catalog_importchange"
    " WHERE id = ANY(%s)"
)
RESTORE = "UPDATE TABLE t SET SETS FROM (BEFORE) o WHERE t.id = o.id".replace("BEFORE", BEFORE)
# Set by the database, or never changed.
FIXED = {"id", "merchant_id", "revision"}


def undo_import(row: CatalogImport) -> None:
    """Take the import back that the row names; keep counts and conflicts on the row."""
    with as_merchant(row.merchant):
        undone = row.undoes
    if undone is None:
        return
    row.stage = "undoing"
    with alone(row):
        while _take_back_some(row, undone):
            pass


def _take_back_some(row: CatalogImport, undone: CatalogImport) -> bool:
    """Take a batch back; tell whether there was anything left."""
    with as_merchant(row.merchant):
        batch = _batch(undone)
        counts = _Undoing(row).take_back(batch)
        ImportChange.objects.filter(pk__in=[change.pk for change in batch]).delete()
        row.updated += counts["back"]
        row.failed += counts["kept"]
        row.rows = row.updated + row.failed
        row.save(update_fields=["stage", "rows", "updated", "failed"])
    return bool(batch)


def _batch(undone: CatalogImport) -> list[ImportChange]:
    """Return the latest changes, each row at most once."""
    changes = ImportChange.objects.filter(catalog_import=undone).order_by("-pk")[:BATCH]
    seen: set[tuple[str, int]] = set()
    batch: list[ImportChange] = []
    for change in changes:
        if (change.kind, change.row_id) in seen:
            break
        seen.add((change.kind, change.row_id))
        batch.append(change)
    return batch


class _Undoing:
    """One batch."""

    def __init__(self, row: CatalogImport) -> None:
        self.row, self.merchant = row, row.merchant
        self.counts: Counter[str] = Counter()

    def take_back(self, batch: list[ImportChange]) -> Counter[str]:
        """Take the changes back in their order, runs of one kind at once."""
        with connection.cursor() as self.cursor:
            for _key, run in groupby(batch, key=lambda change: (change.kind, _what(change))):
                changes = list(run)
                getattr(self, f"_{_what(changes[0])}")(changes[0].kind, changes)
        return self.counts

    def _added(self, kind: str, changes: list[ImportChange]) -> None:
        """Remove rows that the import added and nobody changed since."""
        if kind == "category" and len(changes) > 1:  # one may stand below another
            for change in changes:
                self._added(kind, [change])
            return
        model = MODELS[kind]
        now = self._now(kind, [change.row_id for change in changes])
        same = [c for c in changes if _same(now.get(c.row_id), _plain(c.after))]
        used = self._used(kind, [c.row_id for c in same])
        for change in changes:
            if change.row_id in now and (change not in same or change.row_id in used):
                self._kept(change, "", now[change.row_id])
        gone = [c.row_id for c in same if c.row_id not in used]
        if not self._delete(model, gone):
            for change in same:
                if change.row_id in gone and not self._delete(model, [change.row_id]):
                    self._kept(change, "", now[change.row_id])

    def _delete(self, model: type[models.Model], ids: list[int]) -> bool:
        """Delete rows with all that hangs on them; False if something holds one of them."""
        try:
            with transaction.atomic():
                model._default_manager.filter(pk__in=ids).delete()
        except (ProtectedError, RestrictedError, DatabaseError):
            return False
        self.counts["back"] += len(ids)
        return True

    def _used(self, kind: str, ids: list[int]) -> set[int]:
        if kind not in IN_USE:
            return set()
        self._execute(f"{SOME} AND ({IN_USE[kind]})", kind, ids)
        return {each for (each,) in self.cursor.fetchall()}

    def _removed(self, kind: str, changes: list[ImportChange]) -> None:
        """Put rows back that the import took away, under their old numbers."""
        for change in changes:
            try:
                with transaction.atomic():
                    self._execute(f"INSERT INTO TABLE {BEFORE}", kind, [change.pk])
                self.counts["back"] += 1
            except DatabaseError:  # its product is gone, or another row has its place
                self._kept(change, "", None)

    def _changed(self, kind: str, changes: list[ImportChange]) -> None:
        """Give rows their old values; those edited since keep what was edited."""
        now = self._now(kind, [change.row_id for change in changes])
        same = [c for c in changes if _same(now.get(c.row_id), _plain(c.after))]
        self._restore(kind, [change.pk for change in same], _columns(MODELS[kind]))
        self.counts["back"] += len(same)
        for change in changes:
            if change not in same:
                self._merge(kind, change, now.get(change.row_id))

    def _restore(self, kind: str, changes: list[int], columns: list[str]) -> None:
        """Write the old values of these columns."""
        if not changes or not columns:
            return
        sets = ", ".join(f'"{name}" = o."{name}"' for name in columns)
        self._execute(RESTORE.replace("SETS", sets), kind, changes)

    def _execute(self, statement: str, kind: str, ids: list[int]) -> None:
        """Execute a statement about one kind of rows."""
        self.cursor.execute(statement.replace("TABLE", f"catalog_{kind}"), [ids])

    def _merge(self, kind: str, change: ImportChange, now: Any) -> None:
        """Take back what nobody edited since, column by column; list the rest."""
        if not isinstance(now, dict):
            self._kept(change, "", now)
            return
        before, after = change.before or {}, change.after or {}
        moved = [name for name in _columns(MODELS[kind]) if before.get(name) != after.get(name)]
        free = [name for name in moved if now.get(name) == after.get(name)]
        try:
            with transaction.atomic():
                self._restore(kind, [change.pk], free)
        except DatabaseError:  # together with the later edit the old value breaks a rule
            moved, free = moved or [""], []
        self.counts["back"] += bool(free)
        for name in moved:
            if name not in free:
                self._kept(change, name, now.get(name))

    def _now(self, kind: str, ids: list[int]) -> dict[int, Any]:
        """Return the rows as they are, in the form in which they were written down."""
        self._execute(NOW, kind, ids)
        found = dict(self.cursor.fetchall())
        rows = {number: _decoded(said) for number, said in found.items()}
        if kind in ("product", "variant"):
            return rows | self._digests(kind, ids, rows)
        return rows

    def _digests(self, kind: str, ids: list[int], rows: dict[int, Any]) -> dict[int, Any]:
        """Return digests instead of rows for those that were written down as such."""
        added = ImportChange.objects.filter(
            catalog_import=self.row.undoes, kind=kind, row_id__in=ids, before__isnull=True
        )
        wanted = [number for number in added.values_list("row_id", flat=True) if number in rows]
        changed = ImportChange.objects.filter(
            catalog_import=self.row.undoes, kind=kind, row_id__in=wanted, before__isnull=False
        )
        wanted = list(set(wanted) - set(changed.values_list("row_id", flat=True)))
        self._execute(DIGEST, kind, wanted)
        return dict(self.cursor.fetchall())

    def _kept(self, change: ImportChange, column: str, now: Any) -> None:
        """List what stays as it was edited."""
        self.counts["kept"] += 1
        said = now if column else ""
        if isinstance(said, float):
            said = f"{said:.2f}"
        RowError.objects.create(
            merchant=self.merchant,
            catalog_import=self.row,
            line=0,
            column=f"{_name(change)} {column}".strip()[:120],
            value="" if said is None else str(said)[:300],
            reason=Fault.EDITED_SINCE.reason,
            remedy=Fault.EDITED_SINCE.remedy,
        )


def _same(now: Any, after: Any) -> bool:
    """Tell whether a row is as it was written; columns that came into being since do not count."""
    if isinstance(now, dict) and isinstance(after, dict):
        return all(name in now and now[name] == value for name, value in after.items())
    return bool(now == after)


def _what(change: ImportChange) -> str:
    if change.before is None:
        return "added"
    return "removed" if change.after is None else "changed"


def _columns(model: type[models.Model]) -> list[str]:
    names = [str(field.column) for field in model._meta.concrete_fields]
    return [name for name in names if name not in FIXED | DRAWN]


def _name(change: ImportChange) -> str:
    """Return what a person knows the row by: its SKU, or that of what it belongs to."""
    said = change.before or change.after
    facts = said if isinstance(said, dict) else {}
    if change.kind in ("product", "variant"):
        held = MODELS[change.kind]._default_manager.filter(pk=change.row_id)
    elif "variant_id" in facts:
        held = Variant.objects.filter(pk=facts["variant_id"])
    elif "product_id" in facts:
        held = Product.objects.filter(pk=facts["product_id"])
    else:
        return str(facts.get("path") or facts.get("code") or facts.get("currency") or change.kind)
    sku = held.values_list("sku", flat=True).first() or facts.get("sku") or change.row_id
    return f"{sku} · {change.kind}"


def _decoded(said: Any) -> Any:
    return _plain(json.loads(said) if isinstance(said, str) else said)


def _plain(said: Any) -> Any:
    """Return a row without what was drawn from it later."""
    if isinstance(said, dict):
        return {name: value for name, value in said.items() if name not in DRAWN}
    return said
