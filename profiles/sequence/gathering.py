"""What the sequence model learns from: cleaned deeds of who agreed, and products by their texts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from profiles.models import Kind, Portrait
from profiles.sources.cleaning import Act
from profiles.sources.material import POSITIVE, gather
from shopguide.accounts.tenancy import as_everyone

if TYPE_CHECKING:
    from shopguide.inference.sequences.deeds import Deeds

Floats = NDArray[np.float32]
ACTIONS = tuple(str(kind) for kind in POSITIVE)
# Somebody's way of shopping by the furthest they go, where no portrait tells it.
WAYS = {Kind.VIEW: "looks", Kind.CLICK: "looks", Kind.SAVE: "saves", Kind.CART: "collects",
        Kind.PURCHASE: "buys"}  # fmt: skip
FURTHEST = ("looks", "saves", "collects", "buys")

TEXTS_SQL = """
SELECT e.document_id, coalesce(d.categories[1], 0),
       md5(string_agg(e.text_hash, ',' ORDER BY e.locale)),
       l2_normalize(avg(e.vector::halfvec({size})))::text
FROM catalog_embedding e JOIN catalog_searchdocument d ON d.product_id = e.document_id
WHERE e.encoder_id = %(encoder)s AND (%(all)s OR e.document_id = ANY(%(products)s::bigint[]))
GROUP BY e.document_id, d.categories ORDER BY e.document_id
"""


@dataclass(frozen=True)
class Texts:
    """Products as the encoder sees them: (n,) numbers, kinds and marks, (n, dimensions)."""

    products: list[int]
    kinds: list[int]
    marks: list[str]
    vectors: Floats


@dataclass(frozen=True)
class Lessons:
    """All that is learnt from. ``last``: (users,), when each did something last, in seconds."""

    deeds: Deeds
    texts: Texts
    last: NDArray[np.float64]
    first: NDArray[np.float64]
    left_out: int

    @property
    def people(self) -> int:
        """Return how many people there are."""
        return len(self.deeds)


def texts_of(products: list[int] | None = None) -> Texts:
    """Return live products with a vector by the encoder in use, all without a choice. One query."""
    size = int(settings.ENCODER["dimensions"])
    asked: dict[str, Any] = {
        "encoder": settings.ENCODER_ID, "all": products is None, "products": products or [],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TEXTS_SQL.format(size=size), asked)
        rows = cursor.fetchall()
    vectors = [np.fromstring(row[3].strip("[]"), np.float32, sep=",") for row in rows]
    return Texts(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        np.stack(vectors) if vectors else np.zeros((0, size), np.float32),
    )


def lessons(now: datetime, *, kinds: tuple[str, ...] = (), types: tuple[str, ...] = ()) -> Lessons:
    """Gather everything. ``kinds``, ``types``: names that keep their numbers, from before."""
    material, texts = gather(now), texts_of()
    place = {product: row for row, product in enumerate(texts.products)}
    theirs: dict[str, list[Act]] = defaultdict(list)
    for act in material.acts:
        if act.item in place:
            theirs[act.user].append(act)
    people = sorted(theirs)
    kind_names = grown(kinds, sorted({str(one) for one in texts.kinds if one}))
    ways = ways_of(theirs)
    type_names = grown(types, sorted(set(ways.values())))
    rows = [
        [(place[act.item], ACTIONS.index(act.action)) for act in theirs[user]] for user in people
    ]
    return Lessons(
        numbered(rows, texts, [ways[one] for one in people], kind_names, type_names),
        texts,
        np.asarray([theirs[one][-1].at for one in people]),
        np.asarray([theirs[one][0].at for one in people]),
        material.left_out,
    )


def numbered(
    rows: list[list[tuple[int, int]]],
    texts: Texts,
    ways: list[str],
    kind_names: tuple[str, ...],
    type_names: tuple[str, ...],
) -> Deeds:
    """Return rows as deeds, with the number of each product's kind and each person's way."""
    from shopguide.inference.sequences.deeds import UNKNOWN, Deeds, Names

    kind = {name: number for number, name in enumerate(kind_names)}
    way = {name: number for number, name in enumerate(type_names)}
    return Deeds.of(
        rows, len(texts.products),
        kinds=np.asarray([kind.get(str(one), UNKNOWN) for one in texts.kinds], np.int64),
        types=np.asarray([way[one] for one in ways], np.int64),
        names=Names(ACTIONS, kind_names, type_names),
    )  # fmt: skip


def grown(before: tuple[str, ...], found: list[str]) -> tuple[str, ...]:
    """Return names with new ones at the end, so that what was learnt of the others stays right."""
    return (*before, *(name for name in found if name not in before))


def ways_of(theirs: dict[str, list[Act]]) -> dict[str, str]:
    """Return everybody's way of shopping: what their portrait says, else how far they go."""
    with as_everyone():
        rows = Portrait.objects.filter(shopper__in=list(theirs)).values_list("shopper", "chances")
        said = {str(who): max(chances, key=chances.get) for who, chances in rows if chances}
    return {
        who: said.get(who) or max((WAYS[Kind(act.action)] for act in acts), key=FURTHEST.index)
        for who, acts in theirs.items()
    }
