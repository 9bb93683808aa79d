"""The state of a search as its address holds it: read leniently, written in one way.

For pages and the links on them. Whatever a stranger puts into an address becomes a search that can
be asked; what means nothing is left out. Every change gives a new address and returns to the first
page. It asks no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Protocol
from urllib.parse import urlencode

from django.conf import settings

from catalog.lexicon import DIMENSIONS
from catalog.search.searching import ORDERS

MOST_CHARACTERS = 500
MOST_VALUES = 20
LARGEST_ID = 2**63 - 1
LARGEST_AMOUNT = Decimal(10) ** 10
MOST_PAGES = 1_000
FACETS = tuple(name for name in DIMENSIONS if name != "category")
LISTED = ("no", "brand", *FACETS)
# The order in which parameters are written; what is not here means nothing.
NAMES = (
    "q", "exact", "no", "shop", "category", "brand", *FACETS,
    "min", "max", "cur", "rating", "stock", "sort", "page",
)  # fmt: skip
# What narrows the results by a click; the words stay when these are cleared.
NARROWING = ("shop", "category", "brand", *FACETS, "min", "max", "cur", "rating", "stock")


class Sent(Protocol):
    """What a request's parameters can do: Django's QueryDict, or a test's."""

    def getlist(self, name: str) -> list[str]:
        """Return every value sent under a name."""
        ...


@dataclass(frozen=True)
class Address:
    """A path, quoted as `reverse` gives it, and its meaningful parameters."""

    path: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, path: str, sent: Sent, *, leave: tuple[str, ...] = ()) -> Address:
        """Keep of what was sent what can be meant; of a single parameter the last one.

        ``leave``: parameters that mean nothing on this page, because it stands for them itself.
        """
        params: list[tuple[str, str]] = []
        for name in NAMES:
            if name in leave:
                continue
            values = [CLEAN[name](value) for value in sent.getlist(name)[-MOST_VALUES:]]
            kept = list(dict.fromkeys(value for value in values if value))
            params += [(name, value) for value in (kept if name in LISTED else kept[-1:])]
        return cls(path, tuple(params))

    def first(self, name: str) -> str:
        """Return a parameter's value, empty if there is none."""
        return next((value for key, value in self.params if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return tuple(value for key, value in self.params if key == name)

    def url(self) -> str:
        """Return the address as a link."""
        return self.path + (f"?{urlencode(self.params)}" if self.params else "")

    def plus(self, name: str, value: str) -> Address:
        """Add a value."""
        return self._with([*self._others("page"), (name, value)])

    def minus(self, name: str, value: str = "") -> Address:
        """Take a value away, or all of the parameter's."""
        kept = [
            pair for pair in self._others("page") if pair[0] != name or value not in ("", pair[1])
        ]
        return self._with(kept)

    def having(self, **values: str) -> Address:
        """Set single parameters; an empty value takes the parameter away."""
        kept = [pair for pair in self._others("page") if pair[0] not in values]
        return self._with([*kept, *((name, value) for name, value in values.items() if value)])

    def without(self, names: Iterable[str]) -> Address:
        """Take several parameters away."""
        gone = {"page", *names}
        return self._with([pair for pair in self.params if pair[0] not in gone])

    def at_page(self, number: int) -> Address:
        """Go to a page of the same results."""
        kept = self._others("page")
        return self._with([*kept, ("page", str(number))] if number > 1 else kept)

    def on(self, path: str) -> Address:
        """Ask the same on another page."""
        return replace(self.without(()), path=path)

    def _others(self, name: str) -> list[tuple[str, str]]:
        return [pair for pair in self.params if pair[0] != name]

    def _with(self, params: Iterable[tuple[str, str]]) -> Address:
        kept = sorted(dict.fromkeys(params), key=lambda pair: NAMES.index(pair[0]))
        return replace(self, params=tuple(kept))


def clean_text(text: str, most: int) -> str:
    """Return a text on one line without control and broken characters, at most so long."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text[: most * 4])
    return " ".join("".join(kept).split())[:most].strip()


def clean_amount(text: str) -> str:
    """Return an amount as people write it ("¥1,299.50", "３００") in plain digits, else nothing."""
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text[:40]))
    digits = re.fullmatch(r"[^\d.\-−]*(\d{1,20}(?:\.\d{1,20})?)[^\d.]*", plain, re.ASCII)
    amount = Decimal(digits[1]) if digits else LARGEST_AMOUNT
    if amount >= LARGEST_AMOUNT:
        return ""
    return f"{amount.quantize(Decimal('0.01')):f}".removesuffix(".00")


def clean_number(text: str, most: int) -> str:
    """Return a whole number of at least 1 without leading zeros, else nothing."""
    digits = text.strip()[:20]
    if not (digits.isascii() and digits.isdigit()):
        return ""
    number = int(digits)
    return str(number) if 1 <= number <= most else ""


def clean_stars(text: str) -> str:
    """Return a number of stars from 1 to 5, else nothing."""
    stars = clean_amount(text)
    return stars if stars and 1 <= Decimal(stars) <= 5 else ""


def one_of(known: Iterable[str], text: str) -> str:
    """Return a text that is known, else nothing."""
    return text if text in known else ""


def matching(pattern: str, text: str) -> str:
    """Return a text of this form, else nothing."""
    return text if re.fullmatch(pattern, text, re.ASCII) else ""


CLEAN: Mapping[str, Callable[[str], str]] = {
    "q": partial(clean_text, most=MOST_CHARACTERS),
    "exact": partial(one_of, ("1",)),
    "no": partial(matching, r"[a-z]{1,20}-\d{1,4}"),
    "shop": partial(matching, r"[-\w]{1,60}"),
    "category": partial(clean_number, most=LARGEST_ID),
    "brand": partial(clean_text, most=120),
    **{name: partial(clean_text, most=80) for name in FACETS},
    "min": clean_amount,
    "max": clean_amount,
    "cur": lambda text: one_of(settings.CURRENCIES, text.upper()[:3]),
    "rating": clean_stars,
    "stock": partial(one_of, ("1",)),
    "sort": partial(one_of, ORDERS),
    "page": partial(clean_number, most=MOST_PAGES),
}
