"""Rows that were not taken come back as a file, are mended, and are taken."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.feeds.delimited import PROBLEM
from catalog.feeds.exporting import export_file
from catalog.feeds.importing import import_file
from catalog.feeds.repairing import repair_file
from catalog.models import CatalogImport, Price, Product, RowError, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State
from tests.catalog.factories import make_product
from tests.catalog.feeds.conftest import make_import, tee
from tests.people import browser, make_people

pytestmark = pytest.mark.django_db


def done(shop: Merchant, file: Path, content: str | bytes, **fields: object) -> CatalogImport:
    """Import a file and return its finished job."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    job = make_import(shop, file, **fields)
    import_file(job)
    with as_merchant(shop):
        job.finish(stage="done")
    return job


def repair(job: CatalogImport) -> tuple[str, str]:
    """Return the ending and the text of a job's repair file."""
    told: dict[int, list[str]] = {}
    with as_merchant(job.merchant):
        for error in RowError.objects.filter(catalog_import=job, line__gt=0):
            told.setdefault(error.line, []).append(error.reason)
    ending, pieces = repair_file(job, told)
    return ending, "".join(pieces)


def rows(text: str, mark: str = ",") -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=mark))


def test_bad_rows_are_mended_and_taken(shop: Merchant, tmp_path: Path) -> None:
    job = done(
        shop, tmp_path / "a.csv",
        "sku,title,price,status\nA,Mug,9.00,live\nB,Cup,cheap,live\nC,-Pot,7.00,sold\n",
    )  # fmt: skip
    _ending, text = repair(job)
    bad = rows(text)
    assert [(row["sku"], row["price"]) for row in bad] == [("B", "cheap"), ("C", "7.00")]
    assert bad[0][PROBLEM].startswith("This is not a price.") and bad[1]["title"] == "'-Pot"
    mended = text.replace("cheap", "8.50").replace("sold", "draft")
    again = done(shop, tmp_path / "b.csv", mended)
    with as_merchant(shop):
        assert not again.errors.exists()
        assert dict(Price.objects.values_list("variant__sku", "amount")) == {
            "A": 9, "B": 8.5, "C": 7,
        }  # fmt: skip
        assert Product.objects.get(sku="C").texts.get().title == "-Pot"


def test_rows_of_one_product_come_together(shop: Merchant, tmp_path: Path) -> None:
    job = done(
        shop, tmp_path / "a.csv",
        "product_sku,sku,title,options,option_size,price\n"
        "P,P-S,Shirt,size,S,9.00\nP,P-M,,,M,x\nQ,Q-1,Cap,size,S,5.00\n",
    )  # fmt: skip
    _ending, text = repair(job)
    assert [row["sku"] for row in rows(text)] == ["P-S", "P-M"]
    done(shop, tmp_path / "b.csv", text.replace(",x,", ",9.50,"))
    with as_merchant(shop):
        assert set(Variant.objects.filter(product__sku="P").values_list("sku", flat=True)) == {
            "P-S", "P-M",
        }  # fmt: skip


def test_rows_that_could_not_even_be_read_are_there(shop: Merchant, tmp_path: Path) -> None:
    job = done(
        shop, tmp_path / "a.csv",
        'sku;title;price\nA;Mug;9.00\nB;Cup\nC;Pot;7.00;9;8\nD;"Pan;5.00\nE;Lid;1.00\n',
    )  # fmt: skip
    bad = rows(repair(job)[1], ";")
    assert [row["sku"] for row in bad] == ["B", "C", "D"]
    assert "Left over: 9 8" in bad[1][PROBLEM] and bad[2]["title"] == "Pan"


def test_json_lines(shop: Merchant, tmp_path: Path) -> None:
    lines = [tee("A"), tee("B", status="sold"), tee("C")]
    text = "\n".join(json.dumps(each) for each in lines) + "\n{broken\n"
    job = done(shop, tmp_path / "a.jsonl", text)
    ending, said = repair(job)
    assert ending == "jsonl" and said.splitlines()[1] == "{broken"
    again = done(shop, tmp_path / "b.jsonl", said.splitlines()[0].replace('"sold"', '"live"'))
    with as_merchant(shop):
        assert not again.errors.exists() and Product.objects.get(sku="B").status == "live"


