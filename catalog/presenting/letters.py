"""Letters in words: subject, text and plain HTML, in the shopper's language.

For the sender. Facts come from the rows at the moment of sending; one template serves all kinds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.models import Letter, Order
from catalog.models.letter import LetterKind
from catalog.presenting.buying import address_lines, option_words, order_sums
from catalog.presenting.money import money

WITH_LINES = (LetterKind.PLACED, LetterKind.SHIPPED, LetterKind.CANCELLED)


def compose(letter: Letter) -> EmailMultiAlternatives:
    """Return the message, ready to be sent."""
    known = {code for code, _name in settings.LANGUAGES}
    language = letter.language if letter.language in known else settings.LANGUAGE_CODE
    with translation.override(language):
        page = {**page_of(letter), "language": language}
        text = render_to_string("mail/letter.txt", {"letter": page})
        html = render_to_string("mail/letter.html", {"letter": page})
    headers = {"Content-Language": language, "Auto-Submitted": "auto-generated"}
    if stop := page.get("stop"):
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = " ".join(str(page["subject"]).split())
    message = EmailMultiAlternatives(subject, text, to=[letter.to], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def page_of(letter: Letter) -> dict[str, Any]:
    """Return what a letter says."""
    if letter.order is None:
        return of_alert(letter)
    return of_order(letter, letter.order)


def of_order(letter: Letter, order: Order) -> dict[str, Any]:
    """Return what a letter about an order says."""
    kind = LetterKind(letter.kind)
    subject, *said = WORDS[kind](order, letter.facts)
    lines = order.lines.all() if kind in WITH_LINES else []
    return {
        "subject": subject,
        "shop": order.merchant.name,
        "said": [one for one in said if one],
        "lines": [
            {
                "title": line.title,
                "options": option_words(line.options),
                "quantity": line.quantity,
                "total": money(line.amount, order.currency),
            }
            for line in lines
        ],
        "sums": order_sums(order) if kind == LetterKind.PLACED else [],
        "address": address_lines(order.address) if kind == LetterKind.PLACED else [],
        "link": absolute(reverse("order", args=[order.number])),
        "link_label": _("See the order"),
        "why": _("You get this letter because you ordered from %(shop)s.")
        % {"shop": order.merchant.name},
    }


def absolute(path: str) -> str:
    """Return an address that works outside the site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


# --- What each kind says: the subject, then sentences --------------------------------------------
def placed(order: Order, facts: dict[str, Any]) -> list[str]:
    """Confirm an order."""
    return [
        _("Your order %(number)s") % {"number": order.number},
        _("%(shop)s has your order. We write again when it is on its way.")
        % {"shop": order.merchant.name},
    ]


def shipped(order: Order, facts: dict[str, Any]) -> list[str]:
    """Say that it is on its way."""
    parcel = " ".join(filter(None, [order.carrier, order.tracking]))
    return [
        _("Your order %(number)s is on its way") % {"number": order.number},
        _("%(shop)s has handed over your parcel.") % {"shop": order.merchant.name},
        _("Parcel: %(parcel)s") % {"parcel": parcel} if parcel else "",
    ]


def delivered(order: Order, facts: dict[str, Any]) -> list[str]:
    """Say that it has arrived."""
    return [
        _("Your order %(number)s has arrived") % {"number": order.number},
        _("If something is not right, the page of the order says what can be returned, and until"
          " when. There you can also write a review."),
    ]  # fmt: skip


def cancelled(order: Order, facts: dict[str, Any]) -> list[str]:
    """Say that nothing comes."""
    return [
        _("Your order %(number)s is cancelled") % {"number": order.number},
        _("Nothing will be sent. What you paid goes back the way it came."),
    ]


def return_asked(order: Order, facts: dict[str, Any]) -> list[str]:
    """Confirm that a return was asked for."""
    return [
        _("Your return %(number)s") % {"number": facts["number"]},
        _("%(shop)s has your request and will answer it.") % {"shop": order.merchant.name},
    ]


def return_decided(order: Order, facts: dict[str, Any]) -> list[str]:
    """Tell the shop's answer."""
    if facts.get("approved"):
        return [
            _("Your return %(number)s is approved") % {"number": facts["number"]},
            _("Send it to the shop and enter the parcel on the page of the order."),
            facts.get("answer", ""),
        ]
    return [
        _("Your return %(number)s is rejected") % {"number": facts["number"]},
        _("The shop does not take it back."),
        facts.get("answer", ""),
    ]


def refunded(order: Order, facts: dict[str, Any]) -> list[str]:
    """Say how much goes back."""
    amount = money(Decimal(facts["amount"]), order.currency)
    return [
        _("Your money back for %(number)s") % {"number": order.number},
        _("%(amount)s goes back to you.") % {"amount": amount},
        facts.get("answer", ""),
    ]


def replaced(order: Order, facts: dict[str, Any]) -> list[str]:
    """Say that the replacement is on its way."""
    parcel = " ".join(filter(None, [facts.get("carrier"), facts.get("tracking")]))
    return [
        _("Your replacement is on its way"),
        _("%(shop)s has handed over your parcel.") % {"shop": order.merchant.name},
        _("Parcel: %(parcel)s") % {"parcel": parcel} if parcel else "",
    ]


WORDS = {
    LetterKind.PLACED: placed,
    LetterKind.SHIPPED: shipped,
    LetterKind.DELIVERED: delivered,
    LetterKind.CANCELLED: cancelled,
    LetterKind.RETURN_ASKED: return_asked,
    LetterKind.RETURN_DECIDED: return_decided,
    LetterKind.REFUNDED: refunded,
    LetterKind.REPLACED: replaced,
}


def of_alert(letter: Letter) -> dict[str, Any]:
    """Return what a letter about a watched product says."""
    facts = letter.facts
    price = money(Decimal(facts["amount"]), facts["currency"]) if facts.get("amount") else ""
    title = facts["titles"].get(translation.get_language()) or next(iter(facts["titles"].values()))
    if letter.kind == LetterKind.PRICE_BELOW:
        subject = _("%(title)s costs %(price)s now") % {"title": title, "price": price}
        said = _("It fell to the price you asked to be told of.")
    else:
        subject = _("%(title)s is back in stock") % {"title": title}
        said = _("You asked to be told. Nothing is reserved for you.")
    return {
        "subject": subject,
        "shop": facts["shop"],
        "said": [said, _("Price now: %(price)s") % {"price": price} if price else ""],
        "link": absolute(facts["path"]),
        "link_label": _("See the product"),
        "why": _("You get this letter because you asked to be told, once. It is over with this."),
        "stop": absolute(facts["stop"]),
    }
