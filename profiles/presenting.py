"""Privacy in words: what each switch means, and how much is known."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from profiles.consenting import Held
from profiles.exporting import count
from profiles.models import Purpose
from profiles.tracing import Person
from shopguide.accounts.models import Shopper


def switches(held: Held) -> list[dict[str, Any]]:
    """Return each purpose with what it means and whether it is agreed to."""
    return [
        {
            "code": purpose.value,
            "name": purpose.label,
            "text": meaning(purpose),
            "on": getattr(held, purpose.value),
        }
        for purpose in Purpose
    ]


def meaning(purpose: Purpose) -> str:
    """Say what somebody agrees to."""
    return {
        Purpose.PERSONALISATION: _(
            "What you look at and buy may order what you are shown. Off: everybody sees the same."
        ),
        Purpose.MARKETING: _(
            "Shops may write to you about offers, by email or the ways you choose below. Letters"
            " about your orders come either way."
        ),
        Purpose.MEDIA: _(
            "Pictures and speech you send to the assistant may be kept to answer you. Off: they"
            " are used for the answer and thrown away."
        ),
        Purpose.TRAINING: _(
            "What you search and write may, without your name, improve the models of this market"
            " place."
        ),
    }[purpose]


def known_about(shopper: Shopper | None) -> list[dict[str, Any]]:
    """Return how many rows of each kind there are; kinds without any are left out."""
    if shopper is None:
        return []
    counts = count(Person(shopper.user, shopper))
    names = kinds()
    rows: dict[str, int] = {}
    for table, number in counts.items():
        name = names.get(table, _("Other records"))
        rows[name] = rows.get(name, 0) + number
    return [{"name": name, "count": number} for name, number in sorted(rows.items()) if number]


def kinds() -> dict[str, str]:
    """Return what the rows of a table are to a shopper."""
    return {
        "accounts_user": _("Account"),
        "account_emailaddress": _("Account"),
        "accounts_shopper": _("Account"),
        "accounts_membership": _("Places in shops"),
        "mfa_authenticator": _("Second steps of sign-in"),
        "usersessions_usersession": _("Devices signed in"),
        "django_session": _("Devices signed in"),
        "catalog_cart": _("Cart"),
        "catalog_cartline": _("Cart"),
        "catalog_order": _("Orders"),
        "catalog_orderline": _("Things ordered"),
        "catalog_orderevent": _("Steps of orders"),
        "catalog_return": _("Returns"),
        "catalog_address": _("Addresses"),
        "catalog_wishitem": _("Favourites"),
        "catalog_alert": _("Alerts"),
        "catalog_letter": _("Letters"),
        "catalog_buyerreview": _("Reviews"),
        "profiles_consent": _("Choices about privacy"),
        "profiles_contact": _("How shops may write to you"),
        "profiles_muted": _("Shops you want to hear nothing of"),
        "marketing_send": _("Offers sent to you"),
        "marketing_notice": _("Messages of shops"),
        "marketing_sharelink": _("Links you shared"),
        "marketing_sharevisit": _("Shared links you opened"),
        "marketing_grouplist": _("Lists with others"),
        "marketing_groupmember": _("Lists with others"),
        "marketing_groupitem": _("Lists with others"),
        "profiles_event": _("What you looked at and searched for"),
        "profiles_taste": _("What we take your taste to be"),
        "profiles_interest": _("What we take your taste to be"),
        "profiles_signal": _("What we take your taste to be"),
        "profiles_stance": _("What you told us of your taste"),
        "profiles_portrait": _("What we take your taste to be"),
        "profiles_following": _("People you follow, or who follow you"),
        "profiles_trace": _("Lists made for you"),
        "profiles_exposure": _("Experiments you took part in"),
        "profiles_export": _("Exports"),
    }
