"""Makers of claims about goods: materials, features, measures, shares; see `making`."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from catalog.claims.facts import ProductFacts, ShopFacts
from catalog.claims.numerals import numbers_of
from catalog.lexicon import lexicon
from tests.catalog.claims.pairing import Pair, other


# --- Facts ---------------------------------------------------------------------------------------
def _words(p: ProductFacts) -> str:
    return " ".join(p.texts).casefold()


def _vocabulary(
    dimension: str, false: tuple[str, ...], p: ProductFacts, chance: random.Random
) -> Pair | None:
    stated = p.attributes.get(dimension, [])
    have = [one for one in (stated if isinstance(stated, list) else [stated])
            if one in lexicon().dimension(dimension).values]  # fmt: skip
    words, values = _words(p), lexicon().dimension(dimension).values
    free = [one for one in false if one not in have and not any(
        name.casefold() in words for name in (*values[one].zh, *values[one].en))
        and not any(lexicon().dimension(dimension).within(code, one) for code in have)]  # fmt: skip
    if not have or not free:
        return None
    true, wrong = values[chance.choice(have)], values[chance.choice(free)]
    return Pair({"v": true.zh[0], "w": true.en[0]}, {"v": wrong.zh[0], "w": wrong.en[0]})


def material(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _vocabulary(
        "material", ("silk", "wool", "leather", "bamboo", "titanium", "glass"), p, chance
    )


def feature(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    false = ("waterproof", "quick-dry", "windproof", "noise-cancelling", "foldable", "breathable")
    stated = p.attributes.get("feature", [])
    adjectives = {"waterproof", "washable", "breathable", "lightweight", "foldable", "portable",
                  "windproof", "wireless", "rechargeable", "quick-dry", "quiet",
                  "non-slip"}  # fmt: skip
    have = [one for one in (stated if isinstance(stated, list) else [stated]) if one in adjectives]
    return _vocabulary("feature", false, _with(p, {"feature": have}), chance) if have else None


def _with(p: ProductFacts, attributes: dict[str, Any]) -> ProductFacts:
    return replace(p, attributes={**p.attributes, **attributes})


NAMED = {
    "weight_g": ("重量", "weight", "克", " g"), "capacity_ml": ("容量", "capacity", "毫升", " ml"),
    "height_cm": ("高度", "height", "厘米", " cm"), "length_cm": ("长度", "length", "cm", " cm"),
    "diameter_cm": ("直径", "diameter", "厘米", " cm"),
    "thickness_cm": ("厚度", "thickness", "厘米", " cm"),
    "battery_h": ("续航", "battery life", "小时", " hours"),
    "capacity_mah": ("电池容量", "battery capacity", "mAh", " mAh"),
    "fabric_gsm": ("面料克重", "fabric weight", "g/m²", " g/m²"),
    "heel_cm": ("跟高", "heel height", "厘米", " cm"),
    "width_cm": ("宽度", "width", "厘米", " cm"), "capacity_l": ("容量", "capacity", "升", " l"),
}  # fmt: skip


def stated_number(p: ProductFacts, code: str) -> Decimal | None:
    value = p.attributes.get(code)
    return Decimal(str(value)) if isinstance(value, int | float) else None


def _numbers(p: ProductFacts) -> set[Decimal]:
    """Return every number that the product's facts and words hold, to keep errors plain."""
    found = {number for text in p.texts for number in numbers_of(text)}
    for value in p.attributes.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, int | float):
                found.add(Decimal(str(one)))
    return found


def _measure(
    p: ProductFacts, codes: dict[str, tuple[str, str, str, str]], chance: random.Random
) -> Pair | None:
    have = [code for code in codes if stated_number(p, code)]
    if not have:
        return None
    code = chance.choice(have)
    true = stated_number(p, code) or Decimal(0)
    zh, en, unit_zh, unit_en = codes[code]
    wrong = other(true, chance, {true, *_numbers(p)})
    names = {"attribute_zh": zh, "attribute_en": en}
    return Pair(
        names | {"v": f"{true:f}{unit_zh}", "w": f"{true:f}{unit_en}"},
        names | {"v": f"{wrong:f}{unit_zh}", "w": f"{wrong:f}{unit_en}"},
    )


def measure(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _measure(p, NAMED, chance)


def weight(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    grams = stated_number(p, "weight_g")
    if not grams:
        return None
    wrong = other(grams, chance, {grams, *_numbers(p)})
    if chance.random() < 0.3:  # in another unit
        return Pair({"v": f"{grams / 1000:f}公斤", "w": f"{grams / 1000:f} kg"},
                    {"v": f"{wrong / 1000:f}公斤", "w": f"{wrong / 1000:f} kg"})  # fmt: skip
    return Pair(
        {"v": f"{grams:f}克", "w": f"{grams:f} g"}, {"v": f"{wrong:f}克", "w": f"{wrong:f} g"}
    )


def battery(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _measure(p, {"battery_h": NAMED["battery_h"]}, chance)


SHARES = {"cotton_pct": ("棉", "cotton"),
          "linen_pct": ("亚麻", "linen"),
          "wool_pct": ("羊毛", "wool"),
          "silk_pct": ("桑蚕丝", "silk"),
          "elastane_pct": ("氨纶", "elastane"),
          "cocoa_pct": ("可可", "cocoa")}  # fmt: skip


def share(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    have = [code for code in SHARES if stated_number(p, code)]
    if not have:
        return None
    code = chance.choice(have)
    true = stated_number(p, code) or Decimal(0)
    wrong = chance.choice([one for one in range(5, 100, 5) if Decimal(one) not in _numbers(p)])
    name = {"material": SHARES[code][lang == "en"]}
    return Pair(name | {"v": f"{true:f}"}, name | {"v": f"{wrong}"})
