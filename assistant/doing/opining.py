"""What buyers say: counts that are exact, for and against, and their own words.

Counted at the moment of asking from the rows that judging wrote; quotes are parts of reviews, as
they stand there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q

from assistant.doing.arguments import Asked
from assistant.doing.mentioning import heard_by, heard_of_it
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.quoting import besides_name
from assistant.doing.telling import about, live_one, phrase, stars_told
from assistant.doing.topics import named_topic, topics_of
from catalog.assembling import Whole
from catalog.models import AspectMention, Feeling, Product, Review
from catalog.opinions.digesting import Digest, digest
from catalog.presenting.money import stars
from catalog.presenting.opinions import aspect_name
from catalog.text import fold

AGAINST = re.compile(
    r"complain|complaint|dislike|bad|worst|negative|problem|downside|fault|cons\b|issue|wrong with"
    r"|抱怨|吐槽|差评|缺点|不好|问题|不满|槽点|毛病"
)
FOR = re.compile(r"like|love|praise|best thing|positive|\bpros\b|good about|夸|优点|好评|喜欢|满意")
# Only how many there are and how they come out is asked for, not what they say.
COUNTS = re.compile(
    r"how many (?:\w+ ){0,2}?(?:people|reviews?|ratings?|buyers|customers|stars)\b"
    r"|\brat(?:ing|ings|ed)\b|\bstars\b|number of reviews"
    r"|几颗?星|多少颗?星|评分|好评率|(?:多少|几)[人条个].{0,4}评|评价(?:多|有几|有多少)|好评多|评论?数"
)
TELLING = re.compile(r"\bsay|\bwrite|\bthink|怎么[说样看]|咋说|[说写]了?什么|如何")
LONGEST_QUOTE = 160
MIDDLE, _FEELING = 3, "opinion__feeling"
MOST_QUOTES = 3


def reviews(asker: Asker, asked: Asked) -> Outcome:
    """Tell what buyers say of a product, or of one side of it. Four queries."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    product, text = thing.product, fold(asked.question)
    totals = sums(product)
    if not totals["count"]:
        return about(thing, "no_reviews", {})
    if COUNTS.search(text) and not (TELLING.search(text) or side_of(text) < 0):
        return rated(thing, totals)
    found = digest(product)
    if told := of_topic(asker, thing, asked.question, found, totals):
        return told
    wanted = [one.aspect for one in topics_of(text) if one.aspect]
    said = side_of(text)
    feelings = felt(product)
    facts = {
        **feelings,
        "stars": stars(totals["mean"]),
        "aspects": aspects_told(found, wanted, said),
        "quotes": quotes(asker, thing, found, wanted, said),
    }
    act = "review_digest" if feelings["judged"] else "stars_only"
    outcome = about(thing, act, facts | {"count": totals["count"]})
    ids = {one.aspect: [list(one.good), list(one.bad)] for one in found.aspects}
    return Outcome(
        outcome.act, outcome.facts, outcome.products, merchants=outcome.merchants,
        actions=("reviews",), trace={"aspects": ids, "count": totals["count"]},
    )  # fmt: skip


def rated(thing: Whole, totals: dict[str, Any]) -> Outcome:
    """Tell how many have rated a product, and how."""
    facts = {"count": totals["count"], "stars": stars(totals["mean"])}
    return about(thing, "rated", facts)


def of_topic(
    asker: Asker, thing: Whole, question: str, found: Digest, totals: dict[str, Any]
) -> Outcome | None:
    """Tell what buyers say of one matter, or that none speaks of it; None where it has no words."""
    asked = topics_of(besides_name(thing, question))
    known = next((one for one in asked if one.says or one.aspect), None)
    topic = known or named_topic(besides_name(thing, question))
    if topic is None:
        return None
    rows = [one for one in found.aspects if topic.aspect and one.aspect == topic.aspect]
    heard = heard_of_it(thing, question) if known else heard_by(thing, [topic.asks])
    subject = phrase(asker, *topic.names)
    if not (rows or heard):
        value = stars_told(asker, Decimal(str(totals["mean"])), totals["count"])
        overall = [{"name": "", "value": value}]
        return about(thing, "unheard", {
            "names": [thing.product.title], "subject": subject, "overall": overall,
        })  # fmt: skip
    facts: dict[str, Any] = {
        "subject": subject,
        "good": len({pk for one in rows for pk in one.good}),
        "bad": len({pk for one in rows for pk in one.bad}),
        "quotes": quotes(asker, thing, found, [topic.aspect], side_of(fold(question)))
        if rows
        else heard.facts["quotes"]
        if heard
        else [],
    }
    return about(thing, "review_topic", facts)


