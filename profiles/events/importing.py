"""Read deeds from files: Amazon reviews, Taobao UserBehavior, plain ``user item time action``.

For `manage.py evaluate_recommender --format`. Lines that make no sense are counted, not guessed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from profiles.sources.cleaning import Act
from shopguide.reading import opened

TAOBAO = {"pv": "view", "fav": "save", "cart": "cart", "buy": "purchase"}
ACTIONS = {"view", "click", "save", "cart", "purchase", "review", "search"} | {*TAOBAO.values()}
# Amazon's files of ratings alone have these four columns, in this order or the newer one.
RATED = 4


class UnknownFormat(ValueError):
    """A file that is none of ours; the text says what would be."""


def read_acts(path: Path, form: str = "auto") -> Iterator[Act | None]:
    """Yield each line of a file as a deed, None for a line that is none.

    ``form``: amazon, taobao, plain or auto. Memory is one line's. Errors: UnknownFormat, BadFile.
    """
    chosen = sniff(path) if form == "auto" else form
    if chosen not in READERS:
        raise UnknownFormat(f"{form} is no format: give {', '.join(READERS)} or auto.")
    with opened(path, errors="replace") as lines:
        for line in lines:
            if line.strip():
                yield READERS[chosen](line)


def sniff(path: Path) -> str:
    """Return the format of a file by its first line; UnknownFormat if it is none."""
    with opened(path, errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
    if first.lstrip().startswith("{"):
        return "amazon"
    fields = next(csv.reader([first.strip()]), [])
    if taobao(first) is not None:
        return "taobao"
    if plain(first) is not None:
        return "plain"
    if len(fields) == RATED and amazon(first) is not None:
        return "amazon"
    raise UnknownFormat(
        f"{path.name} is neither Amazon reviews, Taobao UserBehavior, nor user item time action."
    )


def amazon(line: str) -> Act | None:
    """Return a review: a JSON object, or user,item,rating,time."""
    try:
        if line.lstrip().startswith("{"):
            row = json.loads(line)
            user = row.get("reviewerID") or row.get("user_id")
            item = row.get("asin") or row.get("parent_asin")
            at = row.get("unixReviewTime") or float(row["timestamp"]) / 1000
        else:
            user, item, _rating, at = next(csv.reader([line.strip()]))
        return Act(user, item, moment(at), "review") if user and item else None
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return None


def taobao(line: str) -> Act | None:
    """Return a deed of Taobao's file: user,item,category,behaviour,time."""
    try:
        user, item, _category, behaviour, at = line.strip().split(",")
        return Act(user, item, moment(at), TAOBAO[behaviour])
    except (ValueError, KeyError):
        return None


def plain(line: str) -> Act | None:
    """Return a deed of ``user item time action``, by blanks or commas; action may be left out."""
    fields = line.replace(",", " ").split()
    try:
        user, item, at, *action = fields
        done = action[0].lower() if action else "view"
        return Act(user, item, moment(at), done) if done in ACTIONS and len(action) < 2 else None
    except ValueError:
        return None


def moment(text: object) -> float:
    """Return seconds since 1970; ValueError for what is no moment."""
    at = float(str(text))
    if not 0 < at < 1e11:
        raise ValueError("no moment")
    return at


READERS: dict[str, Callable[[str], Act | None]] = {
    "amazon": amazon, "taobao": taobao, "plain": plain,
}  # fmt: skip
