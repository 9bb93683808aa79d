"""Copy of the demo's shops: drafts in every state, a text with its history, voices, ratings.

For `load_marketing_demo`. Everything goes the way it goes in the portal: composed from the demo's
facts, checked, submitted by one person and approved by another. Doing it twice changes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalog.models import Product
from marketing.copy.briefing import begin, write
from marketing.copy.checking import examine
from marketing.copy.composing import compose
from marketing.copy.deciding import approve, edit, reject, submit
from marketing.copy.examining import Refused
from marketing.copy.filling import begin as begin_many
from marketing.copy.filling import run
from marketing.copy.publishing import publish, schedule
from marketing.copy.rating import rate
from marketing.models import Brief, BulkJob, CopyRules, Draft, DraftState, Voice
from shopguide.accounts.acting import acting
from shopguide.accounts.models import Merchant, Role, User
from shopguide.accounts.tenancy import as_everyone, as_merchant

SHOPS = ("cloudloom", "tingbu")
VOICES: dict[str, dict[str, Any]] = {
    "zh-hans": {
        "tone": "plain", "words_to_avoid": ["亲", "宝贝", "爆款"],
        "about": "我们先说材质和做法，再说好处；写给愿意多看一眼的人。",
    },
    "en": {
        "tone": "plain", "words_to_avoid": ["must-have", "game-changer"],
        "about": "Material and make first, then what they are good for.",
    },
}  # fmt: skip
# What somebody types who has not read the rules: the desk shows what is wrong with it.
TYPED = "全网最好的一件，100% 纯天然，穿上立刻显瘦。"
REASON = "先说材质，再说场合；第一句太空了。"


@dataclass(frozen=True)
class Staff:
    """A shop and two of its people, one person twice where the shop has only one."""

    shop: Merchant
    writer: User
    decider: User

    @classmethod
    def of(cls, slug: str) -> Staff | None:
        """Return a demo shop's people, None if the demo is not there."""
        shop = Merchant.objects.filter(slug=slug, is_demo=True).first()
        members = shop.memberships.select_related("user").order_by("pk") if shop else []
        by_role = {one.role: one.user for one in members}
        if shop is None or Role.OWNER not in by_role:
            return None
        owner = by_role[Role.OWNER]
        return cls(shop, by_role.get(Role.EDITOR, owner), owner)

    def do(self, person: User, verb: Any, *args: Any, **named: Any) -> Any:
        """Let one of them do something, signed in as themselves."""
        with acting(person.pk, "command"):
            return verb(*args, by=person, **named)


def demonstrate(slugs: Sequence[str] = SHOPS) -> dict[str, int]:
    """Fill the demo's shops with copy that have none; return how many drafts are new."""
    done = 0
    for slug in slugs:
        with as_everyone():
            staff = Staff.of(slug)
            filled = staff is None or Draft.objects.filter(merchant=staff.shop).exists()
        if staff is not None and not filled:
            fill(staff)
            with as_merchant(staff.shop):
                done += Draft.objects.of(staff.shop).count()
    return {"drafts": done}


def fill(staff: Staff) -> None:
    """Give one shop voices, rules, drafts in every state and a few ratings."""
    with as_merchant(staff.shop):
        for locale, said in VOICES.items():
            Voice.objects.get_or_create(merchant=staff.shop, locale=locale, defaults=said)
        two = staff.writer != staff.decider
        CopyRules.objects.get_or_create(merchant=staff.shop, defaults={"four_eyes": two})
        rows = Product.objects.of(staff.shop).live().order_by("sku")
        products = list(rows[:: max(1, rows.count() // 12)][:12])
    if len(products) < 8:
        return
    if two:
        on_their_way(staff, products)
        by_the_dozen(staff, products[6:11], ["zh-hans", "en"])
    else:
        for draft in drafts_for(staff, products[0], "bullets", "zh-hans"):
            live(staff, draft)
        by_the_dozen(staff, products[1:4], ["zh-hans"])
    rated(staff)


def on_their_way(staff: Staff, products: Sequence[Product]) -> None:
    """Write drafts one by one and bring each to another state."""
    for draft in drafts_for(staff, products[0], "bullets", "zh-hans", variants=2):
        live(staff, draft)
    for draft in drafts_for(staff, products[0], "bullets", "en"):
        live(staff, draft)
    for draft in drafts_for(staff, products[1], "seo", "zh-hans"):
        live(staff, draft)
    for draft in drafts_for(staff, products[2], "banner", "zh-hans"):
        soon = timezone.now() + datetime.timedelta(days=2)
        if (agreed := approved(staff, draft)) is not None:
            staff.do(staff.decider, schedule, agreed, soon)
    for draft in drafts_for(staff, products[3], "social_xhs", "zh-hans"):
        if (asked := submitted(staff, draft)) is not None:
            staff.do(staff.decider, reject, asked, REASON)
    for draft in drafts_for(staff, products[4], "description", "zh-hans"):
        staff.do(staff.writer, edit, draft, {"description": TYPED}, version=draft.version,
                 examine=examine)  # fmt: skip
    drafts_for(staff, products[5], "email", "en", variants=3)


def drafts_for(
    staff: Staff, product: Product, channel: str, locale: str, *, variants: int = 1
) -> list[Draft]:
    """Write a brief and let it be written, as a worker does."""
    brief = begin(staff.shop, product, by=staff.writer, channel=channel, locale=locale,
                  variants=variants)  # fmt: skip
    with as_everyone():
        claimed: Brief | None = Brief.objects.claim(brief.pk)
    if claimed is None:
        return []
    with acting(staff.writer.pk, "command"):
        write(claimed, compose=compose)
    with as_merchant(staff.shop):
        return list(claimed.drafts.order_by("pk"))


def submitted(staff: Staff, draft: Draft) -> Draft | None:
    """Submit a draft; None if the check has something against it."""
    try:
        found: Draft = staff.do(staff.writer, submit, draft, examine=examine)
    except Refused:
        return None
    return found


def approved(staff: Staff, draft: Draft) -> Draft | None:
    """Submit a draft as one person and approve it as the other."""
    asked = submitted(staff, draft)
    if asked is None:
        return None
    found: Draft = staff.do(staff.decider, approve, asked, examine=examine)
    return found


def live(staff: Staff, draft: Draft) -> None:
    """Bring a draft to its place."""
    if (agreed := approved(staff, draft)) is not None:
        staff.do(staff.decider, publish, agreed, examine=examine)


def by_the_dozen(staff: Staff, products: Sequence[Product], locales: Sequence[str]) -> None:
    """Let a job write about several products; what it writes waits for a decision."""
    chosen = {"ids": [one.pk for one in products]}
    job = begin_many(
        staff.shop, chosen, by=staff.writer, channels=["bullets"], locales=locales,
    )  # fmt: skip
    with as_everyone():
        claimed: BulkJob | None = BulkJob.objects.claim(job.pk)
    if claimed is None:
        return
    with acting(staff.writer.pk, "command"):
        run(claimed, compose=compose)


def rated(staff: Staff) -> None:
    """Let both people rate the same texts; they differ about one in four."""
    with as_merchant(staff.shop):
        rows = Draft.objects.of(staff.shop).exclude(writer="").exclude(state=DraftState.DRAFT)
        drafts = list(rows.order_by("pk")[:8])
    for place, draft in enumerate(drafts):
        rate(draft, 2 if place == 3 else 4 - place % 2, "", by=staff.decider)
        if staff.writer != staff.decider:
            rate(draft, 2 if place % 4 == 3 else 3, "", by=staff.writer)
