"""Read sequences of items and what the items are, from files of the usual forms.

Items are numbered by a hash of their name, never by where they stand in the file: files of the
field number items by first appearance, test items included, and that alone would be a feature.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from scipy import sparse

from profiles.events.importing import UnknownFormat, read_acts
from profiles.sources.cleaning import cleaned
from shopguide.inference.sequences.histories import Histories
from shopguide.reading import BadFile, opened

FEWEST = 3  # items of a user: one to learn from, one to choose by, one to be measured on


@dataclass(frozen=True)
class Material:
    """Histories, what the items are called, and their attributes: (catalogue, attributes)."""

    histories: Histories
    names: list[str]
    attributes: sparse.csr_array | None = None


def read_material(
    sequences: Path, attributes: Path | None = None, *, form: str = "sequences"
) -> Material:
    """Read sequences (a user a line, or `user item` pairs) and a JSON object item → attributes.

    ``form``: a format of deeds instead (`profiles.events.importing`); machines and double clicks
    are left out. Either file may be .gz or .xz. Errors: BadFile.
    """
    rows = read_rows(sequences) if form == "sequences" else read_deeds(sequences, form)
    names = sorted({item for row in rows for item in row}, key=place_of)
    numbers = {name: number for number, name in enumerate(names)}
    histories = Histories.of([[numbers[item] for item in row] for row in rows], len(names))
    if not (histories.lengths >= FEWEST).any():
        raise BadFile(f"No user in {sequences.name} has {FEWEST} items. Give longer sequences.")
    table = read_attributes(attributes, numbers) if attributes else None
    return Material(histories, names, table)


def place_of(name: str) -> bytes:
    """Return where an item stands in the numbering: by nothing but a hash of its name."""
    return blake2b(name.encode(), digest_size=8).digest()


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a plain or packed text file. Errors: BadFile."""
    with opened(path) as lines:
        yield from lines


def read_rows(path: Path) -> list[list[str]]:
    """Return the items of each user, in the order of the file. Errors: BadFile."""
    rows = [line.replace("\t", " ").replace(",", " ").split() for line in lines_of(path)]
    rows = [row for row in rows if row]
    if not rows:
        raise BadFile(f"{path.name} is empty. Give a user a line, or `user item` pairs.")
    if short := next((n for n, row in enumerate(rows, 1) if len(row) < 2), 0):
        raise BadFile(f"Line {short} of {path.name} has no item. Give `user item item …`.")
    if all(len(row) == 2 for row in rows):
        return paired(rows)
    return [row[1:] for row in rows]


def read_deeds(path: Path, form: str) -> list[list[str]]:
    """Return the items of each user by time, of a file of deeds. Errors: BadFile."""
    try:
        acts = [act for act in read_acts(path, form) if act is not None]
    except UnknownFormat as error:
        raise BadFile(str(error)) from error
    if not acts:
        raise BadFile(f"No line of {path.name} is a deed of the format {form}. Name another one.")
    return paired([(act.user, act.item) for act in cleaned(acts)])


def paired(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the items of each user of `user item` pairs in time order."""
    found: dict[str, list[str]] = {}
    for user, item in rows:
        found.setdefault(user, []).append(item)
    return list(found.values())


def read_attributes(path: Path, numbers: dict[str, int]) -> sparse.csr_array:
    """Return which attributes each known item has: (catalogue, attributes). Errors: BadFile."""
    text = "".join(lines_of(path))
    try:
        table = json.loads(text)
        pairs = {
            (numbers[str(item)], str(one))
            for item, values in table.items()
            if str(item) in numbers
            for one in values
        }
    except (ValueError, AttributeError, TypeError) as error:
        raise BadFile(
            f"{path.name} is no JSON object of item → list of attributes ({error})."
        ) from error
    if not pairs:
        raise BadFile(f"{path.name} names no item of the sequences. Use the same item ids.")
    said = sorted({one for _item, one in pairs}, key=place_of)
    columns = {name: number for number, name in enumerate(said)}
    where = np.array([(item, columns[one]) for item, one in sorted(pairs)])
    ones = np.ones(len(where), np.float32)
    shape = (len(numbers), len(columns))
    return sparse.coo_array((ones, (where[:, 0], where[:, 1])), shape).tocsr()
