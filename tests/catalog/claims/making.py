"""Makers of claims: of a product what is true of one kind, and what is wrong, by its facts alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from catalog.claims.facts import ProductFacts, ShopFacts, rule_of, warranty_of
from catalog.claims.numerals import numbers_of
from catalog.lexicon import lexicon
from tests.catalog.claims import market

CURRENCY = {"zh": "CNY", "en": "USD"}
LOCALE = {"zh": "zh-hans", "en": "en"}
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Pair:
    """What fills a wording: truly, and wrongly."""

    true: dict[str, str]
    wrong: dict[str, str]
    others: tuple[ProductFacts, ...] = ()


Maker = Callable[[ProductFacts, ShopFacts, str, random.Random], Pair | None]


def money(amount: Decimal, currency: str, chance: random.Random) -> str:
    """Return an amount as people write it."""
    whole = f"{amount:.2f}".removesuffix(".00")
    if currency == "USD":
        return chance.choice([f"${amount:.2f}", f"${whole}", f"{whole} dollars", f"USD {whole}"])
    ways = [f"¥{amount:.2f}", f"￥{whole}", f"{whole}元", f"{whole}块钱", f"RMB {whole}"]
    if amount == int(amount) and amount < 10_000:
        ways += [f"{chinese(int(amount))}元", "".join(chr(ord(c) + 0xFEE0) for c in whole) + "元"]
    return chance.choice(ways)


def chinese(number: int) -> str:
    """Return a whole number below 10,000 in Chinese numerals."""
    if number < 10:
        return DIGITS[number]
    said, empty = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if empty and said else "") + DIGITS[digit] + name
        empty = not digit
    return said.removeprefix("一") if 10 <= number < 20 else said


def other(true: Decimal, chance: random.Random, taken: set[Decimal]) -> Decimal:
    """Return a number like the true one, and none of those taken."""
    while True:
        factor = chance.choice(["0.5", "0.8", "0.9", "1.1", "1.2", "1.5", "2", "10"])
        found = (true * Decimal(factor)).quantize(Decimal(1) if true == int(true) else true)
        found = found if found != true else true + chance.choice([1, 2, 3, 7])
        if found > 0 and found not in taken:
            return found


def _amounts(product: ProductFacts, currency: str) -> list[Decimal]:
    return [one.amount for one in product.prices(currency)]


# --- Money -------------------------------------------------------------------------------------
def price(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    amounts = _amounts(p, CURRENCY[lang])
    if not amounts:
        return None
    wrong = other(amounts[0], chance, set(amounts))
    currency = CURRENCY[lang]
    return Pair({"v": money(amounts[0], currency, chance)}, {"v": money(wrong, currency, chance)})


def price_range(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    amounts = _amounts(p, CURRENCY[lang])
    if not amounts or amounts[0] == amounts[-1]:
        return None
    sign = "¥" if lang == "zh" else "$"
    low, high = amounts[0], amounts[-1]
    wrong = other(high, chance, {low, high})
    return Pair(
        {"v": f"{sign}{low}", "w": f"{sign}{high}"}, {"v": f"{sign}{low}", "w": f"{sign}{wrong}"}
    )


def under(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    amounts = _amounts(p, CURRENCY[lang])
    if not amounts:
        return None
    top, currency = amounts[-1], CURRENCY[lang]
    more = (top * Decimal("1.2") + 1).quantize(Decimal(1))
    less = (amounts[0] * Decimal("0.7")).quantize(Decimal(1)) or Decimal(1)
    if less >= amounts[0]:
        return None
    return Pair({"v": money(more, currency, chance)}, {"v": money(less, currency, chance)})


def was(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    former = [one.was for one in p.prices(CURRENCY[lang]) if one.was]
    if not former or len(set(former)) > 1:
        return None
    wrong = other(former[0], chance, {*former, *_amounts(p, CURRENCY[lang])})
    currency = CURRENCY[lang]
    return Pair({"v": money(former[0], currency, chance)}, {"v": money(wrong, currency, chance)})


def saving(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    saved = {one.was - one.amount for one in p.prices(CURRENCY[lang]) if one.was}
    if len(saved) != 1:
        return None
    true = saved.pop()
    wrong = other(true, chance, {true, *(c.value for c in s.coupons)})
    currency = CURRENCY[lang]
    return Pair({"v": money(true, currency, chance)}, {"v": money(wrong, currency, chance)})


def discount(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    percents = {c.value for c in s.coupons if c.kind == "percent"}
    lowered = any(one.was for one in p.prices(CURRENCY[lang]))
    if not lowered and not percents:
        return None
    true = Decimal(20) if lowered else min(percents)
    wrong = chance.choice([o for o in (10, 15, 25, 30, 40, 70) if o not in {*percents, true}])
    return Pair(_off(true), _off(Decimal(wrong)))


def _off(percent: Decimal) -> dict[str, str]:
    return {"v": f"{(100 - percent) / 10:f}".rstrip("0").rstrip("."), "w": f"{percent:f}"}


def coupon(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    if not s.coupons:
        return None
    return Pair({"v": chance.choice(s.coupons).code}, {"v": chance.choice(["VIP88", "SAVE2024"])})


def free_from(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    rows = [m for m in s.methods if m.currency == CURRENCY[lang] and m.free_from]
    if not rows:
        return None
    true = rows[0].free_from or Decimal(0)
    wrong = other(true, chance, {m.free_from for m in rows if m.free_from})
    currency = CURRENCY[lang]
    return Pair({"v": money(true, currency, chance)}, {"v": money(wrong, currency, chance)})


def shipping(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    rows = [m for m in s.methods if m.currency == CURRENCY[lang]]
    if not rows:
        return None
    one, currency = chance.choice(rows), CURRENCY[lang]
    wrong = other(one.amount, chance, {m.amount for m in rows})
    name = {"method": one.names[lang == "en"]}
    return Pair(name | {"v": money(one.amount, currency, chance)},
                name | {"v": money(wrong, currency, chance)})  # fmt: skip


def days(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    one = chance.choice([m for m in s.methods if m.least < m.most] or [None])  # type: ignore[list-item]
    if one is None:
        return None
    name = {"method": one.names[lang == "en"]}
    joint = chance.choice(["-", "到", "至"] if lang == "zh" else ["-", " to "])
    low, high = one.least + chance.choice([0, 1]), one.most + chance.choice([1, 3])
    return Pair(name | {"v": f"{one.least}{joint}{one.most}"}, name | {"v": f"{low}{joint}{high}"})


def returns(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    rule = rule_of(s, p)
    if rule is None or not rule.return_days:
        return None
    true = rule.return_days
    wrong = chance.choice([one for one in (3, 7, 10, 14, 15, 30, 60, 90) if one != true])
    return Pair({"v": _said(true, lang, chance)}, {"v": _said(wrong, lang, chance)})


def _said(number: int, lang: str, chance: random.Random) -> str:
    return chance.choice([f"{number}", chinese(number)]) if lang == "zh" else f"{number}"


def warranty(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    found = warranty_of(s, p)
    if found is None or not found.months:
        return None
    wrong = chance.choice([one for one in (3, 6, 12, 18, 24, 36) if one != found.months])
    return Pair({"v": _said(found.months, lang, chance)}, {"v": _said(wrong, lang, chance)})


def invoice(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    yes, no = ("可以开", "不能开") if lang == "zh" else ("can", "cannot")
    return Pair({"v": yes}, {"v": no}) if s.policy.invoices else Pair({"v": no}, {"v": yes})


# --- Stock and options -------------------------------------------------------------------------
def stock(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    there = {"v": chance.choice(["有货", "有现货"]), "w": "in stock"}
    gone = {
        "v": chance.choice(["缺货", "已经卖完了", "售罄"]),
        "w": chance.choice(["sold out", "out of stock"]),
    }
    return Pair(there, gone) if p.stock() else Pair(gone, there)


def left(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    true = p.stock()
    if not true:
        return None
    wrong = other(Decimal(true), chance, {Decimal(true)})
    return Pair({"v": f"{true}"}, {"v": f"{wrong}"})


def option_stock(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    totals: dict[str, int] = {}
    for one in p.offers:
        if "colour" in one.options:
            totals[one.options["colour"]] = totals.get(one.options["colour"], 0) + one.stock
    there = [code for code, many in totals.items() if many]
    gone = [code for code, many in totals.items() if not many]
    if not there or not gone:
        return None
    return Pair(_colour(chance.choice(there)), _colour(chance.choice(gone)))


def _colour(code: str) -> dict[str, str]:
    value = lexicon().dimension("colour").values[code]
    return {"v": value.zh[0], "w": value.en[0]}


def colour(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    have = p.options("colour")
    if not have:
        return None
    free = [one for one in ("purple", "orange", "turquoise", "burgundy", "pink", "yellow")
            if one not in have and not any(one in (code, _parent(code)) for code in have)]  # fmt: skip
    return Pair(_colour(chance.choice(sorted(have))), _colour(chance.choice(free)))


def _parent(code: str) -> str:
    return lexicon().dimension("colour").values[code].parent or ""


def colours(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _many(len(p.options("colour")), lang, chance)


def sizes(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _many(len(p.options("size")), lang, chance)


def _many(true: int, lang: str, chance: random.Random) -> Pair | None:
    if true < 2:
        return None
    wrong = chance.choice([one for one in range(2, 12) if one != true])
    said = [_said(one, lang, chance).replace("二", "两") for one in (true, wrong)]
    return Pair({"v": said[0]}, {"v": said[1]})


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
                  "windproof", "wireless", "rechargeable", "quick-dry", "quiet", "non-slip"}  # fmt: skip
    have = [one for one in (stated if isinstance(stated, list) else [stated]) if one in adjectives]
    return _vocabulary("feature", false, _with(p, {"feature": have}), chance) if have else None


def _with(p: ProductFacts, attributes: dict[str, Any]) -> ProductFacts:
    return replace(p, attributes={**p.attributes, **attributes})


NAMED = {
    "weight_g": ("重量", "weight", "克", " g"), "capacity_ml": ("容量", "capacity", "毫升", " ml"),
    "height_cm": ("高度", "height", "厘米", " cm"), "length_cm": ("长度", "length", "cm", " cm"),
    "diameter_cm": ("直径", "diameter", "厘米", " cm"), "thickness_cm": ("厚度", "thickness", "厘米", " cm"),
    "battery_h": ("续航", "battery life", "小时", " hours"), "capacity_mah": ("电池容量", "battery capacity", "mAh", " mAh"),
    "fabric_gsm": ("面料克重", "fabric weight", "g/m²", " g/m²"), "heel_cm": ("跟高", "heel height", "厘米", " cm"),
    "width_cm": ("宽度", "width", "厘米", " cm"), "capacity_l": ("容量", "capacity", "升", " l"),
}  # fmt: skip


def _stated(p: ProductFacts, code: str) -> Decimal | None:
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
    have = [code for code in codes if _stated(p, code)]
    if not have:
        return None
    code = chance.choice(have)
    true = _stated(p, code) or Decimal(0)
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
    grams = _stated(p, "weight_g")
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


SHARES = {"cotton_pct": ("棉", "cotton"), "linen_pct": ("亚麻", "linen"), "wool_pct": ("羊毛", "wool"),
          "silk_pct": ("桑蚕丝", "silk"), "elastane_pct": ("氨纶", "elastane"), "cocoa_pct": ("可可", "cocoa")}  # fmt: skip


def share(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    have = [code for code in SHARES if _stated(p, code)]
    if not have:
        return None
    code = chance.choice(have)
    true = _stated(p, code) or Decimal(0)
    wrong = chance.choice([one for one in range(5, 100, 5) if Decimal(one) not in _numbers(p)])
    name = {"material": SHARES[code][lang == "en"]}
    return Pair(name | {"v": f"{true:f}"}, name | {"v": f"{wrong}"})


# --- Buyers --------------------------------------------------------------------------------------
def rating(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    mean = p.reviews.mean
    if mean is None:
        return None
    true = mean.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    wrong = chance.choice(
        [Decimal(n) / 10 for n in range(15, 51) if abs(Decimal(n) / 10 - true) > Decimal("0.1")]
    )
    return Pair({"v": f"{true}"}, {"v": f"{wrong:.1f}"})


def reviews(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    true = p.reviews.count
    if true < 2:
        return None
    wrong = other(Decimal(true), chance, {Decimal(true), Decimal(p.reviews.judged)})
    return Pair({"v": f"{true:,}"}, {"v": f"{wrong:,}"})


def positive(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    true = p.reviews.feelings.get("positive", 0)
    if true < 2:
        return None
    wrong = other(Decimal(true), chance, {Decimal(true)})
    return Pair({"v": f"{true}"}, {"v": f"{wrong}"})


def quote(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    mine = [one for one in p.reviews.texts if len(one) > 12 and any(c > "\u4e00" for c in one) == (lang == "zh")
            and "“" not in one and '"' not in one]  # fmt: skip
    false = (
        "穿了三年还跟新的一样，强烈推荐给大家"
        if lang == "zh"
        else "I bought ten of them and love every one"
    )
    return Pair({"v": chance.choice(mine)}, {"v": false}) if mine else None


def named(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    false = "云端羊绒高领毛衣" if lang == "zh" else "Skyline Cashmere Turtleneck"
    return Pair({"v": p.titles[LOCALE[lang]]}, {"v": false})


def only_wrong(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return Pair({}, {})


# --- Two products ----------------------------------------------------------------------------------
def _two(p: ProductFacts, first: bool, b: ProductFacts, lang: str) -> Pair:
    names = p.titles[LOCALE[lang]], b.titles[LOCALE[lang]]
    true = {"a": names[0], "b": names[1]} if first else {"a": names[1], "b": names[0]}
    return Pair(true, {"a": true["b"], "b": true["a"]}, (b,))


def cheaper(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    b = chance.choice(market.products())
    mine, theirs = _amounts(p, CURRENCY[lang]), _amounts(b, CURRENCY[lang])
    if not mine or not theirs or mine[0] == theirs[0] or b.titles == p.titles:
        return None
    return _two(p, mine[0] < theirs[0], b, lang)


def lighter(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    rows = [
        one
        for one in market.products()
        if _stated(one, "weight_g") and not _stated(one, "weight_kg")
    ]
    mine, b = _stated(p, "weight_g"), chance.choice(rows)
    theirs = _stated(b, "weight_g")
    if not mine or not theirs or mine == theirs or b.pk == p.pk or _stated(p, "weight_kg"):
        return None
    return _two(p, mine < theirs, b, lang)


MAKERS: dict[str, Maker] = {
    "price": price, "from": price, "range": price_range, "under": under, "was": was,
    "saving": saving, "discount": discount, "deal": only_wrong, "coupon": coupon,
    "free_from": free_from, "shipping": shipping, "days": days, "returns": returns,
    "warranty": warranty, "invoice": invoice, "stock": stock, "left": left,
    "option_stock": option_stock, "colour": colour, "colours": colours, "sizes": sizes,
    "material": material, "feature": feature, "measure": measure, "weight": weight,
    "battery": battery, "share": share, "rating": rating, "reviews": reviews,
    "positive": positive, "quote": quote, "product": named, "absolute": only_wrong,
    "stray": only_wrong,
    "cheaper": cheaper, "lighter": lighter, "cheapest": cheaper,
}  # fmt: skip
