"""From a campaign to its messages: who is in the segment now, who is held out, one row each.

For the worker, once the campaign's time has come. All in one transaction: a worker that dies has
done nothing, a second one finds it done.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from marketing.models import Campaign, CampaignStage, Send, SendState
from profiles.experiments.splitting import place_of
from profiles.segments.counting import members, wanted
from shopguide.accounts.tenancy import as_everyone

AT_ONCE = 1000


def gather(pk: int) -> int:
    """Write the messages of a campaign that is due; return how many people are in it."""
    with as_everyone():
        rows = Campaign.objects.due().select_for_update(of=("self",), skip_locked=True)
        campaign: Campaign | None = rows.select_related("segment__seed").filter(pk=pk).first()
        if campaign is None:
            return 0
        people = members(wanted(campaign.segment))
        for start in range(0, len(people), AT_ONCE):
            Send.objects.bulk_create(
                messages(campaign, people[start : start + AT_ONCE]), ignore_conflicts=True
            )
        now = timezone.now()
        Campaign.objects.filter(pk=pk).update(stage=CampaignStage.RUNNING, started_at=now)
    return len(people)


def messages(campaign: Campaign, people: list[UUID]) -> Iterator[Send]:
    """Yield a message by each way for everybody, and one without a way for who is held out."""
    for shopper in people:
        held = held_out(campaign, shopper)
        for way in [""] if held else campaign.ways:
            yield Send(
                campaign=campaign, merchant_id=campaign.merchant_id, shopper_id=shopper, way=way,
                state=SendState.HELD if held else SendState.WAITING,
            )  # fmt: skip


def held_out(campaign: Campaign, shopper: UUID) -> bool:
    """Tell whether somebody gets nothing, so that the others can be compared with them."""
    return place_of(campaign.salt, str(shopper)) < campaign.holdout / 100


def finish() -> int:
    """End campaigns with nothing left to send, or whose time is over; return how many."""
    now, ended = timezone.now(), 0
    with as_everyone():
        for campaign in Campaign.objects.under_way():
            waiting = campaign.sends.filter(state__in=(SendState.WAITING, SendState.SENDING))
            if campaign.until is not None and campaign.until <= now:
                campaign.sends.filter(state=SendState.WAITING).update(
                    state=SendState.SKIPPED, why="late"
                )
            if not waiting.exists():
                ended += (
                    Campaign.objects.under_way()
                    .filter(pk=campaign.pk)
                    .update(stage=CampaignStage.DONE, ended_at=now)
                )
    return ended


def cancel(campaign: Campaign) -> int:
    """Stop a campaign: what has not gone out stays here. Return how many messages that is."""
    with as_everyone():
        going = Campaign.objects.filter(
            pk=campaign.pk, stage__in=(CampaignStage.SCHEDULED, CampaignStage.RUNNING)
        )
        going.update(stage=CampaignStage.CANCELLED, ended_at=timezone.now())
        waiting = Send.objects.filter(campaign=campaign, state=SendState.WAITING)
        return int(waiting.update(state=SendState.SKIPPED, why="cancelled"))


def window_over(campaign: Campaign) -> bool:
    """Tell whether nothing more is attributed to a campaign."""
    end = campaign.measured_until
    return end is not None and timezone.now() >= end
