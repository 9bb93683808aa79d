"""A portrait in plain words, with what speaks for it. For the taste page, segments and the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import About, Portrait, Stance
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

# A type with less of a chance is not told.
LEAST_CHANCE = 0.3
MOST_TOLD = 2
# From these chances on an order within a week is called near, or possible.
NEAR, POSSIBLE = 0.5, 0.2

NAMES: dict[str, str | Promise] = {
    "deal": gettext_lazy("looks for good prices"),
    "quality": gettext_lazy("looks for the best of its kind"),
    "gift": gettext_lazy("looks for gifts"),
    "explorer": gettext_lazy("likes to look around"),
    "comparer": gettext_lazy("compares before buying"),
    "regular": gettext_lazy("buys what has proved good again"),
}


def portrait_of(shopper: Shopper) -> Portrait | None:
    """Return what was said of a shopper last. One query; it runs no model."""
    with as_shopper(shopper):
        return Portrait.objects.filter(shopper=shopper).first()


def told(portrait: Portrait | None, stances: Sequence[Stance]) -> dict[str, Any] | None:
    """Return a portrait as the page shows it; what the shopper called wrong is left out."""
    said = {one.value: one.liking for one in stances if one.about == About.TYPE}
    rows = [row_of(code, portrait, said.get(code, 0)) for code in codes_of(portrait, said)]
    if portrait is None and not rows:
        return None
    return {
        "types": rows,
        "likely": near(portrait.likely) if portrait else "",
        "likely_percent": round(100 * portrait.likely) if portrait else None,
        "made_at": portrait.made_at if portrait else None,
        "deeds": portrait.deeds if portrait else 0,
    }


def codes_of(portrait: Portrait | None, said: dict[str, int]) -> list[str]:
    """Return the types that are told: what the shopper said themselves, then the likeliest."""
    chances = portrait.chances if portrait else {}
    sure = [code for code in NAMES if said.get(code, 0) > 0]
    guessed = sorted(
        (code for code in NAMES if not said.get(code) and chances.get(code, 0) >= LEAST_CHANCE),
        key=lambda code: -chances[code],
    )
    return [*sure, *guessed[: max(0, MOST_TOLD - len(sure))]]


def row_of(code: str, portrait: Portrait | None, liking: int) -> dict[str, Any]:
    """Return one type with its chance and its evidence."""
    chances = portrait.chances if portrait else {}
    evidence = portrait.evidence.get(code, []) if portrait and liking <= 0 else []
    return {
        "code": code,
        "name": NAMES[code],
        "said": liking > 0,
        "percent": round(100 * float(chances.get(code, 0))),
        "because": list(dict.fromkeys(line for one in evidence if (line := because(one)))),
    }


def because(one: dict[str, Any]) -> str:
    """Say one thing that a guess rests on, with its counts."""
    if one["about"] == "words":
        return _("You searched for “%(what)s”.") % {"what": one["words"]}
    facts = one.get("facts", {})
    if one["about"] == "prices":
        return prices(facts)
    return {
        "searching": _("You searched %(searched)s times in %(visits)s visits."),
        "variety": _("You looked at %(looked)s products of %(kinds)s kinds."),
        "comparing": _("You looked at %(looked)s products, %(back)s times at one you had seen."),
        "again": _("You bought %(bought)s times, %(bought_again)s times the same again."),
        "keeping": _("You saved %(saved)s and shared %(shared)s; %(left)s wait in the cart."),
        "buying": _("You bought %(bought)s times in %(visits)s visits."),
        "pace": _("You came %(visits)s times."),
    }[one["about"]] % facts


def prices(facts: dict[str, int]) -> str:
    """Say how dear what somebody looks at is."""
    if facts["cheap"] >= facts["dear"]:
        return _("%(cheap)s of %(priced)s were in the cheaper third of their kind.") % facts
    return _("%(dear)s of %(priced)s were in the dearer third of their kind.") % facts


def near(chance: float) -> str:
    """Say how near an order seems."""
    if chance >= NEAR:
        return _("It looks as if you were about to order something.")
    if chance >= POSSIBLE:
        return _("You may order something in the next days.")
    return _("It does not look as if you were about to order something.")
