"""Learn the weights that judge sentences from written questions, and measure them on others.

For ``manage.py evaluate_evidence``. Questions stand in ``exercises``, a voice in each file, under
the SKU of a demo product or a page written there. A voice is measured by weights that the others
taught; those of `HELD` taught nothing at all.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.doing.evidence.judging import FILE, Scale, best_of
from assistant.doing.evidence.sentences import sentences_in
from assistant.doing.evidence.signs import SENSE, WORDS, Signs, signs_of
from assistant.knowledge.measuring import regression

HERE = Path(__file__).parent / "exercises"
HELD = ("measured", "counter")  # voices that teach nothing
GOODS = Path(__file__).parents[3] / "catalog" / "demo" / "products"
NONE, ENDS = "-", "@"
RIDGE = 3.0
# Wrong quotations of all questions, a quarter of which nothing answers, on voices that were left
# out; and what may be told beside "not stated".
MOST_WRONG, MOST_BESIDE, UNANSWERABLE = 0.05, 0.09, 0.25
_HAN = re.compile("[\u3400-\u9fff]")
# Vectors of questions and of sentences: (n,) texts -> (n, dimensions), unit length.
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class Question:
    """A question, its page's sentences, and the places of those that answer; () for none."""

    voice: str
    text: str
    sentences: tuple[str, ...]
    answers: frozenset[int]

    @property
    def chinese(self) -> bool:
        """Tell whether its page is Chinese."""
        return bool(_HAN.search(self.sentences[0]))


@dataclass(frozen=True)
class Tried:
    """A question with the signs of each sentence of its page."""

    question: Question
    signs: tuple[Signs, ...]


