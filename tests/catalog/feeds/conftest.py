"""A shop, its pictures' folder, and an import of what a test writes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.importing import ImportReport, import_file
from catalog.models import CatalogImport
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.outbound import Unreachable
from shopguide.work import State
from tests.catalog.factories import make_merchant

Import = Callable[..., ImportReport]


@pytest.fixture
def shop(db: None) -> Merchant:
    """Return a shop that sells in yuan."""
    return make_merchant("loom", currencies=["CNY"])


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """Keep stored pictures in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let no test fetch anything; return the addresses that were asked for."""
    addresses: list[str] = []

    def refuse(url: str, **_options: Any) -> Any:
        addresses.append(url)
        raise Unreachable(url)

    monkeypatch.setattr("catalog.feeds.remote.fetch", refuse)
    return addresses


def make_import(shop: Merchant, file: Path, **fields: Any) -> CatalogImport:
    """Save an import's row as the page and the command do."""
    with as_merchant(shop):
        return CatalogImport.objects.create(
            merchant=shop, state=State.RUNNING, file=str(file), file_name=file.name, **fields
        )


@pytest.fixture
def imported(shop: Merchant, tmp_path: Path) -> Import:
    """Return a function that writes a file and imports it: bytes, text, or a list of objects."""

    def run(
        content: Any, *, name: str = "", merchant: Merchant | None = None, **fields: Any
    ) -> Any:
        if isinstance(content, list):
            content = "\n".join(json.dumps(each, ensure_ascii=False) for each in content)
            name = name or "file.jsonl"
        if isinstance(content, str):
            content = content.encode()
        path = tmp_path / (name or "file.csv")
        path.write_bytes(content)
        return import_file(make_import(merchant or shop, path, **fields))

    return run


def tee(sku: str = "T1", **changes: Any) -> dict[str, Any]:
    """Return a whole product in our JSON, with two variants."""
    return {
        "sku": sku,
        "status": "live",
        "brand": "Loom",
        "category": "clothing/t-shirts",
        "title": {"zh-hans": "纯棉T恤", "en": "Cotton T-shirt"},
        "description": {"zh-hans": "柔软。", "en": "Soft."},
        "attributes": {"material": "cotton", "weight_g": 180},
        "options": ["colour", "size"],
        "variants": [
            {
                "sku": f"{sku}-{colour}",
                "options": {"colour": colour, "size": "M"},
                "prices": {"CNY": "99.00", "USD": "14.90"},
                "stock": {"main": 12},
            }
            for colour in ("white", "Navy Blue")
        ],
    } | changes
