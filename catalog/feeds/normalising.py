"""Make a typed product record of what a file says, and report what cannot be taken.

For the importer. A value that a shopper would be misled by (price, stock, option, status) costs
its variant or product; one that only adds (date, picture, review) is left out alone. It never
touches the database.
"""

from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from catalog.feeds import values
from catalog.feeds.describing import attributes_of, reviews_of, texts_of
from catalog.feeds.naming import name_code, option_code
from catalog.feeds.picturing import media_of
from catalog.feeds.problems import Bad, Fault, Problems
from catalog.feeds.records import Path, ProductRecord, RawProduct, RawVariant, VariantRecord
from catalog.feeds.taking import Reading, Rules

LONGEST_SKU, LONGEST_BRAND, LONGEST_OPTION, LONGEST_NAME = 100, 120, 200, 60
MOST_VARIANTS, MOST_OPTIONS, MOST_RELATED = 2_000, 10, 100
MOST_LEVELS, LONGEST_CATEGORY = 8, 120
Amounts = dict[str, tuple[Decimal, Decimal | None]]


def normalise(raw: RawProduct, rules: Rules, problems: Problems) -> ProductRecord | None:
    """Return the checked record, or None if the product cannot be taken at all."""
    reading = Reading(raw, problems, rules)
    record = _own_facts(reading)
    if reading.faults:
        return None
    record.variants = _variants(reading, record)
    if not record.variants:
        if raw.variants and raw.rows:
            reading.report(("variants",), "", Fault.NO_GOOD_VARIANT)
        return None
    record.category = reading.may(("category",), raw.values.get("category"), category)
    record.created_at = reading.may(("created_at",), raw.values.get("created_at"), values.moment)
    record.attributes = attributes_of(reading)
    record.related = _related(reading, record.sku)
    record.reviews = reviews_of(reading)
    media_of(reading, record)
    rules.products.add(record.sku)
    return record


def _own_facts(reading: Reading) -> ProductRecord:
    """Read what the product stands or falls by."""
    raw, said = reading.raw, reading.raw.values
    sku = _sku(reading, ("sku",), said.get("sku"), raw.line)
    if sku in reading.rules.products:
        reading.fault(("sku",), sku, Fault.SKU_AGAIN)
    return ProductRecord(
        line=raw.line,
        sku=sku,
        status=reading.must(("status",), said.get("status"), _status),
        brand=reading.must(("brand",), said.get("brand"), _brand),
        texts=texts_of(reading),
        option_names=reading.must(("options",), said.get("options"), _option_names),
        listed=raw.listed,
        rows=raw.rows,
        size=raw.size,
        name=raw.name,
    )


def _sku(reading: Reading, path: Path, value: Any, line: int) -> str:
    sku = reading.must(path, value, _text_of_sku, line)
    if sku is None and values.is_blank(value):
        reading.fault(path, value, Fault.NO_SKU, line)
    return sku or ""


def _text_of_sku(value: Any) -> str:
    return values.text(value, LONGEST_SKU)


def _status(value: Any) -> str:
    return values.chosen(value, values.STATUSES, Fault.STATUS)


def _brand(value: Any) -> str:
    return values.text(value, LONGEST_BRAND)


def _option_names(value: Any) -> list[str]:
    """Return the names of the options in the shop's words, each once."""
    if not isinstance(value, list):
        raise Bad(Fault.NOT_A_LIST, value)
    if len(value) > MOST_OPTIONS:
        raise Bad(Fault.TOO_MANY, len(value))
    return list(dict.fromkeys(values.text(name, LONGEST_NAME) for name in value))


def category(value: Any) -> tuple[str, ...]:
    """Return the names or slugs of a category from the root; ``/`` and ``>`` separate levels."""
    if isinstance(value, str):
        value = value.replace(" > ", "/").split("/")
    if not isinstance(value, list):
        raise Bad(Fault.CATEGORY, value)
    levels = tuple(values.text(level, 1_000) for level in value if not values.is_blank(level))
    if len(levels) > MOST_LEVELS or any(len(level) > LONGEST_CATEGORY for level in levels):
        raise Bad(Fault.CATEGORY, "/".join(levels))
    return levels


def _related(reading: Reading, sku: str) -> list[str] | None:
    """Return the SKUs that the shop puts beside this product, without itself."""
    said = reading.raw.values.get("related")
    if said is None:
        return None
    found: list[str] = []
    for place, value in enumerate(said if isinstance(said, list) else []):
        path: Path = ("related", place)
        other = reading.may(path, value, _text_of_sku)
        if other == sku:
            reading.report(path, other, Fault.SELF_RELATED)
        elif other and other not in found and len(found) < MOST_RELATED:
            found.append(other)
    if not isinstance(said, list):
        reading.report(("related",), said, Fault.NOT_A_LIST)
        return None
    return found


def _variants(reading: Reading, record: ProductRecord) -> list[VariantRecord]:
    """Return the variants that can be taken; a product without any has one under its own SKU."""
    raw = reading.raw
    if not raw.variants:
        fallback = not any(key in raw.values for key in ("price", "prices", "stock"))
        only = RawVariant(raw.line, raw.values | {"options": None})
        found = _variant(reading, only, (), 0, record)
        if found:
            found.fallback = fallback
        return [found] if found else []
    kept: list[VariantRecord] = []
    combinations: set[tuple[tuple[str, str], ...]] = set()
    for place, variant in enumerate(raw.variants):
        path: Path = ("variants", place)
        if place >= MOST_VARIANTS:
            reading.report(path, len(raw.variants), Fault.TOO_MANY, variant.line)
            break
        found = _variant(reading, variant, path, place, record)
        if found and _is_new(reading, found, combinations, path):
            kept.append(found)
    if record.option_names is None and kept:
        names = dict.fromkeys(name for variant in kept for name in variant.options or ())
        record.option_names = list(names) or None
    return kept


