"""What apps report and get: deeds, what fits, and what a taste is taken to be."""

from __future__ import annotations

from typing import Any

from catalog.api.finding import hit_shown, shown_in
from catalog.presenting.cards import as_met
from catalog.search.featuring import hits_of
from catalog.search.market import market
from catalog.search.noting import ROBOT
from profiles.api.shapes_of_taste import (
    CollectedOut,
    DeedsIn,
    ListOut,
    ListQuery,
    StanceIn,
    TasteOut,
)
from profiles.events.collecting import Collected, collect
from profiles.knowing.profile import Trait
from profiles.knowing.reading import forget_since, forget_trait, profile_now, say
from profiles.middleware import ring
from profiles.models import About, Stance
from profiles.noting import note_shown
from profiles.portraits import telling as portraits
from profiles.reasons import numbers, reason
from profiles.recommending import listed
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.rest.operations import Asked, operation

TAG = "Taste"
LIKINGS = {"more": 1, "less": -1, "neither": 0}


def agreeing(request: Asked) -> Shopper | None:
    """Return the shopper if they want what fits them."""
    agreed = request._request.consent.personalisation  # type: ignore[attr-defined]
    return shopper_of(request._request) if agreed else None


@operation("events_send", tag=TAG, body=DeedsIn, answer=CollectedOut)
def events_send(request: Asked) -> dict[str, Any]:
    """Report what was done, up to 500 deeds at once; sent again they count once.

    Without consent to personalisation nothing is stored, and `agreed` says so.
    """
    shopper = agreeing(request)
    machine = bool(ROBOT.search(request._request.headers.get("User-Agent", "")))
    if shopper is None or machine:
        return {"agreed": shopper is not None, "stored": 0, "known": 0,
                "refused": len(request.sent["events"])}  # fmt: skip
    found: Collected = collect(shopper, request.sent["events"])
    if found.newest is not None:
        ring(shopper, found.newest)
    return {"agreed": True, "stored": found.stored, "known": found.known,
            "refused": found.refused}  # fmt: skip


@operation("recommendations", tag=TAG, query=ListQuery, answer=ListOut)
def recommendations(request: Asked) -> dict[str, Any]:
    """Return what fits, each product with its reason; nothing for who did not agree."""
    shopper = agreeing(request)
    if shopper is None:
        return {"items": [], "model": None, "list": None}
    made = listed(shopper, limit=request.asked["limit"], context="api", keep=True)
    hits = hits_of(numbers(made.items), shown_in(request, market()))
    seen = [hits[one.product] for one in made.items if one.product in hits]
    met = {hit.product: hit for hit in as_met(request._request, seen)}
    items = [
        {**hit_shown(met[one.product]), "score": round(one.score, 4),
         "reasons": [reason(one, hits)], "sources": list(one.sources)}
        for one in made.items
        if one.product in hits
    ]  # fmt: skip
    sources = {one.product: one.source for one in made.items}
    shown = [one.product for one in made.items if one.product in hits]
    note_shown(shopper, "api", made.ranker, shown, trace=made.trace, sources=sources,
               chance=made.chance)  # fmt: skip
    return {"items": items, "model": made.ranker, "list": str(made.trace)}


@operation("taste", tag=TAG, answer=TasteOut)
def taste(request: Asked) -> dict[str, Any]:
    """Return what a taste is taken to be, each trait with its evidence."""
    shopper = agreeing(request)
    return taste_shown(shopper)


def taste_shown(shopper: Shopper | None) -> dict[str, Any]:
    """Return a profile for an app, an empty one for nobody."""
    empty: dict[str, Any] = {"agreed": shopper is not None, "stage": "unknown", "deeds": 0,
                             "prices": [], "said": [], "categories": [], "brands": [],
                             "colours": [], "sizes": [], "words": [], "types": [],
                             "likely": None}  # fmt: skip
    if shopper is None:
        return empty
    found = profile_now(shopper)
    with as_shopper(shopper):
        said = list(Stance.objects.filter(shopper=shopper))
    portrait = portraits.portrait_of(shopper)
    shown = portraits.told(portrait, said) or {"types": []}
    return empty | {
        "types": [
            {
                "value": one["code"],
                "name": str(one["name"]),
                "chance": one["percent"] / 100,
                "said": one["said"],
                "because": one["because"],
            }
            for one in shown["types"]
        ],
        "likely": round(portrait.likely, 2) if portrait else None,
        "stage": found.stage,
        "deeds": found.deeds,
        "prices": [
            {"currency": code, "lowest": f"{low:.2f}", "highest": f"{high:.2f}"}
            for code, (low, high) in found.prices.items()
        ],
        "said": [
            {"about": one.about, "value": one.value, "liking": "more" if one.liking > 0 else "less"}
            for one in said
        ],
        "categories": traits(found.categories),
        "brands": traits(found.brands),
        "colours": traits(found.colours),
        "sizes": traits(found.sizes),
        "words": traits(found.words),
    }


def traits(found: list[Trait]) -> list[dict[str, Any]]:
    """Return traits for an app."""
    return [
        {"value": one.value, "share": round(one.share, 4), "evidence": one.evidence,
         "last": one.last}
        for one in found
    ]  # fmt: skip


@operation("taste_say", tag=TAG, body=StanceIn, answer=TasteOut)
def taste_say(request: Asked) -> dict[str, Any]:
    """Ask for more or less of a kind or brand, or take that back; or have a trait forgotten."""
    shopper = shopper_for(request._request)
    about, value = About(request.sent["about"]), request.sent["value"]
    if request.sent["do"] == "forget":
        forget_trait(shopper, about, value)
    else:
        say(shopper, about, value, LIKINGS[request.sent["do"]])
    return taste_shown(agreeing(request))


@operation("taste_forget", tag=TAG, answer=None)
def taste_forget(request: Asked) -> None:
    """Forget everything that was done."""
    shopper = shopper_of(request._request)
    if shopper is not None:
        forget_since(shopper, None)
