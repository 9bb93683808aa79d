"""An import that is killed goes on to the very same result: products, price history, undo."""

from pathlib import Path
from typing import Any

import pytest

from catalog.feeds import loading
from catalog.feeds.exporting import export_pieces
from catalog.feeds.importing import import_file
from catalog.feeds.loading import Loader
from catalog.feeds.undoing import undo_import
from catalog.models import CatalogImport, PriceChange, Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant
from tests.catalog.feeds.conftest import make_import

pytestmark = pytest.mark.django_db
HEAD = "sku,title,price,stock,category\n"
BEFORE = HEAD + "".join(f"A{n},Old mug {n},{10 + n}.00,1,mugs\n" for n in range(4))
AFTER = HEAD + "".join(f"A{n},New mug {n},{20 + n}.00,{n},cups\n" for n in range(2, 8))


class Killed(BaseException):
    """Stands for the signal that nothing can catch."""


def said(shop: Merchant) -> list[bytes]:
    """Return the whole catalogue as the export says it, but for when it was made."""
    text = b"".join(export_pieces(shop, "own.csv", format="own"))
    head, *rows = text.decode().splitlines()
    made = head.split(",").index("created_at")
    return [",".join(row.split(",")[:made]).encode() for row in rows]


def history(shop: Merchant) -> list[tuple[Any, ...]]:
    """Return every price that each variant ever had."""
    with as_merchant(shop):
        rows = PriceChange.objects.filter(variant__merchant=shop)
        return sorted(rows.values_list("variant__sku", "price_list__currency", "amount"))


def begun(shop: Merchant, folder: Path) -> CatalogImport:
    """Return a second import's row, over a shop that has a first one's products."""
    (folder / "before.csv").write_text(BEFORE)
    import_file(make_import(shop, folder / "before.csv"))
    (folder / "after.csv").write_text(AFTER)
    return make_import(shop, folder / "after.csv")


@pytest.mark.parametrize(("chunk", "inside"), [(0, True), (2, False), (5, True)])
def test_a_killed_import_comes_to_the_same_result(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chunk: int, inside: bool
) -> None:
    for name in ("FIRST_VARIANTS", "MOST_VARIANTS"):  # a product, a chunk
        monkeypatch.setattr(loading, name, 1)
    whole, killed = (make_merchant(name, currencies=["CNY"]) for name in ("whole", "killed"))
    import_file(begun(whole, tmp_path))
    job = begun(killed, tmp_path)
    before = said(killed)
    loads: list[int] = []
    load = Loader.load

    def dying(self: Loader, records: Any) -> None:
        if inside and len(loads) == chunk:
            raise Killed
        load(self, records)
        loads.append(len(records))
        if not inside and len(loads) > chunk:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Loader, "load", dying)
        with pytest.raises(Killed):
            import_file(job)
    assert len(loads) == chunk + (not inside)
    import_file(job)
    assert said(killed) == said(whole)
    assert history(killed) == history(whole)
    with as_merchant(killed):
        assert Product.objects.of(killed).count() == 8
        job.finish(stage="done")
        undo = CatalogImport.objects.create(
            merchant=killed, undoes=job, file_name="x", state="running"
        )
    undo_import(undo)
    assert said(killed) == before and undo.failed == 0
