"""Tell which English words are right as they are, so that nobody corrects them.

For `typos` and `pinyin`. Our own list of common words, the names of well-known brands, and what
the vocabulary holds; it never says that a word is wrong.
"""

import re
from functools import lru_cache
from pathlib import Path

from catalog.search.understanding.trie import forms
from catalog.search.understanding.vocabulary import Vocabulary, brand_names
from catalog.text.terms import STOP_EN

_PLAIN = Path(__file__).parent / "plain_words.txt"

_ENDING = re.compile(r"(?:ings?|ers?|ors?|ed|ly|ness|able|est|y|ies|ier|s)$")


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Return the English words that are right as they are, brand names among them."""
    lines = _PLAIN.read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    for name in brand_names():
        words.update(name.split())
    return frozenset(words | STOP_EN)


def is_known(word: str, vocabulary: Vocabulary) -> bool:
    """Say whether a word is right as it is, in this or another form (stuff, stuffer, stuffing)."""
    plain = plain_words()
    if any(vocabulary.knows(form) or form in plain for form, _ in forms(word)):
        return True
    stem = _ENDING.sub("", word)
    if stem == word or len(stem) < 4:
        return False
    undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
    return any(form in plain for form in (stem, stem + "e", undoubled, stem + "y"))
