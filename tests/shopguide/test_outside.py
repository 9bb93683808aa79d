"""Searching opens no connection to the outside: no hub, no telemetry, no fonts, nothing."""

import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.test import Client

from catalog.encoding import encode_products
from catalog.indexing import index_products
from catalog.search.market import forget
from shopguide.backends import encoder
from tests.catalog.factories import make_category, make_merchant, make_product

pytestmark = pytest.mark.django_db
LOCAL = {"localhost", "127.0.0.1", "::1", ""}
WEIGHTS = Path(str(configured.ENCODER["model"]))


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the outside addresses that anything asks for; asking ends in an error."""
    asked: list[str] = []

    def outside(address: object) -> bool:
        host = address[0] if isinstance(address, tuple) else address
        return not isinstance(host, bytes) and str(host) not in LOCAL

    def refuse(address: object) -> None:
        asked.append(str(address))
        raise OSError(f"{address} is outside")

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            if self.family != socket.AF_UNIX and outside(address):
                refuse(address)
            super().connect(address)

        def connect_ex(self, address: Any) -> int:
            if self.family != socket.AF_UNIX and outside(address):
                refuse(address)
            return super().connect_ex(address)

        def sendto(self, *arguments: Any) -> int:
            if self.family != socket.AF_UNIX and outside(arguments[-1]):
                refuse(arguments[-1])
            return super().sendto(*arguments)

    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and outside((host,)):
            refuse(host)
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "socket", Watched)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture
def shelf() -> Iterator[None]:
    """Two products on sale, indexed."""
    shop = make_merchant("northisle")
    make_product(
        shop,
        "M1",
        title="Wireless mouse",
        title_zh="无线鼠标",
        category=make_category("electronics/mice"),
    )
    make_product(shop, "C1", title="Cotton cap", title_zh="纯棉帽子")
    index_products(shop)
    forget()
    yield
    forget()


@pytest.fixture
def fake_model(settings: Any) -> None:
    settings.ENCODER = {"model": "fake", "dimensions": 384}
    settings.ENCODER_ID = "fake"


def encode_all() -> None:
    from shopguide.accounts.models import Merchant

    for shop in Merchant.objects.all():
        encode_products(shop, encoder=encoder())


def ask(query: str, locale: str) -> Any:
    out = io.StringIO()
    call_command("search", query, locale=locale, json=True, stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_the_watch_sees_a_call_to_the_outside(tried: list[str]) -> None:
    with pytest.raises(OSError, match="outside"):
        socket.create_connection(("example.org", 443), timeout=1)
    with pytest.raises(OSError, match="outside"), socket.socket() as line:
        line.connect(("192.0.2.1", 80))
    assert tried == ["example.org", "('192.0.2.1', 80)"]


@pytest.mark.parametrize(("query", "locale"), [("wireless mouse", "en"), ("无线鼠标", "zh-hans")])
def test_the_command_searches_without_the_outside(
    tried: list[str], shelf: None, fake_model: None, query: str, locale: str
) -> None:
    encode_all()
    answer = ask(query, locale)
    assert answer["hits"][0]["sku"] == "M1"
    assert tried == []


@pytest.mark.model
@pytest.mark.skipif(not WEIGHTS.is_dir(), reason="run manage.py fetch_models first")
def test_the_real_model_loads_and_searches_without_the_outside(
    tried: list[str], shelf: None
) -> None:
    encode_all()
    answer = ask("mouse without a cable", "en")
    assert answer["hits"][0]["sku"] == "M1"
    assert answer["degraded"] is False
    assert tried == []


def test_missing_weights_are_told_and_not_fetched(
    tried: list[str], shelf: None, settings: Any, tmp_path: Path
) -> None:
    settings.ENCODER = {**configured.ENCODER, "model": str(tmp_path / "missing-model")}
    out, told = io.StringIO(), io.StringIO()
    call_command("search", "wireless mouse", json=True, stdout=out, stderr=told)
    assert json.loads(out.getvalue())["hits"][0]["sku"] == "M1"
    assert "words only" in told.getvalue()
    assert tried == []


@pytest.mark.parametrize("address", ["/", "/search/?q=wireless+mouse", "/suggest/?q=wirel"])
def test_pages_are_made_without_the_outside(
    tried: list[str], shelf: None, fake_model: None, client: Client, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert tried == []