def _is_new(
    reading: Reading,
    found: VariantRecord,
    combinations: set[tuple[tuple[str, str], ...]],
    path: Path,
) -> bool:
    """Tell whether no earlier variant has the same SKU or the same options."""
    if found.sku in reading.rules.variants:
        reading.report((*path, "sku"), found.sku, Fault.SKU_AGAIN, found.line)
        return False
    if found.options is not None:
        combination = tuple(sorted(found.options.items()))
        if combination in combinations:
            shown = ", ".join(f"{name}={value}" for name, value in combination)
            reading.report((*path, "options"), shown, Fault.SAME_OPTIONS, found.line)
            return False
        combinations.add(combination)
    reading.rules.variants.add(found.sku)
    return True


def _variant(
    reading: Reading, raw: RawVariant, path: Path, place: int, record: ProductRecord
) -> VariantRecord | None:
    """Return one variant, or None after reporting each of its faults."""
    before, said, line = reading.faults, raw.values, raw.line
    options = reading.must((*path, "options"), said.get("options"), _options, line)
    if options is not None and record.option_names:
        for name in record.option_names:
            if name not in options:
                reading.fault((*path, "options", name), "", Fault.OPTION_MISSING, line)
    found = VariantRecord(
        line=line,
        sku=_sku(reading, (*path, "sku"), said.get("sku"), line),
        options=options,
        codes=options and _codes(options),
        position=place,
        active=reading.must((*path, "active"), said.get("active"), values.flag, line),
        rows=raw.rows,
        prices=_prices(reading, path, said, line),
        stock=_stock(reading, path, said.get("stock"), line),
    )
    return found if reading.faults == before else None


def _options(value: Any) -> dict[str, str]:
    """Return the options in the shop's words."""
    if not isinstance(value, dict):
        raise Bad(Fault.NOT_AN_OBJECT, value)
    if len(value) > MOST_OPTIONS:
        raise Bad(Fault.TOO_MANY, len(value))
    found = {}
    for name, chosen in value.items():
        try:
            if not values.is_blank(chosen):
                found[values.text(name, LONGEST_NAME)] = values.text(chosen, LONGEST_OPTION)
        except Bad as bad:
            raise Bad(bad.fault, bad.value, (name,)) from None
    return found


def _codes(options: dict[str, str]) -> dict[str, str]:
    """Return the codes by which search filters, by dimension."""
    codes = {}
    for name, chosen in options.items():
        dimension = name_code(name)
        codes[dimension] = option_code(dimension, chosen)
    return codes


def _prices(reading: Reading, path: Path, said: dict[str, Any], line: int) -> Amounts:
    """Return the prices of a variant: its own, else the product's."""
    product = reading.raw.values
    source = said if "price" in said or "prices" in said else product
    stated, former = source.get("prices") or {}, source.get("were") or {}
    if not isinstance(stated, dict):
        reading.fault((*path, "prices"), stated, Fault.NOT_AN_OBJECT, line)
        return {}
    found: Amounts = {}
    for code, value in stated.items():
        place: Path = (*path, "prices", code)
        amount, was, was_at = value, former.get(code), (*path, "were", code)
        if isinstance(value, dict):
            amount, was, was_at = value.get("amount"), value.get("was"), (*place, "was")
        _add_price(reading, found, code, _Amount(place, place, amount, was_at, was, line))
    single = source.get("price")
    if not values.is_blank(single):
        code = said.get("currency") or product.get("currency") or reading.rules.currency
        code = code or values.currency_of_sign(single)
        place, was_at = (*path, "price"), (*path, "was")
        amounts = _Amount(place, (*path, "currency"), single, was_at, source.get("was"), line)
        if code:
            _add_price(reading, found, code, amounts)
        else:
            reading.fault(place, single, Fault.NO_CURRENCY, line)
    return found


class _Amount(NamedTuple):
    """A price and a former price as written, with their places."""

    path: Path
    currency_path: Path
    amount: Any
    was_path: Path
    was: Any
    line: int


def _add_price(reading: Reading, found: Amounts, written: Any, said: _Amount) -> None:
    """Add one price; a former price that is not higher is reported and left out."""
    rules = reading.rules
    if values.is_blank(said.amount):
        return
    known = partial(values.currency, known=rules.currencies)
    code = reading.must(said.currency_path, written, known, said.line)
    if code is None:
        return
    read = partial(values.price, code=code, divide=rules.divide)
    price = reading.must(said.path, said.amount, read, said.line)
    if price is None:
        return
    former = reading.may(said.was_path, said.was, read, said.line)
    if former is not None and former < price:
        reading.report(said.was_path, said.was, Fault.PRICE_WAS, said.line)
    found[code] = (price, former if former is not None and former > price else None)


def _stock(reading: Reading, path: Path, said: Any, line: int) -> dict[str, int]:
    """Return the stock by warehouse; a number alone is the warehouse ``main``."""
    if values.is_blank(said):
        return {}
    stated = said if isinstance(said, dict) else {"main": said}
    found = {}
    for code, value in stated.items():
        place: Path = (*path, "stock", code) if isinstance(said, dict) else (*path, "stock")
        count = reading.must(place, value, values.quantity, line)
        if count is not None:
            found[str(code)[:60]] = count
    return found
