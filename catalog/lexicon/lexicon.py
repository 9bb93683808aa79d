"""Ask the vocabulary: values by dimension, words in a text, the code of a name."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.lexicon.folding import align
from catalog.lexicon.matching import Candidate, Context, Sense, Tables, longest
from catalog.lexicon.values import Dimension, Value, has_han, load_dimensions, load_guards


@dataclass(frozen=True, slots=True)
class Span:
    """A lexicon word found in a text; ``also`` holds its further readings."""

    start: int
    end: int
    surface: str
    dimension: str
    code: str
    also: tuple[Sense, ...] = ()


class Lexicon:
    """All dimensions and the matcher over them. Immutable; one instance serves all threads."""

    def __init__(self) -> None:
        """Read the TOML files and index them; about 0.1 s."""
        self.dimensions = load_dimensions()
        self._guards = load_guards()
        self._tables = Tables(self.dimensions, self._guards)

    def dimension(self, name: str) -> Dimension:
        """Return one dimension; KeyError for a name that is not in DIMENSIONS."""
        return self.dimensions[name]

    def value(self, dimension: str, code: str) -> Value | None:
        """Return a value by code, None where the vocabulary has none."""
        return self.dimensions[dimension].values.get(code)

    def names(self, locale: str) -> dict[tuple[str, str], str]:
        """Return (dimension, code) → display name for every value."""
        return {
            (name, code): shown
            for name, dimension in self.dimensions.items()
            for code, shown in dimension.names(locale).items()
        }

    def match(
        self, text: str, dimensions: Collection[str] | None = None, *, worn: bool = False
    ) -> list[Span]:
        """Find the longest non-overlapping words of ``dimensions`` (default: all) in ``text``.

        With ``dimensions``, words inside product types are found too: "denim jacket" holds denim.
        ``worn`` says that the text is the title of something worn, carried or furnished with, so
        that "olive", "cream" and "small" count without a neighbour that makes them clear.
        Places are those of ``text`` itself, whatever its width, script or case.
        """
        folded, offsets = align(text)
        found = self._tables.candidates(folded)
        context = Context(folded, found, self._tables, self._shelf)
        counted = [c for c in found if not c.bound or _clear(c, worn) or context.allows(c)]
        if dimensions is not None:
            counted = [kept for c in counted if (kept := c.of(dimensions))]
            counted = [c for c in counted if not _part_of_a_name(c, context.firm)]
        return [
            _span(text, offsets, candidate)
            for candidate in longest(counted)
            if not candidate.silent
        ]

    def canonical(self, dimension: str, surface: str) -> str | None:
        """Return the code that ``surface`` as a whole names in ``dimension``, None if none.

        A code is its own name; "Navy Blue", "藏青" and "navy" all give "navy".
        """
        values = self.dimensions[dimension].values
        plain = surface.strip()
        if (code := plain.lower().replace(" ", "-")) in values:
            return code
        for span in self.match(plain, {dimension}):
            if span.start == 0 and span.end == len(plain):
                return span.code
        return None

    def segmentable(self) -> Iterator[str]:
        """Yield every Chinese word of two or more characters, for a segmenter's dictionary."""
        for surface in self._tables.han:
            if len(surface) > 1 and all(has_han(c) for c in surface):
                yield surface

    def senses(self, surface: str) -> tuple[Sense, ...]:
        """Return all readings of one folded Chinese word or English phrase."""
        spans = self.match(surface)
        if len(spans) != 1 or len(spans[0].surface) != len(surface):
            return ()
        return ((spans[0].dimension, spans[0].code), *spans[0].also)

    def worn(self, code: str) -> bool:
        """Say whether a product type is something worn, carried or furnished with."""
        return self._shelf(("category", code)) in self._guards.bound_under

    def _shelf(self, sense: Sense) -> str | None:
        if sense[0] != "category":
            return None
        wider = self.dimensions["category"].ancestors(sense[1])
        return wider[-1] if wider else sense[1]


def _clear(candidate: Candidate, worn: bool) -> bool:
    """Say whether an ambiguous English word is clear because of what the text is about."""
    return worn and candidate.end - candidate.start > 2 and candidate.senses[0][0] != "category"


def _part_of_a_name(candidate: Candidate, firm: list[Candidate]) -> bool:
    """Say whether a colour is part of a product's name: black tea, orange juice."""
    return candidate.senses[0][0] == "colour" and any(
        candidate.inside(name) for name in firm if name.senses[0][0] == "category"
    )


def _span(text: str, offsets: list[int], candidate: Candidate) -> Span:
    start, end = offsets[candidate.start], offsets[candidate.end]
    (dimension, code), *also = (sense for sense in candidate.senses if sense[0])
    return Span(start, end, text[start:end], dimension, code, tuple(also))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the one lexicon of the process."""
    return Lexicon()
