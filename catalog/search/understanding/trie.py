"""Find names in a run of pieces: a trie over Han characters and normal English words.

For the vocabulary. It finds every name, overlaps included; choosing is `matching`'s business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.lexicon import english
from catalog.search.understanding.pieces import Piece, is_han

Sense = tuple[str, str]  # kind and value
Node = dict[str, "Node"]
# Only these may stand between the words of one name; a Chinese name has nothing between.
JOINERS = frozenset(" -/&'.+")


@dataclass(frozen=True, slots=True)
class Found:
    """A name that covers ``pieces[first:last]``; ``bent`` words were in another number."""

    first: int
    last: int
    senses: tuple[Sense, ...]
    bent: int = 0


class Trie:
    """Names as paths of pieces. Built once, then only read."""

    def __init__(self) -> None:
        """Begin empty."""
        self._root: Node = {}
        self._senses: dict[int, list[Sense]] = {}
        self.words: dict[str, int] = {}

    def add(self, path: Sequence[str], sense: Sense) -> None:
        """Add a name as its pieces."""
        if not path:
            return
        node = self._root
        for text in path:
            node = node.setdefault(text, {})
            if not is_han(text):
                self.words[text] = self.words.get(text, 0) + 1
        senses = self._senses.setdefault(id(node), [])
        if sense not in senses:
            senses.append(sense)

    def put(self, path: Sequence[str], sense: Sense) -> None:
        """Add a name that means this and nothing else."""
        self.add(path, sense)
        node = self._root
        for text in path:
            node = node[text]
        self._senses[id(node)] = [sense]

    def exact(self, path: Sequence[str]) -> tuple[Sense, ...]:
        """Return the senses of one whole name."""
        node: Node | None = self._root
        for text in path:
            node = node.get(text) if node is not None else None
        return tuple(self._senses.get(id(node), ())) if node is not None else ()

    def names(self) -> Iterator[tuple[tuple[str, ...], tuple[Sense, ...]]]:
        """Yield every name as its pieces, with its senses."""
        stack: list[tuple[tuple[str, ...], Node]] = [((), self._root)]
        while stack:
            path, node = stack.pop()
            if senses := self._senses.get(id(node)):
                yield path, tuple(senses)
            stack.extend(((*path, text), child) for text, child in node.items())

    def find(self, text: str, pieces: Sequence[Piece], first: int) -> Iterator[Found]:
        """Yield every name that begins at ``pieces[first]``, in any number of its words."""
        ways: list[tuple[int, Node, int]] = [(first, self._root, 0)]
        while ways:
            place, node, bent = ways.pop()
            if place >= len(pieces) or (place > first and not _joined(text, pieces, place)):
                continue
            for form, cost in forms(pieces[place].text):
                child = node.get(form)
                if child is None:
                    continue
                if senses := self._senses.get(id(child)):
                    yield Found(first, place + 1, tuple(senses), bent + cost)
                if child:
                    ways.append((place + 1, child, bent + cost))


def _joined(text: str, pieces: Sequence[Piece], place: int) -> bool:
    """Say whether a piece goes on from the one before: Chinese directly, English over a space."""
    left, right = pieces[place - 1], pieces[place]
    if right.start <= left.end:
        return True
    if left.han and right.han:
        return False
    return right.start - left.end <= 3 and set(text[left.end : right.start]) <= JOINERS


def forms(word: str) -> Iterator[tuple[str, int]]:
    """Yield a word and its other number, which costs one."""
    yield word, 0
    if is_han(word) or len(word) < 3 or not word.isalpha():
        return
    singular = english.regular(word)
    if singular != word:
        yield singular, 1
    elif word.endswith("s") and not word.endswith("ss"):
        yield from ((form, 1) for form in _singulars(word))
    elif (many := english.plural(word)) is not None:
        yield many, 1


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        yield word[:-2]
    yield word[:-1]
