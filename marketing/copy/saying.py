"""What was found in a text, in the words of whoever reads it now.

A draft keeps its findings in the language of whoever, or whatever, wrote it. For the desk and for
refusals; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from catalog.lexicon import DIMENSIONS
from catalog.presenting.facts import common, fact_name, value_text
from catalog.presenting.money import money
from catalog.presenting.naming import reader, value_name
from marketing.copy import forms
from marketing.copy.wording import RULES, rule

# Rules of form whose words hold no number: those with one are kept as they were said.
PLAIN = {"empty", "unknown_part", "markup", "contact", "control", "language", "repetition",
         "voice", "shouting"}  # fmt: skip
# Why the ledger has no answer (`catalog.claims.checkers`).
NO_ANSWER = {
    "no rank is known": _("No rank is known."),
    "sales are not told": _("Sales are not told."),
    "no reviews yet": _("There are no reviews yet."),
    "not enough reviews": _("There are not enough reviews."),
    "nothing says so": _("No fact of the product says so."),
    "no such product here": _("There is no such product here."),
    "nobody wrote that": _("Nobody wrote that."),
    "no such coupon now": _("There is no such coupon now."),
    "no such total was reckoned": _("No such total was reckoned."),
    "nothing to compare it with": _("There is nothing to compare it with."),
    "not known of all of them": _("It is not known of all of them."),
    "not known of both": _("It is not known of both."),
    "nothing says when it is sent": _("Nothing says when it is sent."),
    "it depends on the hour": _("It depends on the hour."),
    "a time that the shop sets": _("The shop sets this time."),
}

# How the ledger writes numbers of an attribute, an amount of money, and a mean of stars.
_MEASURE = re.compile(r"\D*?(?P<numbers>-?\d+(?:\.\d+)?(?:/-?\d+(?:\.\d+)?)*)(?: \S{1,5})?")
_MONEY = re.compile(r"(?P<currency>[A-Z]{3}) (?P<amount>\d+(?:\.\d+)?)")
_STARS = re.compile(r"(?P<mean>\d\.\d\d) of 5, (?P<count>\d+) reviews")
_SIDES = re.compile(r"(?P<good>\d+) for, (?P<bad>\d+) against, (?P<other>\d+) neither")


def fact_said(claim: Mapping[str, Any]) -> str:
    """Return the fact behind a claim: values, numbers and amounts as the reader writes them."""
    fact = str(claim.get("fact") or "")
    code = str(claim.get("source") or "").partition("#")[2]
    if fact and code in DIMENSIONS:
        names = (value_name(code, one) for one in fact.split(", "))
        return pgettext("in a list", ", ").join(names)
    if common(code) and (found := _MEASURE.fullmatch(fact)):
        numbers = [float(one) for one in found["numbers"].split("/")]
        whole = [int(one) if one.is_integer() else one for one in numbers]
        return f"{fact_name(code, None)} {value_text(code, whole, None)}"
    if found := _MONEY.fullmatch(fact):
        return money(Decimal(found["amount"]), found["currency"])
    if found := _STARS.fullmatch(fact):
        count = int(found["count"])
        return ngettext(
            "%(mean)s of 5 stars, %(count)s review", "%(mean)s of 5 stars, %(count)s reviews", count
        ) % {"mean": found["mean"], "count": count}
    if found := _SIDES.fullmatch(fact):
        return str(_("%(good)s content, %(bad)s not, %(other)s neither") % found.groupdict())
    return str(NO_ANSWER.get(fact, fact))


def doubt_said(doubt: Mapping[str, Any]) -> tuple[str, str]:
    """Return which rule a doubt of the second reader is probably about, and the way out."""
    law, remedy = rule_said(doubt)
    return _("No listed word, but it reads as if it broke this rule: %(rule)s") % {
        "rule": law
    }, remedy


def rule_said(warning: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a warning rests on, and the way out."""
    code = str(warning.get("code") or "")
    if code in RULES:
        found = rule(code)
        return found.told("law", reader()), found.told("remedy", reader())
    if code in PLAIN:
        return forms.told(code)
    return str(warning.get("rule") or ""), str(warning.get("remedy") or "")
