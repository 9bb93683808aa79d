"""Measure answers on questions whose article is known, and fit the numbers that judge them.

For `manage.py evaluate_knowledge`. Questions are written in styles, each as one kind of author
asks; a style is measured by numbers that the other styles were fitted on. A fifth of each has no
answer.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from assistant.knowledge.answering import answer_of, best_line
from assistant.knowledge.judging import FILE, WITH_SENSE, WORDS_ONLY, Scale, chance, signs
from assistant.knowledge.retrieving import retrieve
from assistant.models import Article
from shopguide.accounts.models import Merchant
from shopguide.reading import BadFile, opened

HERE = Path(__file__).parent / "exercises"
COLUMNS = ("shop", "language", "article", "holds", "question")
NONE = "-"
MOST_FALSE = 0.03  # of questions without an answer, on those that fit the threshold

Vector = Callable[[str], Sequence[float]]


@dataclass(frozen=True)
class Question:
    """One question. ``article``: its key, "-" if nothing answers; ``holds``: any of these words."""

    style: str
    shop: str
    language: str
    article: str
    holds: tuple[str, ...]
    text: str

    @property
    def answerable(self) -> bool:
        """Tell whether an article answers it."""
        return self.article != NONE


@dataclass(frozen=True)
class Tried:
    """What a question brought: its signs, whether the first article is right, and the text."""

    question: Question
    signs: dict[str, float]
    right: bool
    rank: int  # of the right article, 0 where it was not found
    holds: bool
    found: bool


def questions(paths: Iterable[Path]) -> list[Question]:
    """Read questions: TSV of shop, language, article, words, question. Errors: BadFile."""
    read = []
    for path in paths:
        with opened(path) as lines:
            rows = csv.reader((one for one in lines if not one.startswith("#")), "excel-tab")
            for number, row in enumerate(rows, 1):
                if len(row) != len(COLUMNS):
                    raise BadFile(f"{path.name}, line {number}: give {', '.join(COLUMNS)}.")
                shop, language, article, holds, text = row
                spoken = "zh-hans" if language.startswith("zh") else "en"
                words = () if holds == NONE else tuple(holds.split("|"))
                read.append(Question(path.stem, shop, spoken, article, words, text))
    return read


def own_questions() -> list[Question]:
    """Return the questions over the demo shops' knowledge."""
    return questions(sorted(HERE.glob("*.tsv")))


def ask(asked: Sequence[Question], vector: Vector | None) -> list[Tried]:
    """Ask each question in its shop; ``vector`` gives a question's, or None for words alone."""
    shops = {one.slug: one for one in Merchant.objects.filter(slug__in={q.shop for q in asked})}
    keys = {
        row.pk: _key(row.key)
        for row in Article.objects.approved().filter(merchant__in=shops.values())
    }
    return [
        _tried(one, shops[one.shop], keys, vector(one.text) if vector else None)
        for one in asked
        if one.shop in shops
    ]


def _key(key: str) -> str:
    """Return an article's key as the files write it: demo:sizes -> sizes."""
    name = key.removeprefix("demo:")
    return name.rsplit(":", 1)[0] if name.startswith("terms:") else name


def _tried(
    asked: Question, shop: Merchant, keys: dict[int, str], vector: Sequence[float] | None
) -> Tried:
    found = retrieve(asked.text, merchants=[shop.pk], language=asked.language, vector=vector)
    if not found.candidates:
        return Tried(asked, dict.fromkeys((*WITH_SENSE, *WORDS_ONLY), 0.0), False, 0, False, False)
    best = found.candidates[0]
    articles = list(dict.fromkeys(keys.get(one.article, "") for one in found.candidates))
    rank = articles.index(asked.article) + 1 if asked.article in articles else 0
    text = answer_of(found, best)
    holds = any(one in text for one in asked.holds)
    return Tried(asked, signs(found, best, best_line(found, best)), rank == 1, rank, holds, True)


