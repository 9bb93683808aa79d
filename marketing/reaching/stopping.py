"""The word in a letter with which its reader stops what shops write, without signing in.

It is signed, so it names one shopper and one shop and nobody can make it up; it works for as long
as both exist, whatever became of the campaign.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from marketing.models import Send
from profiles.consenting import choose
from profiles.contacting import mute
from profiles.models import Muted, Purpose
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone

_signer = Signer(salt="marketing.stop")


@dataclass(frozen=True)
class Reader:
    """Whose word it is, and of which shop."""

    shopper: Shopper
    merchant: Merchant

    @property
    def stopped(self) -> bool:
        """Tell whether the shop is muted already. One query."""
        with as_everyone():
            return Muted.objects.filter(shopper=self.shopper, merchant=self.merchant).exists()


def word_for(send: Send) -> str:
    """Return the word for the letters of one shop to one shopper."""
    return _signer.sign_object([str(send.shopper_id), send.merchant_id])


def reader_of(word: str) -> Reader | None:
    """Return who may stop what by a word; None for one that we did not sign, or people gone."""
    try:
        number, merchant = _signer.unsign_object(word)
        shopper = Shopper.objects.filter(pk=UUID(number)).first()
        shop = Merchant.objects.filter(pk=int(merchant)).first()
    except (BadSignature, ValueError, TypeError):
        return None
    return Reader(shopper, shop) if shopper and shop else None


def stop(reader: Reader, *, everything: bool = False) -> None:
    """Let nothing more reach a reader of this shop, or of any; it holds at once."""
    if everything:
        choose(reader.shopper, {Purpose.MARKETING: False}, via="letter")
    else:
        mute(reader.shopper, reader.merchant, via="letter")
    with as_everyone():
        mine = Send.objects.filter(
            shopper=reader.shopper, merchant=reader.merchant, stopped_at=None, state="sent"
        )
        newest = mine.order_by("-sent_at").values_list("pk", flat=True)[:1]
        Send.objects.filter(pk__in=list(newest)).update(stopped_at=timezone.now())
