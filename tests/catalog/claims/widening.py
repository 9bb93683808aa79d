"""Makers of claims that lean on a fact: bounds, denials, sums, differences, one version of many."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from catalog.claims.facts import CouponFact, ProductFacts, ShopFacts, rule_of
from catalog.lexicon import lexicon
from catalog.policies.terms import Payer
from tests.catalog.claims import market
from tests.catalog.claims.pairing import Pair, other
from tests.catalog.claims.stating import stated_number

CURRENCY = {"zh": "CNY", "en": "USD"}
LOCALE = {"zh": "zh-hans", "en": "en"}


def _money(amount: Decimal, lang: str, chance: random.Random) -> str:
    whole = f"{amount:.2f}".removesuffix(".00")
    if lang == "en":
        return chance.choice([f"${amount:.2f}", f"${whole}", f"{whole} dollars"])
    return chance.choice([f"¥{amount:.2f}", f"{whole}元", f"{whole}块钱", f"￥{whole}"])


def _colour(code: str) -> dict[str, str]:
    value = lexicon().dimension("colour").values[code]
    return {"c": value.zh[0], "d": value.en[0]}


def _lowest(p: ProductFacts, lang: str) -> Decimal | None:
    prices = p.prices(CURRENCY[lang])
    return prices[0].amount if prices else None


# --- One version of many -------------------------------------------------------------------------
def version_price(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """A size with its price; wrong is the price of another size."""
    rows = [one for one in p.offers if "size" in one.options and CURRENCY[lang] in one.prices]
    by_size: dict[str, set[Decimal]] = {}
    for one in rows:
        by_size.setdefault(one.options["size"], set()).add(one.prices[CURRENCY[lang]].amount)
    single = {size: min(found) for size, found in by_size.items() if len(found) == 1}
    if len(set(single.values())) < 2:
        return None
    size = chance.choice(sorted(single))
    wrong = chance.choice(sorted(set(single.values()) - {single[size]}))
    return Pair({"z": size, "v": _money(single[size], lang, chance)},
                {"z": size, "v": _money(wrong, lang, chance)})  # fmt: skip


def version_left(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """How many of a colour are left; wrong is another colour's number or nearly right."""
    totals: dict[str, int] = {}
    for one in p.offers:
        if "colour" in one.options:
            totals[one.options["colour"]] = totals.get(one.options["colour"], 0) + one.stock
    there = sorted(code for code, many in totals.items() if many > 1)
    if len(totals) < 2 or not there:
        return None
    code = chance.choice(there)
    others = sorted({many for many in totals.values() if many > 1} - {totals[code]})
    wrong = chance.choice(others) if others else totals[code] + 3
    return Pair(_colour(code) | {"v": f"{totals[code]}"}, _colour(code) | {"v": f"{wrong}"})


