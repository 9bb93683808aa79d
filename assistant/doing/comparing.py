"""Two to four products side by side, and which is lighter, cheaper, better rated: computed.

Every cell is the database's at this moment. Where one of them states nothing, nobody wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count

from assistant.doing.arguments import Compared
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.measures import stated
from assistant.doing.telling import fact_value, live, lowest, phrase
from catalog.assembling import Whole
from catalog.models import Review
from catalog.presenting.comparing import LEAST, MOST, compare_url, comparison
from catalog.presenting.money import money, stars
from catalog.text import fold

Scored = tuple[Decimal, str]
WEIGHTS = ("weight_g", "weight_kg")
# What is asked for: words, what is compared, whether more is better, zh and en name of the winner.
CONTESTS: tuple[tuple[str, str, tuple[str, ...], bool, str, str], ...] = (
    ("price", r"cheap|price|cost|afford|expensive|便宜|价格|贵|划算|省钱", (), False,
     "价格更低", "Lower price"),
    ("weight", r"light|heav|weigh|轻|重", WEIGHTS, False, "更轻", "Lighter"),
    ("rating", r"rat(?:ed|ing)|review|star|better|popular|评分|评价|口碑|好评|更好|哪个好",
     (), True,
     "评分更高", "Better rated"),
    ("battery", r"batter|\blasts\b|(?<!the )\blast\b(?! (?:one|two|few)\b)|endur|续航|电池",
     ("battery_h", "battery_days", "capacity_mah"), True, "续航更长", "Longer battery life"),
    ("power", r"power|watt|faster|功率|快", ("power_w",), True, "功率更大", "More power"),
    ("capacity", r"capac|bigger|larger|room|hold|容量|更大|装", ("capacity_ml", "capacity_l"), True,
     "容量更大", "More capacity"),
    ("noise", r"quiet|nois|loud|安静|噪音|静音|吵", ("noise_db",), False, "更安静", "Quieter"),
    ("warmth", r"warm|cold|保暖|暖", ("comfort_c",), False, "更保暖", "Warmer"),
)  # fmt: skip
ALWAYS = ("price", "weight", "rating")
STATED = tuple(name for name, _words, codes, *_rest in CONTESTS if codes)


def compare(asker: Asker, wanted: Compared) -> Outcome:
    """Set two to four live products against each other. Two queries."""
    things = live(wanted.products)[:MOST]
    if len(things) < LEAST:
        return Outcome("clarify", {"about": "product"}, tuple(one.product.pk for one in things))
    products = [one.product for one in things]
    definitions = {
        (one.product.merchant_id, code): definition
        for one in things
        for code, definition in one.definitions.items()
    }
    table = comparison(products, definitions, asker.currency, only=False)
    asked = contests_of(wanted.question)
    winners = [w for name in dict.fromkeys([*asked, *ALWAYS]) if (w := winner(asker, name, things))]
    open_ = [row for name in asked if (row := undecided(asker, name, things, winners))]
    rows = [
        row
        for row in table["rows"]
        if row["name"] not in OF_NO_USE and not OF_TRADE.match(str(row["name"]).casefold())
    ]
    facts = {
        "products": [one.title for one in products],
        "undecided": open_,
        "winners": winners,
        "differences": differences(rows, asked, winners, open_),
        "same": [row["name"] for row in rows if not row["differs"]][:4],
    }
    ids = tuple(one.pk for one in products)
    return Outcome(
        "compare",
        facts,
        ids,
        merchants=tuple(dict.fromkeys(one.merchant_id for one in products)),
        actions=("compare",),
        trace={
            "table": {"columns": facts["products"], "rows": table["rows"]},
            "won": {name: pk for name in STATED if (pk := ahead(name, things))},
            "asked": next((one["id"] for one in winners if one["code"] in asked), None),
            "url": compare_url(ids),
        },
    )


def contests_of(question: str) -> list[str]:
    """Return what a question asks the products to be compared in."""
    text = fold(question)
    return [name for name, words, *_rest in CONTESTS if re.search(words, text)]


def winner(asker: Asker, name: str, things: Sequence[Whole]) -> dict[str, Any] | None:
    """Return who wins in one thing, None where it is not stated by all or is a tie."""
    _name, _words, codes, more, chinese, english = next(one for one in CONTESTS if one[0] == name)
    scores = SCORES[name](asker, things) if name in SCORES else scored(things, codes)
    if scores is None:
        return None
    order = sorted(range(len(things)), key=lambda place: scores[place][0], reverse=more)
    best, next_best = order[0], order[1]
    if scores[best][0] == scores[next_best][0]:
        return None
    return {
        "what": phrase(asker, chinese, english),
        "product": things[best].product.title,
        "value": scores[best][1],
        "other": scores[next_best][1] if len(things) == 2 else "",
        "code": name,
        "id": things[best].product.pk,
        "place": best,
    }


def ahead(name: str, things: Sequence[Whole]) -> int | None:
    """Return which product is ahead in one thing among those that state it, if that decides."""
    codes, more = next((one[2], one[3]) for one in CONTESTS if one[0] == name)
    stating = [one for one in things if any(fact_value(one, code) for code in codes)]
    scores = scored(stating, codes) if len(stating) > 1 else None
    if scores is None:
        return stating[0].product.pk if len(stating) == 1 else None
    ranked = sorted(zip(scores, stating, strict=True), key=lambda one: one[0][0], reverse=more)
    tie = ranked[0][0][0] == ranked[1][0][0]
    return None if tie else ranked[0][1].product.pk


def scored(things: Sequence[Whole], codes: Sequence[str]) -> list[Scored] | None:
    """Return each product's number in one thing and how it is read; None if any states none."""
    for group in [codes] if codes == WEIGHTS else [(code,) for code in codes]:
        found: list[Scored] = []
        for thing in things:
            told = next((code for code in group if stated(thing.product.attributes, code)), "")
            values = stated(thing.product.attributes, told) if told else ()
            if len(values) == 1:
                found.append((values[0], fact_value(thing, told)))
        if len(found) == len(things):
            return found
    return None


