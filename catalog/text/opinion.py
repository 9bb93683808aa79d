"""Tell how a review feels, by word lists with negation, strength and contrast, zh and en.

For reviews and chats until a trained head is there; the version in the answer says which one
spoke. It never reads irony, and it says neutral where it found no opinion word.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from math import tanh
from pathlib import Path

from catalog.lexicon.folding import HAN_CHARACTER, fold
from catalog.text.languages import language_of

MODEL_VERSION = "sentiment-lexicon-1"
_WORDS = tomllib.loads((Path(__file__).parent / "words/opinion.toml").read_text("utf-8"))
_CLAUSE = re.compile(r"[,.;!?,。;!?、~…\n]+|\s{2,}")
_ENGLISH = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_REACH = {"zh": 4, "en": 3}  # how far, in characters or words, a negator reaches
_SCALES = ("negators", "intensifiers", "dampers", "contrast")
_NEUTRAL = 0.08
_SECOND_HALF = 1.5  # what follows "but" weighs more


@dataclass(frozen=True, slots=True)
class Sentiment:
    """positive, neutral or negative; score -1 to 1; the opinion words that decided, as found."""

    label: str
    score: float
    evidence: tuple[str, ...]
    model_version: str = MODEL_VERSION


@dataclass(frozen=True, slots=True)
class _Lists:
    weights: dict[str, float]
    negators: frozenset[str]
    intensifiers: frozenset[str]
    dampers: frozenset[str]
    contrast: frozenset[str]
    longest: int


@lru_cache(maxsize=2)
def _lists(language: str) -> _Lists:
    raw = _WORDS[language]
    weights: dict[str, float] = {}
    for name, weight in (("good", 1.0), ("good2", 2.0), ("bad", -1.0), ("bad2", -2.0)):
        weights |= dict.fromkeys(raw[name], weight)
    negators, strong, weak, contrast = (frozenset(raw[k]) for k in _SCALES)
    longest = max(len(w) if language == "zh" else len(w.split()) for w in weights)
    return _Lists(weights, negators, strong, weak, contrast, longest)


def sentiment(text: str) -> Sentiment:
    """Judge the feeling of ``text``; about 0.1 ms for a review."""
    language = "zh" if HAN_CHARACTER.search(text) and language_of(text).language != "en" else "en"
    total, evidence, weight = 0.0, [], 1.0
    lists = _lists(language)
    for clause in _CLAUSE.split(fold(text)):
        units = _units(clause, language)
        score, found, turned = _clause(units, lists, _REACH[language], language)
        weight = _SECOND_HALF if turned else weight
        total += weight * score
        evidence.extend(found)
    score = tanh(total / 2.5)
    label = "positive" if score > _NEUTRAL else "negative" if score < -_NEUTRAL else "neutral"
    return Sentiment(label, round(score, 3), tuple(evidence))


def _units(clause: str, language: str) -> list[str]:
    return list(clause) if language == "zh" else _ENGLISH.findall(clause.replace("’", "'"))


def _clause(
    units: list[str], lists: _Lists, reach: int, language: str
) -> tuple[float, list[str], bool]:
    """Score one clause of characters or words; also say whether it turns against what came."""
    joint = "" if language == "zh" else " "
    score, found, turned, place = 0.0, [], False, 0
    while place < len(units):
        word, size = _longest(units, place, lists, joint)
        if word in lists.weights:
            scale = _scale(units[max(0, place - reach) : place], lists, joint)
            score += lists.weights[word] * scale
            found.append(("-" if scale < 0 else "") + word)
        elif word in lists.contrast:
            turned, score = True, score * 0.5
        place += size
    return score, found, turned


def _longest(units: list[str], place: int, lists: _Lists, joint: str) -> tuple[str, int]:
    for size in range(min(lists.longest, len(units) - place), 0, -1):
        word = joint.join(units[place : place + size])
        if word in lists.weights or word in lists.contrast:
            return word, size
    return units[place], 1


def _scale(before: list[str], lists: _Lists, joint: str) -> float:
    """Read the words before an opinion word: each negation flips, strength scales."""
    scale, place = 1.0, 0
    while place < len(before):
        for size in range(min(3, len(before) - place), 0, -1):
            word = joint.join(before[place : place + size])
            if word in lists.negators:
                scale *= -0.8
                break
            if word in lists.intensifiers or word in lists.dampers:
                scale *= 1.4 if word in lists.intensifiers else 0.7
                break
        place += size
    return scale
