"""From scored candidates to a list: plain arithmetic, the same list again from the same numbers.

For `recommending`, for replaying a trace and for simulations. A list is diverse (what is like what
stands above counts less), no kind of product, reason or shop fills it, and what was shown often
without being opened rests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

# How much likeness to what is chosen already takes from a score: 0 nothing, 1 all that it can.
DIVERSITY = 0.15
# Of a list: at most so many of one kind of product, and for one and the same reason; or this share.
SAME_KIND, SAME_REASON, SAME_SHARE = 4, 4, 1 / 3
# At most this share of a list from one shop, where others have something that fits.
SHOP_SHARE = 0.6
# What fits less than this share of what fits best is left out: a shorter list is the better one.
LEAST_SHARE = 0.15
# A list this long has something new at this place, if anything new fits at all: what nobody has
# seen yet could never show that it fits.
NEW, NEW_FROM, NEW_PLACE = "new", 8, 5
# Where something of a shop that is shown too little stands, if the band is on.
LIFTED_PLACE = 3
# Shown so often in a week without being opened, a product rests.
TIRED = 12
MANY = 1_000_000


@dataclass(frozen=True)
class Term:
    """One part of a score: a source, and the number of the signal it came by (0: none)."""

    source: str
    amount: float
    signal: int = 0


@dataclass
class Candidate:
    """One product with all that its place depends on."""

    product: int
    category: int | None
    brand: str
    merchant: int
    interest: int
    shown: int
    terms: list[Term] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Return the sum of its terms, to nine digits so that it is the same everywhere."""
        return round(sum(term.amount for term in self.terms), 9)

    @property
    def reason(self) -> Term:
        """Return the largest part: all terms of one signal are one, every other stands alone."""
        sums: dict[tuple[int, str], float] = {}
        best: dict[tuple[int, str], Term] = {}
        for term in self.terms:
            key = (term.signal, "" if term.signal else term.source)
            sums[key] = sums.get(key, 0.0) + term.amount
            if key not in best or term.amount > best[key].amount:
                best[key] = term
        if not sums:
            return Term("", 0.0)
        top = max(sums, key=lambda key: (sums[key], key))
        return Term(best[top].source, round(sums[top], 9), top[0])

    @property
    def sources(self) -> list[str]:
        """Return the sources that speak for it, the strongest first."""
        sums: Counter[str] = Counter()
        for term in self.terms:
            sums[term.source] += term.amount  # type: ignore[assignment]
        return [source for source, amount in sums.most_common() if amount > 0]


@dataclass(frozen=True)
class Settings:
    """What a list is arranged by."""

    limit: int
    diversity: float = DIVERSITY
    shop_share: float = SHOP_SHARE
    tired: int = TIRED
    least: float = LEAST_SHARE
    # The most places of shops that are shown too much, as pairs; and shops shown too little.
    band: Sequence[Sequence[int]] = ()
    lifted: Sequence[int] = ()


def likeness(one: Candidate, other: Candidate) -> float:
    """Return how alike two products are in a list, 0 to 1."""
    return (
        0.6 * (one.category is not None and one.category == other.category)
        + 0.2 * (bool(one.brand) and one.brand == other.brand)
        + 0.2 * (one.interest > 0 and one.interest == other.interest)
    )


def arrange(candidates: Sequence[Candidate], settings: Settings) -> list[Candidate]:
    """Return the list, best first. No randomness.

    Places that the band of shops leaves empty go to the best of those it held back.
    """
    rated = rated_of(candidates, settings)
    chosen = picked(rated, settings)
    if settings.band and len(chosen) < settings.limit:
        there = {one.product for one in chosen}
        plain = picked(rated, replace(settings, band=()))
        chosen += [one for one in plain if one.product not in there]
    chosen = with_lifted(chosen[: settings.limit], rated, settings)
    return with_new(chosen, rated, settings.limit)


Rated = Sequence[tuple[Candidate, float, Term]]


def rated_of(candidates: Sequence[Candidate], settings: Settings) -> Rated:
    """Return what may be shown with its score and reason."""
    rated = [(one, one.score, one.reason) for one in candidates if one.shown < settings.tired]
    return [(one, score, why) for one, score, why in rated if score > 0 and why.amount > 0]


