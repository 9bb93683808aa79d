"""Choose the names of a query: the best path through Chinese words and vocabulary names.

For `understand`. Longer names win; a Chinese character inside another word of the language is not
seen (白 of 白板, 红 of 红包); short ambiguous words need a clear neighbour. It gives no meaning
beyond the vocabulary's.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from catalog.lexicon.values import Guards, load_guards
from catalog.search.understanding import phrases
from catalog.search.understanding.pieces import Piece, is_han
from catalog.search.understanding.trie import Found, Sense
from catalog.search.understanding.vocabulary import Vocabulary
from catalog.text.terms import STOP_EN

# Natural logarithms of how likely a piece of path is; a word of the language scores its frequency.
NAME = -6.0
CHARACTER = -8.0  # 男, 鞋: one character that is a name by itself
BOUND = -9.5  # 红, 皮: one character that needs a neighbour
STRANGER = -14.0
ALONE = 3.0  # one Chinese character of a longer word costs more than it does in running text
BENT = 0.5
LONGEST_WORD = 6
_BESIDE_ZH = frozenset(
    "的要不非无没有用穿和或与也是款色带含想买找双件条个只码号系类样配又很送给跟及加去除换"
)


@dataclass(frozen=True, slots=True)
class Match:
    """Names that stand at [start, end) of the folded query."""

    first: int
    last: int
    start: int
    end: int
    senses: tuple[Sense, ...]

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the values of one kind."""
        return tuple(value for sense, value in self.senses if sense == kind)

    @property
    def guard(self) -> bool:
        """Say whether this only blocks shorter names."""
        return self.senses[0][0] == ""


_GUARDS: Guards = load_guards()


def match_names(
    text: str, pieces: Sequence[Piece], vocabulary: Vocabulary, blocked: bytearray
) -> list[Match]:
    """Return the names of the best path, in order; ``blocked`` marks characters already read.

    Cost: pieces times the longest name.
    """
    count = len(pieces)
    best: list[tuple[float, int, Found | None]] = [(0.0, count, None)] * (count + 1)
    for first in range(count - 1, -1, -1):
        options = [
            (score + best[last][0], last, found)
            for score, last, found in _edges(text, pieces, first, vocabulary, blocked)
        ]
        best[first] = max(options, key=lambda option: (option[0], option[1]))
    matches, place = [], 0
    while place < count:
        _, last, found = best[place]
        if found is not None:
            start, end = pieces[place].start, pieces[last - 1].end
            matches.append(Match(place, last, start, end, found.senses))
        place = last
    return [match for match in matches if _counts(text, pieces, match, matches, blocked)]


def _edges(
    text: str,
    pieces: Sequence[Piece],
    first: int,
    vocabulary: Vocabulary,
    blocked: bytearray,
) -> Iterator[tuple[float, int, Found | None]]:
    """Yield (score, end, name) for every way to go on from one piece."""
    piece = pieces[first]
    yield (_frequency(piece.text) - ALONE if piece.han else STRANGER), first + 1, None
    if blocked[piece.start]:
        return
    joined: dict[int, Found] = {}
    for found in vocabulary.find(text, pieces, first):
        if any(blocked[pieces[place].start] for place in range(found.first, found.last)):
            continue
        known = joined.get(found.last)
        if known is None or found.bent < known.bent:
            joined[found.last] = found
        elif found.bent == known.bent and known.senses[0][0]:
            senses = dict.fromkeys((*known.senses, *(s for s in found.senses if s[0])))
            joined[found.last] = replace(known, senses=tuple(senses))
    for last, found in joined.items():
        yield _score(pieces, found), last, found
    if piece.han:
        yield from _words(pieces, first, vocabulary)


def _score(pieces: Sequence[Piece], found: Found) -> float:
    length = found.last - found.first
    if length == 1 and pieces[found.first].han:
        return CHARACTER if pieces[found.first].text in _GUARDS.free_zh else BOUND
    return NAME - BENT * found.bent


def _words(
    pieces: Sequence[Piece], first: int, vocabulary: Vocabulary
) -> Iterator[tuple[float, int, None]]:
    """Yield the dictionary words of two and more characters, which may hide shorter names."""
    word = pieces[first].text
    for last in range(first + 1, min(first + LONGEST_WORD, len(pieces))):
        if not (pieces[last].han and pieces[last].glued):
            return
        word += pieces[last].text
        if (frequency := _frequency(word)) > STRANGER and not _is_phrase(word, vocabulary):
            yield frequency, last + 1, None


