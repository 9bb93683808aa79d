"""Facts as a table: names, values and units in the reader's language."""

from typing import Any

import pytest
from django.utils import translation

from catalog import demo
from catalog.lexicon import DIMENSIONS
from catalog.models import Attribute, Product
from catalog.presenting.facts import common_names, facts_of


def table(language: str, attributes: dict[str, Any], *definitions: Attribute) -> dict[str, str]:
    """Return a product's facts as name → value."""
    with translation.override(language):
        product = Product(sku="x", attributes=attributes)
        rows = facts_of(product, {one.code: one for one in definitions})
        return {row["name"]: row["value"] for row in rows}


def test_the_shared_vocabulary_is_translated() -> None:
    facts = {"material": ["cotton", "linen"], "season": "winter"}
    assert table("en", facts) == {"Material": "Cotton, Linen", "Season": "Winter"}
    assert table("zh-hans", facts) == {"材质": "棉、亚麻", "季节": "冬季"}


@pytest.mark.parametrize(
    ("code", "value", "english", "chinese"),
    [
        ("weight_g", 1200, ("Weight", "1,200 g"), ("重量", "1,200 g")),
        ("battery_h", 30, ("Battery life", "30 h"), ("续航", "30 小时")),
        ("cotton_pct", 60, ("Cotton", "60%"), ("棉", "60%")),
        ("cover_cm", [200, 230], ("Duvet cover", "200 × 230 cm"), ("被套尺寸", "200 × 230 cm")),
        ("year", 2027, ("Year", "2027"), ("年份", "2027")),
        ("pressed_year", 2021, ("Year pressed", "2021"), ("压制年份", "2021")),
        ("paper_size", "A4", ("Paper size", "A4"), ("纸张尺寸", "A4")),
        ("foldable", True, ("Foldable", "Yes"), ("Foldable", "是")),
    ],
)
def test_names_units_and_numbers(
    code: str, value: Any, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    assert table("en", {code: value}) == dict([english])
    assert table("zh-hans", {code: value}) == dict([chinese])


def test_the_shops_own_name_and_unit_go_before() -> None:
    own = Attribute(code="weight_g", name_zh="净重", name_en="Net weight", unit="克")
    assert table("zh-hans", {"weight_g": 5}, own) == {"净重": "5 克"}
    assert table("en", {"weight_g": 5}, own) == {"Net weight": "5 克"}


def test_a_name_made_of_the_code_does_not_hide_the_common_one() -> None:
    made = Attribute(code="weight_g", name_en="weight g")
    assert table("en", {"weight_g": 5}, made) == {"Weight": "5 g"}
    assert table("zh-hans", {"weight_g": 5}, made) == {"重量": "5 g"}


def test_empty_and_strange_values_are_left_out() -> None:
    assert table("en", {"a": "", "b": [], "c": None, "d": {"x": 1}, "e": [None, "f"]}) == {"E": "f"}


def test_every_fact_of_the_demo_has_a_name_in_both_languages() -> None:
    codes = {
        code
        for shop in demo.merchants()
        for product in demo.products(shop["slug"])
        for code in product["attributes"]
    }
    unnamed = codes - set(DIMENSIONS) - set(common_names())
    assert unnamed == set()
    assert all({"zh", "en"} <= set(names) for names in common_names().values())


def test_an_allowed_value_is_shown_by_its_name() -> None:
    allowed = [{"value": "cotton", "zh": "棉", "en": "Cotton"}]
    lining = Attribute(code="lining", name_en="Lining", name_zh="里料", allowed=allowed)
    facts = {"lining": ["cotton", "silk"]}
    assert table("zh-hans", facts, lining) == {"里料": "棉、silk"}
    assert table("en", facts, lining) == {"Lining": "Cotton, silk"}
