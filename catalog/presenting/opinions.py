"""What reviews say, in the reader's words: sentences with exact counts, and filters as links.

Each sentence leads to the very reviews it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import Feeling, Review
from catalog.opinions.digesting import Digest, Statement
from catalog.reviewing import BAD, GOOD, ReviewPage, Wanted

ASPECT_NAMES = {
    "fit": gettext_lazy("fit and size"),
    "quality": gettext_lazy("quality"),
    "durability": gettext_lazy("durability"),
    "comfort": gettext_lazy("comfort"),
    "looks": gettext_lazy("looks"),
    "smell": gettext_lazy("smell"),
    "taste": gettext_lazy("taste"),
    "function": gettext_lazy("how it works"),
    "battery": gettext_lazy("battery"),
    "sound": gettext_lazy("sound"),
    "price": gettext_lazy("price"),
    "delivery": gettext_lazy("delivery and packaging"),
    "service": gettext_lazy("service"),
    "warmth": gettext_lazy("warmth"),
    "size_room": gettext_lazy("weight and room"),
    "care": gettext_lazy("care and cleaning"),
}
KIND_NAMES = {"verified": gettext_lazy("Bought here"), "pictured": gettext_lazy("With pictures")}
LANGUAGE_NAMES = {"zh-hans": "中文", "en": "English"}
MOST_ASPECTS = 8


def aspect_name(aspect: str) -> str:
    """Return an aspect in the reader's words."""
    return str(ASPECT_NAMES.get(aspect, aspect))


