"""A mark: a slot in the making, with its place in the folded query."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A slot in the making, at [start, end) of the folded query."""

    kind: str
    value: str
    start: int
    end: int
    negated: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    stated: bool = False
    unit: str = ""
