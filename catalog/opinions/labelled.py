"""Read labelled texts: CSV or JSON Lines, plain, .gz or .xz.

For `train` and `evaluate_text`. Stars are read as feelings: one and two are negative, four and
five positive, three says neither and is left out. It never guesses a label.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np

from shopguide.reading import BadFile, opened

NEGATIVE, POSITIVE = "negative", "positive"
STARS = {"1": NEGATIVE, "2": NEGATIVE, "4": POSITIVE, "5": POSITIVE}
SIGNS = {"0": NEGATIVE, "1": POSITIVE}
# Where a file names its columns otherwise than asked for; a title stands before its text.
TEXT_COLUMNS = (("Title", "Review Text"), ("title", "body"), ("text",), ("review",), ("sentence",))
LABEL_COLUMNS = ("label", "sentiment", "Rating", "rating", "stars", "intent")
JOINT = " ! "  # between a title and its text: a title is an exclamation


@dataclass(frozen=True)
class Labelled:
    """Texts and the label of each. ``left_out``: rows without a text or with three stars.

    The last ``aids`` texts help training and are never measured.
    """

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    left_out: int = 0
    source: str = ""
    aids: int = 0

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def fingerprint(self) -> str:
        """Return a short hash of all texts and labels in their order."""
        digest = sha256()
        for text, label in zip(self.texts, self.labels, strict=True):
            digest.update(f"{label}\0{text}\n".encode("utf-8", "replace"))
        return digest.hexdigest()[:12]

    def sample(self, most: int, seed: int) -> Labelled:
        """Return ``most`` texts drawn by the seed, in their order; all where there are no more."""
        if len(self) <= most:
            return self
        rows = sorted(np.random.default_rng(seed).permutation(len(self))[:most].tolist())
        return Labelled(
            [self.texts[row] for row in rows],
            [self.labels[row] for row in rows],
            self.left_out + len(self) - most,
            self.source,
        )

    def __add__(self, other: Labelled) -> Labelled:
        return Labelled(
            self.texts + other.texts,
            self.labels + other.labels,
            self.left_out + other.left_out,
            " + ".join(one for one in (self.source, other.source) if one),
            other.aids,
        )


def read_labelled(path: Path, *, text_column: str = "", label_column: str = "") -> Labelled:
    """Read a file's texts and labels; several text columns are named with commas between.

    Errors: BadFile, with what to do.
    """
    with opened(path) as lines:
        return _labelled(_rows(lines, path), path, text_column, label_column)


def read_rows(path: Path, *, most: int) -> list[dict[str, str]]:
    """Read the first rows of a file as they are: column to text. Errors: BadFile."""
    with opened(path) as lines:
        return list(islice(_rows(lines, path), most))


def _rows(lines: IO[str], path: Path) -> Iterator[dict[str, str]]:
    lines_of_json = {".jsonl", ".json"} & {*path.suffixes}
    return _json_rows(lines, path) if lines_of_json else _csv_rows(lines)


def _csv_rows(lines: IO[str]) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(lines):
        yield {name: value or "" for name, value in row.items() if isinstance(name, str)}


def _json_rows(lines: IO[str], path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            why = f"{path.name}, line {number} is no JSON object. Give one a line."
            raise BadFile(why)
        yield {str(name): "" if value is None else str(value) for name, value in row.items()}


def _labelled(rows: Iterator[dict[str, str]], path: Path, text: str, label: str) -> Labelled:
    first = next(rows, None)
    if first is None:
        raise BadFile(f"{path.name} has no rows. Give a file with a header and labelled texts.")
    columns = _text_columns(text, first, path)
    label = _label_column(label, first, path)
    pairs, left_out = [], 0
    for row in (first, *rows):
        words = JOINT.join(part for name in columns if (part := row.get(name, "").strip()))
        said = row.get(label, "").strip()
        if words and said:
            pairs.append((words, said.removesuffix(".0")))
        else:
            left_out += 1
    return _felt(pairs, left_out, path.name)


def _text_columns(asked: str, row: dict[str, str], path: Path) -> Sequence[str]:
    wanted = [one.strip() for one in asked.split(",") if one.strip()]
    if not wanted or (wanted == ["text"] and "text" not in row):
        wanted = next((list(names) for names in TEXT_COLUMNS if {*names} <= {*row}), [])
    if not wanted or not {*wanted} <= {*row}:
        raise BadFile(_missing("text", path, row))
    return wanted


def _label_column(asked: str, row: dict[str, str], path: Path) -> str:
    if asked and asked in row:
        return asked
    found = next((name for name in LABEL_COLUMNS if name in row), "")
    if not found or (asked and asked != "label"):
        raise BadFile(_missing("label", path, row))
    return found


def _missing(what: str, path: Path, row: dict[str, str]) -> str:
    return f"{path.name} has no such {what} column. Name one with --{what}-column: {', '.join(row)}"


def _felt(pairs: list[tuple[str, str]], left_out: int, source: str) -> Labelled:
    """Read stars and signs as feelings; other labels stay as they are."""
    said = {label for _text, label in pairs}
    meaning = SIGNS if said <= {*SIGNS} else STARS if said <= {*"12345"} else None
    if meaning is None:
        return Labelled([t for t, _l in pairs], [one for _t, one in pairs], left_out, source)
    kept = [(text, meaning[label]) for text, label in pairs if label in meaning]
    return Labelled(
        [text for text, _label in kept],
        [label for _text, label in kept],
        left_out + len(pairs) - len(kept),
        source,
    )
