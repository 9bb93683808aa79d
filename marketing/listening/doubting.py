"""Find what is hardly an honest opinion: copied words, crowds of new accounts, stars that lie.

For `watching` and the pages. It accuses nobody: what is found is shown apart with its reason, left
out of what is counted, and a person of the shop may count it again. Of a text that stands there
several times the first one counts. Plain Python; only `doubt` touches rows.

Source: Broder 1997, "On the resemblance and containment of documents" (the smallest hashes of a
text's runs find its twins).
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from catalog.lexicon.folding import HAN_CHARACTER, fold
from catalog.models import Review
from marketing.models import Mention, Reason, Suspicion
from shopguide.accounts.models import Merchant

DAYS = 90
LETTERS = re.compile(r"[^\W_]+")
# Short texts are the same by chance: "好评", "great product".
LONG_ZH, LONG_EN = 12, 40
RUN, SKETCH, ALIKE = 5, 12, 0.6
TOGETHER = datetime.timedelta(days=3)
NEW = datetime.timedelta(days=3)
CROWD, SAME_PERSON = 5, 4
SURE = 0.8


@dataclass(frozen=True)
class Opinion:
    """One review or mention, as far as doubting it needs. ``side``: 1 praise, -1 complaint."""

    key: str  # review:1, mention:1
    product: int | None
    at: datetime.datetime
    text: str
    side: int
    score: float
    stars: int | None = None
    told: frozenset[int] = frozenset()  # polarities of what it says of aspects
    author: str = ""  # the same for the same person, nothing where that is not known
    new: bool = False  # the account was made just before


@dataclass(frozen=True)
class Doubt:
    """Why something is doubted; ``first``: the key of what it repeats."""

    reasons: tuple[str, ...]
    first: str = ""


def doubts(opinions: Sequence[Opinion]) -> dict[str, Doubt]:
    """Return the doubtful ones by key, each with its reasons."""
    ordered = sorted(opinions, key=lambda one: (one.at, one.key))
    found: dict[str, list[str]] = defaultdict(list)
    firsts: dict[str, str] = {}
    for key, first, reason in repeated(ordered):
        found[key].append(reason)
        firsts[key] = first
    for reason, keys in (
        (Reason.NEW_ACCOUNTS, crowds(ordered)),
        (Reason.ONE_AUTHOR, by_one_author(ordered)),
        (Reason.STARS, contradicted(ordered)),
    ):
        for key in keys:
            found[key].append(reason)
    return {key: Doubt(tuple(reasons), firsts.get(key, "")) for key, reasons in found.items()}


def repeated(ordered: Iterable[Opinion]) -> Iterator[tuple[str, str, str]]:
    """Yield what repeats earlier words: key, the first one's key, copy or twin."""
    exact: dict[str, str] = {}
    shelf: dict[int, list[tuple[frozenset[int], str]]] = defaultdict(list)
    for one in ordered:
        letters = "".join(LETTERS.findall(fold(one.text)))
        if len(letters) < (LONG_ZH if HAN_CHARACTER.search(letters) else LONG_EN):
            continue
        if first := exact.get(letters):
            yield one.key, first, Reason.COPY
            continue
        exact[letters] = one.key
        runs = frozenset(zlib.crc32(letters[at : at + RUN].encode())
                         for at in range(len(letters) - RUN + 1))  # fmt: skip
        sketch = sorted(runs)[:SKETCH]
        if twin := _twin(runs, sketch, shelf):
            yield one.key, twin, Reason.TWIN
        for number in sketch:
            shelf[number].append((runs, one.key))


def _twin(
    runs: frozenset[int], sketch: list[int], shelf: dict[int, list[tuple[frozenset[int], str]]]
) -> str:
    """Return the key of an earlier text with nearly the same runs; nothing without one."""
    for number in sketch:
        for other, key in shelf.get(number, ()):
            if len(runs & other) >= ALIKE * len(runs | other):
                return key
    return ""


def crowds(ordered: Sequence[Opinion]) -> set[str]:
    """Return opinions on one side of one product by many new accounts within days."""
    return _together([one for one in ordered if one.new and one.side], CROWD,
                     lambda one: (one.product, one.side))  # fmt: skip


