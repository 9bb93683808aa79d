"""Find goods for what is told as a story: the message as a whole, where no kind of goods is named.

For serving. "My dog is 20 kilos and pulls like crazy" names no kind, and its words, one by one, are
of nothing that is sold; its vector is near what would help. What comes is never said to fit, only
to come to mind; limits of price hold, and what denies a wish is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean, pstdev

from django.conf import settings

from assistant.bearing import bearing_first
from assistant.finding import SHOWN, Found, hits_in
from assistant.fulfilling import foremost
from assistant.heeding import denies
from assistant.reasons import quoting, reasoned
from assistant.slots import Held
from assistant.turns import Reply, Turn, offered, wish_of
from catalog.models import SearchDocument
from catalog.search.offering import Hit
from catalog.search.similar import nearest
from catalog.search.understanding import Need, Slot
from catalog.text import fold

LOOKED_AT = 60  # texts; a product may have one in each language
# A story, by its length: words, or Chinese characters; where nothing was found fewer will do.
LONG, LONG_ZH = 9, 12
SHORT, SHORT_ZH = 4, 6
# How far above the others the first must stand, and how near to it those beside it, both in
# spreads of the nearest; of the first's own kind may be further.
OUTSTANDING, BESIDE, AKIN = 1.6, 1.0, 1.6
# Kinds of wishes that the shop's search keeps better than a vector.
STATED = frozenset({"colour", "material", "size", "brand", "audience", "fit", "pattern", "sleeve",
                    "sku", "rating", "feature", "style"})  # fmt: skip
NEAREST = 10  # among which a kind that was named must be, to be what is looked for
# Uses that a story has by the way: "I can't sleep", "we work at home".
USUAL = frozenset(("daily", "home", "sleep", "work", "office", "school", "study", "kitchen",
                   "bedroom", "commute", "walking", "outdoor", "rainy-day", "running"))  # fmt: skip
# Words that ask for what follows, and words that tell of oneself.
_ASKS = re.compile(
    r"想[要买喝吃用穿戴养]|要买|买|找|有没有|推荐|来[一个]|求|需要|想换"
    r"|\b(?:need|want|looking for|look for|buy|get|have|sell|show me|find|any|recommend|what|which)"
    r"\b"
)
_TELLS = re.compile(r"我|家里|咱|孩子|\b(?:i|i'm|i've|my|we|we're|our|she|he|they)\b")
# What shops are asked whether they do: "do you price match".
_OF_SHOPS = re.compile(
    r"^(?:and |so |hi,? |hello,? )?do(?:es)? (?:you|the shops?)"
    r"(?! (?:guys )?(?:have|sell|carry|stock|got|know|think))"
)
_CLAUSE = re.compile(r"[^,.;:!?，。；：！？]+")
_LITTLE = re.compile(r"\b(?:an?|some|the|any)\b|的|\s")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9']+", re.IGNORECASE)


def storied(turn: Turn, *, found_nothing: bool = False) -> Reply | None:
    """Offer what a message as a whole is nearest to, None where it is no story. Four queries.

    ``found_nothing``: its words have found nothing; then fewer of them are enough.
    """
    if not is_story(turn, brief=found_nothing) or turn.text_vector is None:
        return None
    near = nearest(
        turn.text_vector,
        encoder_id=settings.ENCODER_ID,
        dimensions=settings.ENCODER["dimensions"],
        merchant=turn.market.merchant,
        most=LOOKED_AT,
    )
    scores, wish = dict(standing(near)), wish_of(turn)
    text = fold(turn.reading.text)
    named = {
        int(one.value) for one in wish.need.of("category")
        if one.value.isdigit()
        and (asks_for(text, one.surface) or is_bare(one.surface, turn.reading.said))
    }  # fmt: skip
    against = replace(wish.need, slots=tuple(one for one in wish.need.slots if one.negated))
    hits = [
        hit
        for hit in hits_in(list(scores), turn.market.currency(wish.currency))
        if hit.in_stock and hit.sku not in wish.gone and within(hit, wish.need)
        and not denies(hit, against)
    ]  # fmt: skip
    if not hits or scores[hits[0].product] < OUTSTANDING:
        return None
    kinds = kinds_of(hits)
    kindly = any(named & set(kinds[one.product]) for one in hits[:NEAREST])
    if kindly:
        if not only_told(turn):
            return None  # of a kind that was named: the shop's search knows more of it
        hits = [one for one in hits if named & set(kinds[one.product])]
    kept = beside(bearing_first(hits, wish.phrases), scores, kinds)
    kept = foremost(kept, wish.need, wish.phrases, dict(near))
    plain = replace(wish.need, slots=tuple(one for one in wish.need.slots if one.kind == "price"))
    found = Found(quoting(reasoned(kept, plain), wish.phrases, wish.locale), len(kept))
    rows = [one.row(turn.language) for one in found.picks]
    plan = turn.plan("storied", products=rows, named=kindly)
    reply = offered(turn, found, plan)
    kind, count = Counter(tuple(kinds[one.product][:1]) for one in kept).most_common(1)[0]
    if count < len(kept) and count == 1:
        return reply  # of several kinds: what was said goes on
    return replace(reply, state=replace(reply.state, topic="", wishes=(), slots=held(turn, kind)))


def is_story(turn: Turn, *, brief: bool) -> bool:
    """Tell whether a message is told rather than asked: long, and no unknown kind is asked for."""
    reading = turn.reading
    if reading.intent == "gift" or reading.references or turn.state.giving:
        return False
    if reading.need.sort != "relevance" or turn.state.visible:
        return False
    if not brief and any(one.value not in USUAL for one in reading.said.of("occasion")):
        return False  # what is listed for it is found by that: camping, tea
    text = fold(reading.text)
    if _OF_SHOPS.search(text):
        return False
    kinds = [one.surface for one in reading.said.of("category") if not one.known]
    if any(asks_for(text, one) for one in kinds):
        return False
    words, han = len(_WORD.findall(text)), len(_HAN.findall(text))
    return han >= (SHORT_ZH if brief else LONG_ZH) or words >= (SHORT if brief else LONG)


def only_told(turn: Turn) -> bool:
    """Tell whether somebody tells of themselves, and nothing is said that goods state."""
    stated = [one for one in turn.reading.said.slots if one.kind in STATED and not one.negated]
    return not stated and bool(_TELLS.search(fold(turn.reading.text)))


def asks_for(text: str, kind: str) -> bool:
    """Tell whether a message asks for a kind, or only speaks of such a thing: 抓沙发怎么办."""
    before = text.partition(fold(kind))[0]
    return bool(_ASKS.search(before)) or not _TELLS.search(text)


def is_bare(kind: str, said: Need) -> bool:
    """Tell whether a kind has a clause of its own, with what it is to be: 无糖的零食，我妈…"""
    query = fold(said.query)
    for clause in _CLAUSE.finditer(query):
        if fold(kind) in clause[0]:
            inside = [one for one in said.slots
                      if clause.start() <= one.start and one.end <= clause.end()]  # fmt: skip
            read = "".join(
                letter for place, letter in enumerate(clause[0], clause.start())
                if not any(one.start <= place < one.end for one in inside)
            )  # fmt: skip
            return len(inside) > 1 and not _LITTLE.sub("", read)
    return False


def standing(near: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return how far each stands above the mean of all, in their spread: (product, cosine)."""
    cosines = [cosine for _product, cosine in near]
    if len(cosines) < 2 or not (spread := pstdev(cosines)):
        return []
    mean = fmean(cosines)
    return [(product, (cosine - mean) / spread) for product, cosine in near]


