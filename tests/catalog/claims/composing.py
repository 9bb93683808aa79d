"""Makers of what a tester or a chatty assistant composes: facts in a row, rounded, summed."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from catalog.claims.facts import ProductFacts, ShopFacts, rule_of
from catalog.lexicon import lexicon
from tests.catalog.claims import market
from tests.catalog.claims.pairing import Pair, other
from tests.catalog.claims.stating import stated_number

CURRENCY = {"zh": "CNY", "en": "USD"}
LOCALE = {"zh": "zh-hans", "en": "en"}


def _money(amount: Decimal, lang: str) -> str:
    whole = f"{amount:.2f}".removesuffix(".00")
    return f"${whole}" if lang == "en" else f"{whole}元"


def _single(p: ProductFacts, lang: str) -> Decimal | None:
    """Return the price if all versions have the same one."""
    found = {one.amount for one in p.prices(CURRENCY[lang])}
    return found.pop() if len(found) == 1 else None


def _one_wrong(
    true: dict[str, str], wrong: dict[str, str], chance: random.Random
) -> dict[str, str]:
    """Return what is true with one of it wrong."""
    return true | dict([chance.choice(sorted(wrong.items()))])


# --- Several facts at once -----------------------------------------------------------------------
def card(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Price, stock and days of return; one of them is wrong."""
    price, many, rule = _single(p, lang), p.stock(), rule_of(s, p)
    if price is None or not many or rule is None or not rule.return_days:
        return None
    days = chance.choice([one for one in (3, 10, 15, 45, 60, 90) if one != rule.return_days])
    true = {"p": _money(price, lang), "n": f"{many}", "d": f"{rule.return_days}"}
    wrong = {"p": _money(other(price, chance, {price}), lang), "d": f"{days}",
             "n": f"{other(Decimal(many), chance, {Decimal(many)})}"}  # fmt: skip
    return Pair(true, _one_wrong(true, wrong, chance))


