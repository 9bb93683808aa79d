"""The command: its JSON, its exit, its complaints."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.models import CatalogImport, Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.feeds.conftest import tee

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with one good and one bad product."""
    path = tmp_path / "shop.jsonl"
    path.write_text(json.dumps(tee()) + "\n" + json.dumps(tee("T2", status="x")) + "\n")
    return path


def run(*arguments: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_catalog", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_last_line_is_the_agreed_json(shop: Merchant, file: Path) -> None:
    out, err = run(file, "--merchant", "loom", "--json")
    said = json.loads(out.splitlines()[-1])
    assert said == {
        "rows": 2, "created": 1, "updated": 0, "unchanged": 0, "failed": 1,
        "errors": [{
            "line": 2, "column": "status", "value": "x", "reason": "This status is unknown.",
            "remedy": "Write live, draft or archived.",
        }],
    }  # fmt: skip
    assert "100 %" in err or "99 %" in err
    assert "line 2, status: This status is unknown." in err
    with as_merchant(shop):
        row = CatalogImport.objects.get()
    assert (row.state, row.rows, row.file_name) == ("done", 2, "shop.jsonl")
    assert row.finished_at


def test_at_most_a_thousand_errors_are_printed(shop: Merchant, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("sku,title,price_cny\n" + "".join(f"A{n},Mug,x\n" for n in range(1100)))
    out, _err = run(path, "--merchant", "loom", "--json")
    said = json.loads(out.splitlines()[-1])
    assert (said["failed"], len(said["errors"])) == (1100, 1000)


def test_without_json_it_says_the_counts(shop: Merchant, file: Path) -> None:
    out, _err = run(file, "--merchant", "loom")
    assert out == "rows 2, created 1, updated 0, unchanged 0, failed 1\n"


def test_an_unknown_shop_is_named_with_those_there_are(shop: Merchant, file: Path) -> None:
    with pytest.raises(CommandError, match=r"no shop “moon”.*loom.*--create-merchant"):
        run(file, "--merchant", "moon")
    run(file, "--merchant", "moon", "--create-merchant")
    with as_everyone():
        assert Product.objects.get().merchant.slug == "moon"


def test_bad_files_end_with_reason_and_remedy(shop: Merchant, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"name;price\n1;2\n")
    known = tmp_path / "known.csv"
    known.write_bytes(b"sku,title\nA,Mug\n")
    for arguments in (
        (tmp_path / "none.csv",),
        (path,),
        (path, "--mapping", tmp_path / "none.toml"),
        (known, "--images", tmp_path / "none.zip"),
    ):
        with pytest.raises(CommandError) as caught:
            run(*arguments, "--merchant", "loom")
        assert "\n" not in str(caught.value) and str(caught.value).endswith(".")
    with as_merchant(shop):
        assert set(CatalogImport.objects.values_list("state", flat=True)) == {"failed"}
        assert all(CatalogImport.objects.values_list("failure", flat=True))


def test_a_mapping_file_is_used(shop: Merchant, tmp_path: Path) -> None:
    path, mapping = tmp_path / "x.csv", tmp_path / "x.toml"
    path.write_text("number;name\n1;Boot\n")
    mapping.write_text('[fields]\nsku = "number"\ntitle = "name"\n')
    out, _err = run(path, "--merchant", "loom", "--mapping", mapping, "--json")
    assert json.loads(out.splitlines()[-1])["created"] == 1


GUESSED: list[tuple[str, str, dict[str, Any]]] = [
    ("sku,name,price,currency\nA,Mug,9.90,USD\n", "title from “name”", {}),
    ("货号,商品名称,售价（元）,材质\nA,杯子,9.90,陶瓷\n",
     "title from “商品名称”", {"material": "ceramic"}),
    ('{"id": "A", "name": "M7", "title": "Mug M7", "attr_t_form": "tall"}\n',
     "title from “title”", {"name": "M7", "form": "tall"}),
    ('id,title,category_coarse,category_fine,attributes\n'
     'A,杯子,家居,水杯,"{""容量"": [""300ml""], ""功率"": [""0W""], ""型号"": ""***""}"\n',
     "facts from “attributes”", {"容量": "300ml"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told", "facts"), GUESSED)
def test_unknown_columns_are_guessed_and_told(
    shop: Merchant, tmp_path: Path, text: str, told: str, facts: dict[str, str]
) -> None:
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    out, err = run(path, "--merchant", "loom", "--currency", "CNY", "--json")
    said = json.loads(out.splitlines()[-1])
    assert (said["created"], said["failed"]) == (1, 0)
    assert told in err and "--write-mapping" in err
    with as_merchant(shop):
        product = Product.objects.get()
        assert facts == product.attributes


def test_a_guess_is_written_corrected_and_followed(shop: Merchant, tmp_path: Path) -> None:
    path, mapping = tmp_path / "x.csv", tmp_path / "m.json"
    path.write_text("id,label,title\nA,Blue mug,Mugs\n")
    out, _err = run(path, "--merchant", "loom", "--write-mapping", mapping)
    with as_merchant(shop):
        assert out == "" and not Product.objects.exists()
    said = json.loads(mapping.read_text())
    said["fields"] |= {"title": "label", "category": "title"}
    del said["fields"]["attribute.label"]
    mapping.write_text(json.dumps(said))
    _out, err = run(path, "--merchant", "loom", "--mapping", mapping)
    assert "guessed" not in err
    with as_merchant(shop):
        assert Product.objects.get().title == "Blue mug"


def test_prices_without_a_currency_are_refused_before_every_row_fails(
    tmp_path: Path, shop: Merchant
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,name,price\nA,Mug,9\n")
    with pytest.raises(CommandError, match=r"no currency.*--currency.*CNY"):
        run(path, "--merchant", "moon", "--create-merchant")
    with as_everyone():
        assert not Product.objects.exists()


def test_known_formats_are_not_guessed(shop: Merchant, file: Path, tmp_path: Path) -> None:
    _out, err = run(file, "--merchant", "loom")
    assert "guessed" not in err
    with pytest.raises(CommandError, match="needs no mapping"):
        run(file, "--merchant", "loom", "--write-mapping", tmp_path / "m.json")


@pytest.mark.parametrize("arguments", [["--help"], ["nofile.csv"], ["x", "--format", "odd"]])
def test_from_a_shell(arguments: list[str]) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "manage.py", "import_catalog", *arguments],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (0 if arguments == ["--help"] else 2)
    assert "Traceback" not in done.stderr
