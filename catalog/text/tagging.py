"""Split a text into tokens with places, parts of speech and a stop mark.

For analysis that a person sees (entities, aspects, writing). Chinese by jieba's tagger over our
dictionary, English by word classes and endings. Places are those of the text as given.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.lexicon import english, lexicon
from catalog.lexicon.folding import HAN, align
from catalog.text.segmenting import tagger
from catalog.text.terms import STOP_EN, STOP_ZH

_ENGLISH = tomllib.loads((Path(__file__).parent / "words/english.toml").read_text("utf-8"))
_CLOSED = {word: tag for tag, words in _ENGLISH["classes"].items() for word in words}
_ENDINGS = [(ending, tag) for tag, ends in _ENGLISH["suffixes"].items() for ending in ends]
_PIECES = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<num>\d+(?:[.,]\d+)*%?(?![a-z0-9]))|"
    rf"(?P<word>[a-z0-9]+(?:[-'’][a-z0-9]+)*)|(?P<other>[^\W_]+)|(?P<punct>\S)"
)
# jieba's tags (ICTCLAS) by first letter, with the exceptions before
_JIEBA = {
    "nr": "propn", "ns": "propn", "nt": "propn", "nz": "propn", "eng": "noun", "vn": "noun",
    "an": "noun", "ad": "adv", "vd": "adv", "n": "noun", "t": "noun", "s": "noun", "f": "noun",
    "v": "verb", "a": "adj", "b": "adj", "z": "adj", "d": "adv", "m": "num", "q": "quant",
    "r": "pron", "p": "prep", "c": "conj", "u": "part", "y": "part", "e": "intj", "o": "intj",
    "w": "punct", "i": "noun", "l": "noun", "j": "noun", "k": "part", "h": "part", "g": "noun",
}  # fmt: skip
_MODALS = {"to", "can", "will", "would", "should", "could", "must", "may", "might", "you", "we"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text. pos: noun propn verb adj adv num quant pron det prep conj aux part intj
    punct x."""

    text: str
    start: int
    end: int
    pos: str
    stop: bool


def tokens(text: str) -> list[Token]:
    """Split ``text`` into tokens; ``text[token.start:token.end] == token.text`` for each.

    The first Chinese text of a process loads the tagger (about two seconds); then about 700
    Chinese or 10,000 English titles a second.
    """
    folded, offsets = align(text)
    found: list[Token] = []
    for start, end, pos, stop in _split(english.unaccented(folded)):
        left, right = offsets[start], offsets[end]
        found.append(Token(text[left:right], left, right, pos, stop))
    return found


def _split(folded: str) -> list[tuple[int, int, str, bool]]:
    found: list[tuple[int, int, str, bool]] = []
    previous = ""
    for match in _PIECES.finditer(folded):
        kind, start = match.lastgroup, match.start()
        if kind == "han":
            found.extend(_chinese(match[0], start))
        elif kind == "word":
            word = match[0]
            found.append((start, match.end(), _english_pos(word, previous), word in STOP_EN))
        else:
            pos = {"num": "num", "punct": "punct"}.get(kind or "", "x")
            found.append((start, match.end(), pos, pos == "punct"))
        previous = match[0]
    return found


def _chinese(run: str, start: int) -> list[tuple[int, int, str, bool]]:
    found = []
    for word, flag in tagger().cut(run):
        end = start + len(word)
        pos = _JIEBA.get(flag) or _JIEBA.get(flag[:2]) or _JIEBA.get(flag[:1]) or _shop_pos(word)
        found.append((start, end, pos, word in STOP_ZH))
        start = end
    return found


@lru_cache(maxsize=8192)
def _shop_pos(word: str) -> str:
    """Tag a word that only the lexicon knows: functions and styles describe, the rest names."""
    senses = lexicon().senses(word)
    if not senses:
        return "x"
    return "adj" if senses[0][0] in ("feature", "style", "fit", "pattern") else "noun"


def _english_pos(word: str, previous: str) -> str:
    pos = _word_class(word)
    if pos == "noun" and previous in _MODALS:
        return "verb"
    if pos == "verb" and previous in ("the", "a", "an", "my", "your"):
        return "noun"
    return pos


@lru_cache(maxsize=50_000)
def _word_class(word: str) -> str:
    """Tag one English word by its class, else by its last part, else by its ending."""
    if word in _CLOSED:
        return _CLOSED[word]
    if any(c.isdigit() for c in word):
        return "noun" if any(c.isalpha() for c in word) else "num"
    last = word.rsplit("-", maxsplit=1)[-1]
    for ending, tag in _ENDINGS:
        if last.endswith(ending) and (len(last) > len(ending) + 2 or "-" in word):
            return tag
    return "noun"
