"""The pairs that measure search across languages are sound questions about this shop."""

import json
import re
from pathlib import Path

from catalog import demo

PAIRS = Path(__file__).parents[1] / "search" / "cross_language_pairs.jsonl"


def test_pairs_are_sound():
    """50 a language; each asks in the one language its live product does not speak."""
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    live = {
        product["sku"]: product
        for shop in demo.merchants()
        for product in demo.products(shop["slug"])
        if product["status"] == "live"
    }
    assert sum(pair["locale"] == "zh-hans" for pair in pairs) == 50
    assert sum(pair["locale"] == "en" for pair in pairs) == 50
    assert len({pair["query"] for pair in pairs}) == 100
    for pair in pairs:
        spoken = {"zh-hans", "en"} - {pair["locale"]}
        assert set(live[pair["sku"]]["title"]) == spoken, pair
        chinese = re.search(r"[\u4e00-\u9fff]", pair["query"]) is not None
        assert chinese == (pair["locale"] == "zh-hans"), pair


def test_many_products_are_asked_for():
    """At least 35 products a direction are the answer to something."""
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    for locale in ("zh-hans", "en"):
        assert len({pair["sku"] for pair in pairs if pair["locale"] == locale}) >= 35