def address(url: str, wanted: Wanted, page: int = 1) -> str:
    """Return where the wanted reviews are shown."""
    asked = {
        "stars": wanted.stars or "",
        "feeling": wanted.feeling,
        "aspect": wanted.aspect,
        "said": wanted.said if wanted.aspect else "",
        "in": wanted.language,
        "kind": wanted.kind,
        "words": wanted.words,
        "order": wanted.order,
        "reviews": page if page > 1 else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{url}{'?' if query else ''}{query}#reviews"


def digest_of(found: Digest, url: str) -> dict[str, Any]:
    """Return the digest as a template shows it: the sentences, or nothing below the minimum."""
    return {
        "judged": found.judged,
        "sentences": [sentence(one, url) for one in found.statements],
    }


def sentence(one: Statement, url: str) -> dict[str, Any]:
    """Return what is said of one aspect: the majority first, and a minority where there is one."""
    parts = [praise(one), blame(one)]
    if one.polarity < 0:
        parts.reverse()
    links = {GOOD: Wanted(aspect=one.aspect, said=GOOD), BAD: Wanted(aspect=one.aspect, said=BAD)}
    return {
        "aspect": aspect_name(one.aspect),
        "polarity": one.polarity,
        "good": len(one.good),
        "bad": len(one.bad),
        "count": len(one.reviews),
        "parts": [
            {"said": said, "text": text, "url": address(url, links[said]), "reviews": reviews}
            for said, text, reviews in parts
            if reviews
        ],
    }


def praise(one: Statement) -> tuple[str, str, tuple[int, ...]]:
    """Say how many praise it, of those who speak of it."""
    text = ngettext(
        "%(some)s of %(all)s praises it", "%(some)s of %(all)s praise it", len(one.good)
    )
    return GOOD, text % {"some": len(one.good), "all": len(one.reviews)}, one.good


def blame(one: Statement) -> tuple[str, str, tuple[int, ...]]:
    """Say how many find fault with it, of those who speak of it."""
    text = ngettext(
        "%(some)s of %(all)s finds fault", "%(some)s of %(all)s find fault", len(one.bad)
    )
    return BAD, text % {"some": len(one.bad), "all": len(one.reviews)}, one.bad


def filters_of(found: ReviewPage, url: str) -> list[dict[str, Any]]:
    """Return the filters that would show some reviews but not all, as groups of links."""
    wanted, told = found.wanted, found.digest or Digest({}, ())
    groups = [
        group(_("Stars"), [star_link(found, url, stars) for stars in (5, 4, 3, 2, 1)]),
        group(_("Kind"), [kind_link(found, url, kind) for kind in KIND_NAMES]),
        group(_("Mood"), [mood_link(told, wanted, url, mood) for mood in Feeling]),
        group(_("About"), [about_link(one, wanted, url) for one in told.aspects[:MOST_ASPECTS]]),
        group(_("Language"), [language_link(found, url, code) for code in sorted(found.languages)]),
    ]
    written = sum(found.languages.values())
    return [one for one in groups if any(v["on"] or v["count"] < written for v in one["values"])]


def group(name: str, values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a group with the values that lead somewhere."""
    return {"name": name, "values": [one for one in values if one["count"] or one["on"]]}


def orders_of(wanted: Wanted, url: str) -> list[dict[str, Any]]:
    """Return the orders that reviews can be read in, as links that keep the filter."""
    names = {
        "": _("Your language first"),
        "newest": _("Newest first"),
        "highest": _("Most stars first"),
        "lowest": _("Fewest stars first"),
    }
    return [
        {
            "name": name,
            "url": address(url, replace(wanted, order=order)),
            "on": order == wanted.order,
        }
        for order, name in names.items()
    ]


def star_link(found: ReviewPage, url: str, stars: int) -> dict[str, Any]:
    """Return the link to reviews with so many stars, or back to all."""
    on = found.wanted.stars == stars
    name = ngettext("%(stars)s star", "%(stars)s stars", stars) % {"stars": stars}
    target = Wanted(stars=0 if on else stars, order=found.wanted.order)
    count = found.written.get(stars, 0)
    return {"name": name, "count": count, "on": on, "url": address(url, target)}


def kind_link(found: ReviewPage, url: str, kind: str) -> dict[str, Any]:
    """Return the link to reviews of buyers, or with pictures, or back to all."""
    on = found.wanted.kind == kind
    target = Wanted(kind="" if on else kind, order=found.wanted.order)
    count = found.kinds.get(kind, 0)
    return {"name": str(KIND_NAMES[kind]), "count": count, "on": on, "url": address(url, target)}


def mood_link(told: Digest, wanted: Wanted, url: str, mood: Feeling) -> dict[str, Any]:
    """Return the link to reviews that feel so, or back to all."""
    on = wanted.feeling == mood.value
    target = Wanted(feeling="" if on else mood.value, order=wanted.order)
    count = told.feelings.get(mood.value, 0)
    return {"name": str(mood.label), "count": count, "on": on, "url": address(url, target)}


def about_link(one: Statement, wanted: Wanted, url: str) -> dict[str, Any]:
    """Return the link to reviews that speak of an aspect, or back to all."""
    on = wanted.aspect == one.aspect
    target = Wanted(aspect="" if on else one.aspect, order=wanted.order)
    return {
        "name": aspect_name(one.aspect),
        "count": len(one.reviews),
        "on": on,
        "url": address(url, target),
    }


def language_link(found: ReviewPage, url: str, code: str) -> dict[str, Any]:
    """Return the link to reviews in a language, or back to all."""
    on = bool(code) and found.wanted.language == code
    target = Wanted(language="" if on else code, order=found.wanted.order)
    count = found.languages[code] if code in LANGUAGE_NAMES else 0
    return {"name": LANGUAGE_NAMES.get(code, code), "count": count, "on": on,
            "url": address(url, target)}  # fmt: skip


def marked(review: Review, places: Sequence[tuple[int, int]]) -> tuple[SafeString, SafeString]:
    """Return a review's title and body with the words at these places marked; all is escaped."""
    offset = len(review.title) + 1
    return (
        _marked(review.title, [(start, min(end, offset - 1)) for start, end in places]),
        _marked(review.body, [(start - offset, end - offset) for start, end in places]),
    )


def _marked(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end in sorted(places):
        if start < last or end > len(text) or start >= end:
            continue
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))  # noqa: S308
