"""Let a person decide about proposals: what is confirmed becomes a fact, the rest does not.

For the portal. The confirmed row stays as the fact's provenance: who, when, from which words. It
calls no worker; the database gives a changed product its next revision, and indexing follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalog.extraction.stating import Fact, corrected, stated
from catalog.models import Attribute, AttributeProposal, Product
from catalog.models.attribute import ProposalQuerySet
from shopguide.accounts.models import Merchant, User

BATCH = 500
MOST_VALUES = 100
DECIDED = ["fact", "verdict", "decided_by", "decided_at"]
Verdict = AttributeProposal.Verdict


@dataclass(frozen=True)
class Decision:
    """How many facts were decided, each once whatever the languages, of how many products."""

    proposals: int
    products: int


def confirm(
    merchant: Merchant,
    rows: ProposalQuerySet,
    *,
    by: User,
    correction: str | None = None,
) -> Decision:
    """Make facts of open proposals; ``correction`` is the value a person wrote instead of one's.

    Called as the merchant. Products are locked in order, so two people at once lose nothing.
    Raises `NotAValue` for a correction that is none, and changes nothing then.
    """
    facts: set[tuple[int, str, str]] = set()
    after = 0
    while found := list(rows.with_twins().open().filter(pk__gt=after).order_by("pk")[:BATCH]):
        after = found[-1].pk
        made = make_facts(merchant, found, correction)
        settle(made, Verdict.CONFIRMED, by)
        facts |= {fact_key(row) for row in made}
    return Decision(len(facts), len({product for product, _code, _fact in facts}))


def make_facts(
    merchant: Merchant, rows: Sequence[AttributeProposal], correction: str | None
) -> list[AttributeProposal]:
    """Write proposals into their products' attributes; return those that were written."""
    products = {
        product.pk: product
        for product in Product.objects.of(merchant)
        .filter(pk__in={row.product_id for row in rows})
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    made: list[AttributeProposal] = []
    facts: dict[str, Fact] = {}
    for row in rows:
        if row.product_id not in products:
            continue
        fact = stated(row.attribute, row.value, row.unit or None)
        if correction is not None:
            fact = corrected(fact, correction)
            row.fact = fact.value
        product = products[row.product_id]
        product.attributes = with_fact(product.attributes, fact)
        facts[fact.code] = fact
        made.append(row)
    define(merchant, facts)
    Product.objects.bulk_update(products.values(), ["attributes"])
    return made


def with_fact(attributes: dict[str, Any], fact: Fact) -> dict[str, Any]:
    """Return attributes that state a fact: one more of a list, or instead of a single value."""
    if fact.kind != "code":
        return attributes | {fact.code: fact.value}
    said = attributes.get(fact.code, [])
    values = said if isinstance(said, list) else [said]
    if fact.value in values or len(values) >= MOST_VALUES:
        return attributes
    return attributes | {fact.code: [*values, fact.value]}


def without_fact(attributes: dict[str, Any], code: str, value: Any) -> dict[str, Any]:
    """Return attributes that no longer state a value."""
    said = attributes.get(code)
    left = [one for one in said if one != value] if isinstance(said, list) else None
    if left:
        return attributes | {code: left}
    if left is None and said != value:
        return attributes
    return {name: one for name, one in attributes.items() if name != code}


def define(merchant: Merchant, facts: dict[str, Fact]) -> None:
    """Define attributes that neither the market place nor the shop has defined yet."""
    known = Attribute.objects.filter(code__in=facts).values_list("code", flat=True)
    new = [fact for code, fact in facts.items() if code not in set(known)]
    Attribute.objects.bulk_create(
        [
            Attribute(
                merchant=merchant,
                code=fact.code,
                kind=fact.kind,
                unit=fact.unit,
                name_zh=fact.name_zh,
                name_en=fact.name_en,
            )
            for fact in new
        ],
        ignore_conflicts=True,
    )


def reject(rows: ProposalQuerySet, *, by: User) -> Decision:
    """Put proposals aside: they do not come back while the words around them are the same."""
    found = list(rows.with_twins().open().order_by("pk"))
    settle(found, Verdict.REJECTED, by)
    return Decision(len({fact_key(row) for row in found}), len({row.product_id for row in found}))


def fact_key(row: AttributeProposal) -> tuple[int, str, str]:
    """Return what a proposal says of which product."""
    return (row.product_id, row.code, repr(row.fact))


def reopen(merchant: Merchant, row: AttributeProposal) -> None:
    """Take a decision back; a confirmed value leaves the product's attributes again."""
    twins = twins_of(row)
    if row.verdict == Verdict.CONFIRMED:
        product = (
            Product.objects.of(merchant).select_for_update(of=("self",)).get(pk=row.product_id)
        )
        product.attributes = without_fact(product.attributes, row.code, row.fact)
        product.save(update_fields=["attributes"])
    for twin in twins:
        twin.fact = stated(twin.attribute, twin.value, twin.unit or None).value
        twin.verdict, twin.decided_by, twin.decided_at = Verdict.OPEN, None, None
    AttributeProposal.objects.bulk_update(twins, DECIDED)


def twins_of(row: AttributeProposal) -> list[AttributeProposal]:
    """Return the proposals that say the same of the same product, in any language, this among."""
    return list(
        AttributeProposal.objects.filter(
            product=row.product_id, attribute=row.attribute, value=row.value, unit=row.unit,
            verdict=row.verdict,
        )
    )  # fmt: skip


def settle(rows: Sequence[AttributeProposal], verdict: Verdict, by: User) -> None:
    """Write a verdict, and the fact as a person corrected it."""
    now = timezone.now()
    for row in rows:
        row.verdict, row.decided_by, row.decided_at = verdict, by, now
    AttributeProposal.objects.bulk_update(rows, DECIDED, batch_size=BATCH)