def prices(asker: Asker, things: Sequence[Whole]) -> list[Scored] | None:
    """Return each product's lowest price, None unless all are priced in one currency."""
    found = [lowest(thing, asker.currency) for thing in things]
    if any(one is None for one in found) or len({one[2] for one in found if one}) != 1:
        return None
    return [(one[0], money(one[0], one[2])) for one in found if one]


def ratings(asker: Asker, things: Sequence[Whole]) -> list[Scored] | None:
    """Return each product's mean stars, None if any has no review. One query."""
    rows = Review.objects.filter(product__in=[one.product.pk for one in things])
    told = rows.order_by().values("product").annotate(mean=Avg("stars"), count=Count("pk"))
    means = {row["product"]: (Decimal(str(row["mean"])), row["count"]) for row in told}
    if len(means) != len(things):
        return None
    found = []
    for thing in things:
        mean, count = means[thing.product.pk]
        shown = stars(mean)
        words = phrase(asker, "{shown} 星（{count} 条评价）", "{shown} stars ({count} reviews)",
                       shown=shown, count=count)  # fmt: skip
        found.append((mean.quantize(Decimal("0.1")), words))
    return found


SCORES: dict[str, Callable[[Asker, Sequence[Whole]], list[Scored] | None]] = {
    "price": prices,
    "rating": ratings,
}
# Names under which the table has what was asked for, and what is asked where nothing decides it.
ROWS = {"weight": ("Weight", "重量"), "price": ("Price", "价格"), "noise": ("Noise", "噪音"),
        "power": ("Power", "功率"), "capacity": ("Capacity", "容量"),
        "battery": ("Battery life", "续航")}  # fmt: skip
# What the table says beside the goods: two products of one market differ in it all the time.
OF_NO_USE = frozenset(("Shop", "店铺", "Brand", "品牌", "Stock", "库存"))
# Numbers that only tell goods apart in a warehouse, and what the box measures.
OF_TRADE = re.compile(
    r"(?:ean|gtin|upc|isbn|mpn|sku|asin|hs code|条形?码|货号)\b|package |包装(?:重|长|宽|高|尺寸)"
)
MOST_DIFFERENCES = 5


def undecided(
    asker: Asker, name: str, things: Sequence[Whole], winners: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """Return what was asked for and cannot be told: who states it, with the value, and who not."""
    codes = next(one[2] for one in CONTESTS if one[0] == name)
    if not codes or name not in ROWS or any(one["code"] == name for one in winners):
        return None
    values = [
        next((told for code in codes if (told := fact_value(thing, code))), "") for thing in things
    ]
    if all(values):
        return None  # a tie, or units that do not compare: the rows tell it
    named = list(zip((one.product.title for one in things), values, strict=True))
    return {
        "what": ROWS[name][1 if asker.chinese else 0],
        "stated": [{"name": title, "value": value} for title, value in named if value],
        "missing": [title for title, value in named if not value],
    }


def differences(
    rows: Sequence[dict[str, Any]],
    asked: Sequence[str],
    winners: Sequence[Any],
    open_: Sequence[Any] = (),
) -> list[dict[str, Any]]:
    """Return the rows that differ, what was asked for first; what is told already is left out."""
    wanted = [name for code in asked for name in ROWS.get(code, ())]
    told = {name for one in winners for name in ROWS.get(one["code"], ())}
    told |= {one["what"] for one in open_}
    differing = [row for row in rows if row["differs"] and row["name"] not in told]
    differing.sort(key=lambda row: row["name"] not in wanted)
    shown = differing[:MOST_DIFFERENCES]
    return [{"name": row["name"], "values": row["cells"]} for row in shown]
