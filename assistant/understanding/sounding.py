"""Chinese typed in Latin letters: "wo xiang mai lianyiqun" is 我想买连衣裙.

For messages; search has its own reading of single names. The likeliest row of words is taken, out
of the lexicon, the commonest words of the language and the turns of talk in our utterances. English
is left alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from catalog.lexicon import lexicon
from catalog.lexicon.folding import HAN_CHARACTER

LONGEST = 24  # letters of one word
LEAST_COMMON = 400  # of the dictionary's counts, for a word to be taken in
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


def chinese_of(text: str) -> str | None:
    """Return what pinyin stands for; None where ``text`` is not pinyin.

    The first call of a process builds the table, about a second; then 1 ms.
    """
    if HAN_CHARACTER.search(text) or not re.search("[a-zA-Z]{2}", text):
        return None
    words = [one.lower().replace("ü", "v") for one in re.findall(r"[A-Za-züÜ]+", text)]
    sounding = [one for one in words if _SYLLABLE.fullmatch(one) and len(one) < 60]
    english = [one for one in words if _SURELY_ENGLISH.fullmatch(one) or _english(one)]
    letters = sum(map(len, words))
    if sum(map(len, sounding)) < 0.7 * letters or len(english) > 0.5 * len(words):
        return None
    if len(words) == 1 and (len(words[0]) < 5 or english):
        return None
    read = "".join(_read(run) for run in _runs(text, {*sounding}))
    # One word that is no pinyin to its last letter is a foreign one: "hoodie" is not h哦哦叠.
    return None if len(words) == 1 and re.search("[A-Za-z]", read) else read


def _runs(text: str, sounding: set[str]) -> Iterator[tuple[bool, str]]:
    """Yield runs of pinyin without their spaces, and what stands between them."""
    run = ""
    for token in _TOKEN.findall(text):
        plain = token.lower().replace("ü", "v")
        if plain in sounding:
            run += plain
        elif not (run and token.strip(" '-") == ""):
            if run:
                yield True, run
            run = ""
            yield False, token
    if run:
        yield True, run


def _read(run: tuple[bool, str]) -> str:
    is_sound, letters = run
    return _likeliest(letters) if is_sound else letters


def _likeliest(letters: str) -> str:
    """Return the likeliest row of words that sounds so; letters nothing sounds like stay."""
    table = _table()
    best: list[tuple[float, str]] = [(0.0, "")]
    for end in range(1, len(letters) + 1):
        found = [(best[end - 1][0] - 30.0, best[end - 1][1] + letters[end - 1])]
        for start in range(max(0, end - LONGEST), end):
            known = table.get(letters[start:end])
            if known is not None:
                found.append((best[start][0] + known[0], best[start][1] + known[1]))
        best.append(max(found))
    return best[-1][1]


@lru_cache(maxsize=8192)
def _english(word: str) -> bool:
    from catalog.search.understanding.known import plain_words

    return len(word) > 3 and (word in plain_words() or word in _english_names())


@lru_cache(maxsize=1)
def _english_names() -> frozenset[str]:
    """Return the English words of the lexicon's names: linen is 亚麻, not 里嫩."""
    values = (one for each in lexicon().dimensions.values() for one in each.values.values())
    return frozenset(word for value in values for name in value.en for word in name.lower().split())


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[float, str]]:
    """Return for each sound its likeliest word and that word's log chance."""
    from pypinyin import lazy_pinyin

    counts = _counted()
    total = sum(counts.values())
    table: dict[str, tuple[float, str]] = {}
    for word, count in counts.items():
        chance = math.log(count / total)
        sound = "".join(lazy_pinyin(word, v_to_u=False))
        if chance > table.get(sound, (-math.inf, ""))[0]:
            table[sound] = (chance, word)
    return table


def _counted() -> Counter[str]:
    """Count words: the dictionary's, the lexicon's, and the turns of our own utterances."""
    from assistant.understanding.intents.utterances import utterances
    from catalog.text.segmenting import dictionary

    common = dictionary().FREQ.items()
    counts = Counter({word: count for word, count in common if count >= LEAST_COMMON})
    counts = Counter({word: n for word, n in counts.items() if HAN_CHARACTER.match(word)})
    for name in _lexicon_names():
        counts[name] += 3_000
    said: Counter[str] = Counter()
    for one in utterances("zh-hans"):
        said.update(_turns(one.text))
    for words, count in said.items():
        if len(words) == 1 or count > 1:
            counts[words] += count * 600 * len(words)
    return counts


def _lexicon_names() -> Iterable[str]:
    for dimension in lexicon().dimensions.values():
        for value in dimension.values.values():
            yield from (name for name in value.zh if HAN_CHARACTER.fullmatch(name[:1]))


def _turns(text: str) -> Iterator[str]:
    for run in re.findall("[\u3400-\u9fff]+", text):
        for size in range(1, 5):
            yield from (run[i : i + size] for i in range(len(run) - size + 1))
