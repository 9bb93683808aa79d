"""Edit many products cell by cell, as in a spreadsheet: what would change, then save, all or none.

For the portal. Cells come from a page's own table or from pasted rows; both become the fields of
`catalog.editing.sheet`, so they are merged with others' edits and checked like the product's form.
What is saved is a bulk edit: listed, and taken back as a whole. It rings nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from catalog.editing.bulk import state_of
from catalog.editing.checking import Checked, check
from catalog.editing.merging import Merge, merge
from catalog.editing.saving import jointly_wrong, write
from catalog.editing.sheet import Sheet, fingerprint, sheet_of
from catalog.models import BulkEdit, BulkEditRow, Product
from shopguide.accounts.models import Merchant, User
from shopguide.work import State

# A save writes product by product while somebody waits; larger changes are an import.
MOST_PRODUCTS = 500
LONGEST_BASE = 2_000_000
OF_PRODUCTS = ("title:", "status", "brand")
OF_VARIANTS = ("price:", "stock:")
Cells = dict[int, dict[str, str]]


@dataclass
class Edit:
    """What is to be changed of one product. ``wrong``: by field, why a text is no value."""

    product: Product
    theirs: Sheet
    merge: Merge
    checked: Checked
    wrong: dict[str, str]

    @property
    def ready(self) -> bool:
        """Tell whether it can be written as it stands."""
        return not (self.wrong or self.merge.conflicts or self.merge.gone)


def name_of(product: int, key: str) -> str:
    """Return the name of a cell's field in a form."""
    return f"{product}/{key}"


def cells_of(sent: Mapping[str, str]) -> Cells:
    """Return the cells that a form sent, by product; the first few hundred products."""
    found: Cells = {}
    for name, text in sent.items():
        first, slash, key = name.partition("/")
        if not slash or not first.isascii() or not first.isdecimal() or len(first) > 18:
            continue
        if key.removeprefix("take:").startswith(OF_PRODUCTS + OF_VARIANTS):
            if int(first) not in found and len(found) >= MOST_PRODUCTS:
                continue
            found.setdefault(int(first), {})[key] = text
    return found


def products_of(merchant: Merchant, ids: Iterable[int], *, lock: bool = False) -> list[Product]:
    """Return the shop's products with all that their sheets show. Ten queries."""
    rows = Product.objects.of(merchant).filter(pk__in=list(ids), deleted_at=None).order_by("pk")
    if lock:
        list(rows.select_for_update(of=("self",)).values_list("pk"))
    return list(
        rows.select_related("merchant", "category").prefetch_related(
            "texts__approved_by", "variants__prices__price_list", "variants__stock", "media",
            "related__other",
        )
    )  # fmt: skip


def looked_at(
    merchant: Merchant, cells: Cells, base: Cells | None, *, lock: bool = False
) -> list[Edit]:
    """Return what would be changed of each product, checked. As the merchant; writes nothing.

    ``base``: fingerprints of what the sender has seen; None: of rows that come from outside, and
    are compared with what there is now.
    """
    edits = []
    for product in products_of(merchant, cells.keys(), lock=lock):
        theirs = sheet_of(product)
        mine = {str(one.pk) for one in product.variants.all()}
        known = seen_now(theirs, cells[product.pk]) if base is None else base.get(product.pk, {})
        seen = {
            key: mark for key, mark in known.items()
            if key.startswith(OF_PRODUCTS) or key.partition(":")[2].partition(":")[0] in mine
        }  # fmt: skip
        merged = merge(cells[product.pk], seen, theirs)
        if not (merged.changes or merged.gone):
            continue
        checked, wrong = check(product, merged.changes)
        if any(key.startswith(("title:", "status")) for key in merged.changes):
            wrong |= jointly_wrong(product, theirs | merged.changes, checked)
        edits.append(Edit(product, theirs, merged, checked, wrong))
    return edits


def seen_now(theirs: Sheet, mine: Mapping[str, str]) -> Sheet:
    """Return the fingerprints of some fields as they stand."""
    return {key: fingerprint(theirs.get(key, "")) for key in mine}


def base_of(text: str) -> Cells:
    """Return the fingerprints that a form sent as JSON, by product; nothing if it is none."""
    try:
        said = json.loads(text) if len(text) <= LONGEST_BASE else None
    except (ValueError, RecursionError):
        said = None
    said = said if isinstance(said, dict) else {}
    return cells_of({name: mark for name, mark in said.items() if isinstance(mark, str)})


def save_cells(
    merchant: Merchant, cells: Cells, base: Cells, *, by: User
) -> tuple[list[Edit], BulkEdit | None]:
    """Save all cells or, if one is wrong or was changed meanwhile, none. As the merchant.

    Returns what was looked at, and the bulk edit that holds what the products were.
    """
    edits = looked_at(merchant, cells, base, lock=True)
    if not edits or not all(edit.ready for edit in edits):
        return edits, None
    before = {edit.product.pk: state_of(edit.product) for edit in edits}
    for edit in edits:
        write(edit.product, edit.checked, by)
    after = {one.pk: state_of(one) for one in products_of(merchant, before)}
    return edits, journal(merchant, edits, before, after, by)


def journal(
    merchant: Merchant,
    edits: list[Edit],
    before: Mapping[int, Checked],
    after: Mapping[int, Checked],
    by: User,
) -> BulkEdit:
    """Write down as a finished bulk edit what each product was and became."""
    rows = []
    for pk, was in before.items():
        now = after[pk]
        moved = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
        rows.append((pk, {key: was.get(key) for key in moved}, {k: now.get(k) for k in moved}))
    changed = sum(1 for _pk, _was, now in rows if now)
    moment = timezone.now()
    job: BulkEdit = BulkEdit.objects.create(
        merchant=merchant, by=by, kind=BulkEdit.Kind.GRID, state=State.DONE,
        change={"cells": sum(len(edit.merge.changes) for edit in edits)},
        chosen={"ids": list(before)}, total=len(rows), changed=changed,
        unchanged=len(rows) - changed, changed_at=moment, finished_at=moment,
    )  # fmt: skip
    BulkEditRow.objects.bulk_create(
        BulkEditRow(merchant=merchant, bulk_edit=job, product_id=pk, before=was, after=now)
        for pk, was, now in rows
    )
    return job
