"""Recommend products for what a shopper did, each with what moved it most.

For pages, API and the ``recommend`` command. A product's score is a sum of terms: its likeness to
each interest, what goes with each deed, what the shopper says of themselves, and a little of what
everybody takes. The reason is the largest of them, so without it the score is lower. It multiplies
stored vectors and adds stored rows, never runs a model, and never shows what is not on sale, what
was bought or put aside, or what the shopper does not want.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from catalog.search.market import market
from profiles.experiments.running import meet
from profiles.models import About, Signal, Stance, Taste, Trace
from profiles.sequence.scoring import Path, paths_of, scores_of, shadowed, with_steps
from profiles.sources.arranging import (
    DIVERSITY,
    Candidate,
    Settings,
    Term,
    arrange,
    packed,
    unpacked,
)
from profiles.sources.banding import band
from profiles.sources.exploring import draw, put_first
from profiles.sources.finding import SHORTLIST, candidates_of, parts_of, rows_of
from profiles.sources.following import Shown, shown_to, with_followed
from profiles.sources.settling import with_needs_met
from profiles.sources.standing import (
    cares_of,
    paths,
    stances_of,
    well_rated,
    with_cares,
    with_stances,
    with_wanted_prices,
)
from profiles.sources.switching import Source, Sources, sources_now
from profiles.taste.refreshing import HALF_LIFE_DAYS, taste_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

# Candidates for somebody of whom nothing is known.
WELL_RATED = 60
DAY_S = 86_400
# What is a shopper's own doing without being a deed.
LIKED = (About.CATEGORY, About.BRAND)
OWN = (Source.STATED, Source.FOLLOWED)
# The experiment on lists, and how diverse its arms make them; other arms change nothing.
EXPERIMENT = "lists"
ARMS = {"diverse": 0.35, "focused": 0.05}


@dataclass(frozen=True)
class Recommended:
    """One product, its score, and what moved it most, by ``share`` of the score.

    ``because``: the deed, None where it was no deed; ``source``: what brought it here.
    """

    product: int
    score: float
    because: Signal | None
    share: float
    source: str = Source.CONTENT
    sources: tuple[str, ...] = ()
    stated: str = ""


@dataclass(frozen=True)
class Listed:
    """One list with the number under which it can be made again.

    ``chance``: how likely its first was to stand first. ``signals`` and ``stances``: what it was
    drawn from, the strongest first, without vectors.
    """

    items: list[Recommended]
    ranker: str
    trace: uuid.UUID = field(default_factory=uuid.uuid4)
    chance: float = 1.0
    signals: Sequence[Signal] = ()
    stances: Sequence[Stance] = ()


def recommend(
    shopper: Shopper, *, limit: int = 12, without: Sequence[int] = ()
) -> list[Recommended]:
    """Return what fits a shopper best, best first; what is liked by all where nothing is known."""
    return listed(shopper, limit=limit, without=without).items


def listed(
    shopper: Shopper,
    *,
    limit: int = 12,
    without: Sequence[int] = (),
    context: str = "home",
    keep: bool = False,
) -> Listed:
    """Return a list. ``keep``: what it was made of is stored, so that it can be made again.

    About ten statements whatever the length; a taste that is behind is made anew first.
    """
    sources = sources_now(shopper)
    taste = taste_of(shopper)
    with as_shopper(shopper):
        signals = own_signals(shopper)
        stances = stances_of(shopper)
        shown = shown_to(shopper) if sources.weight(Source.FOLLOWED) else {}
        known = Known(shopper, taste, signals, stances, shown)
        states = paths_of(shopper, sources)
        candidates = scored(known, sources, without, states)
        fair = band(limit)
        settings = Settings(
            limit, ARMS.get(meet(shopper, EXPERIMENT), DIVERSITY),
            band=fair.most, lifted=fair.lifted,
        )  # fmt: skip
        chosen = arrange(candidates, settings)
        drawn = draw(chosen, signals, random.random()) if keep else None  # noqa: S311
        chosen = put_first(chosen, drawn.thing) if drawn else chosen
        made = Listed(
            [told(one, known) for one in chosen],
            f"{sources.name}+b{drawn.version}" if drawn else sources.name,
            chance=drawn.chance if drawn else 1.0,
            signals=signals,
            stances=stances,
        )
        if keep and chosen:
            inputs = packed(candidates, settings) | ({"drawn": drawn.packed()} if drawn else {})
            inputs |= beside_shown(shopper, candidates, sources, states, limit)
            Trace.objects.create(
                number=made.trace, shopper=shopper, context=context, ranker=made.ranker,
                inputs=inputs, products=[one.product for one in chosen],
            )  # fmt: skip
    return made


def signals_of(shopper: Shopper) -> list[Signal]:
    """Return what recommendations are drawn from, the strongest first, without vectors."""
    with as_shopper(shopper):
        return own_signals(shopper)


def own_signals(shopper: Shopper) -> list[Signal]:
    """Return the same where the shopper's rows are visible already. One query."""
    return list(Signal.objects.filter(shopper=shopper).defer("vector"))


@dataclass(frozen=True)
class Known:
    """What is known of a shopper: their taste, what it was made of, what they say.

    ``shown``: what people they follow show.
    """

    shopper: Shopper
    taste: Taste
    signals: Sequence[Signal]
    stances: Sequence[Stance] = ()
    shown: Mapping[int, Shown] = field(default_factory=dict)


