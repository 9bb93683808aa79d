"""Questions about texts in SQuAD's form, and how answers to them are scored.

For `train reader` and `evaluate_text reader`. Reads SQuAD 1.1 and 2.0 (plain, .gz or .xz); what is
not whole is left out and counted. Scores: exact match, F1 of words (characters in Chinese), and F1
of saying that there is no answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.knowledge.importing import _json, unpacked
from catalog.feeds.problems import Refused
from catalog.lexicon.folding import HAN, fold

_TOKENS = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_ARTICLES = {"a", "an", "the"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about a text; no answers: the text does not say. ``group`` is never split."""

    question: str
    text: str
    answers: tuple[tuple[int, str], ...]
    group: str = ""


def read_squad(path: Path) -> tuple[list[Asked], int]:
    """Return a file's questions and how many were left out. Errors: ValueError, OSError."""
    try:
        content, _name = unpacked(path.name, path.read_bytes())
        found = _json(content.decode("utf-8-sig", "replace"))
    except Refused as refused:
        raise ValueError(f"{path.name}: {refused}") from refused
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        raise ValueError(f"{path.name} is not in SQuAD's form: it has no list under data.")
    asked: list[Asked] = []
    left_out = 0
    for number, article in enumerate(found["data"]):
        for paragraph in _list(article, "paragraphs"):
            text = paragraph.get("context") if isinstance(paragraph, dict) else None
            for qa in _list(paragraph, "qas"):
                one = _asked(qa, text, str(number))
                asked += [one] if one else []
                left_out += one is None
    if not asked:
        raise ValueError(f"{path.name} holds no question that can be used.")
    return asked, left_out


def _list(holder: Any, name: str) -> list[Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []


def _asked(qa: Any, text: Any, group: str) -> Asked | None:
    """Read one question; None where an answer does not stand where it says."""
    question = qa.get("question") if isinstance(qa, dict) else None
    if not isinstance(question, str) or not isinstance(text, str) or not question.strip():
        return None
    answers = []
    for one in [] if qa.get("is_impossible") else _list(qa, "answers"):
        said = one.get("text") if isinstance(one, dict) else None
        start = one.get("answer_start") if isinstance(one, dict) else None
        if not isinstance(said, str) or not isinstance(start, int) or not said:
            return None
        if text[start : start + len(said)] != said:
            start = text.find(said)
        if start < 0:
            return None
        answers.append((start, said))
    return Asked(question, text, tuple(answers), group)


def tokens(text: str) -> list[str]:
    """Return the words that count for a score: folded, without articles and punctuation."""
    return [one for one in _TOKENS.findall(fold(text)) if one not in _ARTICLES]


def f1(said: str, gold: str) -> float:
    """Return the F1 of words between two texts; two empty ones agree."""
    mine, theirs = tokens(said), tokens(gold)
    if not mine or not theirs:
        return float(mine == theirs)
    same = sum((Counter(mine) & Counter(theirs)).values())
    if not same:
        return 0.0
    precision, recall = same / len(mine), same / len(theirs)
    return 2 * precision * recall / (precision + recall)


def scores(asked: Sequence[Asked], said: Sequence[str]) -> dict[str, float]:
    """Return exact match and F1 over all, over those with an answer, and F1 of no answer."""
    exact, overlap = [], []
    for one, text in zip(asked, said, strict=True):
        gold = [answer for _start, answer in one.answers] or [""]
        exact.append(max(float(tokens(text) == tokens(each)) for each in gold))
        overlap.append(max(f1(text, each) for each in gold))
    has = [place for place, one in enumerate(asked) if one.answers]
    refused = [not text for text in said]
    silent = [not one.answers for one in asked]
    right = sum(a and b for a, b in zip(refused, silent, strict=True))
    return {
        "exact": _mean(exact),
        "f1": _mean(overlap),
        "answerable_exact": _mean([exact[place] for place in has]),
        "answerable_f1": _mean([overlap[place] for place in has]),
        "no_answer_f1": round(2 * right / max(1, sum(refused) + sum(silent)), 4),
        "n": len(asked),
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
