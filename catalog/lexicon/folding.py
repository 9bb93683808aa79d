"""Make spellings of the same word equal: width, case, traditional Chinese, invisible characters.

For index, query, lexicon and extraction alike. It never changes what words mean and never
reorders them; ``align`` tells where each folded character came from.
"""

import re
import unicodedata
from functools import lru_cache

import opencc

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HAN_CHARACTER = re.compile(f"[{HAN}]")
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VARIATION = re.compile("[\ufe00-\ufe0f]")
_ROUNDS = 8  # NFKC, casefold and conversion settle in two rounds; more is for hostile input


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    # One converter serves all threads: OpenCC 1.4 converts without shared state (tested).
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def _invisible(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cc":
        return character not in "\t\n\r"
    return category in ("Cf", "Cs", "Co", "Cn") or "\ufe00" <= character <= "\ufe0f"


def _visible(text: str) -> str:
    if text.isprintable() and not _VARIATION.search(text):
        return text  # the usual title; isprintable() is false for every invisible category
    return "".join(c for c in text if not _invisible(c))


def _fold_once(text: str) -> str:
    seen = _visible(text)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return str(_simplifier().convert(plain))


def fold(text: str) -> str:
    """Return ``text`` with width, script variant and case folded and invisible characters removed.

    Idempotent. About 0.3 µs for ASCII, 5 µs for a Chinese title.
    """
    if text.isascii():
        return _ASCII_CONTROL.sub("", text.lower())
    for _ in range(_ROUNDS):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


@lru_cache(maxsize=65536)
def _fold_cluster(cluster: str) -> str:
    return fold(cluster)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Split into characters with the combining marks and jamo that may fuse with them."""
    clusters: list[tuple[int, str]] = []
    for position, character in enumerate(text):
        fuses = unicodedata.combining(character) or "\u1160" <= character <= "\u11ff"
        if fuses and clusters:
            start, head = clusters[-1]
            clusters[-1] = (start, head + character)
        else:
            clusters.append((position, character))
    return clusters


def align(text: str) -> tuple[str, list[int]]:
    """Fold ``text`` and return, for every folded character and the end, its place in ``text``."""
    folded = fold(text)
    if len(folded) == len(text) and all(len(_fold_cluster(c)) == 1 for c in text):
        return folded, list(range(len(text) + 1))
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        offsets.extend([start] * len(_fold_cluster(cluster)))
    if len(offsets) != len(folded):  # exotic compositions: near enough, still inside the text
        offsets = [i * len(text) // max(len(folded), 1) for i in range(len(folded))]
    return folded, [*offsets, len(text)]