@lru_cache(maxsize=1)
def pages() -> Mapping[tuple[str, bool], tuple[str, ...]]:
    """Return the sentences of the demo goods' pages, by SKU and whether they are Chinese."""
    return {
        (row["sku"], code == "zh"): tuple(sentences_in(row["about"][code], chinese=code == "zh"))
        for path in sorted(GOODS.glob("*/*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["product"]
        for code in row.get("about", {})
    }


def questions() -> list[Question]:
    """Read all written questions. Errors: ValueError where no sentence holds what answers."""
    return [one for path in sorted(HERE.glob("*.txt")) for one in _read(path)]


def _read(path: Path) -> Iterator[Question]:
    sku, own, writing = "", [""], False
    for line in filter(None, path.read_text("utf-8").splitlines()):
        if line[0] in "#":
            continue
        if line[0] in "[(":
            sku, own, writing = line[1:-1], [], line[0] == "("
        elif line == ENDS:
            writing = False
        elif writing:
            own.append(line)
        else:
            yield _question(path.stem, line, tuple(own) or pages()[sku, bool(_HAN.search(line))])


def _question(voice: str, line: str, sentences: tuple[str, ...]) -> Question:
    text, _sign, holds = line.rpartition(" = ")
    words = [] if holds == NONE else holds.casefold().split("|")
    answers = frozenset(
        place for place, one in enumerate(sentences) if any(w in one.casefold() for w in words)
    )
    if words and not answers:
        raise ValueError(f"{voice}: no sentence holds what answers “{line}”.")
    return Question(voice, text, sentences, answers)


def tried(
    asked: Sequence[Question], queries: Encode | None, documents: Encode | None
) -> list[Tried]:
    """Return the signs of every question's page; without encoders those of words alone."""
    if queries is None or documents is None:
        return [Tried(one, tuple(signs_of(one.text, one.sentences))) for one in asked]
    told = list(dict.fromkeys(one.text for one in asked))
    said = list(dict.fromkeys(line for one in asked for line in one.sentences))
    of_question = dict(zip(told, queries(told), strict=True))
    of_sentence = dict(zip(said, documents(said), strict=True))
    found = []
    for one in asked:
        near = [float(of_question[one.text] @ of_sentence[line]) for line in one.sentences]
        found.append(Tried(one, tuple(signs_of(one.text, one.sentences, near))))
    return found


def fit(rows: Sequence[Tried], names: Sequence[str]) -> Scale:
    """Learn weights from some questions; both thresholds are chosen on voices left out of them."""
    plain = weights_of(rows, names)
    voices = sorted({one.question.voice for one in rows})
    left = [
        pair
        for voice in voices
        for pair in _judged(
            [one for one in rows if one.question.voice == voice],
            weights_of([one for one in rows if one.question.voice != voice], names),
        )
    ]
    return Scale(plain.weights, plain.intercept, threshold(left, MOST_WRONG),
                 threshold(left, MOST_BESIDE))  # fmt: skip


def weights_of(rows: Sequence[Tried], names: Sequence[str]) -> Scale:
    """Return the weights of a logistic regression over all sentences of some questions."""
    x = np.array([[signs[name] for name in names] for one in rows for signs in one.signs])
    y = np.array([float(place in one.question.answers)
                  for one in rows for place in range(len(one.signs))])  # fmt: skip
    middle, width = x.mean(axis=0), x.std(axis=0) + 1e-6
    found = regression((x - middle) / width, y, RIDGE)
    plain = found[:-1] / width
    weights = {name: round(float(one), 4) for name, one in zip(names, plain, strict=True)}
    return Scale(weights, round(float(found[-1] - (plain * middle).sum()), 4), 0.5, 0.5)


# A question's highest chance, whether the right sentence has it, and whether any could.
Judged = tuple[float, bool, bool]


def _judged(rows: Sequence[Tried], scale: Scale) -> list[Judged]:
    found = []
    for one in rows:
        place, chance = best_of(one.signs, scale)
        found.append((chance, place in one.question.answers, bool(one.question.answers)))
    return found


def threshold(judged: Sequence[Judged], most_wrong: float) -> float:
    """Return the lowest chance above which few enough are wrong, a quarter having no answer."""
    none = sum(not answerable for _chance, _right, answerable in judged)
    weight = UNANSWERABLE / (1 - UNANSWERABLE) * (len(judged) - none) / max(1, none)
    total = len(judged) - none + weight * none
    wrong, kept = 0.0, 0.99
    for chance, right, answerable in sorted(judged, reverse=True):
        wrong += 0 if right else 1 if answerable else weight
        if wrong > most_wrong * total:
            break
        kept = chance
    return round(kept, 4)


def figures(rows: Sequence[Tried], scale: Scale) -> dict[str, float]:
    """Return hit@1 of what can be answered, what is quoted rightly, and what falsely, of all."""
    judged = _judged(rows, scale)
    known = [one for one in judged if one[2]]
    told = [one for one in judged if one[0] >= scale.answers]

    def share(count: int, of: int) -> float:
        return round(count / of, 3) if of else 0.0

    return {
        "questions": len(judged),
        "unanswerable": share(len(judged) - len(known), len(judged)),
        "hit@1": share(sum(right for _c, right, _a in known), len(known)),
        "quoted_right": share(sum(right for _c, right, _a in told), len(known)),
        "quoted_wrong": share(sum(a and not right for _c, right, a in told), len(judged)),
        "false_answers": share(sum(not a for _c, _r, a in told), len(judged)),
    }


def by_voice(rows: Sequence[Tried], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Measure each voice by weights of the others, and the held ones by weights of all others."""
    teaching = [one for one in rows if one.question.voice not in HELD]
    voices = sorted({one.question.voice for one in teaching})
    found = {}
    for voice in voices:
        mine = [one for one in teaching if one.question.voice == voice]
        found[voice] = figures(
            mine, fit([one for one in teaching if one.question.voice != voice], names)
        )
    scale = fit(teaching, names)
    for name in HELD:
        held = [one for one in rows if one.question.voice == name]
        found[name] = figures(held, scale)
        found[f"{name} zh"] = figures([one for one in held if one.question.chinese], scale)
        found[f"{name} en"] = figures([one for one in held if not one.question.chinese], scale)
    return found


def learn(rows: Sequence[Tried], names: Sequence[str]) -> Scale:
    """Return the scale that all voices but the held ones teach."""
    return fit([one for one in rows if one.question.voice not in HELD], names)


def save(kept: Mapping[str, Scale]) -> None:
    """Write scales down beside those of other encoders."""
    rows = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
    for name, one in kept.items():
        rows[name] = {"weights": one.weights, "intercept": one.intercept,
                      "answers": one.answers, "bears": one.bears}  # fmt: skip
    FILE.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


__all__ = ["SENSE", "WORDS", "by_voice", "learn", "questions", "save", "tried"]