def by_one_author(ordered: Sequence[Opinion]) -> set[str]:
    """Return what one person says of one product again and again within days, but the first."""
    known = [one for one in ordered if one.author]
    many = _together(known, SAME_PERSON, lambda one: (one.product, one.author))
    first: dict[tuple[int | None, str], str] = {}
    for one in known:
        if one.key in many:
            first.setdefault((one.product, one.author), one.key)
    return many - set(first.values())


def contradicted(ordered: Iterable[Opinion]) -> set[str]:
    """Return opinions whose stars say the opposite of words that leave no doubt."""
    return {
        one.key
        for one in ordered
        if one.stars
        and ((one.stars >= 4 and one.score < -SURE and one.told == {-1})
             or (one.stars <= 2 and one.score > SURE and one.told == {1}))
    }  # fmt: skip


def _together(opinions: Sequence[Opinion], many: int, sort: object) -> set[str]:
    """Return the keys of opinions of one sort of which so many stand within days of each other."""
    sorts: dict[object, list[Opinion]] = defaultdict(list)
    for one in opinions:
        sorts[sort(one)].append(one)  # type: ignore[operator]
    found: set[str] = set()
    for rows in sorts.values():
        for start in range(len(rows) - many + 1):
            if rows[start + many - 1].at - rows[start].at <= TOGETHER:
                found.update(one.key for one in rows[start : start + many])
    return found


def doubt(merchant: Merchant) -> int:
    """Bring a shop's doubts up to date; return how many there are. To be called as the merchant.

    What a person has cleared stays cleared.
    """
    found = doubts(opinions_of(merchant))
    rows = Suspicion.objects.filter(merchant=merchant)
    kept = {f"review:{one.review_id}" if one.review_id else f"mention:{one.mention_id}": one
            for one in rows}  # fmt: skip
    gone = [one.pk for key, one in kept.items() if key not in found and one.cleared_at is None]
    rows.filter(pk__in=gone).delete()
    for key, told in found.items():
        known = kept.get(key)
        if known and (known.reasons, known.first) != ([*told.reasons], told.first):
            known.reasons, known.first = [*told.reasons], told.first
            known.save(update_fields=["reasons", "first"])
    Suspicion.objects.bulk_create(
        Suspicion(
            merchant=merchant, reasons=[*told.reasons], first=told.first,
            **{f"{key.partition(':')[0]}_id": int(key.partition(":")[2])},
        )
        for key, told in found.items()
        if key not in kept
    )  # fmt: skip
    return len(found)


def opinions_of(merchant: Merchant) -> list[Opinion]:
    """Return what was judged of the last months. Two queries."""
    since = timezone.now() - datetime.timedelta(days=DAYS)
    reviews = Review.objects.filter(merchant=merchant, written_at__gte=since)
    reviews = reviews.filter(opinion__isnull=False).select_related("opinion", "buyer__shopper")
    mentions = Mention.objects.filter(merchant=merchant, said_at__gte=since).exclude(feeling="")
    return [
        *(_of_review(one) for one in reviews.prefetch_related("aspects")),
        *(_of_mention(one) for one in mentions),
    ]


def _of_review(one: Review) -> Opinion:
    buyer = getattr(one, "buyer", None)
    return Opinion(
        f"review:{one.pk}", one.product_id, one.written_at, one.text,
        _side(one.stars, one.opinion.feeling), one.opinion.score, one.stars,
        frozenset(said.polarity for said in one.aspects.all()),
        author=str(buyer.shopper_id) if buyer else "",
        new=bool(buyer and one.written_at - buyer.shopper.created_at < NEW),
    )  # fmt: skip


def _of_mention(one: Mention) -> Opinion:
    new = bool(one.author_since and timezone.localdate(one.said_at) - one.author_since < NEW)
    return Opinion(
        f"mention:{one.pk}", one.product_id, one.said_at, one.text,
        _side(one.stars, one.feeling), one.score or 0.0, one.stars,
        frozenset(said["polarity"] for said in one.aspects), author=one.author, new=new,
    )  # fmt: skip


def _side(stars: int | None, feeling: str) -> int:
    if stars:
        return (stars > 3) - (stars < 3)
    return (feeling == "positive") - (feeling == "negative")