def _is_phrase(word: str, vocabulary: Vocabulary) -> bool:
    """Say whether a dictionary word ends with a product type, or with 用: 白衬衫, 童鞋, 厨房用."""
    if word.endswith("用") and len(word) > 2 and vocabulary.exact(tuple(word[:-1])):
        return True
    if any(
        sense[0] == "category"
        for cut in range(1, len(word) - 1)
        for sense in vocabulary.exact(tuple(word[cut:]))
    ):
        return True
    if len(word) > 2 or word[0] in "男女童":
        return any(s[0] == "category" for s in vocabulary.exact(tuple(word[1:]))) and any(
            s[0] in ("colour", "material", "audience") for s in vocabulary.exact((word[0],))
        )
    return False


@lru_cache(maxsize=65536)
def _frequency(word: str) -> float:
    """Return the logarithm of a Chinese word's share in the dictionary."""
    from catalog.text.segmenting import dictionary

    counts = dictionary()
    count = counts.FREQ.get(word, 0)
    return max(STRANGER + 0.5, math.log(count / counts.total)) if count else STRANGER


def _counts(
    text: str,
    pieces: Sequence[Piece],
    match: Match,
    matches: Sequence[Match],
    blocked: bytearray,
) -> bool:
    """Say whether a match stands where its name can mean itself."""
    if match.guard:
        return False
    piece = pieces[match.first]
    if match.last - match.first > 1 or not match.senses:
        return True
    if piece.han:
        free = piece.text in _GUARDS.free_zh
        return free or _beside(pieces, match, matches)
    path = (piece.text,)
    if path in _GUARDS.final_en and match.senses[0][0] == "category":
        return _is_head(text, pieces, match, matches, blocked)
    return True


def _beside(pieces: Sequence[Piece], match: Match, matches: Sequence[Match]) -> bool:
    """Let a single character count where the characters beside it are names, edges or 的, 要 …"""
    left = pieces[match.first - 1] if match.first else None
    right = pieces[match.last] if match.last < len(pieces) else None
    ends = {other.last for other in matches if other is not match}
    starts = {other.first for other in matches if other is not match}
    left_open = (
        left is None
        or not (left.han and pieces[match.first].glued)
        or match.first in ends
        or left.text in _BESIDE_ZH
    )
    right_open = (
        right is None
        or not (right.han and right.glued)
        or match.last in starts
        or right.text in _BESIDE_ZH
    )
    return left_open and right_open


# Prepositions and conjunctions end a phrase: "a dress under $30", "a desk between two shelves".
_ENDS_A_PHRASE = STOP_EN | frozenset({
    "about", "above", "across", "after", "against", "along", "among", "around", "because", "before",
    "behind", "below", "beneath", "beside", "besides", "between", "beyond", "despite", "during",
    "except", "inside", "near", "onto", "since", "than", "through", "till", "toward", "towards",
    "under", "underneath", "unless", "until", "upon", "versus", "where", "which", "while", "within",
    "without",
})  # fmt: skip
_SAID = (phrases.english("denial"), phrases.english("polite"), phrases.english("wish.nothing"))


def _is_head(
    text: str,
    pieces: Sequence[Piece],
    match: Match,
    matches: Sequence[Match],
    blocked: bytearray,
) -> bool:
    """Say whether "watch" stands as a noun: not before another noun, not after "to".

    What follows is no noun if the grammar has read it (``blocked``), or it ends a phrase.
    """
    before = pieces[match.first - 1].text if match.first else ""
    if before in {"to", "you", "can", "will", "we", "they", "must", "your"}:
        return False
    if match.last >= len(pieces):
        return True
    following = pieces[match.last]
    if is_han(following.text) or set(text[match.end : following.start]) - {" ", "-"}:
        return True
    known = any(other.first == match.last for other in matches)
    plain = len(following.text) <= 4 or following.text.isdigit()
    ends = blocked[following.start] or following.text in _ENDS_A_PHRASE
    said = any(pattern.match(text, following.start) for pattern in _SAID)
    return known or plain or bool(ends) or said
