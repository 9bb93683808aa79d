"""Campaigns in words: their state, who got what, and what it brought."""

from __future__ import annotations

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.presenting.money import money
from marketing.models import Campaign, CampaignStage, SendState, Way
from marketing.reaching.gathering import window_over
from marketing.reaching.measuring import Brought, brought, each
from profiles.segments.counting import FEWEST
from shopguide.charts import Bar, Point, bars

TONES = {"draft": "", "scheduled": "warn", "running": "warn", "done": "good", "cancelled": "bad"}


def row_of(campaign: Campaign) -> dict[str, Any]:
    """Return a campaign as a line of the list. Three queries for one that has run."""
    found = brought(campaign) if campaign.started_at else None
    return {
        "campaign": campaign,
        "tone": TONES[campaign.stage],
        "ways": ways_said(campaign),
        "reached": number(found.reached.people) if found else "—",
        "lift": short_lift(campaign, found) if found else "—",
    }


def ways_said(campaign: Campaign) -> str:
    """Say by which ways a campaign goes."""
    return _(", ").join(str(Way(way).label) for way in campaign.ways)


def number(value: int) -> str:
    """Return a number as a reader sees it; of people, a few are no more than that."""
    return str(formats.number_format(value)) if value == 0 or value >= FEWEST else _("under 5")


def percent(share: float, *, sign: bool = False) -> str:
    """Return a share in percent with one decimal."""
    text = str(formats.number_format(round(100 * share, 1), 1))
    return f"+{text}%" if sign and share > 0 else f"{text}%"


def short_lift(campaign: Campaign, found: Brought) -> str:
    """Say the difference in a few words."""
    lift = found.lift
    if lift is not None and not window_over(campaign):
        return _("not over yet")
    if lift is None:
        return _("no hold-out")
    if lift.better:
        return _("%(points)s points") % {"points": points(lift.difference)}
    return _("harmful") if lift.worse else _("not clear yet")


def points(share: float) -> str:
    """Return a difference of shares in percentage points."""
    text = str(formats.number_format(round(100 * share, 1), 1))
    return f"+{text}" if share > 0 else text


def result_of(campaign: Campaign) -> dict[str, Any]:
    """Return what a campaign's page says of its outcome. At most three queries."""
    found = brought(campaign)
    return {
        "over": window_over(campaign),
        "verdict": verdict(campaign, found),
        "kind": kind_of(campaign, found),
        "arms": arms(found),
        "bars": reached_bars(found),
        "figures": figures(found),
        "reasons": [
            {"why": reason(why), "count": number(count)}
            for why, count in sorted(found.reasons.items(), key=lambda pair: -pair[1])
        ],
    }


def kind_of(campaign: Campaign, found: Brought) -> str:
    """Return the tone of a verdict, none before there is one."""
    lift = found.lift if window_over(campaign) else None
    return "good" if lift and lift.better else "bad" if lift and lift.worse else ""


def verdict(campaign: Campaign, found: Brought) -> str:
    """Say in plain words what the comparison shows, never more than it does, never too early."""
    lift = found.lift
    if lift is None:
        return _("Nobody was held out, so nothing can be said of what it brought.")
    if not window_over(campaign):
        over = campaign.measured_until or timezone.now()
        day = formats.date_format(timezone.localtime(over), "DATE_FORMAT")
        return _("Not over yet: the verdict comes on %(day)s; until then counts mislead.") % {
            "day": day}  # fmt: skip
    between = {
        "low": points(lift.low), "high": points(lift.high), "points": points(lift.difference),
    }  # fmt: skip
    if not lift.enough:
        return _("Too few have ordered to tell: fewer than ten in a group. The difference lies"
                 " between %(low)s and %(high)s percentage points.") % between  # fmt: skip
    if lift.better:
        more = found.more_buyers(lift.difference)
        between |= {name: value.removeprefix("+") for name, value in between.items()}
        said = _("Of those reached, %(points)s percentage points more ordered than of those held"
                 " out (between %(low)s and %(high)s).") % between  # fmt: skip
        about = ngettext(
            "That is about %(more)s more buyer.", "That is about %(more)s more buyers.", more
        ) % {"more": formats.number_format(more)}
        return f"{said} {about}"
    if lift.worse:
        return _("Of those reached, fewer ordered: %(points)s percentage points (between %(low)s"
                 " and %(high)s).") % between  # fmt: skip
    return _("No difference was found: %(points)s percentage points, which may be chance"
             " (between %(low)s and %(high)s).") % between  # fmt: skip


def arms(found: Brought) -> list[dict[str, str]]:
    """Return both sides of the comparison."""
    return [
        {
            "name": name,
            "people": number(arm.people),
            "buyers": number(arm.buyers),
            "rate": percent(arm.count.rate) if arm.people >= FEWEST else "—",
            "orders": number(arm.orders),
            "each": money(each(arm), found.currency) if arm.people >= FEWEST else "—",
        }
        for name, arm in ((_("Reached"), found.reached), (_("Held out"), found.held))
        if arm.people
    ]


def reached_bars(found: Brought) -> list[Bar]:
    """Return how many messages went out by each way."""
    sent = [
        Point(str(Way(way).label), states.get(SendState.SENT, 0))
        for way, states in sorted(found.ways.items())
    ]
    return bars(sent, say=lambda value: number(int(value)))


def figures(found: Brought) -> list[dict[str, str]]:
    """Return the counts of messages."""
    total = {
        state: sum(there.get(state, 0) for there in found.ways.values()) for state in SendState
    }
    counts = [
        (_("Sent"), total[SendState.SENT]),
        (_("Waiting"), total[SendState.WAITING] + total[SendState.SENDING]),
        (_("Not sent"), total[SendState.SKIPPED]),
        (_("Failed"), total[SendState.FAILED]),
        (_("Opened a link"), found.opened),
        (_("Want no more"), found.stopped),
    ]
    return [{"label": label, "value": number(count)} for label, count in counts]


def reason(why: str) -> str:
    """Say why messages were not sent."""
    return {
        "no_consent": _("They no longer agree to offers"),
        "muted": _("They want to hear nothing of your shop"),
        "way_off": _("They do not want to be reached this way"),
        "no_address": _("No email address that they proved to be theirs"),
        "capped_shop": _("They had enough messages of your shop this week"),
        "capped_market": _("They had enough messages of all shops this week"),
        "late": _("Their quiet hours lasted until the campaign was over"),
        "no_words": _("There were no words in a language they read"),
        "cancelled": _("The campaign was cancelled"),
    }.get(why, _("Another reason"))


def stage_said(campaign: Campaign) -> str:
    """Say where a campaign stands and what comes next."""
    return {
        CampaignStage.DRAFT: _("A draft: nothing goes out until somebody releases it."),
        CampaignStage.SCHEDULED: _("Released: it begins at its time."),
        CampaignStage.RUNNING: _("Under way: messages go out as quiet hours and caps allow."),
        CampaignStage.DONE: _("All that could be sent has been sent."),
        CampaignStage.CANCELLED: _("Cancelled: nothing more goes out."),
    }[CampaignStage(campaign.stage)]