def listed(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """All colours in a row; wrong has one that is not there."""
    have = sorted(p.options("colour"))
    values = lexicon().dimension("colour").values
    free = [c for c in ("purple", "orange", "turquoise", "burgundy", "yellow") if c not in have
            and c not in {values[one].parent for one in have}
            and values[c].parent not in have]  # fmt: skip
    if len(have) < 2 or not free:
        return None
    wrong = [*have[:-1], chance.choice(free)]
    return Pair({"v": _row(have, lang)}, {"v": _row(wrong, lang)})


def _row(codes: list[str], lang: str) -> str:
    said = [_colour(one)["c" if lang == "zh" else "d"] for one in codes]
    if lang == "zh":
        return "、".join(said)
    return ", ".join(said[:-1]) + " and " + said[-1]


# --- Denials ------------------------------------------------------------------------------------
def no_colour(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    have = sorted(p.options("colour"))
    values = lexicon().dimension("colour").values
    free = [c for c in ("purple", "orange", "turquoise", "burgundy", "yellow") if c not in have
            and c not in {values[one].parent for one in have}
            and values[c].parent not in have]  # fmt: skip
    if not have or not free:
        return None
    return Pair(_colour(chance.choice(free)), _colour(chance.choice(have)))


def no_feature(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Deny what the facts state."""
    stated = p.attributes.get("feature", [])
    plain = {"waterproof", "washable", "breathable", "foldable", "portable", "windproof",
             "wireless", "rechargeable", "non-slip"}  # fmt: skip
    have = sorted(plain & set(stated if isinstance(stated, list) else [stated]))
    if not have:
        return None
    value = lexicon().dimension("feature").values[chance.choice(have)]
    return Pair(None, {"v": value.zh[0], "w": value.en[0]})


# --- Bounds -------------------------------------------------------------------------------------
def _bound(true: Decimal, step: Decimal, *, over: bool) -> Pair:
    """A bound that holds and one that does not, for "more than" or "less than"."""
    low, high = true - step, true + step
    holds, fails = (low, high) if over else (high, low)
    return Pair({"v": f"{holds:f}"}, {"v": f"{fails:f}"})


def more_reviews(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    true = p.reviews.count
    return _bound(Decimal(true), Decimal(true // 2), over=True) if true > 3 else None


def fewer_left(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    true = p.stock()
    return _bound(Decimal(true), Decimal(true // 2), over=False) if true > 3 else None


def score_over(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    mean = p.reviews.mean
    if mean is None or not Decimal("3.2") < mean < Decimal("4.8"):
        return None
    low = (mean - Decimal("0.25")).quantize(Decimal("0.1"))
    high = (mean + Decimal("0.25")).quantize(Decimal("0.1"))
    return Pair({"v": f"{low}"}, {"v": f"{high}"})


def lighter_than(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    grams = stated_number(p, "weight_g")
    if not grams:
        return None
    step = (grams / 5).quantize(Decimal(1), ROUND_HALF_UP) or Decimal(1)
    return _bound(grams, step, over=False)


# --- Sums and differences -------------------------------------------------------------------------
def two_cost(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    prices = {one.amount for one in p.prices(CURRENCY[lang])}
    if len(prices) != 1:
        return None
    one = prices.pop()
    wrong = other(one * 2, chance, {one * 2, one})
    return Pair({"v": _money(one * 2, lang, chance)}, {"v": _money(wrong, lang, chance)})


def cheaper_by(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    b = chance.choice(market.products())
    mine, theirs = p.prices(CURRENCY[lang]), b.prices(CURRENCY[lang])
    if not mine or not theirs or b.pk == p.pk or b.titles == p.titles:
        return None
    if len({one.amount for one in mine}) > 1 or len({one.amount for one in theirs}) > 1:
        return None
    gap = theirs[0].amount - mine[0].amount
    if gap <= 0:
        return None
    names = {"a": p.titles[LOCALE[lang]], "b": b.titles[LOCALE[lang]]}
    wrong = other(gap, chance, {gap, mine[0].amount, theirs[0].amount})
    return Pair(names | {"v": _money(gap, lang, chance)},
                names | {"v": _money(wrong, lang, chance)}, (b,))  # fmt: skip


def two_prices(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Two products with a price each; wrong are the prices changed about."""
    b = chance.choice(market.products())
    mine, theirs = _lowest(p, lang), _lowest(b, lang)
    if not mine or not theirs or mine == theirs or b.pk == p.pk or b.titles == p.titles:
        return None
    names = {"a": p.titles[LOCALE[lang]], "b": b.titles[LOCALE[lang]]}
    said = _money(mine, lang, chance), _money(theirs, lang, chance)
    return Pair(names | {"v": said[0], "w": said[1]}, names | {"v": said[1], "w": said[0]}, (b,))


def double(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Price and stock in one sentence; wrong is one of the two."""
    low, many = _lowest(p, lang), p.stock()
    if low is None or not many:
        return None
    price, left = _money(low, lang, chance), f"{many}"
    if chance.random() < 0.5:
        taken = {one.amount for one in p.prices(CURRENCY[lang])}
        return Pair({"p": price, "v": left},
                    {"p": _money(other(low, chance, taken), lang, chance), "v": left})  # fmt: skip
    wrong = other(Decimal(many), chance, {Decimal(many)})
    return Pair({"p": price, "v": left}, {"p": price, "v": f"{wrong}"})


# --- The shop -----------------------------------------------------------------------------------
def _coupon(s: ShopFacts, lang: str, kind: str) -> CouponFact | None:
    found = [one for one in s.coupons if one.kind == kind
             and one.currency in ("", CURRENCY[lang])]  # fmt: skip
    return found[0] if found else None


def coupon_percent(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    one = _coupon(s, lang, "percent")
    if one is None:
        return None
    wrong = chance.choice([n for n in (5, 12, 15, 20, 30) if n != one.value])

    def off(percent: Decimal) -> dict[str, str]:
        fold = f"{(100 - percent) / 10:f}".rstrip("0").rstrip(".")
        return {"k": one.code, "v": fold, "w": f"{percent.normalize():f}"}

    return Pair(off(one.value), off(Decimal(wrong)))


def reaches(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """An order of so much ships free: true above the threshold of every method, wrong below."""
    rows = [m.free_from for m in s.methods if m.currency == CURRENCY[lang] and m.free_from]
    if not rows:
        return None
    more, less = max(rows) + chance.choice([5, 20]), min(rows) * Decimal("0.6")
    return Pair({"v": _money(more.quantize(Decimal(1)), lang, chance)},
                {"v": _money(less.quantize(Decimal(1)), lang, chance)})  # fmt: skip


def way_back(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """Who pays for the way back: "v" says the shop, in the maker's own words."""
    rule = rule_of(s, p)
    if rule is None or not rule.return_days:
        return None
    words = {
        "zh": ("由店家承担", "由买家自己承担"),
        "en": ("is paid by the shop", "is paid by you"),
    }[lang]
    true, wrong = words if rule.payer == Payer.SHOP else words[::-1]
    return Pair({"v": true}, {"v": wrong})


def latest(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """The last day of a method; wrong is sooner or later."""
    one = chance.choice(s.methods)
    name = {"method": one.names[lang == "en"]}
    wrong = one.most + chance.choice([-1, 2, 3])
    if wrong in {m.most for m in s.methods if m.names == one.names} or wrong < 1:
        return None
    return Pair(name | {"v": f"{one.most}"}, name | {"v": f"{wrong}"})


# --- Buyers -------------------------------------------------------------------------------------
def five_stars(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    true = p.reviews.stars.get(5, 0)
    if true < 2:
        return None
    taken = {Decimal(one) for one in (*p.reviews.stars.values(), p.reviews.count)}
    wrong = other(Decimal(true), chance, taken)
    return Pair({"v": f"{true}"}, {"v": f"{wrong}"})


def brand(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    brands = sorted({one.brand for one in market.products() if one.brand} - {p.brand})
    words = " ".join((*p.texts, *s.names)).casefold()
    free = [one for one in brands if one.casefold() not in words]
    if not p.brand or not free:
        return None
    return Pair({"v": p.brand}, {"v": chance.choice(free)})


def converted(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> Pair | None:
    """A weight in another unit: 斤 and 两, ounces and pounds; wrong by a fifth or more."""
    grams = stated_number(p, "weight_g")
    if not grams or grams < 100:
        return None
    wrong = grams * chance.choice([Decimal("0.5"), Decimal("0.8"), Decimal("1.25"), Decimal(2)])
    said = []
    for one in (grams, wrong):
        if lang == "zh":
            said.append(f"{(one / 500).quantize(Decimal('0.01')).normalize():f}斤")
        else:
            ounces = one / Decimal("28.3495")
            said.append(f"{ounces.quantize(Decimal('0.1')):f} oz")
    return Pair({"v": said[0]}, {"v": said[1]})


WIDER = {
    "version_price": version_price, "version_left": version_left, "listed": listed,
    "no_colour": no_colour, "no_feature": no_feature, "more_reviews": more_reviews,
    "fewer_left": fewer_left, "score_over": score_over, "lighter_than": lighter_than,
    "two_cost": two_cost, "cheaper_by": cheaper_by, "two_prices": two_prices, "double": double,
    "coupon_percent": coupon_percent, "reaches": reaches, "way_back": way_back, "latest": latest,
    "five_stars": five_stars, "brand": brand, "converted": converted,
}  # fmt: skip
