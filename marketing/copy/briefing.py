"""A brief becomes drafts: asked for in the portal, written by a worker, never twice.

The row is the job. A writer that finds nothing to say leaves the reason on the brief.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from catalog.models import Product
from marketing.copy.channels import CHANNELS
from marketing.copy.composing import CannotCompose
from marketing.copy.examining import Compose, Written, blocking, voice_of
from marketing.models import Brief, Draft, DraftState
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

MOST_VARIANTS = 4
NOT_ON_SALE = gettext_lazy("The product is not on sale, so nothing may be said of it yet.")


def begin(
    merchant: Merchant, product: Product, *, by: User | None, channel: str, locale: str,
    tone: str = "plain", segment: str = "", season: str = "", variants: int = 3,
    why: Sequence[dict[str, Any]] = (),
) -> Brief:  # fmt: skip
    """Write a brief down; whoever calls rings `tasks.write_brief`."""
    with as_merchant(merchant):
        return Brief.objects.create(
            merchant=merchant, product=product, by=by, channel=channel, locale=locale, tone=tone,
            segment=segment, season=season, why=list(why),
            variants=max(1, min(variants, MOST_VARIANTS)),
        )  # fmt: skip


def again(brief: Brief, *, by: User, tone: str = "") -> Brief:
    """Ask for the same once more, in another tone if one is named."""
    return begin(
        brief.merchant, brief.product, by=by, channel=brief.channel, locale=brief.locale,
        tone=tone or brief.tone, segment=brief.segment, season=brief.season,
        variants=brief.variants, why=brief.why,
    )  # fmt: skip


def write(brief: Brief, *, compose: Compose) -> int:
    """Write a claimed brief's variants as drafts and finish it; return how many are new.

    Each draft is there as soon as it is written, so that people may read the first while a model
    is at the next. No transaction is open meanwhile.
    """
    with as_merchant(brief.merchant_id):
        product = Product.objects.for_cards().get(pk=brief.product_id)
        voice = voice_of(brief.merchant_id, brief.locale)
        found = composed(
            compose, product, channel=brief.channel, locale=brief.locale, tone=brief.tone,
            variants=brief.variants, voice=voice, segment=brief.segment, season=brief.season,
        )  # fmt: skip
        if found is None:
            brief.fail(str(NOT_ON_SALE))
            return 0
    many = new = 0
    for one in found:
        many += 1
        with as_merchant(brief.merchant_id):
            drafts = [drafted(each, brief) for each in fresh([one], brief)]
            Draft.objects.bulk_create(drafts)
            new += len(drafts)
    with as_merchant(brief.merchant_id):
        if not many:
            brief.fail(_("There are too few facts about this product to write more."))
        elif not brief.drafts.exists():
            brief.fail(_("Nothing new came of it: these texts are there already."))
        else:
            brief.finish()
    return new


def composed(compose: Compose, product: Product, **asked: Any) -> Iterator[Written] | None:
    """Return what a writer writes, in the text's own language; None if it may say nothing.

    What it needs of the database is read at once; its texts may come one by one.
    """
    with override(asked["locale"]):
        try:
            found = iter(compose(product, **asked))
        except CannotCompose:
            return None
    return _within(found, asked["locale"])


def _within(found: Iterator[Written], locale: str) -> Iterator[Written]:
    """Let each text be written in its own language, whatever the reader's is."""
    while True:
        with override(locale):
            one = next(found, None)
        if one is None:
            return
        yield one


def fresh(found: Sequence[Written], brief: Brief) -> list[Written]:
    """Leave out what stands in an open draft of this place already."""
    there = Draft.objects.filter(
        product=brief.product_id, channel=brief.channel, locale=brief.locale
    ).exclude(state__in=(DraftState.WITHDRAWN, DraftState.REPLACED))
    known = list(there.values_list("parts", flat=True))
    kept: list[Written] = []
    for one in found:
        if dict(one.parts) not in known:
            kept.append(one)
            known.append(dict(one.parts))
    return kept


def drafted(one: Written, brief: Brief) -> Draft:
    """Return a variant as a draft of its brief, not yet saved."""
    return Draft(
        merchant_id=brief.merchant_id, product_id=brief.product_id, brief=brief,
        made_by_id=brief.by_id, channel=brief.channel, locale=brief.locale, tone=brief.tone,
        segment=brief.segment, season=brief.season, **said_by(one),
    )  # fmt: skip


def said_by(one: Written) -> dict[str, Any]:
    """Return what a writer says, as the columns of a draft."""
    return {
        "angle": one.angle,
        "parts": dict(one.parts),
        "claims": [dict(claim) for claim in one.claims],
        "warnings": [dict(warning) for warning in one.warnings],
        "quality": dict(one.quality),
        "writer": one.writer,
    }


def publishable(draft: Draft) -> bool:
    """Tell whether nothing that was found when it was written keeps a draft from the page."""
    return not draft.unsupported and not blocking(draft)


def channels_in(locale: str, codes: Sequence[str]) -> list[str]:
    """Return the channels among some that exist in a language."""
    return [code for code in codes if code in CHANNELS and CHANNELS[code].speaks(locale)]
