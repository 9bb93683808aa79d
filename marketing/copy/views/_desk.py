"""What the pages of copy share: the draft of an address, and who is asking."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.search.addressing import LARGEST_ID, clean_text
from catalog.tasks import index_products
from marketing.copy.tasks import read_drafts
from marketing.models import Draft
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import role_in
from shopguide.accounts.models import Merchant, User

PRODUCT = ("product__texts", "product__media", "product__merchant")


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; `member_view` has made sure that somebody is."""
    return cast(User, request.user)


def may_write(request: HttpRequest) -> bool:
    """Tell whether the person may write and decide in this shop."""
    return role_in(request) in [str(role) for role in CATALOGUE_EDITORS]


def known(pk: int) -> int:
    """Return an id that there can be, or 404."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    return pk


def draft_of(merchant: Merchant, pk: int) -> Draft:
    """Return this shop's draft with what its pages show, or 404. As the merchant."""
    rows = Draft.objects.select_related("product", "made_by", "edited_by", "decided_by")
    return row_of(rows.prefetch_related(*PRODUCT), merchant, pk=known(pk))


def product_of(merchant: Merchant, sent: Any) -> Product | None:
    """Return the shop's product that a form names, None if it names none. As the merchant."""
    said = clean_text(str(sent or ""), 20)
    if not said.isascii() or not said.isdigit() or int(said) > LARGEST_ID:
        return None
    rows = Product.objects.of(merchant).filter(pk=int(said), deleted_at=None)
    return rows.prefetch_related("texts", "media").select_related("merchant").first()


def ring_reading(merchant: Merchant) -> None:
    """Let changed words be read a second time; the sweep does it otherwise."""
    transaction.on_commit(partial(read_drafts.delay, merchant.pk), robust=True)


def ring_indexing(merchant: Merchant) -> None:
    """Let search know of a new text once this is committed; the sweep does it otherwise."""
    transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
