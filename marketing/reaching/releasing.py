"""Let a campaign go out: only with words that hold, products that are for sale, people to reach.

For the campaign's page. What a person typed is held to the same rules as any copy of the shop. A
released campaign is not changed any more: it is cancelled, or it runs.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product, ProductText
from marketing.copy.checking import examine
from marketing.models import Campaign, CampaignStage, CopyRules, Voice, Way
from marketing.reaching.campaign_form import PARTS
from profiles.segments.counting import reach, wanted
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_merchant


@dataclass(frozen=True)
class Fault:
    """What keeps a campaign back, or only wants a look (``blocks`` is false)."""

    text: str
    blocks: bool = True
    where: str = ""


def faults_of(campaign: Campaign) -> list[Fault]:
    """Return what is wrong with a campaign as it stands. About ten queries and 1 ms a sentence."""
    with as_merchant(campaign.merchant):
        texts = Prefetch("texts", ProductText.objects.filter(arm=""))
        rows = Product.objects.live().filter(merchant=campaign.merchant)
        about = {one.pk: one for one in rows.filter(pk__in=campaign.products)
                 .select_related("merchant").prefetch_related(texts)}  # fmt: skip
        first = next((about[pk] for pk in campaign.products if pk in about), None)
        found = [] if first else [Fault(_("Nothing it is about is for sale any more."))]
        found += languages(campaign)
        if first is not None:
            found += wording(campaign, first)
    if reach(wanted(campaign.segment)).people == 0:
        found.append(Fault(_("Nobody is in the segment today."), blocks=False))
    if campaign.starts_at and campaign.starts_at < timezone.now() - datetime.timedelta(hours=1):
        found.append(Fault(_("It was to begin in the past; released now, it begins now."), False))
    return list(dict.fromkeys(found))


def languages(campaign: Campaign) -> list[Fault]:
    """Return which ways lack words."""
    found = []
    for way in campaign.ways:
        needed = ("subject", "body") if way == Way.EMAIL else ("title", "line")
        if not any(all(words.get(part) for part in needed) for words in campaign.texts.values()):
            found.append(Fault(_("There are no words for: %(way)s.") % {"way": Way(way).label}))
    return found


def wording(campaign: Campaign, product: Product) -> list[Fault]:
    """Return what the rules of copy say to the words; the shop's rows are visible."""
    found = []
    for locale, words in campaign.texts.items():
        voice = Voice.objects.filter(merchant=campaign.merchant, locale=locale).first()
        for channel in ("email", "push"):
            parts = {
                name: words[part]
                for part, (place, name) in PARTS.items()
                if place == channel and words.get(part)
            }
            if parts:
                seen = examine(parts, product=product, channel=channel, locale=locale, voice=voice)
                # What is left empty is left out; whether a way lacks words is asked elsewhere.
                said = [one for one in seen.warnings if one["code"] != "empty"]
                found += [told(one, locale) for one in [*seen.unsupported, *said]]
    return found


def told(one: dict[str, Any], locale: str) -> Fault:
    """Return a claim without a fact, or a warning, as what is wrong."""
    if "verdict" in one:
        said = _("“%(text)s”: no fact of the product says so.") % {"text": one["text"]}
        return Fault(said, True, locale)
    said = " ".join(filter(None, [
        _("“%(text)s”:") % {"text": one["text"]} if one.get("text") else "",
        str(one.get("rule", "")), str(one.get("remedy", "")),
    ]))  # fmt: skip
    return Fault(said, bool(one.get("blocks")), locale)


def own_work(campaign: Campaign, by: User) -> list[Fault]:
    """Return that somebody else must release it, where the shop wants four eyes. One query."""
    with as_merchant(campaign.merchant):
        rules = CopyRules.objects.filter(merchant=campaign.merchant, four_eyes=True)
        alone = campaign.made_by_id == by.pk and rules.exists()
    return [Fault(_("Your shop wants another person than its writer to release it."))] * alone


def release(campaign: Campaign, by: User) -> list[Fault]:
    """Let a draft go out at its time; return what keeps it back, nothing if it goes."""
    stopping = [one for one in [*faults_of(campaign), *own_work(campaign, by)] if one.blocks]
    if stopping:
        return stopping
    now = timezone.now()
    begins = max(campaign.starts_at or now, now)
    length = (campaign.until or begins) - (campaign.starts_at or campaign.made_at)
    until = begins + max(length, datetime.timedelta(days=1))
    with as_merchant(campaign.merchant):
        draft = Campaign.objects.filter(pk=campaign.pk, stage=CampaignStage.DRAFT)
        draft.update(stage=CampaignStage.SCHEDULED, starts_at=begins, until=until, released_by=by)
    return []
