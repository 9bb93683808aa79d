"""Take a destructive act back: a signed token says what was done, one verb a kind undoes it.

For the portal's "undo" beside each word that something is gone. The token holds the removed rows
themselves, or the number of the job that knows how to take itself back; it is good for one shop and
one day. Taken back twice is as once. It restores nothing that somebody has made anew meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core import serializers, signing
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.editing.bulk import begin_undo
from catalog.models import (
    BulkEdit,
    CatalogImport,
    Coupon,
    SearchRule,
    SearchSynonym,
    ShippingMethod,
)
from catalog.uploading import ask_undo
from shopguide.accounts.models import Merchant, User

SALT = "shopguide.taking-back"
GOOD_FOR_S = 24 * 3600
RESTORED: tuple[type[Model], ...] = (ShippingMethod, Coupon, SearchRule, SearchSynonym)


class TooLate(Exception):
    """The act can no longer be taken back; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Undone:
    """What was done, in words; the job that a worker is to be rung for, if it takes one."""

    text: str
    back: str = ""
    job: BulkEdit | CatalogImport | None = None


def token_for(merchant: Merchant, kind: str, what: Any, back: str) -> str:
    """Return the token of an act. ``back``: the name of the page to return to."""
    act = {"shop": merchant.pk, "kind": kind, "what": what, "back": back}
    return signing.dumps(act, salt=SALT, compress=True)


def rows_token(merchant: Merchant, rows: Sequence[Model], back: str) -> str:
    """Return the token of rows that are about to be removed."""
    return token_for(merchant, "rows", serializers.serialize("json", rows), back)


def take_back(merchant: Merchant, token: str, by: User) -> Undone:
    """Undo what a token says, or begin to; ``back`` is the name of the page to show.

    To be called as the merchant. TooLate for an old, a foreign or a broken token.
    """
    try:
        act = signing.loads(token, salt=SALT, max_age=GOOD_FOR_S)
    except signing.BadSignature as error:
        raise TooLate(_("This can no longer be taken back.")) from error
    if act["shop"] != merchant.pk:
        raise TooLate(_("This can no longer be taken back."))
    return replace(KINDS[act["kind"]](merchant, act["what"], by), back=act["back"])


def restore(merchant: Merchant, what: str, by: User) -> Undone:
    """Put removed rows back as they were; what is there already is left alone."""
    kept: list[Any] = [one.object for one in serializers.deserialize("json", what)]
    for row in kept:
        if type(row) not in RESTORED or row.merchant_id != merchant.pk:
            raise TooLate(_("This can no longer be taken back."))
    try:
        with transaction.atomic():
            for row in kept:
                if not type(row).objects.filter(pk=row.pk).exists():
                    row.save(force_insert=True)
    except IntegrityError as error:
        raise TooLate(_("There is one of this name already, so it was not put back.")) from error
    words = ngettext("%(count)d is back as it was.", "%(count)d are back as they were.", len(kept))
    return Undone(words % {"count": len(kept)})


def undo_bulk(merchant: Merchant, what: int, by: User) -> Undone:
    """Take a change of many products back, by its own verb."""
    edit = BulkEdit.objects.filter(merchant=merchant, pk=what).first()
    if edit is None or not edit.over or edit.kind == BulkEdit.Kind.UNDO:
        raise TooLate(_("This cannot be taken back now."))
    return Undone(_("The changes are being taken back."), job=begin_undo(edit, by=by))


def undo_import(merchant: Merchant, what: int, by: User) -> Undone:
    """Take an import back, by its own verb."""
    job = CatalogImport.objects.filter(merchant=merchant, pk=what).first()
    if job is None or not job.can_be_undone:
        raise TooLate(_("There is nothing to take back."))
    return Undone(_("The import is being taken back."), job=ask_undo(job, by=by))


KINDS: dict[str, Callable[[Merchant, Any, User], Undone]] = {
    "rows": restore,
    "bulk": undo_bulk,
    "import": undo_import,
}
