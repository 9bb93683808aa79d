"""Proposals as the merchant reads them: the fact, the words that state it, how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Attribute, AttributeProposal, Product
from catalog.presenting.cards import picture_url
from catalog.presenting.facts import fact_name, value_text
from catalog.presenting.naming import html_lang

Verdict = AttributeProposal.Verdict


def proposal_row(
    row: AttributeProposal,
    twins: Sequence[AttributeProposal],
    definitions: Mapping[str, Attribute],
) -> dict[str, Any]:
    """Return one fact with its evidence in each language; uses the prefetched product."""
    product = row.product
    definition = definitions.get(row.code)
    media = list(product.media.all())
    return {
        "pk": row.pk,
        "title": product.title,
        "sku": product.sku,
        "product": product.pk,
        "image_url": picture_url(media[0].file) if media else "",
        "code": row.code,
        "name": fact_name(row.code, definition),
        "value": value_text(row.code, row.fact, definition),
        "editable": editable_value(row, definition),
        "unit": definition.unit if definition else "",
        "present": present_value(product, row, definition),
        "verdict": row.verdict,
        "verdict_label": Verdict(row.verdict).label,
        "decided_by": row.decided_by.email if row.decided_by else "",
        "decided_at": row.decided_at,
        "percent": round(row.confidence * 100),
        "evidence": [evidence(one) for one in twins or [row]],
    }


def editable_value(row: AttributeProposal, definition: Attribute | None) -> str:
    """Return the value as it stands in the field where a person corrects it: without a unit."""
    if isinstance(row.fact, str):
        return value_text(row.code, row.fact, definition)
    return f"{row.fact:g}" if isinstance(row.fact, float) else str(row.fact)


def present_value(product: Product, row: AttributeProposal, definition: Attribute | None) -> str:
    """Return what the product states instead now, nothing if it is silent or states this too."""
    said = product.attributes.get(row.code)
    if said is None or said == row.fact or (isinstance(said, list) and row.fact in said):
        return ""
    return value_text(row.code, said, definition)


def evidence(row: AttributeProposal) -> dict[str, str]:
    """Return the words that state a fact between those around them."""
    return {
        "field": _("Title") if row.field == "title" else _("Description"),
        "lang": html_lang(row.locale),
        "before": row.before,
        "marked": row.evidence,
        "after": row.after,
    }


def code_chips(
    counts: Iterable[tuple[str, int]], definitions: Mapping[str, Attribute], chosen: str
) -> list[dict[str, Any]]:
    """Return the attributes that wait, with how many facts each, the most first."""
    return [
        {
            "code": code,
            "name": fact_name(code, definitions.get(code)),
            "count": count,
            "selected": code == chosen,
        }
        for code, count in sorted(counts, key=lambda one: (-one[1], one[0]))
    ]
