"""The messages themselves: an email in text and plain HTML, a notice for app and site.

For the sender and for the preview. The shop's words are as they were released; titles, prices,
stock and the coupon's terms are read at the moment of writing. No pictures, nothing that tells the
sender when it was opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalog.models import Coupon
from catalog.presenting.buying import coupon_row
from catalog.presenting.cards import product_url
from catalog.presenting.letters import absolute
from catalog.presenting.money import money
from catalog.presenting.naming import reader as language_now
from catalog.search.featuring import hits_of
from catalog.search.offering import Hit
from marketing.models import Campaign, Notice, Send, Way
from marketing.reaching.stopping import word_for
from profiles.contacting import Manner
from profiles.reasons import numbers, reason
from profiles.recommending import Recommended, listed
from shopguide.accounts.models import Shopper

# How many things that fit its reader an email adds, chosen of so many.
ADDED, OF = 3, 60


@dataclass(frozen=True)
class Links:
    """Where a message leads; a preview's lead to the same pages and count nothing."""

    product: Callable[[Hit], str]
    shop: str
    stop: str
    settings: str


def links_of(send: Send) -> Links:
    """Return the links of one person's message."""
    token = send.token

    def product(hit: Hit) -> str:
        return absolute(reverse("offer_open", args=[token, hit.product]))

    return Links(
        product,
        absolute(reverse("offer_open", args=[token, 0])),
        absolute(reverse("offer_stop", args=[word_for(send)])),
        absolute(reverse("offers")),
    )


def preview_links(campaign: Campaign) -> Links:
    """Return links that count nothing and stop nothing."""
    shop = reverse("shop", args=[campaign.merchant.slug])
    return Links(lambda hit: product_url(hit.merchant, hit.sku), shop, "#stop", "#settings")


def words_of(campaign: Campaign, language: str, way: str) -> tuple[str, dict[str, str]] | None:
    """Return the language and the words for a reader: theirs, else another there are words in."""
    needed = ("subject", "body") if way == Way.EMAIL else ("title", "line")
    for locale in (language, *(code for code in campaign.texts if code != language)):
        words = campaign.texts.get(locale) or {}
        if all(words.get(part) for part in needed):
            return locale, words
    return None


def page_of(
    campaign: Campaign, words: dict[str, str], links: Links, reader: Shopper | None
) -> dict[str, Any]:
    """Return what an email says in the language that is active."""
    currency = settings.CURRENCY_OF_LANGUAGE.get(language_now(), "USD")
    hits = hits_of(campaign.products, currency)
    about = [hits[pk] for pk in campaign.products if pk in hits]
    mine = [hit for hit in about if hit.merchant == campaign.merchant.slug]
    return {
        "subject": " ".join(words["subject"].split()),
        "preview": words.get("preview", ""),
        "said": [line for line in words["body"].splitlines() if line.strip()],
        "products": [row_of(hit, links) for hit in mine],
        "added": added(campaign, reader, currency, links) if reader and campaign.personal else [],
        "coupon": coupon_said(campaign.coupon) if campaign.coupon else None,
        "shop": campaign.merchant.name,
        "shop_url": links.shop,
        "stop": links.stop,
        "settings": links.settings,
        "generated": bool(words.get("writer")),
        "why": _("You get this letter because you agreed to offers from shops and know %(shop)s.")
        % {"shop": campaign.merchant.name},
    }


def row_of(hit: Hit, links: Links, why: str = "") -> dict[str, str]:
    """Return a product as a line of a letter."""
    return {
        "title": hit.title(language_now())[0],
        "price": money(hit.amount, hit.currency),
        "url": links.product(hit),
        "why": why,
    }


def added(campaign: Campaign, reader: Shopper, currency: str, links: Links) -> list[dict[str, str]]:
    """Return what else of this shop fits its reader, each with the reason."""
    found = listed(reader, limit=OF, without=campaign.products, context="email").items
    hits = hits_of(numbers(found), currency)
    fitting: Sequence[Recommended] = [
        one
        for one in found
        if one.product in hits and hits[one.product].merchant == campaign.merchant.slug
    ][:ADDED]
    return [row_of(hits[one.product], links, reason(one, hits)) for one in fitting]


def coupon_said(coupon: Coupon) -> dict[str, str] | None:
    """Return a coupon with its terms as they are now; None if it no longer holds."""
    now = timezone.now()
    over = coupon.ends_at is not None and coupon.ends_at <= now
    used_up = coupon.most_uses is not None and coupon.used >= coupon.most_uses
    if not coupon.active or over or used_up:
        return None
    row = coupon_row(coupon)
    off = (
        row["value"] if coupon.kind == "shipping" else _("%(value)s off") % {"value": row["value"]}
    )
    return {"code": row["code"], "value": off, "minimum": row["minimum"],
            "until": coupon.ends_at}  # fmt: skip


def email_of(
    send: Send, manner: Manner, address: str, *, reader: Shopper | None
) -> EmailMultiAlternatives | None:
    """Return the email for one person, ready to be sent; None if there are no words for it.

    ``reader``: whom recommendations may be made for: only who agreed to be known.
    """
    found = words_of(send.campaign, manner.language, Way.EMAIL)
    if found is None:
        return None
    language, words = found
    with translation.override(language):
        page = page_of(send.campaign, words, links_of(send), reader)
        message = written(page, language)
    message.to = [address]
    message.extra_headers |= {
        "List-Unsubscribe": f"<{page['stop']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<{send.token}@{settings.SITE_URL.partition('://')[2].partition(':')[0]}>",
        "Precedence": "bulk",
    }
    if send.campaign.merchant.email:
        message.reply_to = [send.campaign.merchant.email]
    return message


def written(page: dict[str, Any], language: str) -> EmailMultiAlternatives:
    """Return a page as a message with its two parts; the language is active."""
    said = {"letter": page | {"language": language}}
    text = render_to_string("marketing/mail/campaign.txt", said)
    message = EmailMultiAlternatives(page["subject"], text, headers={"Content-Language": language})
    message.attach_alternative(render_to_string("marketing/mail/campaign.html", said), "text/html")
    return message


def notice_of(send: Send, manner: Manner) -> Notice | None:
    """Return the notice for one person's list, not saved; None if there are no words for it."""
    campaign = send.campaign
    found = words_of(campaign, manner.language, send.way)
    if found is None:
        return None
    language, words = found
    first = campaign.products[0] if campaign.products else 0
    with translation.override(language):
        coupon = coupon_said(campaign.coupon) if campaign.coupon else None
    return Notice(
        shopper_id=send.shopper_id, merchant=campaign.merchant, send=send, language=language,
        title=words["title"][:120], body=words["line"][:400],
        path=reverse("offer_open", args=[send.token, first]),
        until=campaign.until or timezone.now(),
        code=coupon["code"] if coupon else "", banner=send.way == Way.SITE,
    )  # fmt: skip
