"""Read products' texts for facts and write what was found as proposals for the merchant.

For the worker. What is to be read is a queryset (`ProductText.objects.unread`), so running this
twice, late, or two at once does no harm. It never makes a fact of a proposal: a person does. What a
person rejected stays rejected as long as the words around it are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.extraction import MODEL_VERSION, Proposal, propose
from catalog.extraction.stating import stated
from catalog.models import AttributeProposal, Extraction, ProductText
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

# About half a second of reading, at 2 ms a text.
BATCH = 200
AROUND = 60
# An option that variants differ in is stated by the variants; texts are read so far.
LONGEST_TEXT = 20_000
LONGEST_VALUE, LONGEST_EVIDENCE = 200, 300
Verdict = AttributeProposal.Verdict


@dataclass(frozen=True)
class Reading:
    """One text and what it states; ``found`` is None where the text is as it was read before."""

    text: ProductText
    revision: int
    hash: str
    found: list[AttributeProposal] | None


def propose_attributes(
    merchant: Merchant,
    *,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Read the shop's unread texts, at most about ``limit``; return how many were read."""
    done = 0
    while limit is None or done < limit:
        with as_merchant(merchant):
            texts = waiting(merchant)
            hashes = known_hashes(texts)
        if not texts:
            break
        readings = [read(text, hashes) for text in texts]
        with as_merchant(merchant):
            store(merchant, readings)
        done += len(texts)
        if progress:
            progress(done)
    return done


def waiting(merchant: Merchant) -> list[ProductText]:
    """Return the next texts to read, with their products. Three queries."""
    return list(
        ProductText.objects.filter(merchant=merchant)
        .unread(MODEL_VERSION)
        .select_related("product__category")
        .prefetch_related("product__variants")
        .order_by("product_id", "locale")[:BATCH]
    )


def known_hashes(texts: Sequence[ProductText]) -> dict[tuple[int, str], str]:
    """Return the hashes under which these rules have read products' texts. One query."""
    rows = Extraction.objects.filter(
        product__in=[text.product_id for text in texts], model_version=MODEL_VERSION
    )
    return {
        (product, locale): seen
        for product, locale, seen in rows.values_list("product_id", "locale", "text_hash")
    }


def read(text: ProductText, known: dict[tuple[int, str], str]) -> Reading:
    """Read one text, unless these very words were read for this category before."""
    product = text.product
    place = product.category.path if product.category else ""
    fingerprint = hash_of(text.title, text.description, place)
    if known.get((text.product_id, text.locale)) == fingerprint:
        return Reading(text, product.revision, fingerprint, None)
    fields = {"title": text.title, "description": text.description[:LONGEST_TEXT]}
    found = propose(fields["title"], fields["description"], text.locale, place or None)
    chosen = {code for variant in product.variants.all() for code in variant.codes}
    rows = [
        proposal_of(text, proposal, fields[proposal.field], fingerprint)
        for proposal in found
        if proposal.attribute not in chosen and fits(proposal)
    ]
    return Reading(text, product.revision, fingerprint, rows)


def hash_of(*parts: str) -> str:
    """Return the fingerprint of what the rules read."""
    whole = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.md5(whole, usedforsecurity=False).hexdigest()


def fits(proposal: Proposal) -> bool:
    """Tell whether a proposal has room in its row; what does not is no value anybody reads."""
    return len(proposal.value) <= LONGEST_VALUE and len(proposal.evidence) <= LONGEST_EVIDENCE


def proposal_of(
    text: ProductText, proposal: Proposal, words: str, fingerprint: str
) -> AttributeProposal:
    """Return a proposal as an unsaved row, with the words around its evidence."""
    fact = stated(proposal.attribute, proposal.value, proposal.unit)
    return AttributeProposal(
        merchant_id=text.merchant_id,
        product_id=text.product_id,
        attribute=proposal.attribute,
        value=proposal.value,
        unit=proposal.unit or "",
        locale=text.locale,
        field=proposal.field,
        start=proposal.start,
        end=proposal.end,
        before=words[max(0, proposal.start - AROUND) : proposal.start],
        evidence=proposal.evidence,
        after=words[proposal.end : proposal.end + AROUND],
        text_hash=fingerprint,
        code=fact.code,
        fact=fact.value,
        confidence=proposal.confidence,
        model_version=proposal.model_version,
    )


def store(merchant: Merchant, readings: Iterable[Reading]) -> None:
    """Write what was read: new proposals, moved evidence, and what no longer stands in the text.

    Eight statements at most, however many readings.
    """
    readings = list(readings)
    anew = [one for one in readings if one.found is not None]
    kept = kept_rows([one.text for one in anew])
    fresh: list[AttributeProposal] = []
    moved: list[AttributeProposal] = []
    for reading in anew:
        for row in reading.found or []:
            old = kept.pop(key_of(row), None)
            if old is None:
                fresh.append(row)
            elif seen_anew(old, row):
                moved.append(old)
    gone = [row.pk for row in kept.values() if row.verdict == Verdict.OPEN]
    AttributeProposal.objects.filter(pk__in=gone).delete()
    AttributeProposal.objects.bulk_create(fresh, ignore_conflicts=True)
    AttributeProposal.objects.bulk_update(moved, [*EVIDENCE, "verdict", "decided_by", "decided_at"])
    Extraction.objects.bulk_create(
        [
            Extraction(
                merchant=merchant,
                product_id=one.text.product_id,
                locale=one.text.locale,
                revision=one.revision,
                text_hash=one.hash,
                model_version=MODEL_VERSION,
            )
            for one in readings
        ],
        update_conflicts=True,
        unique_fields=["product", "locale"],
        update_fields=["revision", "text_hash", "model_version"],
    )


EVIDENCE = ("field", "start", "end", "before", "evidence", "after", "text_hash", "confidence",
            "model_version")  # fmt: skip
Key = tuple[Any, ...]


def key_of(row: AttributeProposal) -> Key:
    """Return what makes a proposal the same one."""
    return (row.product_id, row.locale, row.attribute, row.value, row.unit)


def kept_rows(texts: Sequence[ProductText]) -> dict[Key, AttributeProposal]:
    """Return the proposals there are of some texts, locked. One query."""
    wanted = {(text.product_id, text.locale) for text in texts}
    rows = AttributeProposal.objects.filter(
        product__in={product for product, _locale in wanted}
    ).select_for_update(of=("self",))
    return {key_of(row): row for row in rows if (row.product_id, row.locale) in wanted}


def seen_anew(old: AttributeProposal, row: AttributeProposal) -> bool:
    """Take the evidence of the new text over; tell whether anything is to be written.

    A rejected proposal opens again only if other words now say it.
    """
    if old.verdict == Verdict.REJECTED and said(old) == said(row):
        return False
    if old.verdict == Verdict.REJECTED:
        old.verdict, old.decided_by, old.decided_at = Verdict.OPEN, None, None
    for name in EVIDENCE:
        setattr(old, name, getattr(row, name))
    return True


def said(row: AttributeProposal) -> tuple[str, str, str]:
    """Return the words that state a proposal and those around them."""
    return (row.before.strip(), row.evidence, row.after.strip())
