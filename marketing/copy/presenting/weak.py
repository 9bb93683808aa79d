"""Weak texts in words: what is wrong, the figures that show it, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Attribute
from catalog.presenting.cards import picture_url
from catalog.presenting.facts import fact_name
from catalog.presenting.naming import html_lang
from catalog.presenting.opinions import aspect_name
from marketing.copy.presenting.drafts import LANGUAGES, channel_label
from marketing.copy.weighing import DAYS, Reason, Weak


def weak_row(weak: Weak, definitions: dict[str, Attribute]) -> dict[str, Any]:
    """Return one weak text as the list shows it; uses the prefetched product."""
    product = weak.product
    text = next((t for t in product.texts.all() if t.locale == weak.locale and not t.arm), None)
    media = list(product.media.all())
    return {
        "pk": product.pk, "title": text.title if text else product.title, "sku": product.sku,
        "locale": weak.locale, "language": LANGUAGES.get(weak.locale, weak.locale),
        "lang": html_lang(text.locale if text else ""),
        "image_url": picture_url(media[0].file) if media else "",
        "channel": weak.channel, "place": channel_label(weak.channel), "shown": weak.shown,
        "days": DAYS, "reasons": [said(one, definitions) for one in weak.reasons],
        "missing": text is None,
    }  # fmt: skip


def said(reason: Reason, definitions: dict[str, Attribute]) -> dict[str, str]:
    """Return a reason as a short name and the evidence in a sentence."""
    known = dict(reason.evidence)
    if "attribute" in known:
        known["name"] = fact_name(known["attribute"], definitions.get(known["attribute"]))
    if "aspect" in known:
        known["name"] = aspect_name(known["aspect"])
    name, sentence = WORDS[reason.code]()
    return {"code": reason.code, "name": name, "evidence": sentence % known}


WORDS = {
    "missing": lambda: (
        _("No text in this language"),
        _("Shoppers who read it see the other language."),
    ),
    "empty": lambda: (_("No description"), _("The page shows a title and facts alone.")),
    "thin": lambda: (
        _("Thin"),
        _("%(length)d characters; below %(usual)d a description leaves questions open."),
    ),
    "same": lambda: (_("Not its own"), _("Another product has the very same description.")),
    "sentences": lambda: (
        _("Hard to read"),
        _("The longest sentence runs on for %(longest)d words or characters."),
    ),
    "title": lambda: (
        _("Title"),
        _("%(length)d characters, or all in capitals: lists cut it and people skip it."),
    ),
    "asked": lambda: (
        _("Silent on what is asked"),
        _("“%(words)s” and the like were searched %(searches)d times; it does not say: %(name)s."),
    ),
    "complained": lambda: (
        _("Buyers expected something else"),
        _("%(bad)d of %(total)d reviews that speak of it find fault: %(name)s."),
    ),
    "unseen": lambda: (
        _("Seldom opened"),
        _("Shown %(shown)d times, opened %(opened)d: %(rate)s%%, your usual is %(usual)s%%."),
    ),
}
