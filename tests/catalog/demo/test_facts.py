"""What the texts say and what the attributes say is the same."""

import re
from copy import deepcopy
from functools import cache

import pytest

from catalog import demo
from tests.catalog.demo.facts import figures, stated

# A text that denies a thing → the attribute that must not claim it.
DENIALS = (
    (r"(?<!防漏)不防水|not waterproof|Not Waterproof", "feature", "waterproof"),
    (r"[无没]有?主?动?降噪|no noise cancelling|No Noise Cancelling", "feature", "noise-cancelling"),
    (r"不含真皮|不含动物皮|No leather|without leather|no animal skin", "material", "leather"),
    (r"没有?蓝牙|no Bluetooth", "feature", "bluetooth"),
    (r"不能?微波|cannot go into the microwave", "feature", "microwave-safe"),
)
# A text that promises a thing → the attribute that must say so.
PROMISES = (
    (r"(不含|没有|无)香精|no fragrance|Fragrance-Free", "feature", "fragrance-free"),
    (r"折叠|[Ff]oldable", "feature", "foldable"),
)


@cache
def products():
    """Return every record of the demo."""
    return [product for shop in demo.merchants() for product in demo.products(shop["slug"])]


def unsupported(product):
    """Return the figures of a product's texts that no attribute gives."""
    texts = [*product["title"].values(), *product["description"].values()]
    return [
        (number, unit)
        for text in texts
        for number, unit in figures(text)
        if number not in stated(product, unit)
    ]


def values(product, name):
    """Return the values of one attribute as a list."""
    value = product["attributes"].get(name, [])
    return value if isinstance(value, list) else [value]


def test_every_figure_with_a_unit_is_an_attribute():
    """Grams, hours, watts, degrees …: what a text states, an attribute states."""
    found = {product["sku"]: lacking for product in products() if (lacking := unsupported(product))}
    assert found == {}


def test_there_are_figures_to_check():
    """The check reads figures in both languages; it is not passing on nothing."""
    read = {"zh-hans": 0, "en": 0}
    for product in products():
        for language, text in product["description"].items():
            read[language] += len(list(figures(text)))
    assert min(read.values()) > 200


@pytest.mark.parametrize("ending", ["weight_g", "battery_h", "capacity_ml", "length_cm"])
def test_a_wrong_attribute_is_noticed(ending):
    """Change one figure in the attributes, and the text no longer agrees."""
    product = deepcopy(next(p for p in products() if values(p, ending)))
    assert unsupported(product) == []
    product["attributes"][ending] = 987654
    assert unsupported(product)


def test_what_is_denied_is_not_claimed():
    """A shoe that is "not waterproof" has no such feature, a vegan bag no leather."""
    seen = set()
    for product in products():
        text = " ".join([*product["title"].values(), *product["description"].values()])
        for pattern, name, code in DENIALS:
            if re.search(pattern, text):
                seen.add(code)
                assert code not in values(product, name), (product["sku"], pattern)
    assert len(seen) >= 4


def test_what_is_promised_is_claimed():
    """A text without fragrance carries that feature, a folding thing too."""
    for product in products():
        title = " ".join(product["title"].values())
        for pattern, name, code in PROMISES:
            if re.search(pattern, title):
                assert code in values(product, name), (product["sku"], pattern)
