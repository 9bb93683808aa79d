"""What each tool takes, checked when it is made. Amounts are Decimals, products are ids.

``question`` is what the shopper wrote: tools read measures, sizes and reasons out of it by rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.doing.outcome import BadArguments

LONGEST_QUESTION = 2000
MOST_PIECES = 99
MOST_LINES = 20
LARGEST_ID = 2**63 - 1
NUMBER = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")
ADDRESS_KEYS = frozenset(
    ("name", "phone", "country", "region", "city", "district", "street", "postal_code")
)


def _id(value: object, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_ID:
        raise BadArguments(name)


def _ids(values: tuple[int, ...], name: str, most: int) -> None:
    if not isinstance(values, tuple) or len(values) > most:
        raise BadArguments(name)
    for value in values:
        _id(value, name)


def _words(value: object, name: str, most: int = LONGEST_QUESTION) -> None:
    if not isinstance(value, str) or len(value) > most:
        raise BadArguments(name)


def _count(value: object, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_PIECES:
        raise BadArguments(name)


def _order(value: str | None) -> None:
    if value is not None and not (isinstance(value, str) and NUMBER.fullmatch(value)):
        raise BadArguments("order")


@dataclass(frozen=True)
class Compared:
    """Products to be set against each other."""

    products: tuple[int, ...]
    question: str = ""

    def __post_init__(self) -> None:
        _ids(self.products, "products", 30)
        _words(self.question, "question")


@dataclass(frozen=True)
class Asked:
    """A question about one product. ``about``: the attribute's code, if it is known.

    ``other``: the product it is to go with.
    """

    product: int
    question: str = ""
    about: str = ""
    other: int | None = None

    def __post_init__(self) -> None:
        _id(self.product, "product")
        _words(self.question, "question")
        _words(self.about, "about", 120)
        if self.other is not None:
            _id(self.other, "other")


@dataclass(frozen=True)
class Several:
    """So many of each of some products (id, pieces), and coupon codes that were named."""

    lines: tuple[tuple[int, int], ...]
    question: str = ""
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.lines or len(self.lines) > MOST_LINES:
            raise BadArguments("lines")
        for product, count in self.lines:
            _id(product, "lines")
            _count(count, "lines")
        _words(self.question, "question")
        if len(self.codes) > 10 or not all(0 < len(code) <= 40 for code in self.codes):
            raise BadArguments("codes")


@dataclass(frozen=True)
class Thing:
    """A kind of thing that is wanted: as it was said, and the path of its category.

    ``words``: tsqueries by which a title names it. ``shelf``: whether the category is just this
    kind; else (a phone case among electronics) a title must name it.
    """

    name: str
    path: str = ""
    words: tuple[str, ...] = ()
    shelf: bool = True


@dataclass(frozen=True)
class Wanted:
    """Things for a budget. ``paths``: category paths in the order of their worth to the shopper.

    ``things``: the kinds, as they were named; of each one is taken. ``audience``, ``occasion``:
    codes of the vocabulary. ``avoided``: products not to be offered. ``without``: paths of kinds
    that are not wanted. ``kept``: products that are in the set already. ``liked``: the paths and
    occasions are likings of somebody, any of which will do. ``person``: whom, as they were named,
    where the vocabulary's name stands for several: 奶奶 is no 爷爷. ``whole``: a set of the one
    thing is wanted, not one of it. ``people``: for how many it is, 0 where nobody said.
    """

    budget: Decimal
    currency: str
    paths: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    person: str = ""
    occasion: tuple[str, ...] = ()
    avoided: tuple[int, ...] = ()
    least: Decimal = Decimal(0)
    most: int = 4
    question: str = ""
    things: tuple[Thing, ...] = ()
    liked: bool = False
    without: tuple[str, ...] = ()
    kept: tuple[int, ...] = ()
    whole: bool = False
    people: int = 0

    def __post_init__(self) -> None:
        if not (self.budget.is_finite() and 0 < self.budget < Decimal(10) ** 10):
            raise BadArguments("budget")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise BadArguments("currency")
        if not 1 <= self.most <= 6 or len(self.paths) > 12 or len(self.things) > 12:
            raise BadArguments("most")
        _ids(self.avoided, "avoided", 500)
        _words(self.question, "question")


@dataclass(frozen=True)
class OfOrder:
    """A question about an order or a wish for it; without a number the one it can only be.

    ``address``: where else it is to go. ``title``, ``tax_number``, ``email``: of an invoice.
    ``talked``: the order that was talked of last, ``goods``: products of it that were, ``trouble``:
    the reason that was told before; all three hold only where the words say nothing else.
    ``among``: the numbers of several orders of which one is meant.
    """

    order: str | None = None
    question: str = ""
    quantity: int | None = None
    address: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    tax_number: str = ""
    email: str = ""
    talked: str | None = None
    goods: tuple[int, ...] = ()
    trouble: str = ""
    among: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _order(self.order)
        _order(self.talked)
        _ids(self.goods, "products", 100)
        _words(self.question, "question")
        if self.quantity is not None:
            _count(self.quantity, "quantity")
        if not set(self.address) <= ADDRESS_KEYS:
            raise BadArguments("address")
        for value in self.address.values():
            _words(value, "address", 200)
        _words(self.title, "title", 120)
        _words(self.tax_number, "tax_number", 40)
        _words(self.email, "email", 254)


@dataclass(frozen=True)
class InCart:
    """What of the cart is meant, by words or as ids of products; how many are to be left of it."""

    question: str = ""
    products: tuple[int, ...] = ()
    quantity: int = 0
    every: bool = False

    def __post_init__(self) -> None:
        _words(self.question, "question")
        if self.quantity:
            _count(self.quantity, "quantity")
        for one in self.products:
            _id(one, "product")


@dataclass(frozen=True)
class Put:
    """So many of a product into the cart; ``question`` names size and colour.

    ``said``: sizes and colours that were said before, newest last.
    """

    product: int
    quantity: int = 1
    question: str = ""
    said: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _id(self.product, "product")
        _count(self.quantity, "quantity")
        _words(self.question, "question")
