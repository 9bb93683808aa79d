"""The audit log in words: what kind of thing, what was done, by whom, from what to what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shopguide.accounts.models import AuditEntry, User

LONGEST = 120
COLUMNS = Path(__file__).resolve().parents[1] / "columns.toml"


def things() -> dict[str, str]:
    """Return what the rows of each table are, in the reader's language."""
    return {
        "accounts_merchant": _("Shop settings"),
        "accounts_membership": _("Team member"),
        "accounts_invitation": _("Invitation"),
        "accounts_apikey": _("API key"),
        "accounts_webhook": _("Webhook"),
        "catalog_product": _("Product"),
        "catalog_producttext": _("Product text"),
        "catalog_variant": _("Variant"),
        "catalog_price": _("Price"),
        "catalog_pricelist": _("Price list"),
        "catalog_stock": _("Stock"),
        "catalog_warehouse": _("Warehouse"),
        "catalog_media": _("Picture"),
        "catalog_category": _("Category"),
        "catalog_attributeproposal": _("Fact to confirm"),
        "catalog_searchrule": _("Search rule"),
        "catalog_searchsynonym": _("Synonym"),
        "catalog_shippingmethod": _("Way of shipping"),
        "catalog_coupon": _("Coupon"),
        "catalog_order": _("Order"),
        "catalog_catalogimport": _("Import"),
        "catalog_bulkedit": _("Change of many products"),
        "catalog_attribute": _("Attribute"),
        "catalog_arrangement": _("Category or attribute arranged"),
        "catalog_relatedproduct": _("Related product"),
        "catalog_policyversion": _("Rules of sale"),
        "catalog_return": _("Return"),
        "catalog_refund": _("Refund"),
        "catalog_invoice": _("Invoice"),
        "catalog_review": _("Review"),
        "catalog_buyerreview": _("Review to be decided"),
        "assistant_article": _("Article"),
        "assistant_articleversion": _("Version of an article"),
        "assistant_gap": _("Unanswered question"),
        "assistant_cannedreply": _("Canned reply"),
        "profiles_experiment": _("Experiment"),
        "catalog_publishedcopy": _("Published copy"),
        "marketing_draft": _("Draft of copy"),
        "marketing_voice": _("Voice of the shop"),
        "marketing_copyrules": _("Rules of approval"),
        "marketing_trial": _("Trial of copy"),
        "marketing_bulkjob": _("Copy for many products"),
        "profiles_segment": _("Segment"),
        "marketing_campaign": _("Campaign"),
        "marketing_proposal": _("Proposed change"),
        "marketing_mentionimport": _("Import of mentions"),
        "marketing_opinionalert": _("Opinion alert"),
        "marketing_suspicion": _("Doubted opinion"),
        "marketing_incoming": _("Goods on their way"),
        "marketing_stockterms": _("Terms of ordering again"),
        "marketing_deliverynote": _("Text of a carrier"),
        "marketing_customstext": _("Text for customs"),
    }


def acts() -> dict[str, str]:
    """Return what can be done to a row."""
    return {"insert": _("added"), "update": _("changed"), "delete": _("removed")}


def log_rows(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Return entries as the page shows them. One query for the names of all people."""
    entries = list(entries)
    people = User.objects.filter(pk__in={one.actor for one in entries if one.actor})
    emails = dict(people.values_list("pk", "email"))
    kinds, verbs = things(), acts()
    return [
        {
            "at": one.at,
            "who": who(one, emails),
            "actor": one.actor,
            "thing": kinds.get(one.table, one.table),
            "row": one.row,
            "act": verbs[one.action],
            "rows": one.rows,
            "changes": changes(one),
        }
        for one in entries
    ]


def who(entry: AuditEntry, emails: dict[int, str]) -> str:
    """Say who did it: a person by email, a key by its first letters, or the machine."""
    if entry.actor:
        return emails.get(entry.actor) or _("a person who has left")
    if entry.via.startswith("key:"):
        return _("key %(prefix)s…") % {"prefix": entry.via[4:]}
    return {"worker": _("a worker"), "command": _("a command on the server")}.get(
        entry.via, _("the system")
    )


def changes(entry: AuditEntry) -> list[dict[str, str]]:
    """Return each column with what it was and what it became."""
    before, after = entry.before or {}, entry.after or {}
    return [
        {"name": column(name), "before": text(before.get(name)), "after": text(after.get(name))}
        for name in sorted({*before, *after})
    ]


def column(name: str) -> str:
    """Return what people call a column."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    return columns().get(name, {}).get(language, name)


@cache
def columns() -> dict[str, dict[str, str]]:
    """Return the names of the columns that the log tells, by language."""
    return tomllib.loads(COLUMNS.read_text("utf-8"))


def text(value: Any) -> str:
    """Return a value in few letters."""
    if value is None or value in ("", [], {}):
        return ""
    said = str(value)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
