"""Buyers' reviews in words, for who wrote them and for the shop."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import BuyerReview
from catalog.models.buyer_review import Showing
from catalog.presenting.cards import picture_url

TONES = {Showing.SHOWN: "good", Showing.HELD: "warn", Showing.REFUSED: "bad"}


def review_row(own: BuyerReview) -> dict[str, Any]:
    """Return a buyer's review; uses prefetched pictures."""
    return {
        "pk": own.pk,
        "product": own.line.title,
        "stars": own.stars,
        "title": own.title,
        "body": own.body,
        "author": own.author,
        "state": own.state,
        "state_label": Showing(own.state).label,
        "tone": TONES[Showing(own.state)],
        "why": pgettext("between two of a list", ", ").join(concern(one) for one in own.why),
        "changed_at": own.changed_at,
        "pictures": [{"pk": one.pk, "url": picture_url(one.file)} for one in own.pictures.all()],
        "url": reverse("order_review", args=[own.line.order.number, own.line_id]),
    }


def concern(code: str) -> str:
    """Say for what a look is needed."""
    return {
        "link": _("a link"),
        "contact": _("ways to reach somebody"),
        "insult": _("an insult"),
        "markup": _("markup"),
        "noise": _("text that is hard to read"),
        "picture": _("pictures"),
    }.get(code, code)


def not_written(code: str) -> str:
    """Say why there is no review."""
    return {
        "not_delivered": _("You can review it once it has been delivered."),
        "no_product": _("The shop no longer sells this, so it cannot be reviewed."),
        "stars": _("Give one to five stars."),
    }.get(code, _("That did not work. Reload the page and try again."))