def scored(
    known: Known,
    sources: Sources,
    without: Sequence[int] = (),
    states: dict[int, Path] | None = None,
) -> list[Candidate]:
    """Return the best candidates with all their terms, the best first. Their rows are visible.

    ``states``: the sequence model's, where they were asked for already.
    """
    shopper, signals, stances = known.shopper, known.signals, known.stances
    everywhere = market()
    likes = [one for one in stances if one.liking > 0 and one.about in LIKED]
    brands = [one.value for one in likes if one.about == About.BRAND]
    wanted = [
        entry.pk
        for entry in everywhere.categories.values()
        if {one.value for one in likes} & set(paths(entry.pk, everywhere))
    ]
    famous = well_rated(wanted, WELL_RATED, brands) if likes or not signals else []
    also = [*famous, *known.shown]
    states = paths_of(shopper, sources) if states is None else states
    path = states.get(sources.sequence)
    rows = rows_of(shopper, sources, without, [*also, *(path.listed if path else ())])
    candidates, alike = candidates_of(rows, signals, sources, fade_of(known.taste))
    products = [one.product for one in candidates]
    onward = scores_of(shopper, {path.trained: path}, products)[path.trained] if path else {}
    weight = sources.weight(Source.SEQUENCE)
    own = {one: alike[one] + weight * onward.get(one, 0.0) for one in products}
    with_stances(candidates, stances, sources, everywhere)
    with_wanted_prices(candidates, stances, sources)
    with_cares(candidates, cares_of(shopper), sources)
    with_followed(candidates, known.shown, sources)
    if not signals:
        with_fame(candidates, famous, sources)
    else:
        candidates = [one for one in candidates if personal(one, own) > 0]
    best = sorted(candidates, key=lambda one: (-(one.score + own[one.product]), one.product))
    kept = best[:SHORTLIST]
    with_parts(shopper, kept, alike, sources)
    if path is not None:
        with_steps(shopper, kept, path, wholes=onward, signals=signals, sources=sources)
    with_needs_met(shopper, kept, signals, sources)
    return kept


def beside_shown(
    shopper: Shopper,
    candidates: Sequence[Candidate],
    sources: Sources,
    states: dict[int, Path],
    limit: int,
) -> dict[str, Any]:
    """Return what a version that is only watched would have put first, for the list's trace."""
    if not sources.shadow or sources.shadow not in states:
        return {}
    scores = scores_of(shopper, states, [one.product for one in candidates])
    order = shadowed(candidates, scores.get(sources.sequence, {}), scores[sources.shadow], sources)
    return {"shadow": {"version": sources.shadow_version, "products": order[:limit]}}


def fade_of(taste: Taste) -> float:
    """Return what a deed has lost since the taste was made: all fade alike."""
    age_s = (timezone.now() - taste.as_of).total_seconds()
    return float(0.5 ** (max(0.0, age_s) / DAY_S / HALF_LIFE_DAYS))


def personal(one: Candidate, more: dict[int, float]) -> float:
    """Return what of a score is this shopper's doing; ``more``: what is no term yet."""
    own = sum(term.amount for term in one.terms if term.signal or term.source in OWN)
    return own + more[one.product]


def with_fame(candidates: Sequence[Candidate], best: Sequence[int], sources: Sources) -> None:
    """Add how well-liked products are, the place in the list of the best, where none is stored."""
    places = {product: 1 - place / len(best) for place, product in enumerate(best)}
    weight = sources.weight(Source.POPULAR)
    for one in candidates:
        known = any(term.source == Source.POPULAR for term in one.terms)
        if weight and not known and one.product in places:
            one.terms.append(Term(Source.POPULAR, weight * places[one.product]))


def with_parts(
    shopper: Shopper, candidates: Sequence[Candidate], alike: dict[int, float], sources: Sources
) -> None:
    """Add each deed's part of the likeness; together they are the whole of it."""
    wanted = [one for one in candidates if one.interest and alike[one.product]]
    parts = parts_of(shopper, wanted) if wanted else {}
    for one in wanted:
        there = parts.get(one.product, [])
        whole = sum(amount for _signal, amount in there)
        # The parts are read from single precision: scaled, their sum is the score itself.
        scale = alike[one.product] / whole if abs(whole) > 1e-9 else 0.0
        one.terms += [Term(Source.CONTENT, scale * amount, signal) for signal, amount in there]


def told(one: Candidate, known: Known) -> Recommended:
    """Return a candidate with what moved it most."""
    reason = one.reason
    numbered = {signal.number: signal for signal in known.signals}
    said = ""
    if reason.source == Source.STATED:
        liked = {stance.value: stance for stance in known.stances if stance.liking > 0}
        said = one.brand if one.brand in liked else ""
    elif reason.source == Source.FOLLOWED and one.product in known.shown:
        said = known.shown[one.product].name
    return Recommended(
        one.product, one.score, numbered.get(reason.signal), reason.amount, reason.source,
        tuple(one.sources), said,
    )  # fmt: skip


def again(trace: Trace) -> list[int]:
    """Return the products of a list, made again from what it was made of."""
    candidates, settings = unpacked(trace.inputs)
    chosen = arrange(candidates, settings)
    drawn = trace.inputs.get("drawn")
    return [one.product for one in (put_first(chosen, drawn["thing"]) if drawn else chosen)]
