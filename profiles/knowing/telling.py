"""A profile in plain words, each trait with its evidence. For the taste page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.presenting.money import money
from catalog.presenting.naming import value_name
from catalog.presenting.opinions import ASPECT_NAMES
from catalog.presenting.places import place_name
from catalog.search.market import market
from profiles.knowing.profile import Opinion, Profile, Trait
from profiles.models import About, Stance
from profiles.portraits.telling import NAMES as TYPES

# What one may say of prices (`starting`).
PRICES: dict[str, str | Promise] = {
    "low": gettext_lazy("low prices"),
    "middle": gettext_lazy("prices in the middle"),
    "high": gettext_lazy("the dearer things"),
}
# Of a trait so weak nothing is said.
LEAST_SHARE = 0.03


def told(profile: Profile, stances: Sequence[Stance], currency: str) -> dict[str, Any]:
    """Return a profile as the page shows it."""
    liked = {(one.about, one.value): one.liking for one in stances}
    groups = [
        (About.CATEGORY, _("Kinds of products"), profile.categories),
        (About.BRAND, _("Brands"), profile.brands),
        (About.COLOUR, _("Colours"), profile.colours),
    ]
    return {
        "sentences": sentences(profile, currency),
        "groups": [
            {"about": about.value, "title": title, "traits": [
                trait_row(about, one, liked) for one in traits if one.share >= LEAST_SHARE
            ]}
            for about, title, traits in groups
        ],
        "words": [one.value for one in profile.words],
        "opinions": [opinion_row(one) for one in profile.opinions],
        "said": [
            {"about": one.about, "value": one.value, "name": name_of(one.about, one.value),
             "more": one.liking > 0}
            for one in stances
            if one.about != About.TYPE
        ],
        "wrong": [{"value": one.value, "name": TYPES.get(one.value, one.value)}
                  for one in stances if one.about == About.TYPE and one.liking < 0],
    }  # fmt: skip


def trait_row(about: About, trait: Trait, liked: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Return one trait with its evidence."""
    return {
        "value": trait.value,
        "name": name_of(about, trait.value),
        "percent": round(100 * trait.share),
        "evidence": ngettext("from %(count)s action", "from %(count)s actions", trait.evidence)
        % {"count": trait.evidence},
        "last": trait.last,
        "liking": liked.get((about, trait.value), 0),
    }


def opinion_row(one: Opinion) -> dict[str, str]:
    """Return what somebody thinks of a quality."""
    name = str(ASPECT_NAMES.get(one.aspect, one.aspect))
    said = _("praised") if one.polarity > 0 else _("complained about")
    times = ngettext("%(count)s time", "%(count)s times", one.evidence) % {"count": one.evidence}
    return {"name": name, "said": said, "times": times}


def name_of(about: str, value: str) -> str:
    """Return what a value is called in the reader's language."""
    if about == About.CATEGORY:
        entries = market().categories.values()
        found = next((entry for entry in entries if entry.path == value), None)
        return place_name(found) if found else value
    if about == About.PRICE:
        return str(PRICES.get(value, value))
    return value_name("colour", value) if about == About.COLOUR else value


def sentences(profile: Profile, currency: str) -> list[str]:
    """Return what is to be said first: who somebody is to us, and how they buy."""
    found = [stage(profile.stage)]
    if profile.categories:
        names = [name_of(About.CATEGORY, one.value) for one in profile.categories[:2]]
        found.append(
            _("You look most at %(one)s and %(other)s.") % {"one": names[0], "other": names[1]}
            if len(names) > 1
            else _("You look most at %(one)s.") % {"one": names[0]}
        )
    if currency in profile.prices:
        lowest, highest = (money(Decimal(str(one)), currency) for one in profile.prices[currency])
        found.append(_("It usually costs between %(lowest)s and %(highest)s.")
                     % {"lowest": lowest, "highest": highest})  # fmt: skip
    if profile.habit:
        found.append(habit(profile))
    return found


def stage(code: str) -> str:
    """Say where somebody is in their time with us."""
    return {
        "unknown": _("We know nothing of you yet."),
        "new": _("You are new here."),
        "active": _("You have been here lately."),
        "lapsing": _("You have not been here for a month."),
    }.get(code, _("You have not been here for long."))


def habit(profile: Profile) -> str:
    """Say how somebody buys."""
    one = profile.habit
    assert one is not None  # noqa: S101 - asked by the caller
    words = {
        "count": one.orders,
        "mean": money(Decimal(str(round(one.mean, 2))), one.currency),
        "days": round(one.every_days) if one.every_days else 0,
    }
    if one.every_days and one.every_days >= 1:
        often = _("You ordered %(count)s times, about every %(days)s days, for %(mean)s at a time.")
        return often % words
    if one.orders == 1:
        return _("You ordered once, for %(mean)s.") % words
    return _("You ordered %(count)s times, for %(mean)s at a time.") % words
