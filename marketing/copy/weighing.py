"""Find texts worth mending, each with why: thin, missing, unclear, silent on what is asked, unseen.

For the portal's list. Reasons come with their figures, and rank by how much each costs and how many
shoppers meet the text. It reads only and changes nothing: a person begins the brief.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log1p, sqrt
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from catalog.extraction import propose
from catalog.models import AspectMention, Product, ProductText, SearchCount
from profiles.models import Event
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

DAYS = 28
MOST_PRODUCTS = 2_000
MOST_QUERIES = 200
# Below this a description leaves questions open: the shortest tenth of the demo's are longer.
THIN = {"zh-hans": 40, "en": 120}
LONG_TITLE = {"zh-hans": 45, "en": 110}
LONG_SENTENCE = {"zh-hans": 90, "en": 45}
OFTEN = 3
ENOUGH_SHOWN = 50
# So much of the shop's own rate of clicks is poor, and a product must be below it for sure.
POOR = 0.5
Z = 1.96
COMMON = 1 / 3
COMPLAINTS = 3
COMPLAINED = 0.25
WEIGHTS = {"missing": 3.0, "empty": 3.0, "thin": 2.0, "asked": 2.0, "complained": 2.0,
           "unseen": 2.0, "same": 1.5, "title": 1.0, "sentences": 1.0}  # fmt: skip
# What the words of a text can settle; smell or delivery they cannot.
TELLABLE = ("fit", "size", "colour", "as_described", "material", "quality", "battery", "weight")
SENTENCE = re.compile(r"[。！？!?\n]+|\.(?:\s|$)")
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Reason:
    """Why a text is weak: a code, and the figures and words that show it."""

    code: str
    evidence: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what a brief keeps of it."""
        return {"code": self.code, **self.evidence}


@dataclass(frozen=True)
class Weak:
    """A product's text in one language that is worth mending, and the channel to begin with."""

    product: Product
    locale: str
    reasons: tuple[Reason, ...]
    shown: int
    channel: str

    @property
    def weight(self) -> float:
        """Return how much mending it may bring: its reasons, and how many shoppers meet it."""
        return sum(WEIGHTS[one.code] for one in self.reasons) * (1 + log1p(self.shown) / 4)


@dataclass(frozen=True)
class Seen:
    """How often a product was shown and opened over the last days."""

    shown: int = 0
    opened: int = 0


def weak_texts(merchant: Merchant, *, most: int = 50) -> list[Weak]:
    """Return the shop's weakest texts, the most worth mending first. Eight queries."""
    products = list(
        Product.objects.of(merchant).live().order_by("-pk").select_related("category")
        .prefetch_related("texts", "media")[:MOST_PRODUCTS]
    )  # fmt: skip
    seen = sightings([one.pk for one in products])
    ground = Ground.of(merchant, products, seen)
    found = [
        weak
        for product in products
        for locale in ground.locales
        if (weak := weighed(product, locale, ground)) is not None
    ]
    return sorted(found, key=lambda one: (-one.weight, one.product.pk, one.locale))[:most]


def sightings(ids: list[int]) -> dict[int, Seen]:
    """Count how often products were shown in lists and opened. One query over the events."""
    since = timezone.now() - datetime.timedelta(days=DAYS)
    with as_everyone():
        met = Event.objects.filter(kind__in=("impression", "click"))
        rows = met.filter(product__in=ids, at__gte=since).order_by()
        counted = rows.values("product").annotate(
            shown=Count("pk", filter=Q(kind="impression")),
            opened=Count("pk", filter=Q(kind="click")),
        )
        return {
            row["product"]: Seen(row["shown"], row["opened"])
            for row in counted
            if row["product"] is not None
        }


@dataclass(frozen=True)
class Ground:
    """What the texts of a shop are measured against."""

    locales: tuple[str, ...]
    seen: Mapping[int, Seen]
    rate: float
    asked: Mapping[str, tuple[int, str]]
    stated: Mapping[int, frozenset[str]]
    doubles: frozenset[tuple[str, str]]
    complaints: Mapping[int, list[tuple[str, int, int]]]

    @classmethod
    def of(cls, merchant: Merchant, products: list[Product], seen: Mapping[int, Seen]) -> Ground:
        """Read what shoppers ask, click and complain about. Three queries."""
        texts = [text for one in products for text in one.texts.all() if not text.arm]
        bodies = Counter((text.locale, text.description) for text in texts if text.description)
        locales = tuple(sorted({text.locale for text in texts}, reverse=True))
        shown, opened = sum(s.shown for s in seen.values()), sum(s.opened for s in seen.values())
        return cls(
            locales=locales, seen=seen, rate=opened / shown if shown else 0.0,
            asked=asked_for(merchant), stated=stated_in(products),
            doubles=frozenset(key for key, many in bodies.items() if many > 1),
            complaints=complaints_about(merchant),
        )  # fmt: skip


