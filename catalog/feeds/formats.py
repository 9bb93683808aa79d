"""The formats a catalogue can be written in. A new one is one file with a `Format` in it.

For the importer. A format turns a file into raw products; it checks nothing but that rows can be
read at all. To add one: write the class, name it in `NAMES`.
"""

import io
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib import import_module
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from catalog.feeds.opening import Source
from catalog.feeds.problems import Problems, Refused
from catalog.feeds.records import RawProduct

# In the order in which they are asked whether a file is theirs.
NAMES = {
    "jsonl": "catalog.feeds.own_jsonl:OwnJsonl",
    "magento": "catalog.feeds.magento:Magento",
    "google": "catalog.feeds.google:Google",
    "shopify": "catalog.feeds.shopify:Shopify",
    "csv": "catalog.feeds.own_csv:OwnCsv",
    "xlsx": "catalog.feeds.own_xlsx:OwnXlsx",
}


class Format(ABC):
    """One way to write a catalogue."""

    name: ClassVar[str]
    # What the file leaves unsaid: the language of texts, the currency, 100 for prices in cents.
    language = ""
    currency = ""
    divide = 1
    # What prices are in when neither the file nor the shop says.
    usual_currency = ""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems

    @classmethod
    @abstractmethod
    def fits(cls, beginning: str) -> bool:
        """Tell by its first lines whether a file is in this format."""

    @abstractmethod
    def products(self) -> Iterator[RawProduct]:
        """Yield the products in the file's order; rows that cannot be read are reported."""

    @property
    def position(self) -> int:
        """Return how many bytes of the file's size are done, for progress."""
        return self.source.position


def first_line(beginning: str) -> str:
    """Return the first line that says something."""
    return next((line for line in beginning.splitlines() if line.strip()), "").lstrip("\ufeff")


def named(name: str) -> type[Format]:
    """Return the format of that name."""
    module, _colon, attribute = NAMES[name].partition(":")
    found: type[Format] = getattr(import_module(module), attribute)
    return found


def format_of(source: Source, name: str = "auto") -> type[Format]:
    """Return the format asked for, or the one that the file's beginning shows."""
    if source.is_zip:
        return named("xlsx")  # whose reader says what is wrong with any other zip
    if name != "auto":
        return named(name)
    beginning = io.BytesIO(source.sample())
    text = io.TextIOWrapper(beginning, source.encoding, errors="replace").read()
    for each in NAMES:
        if named(each).fits(text):
            return named(each)
    raise Refused(
        _("The format of the file cannot be recognised."),
        _("Name the format, or describe the columns in a mapping file."),
    )
