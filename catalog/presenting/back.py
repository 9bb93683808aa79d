"""Returns in words, for both sides: what may come back, what was asked, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Return, ReturnLine, Variant
from catalog.models.back import ReturnKind, ReturnState
from catalog.orders.asking import LineNow, NotReturned
from catalog.orders.picturing import MOST, NotAPicture
from catalog.orders.returning import NEXT
from catalog.orders.sharing import RefundSum
from catalog.policies.deciding import Decision, Why
from catalog.policies.terms import Reason
from catalog.presenting.buying import option_words, options_of
from catalog.presenting.cards import picture_url
from catalog.presenting.money import money
from catalog.presenting.policies import (
    condition_label,
    day_of,
    pays,
    reason_label,
    sentences,
    verdict,
    way_label,
)

TONES = {
    ReturnState.REJECTED: "bad",
    ReturnState.WITHDRAWN: "",
    ReturnState.REFUNDED: "good",
    ReturnState.EXCHANGED: "good",
}


def line_rules(now: LineNow) -> list[str]:
    """Return in a few words what the rules say of a line: return, exchange, warranty."""
    back, other, fault = now.returns(), now.exchanges(), now.warranty()
    said = []
    if back.allowed:
        said.append(_("Return until %(day)s") % {"day": day_of(back.until)})
    if other.allowed:
        said.append(_("Exchange until %(day)s") % {"day": day_of(other.until)})
    if fault.allowed:
        said.append(_("Warranty until %(day)s") % {"day": day_of(fault.until)})
    if said or back.why in (Why.NOT_DELIVERED, Why.CANCELLED):
        return said
    return [verdict(back)]


def rules_allow(now: LineNow) -> bool:
    """Tell whether any of the rules lets a line come back."""
    return any(one.allowed for one in (now.returns(), now.exchanges(), now.returns(Reason.FAULTY)))


def why_not_back(now: LineNow) -> list[str]:
    """Return why a line cannot be given back, nothing if it can or that is said already."""
    back = now.returns()
    said = [] if back.allowed else [verdict(back)]
    return [one for one in said if one not in line_rules(now)]


def form_lines(
    form: Any, lines: Iterable[LineNow], choices: Mapping[int, Iterable[Variant]]
) -> list[dict[str, Any]]:
    """Return the lines of the return form with their fields and what the rules say of each."""
    found = []
    for now in lines:
        line, pk = now.line, now.line.pk
        wanted, possible = f"wanted-{pk}", now.bought.left and rules_allow(now)
        if wanted in form.fields:
            form.fields[wanted].choices = [
                (one.pk, options_of(one) or line.title) for one in choices[pk]
            ]
        found.append(
            {
                "title": line.title,
                "options": option_words(line.options),
                "image_url": picture_url(line.picture) if line.picture else "",
                "left": now.bought.left,
                "quantity": form[f"quantity-{pk}"] if possible else None,
                "wanted": form[wanted] if wanted in form.fields else None,
                "rules": [*why_not_back(now), *line_rules(now)],
                "facts": sentences(now.returns()) if now.returns().allowed else [],
            }
        )
    return found


def return_row(back: Return) -> dict[str, Any]:
    """Return one return of a list; uses prefetched lines."""
    return {
        "number": back.number,
        "order": back.order.number,
        "kind": ReturnKind(back.kind).label,
        "state": back.state,
        "state_label": ReturnState(back.state).label,
        "tone": TONES.get(ReturnState(back.state), "warn"),
        "reason": reason_label(back.reason),
        "condition": condition_label(back.condition),
        "way": way_label(back.way),
        "asked_at": back.asked_at,
        "lines": [back_line(one) for one in back.lines.all()],
        "note": back.note,
        "answer": back.answer,
        "parcel": " ".join(filter(None, [back.carrier, back.tracking])),
        "sent_parcel": " ".join(filter(None, [back.sent_carrier, back.sent_tracking])),
        "pays": " ".join(dict.fromkeys(pays(one.payer) for one in back.lines.all())),
        "may_withdraw": ReturnState.WITHDRAWN in NEXT[back.state],
        "may_send": back.state == ReturnState.APPROVED,
    }


def back_line(line: ReturnLine) -> dict[str, Any]:
    """Return a line that comes back."""
    return {
        "pk": line.pk,
        "title": line.line.title,
        "sku": line.line.sku,
        "options": option_words(line.line.options),
        "quantity": line.quantity,
        "wanted": options_of(line.wanted) or line.wanted.sku if line.wanted else "",
        "rule": line.rule,
        "restocked": line.restocked,
    }


def refund_lines(worth: RefundSum, currency: str) -> list[dict[str, str]]:
    """Return the working of a refund."""
    rows = [{"label": _("Goods, coupons taken off"), "value": money(worth.items, currency)}]
    if worth.fee:
        rows.append({"label": _("Kept by the rules"), "value": f"−{money(worth.fee, currency)}"})
    if worth.kept:
        rows.append({"label": _("Kept for lost value"), "value": f"−{money(worth.kept, currency)}"})
    if worth.shipping:
        rows.append({"label": _("Shipping"), "value": money(worth.shipping, currency)})
    return [*rows, {"label": _("Goes back"), "value": money(worth.total, currency), "total": "yes"}]


def shop_steps(back: Return) -> list[dict[str, str]]:
    """Return what the shop may do next, the likeliest first."""
    labels = {
        ReturnState.APPROVED: _("Approve"),
        ReturnState.RECEIVED: _("The goods are here"),
        ReturnState.REFUNDED: _("Pay back")
        if back.state == ReturnState.RECEIVED
        else _("Pay back without waiting for the goods"),
        ReturnState.EXCHANGED: _("The replacement is on its way"),
        ReturnState.REJECTED: _("Reject"),
    }
    other = ReturnState.EXCHANGED if back.kind == ReturnKind.REFUND else ReturnState.REFUNDED
    return [
        {"state": state, "label": labels[ReturnState(state)]}
        for state in NEXT[back.state]
        if state not in (other, ReturnState.WITHDRAWN)
    ]


def picture_links(back: Return, url: str) -> list[dict[str, str]]:
    """Return where the pictures of a return are shown; ``url`` is the return's own."""
    return [{"url": f"{url}pictures/{one.pk}/"} for one in back.pictures.all()]


def why_not(error: NotReturned) -> str:
    """Say why nothing was asked for, and by which rule."""
    title = error.line.title if error.line else ""
    if error.code == "refused" and error.decision is not None:
        return f"{title}: {decided(error.decision)}"
    said = {
        "empty": _("Say how many of what comes back."),
        "no_such_line": _("This is not part of the order."),
        "way": _("The money cannot go back this way. Choose another one."),
        "wanted": _("Choose what you want in its place; only what costs no more can be sent."),
        "not_enough": _("What is wanted in its place is sold out by now."),
    }
    reason = said.get(error.code, _("That did not work. Reload the page and try again."))
    return f"{title}: {reason}" if title else reason


def decided(decision: Decision) -> str:
    """Return a verdict as one text."""
    return " ".join(sentences(decision))


def not_a_picture(error: NotAPicture) -> str:
    """Say why a picture is not taken."""
    if error.fault is None:
        return _("At most %(most)d pictures at once.") % {"most": MOST}
    return f"{error.name}: " + " ".join(_(part) for part in error.fault.value)


def return_url(back: Return) -> str:
    """Return the address of a return for its shopper."""
    return reverse("order", args=[back.order.number]) + f"#return-{back.number}"
