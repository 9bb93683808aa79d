"""Split Chinese into dictionary words: all of them for the index, the best path for a query.

For `terms` and `tagging`. The dictionary is jieba's plus the lexicon's words; it is read once, on
the first Chinese text (about a second), without jieba's cache file in a shared folder. Unknown
words are never invented: their single characters carry them.
"""

import math
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from catalog.lexicon import lexicon

if TYPE_CHECKING:
    import jieba
    from jieba.posseg import POSTokenizer

_LOADING = Lock()
_SHOP_WORD_COUNT = 500  # enough to beat any split into two common words
_LONGEST = 8  # longer dictionary entries are sayings and institutions, not goods


@lru_cache(maxsize=1)
def _load() -> "jieba.Tokenizer":
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in lexicon().segmentable():
        if not tokenizer.FREQ.get(word):
            tokenizer.add_word(word, _SHOP_WORD_COUNT)
    return tokenizer


def dictionary() -> "jieba.Tokenizer":
    """Return the loaded dictionary; the first call of a process takes about a second."""
    with _LOADING:
        return _load()


@lru_cache(maxsize=1)
def _load_tagger() -> "POSTokenizer":
    from jieba import posseg

    # Importing posseg reads the tag table for its own default tagger: share it, read it once.
    tagger = object.__new__(posseg.POSTokenizer)
    tagger.tokenizer = _load()
    tagger.word_tag_tab = posseg.dt.word_tag_tab
    return tagger


def tagger() -> "POSTokenizer":
    """Return the part-of-speech tagger over the same dictionary."""
    with _LOADING:
        return _load_tagger()


def warm_up(*, tags: bool = False) -> None:
    """Read the dictionary now, so that no request waits for it; ``tags`` also for the tagger."""
    dictionary()
    if tags:
        tagger()


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    return dictionary().FREQ


def all_words(run: str) -> list[str]:
    """List every dictionary word of two or more characters in a run of Han characters.

    A query word is found in a title exactly where the title contains it, whatever stands beside.
    """
    count_of, length = _counts().get, len(run)
    found: list[str] = []
    for start in range(length - 1):
        for end in range(start + 2, start + _LONGEST + 1):
            word = run[start:end]
            count = count_of(word)
            if count:
                found.append(word)
            if count is None or end >= length:  # not even the beginning of a word
                break
    return found


def pairs(run: str) -> list[str]:
    """List every two neighbouring characters: the words that no dictionary knows."""
    return [run[start : start + 2] for start in range(len(run) - 1)]


@lru_cache(maxsize=1)
def _log_total() -> float:
    return math.log(dictionary().total)


@lru_cache(maxsize=8192)
def best_words(run: str) -> tuple[str, ...]:
    """Split a run of Han characters along its most probable path; unknown characters stay single.

    Cached: a query's words come again and again.
    """
    counts, total, length = _counts(), _log_total(), len(run)
    best: list[tuple[float, int]] = [(0.0, 0)] * (length + 1)  # score of the rest, end of the word
    for start in range(length - 1, -1, -1):
        paths = []
        for end in range(start + 1, min(start + _LONGEST, length) + 1):
            count = counts.get(run[start:end])
            if count or end == start + 1:
                paths.append((math.log(count or 1) - total + best[end][0], end))
            if count is None:
                break
        best[start] = max(paths)
    words, start = [], 0
    while start < length:
        end = best[start][1]
        words.append(run[start:end])
        start = end
    return tuple(words)


@lru_cache(maxsize=8192)
def guessed_words(run: str) -> tuple[str, ...]:
    """Split as `best_words`, and guess which neighbouring unknown characters make a name.

    The guess is jieba's hidden Markov model of where words begin and end.
    """
    from jieba import finalseg

    words: list[str] = []
    single = ""
    for word in (*best_words(run), ""):
        if len(word) == 1:
            single += word
            continue
        words += finalseg.cut(single) if len(single) > 1 else single
        words += [word] if word else []
        single = ""
    return tuple(words)
