"""``manage.py search``: the contract's JSON, and words where there is no encoder."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from catalog.search.market import Market
from shopguide import backends
from shopguide.inference.errors import InferenceError
from shopguide.inference.fakes import FakeEncoder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fake_encoder(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Let the command load the fake."""
    encoder = FakeEncoder()
    settings.ENCODER_ID = encoder.id
    monkeypatch.setattr(backends, "encoder", lambda: encoder)


def ask(query: str, **options: Any) -> dict[str, Any]:
    """Return what the last line of the output says."""
    output = StringIO()
    call_command("search", query, json=True, stdout=output, stderr=StringIO(), **options)
    answer: dict[str, Any] = json.loads(output.getvalue().splitlines()[-1])
    return answer


def test_the_shape_of_the_contract(demo_market: Market) -> None:
    answer = ask("men's hoodie under $60")
    assert set(answer) == {"hits", "understood", "total", "facets", "relaxed", "degraded"}
    assert answer["degraded"] is False and 0 < len(answer["hits"]) <= 10
    hit = answer["hits"][0]
    assert set(hit) == {"sku", "merchant", "title", "price", "currency", "score", "reasons"}
    assert isinstance(hit["price"], str) and Decimal(hit["price"]) <= 60
    assert hit["currency"] == "USD" and hit["reasons"]
    assert {slot["kind"] for slot in answer["understood"]["slots"]} >= {"price", "audience"}
    assert answer["facets"]["price"]["currency"] == "USD"


def test_chinese_one_shop_and_a_limit(demo_market: Market) -> None:
    answer = ask("保温杯", locale="zh-hans", merchant="shiwa", limit=2)
    assert len(answer["hits"]) <= 2 and {hit["merchant"] for hit in answer["hits"]} == {"shiwa"}
    assert answer["hits"][0]["currency"] == "CNY"
    assert any("\u3400" <= c <= "\u9fff" for c in answer["hits"][0]["title"])


def test_nothing_fits_says_what_to_relax(demo_market: Market) -> None:
    answer = ask("headphones under $1")
    assert (answer["hits"], answer["total"]) == ([], 0)
    assert any(way["without"] == ["≤ $1"] and way["gain"] for way in answer["relaxed"])


def test_without_weights_words_do(
    demo_market: Market,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> FakeEncoder:
        raise InferenceError("The weights are missing. Run fetch_models.")

    monkeypatch.setattr(backends, "encoder", missing)
    answer = ask("hoodie")
    assert answer["degraded"] is True and answer["hits"]


def test_for_people(demo_market: Market) -> None:
    output = StringIO()
    call_command("search", "hoodie under $60", stdout=output)
    assert "Understood:" in output.getvalue() and "found" in output.getvalue()


@pytest.mark.parametrize("options", [{"merchant": "nobody"}, {"limit": 0}, {"limit": 10_000}])
def test_bad_input_is_told_in_one_line(demo_market: Market, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError) as refused:
        ask("hoodie", **options)
    assert "\n" not in str(refused.value)
