"""Tell an aspect of several shops' rules: once where all hold by the same, else shop by shop."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.doing.aspects import told_of
from assistant.doing.matters import Matter
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import phrase
from shopguide.accounts.models import Merchant


def of_each(asker: Asker, matters: Sequence[Matter], aspects: Sequence[str]) -> Outcome | None:
    """Return what each matter comes to; None where there is no rule for any. One query, or none."""
    found = [(one, told) for one in matters if (told := told_of(one, aspects)) is not None]
    says = {one.merchant: list(told.facts["says"]) for one, told in found}
    alike = [
        one for one in next(iter(says.values()), []) if all(one in all_ for all_ in says.values())
    ]
    apart: dict[tuple[str, ...], list[int]] = {}
    for shop, some in says.items():
        if rest := tuple(one for one in some if one not in alike):
            apart.setdefault(rest, []).append(shop)
    if len(says) < 2 or not apart:
        return next((told for _one, told in found), None)
    names = {one.pk: one.name for one in Merchant.objects.filter(pk__in=says)}
    between = phrase(asker, "、", ", ")
    rows = [
        {"shop": between.join(names[one] for one in shops), "says": as_one(asker, rest)}
        for rest, shops in apart.items()
    ]
    facts = {"topic": phrase(asker, "这一点", "this"), "first": alike, "shops": rows, "all": False}
    return Outcome("each_shop", facts, merchants=tuple(says))


def as_one(asker: Asker, says: Sequence[str]) -> str:
    """Return sentences as one, so that what each part holds for is read with it."""
    parts = [one.rstrip("。. ") for one in says]
    return phrase(asker, "；", "; ").join(parts) + phrase(asker, "。", ".")
