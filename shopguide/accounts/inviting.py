"""Inviting people into a shop's team: a letter with a signed link, for a week, used once.

The link proves that whoever opens it reads the address it was sent to; the place goes to an account
with just that address. It writes no role that was not asked for by an owner.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shopguide.accounts.models import Invitation, Membership, Merchant, User
from shopguide.accounts.models.invitation import VALID, nonce
from shopguide.accounts.tenancy import as_merchant

SALT = "shopguide.invitation"


class NotInvited(Exception):
    """``code``: member (has a place already), wrong_address, over, or last_owner."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def invite(  # noqa: PLR0917
    merchant: Merchant, email: str, role: str, by: User, language: str, origin: str
) -> Invitation:
    """Invite an address, or anew: the former letter then opens nothing. NotInvited for members."""
    email = email.strip().lower()
    if Membership.objects.filter(merchant=merchant, user__email=email).exists():
        raise NotInvited("member")
    with as_merchant(merchant):
        made, _new = Invitation.objects.open().update_or_create(
            merchant=merchant,
            email=email,
            defaults={
                "role": role,
                "invited_by": by,
                "language": language,
                "origin": origin,
                "nonce": nonce(),
                "sent_at": None,
                "expires_at": timezone.now() + VALID,
            },
        )
        transaction.on_commit(lambda: ring(made.pk), robust=True)
    return made


def ring(pk: int) -> None:
    """Ask a worker to send a letter."""
    from shopguide.accounts.tasks import send_invitation

    send_invitation.delay(pk)


def token_of(invitation: Invitation) -> str:
    """Return what the link of the newest letter holds."""
    said = [invitation.merchant_id, invitation.pk, invitation.nonce]
    return signing.dumps(said, salt=SALT, compress=False)


def post(invitation: Invitation) -> None:
    """Send the letter in the language of whoever invites, and note that it is sent."""
    with translation.override(invitation.language):
        link = invitation.origin + reverse("invitation", args=[token_of(invitation)])
        words = {
            "shop": invitation.merchant.name,
            "role": invitation.get_role_display(),
            "link": link,
        }
        subject = _("Join the team of %(shop)s") % words
        text = _(
            "You are invited to work in the shop %(shop)s on ShopGuide, as: %(role)s.\n\n"
            "Open this link within seven days, sign in or create an account with this email"
            " address, and accept:\n\n%(link)s\n\n"
            "If you do not know the shop, do nothing: nobody joins without accepting."
        )
        send_mail(subject.replace("\n", " "), text % words, None, [invitation.email])
    with as_merchant(invitation.merchant_id):
        invitation.sent_at = timezone.now()
        invitation.save(update_fields=["sent_at"])


def opened(token: str) -> Invitation | None:
    """Return the invitation of a link, None for one that opens nothing."""
    try:
        merchant, pk, secret = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    with as_merchant(int(merchant)):
        rows = Invitation.objects.select_related("merchant", "invited_by")
        found = rows.filter(pk=pk, nonce=secret, merchant__suspended_at=None).first()
    return found if found is not None and found.usable else None


def accept(invitation: Invitation, user: User) -> Membership:
    """Give the person their place, once; NotInvited if it is not theirs or somebody was faster."""
    if user.email.lower() != invitation.email.lower():
        raise NotInvited("wrong_address")
    with as_merchant(invitation.merchant_id):
        held = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not held.usable or held.nonce != invitation.nonce:
            raise NotInvited("over")
        held.accepted_at = timezone.now()
        held.save(update_fields=["accepted_at"])
        place, _new = Membership.objects.get_or_create(
            user=user, merchant_id=held.merchant_id, defaults={"role": held.role}
        )
        # The letter went to this address and to no other: whoever has its link reads it.
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
    return place


def take_back(invitation: Invitation) -> None:
    """Let an invitation open nothing."""
    with as_merchant(invitation.merchant_id):
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