def asked_for(merchant: Merchant) -> dict[str, tuple[int, str]]:
    """Return attributes that searches name: how often, and the words used most. One query."""
    since = timezone.localdate() - datetime.timedelta(days=DAYS)
    rows = SearchCount.objects.filter(merchant=merchant, day__gte=since).order_by()
    sums = rows.values_list("query").annotate(n=Sum("asked")).order_by("-n")[:MOST_QUERIES]
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for query, many in sums:
        for code in {one.attribute for one in propose(query)}:
            counts[code] += many
            words.setdefault(code, query)
    return {code: (many, words[code]) for code, many in counts.items() if many >= OFTEN}


def stated_in(products: Iterable[Product]) -> dict[int, frozenset[str]]:
    """Return the attributes that are usual in each category: a third of its products state them."""
    sizes: Counter[int] = Counter()
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for one in products:
        place = one.category_id or 0
        sizes[place] += 1
        counts[place].update(one.attributes.keys())
    return {
        place: frozenset(code for code, many in said.items() if many >= COMMON * sizes[place])
        for place, said in counts.items()
    }


def complaints_about(merchant: Merchant) -> dict[int, list[tuple[str, int, int]]]:
    """Return what reviews find fault with that words could settle: aspect, against, all."""
    rows = AspectMention.objects.filter(merchant=merchant, aspect__in=TELLABLE).order_by()
    counted = rows.values_list("product_id", "aspect").annotate(
        bad=Count("pk", filter=Q(polarity=-1)), total=Count("pk")
    )
    found: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for product, aspect, bad, total in counted:
        if bad >= COMPLAINTS and bad >= COMPLAINED * total:
            found[product].append((aspect, bad, total))
    return found


def weighed(product: Product, locale: str, ground: Ground) -> Weak | None:
    """Return what is weak about a product's text in a language, None if nothing is."""
    text = next((t for t in product.texts.all() if t.locale == locale and not t.arm), None)
    seen = ground.seen.get(product.pk, Seen())
    if text is None:
        return Weak(product, locale, (Reason("missing"),), seen.shown, "title")
    about_title, about_body = (
        list(title_reasons(text, seen, ground)),
        list(body_reasons(product, text, ground)),
    )
    reasons = about_body + about_title
    if not reasons:
        return None
    channel = "description" if about_body else "title"
    return Weak(product, locale, tuple(reasons), seen.shown, channel)


def title_reasons(text: ProductText, seen: Seen, ground: Ground) -> Iterable[Reason]:
    """Yield what is wrong with a title."""
    title = text.title
    shouted = title.isupper() and sum(c.isalpha() and c.isascii() for c in title) > 12
    if len(title) > LONG_TITLE.get(text.locale, 110) or shouted:
        yield Reason("title", {"length": len(title), "shouted": shouted})
    if seen.shown >= ENOUGH_SHOWN and upper(seen) < POOR * ground.rate:
        yield Reason("unseen", {
            "shown": seen.shown, "opened": seen.opened,
            "rate": round(100 * seen.opened / seen.shown, 1), "usual": round(100 * ground.rate, 1),
        })  # fmt: skip


def body_reasons(product: Product, text: ProductText, ground: Ground) -> Iterable[Reason]:
    """Yield what is wrong with a description."""
    body = " ".join(TAG.sub(" ", text.description).split())
    if not body:
        yield Reason("empty")
    elif len(body) < THIN.get(text.locale, 120):
        yield Reason("thin", {"length": len(body), "usual": THIN.get(text.locale, 120)})
    elif longest_sentence(body, text.locale) > LONG_SENTENCE.get(text.locale, 45):
        yield Reason("sentences", {"longest": longest_sentence(body, text.locale)})
    if body and (text.locale, text.description) in ground.doubles:
        yield Reason("same")
    usual = ground.stated.get(product.category_id or 0, frozenset())
    for code, (many, words) in sorted(ground.asked.items(), key=lambda row: -row[1][0])[:20]:
        if code in usual and code not in product.attributes:
            yield Reason("asked", {"attribute": code, "searches": many, "words": words})
            break
    for aspect, bad, total in ground.complaints.get(product.pk, [])[:1]:
        yield Reason("complained", {"aspect": aspect, "bad": bad, "total": total})


def longest_sentence(body: str, locale: str) -> int:
    """Return the length of the longest sentence: words, or characters in Chinese."""
    sentences = SENTENCE.split(body)
    return max(len(one) if locale == "zh-hans" else len(one.split()) for one in sentences)


def upper(seen: Seen) -> float:
    """Return the highest rate of clicks that the counts allow, at 95 %.

    Source: Wilson 1927, the score interval's upper end.
    """
    n, p = seen.shown, seen.opened / seen.shown
    middle = p + Z * Z / (2 * n)
    return (middle + Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))) / (1 + Z * Z / n)
