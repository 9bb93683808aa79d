"""People rate texts blindly, one after another, and the shop sees how far they agree.

A person never sees who wrote a text, its score or others' ratings before their own. Everybody gets
the same texts in the same order, so that opinions of the same text come together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F
from django.db.models.functions import MD5, Cast

from marketing.copy.agreement import cohen, fleiss, share
from marketing.models import Draft, Rating
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

FIT = 3
QUEUE = 200


@dataclass(frozen=True)
class Agreement:
    """How many texts were rated, by how many people, and how far these agree on “fit to publish”.

    ``kappa``: Cohen's of exactly two people, Fleiss' of more; None where nothing can be said.
    """

    texts: int
    people: int
    twice: int
    fit: float | None
    same: float | None
    kappa: float | None
    way: str


def next_text(merchant: Merchant, person: User) -> tuple[Draft | None, int]:
    """Return the next text that a person has not rated, and how many are left. As the merchant."""
    rows = Draft.objects.of(merchant).exclude(writer="").exclude(ratings__by=person)
    mixed = rows.annotate(mixed=MD5(Cast(F("pk"), CharField()))).order_by("mixed")
    return mixed.select_related("product").prefetch_related("product__texts").first(), rows.count()


def rate(draft: Draft, grade: int, fault: str, *, by: User) -> Rating:
    """Keep a person's opinion of a text; a second one replaces their first."""
    with as_merchant(draft.merchant_id):
        rating, _new = Rating.objects.update_or_create(
            merchant_id=draft.merchant_id, draft=draft, by=by,
            defaults={"grade": grade, "fault": fault},
        )  # fmt: skip
    return rating


def agreement(merchant: Merchant) -> Agreement:
    """Return how far the shop's people agree. One query; as the merchant."""
    by_text: dict[int, dict[int, int]] = defaultdict(dict)
    for text, person, grade in Rating.objects.filter(merchant=merchant).values_list(
        "draft", "by", "grade"
    ):
        by_text[text][person] = grade
    people = {person for said in by_text.values() for person in said}
    rows = [[grade >= FIT for grade in said.values()] for said in by_text.values()]
    twice = [row for row in rows if len(row) > 1]
    every = [one for row in rows for one in row]
    two = len(people) == 2
    kappa = cohen(pairs_of(by_text, sorted(people))) if two else fleiss(twice)
    return Agreement(
        texts=len(rows), people=len(people), twice=len(twice),
        fit=sum(every) / len(every) if every else None, same=share(twice), kappa=kappa,
        way="cohen" if two else "fleiss",
    )  # fmt: skip


def pairs_of(by_text: dict[int, dict[int, int]], people: list[int]) -> list[tuple[Any, Any]]:
    """Return two people's opinions of what both have rated."""
    first, second = people
    return [
        (said[first] >= FIT, said[second] >= FIT)
        for said in by_text.values()
        if first in said and second in said
    ]