def kinds_of(hits: Sequence[Hit]) -> dict[int, list[int]]:
    """Return the categories that products stand in, the nearest first. One query."""
    rows = SearchDocument.objects.filter(pk__in=[one.product for one in hits])
    there = dict(rows.values_list("pk", "categories"))
    return {one.product: list(there.get(one.product) or ()) for one in hits}


def beside(
    hits: Sequence[Hit], scores: Mapping[int, float], kinds: Mapping[int, Sequence[int]]
) -> list[Hit]:
    """Return the first and what stands near it, more easily what is of its kind."""
    first = max(hits, key=lambda one: scores[one.product]).product
    least = {True: scores[first] - AKIN, False: scores[first] - BESIDE}
    return [
        one for one in hits
        if scores[one.product] >= least[kinds[one.product][:1] == kinds[first][:1]]
    ][:SHOWN]  # fmt: skip


def within(hit: Hit, need: Need) -> bool:
    """Tell whether a product costs what was said."""
    price = need.price
    if price is None or hit.amount is None:
        return price is None
    above = price.maximum is not None and hit.amount > price.maximum
    return not above and not (price.minimum is not None and hit.amount < price.minimum)


def held(turn: Turn, common: Sequence[int]) -> tuple[Held, ...]:
    """Return what is wanted from now on: the kind that came to mind, at the price that was said.

    A kind that was named stays as it was: hoodies stand on several shelves.
    """
    prices = tuple(one for one in turn.state.slots if one.slot.kind == "price")
    named = tuple(one for one in turn.state.slots if one.slot.kind == "category")
    if any(one.slot.value == str(category) for one in named for category in common):
        return (*named, *prices)
    for category in common:
        entry = turn.market.categories.get(category)
        if entry is not None:
            name = entry.names.get(turn.language, "")
            slot = Slot("category", str(category), surface=name,
                        name_zh=entry.names.get("zh-hans", ""),
                        name_en=entry.names.get("en", ""))  # fmt: skip
            return (Held(slot, turn.state.turn, name), *prices)
    return prices