def test_a_workbook_comes_back_as_csv_or_workbook(shop: Merchant, tmp_path: Path) -> None:
    for sku in ("A", "B"):
        make_product(shop, sku, title=f"Mug {sku}")
    path = tmp_path / "a.xlsx"
    export_file(shop, path, format="own")
    before = path.read_bytes()
    job = done(shop, path, before)
    with as_merchant(shop):
        assert not job.errors.exists()
        RowError.objects.create(
            merchant=shop, catalog_import=job, line=3, column="price_CNY", reason="x", remedy="y"
        )
    ending, text = repair(job)
    assert ending == "csv" and [row["sku"] for row in rows(text)] == ["B"]
    again = done(shop, tmp_path / "b.csv", text)
    with as_merchant(shop):
        assert not again.errors.exists() and again.unchanged == 1


def test_mapped_files_keep_their_mapping_through_the_portal(
    tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    settings.UPLOAD_ROOT = tmp_path / "uploads"  # type: ignore[attr-defined]
    rung: list[int] = []
    monkeypatch.setattr("catalog.views.import_steps.ring", rung.append)
    people = make_people()
    mapping = {"fields": {"sku": "Nr", "title.en": "Name", "price.CNY": "Preis"}}
    job = done(
        people.loom, tmp_path / "a.csv", "Nr,Name,Preis\nA,Mug,9\nB,Cup,x\n", mapping=mapping
    )
    page = f"/merchant/loom/imports/{job.pk}/"
    edda = browser(people.edda)
    assert "Repair the rows that were not taken" in edda.get(page).content.decode()
    answer = edda.get(page + "repair/rows")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert rows(text)[0]["Nr"] == "B" and answer["Content-Disposition"].endswith('repair.csv"')
    token = "11111111-1111-4111-8111-111111111111"

    def send() -> str:
        upload = SimpleUploadedFile("mended.csv", text.replace(",x,", ",8,").encode())
        with django_capture_on_commit_callbacks(execute=True):
            return edda.post(page + "repair/", {"file": upload, "token": token})["Location"]

    where = send()
    with as_merchant(people.loom):
        made = CatalogImport.objects.exclude(pk=job.pk).get()
    assert where == f"/merchant/loom/imports/{made.pk}/" == send() and rung == [made.pk]
    assert made.mapping == mapping and not made.dry
    import_file(made)
    with as_merchant(people.loom):
        assert Price.objects.get(variant__sku="B").amount == 8
    assert edda.post(page + "repair/", {"token": token})["Location"] == page
    for person in (people.ana, people.rui, people.sam):
        other = browser(person)
        assert other.get(page + "repair/rows").status_code == 404
        assert other.post(page + "repair/").status_code == 404
    assert edda.get(page + "repair/").status_code == 405
    assert edda.get("/merchant/loom/imports/999999999/repair/rows").status_code == 404


@pytest.mark.parametrize("kind", ["xml", "gone", "nothing", "undo"])
def test_what_cannot_be_given_out_says_why(kind: str, tmp_path: Path) -> None:
    people = make_people()
    file = tmp_path / "a.csv"
    if kind != "gone":
        file.write_text(
            '<rss xmlns:g="http://base.google.com/ns/1.0"/>' if kind == "xml" else "sku\n"
        )
    with as_merchant(people.loom):
        job = CatalogImport.objects.create(
            merchant=people.loom, file=str(file), file_name="a.csv", state=State.DONE
        )
        if kind == "undo":
            job.undoes = job
            job.save()
        if kind != "nothing":
            RowError.objects.create(
                merchant=people.loom, catalog_import=job, line=2, reason="x", remedy="y"
            )
    mei = browser(people.mei)
    page = f"/merchant/loom/imports/{job.pk}/"
    assert mei.get(page + "repair/rows")["Location"] == page
    assert mei.get(page).status_code == 200