def fit(tried: Sequence[Tried], names: Sequence[str], ridge: float = 5.0) -> Scale:
    """Fit a logistic regression on what was tried, and the threshold that keeps it honest."""
    x = np.array([[one.signs[name] for name in names] for one in tried])
    y = np.array([float(one.right) for one in tried])
    middle, width = x.mean(axis=0), x.std(axis=0) + 1e-6
    weights = regression((x - middle) / width, y, ridge)
    plain = weights[:-1] / width
    scale = Scale(
        dict(zip(names, (round(float(one), 4) for one in plain), strict=True)),
        round(float(weights[-1] - (plain * middle).sum()), 4),
        0.5,
    )
    return Scale(scale.weights, scale.intercept, threshold_of(tried, scale))


def regression(x: NDArray[np.float64], y: NDArray[np.float64], ridge: float) -> NDArray[np.float64]:
    """Return weights and intercept: (n, d), (n,) -> (d + 1,). Newton's method, ridge on weights."""
    full = np.column_stack([x, np.ones(len(x))])
    penalty = np.diag([ridge] * x.shape[1] + [1e-6])
    weights = np.zeros(full.shape[1])
    for _step in range(30):
        p = 1 / (1 + np.exp(-full @ weights))
        gradient = full.T @ (p - y) + penalty @ weights
        hessian = (full * (p * (1 - p))[:, None]).T @ full + penalty
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def threshold_of(tried: Sequence[Tried], scale: Scale) -> float:
    """Return the lowest chance above which few enough questions without answer stand."""
    chances = sorted(
        (chance(one.signs, scale) for one in tried if not one.question.answerable), reverse=True
    )
    allowed = int(MOST_FALSE * len(chances))
    return round(min(0.95, (chances[allowed] if chances else 0.5) + 1e-3), 4)


def figures(tried: Sequence[Tried], scale: Scale | Sequence[Scale]) -> dict[str, float]:
    """Return the figures of what was tried, judged by one scale, or by one for each."""
    scales = [scale] * len(tried) if isinstance(scale, Scale) else scale
    given = [
        one.found and chance(one.signs, by) >= by.threshold
        for one, by in zip(tried, scales, strict=True)
    ]
    pairs = list(zip(tried, given, strict=True))
    known = [(one, told) for one, told in pairs if one.question.answerable]
    unknown = [told for one, told in pairs if not one.question.answerable]
    told_known = [one for one, told in known if told]

    def share(count: float, of: int) -> float:
        return round(count / of, 4) if of else 0.0

    return {
        "questions": len(tried),
        "unanswerable": share(len(unknown), len(tried)),
        "hit@1": share(sum(one.right for one, _told in known), len(known)),
        "mrr": share(sum(1 / one.rank for one, _told in known if one.rank), len(known)),
        "answered": share(len(told_known), len(known)),
        "answered_right": share(sum(one.right for one in told_known), len(known)),
        "answered_wrong": share(sum(not one.right for one in told_known), len(tried)),
        "holds": share(sum(one.holds for one in told_known), len(told_known)),
        "false_answers": share(sum(unknown), len(tried)),
        "false_of_unanswerable": share(sum(unknown), len(unknown)),
    }


def by_style(tried: Sequence[Tried], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Measure each style by what the other styles taught; "all": each question so, together."""
    styles = sorted({one.question.style for one in tried})
    found, kept, scales = {}, [], []
    for style in styles:
        mine = [one for one in tried if one.question.style == style]
        scale = fit([one for one in tried if one.question.style != style], names)
        found[style] = figures(mine, scale)
        kept += mine
        scales += [scale] * len(mine)
    for language in ("en", "zh-hans"):
        pairs = [p for p in zip(kept, scales, strict=True) if p[0].question.language == language]
        found[language] = figures([one for one, _by in pairs], [by for _one, by in pairs])
    return {**found, "all": figures(kept, scales)}


def save(with_sense: Scale, words: Scale) -> None:
    """Keep the numbers for the encoder in use, and those for words alone."""
    kept = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
    for name, scale in ((settings.ENCODER_ID, with_sense), ("words", words)):
        kept[name] = {
            "weights": scale.weights, "intercept": scale.intercept, "threshold": scale.threshold,
        }  # fmt: skip
    FILE.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


__all__ = ["WITH_SENSE", "WORDS_ONLY", "ask", "by_style", "figures", "fit", "save"]
