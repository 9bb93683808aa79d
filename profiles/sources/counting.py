"""Stored scores of each source, counted from what people did, for `learning`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from statistics import median
from typing import Any

from catalog.models import SearchDocument
from profiles.models import Kind
from profiles.sources.material import Material, numbered
from profiles.sources.switching import Source
from shopguide.accounts.tenancy import as_everyone

# A list of what is liked now looks back so far.
TREND, TREND_HALF_LIFE_DAYS = timedelta(days=14), 3.0
NEAREST, LISTED = 20, 200
# A pair of fewer people could tell what one of them bought.
LEAST_PEOPLE = 2
# Items beyond so many get no EASE: its memory grows with the square.
MOST_REGRESSED = 6_000
# What came in lately, unless that is most of the shop.
NEW_FOR, NEW_SHARE = timedelta(days=30), 0.2
WORTH = {Kind.VIEW: 1.0, Kind.CLICK: 1.0, Kind.SAVE: 2.0, Kind.CART: 2.0, Kind.PURCHASE: 4.0}
DAY_S = 86_400.0
Row = tuple[str, int, int, float]


def steps(material: Material) -> list[Row]:
    """Return what people went on to from each product (transition-kNN)."""
    from shopguide.inference.sequences.neighbours import transitions

    histories, items = numbered(material)
    if not items:
        return []
    similar = transitions(histories).similar.tocsr()
    return nearest(Source.STEPS, similar, items)


def regressed(material: Material) -> list[Row]:
    """Return what goes with whole histories (EASE), of the commonest products."""
    from scipy import sparse

    from shopguide.inference.sequences.regressing import ease

    histories, items = numbered(material, MOST_REGRESSED)
    if len(items) < 2:
        return []
    weights = ease(histories).weights
    weights[weights < 0] = 0
    return nearest(Source.EASE, sparse.csr_array(weights), items)


def nearest(source: str, similar: Any, items: Sequence[int]) -> list[Row]:
    """Return each row's largest entries, scaled so that the strongest bond of all is 1."""
    most = float(similar.data.max()) if similar.nnz else 0.0
    rows: list[Row] = []
    for number in range(len(items) if most > 0 else 0):
        start, end = similar.indptr[number], similar.indptr[number + 1]
        pairs = zip(similar.data[start:end], similar.indices[start:end], strict=True)
        best = sorted(
            ((float(w), items[i]) for w, i in pairs if w > 0), key=lambda p: (-p[0], p[1])
        )
        rows += [(source, items[number], item, weight / most) for weight, item in best[:NEAREST]]
    return rows


def together(material: Material) -> list[Row]:
    """Return what is bought in one basket, by how much more often than by chance two are."""
    people: dict[tuple[int, int], set[Any]] = defaultdict(set)
    buyers: dict[int, set[Any]] = defaultdict(set)
    for buyer, items in material.baskets:
        for item in items:
            buyers[item].add(buyer)
        for pair in combinations(items, 2):
            people[pair].add(buyer)
    bonds: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), who in people.items():
        if len(who) >= LEAST_PEOPLE:
            bond = len(who) / (len(buyers[one]) * len(buyers[other])) ** 0.5
            bonds[one].append((bond, other))
            bonds[other].append((bond, one))
    return [
        (Source.BOUGHT, anchor, item, bond)
        for anchor, pairs in bonds.items()
        for bond, item in sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:NEAREST]
    ]


def trending(material: Material, now: datetime) -> list[Row]:
    """Return what is looked at and bought these days; a person counts once a product."""
    best: dict[tuple[Any, int], float] = {}
    for act in material.acts:
        age = now.timestamp() - act.at
        if age <= TREND.total_seconds():
            worth = WORTH[Kind(act.action)] * 0.5 ** (age / DAY_S / TREND_HALF_LIFE_DAYS)
            key = (act.user, act.item)
            best[key] = max(best.get(key, 0.0), worth)
    sums: Counter[int] = Counter()
    for (_user, item), worth in best.items():
        sums[item] += worth  # type: ignore[assignment]
    return ranked(Source.TRENDING, sums, {})


def popular(material: Material) -> list[Row]:
    """Return what most people bought, else liked: of everybody, and of each kind of product."""
    sums: Counter[int] = Counter()
    for _buyer, product in {(buyer, product) for buyer, product, _at in material.bought}:
        sums[product] += 1
    kinds: dict[int, list[int]] = {}
    with as_everyone():
        rows = SearchDocument.objects.values_list("product", "categories", "rating", "reviews")
        for product, categories, rating, reviews in rows:
            kinds[product] = categories
            sums[product] += float(rating or 0) * min(reviews, 5) / 10  # type: ignore[assignment]
    return ranked(Source.POPULAR, sums, kinds)


def ranked(source: str, sums: Counter[int], kinds: dict[int, list[int]]) -> list[Row]:
    """Return the best of all, and of each category, scaled by the best of all."""
    lists: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for item, total in sums.items():
        if total > 0:
            for anchor in (0, *kinds.get(item, ())):
                lists[anchor].append((float(total), item))
    most = max((total for total, _item in lists[0]), default=1.0)
    return [
        (source, anchor, item, total / most)
        for anchor, pairs in lists.items()
        for total, item in sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[
            : LISTED if anchor == 0 else NEAREST
        ]
    ]


def new(now: datetime) -> list[Row]:
    """Return what came in lately, the newest most; nothing where most of the shop is new."""
    with as_everyone():
        total = SearchDocument.objects.count()
        fresh = list(
            SearchDocument.objects.filter(created_at__gt=now - NEW_FOR).values_list(
                "product", "created_at"
            )
        )
    if not fresh or len(fresh) > NEW_SHARE * total:
        return []
    spans = {product: (now - made) / NEW_FOR for product, made in fresh}
    return [(Source.NEW, 0, product, 1 - 0.5 * span) for product, span in spans.items()]


def due_again(material: Material) -> list[Row]:
    """Return after how many days each product is bought again, by those who did so."""
    bought: dict[tuple[Any, int], list[datetime]] = defaultdict(list)
    for buyer, product, at in material.bought:
        bought[buyer, product].append(at)
    gaps: dict[int, list[float]] = defaultdict(list)
    for (_buyer, product), times in bought.items():
        for earlier, later in pairwise(times):
            if (days := (later - earlier).total_seconds() / DAY_S) >= 1:
                gaps[product].append(days)
    return [(Source.AGAIN, product, product, median(days)) for product, days in gaps.items()]
