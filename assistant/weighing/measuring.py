"""Learn the weights from written lines, and measure them on voices that taught nothing.

For ``manage.py evaluate_weighing``. Lines stand in ``exercises``, a voice in each file, under the
SKU of the demo product whose page is open. A voice is measured by weights that the others taught;
that of `HELD` taught nothing at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.doing.evidence import Page, evidence_for
from assistant.doing.evidence.measuring import pages
from assistant.understanding.languages import ZH, plainly
from assistant.understanding.needing import understood
from assistant.understanding.placing import Placed, placed
from assistant.understanding.wishing import plainer
from assistant.weighing.judging import FAMILIES, FILE, Family, family_of, signs_of, softmax
from catalog.search.understanding import Vocabulary

HERE = Path(__file__).with_name("exercises")
HELD = "held"
RIDGE = 2.0
STEPS, RATE = 1_500, 0.5
# Of lines on voices left out, what is heard may be outweighed wrongly as often as this.
MOST_WRONG = 0.01
_HAN = re.compile("[\u3400-\u9fff]")
Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
# Texts and where they were said -> the intent and the chances of intents of each.
Hear = Callable[[Sequence[str], Sequence[Placed]], Sequence[tuple[str, Mapping[str, float]]]]


@dataclass(frozen=True)
class Line:
    """A line on a product's page, and what it asks of."""

    voice: str
    sku: str
    text: str
    family: Family

    @property
    def chinese(self) -> bool:
        """Tell whether it is Chinese."""
        return bool(_HAN.search(self.text))


@dataclass(frozen=True)
class Tried:
    """A line with its signs, and what the head alone takes it for."""

    line: Line
    signs: list[float]
    heard: Family


def lines() -> list[Line]:
    """Read all written lines. Errors: ValueError for a family that is none."""
    found = []
    for path in sorted(HERE.glob("*.txt")):
        sku = ""
        for row in filter(None, path.read_text("utf-8").splitlines()):
            if row[0] == "#":
                continue
            if row[0] == "[":
                sku = row[1:-1]
                continue
            family, _colon, text = row.partition(": ")
            if family not in FAMILIES:
                raise ValueError(f"{path.stem}: “{row}” asks of no family.")
            found.append(Line(path.stem, sku, text, family))
    return found


def tried(said: Sequence[Line], hear: Hear, queries: Encode, documents: Encode) -> list[Tried]:
    """Return the signs of lines, each said on the page of its thing."""
    words = Vocabulary.from_lexicon()
    where = [_placed(one, words) for one in said]
    heard = hear([one.text for one in said], where)
    vectors = queries([one.text for one in said])
    shown = {key: Page(told, documents(told)) for key in {_page_of(one) for one in said}
             if (told := pages()[key])}  # fmt: skip
    return [
        Tried(
            one,
            signs_of(
                odds, place,
                evidence_for(one.text, shown[_page_of(one)], [float(x) for x in vector]).chance,
                chinese=one.chinese,
            ),
            family_of(intent),
        )
        for one, place, (intent, odds), vector in zip(said, where, heard, vectors, strict=True)
    ]  # fmt: skip


def _page_of(line: Line) -> tuple[str, bool]:
    """Return the page that a line is said on; the other language's where there is none of its."""
    return next(key for key in ((line.sku, line.chinese), (line.sku, not line.chinese))
                if key in pages())  # fmt: skip


def _placed(line: Line, words: Vocabulary) -> Placed:
    from assistant.state import State

    text = plainly(line.text)
    said = understood(text, State(), words, ZH if line.chinese else "en", "CNY")
    return placed(text, plainer(said), "one")


def fit(rows: Sequence[Tried]) -> list[list[float]]:
    """Learn weights: a softmax with a ridge, by steepest descent. (families, d + 1)."""
    x = np.array([[*one.signs, 1.0] for one in rows])
    y = np.array([[one.line.family == name for name in FAMILIES] for one in rows], float)
    weights = np.zeros((len(FAMILIES), x.shape[1]))
    steepness = 0.25 * float(np.linalg.norm(x, 2) ** 2) + RIDGE
    for _step in range(STEPS):
        totals = x @ weights.T
        shares = np.exp(totals - totals.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = (shares - y).T @ x
        slope[:, :-1] += RIDGE * weights[:, :-1]
        weights -= 2 * RATE * slope / steepness
    return [[round(float(one), 4) for one in row] for row in weights]


def judged(rows: Sequence[Tried], weights: Sequence[Sequence[float]]) -> list[tuple[Family, float]]:
    """Return what each line is taken for by weights, and the chance."""
    chances = [softmax(one.signs, weights) for one in rows]
    places = [max(range(len(FAMILIES)), key=row.__getitem__) for row in chances]
    return [(FAMILIES[place], row[place]) for place, row in zip(places, chances, strict=True)]


def left_out(rows: Sequence[Tried]) -> list[tuple[Tried, Family, float]]:
    """Return what each line is taken for by weights that the other voices taught."""
    found = []
    for voice in sorted({one.line.voice for one in rows}):
        own = [one for one in rows if one.line.voice == voice]
        weights = fit([one for one in rows if one.line.voice != voice])
        told = judged(own, weights)
        found += [(one, family, chance) for one, (family, chance) in zip(own, told, strict=True)]
    return found


def least_of(found: Sequence[tuple[Tried, Family, float]]) -> float:
    """Return the lowest chance from which on few enough lines are outweighed wrongly."""
    wrong = sorted(
        (chance for one, family, chance in found
         if family != one.heard == one.line.family and family in ("thing", "shop", "goods")),
        reverse=True,
    )  # fmt: skip
    allowed = int(MOST_WRONG * len(found))
    return round(max(0.5, wrong[allowed] + 1e-3 if allowed < len(wrong) else 0.5), 4)


def figures(found: Sequence[tuple[Tried, Family, float]], least: float) -> dict[str, Any]:
    """Return how many lines are taken rightly by the head alone, and with weighing."""
    final = [
        family if chance >= least and family in ("thing", "shop", "goods") else one.heard
        for one, family, chance in found
    ]
    truth = [one.line.family for one, _family, _chance in found]
    heard = [one.heard for one, _family, _chance in found]
    pairs = list(zip(truth, heard, final, strict=True))
    return {
        "n": len(pairs),
        "heard": round(sum(a == b for a, b, _c in pairs) / len(pairs), 4),
        "weighed": round(sum(a == c for a, _b, c in pairs) / len(pairs), 4),
        "mended": sum(b != a == c for a, b, c in pairs),
        "broken": sum(c != a == b for a, b, c in pairs),
    }


def learn(rows: Sequence[Tried]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is to be kept, and the figures of each voice."""
    taught = [one for one in rows if one.line.voice != HELD]
    held = [one for one in rows if one.line.voice == HELD]
    apart, weights = left_out(taught), fit(taught)
    least = least_of(apart)
    told = [
        (one, *pair) for one, pair in zip(held, judged(held, weights), strict=True)
    ]  # fmt: skip
    voices = {
        voice: figures([one for one in apart if one[0].line.voice == voice], least)
        for voice in sorted({one.line.voice for one in taught})
    }
    return {"weights": weights, "least": least}, {**voices, HELD: figures(told, least)}


def save(kept: Mapping[str, Any]) -> None:
    """Keep the weights."""
    FILE.write_text(json.dumps(kept) + "\n", "utf-8")
