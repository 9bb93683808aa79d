"""Pairs of texts that belong together, cut into what is learnt from and what is held back.

A *group* is the thing that a text is about; two texts of one group are never told apart in
teaching. A *family* is a kind of pair; pairs of one family compete in one ranking. A group is
learnt from, chosen by or judged by, never two of it; so is a question that several groups share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

import numpy as np
from numpy.typing import NDArray

LEARN, CHOOSE, JUDGE = "learn", "choose", "judge"
# Of all groups; of questions that several groups share the same shares.
JUDGED, CHOSEN = 0.25, 0.1

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Pair:
    """``asked`` is encoded as a query, ``found`` as a document. ``shared``: many groups ask so."""

    asked: str
    found: str
    group: str
    family: str
    shared: bool = False


@dataclass(frozen=True)
class Ranking:
    """A family's questions of one part and all its documents, learnt from or not.

    ``questions``: (q,) rows of queries; ``documents``: (n,) rows of documents; ``right``: for each
    question the places among these documents that answer it.
    """

    questions: Rows
    documents: Rows
    right: list[Rows]


class Material:
    """All pairs by number: texts once each, and which part each pair is of."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = sorted(
            set(pairs), key=lambda one: (one.family, one.group, one.asked, one.found)
        )
        self.queries, self.query_of = _numbered(one.asked for one in self.pairs)
        self.documents, self.document_of = _numbered(one.found for one in self.pairs)
        self.groups, self.group_of = _numbered(one.group for one in self.pairs)
        self.families, self.family_of = _numbered(one.family for one in self.pairs)
        asking: dict[str, set[str]] = defaultdict(set)
        for one in self.pairs:
            asking[one.asked].add(one.group)
        self.parts = [part_of(one, groups=len(asking[one.asked])) for one in self.pairs]

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def learnt(self) -> Rows:
        """Return the pairs that are learnt from."""
        return np.flatnonzero(np.array(self.parts) == LEARN)

    @property
    def fingerprint(self) -> str:
        """Return a short hash of all pairs."""
        digest = sha256()
        for one in self.pairs:
            line = "\0".join((one.asked, one.found, one.group, one.family))
            digest.update(f"{line}\n".encode("utf-8", "replace"))
        return digest.hexdigest()[:16]

    def counts(self) -> dict[str, dict[str, int]]:
        """Count each family's pairs by what is done with them."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: {LEARN: 0, CHOOSE: 0, JUDGE: 0})
        for one, part in zip(self.pairs, self.parts, strict=True):
            if part:
                found[one.family][part] += 1
        return dict(found)

    def ranking(self, family: str, part: str) -> Ranking | None:
        """Return what a family is measured by; None where it has no question of this part."""
        number = self.families.index(family)
        mine = [row for row in range(len(self)) if self.family_of[row] == number]
        groups: dict[int, set[int]] = defaultdict(set)  # that a question asks for
        documents: dict[int, set[int]] = defaultdict(set)  # that a group has, by place
        places: dict[int, int] = {}
        for row in mine:
            place = places.setdefault(int(self.document_of[row]), len(places))
            documents[int(self.group_of[row])].add(place)
            if self.parts[row] == part:
                groups[int(self.query_of[row])].add(int(self.group_of[row]))
        if not groups:
            return None
        return Ranking(
            np.array([*groups], np.int64),
            np.array([*places], np.int64),
            [
                np.array(sorted(set[int]().union(*(documents[one] for one in asked))), np.int64)
                for asked in groups.values()
            ],
        )


def part_of(pair: Pair, *, groups: int = 2) -> str:
    """Say what a pair is for; empty where its group and its question are of different parts.

    ``groups``: how many ask so; what one alone asks is of its part.
    """
    part = _drawn(f"group\0{pair.group}")
    if pair.shared and groups > 1 and _drawn(f"question\0{pair.asked}") != part:
        return ""
    return part


def _drawn(key: str) -> str:
    """Draw a part by a hash: the same in each training, so that what judged one teaches none."""
    number = int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big")
    share = number / 2**64
    return JUDGE if share < JUDGED else CHOOSE if share < JUDGED + CHOSEN else LEARN


def _numbered(values: Iterable[str]) -> tuple[list[str], Rows]:
    places: dict[str, int] = {}
    rows = [places.setdefault(one, len(places)) for one in values]
    return [*places], np.array(rows, np.int64)
