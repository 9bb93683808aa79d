"""What a writer is given, and what a writer is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

CHINESE, ENGLISH = "zh-hans", "en"
# Whether a sentence may be shown: the claim check, or whoever else knows the facts.
Holds = Callable[[str], bool]


@dataclass(frozen=True)
class Plan:
    """One thing to say.

    ``act``: one of `acts.ACTS`. ``facts``: plain values by the names that the act lists; amounts,
    dates and totals as they are to be read, counts as int. ``voice``: the shop's, in its own words
    ("" for the house's). ``seed``: what wording is chosen by, e.g. conversation and turn, so that
    the same plan always reads the same and two turns do not.
    """

    act: str
    language: str = CHINESE
    facts: Mapping[str, object] = field(default_factory=dict)
    voice: str = ""
    seed: str = ""

    @property
    def chinese(self) -> bool:
        """Tell whether it is to be said in Chinese."""
        return self.language.casefold().startswith("zh")

    def text(self, name: str) -> str:
        """Return a fact as text, nothing where it is missing or no single value."""
        value = self.facts.get(name)
        return str(value) if isinstance(value, str | int | float) and value is not True else ""

    def count(self, name: str) -> int:
        """Return a count, 0 where it is missing or no number."""
        value = self.facts.get(name)
        return value if isinstance(value, int) else 0

    def says(self, name: str) -> bool:
        """Tell whether a fact is there and true."""
        return bool(self.facts.get(name))

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; one text is a list of one, anything else is left out."""
        value = self.facts.get(name)
        if isinstance(value, str):
            return [value] if value else []
        if not isinstance(value, Sequence):
            return []
        return [str(one) for one in value if isinstance(one, str | int | float) and one != ""]

    def stated(self) -> tuple[str, ...]:
        """Return every value of the facts as text, what records hold included."""
        return tuple(_leaves(self.facts))

    def rows(self, name: str) -> list[Mapping[str, object]]:
        """Return a list of records; what is no record is left out."""
        value = self.facts.get(name)
        if not isinstance(value, Sequence) or isinstance(value, str):
            return []
        return [one for one in value if isinstance(one, Mapping)]


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _leaves(one)


class Writer(Protocol):
    """Who turns a plan into sentences."""

    @property
    def name(self) -> str:
        """Return what the reader is told of who wrote."""
        ...

    def holding(self, holds: Holds) -> Writer:
        """Return the writer for one answer, whose own wordings must pass this check."""
        ...

    def write(self, plan: Plan) -> Iterator[str]:
        """Yield the sentences in order, each complete; `joined` puts them together."""
        ...

    def reworded(self, sentences: Sequence[str], plan: Plan) -> Iterator[str]:
        """Yield sentences that stand already, as many, in other words where those hold."""
        ...


def joined(sentences: Iterable[str], language: str) -> str:
    """Put sentences together as the language does; one that begins a line keeps its line."""
    space = "" if language.casefold().startswith("zh") else " "
    text = ""
    for one in sentences:
        text += one if not text or one.startswith("\n") else space + one
    return text
