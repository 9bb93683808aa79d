"""Tasks about people and shops: letters of invitation, deliveries to webhooks.

Each takes an id; a lost message is rung again by the sweep.
"""

from celery import shared_task
from django.conf import settings

from shopguide.accounts.delivering import deliver, forget_events
from shopguide.accounts.inviting import post
from shopguide.accounts.models import Invitation, WebhookDelivery
from shopguide.accounts.tenancy import as_everyone

MOST = 200


@shared_task(ignore_result=True)
def deliver_webhooks(merchant_id: int) -> None:
    """Send what a shop's webhooks are owed; ring again if more is due."""
    if deliver(merchant_id, most=MOST) >= MOST:
        deliver_webhooks.delay(merchant_id)


@shared_task(ignore_result=True)
def forget_old_events() -> None:
    """Delete what shops' systems were told long ago."""
    with as_everyone():
        forget_events(settings.WEBHOOK_DAYS)


@shared_task(ignore_result=True)
def send_invitation(pk: int) -> None:
    """Send the letter of one invitation."""
    with as_everyone():
        invitation = Invitation.objects.select_related("merchant").filter(pk=pk).first()
    if invitation is not None and invitation.usable and invitation.sent_at is None:
        post(invitation)


@shared_task(ignore_result=True)
def ring_people() -> None:
    """Ring again for deliveries that are due and letters that were not sent."""
    with as_everyone():
        shops = list(
            WebhookDelivery.objects.due().values_list("merchant", flat=True).distinct()[:100]
        )
        letters = list(
            Invitation.objects.open().filter(sent_at=None).values_list("pk", flat=True)[:100]
        )
    for shop in shops:
        deliver_webhooks.delay(shop)
    for letter in letters:
        send_invitation.delay(letter)
