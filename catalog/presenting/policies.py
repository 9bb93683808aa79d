"""Decisions and policies in words: facts that code has decided, in the reader's language or both.

For pages, letters and whoever answers shoppers. Each fact is one sentence; none is left out that
decided, and none is added.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog.models.order import OrderState
from catalog.policies.deciding import Decision, Why
from catalog.policies.terms import (
    FAULTS,
    Condition,
    Payer,
    Policy,
    Reason,
    Remedy,
    Rule,
    Warranty,
    Way,
)
from catalog.presenting.money import number


def in_both(decision: Decision) -> dict[str, list[str]]:
    """Return the facts in each language of the shop."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = sentences(decision)
    return found


def sentences(decision: Decision) -> list[str]:
    """Return the verdict's reason first, then what belongs to it, in the reader's language."""
    said = [verdict(decision)]
    if decision.why == Why.ALLOWED:
        said += conditions(decision)
    return [one for one in said if one]


def verdict(decision: Decision) -> str:
    """Return why it was decided so."""
    until = day_of(decision.until)
    left = decision.left or 0
    said = {
        Why.ALLOWED: _("Possible until %(day)s.") % {"day": until} if until else _("Possible."),
        Why.CANCELLED: _("The order was cancelled."),
        Why.NOT_DELIVERED: _("It has not been delivered yet."),
        Why.NONE_LEFT: ngettext(
            "%(left)s of it can still come back.", "%(left)s of them can still come back.", left
        ) % {"left": left} if left else _("All of it has come back already or is on its way."),
        Why.NO_RULE: _("The shop has no rule for this. Ask the shop."),
        Why.EXCLUDED: _("The shop does not take this kind of goods back for this reason."),
        Why.WINDOW_OVER: _("This was possible until %(day)s.") % {"day": until},
        Why.CONDITION: accepted(decision.condition),
        Why.NO_WARRANTY: _("The shop gives no warranty on it beyond the law."),
        Why.NO_FAULT: _("A warranty covers faults only."),
        Why.STATE: while_states(decision),
        Why.OTHER_COUNTRY: _("Another country needs another order: shipping would cost otherwise."),
    }  # fmt: skip
    return str(said[decision.why])


def while_states(decision: Decision) -> str:
    """Return in which states of the order it is possible."""
    if not decision.states:
        return _("The shop does not offer this.")
    return _("Possible while the order is: %(states)s.") % {"states": states(decision.states)}


def conditions(decision: Decision) -> list[str]:
    """Return on what an allowed thing depends."""
    said = []
    if decision.condition:
        said.append(accepted(decision.condition))
    if decision.payer:
        said.append(pays(decision.payer))
    if decision.fee_percent:
        said.append(fee(decision.fee_percent))
    if decision.remedies:
        said.append(_("You get: %(remedies)s.") % {"remedies": remedies(decision.remedies)})
    return said


def accepted(condition: Condition | None) -> str:
    """Return in which condition goods are taken."""
    if condition is None:
        return ""
    return {
        Condition.SEALED: _("Only unopened, in the sealed packaging."),
        Condition.UNUSED: _("Unused, with tags and packaging; trying it on is fine."),
        Condition.USED: _("Also when it has been used."),
    }[condition]


def pays(payer: Payer | str) -> str:
    """Return who pays for the way back."""
    if payer == Payer.SHOP:
        return _("The shop pays for the way back.")
    return _("You pay for the way back.")


def fee(percent: object) -> str:
    """Return what is kept of the price."""
    return _("%(percent)s%% of the price is kept.") % {"percent": number(percent)}  # type: ignore[arg-type]


def reason_label(reason: Reason | str) -> str:
    """Return a reason as it is chosen."""
    return {
        Reason.CHANGED_MIND: _("I changed my mind"),
        Reason.DOES_NOT_FIT: _("It does not fit"),
        Reason.NOT_AS_DESCRIBED: _("It is not as described"),
        Reason.FAULTY: _("It is faulty"),
        Reason.DAMAGED: _("It arrived damaged"),
        Reason.WRONG_ITEM: _("It is not what I ordered"),
    }[Reason(reason)]


def condition_label(condition: Condition | str) -> str:
    """Return a condition as it is chosen."""
    return {
        Condition.SEALED: _("Unopened"),
        Condition.UNUSED: _("Opened, not used"),
        Condition.USED: _("Used"),
    }[Condition(condition)]


def way_label(way: Way | str) -> str:
    """Return a way of refund."""
    return {
        Way.ORIGINAL: _("The way it was paid"),
        Way.TRANSFER: _("By transfer, arranged with the shop"),
    }[Way(way)]


def remedies(found: Iterable[Remedy]) -> str:
    """Return what a warranty gives."""
    names = {
        Remedy.REPAIR: _("repair"),
        Remedy.REPLACE: _("replacement"),
        Remedy.REFUND: _("money back"),
    }
    return pgettext("between two of a list", ", ").join(names[one] for one in found)


def states(found: Iterable[str]) -> str:
    """Return states of orders by name."""
    comma = pgettext("between two of a list", ", ")
    return comma.join(str(OrderState(one).label) for one in found)


def day_of(day: datetime.date | None) -> str:
    """Return a day as the reader writes it."""
    return date_format(day, "DATE_FORMAT") if day else ""


def whom_for(row: Rule | Warranty, names: Mapping[str, str]) -> str:
    """Return what a rule or warranty is for: goods, reasons, or all that is left.

    ``names``: what categories and articles are called, by path and number.
    """
    goods = [names.get(one, one) for one in (*row.categories, *row.skus)]
    reasons = getattr(row, "reasons", ())
    said = [pgettext("in a list", ", ").join(goods)] if goods else []
    if reasons and set(reasons) <= set(FAULTS):
        said.append(_("Faulty, damaged, wrong or not as described"))
    elif reasons:
        said.append(pgettext("in a list", ", ").join(reason_label(one) for one in reasons))
    return " · ".join(said) or _("All other goods")


def rule_line(rule: Rule) -> str:
    """Return one rule's terms in a line, without whom it is for."""
    if not rule.return_days and not rule.exchange_days:
        return _("Not taken back.")
    said = []
    if rule.return_days:
        said.append(
            ngettext("Return within %(days)s day.", "Return within %(days)s days.",
                     rule.return_days) % {"days": rule.return_days}
        )  # fmt: skip
    if rule.exchange_days:
        said.append(
            ngettext("Exchange within %(days)s day.", "Exchange within %(days)s days.",
                     rule.exchange_days) % {"days": rule.exchange_days}
        )  # fmt: skip
    said += [accepted(rule.condition), pays(rule.payer)]
    if rule.fee_percent:
        said.append(fee(rule.fee_percent))
    text = said[0]
    for more in said[1:]:
        text = pgettext("two sentences", "%(first)s %(second)s") % {"first": text, "second": more}
    return text


def warranty_line(warranty: Warranty) -> str:
    """Return one warranty in a line."""
    return ngettext(
        "Warranty of %(months)s month: %(remedies)s.",
        "Warranty of %(months)s months: %(remedies)s.",
        warranty.months,
    ) % {"months": warranty.months, "remedies": remedies(warranty.remedies)}


def shipping_line(policy: Policy) -> str:
    """Return when orders leave the shop."""
    hour = policy.cut_off.strftime("%H:%M")
    return _("Ordered by %(hour)s on a working day, it leaves the shop the same day.") % {
        "hour": hour
    }
