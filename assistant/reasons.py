"""Why a product is offered: what it states of the wishes, its own sentence, praise, stars.

For finding. Every reason is read from the database in the same turn; nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from assistant.bearing import quoted_for, room_in, told_of
from assistant.slots import Seen
from assistant.understanding.wishing import Phrase
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import AspectMention, SearchDocument
from catalog.presenting.money import money, stars
from catalog.presenting.opinions import aspect_name
from catalog.search.constraining import with_narrower
from catalog.search.offering import Hit
from catalog.search.understanding import Need, Slot

# Of so many mentions of an aspect, this share must be praise to be a reason.
FEWEST_MENTIONS, MOSTLY = 3, 0.75
GOOD_STARS, FEWEST_REVIEWS = Decimal("4.3"), 3
# Which wish an aspect of reviews answers to.
WISHES = {
    "comfortable": "comfort", "soft": "comfort", "warm": "warmth", "durable": "durability",
    "lightweight": "size_room", "quiet": "sound", "long-battery": "battery",
}  # fmt: skip
# What is worth telling of a product that fits no wish in so many words.
TELLING = ("material", "feature", "fit", "occasion")


@dataclass(frozen=True)
class Pick:
    """A product that is offered, and why, in the reader's words."""

    hit: Hit
    reason: str = ""

    def seen(self, locale: str) -> Seen:
        """Return it as the dialogue remembers it."""
        hit = self.hit
        words = " ".join([*hit.titles.values(), *hit.codes.values()])
        return Seen(
            hit.sku, hit.title(locale)[0], hit.amount, hit.currency, hit.rating, hit.brand, words
        )

    def row(self, locale: str) -> dict[str, str]:
        """Return it as a sentence has it: name, price, reason."""
        price = money(self.hit.amount, self.hit.currency)
        return {"name": self.hit.title(locale)[0], "price": price, "reason": self.reason}

    def kept(self) -> dict[str, object]:
        """Return it as a message keeps it."""
        hit = self.hit
        return {"product": hit.product, "sku": hit.sku, "merchant": hit.merchant,
                "variant": hit.variant, "reason": self.reason}  # fmt: skip


def quoting(picks: tuple[Pick, ...], phrases: Sequence[Phrase], locale: str) -> tuple[Pick, ...]:
    """Return picks with the shop's own sentence as the reason where it bears out a wish.

    Two queries, or none.
    """
    if not phrases or not picks:
        return picks
    told, chinese = told_of(one.hit.product for one in picks), locale == "zh-hans"

    def speaking(pick: Pick) -> Pick:
        there = told.get(pick.hit.product)
        said = (quoted_for(one, there, chinese=chinese) for one in phrases if there)
        words = next(filter(None, said), "")
        room = room_in(there) if there else 0
        if room and not words and any(one.sort == "people" for one in phrases):
            return replace(pick, reason=_("for %(count)s people") % {"count": room})
        return (
            replace(pick, reason=_("the shop writes “%(words)s”") % {"words": words})
            if words
            else pick
        )

    return tuple(map(speaking, picks))


def reasoned(hits: Sequence[Hit], need: Need) -> tuple[Pick, ...]:
    """Return hits with a reason each. Two queries."""
    ids = [hit.product for hit in hits]
    facets = dict(SearchDocument.objects.filter(pk__in=ids).values_list("pk", "facets"))
    praised = praise_of(ids, need)
    return tuple(
        Pick(hit, reason(hit, need, facets.get(hit.product) or {}, praised.get(hit.product, ())))
        for hit in hits
    )


def reason(
    hit: Hit, need: Need, facets: Mapping[str, Collection[str]], praised: Sequence[str]
) -> str:
    """Return why this product: what was wished for and it states, praise, stars."""
    said = stated(need, facets, hit.codes)
    found = [*said[:2], *praised[:1]]
    if len(found) < 2 and hit.rating and hit.rating >= GOOD_STARS and hit.reviews >= FEWEST_REVIEWS:
        found.append(stars_reason(hit))
    return _(", ").join(found or plainly(facets, need.locale))


def stars_reason(hit: Hit) -> str:
    """Return how a product is rated and by how many; "" where nobody has."""
    if not (hit.rating and hit.reviews):
        return ""
    told = {"stars": stars(hit.rating), "count": hit.reviews}
    return _("%(stars)s stars from %(count)s reviews") % told


def plainly(facets: Mapping[str, Collection[str]], locale: str) -> list[str]:
    """Return one or two things that a product states, where nothing better is to be said."""
    named = {
        kind: [code for code in facets.get(kind, ()) if lexicon().value(kind, code)]
        for kind in TELLING
    }
    slots = [Slot(kind, code) for kind, codes in named.items() for code in codes[:1]]  # type: ignore[arg-type]
    return [wording(one, locale) for one in slots[:2]]


def stated(
    need: Need, facets: Mapping[str, Collection[str]], codes: Mapping[str, str]
) -> list[str]:
    """Return the wishes that a product states to fulfil, as it would be said within a sentence."""
    found: dict[str, None] = {}
    for slot in need.slots:
        if slot.negated or slot.kind not in DIMENSIONS or slot.kind in ("category", "size"):
            continue
        there = {*facets.get(slot.kind, ()), codes.get(slot.kind, "")}
        if there & set(with_narrower(slot.kind, slot.value)):
            found[wording(slot, need.locale)] = None
    return list(found)


def wording(slot: Slot, locale: str) -> str:
    """Return a slot's name within a sentence."""
    label = slot.label(locale)
    proper = slot.kind == "brand" or label[:2].isupper()
    return label if proper else label[:1].lower() + label[1:]


def praise_of(products: Sequence[int], need: Need) -> dict[int, list[str]]:
    """Return what buyers praise of what was wished for, in exact counts. One query, or none."""
    wanted = {
        WISHES[slot.value] for slot in need.slots if slot.value in WISHES and not slot.negated
    }
    if not wanted or not products:
        return {}
    rows = AspectMention.objects.filter(product__in=products, aspect__in=wanted)
    counts: dict[tuple[int, str], list[set[int]]] = {}
    for product, aspect, polarity, review in rows.values_list(
        "product_id", "aspect", "polarity", "review_id"
    ):
        sides = counts.setdefault((product, aspect), [set(), set()])
        sides[polarity != 1].add(review)
    found: dict[int, list[str]] = {}
    for (product, aspect), (good, bad) in counts.items():
        spoken = len(good | bad)
        if spoken >= FEWEST_MENTIONS and len(good) >= MOSTLY * spoken:
            found.setdefault(product, []).append(
                _("%(good)s of %(all)s buyers who speak of it praise %(aspect)s")
                % {"good": len(good), "all": spoken, "aspect": aspect_name(aspect)}
            )
    return found
