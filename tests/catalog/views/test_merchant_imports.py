"""Imports in the portal: upload, progress, bad rows, and who may."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from catalog.feeds.importing import import_file
from catalog.models import CatalogImport, Product, RowError
from catalog.tasks import import_catalog
from catalog.views.imports import harmless
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.people import People, browser

pytestmark = pytest.mark.django_db
LIST, NEW = "/merchant/loom/imports/", "/merchant/loom/imports/new/"
ROW = {"sku": "UP-1", "status": "live", "title": {"en": "Uploaded sock"},
       "variants": [{"sku": "UP-1", "prices": {"CNY": "9.00"}, "stock": {"main": 3}}]}  # fmt: skip
TOKEN = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> list[Any]:
    """Keep uploads in a folder of the test, and the bell in a list."""
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    rings: list[Any] = []
    monkeypatch.setattr(
        "catalog.views.imports.import_catalog.apply_async",
        lambda args, **_how: rings.append(args[0]),
    )
    return rings


def catalogue(content: str | None = None) -> SimpleUploadedFile:
    """Return a file to upload."""
    return SimpleUploadedFile("../../新品 spring.jsonl", (content or json.dumps(ROW)).encode())


def upload(person: User, **fields: Any) -> HttpResponse:
    """Send the form."""
    sent = {"token": TOKEN, "file": catalogue(), "format": "auto"} | fields
    return browser(person).post(NEW, {name: one for name, one in sent.items() if one is not None})


def jobs(merchant: Merchant) -> list[CatalogImport]:
    """Return a shop's imports."""
    with as_merchant(merchant):
        return list(CatalogImport.objects.filter(merchant=merchant))


def make_job(merchant: Merchant, **fields: Any) -> CatalogImport:
    """Save an import."""
    with as_merchant(merchant):
        return CatalogImport.objects.create(
            merchant=merchant, file="x", file_name="spring.csv", **fields
        )


