"""Makers of claims: of a product what is true of one kind, and what is wrong, by its facts."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from catalog.claims.facts import ProductFacts, ShopFacts, rule_of, warranty_of
from catalog.lexicon import lexicon
from tests.catalog.claims import market
from tests.catalog.claims.composing import COMPOSED
from tests.catalog.claims.pairing import Pair, other
from tests.catalog.claims.spoken import chinese
from tests.catalog.claims.stating import (
    battery,
    feature,
    material,
    measure,
    share,
    stated_number,
    weight,
)
from tests.catalog.claims.widening import WIDER

CURRENCY = {"zh": "CNY", "en": "USD"}
LOCALE = {"zh": "zh-hans", "en": "en"}


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
    return Pair(
        name | {"v": money(one.amount, currency, chance)},
        name | {"v": money(wrong, currency, chance)},
    )


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
    free = [
        one
        for one in ("purple", "orange", "turquoise", "burgundy", "pink", "yellow")
        if one not in have and not any(one in (code, _parent(code)) for code in have)
    ]
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
    mine = [
        one
        for one in p.reviews.texts
        if len(one) > 12
        and any(c > "\u4e00" for c in one) == (lang == "zh")
        and "“" not in one
        and '"' not in one
    ]
    false = (
        "穿了三年还跟新的一样，强烈推荐给大家"
        if lang == "zh"
        else "I bought ten of them and love every one"
    )
    return Pair({"v": chance.choice(mine)}, {"v": false}) if mine else None


def named(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    false = "云端漫步者" if lang == "zh" else "Skyline Wanderer"
    return Pair({"v": p.titles[LOCALE[lang]]}, {"v": false})


def only_wrong(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return Pair(None, {})


def only_wrong_beside_a_price(
    p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random
) -> Pair | None:
    found = price(p, s, lang, chance)
    return Pair(None, found.true) if found else None


def only_true(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return Pair({}, None)


# --- Two products -------------------------------------------------------------------------------
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
        if stated_number(one, "weight_g") and not stated_number(one, "weight_kg")
    ]
    mine, b = stated_number(p, "weight_g"), chance.choice(rows)
    theirs = stated_number(b, "weight_g")
    if not mine or not theirs or mine == theirs or b.pk == p.pk or stated_number(p, "weight_kg"):
        return None
    return _two(p, mine < theirs, b, lang)


def unread(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Relate two products in words that nobody reads: unknown, whatever they are."""
    found = cheaper(p, s, lang, chance)
    return Pair(None, found.wrong, found.others) if found else None


MAKERS: dict[str, Maker] = {
    "price": price,
    "from": price,
    "range": price_range,
    "under": under,
    "was": was,
    "saving": saving,
    "discount": discount,
    "deal": only_wrong,
    "coupon": coupon,
    "free_from": free_from,
    "shipping": shipping,
    "days": days,
    "returns": returns,
    "warranty": warranty,
    "invoice": invoice,
    "stock": stock,
    "left": left,
    "option_stock": option_stock,
    "colour": colour,
    "colours": colours,
    "sizes": sizes,
    "material": material,
    "feature": feature,
    "measure": measure,
    "weight": weight,
    "battery": battery,
    "share": share,
    "rating": rating,
    "reviews": reviews,
    "positive": positive,
    "quote": quote,
    "product": named,
    "absolute": only_wrong,
    "stray": only_wrong,
    "cheaper": cheaper,
    "lighter": lighter,
    "unread": unread,
    "cheapest": cheaper,
    "plain": only_true,
    "praise": only_wrong,
    "boast": only_wrong_beside_a_price,
    "extra": only_wrong_beside_a_price,
    "beside": only_wrong_beside_a_price,
    **WIDER,
    **COMPOSED,
}
