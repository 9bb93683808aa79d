"""A segment's rule in words, in the reader's language. For pages and the log of a campaign."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from catalog.models import Category
from catalog.presenting.money import money
from profiles.models import Segment
from profiles.portraits.telling import NAMES as TYPE_NAMES
from profiles.segments.counting import Reach
from profiles.segments.grammar import (
    All,
    Bought,
    Country,
    Did,
    InStage,
    Language,
    LastOrder,
    Likely,
    Not,
    OfType,
    Orders,
    Price,
    Returned,
    Rule,
    Seen,
    Some,
    Spent,
    Test,
    WrongRule,
    read,
)

STAGE_NAMES: dict[str, str | Promise] = {
    "looking": gettext_lazy("has looked, never bought"),
    "new": gettext_lazy("new: first order in the last 30 days"),
    "active": gettext_lazy("active: ordered in the last 60 days"),
    "lapsing": gettext_lazy("lapsing: last order 60 to 180 days ago"),
    "gone": gettext_lazy("gone: last order more than 180 days ago"),
}
DEED_NAMES: dict[str, str | Promise] = {
    "": gettext_lazy("looked at, saved or chose"),
    "view": gettext_lazy("looked at"),
    "save": gettext_lazy("saved"),
    "cart": gettext_lazy("put in the cart"),
    "share": gettext_lazy("shared"),
}
LANGUAGE_NAMES = {"en": "English", "zh-hans": "简体中文"}


def explained(segment: Segment) -> str:
    """Say whom a segment holds."""
    try:
        if segment.seed is None:
            return sentence(read(segment.rule))
        return _("The %(most)s people whose taste is nearest to “%(name)s”: %(rule)s") % {
            "most": formats.number_format(segment.most or 0), "name": segment.seed.name,
            "rule": sentence(read(segment.seed.rule)),
        }  # fmt: skip
    except WrongRule:
        return _("This rule cannot be read any more.")


def sentence(rule: Rule) -> str:
    """Say whom a rule holds, as one sentence."""
    if rule == All():
        return _("Everybody this shop knows and may write to.")
    said = _("%(what)s.") % {"what": phrase(rule)}
    return said[:1].upper() + said[1:]


def phrase(rule: Rule, *, inner: bool = False) -> str:
    """Say a rule as part of a sentence."""
    if isinstance(rule, Not):
        return _("not (%(what)s)") % {"what": phrase(rule.part)}
    if isinstance(rule, All | Some):
        parts = [phrase(part, inner=True) for part in rule.parts] or [_("everybody")]
        said = joined(parts, _("; and ") if isinstance(rule, All) else _("; or "))
        return f"({said})" if inner and len(parts) > 1 else said
    return WORDS[type(rule)](rule)


def joined(parts: Iterable[str], word: str) -> str:
    """Return phrases with a word between them."""
    return word.join(parts)


def lately(days: int | None) -> str:
    """Say within how many days."""
    if days is None:
        return ""
    return ngettext(" in the last day", " in the last %(days)s days", days) % {"days": days}


def things(category: str, brand: str) -> str:
    """Say which things a test is about."""
    kind = category_name(category) if category else ""
    if kind and brand:
        return _("%(kind)s by %(brand)s") % {"kind": kind, "brand": brand}
    return kind or (_("things by %(brand)s") % {"brand": brand} if brand else _("anything"))


def category_name(path: str) -> str:
    """Return what a category is called. One query."""
    found = Category.objects.filter(path=path).first()
    return found.name if found else path


def bought(test: Bought) -> str:
    """Say what was bought."""
    times = (
        ngettext(" at least %(count)s time", " at least %(count)s times", test.least)
        % {"count": test.least}
        if test.least > 1
        else ""
    )
    return _("bought %(what)s%(times)s%(when)s") % {
        "what": things(test.category, test.brand), "times": times, "when": lately(test.within),
    }  # fmt: skip


def did(test: Did) -> str:
    """Say what was looked at."""
    times = (
        ngettext(" at least %(count)s time", " at least %(count)s times", test.least)
        % {"count": test.least}
        if test.least > 1
        else ""
    )
    return _("%(did)s %(what)s%(times)s%(when)s") % {
        "did": DEED_NAMES[test.kind], "what": things(test.category, test.brand), "times": times,
        "when": lately(test.within),
    }  # fmt: skip


def between(least: Any, most: Any, say: Callable[[Any], str]) -> str:
    """Say the bounds of a number."""
    if least is not None and most is not None and least == most:
        return _("exactly %(least)s") % {"least": say(least)}
    if least and most is not None:
        return _("%(least)s to %(most)s") % {"least": say(least), "most": say(most)}
    if most is not None:
        return _("at most %(most)s") % {"most": say(most)}
    return _("%(least)s or more") % {"least": say(least or 0)}


def orders(test: Orders) -> str:
    """Say how many orders."""
    number = between(test.least, test.most, lambda one: str(formats.number_format(one)))
    return _("placed orders%(when)s: %(number)s") % {"number": number, "when": lately(test.within)}


def spent(test: Spent) -> str:
    """Say how much was spent."""
    amount = between(test.least, test.most, lambda one: money(one, test.currency))
    return _("spent %(amount)s%(when)s") % {"amount": amount, "when": lately(test.within)}


def price(test: Price) -> str:
    """Say what somebody's things cost."""
    amount = between(test.least, test.most, lambda one: money(one, test.currency))
    return _("buys things that cost %(amount)s on average") % {"amount": amount}


def last_order(test: LastOrder) -> str:
    """Say how long ago the last order is."""
    if test.most is None:
        return _("last order at least %(least)s days ago") % {"least": test.least}
    if not test.least:
        return _("last order less than %(most)s days ago") % {"most": test.most}
    return _("last order %(least)s to %(most)s days ago") % {
        "least": test.least, "most": test.most,
    }  # fmt: skip


def listed(values: Iterable[object]) -> str:
    """Return words with commas between them."""
    return _(", ").join(str(value) for value in values)


WORDS: dict[type[Any], Callable[[Any], str]] = {
    Bought: bought, Did: did, Orders: orders, Spent: spent, Price: price, LastOrder: last_order,
    InStage: lambda test: listed(STAGE_NAMES[one] for one in test.stages),
    Seen: lambda test: _("was here%(when)s") % {"when": lately(test.within)},
    Language: lambda test: _("reads %(what)s") % {
        "what": listed(LANGUAGE_NAMES[one] for one in test.languages)},
    Country: lambda test: _("last order went to %(what)s") % {"what": listed(test.countries)},
    Returned: lambda test: _("sent something back%(when)s") % {"when": lately(test.within)},
    OfType: lambda test: _("by the model: %(what)s") % {
        "what": listed(TYPE_NAMES[one] for one in test.types)},
    Likely: lambda test: _("by the model: orders within a week with a chance of %(least)s%% or"
                           " more") % {"least": test.least},
}  # fmt: skip


def people(number: int | None) -> str:
    """Say how many people there are, a few as no more than that."""
    if number is None:
        return _("fewer than 5 people")
    return ngettext("%(number)s person", "%(number)s people", number) % {
        "number": formats.number_format(number),
    }  # fmt: skip


def reached(reach: Reach) -> list[str]:
    """Say how many of a group can be reached by each way."""
    named = (
        (_("by email"), reach.email),
        (_("in the app"), reach.push),
        (_("on the site"), reach.site),
    )
    colon = pgettext("in a line", ": ")
    return [f"{capfirst(name)}{colon}{people(number)}" for name, number in named]


__all__ = ["Test", "explained", "people", "reached", "sentence"]