def test_an_upload_becomes_a_row_and_rings_when_committed(
    people: People, rung: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(people.edda)
        assert rung == []
    (job,) = jobs(people.loom)
    assert response["Location"] == f"/merchant/loom/imports/{job.pk}/"
    assert rung == [job.pk]
    assert (job.state, job.asked_by, job.file_name) == ("queued", people.edda, "新品 spring.jsonl")
    import_file(job)  # what the worker does
    with as_merchant(people.loom):
        assert Product.objects.get(sku="UP-1").status == "live"


def test_files_lie_where_we_say_whatever_they_are_called(people: People, tmp_path: Path) -> None:
    upload(people.mei)
    (job,) = jobs(people.loom)
    assert Path(job.file).parent.parent == tmp_path / "uploads" / "loom"
    assert Path(job.file).name == "catalogue"


def test_a_form_sent_twice_is_one_import(people: People) -> None:
    first, second = upload(people.mei), upload(people.mei)
    assert len(jobs(people.loom)) == 1
    assert first["Location"] == second["Location"]


def test_a_broker_that_is_away_leaves_the_row_waiting(
    people: People, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    def refuse(args: Any, **_how: Any) -> None:
        raise OSError("connection refused")

    monkeypatch.setattr("catalog.views.imports.import_catalog.apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert upload(people.mei).status_code == 302
    assert [job.state for job in jobs(people.loom)] == ["queued"]


def test_a_disk_that_refuses_is_said_and_leaves_nothing(
    people: People, settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.UPLOAD_ROOT = blocked
    response = upload(people.mei)
    assert response.status_code == 422
    assert "could not be stored" in response.content.decode()
    assert jobs(people.loom) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"file": None}, "Choose the file with your products."),
        ({"file": SimpleUploadedFile("empty.csv", b"")}, "The submitted file is empty."),
        ({"token": "nonsense"}, "Please check what you entered."),
        ({"format": "xls"}, "Select a valid choice"),
        ({"images": SimpleUploadedFile("a.zip", b"no zip")}, "This is not a zip file."),
        ({"mapping": SimpleUploadedFile("m.toml", b"= broken")}, "mapping file"),
        ({"mapping": SimpleUploadedFile("m.json", b'{"fields": [1]}')}, "wrong layout"),
        ({"mapping": SimpleUploadedFile("m.json", b"\xff\xfe\x00")}, "mapping file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    people: People, fields: dict[str, Any], said: str
) -> None:
    response = upload(people.mei, **fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert jobs(people.loom) == []


def test_too_large_a_file_is_refused(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.forms.MOST_MB", 0.00001)
    page = upload(people.mei).content.decode()
    assert "can be uploaded" in page
    assert jobs(people.loom) == []


def test_the_form_speaks_chinese(people: People) -> None:
    page = browser(people.mei, "zh-hans").get(NEW).content.decode()
    assert "目录文件" in page and "不超过 100 MB" in page


def test_a_mapping_goes_with_the_row(people: People) -> None:
    mapping = SimpleUploadedFile("m.toml", b'[fields]\nsku = "Code"\ntitle = "Name"\n')
    upload(people.mei, file=catalogue("Code,Name\nM-1,Mapped\n"), mapping=mapping)
    (job,) = jobs(people.loom)
    assert job.mapping == {"fields": {"sku": "Code", "title": "Name"}}


ADDRESSES = [LIST, NEW, "/merchant/loom/imports/{pk}/", "/merchant/loom/imports/{pk}/errors.csv"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_may(people: People, address: str) -> None:
    """Members read; owners and editors upload; nobody else learns that there is anything."""
    job = make_job(people.loom)
    page = address.format(pk=job.pk)
    answers = {
        name: browser(getattr(people, name)).get(page).status_code
        for name in ("mei", "edda", "ana", "rui", "sam")
    }
    reader = 404 if address == NEW else 200
    assert answers == {"mei": 200, "edda": 200, "ana": reader, "rui": 404, "sam": 404}
    assert browser().get(page)["Location"] == f"/accounts/login/?next={page}"


def test_an_analyst_cannot_upload(people: People) -> None:
    assert upload(people.ana).status_code == 404
    assert jobs(people.loom) == []


def test_another_shops_import_is_404_under_ones_own_shop(people: People) -> None:
    job = make_job(people.rival)
    mei = browser(people.mei)
    for tail in ("", "errors.csv"):
        assert mei.get(f"/merchant/loom/imports/{job.pk}/{tail}").status_code == 404


def test_bad_id(people: People) -> None:
    mei = browser(people.mei)
    for pk in (0, 999_999, 2**70):
        assert mei.get(f"/merchant/loom/imports/{pk}/").status_code == 404
        assert mei.get(f"/merchant/loom/imports/{pk}/errors.csv").status_code == 404


def test_wrong_method(people: People) -> None:
    job = make_job(people.loom)
    mei = browser(people.mei)
    assert mei.post(LIST).status_code == 405
    assert mei.put(NEW).status_code == 405
    assert mei.post(f"/merchant/loom/imports/{job.pk}/").status_code == 405


def test_the_list(people: People) -> None:
    assert "No imports yet" in browser(people.mei).get(LIST).content.decode()
    make_job(people.loom, rows=12, failed=3, state="done")
    page = browser(people.mei, "zh-hans").get(LIST).content.decode()
    assert "spring.csv" in page and "完成" in page


def test_progress_polls_until_it_is_over(people: People) -> None:
    job = make_job(people.loom, state="running", bytes_total=100, bytes_read=40)
    mei = browser(people.mei)
    page = f"/merchant/loom/imports/{job.pk}/"
    part = mei.get(page, headers={"HX-Request": "true"}).content.decode()
    assert 'id="progress"' in part and "<html" not in part and "every 1s" in part
    assert 'value="40"' in part
    with as_merchant(people.loom):
        job.finish()
    assert "every 1s" not in mei.get(page).content.decode()


def test_why_an_import_failed_is_said_in_the_readers_language(people: People) -> None:
    job = make_job(people.loom)
    with as_merchant(people.loom):
        job.fail("This is a PDF file. (menu.pdf) Save it as CSV in UTF-8 and import that.")
    page = browser(people.mei).get(f"/merchant/loom/imports/{job.pk}/").content.decode()
    assert "This is a PDF file. (menu.pdf)" in page
    page = browser(people.mei, "zh-hans").get(f"/merchant/loom/imports/{job.pk}/").content.decode()
    assert "PDF" in page and "This is a PDF file." not in page


def bad_rows(people: People, count: int) -> CatalogImport:
    """Save an import with so many bad rows."""
    job = make_job(people.loom, failed=count, state="done")
    with as_merchant(people.loom):
        RowError.objects.bulk_create(
            RowError(
                merchant=people.loom, catalog_import=job, line=number, column="price_cny",
                value="=cmd()" if number == 1 else "九十九",
                reason="This is not a price.",
                remedy="Write digits with a point, for example 1299.00.",
            )
            for number in range(1, count + 1)
        )  # fmt: skip
    return job


def test_bad_rows_are_shown_in_the_readers_language_a_page_at_a_time(people: People) -> None:
    job = bad_rows(people, 60)
    page = f"/merchant/loom/imports/{job.pk}/"
    english = browser(people.mei).get(page).content.decode()
    assert "This is not a price." in english and english.count("price_cny") == 50
    chinese = browser(people.mei, "zh-hans").get(f"{page}?page=2").content.decode()
    assert "This is not a price." not in chinese and chinese.count("price_cny") == 10


def test_bad_rows_as_csv_hold_no_formula(people: People) -> None:
    job = bad_rows(people, 3)
    response = browser(people.mei).get(f"/merchant/loom/imports/{job.pk}/errors.csv")
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Line", "Column", "Value", "Reason", "Remedy"]
    assert rows[1] == [
        "1", "price_cny", "'=cmd()", "This is not a price.",
        "Write digits with a point, for example 1299.00.",
    ]  # fmt: skip
    assert len(rows) == 4


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "|x", "%x"]
)
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_other_shops_see_no_rows_in_the_database(people: People) -> None:
    bad_rows(people, 3)
    with as_merchant(people.rival):
        assert RowError.objects.count() == CatalogImport.objects.count() == 0
    with as_everyone():
        assert RowError.objects.count() == 3


def test_query_count_does_not_grow(people: People) -> None:
    mei = browser(people.mei)
    counts = []
    for count in (1, 25):
        for _number in range(count):
            make_job(people.loom)
        with CaptureQueriesContext(connection) as queries:
            mei.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- Steps: columns, check, import, stop, undo, export ------------------------------------------
UNKNOWN = "货号,商品名称,售价,颜色\nU-1,羊毛围巾,99.00,红\nU-2,羊毛手套,x,蓝\n"


def sheet(content: str = UNKNOWN) -> SimpleUploadedFile:
    return SimpleUploadedFile("店.csv", content.encode("gb18030"))


def work(job: CatalogImport) -> CatalogImport:
    """Do what the worker does."""
    with as_merchant(job.merchant):
        CatalogImport.objects.filter(pk=job.pk).update(state="queued", changed_at=job.created_at)

    import_catalog(job.pk)
    (found,) = [each for each in jobs(job.merchant) if each.pk == job.pk]
    return found


@pytest.fixture(autouse=True)
def no_bells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody be rung by the tasks themselves."""
    monkeypatch.setattr("catalog.tasks.index_products.delay", lambda pk: None)


def test_from_an_unknown_file_to_the_shop_and_back(people: People) -> None:
    """Upload, columns, check, import, undo: nothing is written before it is said."""
    mei = browser(people.mei)
    response = upload(people.mei, file=sheet(), then="check")
    (job,) = jobs(people.loom)
    page = f"/merchant/loom/imports/{job.pk}/"
    assert (job.step, response["Location"]) == ("columns", f"{page}columns/")
    assert import_catalog_again(job) is None  # no sweep takes it before a person has spoken
    shown = mei.get(f"{page}columns/").content.decode()
    assert "羊毛围巾" in shown and shown.count(" selected") == 4
    answer = mei.post(
        f"{page}columns/", {"c0": "sku", "c1": "title", "c2": "price", "c3": "option"}
    )
    assert answer["Location"] == page
    (job,) = jobs(people.loom)
    assert (job.state, job.dry) == ("queued", True)
    job = work(job)
    assert (job.step, job.created, job.failed) == ("checked", 1, 1)
    with as_merchant(people.loom):
        assert not Product.objects.exists()
    checked = mei.get(page).content.decode()
    assert "Nothing has been changed yet" in checked and "羊毛手套" in checked
    assert mei.post(f"{page}go/")["Location"] == page
    job = work(jobs(people.loom)[0])
    assert (job.step, job.state, job.created) == ("import", "done", 1)
    assert "Take this import back" in mei.get(page).content.decode()
    back = mei.post(f"{page}undo/")["Location"]
    undo = work(jobs(people.loom)[0])
    assert back == f"/merchant/loom/imports/{undo.pk}/" and undo.state == "done"
    assert "Taking back" in mei.get(back).content.decode()
    with as_merchant(people.loom):
        assert not Product.objects.exists()
    assert "Take this import back" not in mei.get(page).content.decode()


def import_catalog_again(job: CatalogImport) -> Any:
    """Ring as a stray message would."""
    with as_everyone():
        return CatalogImport.objects.claim(job.pk)


def test_a_known_file_is_checked_at_once(people: People) -> None:
    response = upload(people.mei, then="check")
    (job,) = jobs(people.loom)
    assert (job.step, job.state) == ("check", "queued")
    assert response["Location"] == f"/merchant/loom/imports/{job.pk}/"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"c1": "title"}, "No column is the article number."),
        ({"c0": "sku", "c1": "sku"}, "Two columns are to be the same."),
        ({"c0": "nonsense"}, "No column is the article number."),
    ],
)
def test_columns_that_cannot_be_are_refused(
    people: People, chosen: dict[str, str], said: str
) -> None:
    upload(people.mei, file=sheet(), then="check")
    (job,) = jobs(people.loom)
    answer = browser(people.mei).post(f"/merchant/loom/imports/{job.pk}/columns/", chosen)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert jobs(people.loom)[0].mapping is None


def test_an_import_that_waits_is_stopped_at_once_and_one_that_runs_is_asked(people: People) -> None:
    mei = browser(people.mei)
    waiting, running = make_job(people.loom), make_job(people.loom, state="running")
    for job in (waiting, running):
        assert mei.post(f"/merchant/loom/imports/{job.pk}/stop/").status_code == 302
    with as_merchant(people.loom):
        waiting.refresh_from_db()
        running.refresh_from_db()
    assert (waiting.state, running.state, running.stop_asked) == ("cancelled", "running", True)


def test_only_what_was_checked_can_go(people: People, rung: list[Any]) -> None:
    mei = browser(people.mei)
    for fields in ({"state": "running", "dry": True}, {"state": "done"}, {"state": "queued"}):
        job = make_job(people.loom, **fields)
        mei.post(f"/merchant/loom/imports/{job.pk}/go/")
        with as_merchant(people.loom):
            job.refresh_from_db()
        assert job.state == fields["state"]
    assert rung == []


def test_an_import_without_changes_cannot_be_taken_back(people: People) -> None:
    job = make_job(people.loom, state="done")
    browser(people.mei).post(f"/merchant/loom/imports/{job.pk}/undo/")
    assert len(jobs(people.loom)) == 1


STEPS = ["go/", "stop/", "undo/", "columns/"]


@pytest.mark.parametrize("step", STEPS)
def test_who_may_take_steps(people: People, step: str) -> None:
    job = make_job(people.loom, state="done", dry=True, stage="checked")
    page = f"/merchant/loom/imports/{job.pk}/{step}"
    answers = {
        name: browser(getattr(people, name)).post(page).status_code
        for name in ("edda", "ana", "rui", "sam")
    }
    assert answers == {"edda": 302, "ana": 404, "rui": 404, "sam": 404}
    assert browser().post(page)["Location"].startswith("/accounts/login/")
    theirs = make_job(people.rival, state="done", dry=True, stage="checked")
    mei = browser(people.mei)
    assert mei.post(f"/merchant/loom/imports/{theirs.pk}/{step}").status_code == 404
    assert mei.post(f"/merchant/loom/imports/{2**70}/{step}").status_code == 404
    if step != "columns/":
        assert mei.get(page).status_code == 405


@pytest.mark.parametrize(
    "name", ["own.csv", "own.jsonl", "own.xlsx", "shopify.csv", "google.tsv", "google.xml"]
)
def test_the_catalogue_can_be_downloaded(people: People, name: str) -> None:

    make_product(people.loom, "MINE-1")
    make_product(people.rival, "SECRET-1")
    page = f"/merchant/loom/export/{name}"
    answer = browser(people.mei).get(page)
    sent = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if name.endswith(".xlsx"):
        sent = zipfile.ZipFile(io.BytesIO(sent)).read("xl/worksheets/sheet1.xml")
    text = sent.decode()
    assert "MINE-1" in text and "SECRET-1" not in text
    assert answer["Content-Disposition"] == f'attachment; filename="loom-{name}"'
    for other in ("ana", "rui", "sam"):
        assert browser(getattr(people, other)).get(page).status_code == 404
    assert browser(people.mei).get("/merchant/loom/export/x").status_code == 302
