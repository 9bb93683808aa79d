"""Quantities with units: weight, size, time, power …, by the attribute that the words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.claims import bounds, cues
from catalog.claims.bounds import Bound
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.grounding import Measure
from catalog.claims.patterns import worded
from catalog.claims.quantities import FOREIGN, Amount, amounts
from catalog.claims.sentences import Sentence

_TOKEN = worded(
    r"(?<![a-z0-9])(?P<token>ipx?\d{1,2}|spf\s?\d{1,3}\+?|upf\s?\d{1,3}\+?|(?:bluetooth"
    r"|蓝牙)\s?(?:version\s|版本)?v?(?P<bt>\d\.\d)|usb\s?\d\.\d|wi-?fi\s?\d"
    r"|\d{1,2}\s?atm)(?![a-z0-9.])"
)
_NEAR = Decimal("1.5")  # a bound says something only where it is near: up to so many times


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield every quantity with what the product's facts and words say of it."""
    for one in _TOKEN.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield _token(sentence, one)
            sentence.take(*one.span())
    for amount in amounts(sentence.text):
        if sentence.free(amount.start, amount.end) and amount.base not in ("%",):
            yield _judged(sentence, amount)


def _judged(sentence: Sentence, amount: Amount) -> Found:
    place = (amount.start, amount.end)
    if all(one in sentence.ledger.given_numbers for one in _written_numbers(amount)):
        return judged(place, "quantity", True, Fact("", "computed"))
    facts = []
    for product in sentence.about(amount.start):
        facts.append(_of(product, sentence, amount))
    if not facts:
        return judged(place, "quantity", None)
    wrong = next((one for one in facts if one[0] is False), None)
    unknown = next((one for one in facts if one[0] is None), None)
    holds, fact, mend = wrong or unknown or facts[0]
    return judged(place, "quantity", holds, fact, mend if len(facts) == 1 else None)


