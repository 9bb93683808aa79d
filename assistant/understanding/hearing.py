"""The likeliest Chinese words for a sound: how words follow each other, learned from what is said.

For `sounding`, which reads pinyin, and `spelling`, which mends characters of the same sound. Words
are the dictionary's and the lexicon's; how likely one is after another is counted in our own
utterances and sentences of reviews, with absolute discounting (Ney et al. 1994).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.lexicon import lexicon
from catalog.lexicon.folding import HAN_CHARACTER

LONGEST = 24  # letters of one word
LONGEST_WORD = 4  # characters, where written ones are mended
LEAST_COMMON = 20  # of the dictionary's counts, for a word to be taken in
OF_A_NAME = 3_000  # what a name of the lexicon counts beside the dictionary's words
SAID = 0.9  # how much our utterances count beside the dictionary
DISCOUNT = 0.75  # taken from each count for what was never said
BREADTH = 10  # readings kept at each place
HOMOPHONES = 30  # words of one sound that are thought of
ALIKE = 10  # words of a like sound: z for zh, n for ng, l for n
BLURRED = math.log(0.005)  # what a word of a like sound costs
RARER = math.log(0.02)  # of a character's other readings: 还 huan
UNKNOWN = math.log(1e-7)  # a character that is in no list
NOTHING = -30.0  # a letter that is no sound
START, END = "^", "$"
_HAN = re.compile("[\u3400-\u9fff]+")

Path = tuple[float, str]


@dataclass(frozen=True)
class Ear:
    """How likely words are, alone and after another, as log chances."""

    alone: dict[str, float]
    after: dict[tuple[str, str], float]
    unsaid: dict[str, float]  # what is left after a word for words never said after it

    def chance(self, before: str, word: str) -> float:
        """Return the log chance of a word after another."""
        known = self.after.get((before, word))
        if known is not None:
            return known
        return self.unsaid.get(before, 0.0) + self.alone.get(word, UNKNOWN)

    def read(self, letters: str, limits: Collection[int] = ()) -> str:
        """Return the likeliest words for a row of pinyin; letters nothing sounds like stay.

        ``limits``: places where a syllable ends for certain (a space was typed). About 10 ms.
        """

        def words(start: int, end: int) -> Iterator[tuple[str, float]]:
            if end - start > LONGEST:
                return
            inner = [place - start for place in limits if start < place < end]
            written = letters[start:end]
            for word, rarer in _sounds().get(written, ()):
                if not inner or _parts(word).issuperset(inner):
                    yield word, rarer
            for word in _likened().get(blurred(written), ()):
                if _spoken(word) != written and (not inner or _blurs(word, written, inner)):
                    yield word, BLURRED

        return self._likeliest(letters, LONGEST, words)

    def mend(self, run: str, slip: float) -> str:
        """Return what was meant by a run of characters, some of which only sound right.

        ``slip``: the log chance that a character is one of the same sound.
        """
        syllables = [_sound(letter) for letter in run]

        def words(start: int, end: int) -> Iterator[tuple[str, float]]:
            written = run[start:end]
            if end - start == 1 or written in self.alone:
                yield written, 0.0
            for word, rarer in _sounds().get("".join(syllables[start:end]), ()):
                if len(word) == end - start and word != written and not rarer:
                    slips = sum(one != other for one, other in zip(word, written, strict=True))
                    yield word, slips * slip

        return self._likeliest(run, LONGEST_WORD, words)

    def _likeliest(
        self, letters: str, longest: int,
        words: Callable[[int, int], Iterator[tuple[str, float]]],
    ) -> str:  # fmt: skip
        """Search left to right, keeping the best readings that end in each word (Viterbi)."""
        best: list[dict[str, Path]] = [{START: (0.0, "")}]
        for end in range(1, len(letters) + 1):
            here: dict[str, Path] = {}
            for start in range(max(0, end - longest), end):
                for word, cost in words(start, end):
                    for before, (score, text) in best[start].items():
                        found = score + cost + self.chance(before, word)
                        if word not in here or found > here[word][0]:
                            here[word] = (found, text + word)
            score, text = max(best[end - 1].values())
            here[""] = (score + NOTHING, text + letters[end - 1])
            best.append(dict(sorted(here.items(), key=lambda one: -one[1][0])[:BREADTH]))
        return max(
            (score + self.chance(word, END), text) for word, (score, text) in best[-1].items()
        )[1]


@lru_cache(maxsize=8)
def ear(*, without: int | None = None) -> Ear:
    """Return the ear that has heard our utterances, or all but one voice's (for teaching).

    Cost: some seconds, once a process; most of it is the table of sounds.
    """
    from assistant.understanding.intents.utterances import utterances
    from catalog.opinions.own import own_sentences

    said = [one.text for one in utterances("zh-hans") if one.voice != without]
    # Said at several places is said once.
    said += dict.fromkeys(one.text for one in utterances("zh-hans", kept="placed"))
    return learned([*said, *own_sentences().texts])


def learned(said: Iterable[str]) -> Ear:
    """Learn how words follow each other. Cost: 0.2 s beside the table of sounds."""
    single, pairs = _counted(said)
    common, total = _common(), sum(_common().values())
    spoken, kinds = sum(single.values()), len(single)
    left = DISCOUNT * kinds / spoken

    def alone(word: str) -> float:
        usual = common.get(word, 1) / total
        often = max(single[word] - DISCOUNT, 0) / spoken + left * usual
        return math.log(SAID * often + (1 - SAID) * usual)

    chances = {word: alone(word) for word in {**common, **single}}
    before: Counter[str] = Counter()
    followers: Counter[str] = Counter()
    for (first, _second), count in pairs.items():
        before[first] += count
        followers[first] += 1
    unsaid = {word: math.log(DISCOUNT * followers[word] / before[word]) for word in before}
    after = {
        (first, second): math.log(
            (count - DISCOUNT) / before[first] + math.exp(unsaid[first] + chances[second])
        )
        for (first, second), count in pairs.items()
    }
    return Ear(chances, after, unsaid)


def _counted(said: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    from catalog.text.segmenting import dictionary

    cut, common = dictionary().cut, _common()
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in said:
        for run in _HAN.findall(text):
            row: list[str] = [START]
            for word in cut(run, HMM=False):
                row += [word] if word in common else list(word)
            row.append(END)
            single.update(row[1:])
            pairs.update(itertools.pairwise(row))
    return single, pairs


@lru_cache(maxsize=1)
def _common() -> dict[str, int]:
    """Count words: the dictionary's and the lexicon's. Single characters are never left out."""
    from catalog.text.segmenting import dictionary

    counts = {
        word: count
        for word, count in dictionary().FREQ.items()
        if (count >= LEAST_COMMON or (len(word) == 1 and count)) and HAN_CHARACTER.match(word)
    }
    for name in _lexicon_names():
        counts[name] = counts.get(name, 0) + OF_A_NAME
    return counts


def _lexicon_names() -> Iterator[str]:
    for dimension in lexicon().dimensions.values():
        for value in dimension.values.values():
            yield from (name for name in value.zh if _HAN.fullmatch(name))


@lru_cache(maxsize=1)
def _sounds() -> dict[str, Sequence[tuple[str, float]]]:
    """Return for each sound its commonest words, and what a rarer reading costs.

    Cost: about a second, once a process.
    """
    from pypinyin import Style, pinyin

    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for word in _common():
        if len(word) > 1:
            found[_spoken(word)].append((word, 0.0))
            continue
        for place, sound in enumerate(
            pinyin(word, style=Style.NORMAL, heteronym=True, v_to_u=False)[0][:3]
        ):
            found[sound].append((word, RARER if place else 0.0))
    common = _common()
    return {
        sound: sorted(words, key=lambda one: -math.log(common[one[0]]) - one[1])[:HOMOPHONES]
        for sound, words in found.items()
    }


@lru_cache(maxsize=1)
def _likened() -> dict[str, Sequence[str]]:
    """Return for each blurred sound the commonest words of two characters or more."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    common = _common()
    for word in sorted(common, key=lambda one: -common[one]):
        if len(word) > 1 and len(row := found[blurred(_spoken(word))]) < ALIKE:
            row.append(word)
    return dict(found)


def blurred(letters: str) -> str:
    """Write pinyin as those hear it who tell no zh from z, no ng from n and no l from n."""
    for sound, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        letters = letters.replace(sound, other)
    return letters


def _blurs(word: str, written: str, limits: Sequence[int]) -> bool:
    """Tell whether each piece that was typed apart ends a syllable of the word, however blurred."""
    ends = {blurred("".join(_syllables(word)[:count])) for count in range(1, len(word))}
    return all(blurred(written[:place]) in ends for place in limits)


@lru_cache(maxsize=262144)
def _spoken(word: str) -> str:
    return "".join(_syllables(word))


@lru_cache(maxsize=65536)
def _parts(word: str) -> frozenset[int]:
    """Return where the syllables of a word end."""
    ends, place = set(), 0
    for syllable in _syllables(word):
        place += len(syllable)
        ends.add(place)
    return frozenset(ends)


def _syllables(word: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(word, v_to_u=False))


@lru_cache(maxsize=8192)
def _sound(letter: str) -> str:
    return _syllables(letter)[0]


def sounds(text: str) -> list[str]:
    """Return how each Chinese character of a text sounds, by its commonest reading."""
    return [_sound(letter) for run in _HAN.findall(text) for letter in run]