def picked(rated: Rated, settings: Settings) -> list[Candidate]:
    """Return the list as scores and caps make it: greedy, each place to what adds most.

    Source: Carbonell & Goldstein 1998 (maximal marginal relevance).
    """
    top = max((score for _one, score, _why in rated), default=1.0)
    least = settings.least * top
    left = {
        one.product: (one, (1 - settings.diversity) * score / top, why.signal)
        for one, score, why in sorted(rated, key=lambda row: (-row[1], row[0].product))
        if score >= least
    }
    near = dict.fromkeys(left, 0.0)
    caps = Caps(settings, {one.merchant for one, _worth, _why in left.values()})
    chosen: list[Candidate] = []
    while left and len(chosen) < settings.limit:
        left = {number: row for number, row in left.items() if caps.allow(row[0], row[2])}
        if not left:
            break
        number = max(left, key=lambda n: (left[n][1] - settings.diversity * near[n], -n))
        best, _worth, signal = left.pop(number)
        chosen.append(best)
        caps.count(best, signal)
        for number, (one, _worth, _why) in left.items():
            near[number] = max(near[number], likeness(one, best))
    return chosen


def with_lifted(chosen: list[Candidate], rated: Rated, settings: Settings) -> list[Candidate]:
    """Return a list with the best of the most neglected shop that has something fitting."""
    there = {one.merchant for one in chosen}
    if settings.limit < NEW_FROM or there & set(settings.lifted):
        return chosen
    least = settings.least * max((score for _one, score, _why in rated), default=0.0)
    for shop in settings.lifted:
        fits = [(score, one) for one, score, _why in rated
                if one.merchant == shop and score >= least]  # fmt: skip
        if fits:
            best = max(fits, key=lambda pair: (pair[0], -pair[1].product))[1]
            place = min(LIFTED_PLACE, len(chosen))
            return [*chosen[:place], best, *chosen[place:]][: settings.limit]
    return chosen


def with_new(chosen: list[Candidate], rated: Rated, limit: int) -> list[Candidate]:
    """Return a list with the best of what is new in its place, where it has none yet."""
    fresh = [(score, one) for one, score, _why in rated if is_new(one)]
    if limit < NEW_FROM or not fresh or any(is_new(one) for one in chosen):
        return chosen
    best = max(fresh, key=lambda pair: (pair[0], -pair[1].product))[1]
    place = min(NEW_PLACE, len(chosen))
    return [*chosen[:place], best, *chosen[place:]][:limit]


def is_new(one: Candidate) -> bool:
    """Tell whether a product came in lately."""
    return any(term.source == NEW for term in one.terms)


class Caps:
    """What one list may hold of a kind, of a reason, and of a shop. What is full stays full."""

    def __init__(self, settings: Settings, shops: set[int]) -> None:
        share = int(settings.limit * SAME_SHARE)
        self.kind, self.why = max(SAME_KIND, share), max(SAME_REASON, share)
        self.shop = max(2, int(settings.limit * settings.shop_share)) if len(shops) > 1 else 0
        self.band = {int(merchant): int(most) for merchant, most in settings.band}
        self.kinds: Counter[int | None] = Counter()
        self.whys: Counter[int] = Counter()
        self.shops: Counter[int] = Counter()

    def allow(self, one: Candidate, signal: int) -> bool:
        """Tell whether there is room for a product that came by a signal (0: by none)."""
        return (
            self.kinds[one.category] < self.kind
            and (not signal or self.whys[signal] < self.why)
            and (not self.shop or self.shops[one.merchant] < self.shop)
            and self.shops[one.merchant] < self.band.get(one.merchant, MANY)
        )

    def count(self, one: Candidate, signal: int) -> None:
        """Take the room."""
        self.kinds[one.category] += 1
        self.whys[signal] += 1
        self.shops[one.merchant] += 1


def packed(candidates: Sequence[Candidate], settings: Settings) -> dict[str, Any]:
    """Return what a list was made of as JSON."""
    rows = [
        [one.product, one.category, one.brand, one.merchant, one.interest, one.shown,
         [[term.source, term.amount, term.signal] for term in one.terms]]
        for one in candidates
    ]  # fmt: skip
    return {"settings": asdict(settings), "candidates": rows}


def unpacked(inputs: Mapping[str, Any]) -> tuple[list[Candidate], Settings]:
    """Return what `packed` was given."""
    candidates = [
        Candidate(
            product, category, brand, merchant, interest, shown, [Term(*term) for term in terms]
        )
        for product, category, brand, merchant, interest, shown, terms in inputs["candidates"]
    ]
    return candidates, Settings(**inputs["settings"])
