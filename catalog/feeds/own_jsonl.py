"""Our own JSON Lines: one product a line, the shape that everything else is brought into."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog.feeds.formats import Format
from catalog.feeds.problems import Fault
from catalog.feeds.records import RawProduct, RawVariant

# Amounts stay exact, and NaN comes out as a text that no price accepts.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=str)


def decode(text: str) -> Any:
    """Return what a JSON text says; raise ValueError for anything that is not JSON."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


class OwnJsonl(Format):
    """Reads one JSON object a line."""

    name = "jsonl"

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Tell whether the first line that says something is an object with an SKU."""
        first = next((line for line in beginning.splitlines() if line.strip()), "")
        return first.lstrip().startswith("{") and '"sku"' in first

    def products(self) -> Iterator[RawProduct]:
        """Yield one product a line."""
        for line in self.source.lines():
            if not line.text.strip():
                continue
            if line.cut:
                self.problems.lose(line.number, "", line.text[:80], Fault.LINE_TOO_LONG)
                continue
            raw = self._product(line.number, line.text)
            if raw:
                yield raw

    def _product(self, number: int, text: str) -> RawProduct | None:
        try:
            said = decode(text)
        except ValueError:
            self.problems.lose(number, "", text[:80], Fault.NOT_JSON)
            return None
        if not isinstance(said, dict):
            self.problems.lose(number, "", text[:80], Fault.NOT_JSON)
            return None
        listed = said.get("variants")
        if listed is not None and not isinstance(listed, list):
            self.problems.lose(number, "variants", listed, Fault.NOT_A_LIST)
            return None
        variants = [
            RawVariant(number, each if isinstance(each, dict) else {}) for each in listed or ()
        ]
        return RawProduct(number, said, variants, size=len(text))
