"""What a shop's approved copy can teach a writer: how rules said it, how people kept it.

A lesson is asked exactly as `rephrasing` asks: numbered sentences with a slot for each name and
figure. The answer is what a person approved. So a model learns the shop's manner and never a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.models import Product
from marketing.copy.channels import CHANNELS
from marketing.copy.checking import ledger_for
from marketing.copy.composing import compose
from marketing.copy.measuring import alike
from marketing.copy.phrasing.material import gathered
from marketing.copy.phrasing.pen import Pen
from marketing.copy.rephrasing import plan_of, worth_rewording
from marketing.models import Draft
from shopguide.accounts.models import Merchant
from shopguide.writing import Plan
from shopguide.writing.rewriting import instructions
from shopguide.writing.slots import Slotted, slotted

NEAR = 0.2  # of their pairs of words shared: the same thought in other words
MOST_TEXTS = 2_000


@dataclass(frozen=True)
class Lesson:
    """One approved text: what is asked, what was approved, and of which product it is."""

    product: int
    system: str
    asked: str
    answer: str
    lines: int
    changed: int  # lines in which people said it otherwise than rules do


@dataclass(frozen=True)
class Taught:
    """An approved text with what is needed to write it anew under the same ledger."""

    draft: Draft
    pen: Pen
    lesson: Lesson


def approved(merchant: Merchant) -> Iterable[Draft]:
    """Return the drafts of a shop whose approval holds, the newest first."""
    rows = Draft.objects.of(merchant).filter(approved_at__isnull=False).order_by("-pk")
    return rows[:MOST_TEXTS]


def lessons_of(merchant: Merchant) -> list[Taught]:
    """Return what a shop's approved copy teaches, in the order of its texts' numbers."""
    drafts = sorted(approved(merchant), key=lambda one: one.pk)
    wanted = {one.product_id for one in drafts}
    products = {one.pk: one for one in Product.objects.for_cards().filter(pk__in=wanted)}
    found, seen = [], set()
    for draft in drafts:
        product = products.get(draft.product_id)
        one = taught(draft, product) if product and draft.channel in CHANNELS else None
        key = (one.lesson.asked, one.lesson.answer) if one else None
        if one and key not in seen:
            seen.add(key)
            found.append(one)
    return found


def taught(draft: Draft, product: Product) -> Taught | None:
    """Return the lesson of one text; None where nothing of it could be put into other words."""
    ledger = ledger_for([product], draft.locale)
    material = gathered(product, draft.locale, ledger, wished=frozenset())
    if material is None:
        return None
    pen = Pen(material, draft.angle or "benefit", draft.tone)
    written = composed_sentences(product, draft)
    lines = lines_of(draft, plan_of(pen), written)
    if not lines:
        return None
    asked = "\n".join(f"{place}. {one.text}" for place, (one, _) in enumerate(lines, 1))
    answer = "\n".join(f"{place}. {said}" for place, (_, said) in enumerate(lines, 1))
    changed = sum(one.text != said for one, said in lines)
    system = instructions(plan_of(pen))
    return Taught(draft, pen, Lesson(product.pk, system, asked, answer, len(lines), changed))


def composed_sentences(product: Product, draft: Draft) -> list[str]:
    """Return the sentences that rules write in the place of a text, of every angle."""
    place = CHANNELS[draft.channel]
    texts = compose(
        product, channel=draft.channel, locale=draft.locale, tone=draft.tone, variants=4
    )
    return [one for text in texts for _, one in worth_rewording(text.parts, place)]


def lines_of(draft: Draft, plan: Plan, written: Sequence[str]) -> list[tuple[Slotted, str]]:
    """Return a text's sentences as asked and as answered, facts being slots in both."""
    found = []
    for _, said in worth_rewording(draft.parts, CHANNELS[draft.channel]):
        nearest = max(written, key=lambda one: alike(one, said), default="")
        source = nearest if alike(nearest, said) >= NEAR else said
        pair = paired(source, said, plan) or paired(said, said, plan)
        if pair is not None and pair[0].worth_writing:
            found.append(pair)
    return found


def paired(source: str, said: str, plan: Plan) -> tuple[Slotted, str] | None:
    """Return a sentence with slots, and another wording with the same slots; None if it has not."""
    masked, answer = slotted(source, plan), said
    for slot, value in sorted(masked.values.items(), key=lambda one: -len(one[1])):
        parts = re.split(r"(\{[a-z_]+_\d+\})", answer)
        place = next((at for at in range(0, len(parts), 2) if value in parts[at]), None)
        if place is None:
            return None
        parts[place] = parts[place].replace(value, slot, 1)
        answer = "".join(parts)
    return (masked, answer) if masked.filled(answer) == said else None