def side_of(text: str) -> int:
    """Return which side is asked for: 1 praise, -1 fault, 0 both."""
    against, praise = bool(AGAINST.search(text)), bool(FOR.search(text))
    return 0 if against == praise else -1 if against else 1


def sums(product: Product) -> dict[str, Any]:
    """Return the number of reviews and their mean stars. One query."""
    return Review.objects.filter(product=product).aggregate(count=Count("pk"), mean=Avg("stars"))


def felt(product: Product) -> dict[str, int]:
    """Return how many written reviews are for and against: by their stars, of three as judged.

    Nobody who gave four stars is counted against, whatever a sentence sounds like. One query.
    """
    rows = Review.objects.filter(product=product).written()
    sides = Counter(
        side_of_stars(stars, feeling) for stars, feeling in rows.values_list("stars", _FEELING)
    )
    return {"judged": sides.total()} | {
        name: sides[name] for name in ("positive", "negative", "mixed")
    }


def side_of_stars(stars: int, feeling: str | None) -> str:
    """Return on which side a review is: "positive", "negative" or "mixed"."""
    if stars != MIDDLE:
        return "positive" if stars > MIDDLE else "negative"
    judged = {Feeling.POSITIVE: "positive", Feeling.NEGATIVE: "negative"}
    return judged.get(Feeling(feeling), "mixed") if feeling else "mixed"


def aspects_told(found: Digest, wanted: Sequence[str], said: int) -> list[dict[str, Any]]:
    """Return the aspects that are asked for, else those most told, with counts for and against."""
    rows = [one for one in found.aspects if not wanted or one.aspect in wanted]
    if said:
        rows = [one for one in rows if (one.good if said > 0 else one.bad)]
    return [
        {"name": aspect_name(one.aspect), "good": len(one.good), "bad": len(one.bad)}
        for one in rows[:5]
    ]


def quotes(
    asker: Asker, thing: Whole, found: Digest, wanted: Sequence[str], said: int
) -> list[dict[str, Any]]:
    """Return a few sentences of reviews, as they are written, the asker's language first."""
    mentions = AspectMention.objects.filter(product=thing.product).select_related("review")
    if wanted:
        mentions = mentions.filter(aspect__in=wanted)
    if said:
        mentions = mentions.filter(polarity=said)
    language = "zh-hans" if asker.chinese else "en"
    rows = sorted(mentions, key=lambda one: (one.review.language != language, -one.review_id))
    picked: dict[int, dict[str, Any]] = {}
    for one in rows:
        text = sentence_of(one.review.text, one.start, one.end)
        if one.review_id not in picked and text:
            picked[one.review_id] = {
                "text": text, "author": one.review.author, "good": one.polarity > 0,
            }  # fmt: skip
    shown = list(picked.values()) or by_stars(thing.product, language, said)
    return balanced(shown, said)


def balanced(rows: Sequence[dict[str, Any]], said: int) -> list[dict[str, Any]]:
    """Return at most three quotes; both sides are heard where there are both."""
    good, bad = [r for r in rows if r["good"]], [r for r in rows if not r["good"]]
    if said or not (good and bad):
        return list(rows)[:MOST_QUOTES]
    return [*good[: MOST_QUOTES - 1], bad[0]]


def by_stars(product: Product, language: str, said: int) -> list[dict[str, Any]]:
    """Return first sentences of written reviews of four and more stars, or two and fewer."""
    rows = Review.objects.filter(product=product).written()
    rows = rows.filter(Q(stars__gte=4) | Q(stars__lte=2))
    if said:
        rows = rows.filter(Q(stars__gte=4) if said > 0 else Q(stars__lte=2))
    found = sorted(rows[:40], key=lambda one: (one.language != language, -one.pk))
    return [
        {"text": (one.body or one.title)[:LONGEST_QUOTE], "author": one.author,
         "good": one.stars >= 4}
        for one in found[:6]
    ]  # fmt: skip


def sentence_of(text: str, start: int, end: int) -> str:
    """Return the sentence around a mention, as it stands in the review; "" for a broken place."""
    if not 0 <= start < end <= len(text):
        return ""
    stops = "。！？!?；;\n"
    left = max([text.rfind(stop, 0, start) for stop in stops] + [text.rfind(". ", 0, start)])
    rights = [place for stop in stops if (place := text.find(stop, end)) >= 0]
    rights += [place for place in (text.find(". ", end),) if place >= 0]
    right = min(rights, default=len(text) - 1) + 1
    whole = text[left + 1 : right].strip().rstrip("\n")
    return whole if len(whole) <= LONGEST_QUOTE else text[start:end].strip()
