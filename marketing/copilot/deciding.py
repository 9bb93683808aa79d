"""Apply a proposal after a person's yes, through the editing verbs, and take it back as a whole.

Each decision is made once: the row is locked, and what is no longer proposed is left alone. A
proposal whose rows have changed since is not applied. To be rung afterwards: `catalog.tasks`.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from catalog.editing import bulk
from catalog.models import BulkEdit, Product
from marketing.copilot import offering
from marketing.copilot.proposing import still
from marketing.copy import briefing
from marketing.models import Brief, Draft, DraftState, Proposal
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

State = Proposal.State


class NotNow(Exception):
    """It cannot be done as things stand; ``why``: decided, changed or used."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def held(merchant: Merchant, pk: int, state: str) -> Proposal:
    """Return the shop's proposal, locked; NotNow if it is in another state."""
    rows = Proposal.objects.of(merchant).select_for_update(of=("self",))
    found = rows.get(pk=pk)
    if found.state != state:
        raise NotNow("decided")
    return found


def apply(merchant: Merchant, pk: int, *, by: User) -> Proposal:
    """Make the change that was proposed, all or nothing."""
    with transaction.atomic(), as_merchant(merchant):
        proposal = held(merchant, pk, State.PROPOSED)
        if proposal.kind == Proposal.Kind.CAMPAIGN:
            made = offering.make(merchant, proposal, by)
            if made is None:
                raise NotNow("changed")
            proposal.made = made
            return decided(proposal, State.APPLIED, by)
        if not still(merchant, proposal):
            raise NotNow("changed")
        if proposal.kind == Proposal.Kind.COPY:
            proposal.made = {"briefs": begin_briefs(merchant, proposal, by)}
        else:
            ids = [one["product"] for one in proposal.differences]
            edit = bulk.begin(merchant, proposal.kind, proposal.change, {"ids": ids}, by=by)
            proposal.edit = carried_out(edit)
        return decided(proposal, State.APPLIED, by)


def carried_out(edit: BulkEdit) -> BulkEdit:
    """Claim a bulk edit and carry it out at once."""
    claimed = BulkEdit.objects.claim(edit.pk)
    if claimed is None:
        raise NotNow("decided")
    bulk.run(claimed)
    return claimed


def begin_briefs(merchant: Merchant, proposal: Proposal, by: User) -> list[int]:
    """Ask for the copy that was proposed; return the briefs."""
    products = Product.objects.of(merchant).in_bulk(
        [one["product"] for one in proposal.differences]
    )
    return [
        briefing.begin(
            merchant, products[one["product"]], by=by, channel=channel,
            locale=key.partition(":")[2],
        ).pk
        for one in proposal.differences
        for key, channel in one["after"].items()
    ]  # fmt: skip


def dismiss(merchant: Merchant, pk: int, *, by: User) -> Proposal:
    """Say no."""
    with transaction.atomic(), as_merchant(merchant):
        return decided(held(merchant, pk, State.PROPOSED), State.DISMISSED, by)


def undo(merchant: Merchant, pk: int, *, by: User) -> Proposal:
    """Give everything back as it was; NotNow if somebody has built on it since."""
    with transaction.atomic(), as_merchant(merchant):
        proposal = held(merchant, pk, State.APPLIED)
        if proposal.kind == Proposal.Kind.COPY:
            take_briefs_back(merchant, proposal)
        elif proposal.kind == Proposal.Kind.CAMPAIGN:
            if not offering.take_back(merchant, proposal):
                raise NotNow("used")
        elif proposal.edit is None:
            raise NotNow("used")
        else:
            job = carried_out(bulk.begin_undo(proposal.edit, by=by))
            job.refresh_from_db()
            if job.refused:
                raise NotNow("changed")
        proposal.undone_at = timezone.now()
        proposal.state = State.UNDONE
        proposal.save(update_fields=["state", "undone_at"])
        return proposal


def take_briefs_back(merchant: Merchant, proposal: Proposal) -> None:
    """Delete the briefs and the drafts that nobody has touched; NotNow if somebody has."""
    drafts = Draft.objects.of(merchant).filter(brief__in=proposal.made.get("briefs", []))
    if drafts.exclude(state=DraftState.DRAFT).exists() or drafts.exclude(edited_at=None).exists():
        raise NotNow("used")
    drafts.delete()
    Brief.objects.filter(merchant=merchant, pk__in=proposal.made.get("briefs", [])).delete()


def decided(proposal: Proposal, state: str, by: User) -> Proposal:
    """Write a decision down."""
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "edit", "made"])
    return proposal
