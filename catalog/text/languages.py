"""Guess the language of a short text by its script and its commonest words.

For choosing an analyser and a realiser. It tells Chinese (simplified or traditional) from English
for sure and names a few others, so that nobody mistakes them for one of the two.
"""

import re
from dataclasses import dataclass

from catalog.lexicon.folding import HAN, fold

MODEL_VERSION = "language-rules-1"
_SCRIPTS = {
    "zh": re.compile(f"[{HAN}]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_LATIN = re.compile("[a-z\u00df-\u024f]+")
_COMMON = {
    "en": "the and of for with in to is it a on are this that you your from not by as an be have",
    "fr": "le la les des du une et pour avec est dans sur pas que qui aux ce cette vous sans plus",
    "de": "der die das und für mit ist ein eine den dem auf nicht von zu im aus sich auch sind",
    "es": "el la los las de y para con en una del por que es su no más al muy sin como",
    "it": "il lo gli di e per con una del della che è non da nel alla sono più questo",
    "pt": "o os as de e para com em uma do da que não é no na mais por seu você",
    "nl": "de het een en van voor met is op niet dat zijn aan ook uit bij maar",
}
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD_WEIGHT = 2.0  # a Chinese character says about as much as half an English word


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """zh-hans, zh-hant, en, another code, or und; confidence 0 to 1."""

    language: str
    confidence: float
    model_version: str = MODEL_VERSION


def language_of(text: str) -> LanguageGuess:
    """Guess the language of ``text``; und with confidence 0 where there are no letters.

    Mixed text gets its heavier part: "Sony 降噪耳机" is Chinese.
    """
    lowered = text.lower()
    latin = _LATIN.findall(lowered)
    weights = {code: float(len(found.findall(text))) for code, found in _SCRIPTS.items()}
    weights["latin"] = _WORD_WEIGHT * sum(len(word) > 1 for word in latin)
    if weights["ja"] and weights["ja"] * 4 >= weights["zh"]:
        weights["ja"] += weights.pop("zh")
    total = sum(weights.values())
    if not total:
        return LanguageGuess("en", 0.3) if latin else LanguageGuess("und", 0.0)
    heaviest = max(weights, key=lambda code: weights[code])
    share = weights[heaviest] / total
    if heaviest == "latin":
        language, certainty = _among_latin(latin, lowered)
        return LanguageGuess(language, round(share * certainty, 3))
    return LanguageGuess(_variant(heaviest, text), round(share, 3))


def _variant(code: str, text: str) -> str:
    if code != "zh":
        return code
    plain = fold(text)
    # Only Han characters tell: a full-width comma is folded, too.
    pairs = zip(text.lower(), plain, strict=False)
    changed = sum(a != b for a, b in pairs if "\u3400" <= a <= "\u9fff")
    return "zh-hant" if len(plain) == len(text) and changed else "zh-hans"


def _among_latin(words: list[str], lowered: str) -> tuple[str, float]:
    """Choose among languages in Latin letters; titles without any common word are English."""
    hits = {code: sum(word in common for word in words) for code, common in _SETS.items()}
    best = max(hits, key=lambda code: (hits[code], code == "en"))
    foreign = best != "en" and hits[best] > hits["en"]
    if foreign and (hits[best] > 1 or not lowered.isascii()):
        return best, min(0.95, 0.6 + 0.1 * hits[best])
    return "en", min(0.99, 0.8 + 0.05 * hits["en"]) if lowered.isascii() else 0.6