def _written_numbers(amount: Amount) -> list[Decimal]:
    return [Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", amount.written.replace(",", ""))]


def _of(
    product: ProductFacts, sentence: Sentence, amount: Amount
) -> tuple[bool | None, Fact, tuple[int, int, str] | None]:
    """Judge a quantity of one product: by a named attribute, else by any, else by the words."""
    ground = product.ground
    same = [one for one in ground.measures if _in_base(one, amount.base)]
    named = _named(same, sentence, amount)
    bound = sentence.bound(amount.start, amount.end)
    firm = any(one.named_in(sentence.before(amount.start, 40)) for one in named)
    shops = cues.BACK.search(sentence.text) or cues.REPAIR.search(sentence.text)
    if not named and amount.base in ("day", "month") and shops:
        return None, Fact("a time that the shop sets"), None  # no battery's days, but a shop's
    for one in named if firm else (*named, *same):
        if _holds(one, amount, bound):
            told = one.text(sentence.ledger.locale)
            return True, Fact(told, f"{product.source}#{one.code}"), None
    beside = list(ground.beside(amount))
    if beside and (not named or _speaks_alike(sentence, amount, named, beside)):
        return True, Fact(ground.sentence(amount, sentence.ledger.locale), product.source), None
    if _of_options(product, amount):
        return True, Fact(amount.written, product.source), None
    if not named and not same:
        return None, Fact("nothing says so"), None
    known = (named or same)[0]
    return (
        False,
        Fact(known.text(sentence.ledger.locale), f"{product.source}#{known.code}"),
        _mend(named, sentence, amount, bound),
    )


def _of_options(product: ProductFacts, amount: Amount) -> bool:
    options = {value for offer in product.offers for value in offer.options.values()}
    return any(
        (one.values, one.upper, one.base) == (amount.values, amount.upper, amount.base)
        for value in options
        for one in amounts(value.casefold().replace("-", " "))
    )


def _named(same: list[Measure], sentence: Sentence, amount: Amount) -> list[Measure]:
    """Return the attributes that the words before name, else those that the words after name.

    Those with the longest name first: 「充电可用」 is closer to a quick charge than to a charge.
    """
    before = sentence.before(amount.start, 40)
    after = sentence.after(amount.end, 24)
    for words in (before, after):
        found = [one for one in same if one.named_in(words)]
        if found:
            return sorted(found, key=lambda one: -one.named_in(words))
    return []


def _holds(measure: Measure, amount: Amount, bound: Bound) -> bool:
    values = _in_base(measure, amount.base)
    if amount.upper is not None:
        return values == [amount.values[0], amount.upper]
    if len(amount.values) > 1:
        return sorted(values) == sorted(amount.values)
    said, low, high = amount.values[0], min(values), max(values)
    digits = amount.written.replace(",", "")
    factor = f"{said / Decimal(digits):f}".strip("0.") if Decimal(digits) else "1"
    foreign = measure.base != amount.base or factor != "1"  # no decimal unit: ounces, 斤
    if bound is Bound.EXACT or (said in values and bound not in (Bound.UNDER, Bound.OVER)):
        return said in values or (foreign and _rounded(amount, values))
    near = low <= said * _NEAR * _NEAR and said <= high * _NEAR
    about = bound is Bound.ABOUT and foreign
    return near and (bounds.holds(bound, said, low, high) or (about and _rounded(amount, values)))


def _in_base(measure: Measure, base: str) -> list[Decimal]:
    """Return the stated numbers in another base unit, empty where none leads to the other."""
    if measure.base == base:
        return measure.values
    factor = FOREIGN.get((measure.base, base))
    return [one * factor for one in measure.values] if factor else []


def _rounded(amount: Amount, values: list[Decimal]) -> bool:
    """Tell whether what is said is one of these, converted and rounded to its own digits."""
    digits = amount.written.replace(",", "")
    if len(digits.replace(".", "").lstrip("0")) < 2:
        return False
    unit = amount.values[0] / Decimal(digits)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return any(abs(one / unit - Decimal(digits)) <= step / 2 for one in values)


def _speaks_alike(
    sentence: Sentence, amount: Amount, named: list[Measure], beside: list[str]
) -> bool:
    """Tell whether the shop's words say the number of the same thing."""
    return any(one.named_in(text) for one in named for text in beside)


def _mend(
    named: list[Measure], sentence: Sentence, amount: Amount, bound: Bound
) -> tuple[int, int, str] | None:
    """Return the true number in the unit that was used, where there is just one."""
    one_only = len(named) == 1 and len(named[0].values) == 1 and named[0].base == amount.base
    if not one_only or amount.single is None or bound in (Bound.UNDER, Bound.OVER):
        return None
    several = len({one.product.pk for one in sentence.mentions}) > 1
    if several or sentence.before(amount.start).rstrip().endswith("比"):
        return None  # 比264克还轻; of two products it may be the difference
    digits = re.search(r"-?[\d.,]+", sentence.text[amount.start : amount.end])
    written = Decimal(amount.written.replace(",", "")) if digits else Decimal(0)
    if not digits or not written or not amount.values[0]:
        return None
    true = named[0].values[0] / (amount.values[0] / written)
    if true != round(true, 2):
        return None
    start = amount.start + digits.start()
    return start, start + len(digits[0]), f"{true.normalize():f}"


def _token(sentence: Sentence, one: re.Match[str]) -> Found:
    """Judge a marked figure: IPX7, SPF50+, Bluetooth 5.3."""
    said = (one["bt"] or one["token"]).replace(" ", "").rstrip("+")
    products = sentence.about(one.start())
    for product in products:
        stated = _stated(product)
        if said in stated:
            continue
        head = re.match(r"[a-z]+", said)
        rival = head and any(word.startswith(head[0]) and word != head[0] for word in stated)
        version = product.attributes.get("bluetooth_version") if one["bt"] else None
        if version is not None:
            mend = (*one.span("bt"), str(version)) if len(products) == 1 else None
            return judged(one.span(), "version", False, Fact(str(version), product.source), mend)
        return judged(one.span(), "version", False if rival else None, Fact("", product.source))
    holds = True if products else None
    return judged(one.span(), "version", holds, Fact(said, products[0].source if products else ""))


def _stated(product: ProductFacts) -> set[str]:
    """Return the marked figures of a product's facts and words."""
    found = set()
    for text in product.ground.texts:
        for one in _TOKEN.finditer(text):
            found.add((one["bt"] or one["token"]).replace(" ", "").rstrip("+"))
    for code, rows in product.attributes.items():
        for row in rows if isinstance(rows, list) else [rows]:
            plain = str(row).casefold().replace(" ", "").rstrip("+")
            found.add(plain)
            if code in ("spf", "upf"):
                found.add(f"{code}{plain}")
    return found