def rated(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Mean of stars and how many gave them."""
    mean, count = p.reviews.mean, p.reviews.count
    if mean is None or count < 5:
        return None
    shown = mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    off = chance.choice([Decimal(n) / 10 for n in range(20, 51) if abs(n - 10 * shown) > 1])
    true = {"v": f"{shown}", "n": f"{count}"}
    taken = {Decimal(count), Decimal(p.reviews.judged)}
    wrong = {"v": f"{off:.1f}", "n": f"{other(Decimal(count), chance, taken)}"}
    return Pair(true, _one_wrong(true, wrong, chance))


def ships(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Price and days of a method."""
    price, one = _single(p, lang), s.methods[0]
    if price is None:
        return None
    true = {"p": _money(price, lang), "v": f"{one.least}", "w": f"{one.most}"}
    late = {"p": _money(other(price, chance, {price}), lang),
            "w": f"{one.most + chance.choice([2, 3, 5])}"}  # fmt: skip
    name = {"method": one.names[lang == "en"]}
    return Pair(name | true, name | _one_wrong(true, late, chance))


def colour_size(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """A colour with a size in stock; wrong is a combination that is sold out."""
    rows = [one for one in p.offers if {"colour", "size"} <= {*one.options}]
    there, gone = [o for o in rows if o.stock], [o for o in rows if not o.stock]
    if not there or not gone:
        return None
    said = []
    for one in (chance.choice(there), chance.choice(gone)):
        value = lexicon().dimension("colour").values.get(one.options["colour"])
        size = lexicon().dimension("size").values.get(one.options["size"])
        if value is None or size is None:
            return None
        at = lang == "en"
        said.append({"c": (value.zh, value.en)[at][0], "z": (size.zh, size.en)[at][0]})
    return Pair(said[0], said[1])


# --- Rounded, converted, summed ------------------------------------------------------------------
def about(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """A price rounded to ten or five: "about 30 dollars"; wrong by two fifths or more."""
    price = _single(p, lang)
    step = Decimal(5) if lang == "en" and price and price < 60 else Decimal(10)
    if price is None or price < 4 * step:
        return None
    near = (price / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    if abs(near - price) > price / 20:
        return None
    far = (near * chance.choice([Decimal("0.5"), Decimal("1.5"), Decimal(2)]) / step).quantize(
        Decimal(1)
    ) * step
    return Pair({"v": f"{near:f}"}, {"v": f"{far:f}"})


def other_unit(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """A length, weight, capacity or battery life in a unit that the shop did not use."""
    ways = {
        "weight_g": (Decimal(1000), "公斤", " kg", "重量", "weight", "0.001"),
        "weight_kg": (Decimal("0.001"), "克", " grams", "重量", "weight", "1"),
        "capacity_ml": (Decimal(1000), "升", " litres", "容量", "capacity", "0.001"),
        "capacity_l": (Decimal("0.001"), "毫升", " ml", "容量", "capacity", "1"),
        "length_cm": (Decimal(100), "米", " m", "长度", "length", "0.01"),
        "width_cm": (Decimal("0.1"), "毫米", " mm", "宽度", "width", "1"),
        "height_cm": (Decimal("2.54"), "英寸", " inches", "高度", "height", "0.1"),
        "diameter_cm": (Decimal("2.54"), "英寸", " inches", "直径", "diameter", "0.1"),
    }
    codes = [code for code in ways if stated_number(p, code)]
    if not codes:
        return None
    code = chance.choice(codes)
    per, zh, en, name_zh, name_en, step = ways[code]
    true = stated_number(p, code) or Decimal(1)
    wrong = true * chance.choice([Decimal("0.5"), Decimal("0.7"), Decimal("1.5"), Decimal(2)])
    said = [f"{(one / per).quantize(Decimal(step)).normalize():f}{zh if lang == 'zh' else en}"
            for one in (true, wrong)]  # fmt: skip
    names = {"attribute_zh": name_zh, "attribute_en": name_en}
    return Pair(names | {"v": said[0]}, names | {"v": said[1]})


def _rival(
    p: ProductFacts, lang: str, chance: random.Random
) -> tuple[ProductFacts, Decimal, Decimal] | None:
    b = chance.choice(market.products())
    mine, theirs = _single(p, lang), _single(b, lang)
    if mine is None or theirs is None or b.pk == p.pk or b.titles == p.titles or mine == theirs:
        return None
    return b, mine, theirs


def sum_two(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Two products together."""
    found = _rival(p, lang, chance)
    if found is None:
        return None
    b, mine, theirs = found
    names = {"a": p.titles[LOCALE[lang]], "b": b.titles[LOCALE[lang]]}
    wrong = other(mine + theirs, chance, {mine + theirs, mine, theirs})
    return Pair(names | {"v": _money(mine + theirs, lang)},
                names | {"v": _money(wrong, lang)}, (b,))  # fmt: skip


def gap_free(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """How much is lacking for free shipping."""
    price = _single(p, lang)
    rows = {m.free_from for m in s.methods if m.currency == CURRENCY[lang] and m.free_from}
    if price is None or len(rows) != 1:
        return None
    gap = rows.copy().pop() - price
    if gap <= 0:
        return None
    true = {"p": _money(price, lang)}
    wrong = other(gap, chance, {gap, price, *rows})
    return Pair(true | {"v": _money(gap, lang)}, true | {"v": _money(wrong, lang)})


# --- Two and three products ----------------------------------------------------------------------
def dearest(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _extreme(p, lang, chance, lambda one: _single(one, lang), most=True)


def best_rated(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _extreme(p, lang, chance, lambda one: one.reviews.mean, most=True)


def lightest(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    return _extreme(p, lang, chance, lambda one: stated_number(one, "weight_g"), most=False)


def _extreme(p, lang, chance, of, *, most: bool) -> Pair | None:  # type: ignore[no-untyped-def]
    """One of three products is the most or the least; wrong is another of them."""
    rows = [one for one in market.products() if of(one) is not None and one.titles != p.titles]
    if of(p) is None or len(rows) < 2:
        return None
    three = [p, *chance.sample(rows, 2)]
    if len({of(one) for one in three}) < 3 or len({str(one.titles) for one in three}) < 3:
        return None
    three.sort(key=of, reverse=most)
    at = LOCALE[lang]
    return Pair({"a": three[0].titles[at]}, {"a": chance.choice(three[1:]).titles[at]},
                tuple(one for one in three if one.pk != p.pk))  # fmt: skip


def heavier_by(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    b = chance.choice(market.products())
    mine, theirs = stated_number(p, "weight_g"), stated_number(b, "weight_g")
    if not mine or not theirs or mine <= theirs or b.titles == p.titles:
        return None
    names = {"a": p.titles[LOCALE[lang]], "b": b.titles[LOCALE[lang]]}
    wrong = other(mine - theirs, chance, {mine - theirs, mine, theirs})
    return Pair(names | {"v": f"{mine - theirs:f}"}, names | {"v": f"{wrong:f}"}, (b,))


def better_rated(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    b = chance.choice(market.products())
    mine, theirs = p.reviews.mean, b.reviews.mean
    if mine is None or theirs is None or mine - theirs < Decimal("0.2") or b.titles == p.titles:
        return None
    names = {"a": p.titles[LOCALE[lang]], "b": b.titles[LOCALE[lang]]}
    return Pair(names, {"a": names["b"], "b": names["a"]}, (b,))


# --- Denials and terms ---------------------------------------------------------------------------
SIZES = ("xs", "s", "m", "l", "xl", "xxl", "xxxl")


def no_size(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    have = sorted(p.options("size") & {*SIZES})
    free = [one for one in SIZES if one not in p.options("size")]
    if len(have) < 2 or not free:
        return None
    return Pair({"v": chance.choice(free).upper()}, {"v": chance.choice(have).upper()})


def gone_colour(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """A colour that is sold out; wrong is one that is there."""
    totals: dict[str, int] = {}
    for one in p.offers:
        if "colour" in one.options:
            totals[one.options["colour"]] = totals.get(one.options["colour"], 0) + one.stock
    there = sorted(code for code, many in totals.items() if many)
    gone = sorted(code for code, many in totals.items() if not many)
    if not there:
        return None
    values, at = lexicon().dimension("colour").values, lang == "en"

    def said(code: str) -> dict[str, str]:
        return {"v": (values[code].zh, values[code].en)[at][0]}

    return Pair(said(chance.choice(gone)) if gone else None, said(chance.choice(there)))


def no_returns(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """It cannot come back: true of what has no days, wrong of the rest."""
    rule = rule_of(s, p)
    if rule is None:
        return None
    return Pair(None, {}) if rule.return_days else Pair({}, None)


def season(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    stated = p.attributes.get("season", [])
    have = [one for one in (stated if isinstance(stated, list) else [stated])
            if one in ("spring", "summer", "autumn", "winter")]  # fmt: skip
    against = {"summer": "winter", "winter": "summer", "autumn": "summer", "spring": "winter"}
    if not have:
        return None
    true = chance.choice(have)
    values = lexicon().dimension("season").values
    words = " ".join(p.texts).casefold()
    wrong = values[against[true]]
    if against[true] in have or any(one in words for one in (*wrong.zh, *wrong.en)):
        return None
    at = lang == "en"
    return Pair(
        {"v": (values[true].zh, values[true].en)[at][0]}, {"v": (wrong.zh, wrong.en)[at][0]}
    )


def five_share(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Which part of the buyers gave five stars, in whole percent."""
    if p.reviews.count < 5:
        return None
    true = (Decimal(100) * p.reviews.stars.get(5, 0) / p.reviews.count).quantize(
        Decimal(1), ROUND_HALF_UP
    )
    wrong = chance.choice([n for n in range(10, 99) if abs(n - true) > 3])
    return Pair({"v": f"{true}"}, {"v": f"{wrong}"}) if true else None


COMPOSED = {
    "card": card, "rated": rated, "ships": ships, "colour_size": colour_size, "about": about,
    "other_unit": other_unit, "sum_two": sum_two, "gap_free": gap_free, "dearest": dearest,
    "best_rated": best_rated, "lightest": lightest, "heavier_by": heavier_by,
    "better_rated": better_rated, "no_size": no_size, "gone_colour": gone_colour,
    "no_returns": no_returns, "season": season, "five_share": five_share,
}  # fmt: skip
