"""Coupons and campaigns as proposals: shown as what there would be, made on a yes, taken back.

A campaign is made as a draft: whom it reaches and when is still released by a person in its form.
A coupon holds from the yes on, with its end; it is taken back only while nobody has used it.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Coupon, Product
from catalog.models.product import Status
from catalog.models.selling import CouponKind
from catalog.presenting.money import money
from marketing.copilot.plans import Change, Misunderstood, Named
from marketing.copy.composing import CannotCompose, compose
from marketing.models import Campaign, CampaignStage, Proposal
from profiles.models import Segment
from shopguide.accounts.models import Merchant, User

COUPON, MESSAGE = "coupon", "message"
USUAL_DAYS, MOST_DAYS = 14, 366
MOST_PRODUCTS = 3
LOCALES = ("zh-hans", "en")
_PEOPLE = re.compile(r"的?(?:人|顾客|客人|用户|客户)$|\s*(?:customers|people|shoppers)$")


def stated(
    merchant: Merchant, change: Change, names: tuple[Named, ...]
) -> dict[str, Any] | Misunderstood:
    """Return a coupon or a campaign as it would be made. As the merchant."""
    if change.mode == COUPON:
        return stated_coupon(merchant, change)
    return stated_message(merchant, change, names)


def more_of(change: Change) -> dict[str, str]:
    """Return what else was said of a change, by name."""
    return dict(re.findall(r"(\w+)=([^;]*)", change.more))


def stated_coupon(merchant: Merchant, change: Change) -> dict[str, Any] | Misunderstood:
    """Return the columns of a coupon, its code and end included."""
    more = more_of(change)
    amount, minimum = Decimal(change.amount), Decimal(more.get("minimum") or 0)
    days = int(more.get("days") or USUAL_DAYS)
    share = change.unit == "%"
    currency = "" if share and not minimum else (
        change.unit if change.unit not in ("", "%") else next(iter(merchant.currencies), "")
    )  # fmt: skip
    if not 0 < amount <= (90 if share else 1_000_000) or not 1 <= days <= MOST_DAYS:
        return Misunderstood("amount", _("A coupon takes off 1 to 90 per cent, or an amount."))
    if not share and not currency:
        return Misunderstood("currency", change.unit, tuple(merchant.currencies))
    if not share and minimum and minimum < amount:
        return Misunderstood("amount", _("It would take off more than the order must come to."))
    return {
        "what": COUPON, "kind": CouponKind.PERCENT if share else CouponKind.AMOUNT,
        "value": f"{amount:f}", "currency": currency, "minimum": f"{minimum:f}", "days": days,
        "code": free_code(merchant, f"{'OFF' if share else 'LESS'}{amount.normalize():f}"),
    }  # fmt: skip


def free_code(merchant: Merchant, wanted: str) -> str:
    """Return a code that the shop has not given out yet."""
    stem = re.sub(r"[^A-Z0-9]", "", wanted.upper())
    known = set(
        Coupon.objects.filter(merchant=merchant, code__startswith=stem).values_list(
            "code", flat=True
        )
    )
    return next(
        code for number in range(1, len(known) + 3)
        if (code := stem if number == 1 else f"{stem}-{number}") not in known
    )  # fmt: skip


def stated_message(
    merchant: Merchant, change: Change, names: tuple[Named, ...]
) -> dict[str, Any] | Misunderstood:
    """Return a campaign's draft: its segment, its products, and words from their facts."""
    wanted = more_of(change).get("segment", "").strip()
    segments = Segment.objects.filter(merchant=merchant, archived_at=None)
    known = list(segments.order_by("pk"))
    found = segment_named(known, wanted)
    if found is None:
        return Misunderstood("segment", wanted, tuple(one.name for one in known[:4]))
    products = products_of(merchant, names)
    if not products:
        return Misunderstood("same", _("None of them is on sale."))
    texts = words_about(products[0])
    if not texts:
        return Misunderstood("same", _("There are too few facts about it for a letter."))
    return {
        "what": MESSAGE, "segment": found.pk, "segment_name": found.name, "ways": ["email"],
        "products": [one.pk for one in products], "titles": [one.title for one in products],
        "texts": texts,
    }  # fmt: skip


def segment_named(known: list[Segment], wanted: str) -> Segment | None:
    """Return the segment whose name holds the words; the only one where none was named."""
    said = wanted.casefold()
    if not said:
        return known[0] if len(known) == 1 else None
    said = _PEOPLE.sub("", said) or said
    parts = {one.pk: [_folded(part) for part in re.split(r"[·|/]", one.name)] for one in known}
    exact = [one for one in known if said in parts[one.pk]]
    held = [one for one in known if any(said in part or part in said for part in parts[one.pk])]
    return next(iter(exact or (held if len(held) == 1 else [])), None)


def _folded(text: str) -> str:
    return text.strip().casefold()


