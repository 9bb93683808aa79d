"""A whole import is taken back, a dry one changes nothing, and no edit is ever lost."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from catalog.feeds import importing, undoing
from catalog.feeds.importing import Stopped, import_file
from catalog.feeds.problems import Fault
from catalog.feeds.undoing import undo_import
from catalog.models import (
    CatalogImport,
    ImportChange,
    Price,
    Product,
    ProductText,
    RowError,
    Stock,
    Variant,
)
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import, make_import, tee
from tests.catalog.feeds.test_exporting import digest, many

pytestmark = pytest.mark.django_db


def contents(shop: Merchant) -> dict[str, list[Any]]:
    """Return all that the shop has, revisions left out."""
    found = {}
    with as_merchant(shop):
        for kind, model in undoing.MODELS.items():
            rows = model._default_manager.filter(merchant=shop).order_by("pk").values()
            found[kind] = [{k: v for k, v in row.items() if k != "revision"} for row in rows]
    return found


def write(path: Path, products: list[dict[str, Any]]) -> Path:
    import json

    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in products))
    return path


def changed(number: int, said: dict[str, Any]) -> dict[str, Any]:
    """Return a product as a later file might say it."""
    said = said | {"brand": f"New brand {number}", "attributes": {"weight_g": number, "new": "x"}}
    said["title"] = said["title"] | {"en": f"New title {number}"}
    for variant in said["variants"]:
        variant["prices"] = {"CNY": f"{number + 1}.00", "EUR": "5.00"}
        variant["stock"] = {"main": number, "elsewhere": 3}
    said["category"] = "made/by/import"
    said["related"] = ["P-0001"] if said["sku"] != "P-0001" else []
    said["variants"] = [*said["variants"], {
        "sku": f"{said['sku']}-extra", "options": dict.fromkeys(said["options"], "extra"),
        "prices": {"CNY": "1.00"}}]  # fmt: skip
    said["reviews"] = [{"stars": 1, "body": f"Imported later {number}"}]
    return said


def undo(job: CatalogImport) -> CatalogImport:
    """Take an import back as the task does."""
    with as_merchant(job.merchant):
        row = CatalogImport.objects.create(
            merchant=job.merchant, file_name=job.file_name, undoes=job, state="running"
        )
    undo_import(row)
    return row


def run(shop: Merchant, path: Path, **fields: Any) -> CatalogImport:
    job = make_import(shop, path, **fields)
    report = import_file(job)
    assert report.failed == 0, report.errors
    return job


def test_a_first_import_leaves_nothing_when_it_is_taken_back(
    shop: Merchant, tmp_path: Path
) -> None:
    empty = contents(shop)
    job = run(shop, write(tmp_path / "a.jsonl", many(60)))
    row = undo(job)
    assert contents(shop) == empty
    assert row.failed == 0 and row.updated >= 60


def test_a_later_import_is_taken_back_to_the_row(shop: Merchant, tmp_path: Path) -> None:
    run(shop, write(tmp_path / "a.jsonl", many(60)))
    before = contents(shop)
    new = [tee(f"N-{number}") for number in range(10)]
    job = run(shop, write(tmp_path / "b.jsonl", [*map(changed, range(60), many(60)), *new]))
    assert contents(shop) != before
    row = undo(job)
    assert row.failed == 0
    assert contents(shop) == before
    with as_merchant(shop):
        assert not ImportChange.objects.filter(catalog_import=job).exists()


def test_imports_are_taken_back_one_after_the_other(shop: Merchant, tmp_path: Path) -> None:
    states, jobs = [contents(shop)], []
    for place, products in enumerate((many(20), list(map(changed, range(20), many(20))), many(15))):
        jobs.append(run(shop, write(tmp_path / f"{place}.jsonl", products)))
        states.append(contents(shop))
    states.pop()
    while jobs:
        assert undo(jobs.pop()).failed == 0
        assert contents(shop) == states.pop()


def test_later_edits_are_kept_and_listed(shop: Merchant, tmp_path: Path) -> None:
    run(shop, write(tmp_path / "a.jsonl", [tee("A"), tee("B"), tee("C")]))
    later = [tee("A", brand="X", status="draft"), tee("B", brand="X"), tee("C"), tee("D"), tee("E")]
    later[2]["variants"][0]["prices"] = {"CNY": "50.00"}
    job = run(shop, write(tmp_path / "b.jsonl", later))
    with as_merchant(shop):
        Product.objects.filter(sku="A").update(brand="Edited")
        Price.objects.filter(variant__sku="C-white", price_list__currency="CNY").update(amount=44)
        Price.objects.filter(variant__sku="D-white", price_list__currency="CNY").update(amount=33)
    row = undo(job)
    with as_merchant(shop):
        assert dict(Product.objects.values_list("sku", "brand")) == {
            "A": "Edited", "B": "Loom", "C": "Loom", "D": "Loom",
        }  # fmt: skip
        assert Product.objects.get(sku="A").status == "live"  # nobody edited that
        prices = Price.objects.filter(price_list__currency="CNY", variant__sku__endswith="white")
        assert dict(prices.values_list("variant__sku", "amount")) == {
            "A-white": 99, "B-white": 99, "C-white": 44, "D-white": 33,
        }  # fmt: skip
        listed = set(RowError.objects.filter(catalog_import=row).values_list("column", "value"))
    assert listed == {
        ("A · product brand", "Edited"), ("C-white · price amount", "44.00"), ("D · product", ""),
    }  # fmt: skip
    assert row.failed == 3


def test_a_sale_after_the_import_keeps_the_product(shop: Merchant, tmp_path: Path) -> None:
    job = run(shop, write(tmp_path / "a.jsonl", [tee("A"), tee("B")]))
    with as_merchant(shop):
        Stock.objects.filter(variant__sku="A-white").update(quantity=11)
    assert undo(job).failed >= 1
    with as_merchant(shop):
        assert [product.sku for product in Product.objects.all()] == ["A"]


def test_a_killed_undo_goes_on_where_it_was(
    shop: Merchant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(shop)
    job = run(shop, write(tmp_path / "a.jsonl", many(40)))
    monkeypatch.setattr(undoing, "BATCH", 7)
    rounds = iter(range(3))
    real = undoing._Undoing.take_back

    def dies(self: Any, batch: Any) -> Any:
        counts = real(self, batch)
        if next(rounds, None) is None:
            raise KeyboardInterrupt
        return counts

    with as_merchant(shop):
        row = CatalogImport.objects.create(merchant=shop, file_name="a", undoes=job)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt), transaction.atomic():
        patched.setattr(undoing._Undoing, "take_back", dies)
        undo_import(row)
    undo_import(row)
    assert contents(shop) == before


def test_a_dry_import_tells_what_it_would_do_and_changes_nothing(
    shop: Merchant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(shop, write(tmp_path / "a.jsonl", many(30)))
    before = digest(shop)
    monkeypatch.setattr("catalog.feeds.loading.FIRST_VARIANTS", 20)
    products = [
        *map(changed, range(10), many(10)),
        *many(30)[10:],
        *[tee(f"N{n}") for n in range(9)],
    ]
    path = write(tmp_path / "b.jsonl", [*products, tee("BAD", status="?")])
    dry = import_file(make_import(shop, path, dry=True))
    assert digest(shop) == before
    with as_merchant(shop):
        assert not ImportChange.objects.filter(catalog_import__dry=True).exists()
    real = import_file(make_import(shop, path))
    counts = [(r.created, r.updated, r.unchanged, r.failed) for r in (dry, real)]
    assert counts[0] == counts[1] and counts[0][3] == 1


def test_an_import_stops_when_asked_and_is_taken_back(
    shop: Merchant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(shop)
    monkeypatch.setattr("catalog.feeds.loading.FIRST_VARIANTS", 10)
    job = make_import(shop, write(tmp_path / "a.jsonl", many(100)))

    def ask(row: CatalogImport) -> None:
        if row.rows:
            with as_merchant(shop):
                CatalogImport.objects.filter(pk=row.pk).update(stop_asked=True)

    with pytest.raises(Stopped):
        import_file(job, progress=ask)
    assert 0 < job.rows < 100
    undo(job)
    assert contents(shop) == before


def test_an_edit_during_the_import_is_kept_and_listed(
    shop: Merchant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.feeds.loading.FIRST_VARIANTS", 4)
    run(shop, write(tmp_path / "a.jsonl", [tee(f"T{n}") for n in range(8)]))
    job = make_import(
        shop, write(tmp_path / "b.jsonl", [tee(f"T{n}", brand="New") for n in range(8)])
    )
    edits = iter([
        lambda: Product.objects.filter(sku="T5").update(brand="Mine"),
        lambda: Price.objects.filter(variant__sku="T6-white").update(amount=Decimal("5.00")),
        lambda: ProductText.objects.filter(product__sku="T7", locale="en").update(title="Mine"),
    ])  # fmt: skip

    def edit(row: CatalogImport) -> None:
        if row.rows:
            with as_merchant(shop):
                for act in edits:
                    act()

    report = import_file(job, progress=edit)
    assert [(e.value, e.fault) for e in report.errors] == [
        (sku, Fault.EDITED_MEANWHILE) for sku in ("T5", "T6", "T7")
    ]
    assert (report.updated, report.failed) == (5, 3)
    with as_merchant(shop):
        assert Product.objects.get(sku="T5").brand == "Mine"
        assert ProductText.objects.get(product__sku="T7", locale="en").title == "Mine"
        assert Price.objects.filter(variant__sku="T6-white", amount=5).exists()


def test_a_second_attempt_counts_what_the_first_one_made(
    shop: Merchant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(shop)
    monkeypatch.setattr("catalog.feeds.loading.FIRST_VARIANTS", 10)
    path = write(tmp_path / "a.jsonl", [tee(f"T{n}") for n in range(40)])
    job = make_import(shop, path, attempts=1)

    def die(row: CatalogImport) -> None:
        if row.rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(job, progress=die)
    job.attempts = 2
    report = import_file(job)
    assert (report.created, report.updated, report.unchanged, report.failed) == (40, 0, 0, 0)
    with as_merchant(shop):
        assert Variant.objects.count() == 80
    undo(job)
    assert contents(shop) == before


def test_an_import_that_began_before_another_does_not_stop_for_it(
    shop: Merchant, imported: Import
) -> None:
    imported([tee()])
    report = imported([tee(brand="Second")])
    assert (report.updated, report.failed) == (1, 0)
    assert importing.LOCK_SPACE
