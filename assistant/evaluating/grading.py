"""Grade one answer by code: against what is demanded of it, and against the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assistant.doing.rules.fitting import names_of
from assistant.doing.telling import live, lowest
from catalog.assembling import Whole

if TYPE_CHECKING:
    from assistant.evaluating.playing import Told

HAN = re.compile(r"[\u3400-\u9fff]")
# What stands in no answer: a slot left open, a value of the program, a key of a fact.
BROKEN = re.compile(
    r"\{[a-z_]+\}|(?:[:：]|\bis|是) ?(?:None|True|False)\b|\bNone\b[.,]|Decimal\(|<[A-Za-z]+ "
)


def problems_of(
    expect: Mapping[str, Any], told: Told, earlier: Sequence[Told], currency: str
) -> list[str]:
    """Return everything about an answer that is not as demanded; nothing if all is."""
    found: list[str] = []
    if told.person:
        return [] if expect.get("handoff") else ["a person answers this conversation"]
    text = told.answer["answer"]
    if not text.strip():
        found.append("it says nothing")
    if broken := BROKEN.search(text):
        found.append(f"it shows its works: {broken[0]}")
    if told.lost:
        found.append(f"{told.lost} sentence(s) of ours did not pass the claim check")
    for name, check in CHECKS.items():
        if name in expect:
            found += check(expect[name], told)
    if "products" in expect:
        found += wrong_products(expect["products"], told, earlier, currency)
    return found


def one_of(name: str, got: str) -> Callable[[Any, str], list[str]]:
    """Return the complaint about a value that is none of those demanded."""

    def check(wanted: Any, value: str) -> list[str]:
        allowed = [wanted] if isinstance(wanted, str) else list(wanted)
        return [] if value in allowed else [f"{name} is {value}, not {' or '.join(allowed)}"]

    return check


def wrong_words(told: Told, wanted: Any, *, there: bool) -> list[str]:
    """Return what must stand in the answer and does not, or the other way round."""
    patterns = [wanted] if isinstance(wanted, str) else list(wanted)
    text = told.answer["answer"]
    return [
        f"it {'does not say' if there else 'says'} “{pattern}”"
        for pattern in patterns
        if bool(re.search(pattern, text, re.IGNORECASE)) is not there
    ]


def wrong_any(wanted: Any, told: Told) -> list[str]:
    """Return a complaint if none of some words stands in the answer."""
    text = told.answer["answer"]
    there = any(re.search(pattern, text, re.IGNORECASE) for pattern in wanted)
    return [] if there else [f"it says none of {wanted}"]


def wrong_language(wanted: Any, told: Told) -> list[str]:
    """Return a complaint if the answer is in another language."""
    lines = told.answer["answer"].split("\n")  # lists hold names, in whatever language they are
    text = "\n".join(one for one in lines if not one.startswith("- ")) or lines[0]
    chinese = len(HAN.findall(text)) * 3 > len(re.findall(r"[A-Za-z]+", text))
    return [] if chinese is (wanted == "zh-hans") else [f"it is not in {wanted}"]


def wrong_confirm(wanted: Any, told: Told) -> list[str]:
    """Return a complaint if something waits for a yes that should not, or the other way round."""
    asked = [one for one in told.answer["actions"] if one.get("kind") == "confirm"]
    tools = [one.get("confirmation", {}).get("tool") for one in asked]
    if wanted is False:
        return [f"it would {tools[0]}"] if tools else []
    return [] if wanted in tools or (wanted is True and tools) else [f"it does not offer {wanted}"]


def wrong_handoff(wanted: Any, told: Told) -> list[str]:
    """Return a complaint about handing over: done (true), offered ("offered") or neither."""
    done = bool(told.answer["handoff"]) or told.act == "hand_over"
    offered = done or told.act == "apology" or any(
        one.get("value") == "hand_over" for one in told.answer["actions"]
    )  # fmt: skip
    if wanted == "offered":
        return [] if offered else ["no person is offered"]
    return [] if done is bool(wanted) else [f"handed over: {done}"]


def wrong_sells(wanted: Any, told: Told) -> list[str]:
    """Return a complaint if products are offered where nothing is to be sold."""
    return ["it sells"] if wanted is False and told.act != "order_status" and told.products else []


def wrong_order(wanted: Mapping[str, Any], told: Told) -> list[str]:
    """Return what of the first order's row is not as demanded."""
    row = told.orders[int(wanted.get("place", 1)) - 1] if told.orders else {}
    return [
        f"the order's {name} is {row.get(name)}, not {value}"
        for name, value in wanted.items()
        if name != "place" and row.get(name) != value
    ]