def products_of(merchant: Merchant, names: tuple[Named, ...]) -> list[Product]:
    """Return what the message is about: the first of what was named and is on sale."""
    column = {"product": "pk__in", "brand": "brand__in", "category": "category__path__in"}
    wanted = Q()
    for one in names:
        wanted |= Q(**{column[one.kind]: one.values})
    rows = Product.objects.of(merchant).filter(wanted, status=Status.LIVE, deleted_at=None)
    return list(rows.for_cards().order_by("pk")[:MOST_PRODUCTS]) if names else []


def words_about(product: Product) -> dict[str, dict[str, str]]:
    """Return a letter and a notice in each language that the product has facts in."""
    found: dict[str, dict[str, str]] = {}
    for locale in LOCALES:
        try:
            letter = compose(product, channel="email", locale=locale, variants=1)
            notice = compose(product, channel="push", locale=locale, variants=1)
        except CannotCompose:
            continue
        if letter and notice:
            short = {"title": notice[0].parts["title"], "line": notice[0].parts["body"]}
            found[locale] = letter[0].parts | short
    return found


def differences(merchant: Merchant, change: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what there would be, in the form of the other proposals' rows."""
    if change["what"] == COUPON:
        rows = {
            "coupon": change["code"],
            "takes_off": taken_off(change),
            "until": str(change["days"]),
        }
        if Decimal(change["minimum"]):
            rows["minimum"] = f"{change['minimum']} {change['currency']}"
        title = change["code"]
    else:
        subject = next(iter(change["texts"].values())).get("subject", "")
        rows = {"segment": change["segment_name"], "subject": subject, "stage": "draft"}
        title = "、".join(change["titles"][:1])
    return [
        {"product": 0, "title": title, "sku": "", "before": {}, "after": {f"offer:{name}": value}}
        for name, value in rows.items()
    ]


def taken_off(change: dict[str, Any]) -> str:
    """Return what a coupon takes off, with its unit."""
    return (
        f"{change['value']} {'%' if change['kind'] == CouponKind.PERCENT else change['currency']}"
    )


def field_name(name: str) -> str:
    """Return what a row of such a proposal is called."""
    return {
        "coupon": _("Coupon code"), "takes_off": _("Takes off"), "until": _("Holds for"),
        "minimum": _("From an order of"), "segment": _("To whom"), "subject": _("Subject"),
        "stage": _("Then"),
    }[name]  # fmt: skip


def told(name: str, value: str) -> str:
    """Return a row's value as a person reads it."""
    if name == "until":
        return ngettext("%(days)s day", "%(days)s days", int(value)) % {"days": value}
    if name in ("takes_off", "minimum"):
        amount, _space, unit = value.partition(" ")
        return f"{amount}%" if unit == "%" else money(Decimal(amount), unit)
    return _("a draft, which you release yourself") if name == "stage" else value


def words(change: Change) -> str:
    """Return such a change as a person says it."""
    if change.mode == MESSAGE:
        return _("Draft a campaign")
    value = f"{change.amount}%" if change.unit == "%" else (
        money(Decimal(change.amount), change.unit) if change.unit else change.amount
    )  # fmt: skip
    return _("Give out a coupon: %(value)s off") % {"value": value}


def make(merchant: Merchant, proposal: Proposal, by: User) -> dict[str, list[int]] | None:
    """Make what was proposed; None if it can no longer be made. As the merchant."""
    change = proposal.change
    if change["what"] == COUPON:
        if Coupon.objects.filter(merchant=merchant, code=change["code"]).exists():
            return None
        now = timezone.now()
        made = Coupon.objects.create(
            merchant=merchant, code=change["code"], kind=change["kind"],
            value=Decimal(change["value"]), currency=change["currency"],
            minimum=Decimal(change["minimum"]), starts_at=now,
            ends_at=now + datetime.timedelta(days=change["days"]),
        )  # fmt: skip
        return {"coupons": [made.pk]}
    segment = Segment.objects.filter(
        merchant=merchant, pk=change["segment"], archived_at=None
    ).first()
    if segment is None:
        return None
    drafted = Campaign.objects.create(
        merchant=merchant, segment=segment, made_by=by, ways=change["ways"],
        name=f"{change['titles'][0][:50]} · {segment.name}"[:80], texts=change["texts"],
        products=change["products"], salt=f"proposal-{proposal.pk}",
    )  # fmt: skip
    return {"campaigns": [drafted.pk]}


def take_back(merchant: Merchant, proposal: Proposal) -> bool:
    """Take away what was made; False if somebody has used it or gone on with it."""
    coupons = Coupon.objects.select_for_update().filter(
        merchant=merchant, pk__in=proposal.made.get("coupons", [])
    )
    drafts = Campaign.objects.select_for_update(of=("self",)).filter(
        merchant=merchant, pk__in=proposal.made.get("campaigns", [])
    )
    if any(one.used or one.campaigns.exists() for one in coupons):
        return False
    if any(
        one.stage != CampaignStage.DRAFT or one.texts != proposal.change["texts"] for one in drafts
    ):
        return False
    coupons.delete()
    drafts.delete()
    return True
