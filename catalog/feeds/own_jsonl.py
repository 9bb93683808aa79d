"""Our own JSON Lines: one product a line, the shape that everything else is brought into."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog.feeds.formats import Format, first_line
from catalog.feeds.opening import Source
from catalog.feeds.problems import Fault, Problems
from catalog.feeds.records import RawProduct, RawVariant

# Amounts stay exact, and NaN comes out as a text that no price accepts.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=str)


def decode(text: str) -> Any:
    """Return what a JSON text says; raise ValueError for anything that is not JSON."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def objects(source: Source, problems: Problems) -> Iterator[tuple[int, dict[str, Any], int]]:
    """Yield each line's number, its object and its length; other lines are reported."""
    for line in source.lines():
        if line.cut:
            problems.lose(line.number, "", line.text[:80], Fault.LINE_TOO_LONG)
            continue
        if not line.text.strip():
            continue
        try:
            said = decode(line.text.lstrip("\ufeff"))
        except ValueError:
            said = None
        if isinstance(said, dict):
            yield line.number, said, len(line.text)
        else:
            problems.lose(line.number, "", line.text[:80], Fault.NOT_JSON)


class OwnJsonl(Format):
    """Reads one JSON object a line."""

    name = "jsonl"

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Tell whether the first line that says something is an object with an SKU."""
        first = first_line(beginning)
        return first.lstrip().startswith("{") and '"sku"' in first

    def products(self) -> Iterator[RawProduct]:
        """Yield one product a line."""
        for number, said, size in objects(self.source, self.problems):
            listed = said.get("variants")
            if listed is not None and not isinstance(listed, list):
                self.problems.lose(number, "variants", listed, Fault.NOT_A_LIST)
                continue
            variants = [
                RawVariant(number, each if isinstance(each, dict) else {}) for each in listed or ()
            ]
            whole = said.get("listed") is not False
            yield RawProduct(number, said, variants, listed=whole, size=size)