def wrong_cart(wanted: Any, told: Told) -> list[str]:
    """Return a complaint about what is in the cart: exact SKUs, or how many things."""
    count = sum(told.cart.values())
    if isinstance(wanted, int):
        return [] if count == wanted else [f"{count} things are in the cart, not {wanted}"]
    return [] if told.cart == wanted else [f"in the cart are {told.cart}, not {wanted}"]


CHECKS: Mapping[str, Callable[[Any, Any], list[str]]] = {
    "intent": lambda wanted, told: one_of("the intent", "")(wanted, told.answer["intent"]),
    "act": lambda wanted, told: one_of("the act", "")(wanted, told.act),
    "emotion": lambda wanted, told: one_of("the feeling", "")(wanted, told.emotion),
    "must": lambda wanted, told: wrong_words(told, wanted, there=True),
    "must_not": lambda wanted, told: wrong_words(told, wanted, there=False),
    "any": wrong_any,
    "language": wrong_language,
    "confirm": wrong_confirm,
    "handoff": wrong_handoff,
    "sells": wrong_sells,
    "order": wrong_order,
    "cart": wrong_cart,
    "citations": lambda wanted, told: [] if bool(told.answer["citations"]) is bool(wanted)
    else [f"citations: {len(told.answer['citations'])}"],
    "actions": lambda wanted, told: [
        f"no action {kind}" for kind in wanted
        if kind not in [one.get("kind") for one in told.answer["actions"]]
    ],
}  # fmt: skip


# --- Products, against the database ---------------------------------------------------------------
def wrong_products(
    wanted: Mapping[str, Any], told: Told, earlier: Sequence[Told], currency: str
) -> list[str]:
    """Return what is wrong with the products of an answer. One query."""
    things = live(told.products)
    found = []
    if len(things) < len(set(told.products)):
        found.append("a product is not live")
    if not wanted.get("min", 1) <= len(things) <= wanted.get("max", 99):
        found.append(f"{len(things)} products")
    seen = {pk for one in earlier for pk in one.products}
    if wanted.get("fresh") and (again := seen & set(told.products)):
        found.append(f"{len(again)} were shown before")
    for thing in things:
        found += wrong_thing(wanted, thing, wanted.get("currency", currency))
    if "total_most" in wanted:
        code = wanted.get("currency", currency)
        prices = [price[0] for one in things if (price := lowest(one, code))]
        if sum(prices, Decimal(0)) > Decimal(str(wanted["total_most"])):
            found.append(f"together they cost {sum(prices, Decimal(0))}")
    found += wrong_choice(wanted, [one.product.sku for one in things])
    skus = {one.product.sku for one in things}
    return found + [f"without {sku}" for sku in wanted.get("skus", ()) if sku not in skus]


def wrong_choice(wanted: Mapping[str, Any], skus: Sequence[str]) -> Iterator[str]:
    """Yield what does not come first, and what is named beside what may be."""
    if "first" in wanted and (not skus or skus[0] not in wanted["first"]):
        yield f"first comes {skus[0] if skus else 'nothing'}"
    if "only" in wanted:
        yield from (f"{sku} is not what was asked for" for sku in skus if sku not in wanted["only"])


def wrong_thing(wanted: Mapping[str, Any], thing: Whole, currency: str) -> Iterator[str]:
    """Yield what is wrong with one product."""
    sku, price = thing.product.sku, lowest(thing, currency)
    if "most" in wanted and (price is None or price[0] > Decimal(str(wanted["most"]))):
        yield f"{sku} costs {price and price[0]}"
    if "least" in wanted and (price is None or price[1] < Decimal(str(wanted["least"]))):
        yield f"{sku} costs {price and price[1]}"
    if "category" in wanted and not inside(thing, wanted["category"]):
        yield f"{sku} is of {thing.product.category and thing.product.category.path}"
    if wanted.get("in_stock") and not any(one.in_stock for one in thing.product.variants.all()):
        yield f"{sku} is sold out"
    for code, values in wanted.get("attributes", {}).items():
        allowed = {values} if isinstance(values, str) else set(values)
        if not allowed & codes_of(thing, code):
            yield f"{sku} has {code} {sorted(codes_of(thing, code))}"


def inside(thing: Whole, wanted: Any) -> bool:
    """Tell whether a product is of one of some categories, or of one below."""
    path = thing.product.category.path if thing.product.category else ""
    paths = [wanted] if isinstance(wanted, str) else wanted
    return any(f"{path}/".startswith(f"{one}/") for one in paths)


def codes_of(thing: Whole, code: str) -> set[str]:
    """Return what a product or one of its variants states under a code."""
    stated = set(names_of(thing.product.attributes.get(code)))
    return stated | {
        str(one.codes[code]) for one in thing.product.variants.all() if code in one.codes
    }
