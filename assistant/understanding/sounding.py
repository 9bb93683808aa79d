"""Chinese typed in Latin letters: "wo xiang mai lianyiqun" is 我想买连衣裙.

For messages; search has its own reading of single names. The likeliest row of words is taken
(`hearing`); a space that was typed ends a syllable. English is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from assistant.understanding.hearing import Ear, ear
from catalog.lexicon import lexicon
from catalog.lexicon.folding import HAN_CHARACTER

MOST_LETTERS = 80  # of a piece that is read
LONG_PINYIN = 6  # letters of one case beside which capitals are a word of their own
_CASES = re.compile("(?<![A-Za-z])[A-ZÜ][a-zü]+|[a-zü]+|[A-ZÜ]+")
# Spaces that were typed between pinyin and marks or numbers.
_BESIDE_CHINESE = re.compile(
    r"(?<=[\u3400-\u9fff，。？！、；：]) +| +(?=[\u3400-\u9fff，。？！、；：])"
)
_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = (
    "iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in|un|vn|"
    "ia|ua|uo|a|o|e|i|u|v"
)
_SYLLABLE = re.compile(rf"(?:(?:{_INITIAL})(?:{_FINAL})|ang|ai|ei|ao|an|ou|en|er|a|o|e)+")
_TOKEN = re.compile(r"[A-Za-züÜ]+|[^A-Za-züÜ]+")
_SURELY_ENGLISH = re.compile(
    "a|i|the|is|are|to|of|for|in|it|my|me|you|he|she|we|on|at|do|can|have|any|this|that|and|or|not|"
    "hi|hello|need|want|shoe|one|no|so|ok|bag|open|long|song|dance|page|give|take|make|sale|men|"
    "women|man|woman|gun|fan|tie|die|lie|pie|more|here|there|were|name|same|change|orange|range|"
    "hang|bang|gone|done|tone|fine|line|mine|wine|pine|nine|dine|sine|game|fame|lane|bee|see|tea|"
    "sea|set|get|let|pet|yes"
)


def chinese_of(text: str, listener: Ear | None = None) -> str | None:
    """Return what pinyin stands for; None where ``text`` is not pinyin.

    ``listener``: who chooses the words; the ear of all our utterances where it is not given. The
    first call of a process reads the table of sounds, about two seconds; then 10 ms.
    """
    if HAN_CHARACTER.search(text) or not re.search("[a-zA-Z]{2}", text):
        return None
    tokens = _tokens(text)
    words = [_plain(one) for one in tokens if _CASES.match(one)]
    sounding = [one for one in words if _SYLLABLE.fullmatch(one) and len(one) < MOST_LETTERS]
    english = [
        one
        for one in words
        if _SURELY_ENGLISH.fullmatch(one) or _english(one) or _only_english(one)
    ]
    letters = sum(map(len, words))
    if sum(map(len, sounding)) < 0.7 * letters or len(english) > 0.5 * len(words):
        return None
    if len(words) == 1 and (len(words[0]) < 5 or english):
        return None
    heard = listener or ear()
    read = "".join(_read(*run, heard) for run in _runs(tokens, {*sounding}))
    # One word that is no pinyin to its last letter is a foreign one: "hoodie" is not h哦哦叠.
    if len(words) == 1 and re.search("[A-Za-z]", read):
        return None
    return _BESIDE_CHINESE.sub("", read)


def _tokens(text: str) -> list[str]:
    """Cut a message into words, marks and spaces; XL is cut out of pinyin without spaces."""
    found = []
    for token in _TOKEN.findall(text.lower() if text.isupper() else text):
        pieces = _CASES.findall(token)
        longest = max(map(len, pieces), default=0)
        found += pieces if len(pieces) > 1 and longest >= LONG_PINYIN else [token]
    return found


def _plain(token: str) -> str:
    return token.lower().replace("ü", "v")


def _runs(tokens: list[str], sounding: set[str]) -> Iterator[tuple[list[str], str]]:
    """Yield runs of pinyin, piece by piece as it was typed, and what stands between them."""
    run: list[str] = []
    for token in tokens:
        plain = _plain(token)
        if plain in sounding:
            run.append(plain)
        elif not (run and token.strip(" '-") == ""):
            if run:
                yield run, ""
            run = []
            yield [], token
    if run:
        yield run, ""


def _read(run: list[str], between: str, listener: Ear) -> str:
    if not run:
        return between
    limits = set(accumulate(map(len, run)))
    return listener.read("".join(run), limits)


@lru_cache(maxsize=8192)
def _english(word: str) -> bool:
    from catalog.search.understanding.known import plain_words

    known = plain_words() | _english_names()
    stem = re.sub("(?:er|est|ing|ed|s)$", "", word)
    return len(word) > 3 and (word in known or (len(stem) > 3 and stem in known))


def _only_english(word: str) -> bool:
    """Tell whether a word that is no pinyin is an English one, however short: "got", "does"."""
    from assistant.understanding.spelling import is_known

    return len(word) > 1 and not _SYLLABLE.fullmatch(word) and is_known(word)


@lru_cache(maxsize=1)
def _english_names() -> frozenset[str]:
    """Return the English words of the lexicon's names: linen is 亚麻, not 里嫩."""
    values = (one for each in lexicon().dimensions.values() for one in each.values.values())
    return frozenset(word for value in values for name in value.en for word in name.lower().split())
