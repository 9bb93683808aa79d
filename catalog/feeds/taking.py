"""Take values from one raw product: what is wrong is reported with its place, and remembered.

For the modules that normalise. It decides nothing about which faults cost the product.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any, TypeVar

from catalog.feeds import values
from catalog.feeds.images import Pictures
from catalog.feeds.problems import Bad, Fault, Problems
from catalog.feeds.records import Path, RawProduct
from catalog.feeds.seen import Seen

T = TypeVar("T")


@dataclass(slots=True)
class Rules:
    """What holds for the whole import: known currencies, the file's defaults, what was seen.

    ``divide``: 100 where the file has prices in cents.
    """

    currencies: Container[str]
    currency: str = ""
    language: str = ""
    divide: int = 1
    pictures: Pictures | None = None
    # Pictures at addresses; None: they are not fetched.
    remote: Pictures | None = None
    # Where the shop's own pictures lie below MEDIA_ROOT.
    folder: str = ""
    told_of_pictures: bool = False
    products: Seen = field(default_factory=Seen)
    variants: Seen = field(default_factory=Seen)
    # Attribute code → (the shop's name for it, kind of its values).
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)


class Reading:
    """One product being read. ``faults`` counts what costs the product or the variant."""

    def __init__(self, raw: RawProduct, problems: Problems, rules: Rules) -> None:
        self.raw, self.problems, self.rules = raw, problems, rules
        self.faults = 0

    def report(self, path: Path, value: Any, fault: Fault, line: int = 0) -> None:
        """Report a fault at ``path`` of this product, without counting it."""
        if not line:
            line = self.raw.lines.get(str(path[0]), self.raw.line) if path else self.raw.line
        self.problems.add(line, self.raw.name(path), value, fault)

    def fault(self, path: Path, value: Any, fault: Fault, line: int = 0) -> None:
        """Report a fault that costs what is being read."""
        self.faults += 1
        self.report(path, value, fault, line)

    def must(self, path: Path, value: Any, read: Callable[[Any], T], line: int = 0) -> T | None:
        """Return the value read, None if the file says nothing; a bad value is a fault."""
        if values.is_blank(value):
            return None
        try:
            return read(value)
        except Bad as bad:
            self.fault((*path, *bad.path), bad.value, bad.fault, line)
            return None

    def may(self, path: Path, value: Any, read: Callable[[Any], T], line: int = 0) -> T | None:
        """Return the value read; a bad value is reported and left out."""
        if values.is_blank(value):
            return None
        try:
            return read(value)
        except Bad as bad:
            self.report((*path, *bad.path), bad.value, bad.fault, line)
            return None
