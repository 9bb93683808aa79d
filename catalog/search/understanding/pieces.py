"""Cut a folded query into pieces: single Han characters and whole Latin words, with their places.

For the vocabulary, which is written in the same pieces. It never changes a word beyond the one
normal spelling of the lexicon.
"""

import re
from dataclasses import dataclass

from catalog.lexicon import english
from catalog.lexicon.folding import HAN, align

# Longer queries are stories; the rest of them is not read. Shoppers' sentences have 60 characters.
MOST_CHARACTERS = 400
_PIECE = re.compile(rf"[a-z0-9]+(?:'s?(?![a-z0-9]))?|[{HAN}]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\t": " ", "\n": " ", "\r": " "})
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A Han character or a Latin word at [start, end) of the folded query."""

    text: str
    start: int
    end: int
    glued: bool = False  # nothing stands between it and the piece before
    han: bool = False  # a Han character


def is_han(text: str) -> bool:
    """Say whether ``text`` begins with a Han character."""
    return text[:1] > "\u3000"


def cleaned(query: str) -> str:
    """Return what of a query is read: no control characters or lone surrogates, not endless."""
    return _UNREADABLE.sub(" ", query[: 4 * MOST_CHARACTERS])[:MOST_CHARACTERS].strip()


@dataclass(frozen=True, slots=True)
class Folded:
    """A query in folded form; ``offsets`` leads each folded character to its place in the query."""

    query: str
    text: str
    offsets: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Translate [start, end) of the folded text to the query."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        stop = self.offsets[end]
        return self.offsets[start], max(stop, last + 1)


def folded(query: str) -> Folded:
    """Fold a cleaned query; commas between Chinese words stay apart from those in numbers."""
    text, offsets = align(query)
    text = text.translate(_QUOTES)
    return Folded(query, _with_wide_commas(query, text, offsets), offsets)


def _with_wide_commas(query: str, text: str, offsets: list[int]) -> str:
    """Keep "，" a break, as in 42码，300元, unless it stands in full-width digits."""
    if "，" not in query:
        return text
    chars = list(text)
    for place, char in enumerate(text):
        at = offsets[place]
        if char == "," and query[at] == "，":
            around = query[max(0, at - 1) : at] + query[at + 1 : at + 2]
            chars[place] = "," if any("０" <= digit <= "９" for digit in around) else "，"
    return "".join(chars)


def pieces_of(text: str) -> list[Piece]:
    """Cut folded text into pieces."""
    found: list[Piece] = []
    for match in _PIECE.finditer(english.unaccented(text)):
        start, end = match.span()
        han = match[0][0] > "\u3000"
        word = match[0] if han else english.normal(match[0])
        glued = bool(found) and found[-1].end == start
        found.append(Piece(word, start, end, glued, han))
    return found


def surface_pieces(surface: str) -> tuple[str, ...]:
    """Cut a name of the vocabulary into the texts of its pieces."""
    text, _ = align(surface)
    return tuple(piece.text for piece in pieces_of(text.translate(_QUOTES)))
