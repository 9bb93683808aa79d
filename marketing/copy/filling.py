"""Copy for many products as one job: counted and estimated first, stopped at any time.

For the portal and the worker. Each product is one transaction with the job's place in it: a killed
run goes on behind the last product, and none is written about twice. What is fit to be decided
waits for a person; the rest stays on the desk with its marks. It approves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.editing.bulk import chosen_products
from catalog.models import Product
from catalog.models.product import ProductQuerySet
from marketing.copy.briefing import NOT_ON_SALE, channels_in, composed, publishable, said_by
from marketing.copy.examining import Compose, Written, voice_of
from marketing.models import BulkJob, Draft, DraftState
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

# One text by the realiser with its check, on one core: an estimate, not a measurement.
SECONDS_A_TEXT = 0.12
MOST_TEXTS = 5_000
MOST_REFUSED = 100
OPEN = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.APPROVED, DraftState.SCHEDULED)


@dataclass(frozen=True)
class Estimate:
    """How much a job would write: products, texts, and about how many seconds."""

    products: int
    texts: int
    seconds: int


@dataclass(frozen=True)
class Asked:
    """One place of a product. ``texts``: what comes of it; ``why``: what it means if none does."""

    channel: str
    locale: str
    texts: Iterator[Written] | None
    why: str


def meant(merchant: Merchant, chosen: dict[str, Any]) -> ProductQuerySet:
    """Return the products a job is about, as a bulk edit's; archived ones are left out."""
    return chosen_products(merchant, chosen).exclude(status="archived")


def estimate(
    merchant: Merchant, chosen: dict[str, Any], channels: Sequence[str], locales: Sequence[str]
) -> Estimate:
    """Count what a job would write. One query; as the merchant."""
    products = meant(merchant, chosen).count()
    texts = products * sum(len(channels_in(locale, channels)) for locale in locales)
    return Estimate(products, texts, max(1, round(texts * SECONDS_A_TEXT)))


def begin(
    merchant: Merchant, chosen: dict[str, Any], *, by: User, channels: Sequence[str],
    locales: Sequence[str], tone: str = "plain", segment: str = "", season: str = "",
) -> BulkJob:  # fmt: skip
    """Write a job down; whoever calls rings `tasks.write_many`."""
    with as_merchant(merchant):
        return BulkJob.objects.create(
            merchant=merchant, by=by, chosen=chosen, channels=list(channels),
            locales=list(locales), tone=tone, segment=segment, season=season,
            total=meant(merchant, chosen).count(),
        )  # fmt: skip


def ask_to_stop(job: BulkJob) -> None:
    """Ask a running job to stop behind the product it is at; one that waits stops now."""
    with as_merchant(job.merchant_id):
        BulkJob.objects.filter(pk=job.pk).update(stop_asked=True)
        job.refresh_from_db()
        if job.state == "queued":
            job.cancel()


def run(job: BulkJob, *, compose: Compose) -> None:
    """Write about what is left of a claimed job's products, one by one; then mark it done."""
    while True:
        with as_merchant(job.merchant_id):
            job.refresh_from_db(fields=["stop_asked", "last"])
            if job.stop_asked:
                job.cancel()
                return
            found = meant(job.merchant, job.chosen).filter(pk__gt=job.last).order_by("pk")
            product = found.for_cards().first()
            if product is None:
                job.finish()
                return
            asked = texts_of(job, product, compose)
        visit(job, product, asked)


def texts_of(job: BulkJob, product: Product, compose: Compose) -> list[Asked]:
    """Return a text for each of a product's places, none of them written yet. As the merchant."""
    return [
        one_text(job, product, channel, locale, compose)
        for locale in job.locales
        for channel in channels_in(locale, job.channels)
    ]


def visit(job: BulkJob, product: Product, asked: Sequence[Asked]) -> None:
    """Write all of a product's texts, then keep them and move the job on in one transaction."""
    drafts: list[Draft] = []
    refused = []
    for one in asked:
        draft, why = written(job, product, one)
        drafts += [draft] if draft else []
        refused += [why] if why else []
    with as_merchant(job.merchant_id):
        kept(job, product, drafts, refused)


def kept(
    job: BulkJob, product: Product, drafts: Sequence[Draft], refused: Sequence[dict[str, Any]]
) -> None:
    """Save what was written about a product and move the job on."""
    Draft.objects.bulk_create(drafts)
    job.refused = [*job.refused, *refused][:MOST_REFUSED]
    job.last, job.visited = product.pk, job.visited + 1
    BulkJob.objects.filter(pk=job.pk).update(
        last=product.pk, refused=job.refused, changed_at=timezone.now(),
        visited=F("visited") + 1, written=F("written") + len(drafts),
    )  # fmt: skip
    job.written += len(drafts)


def one_text(job: BulkJob, product: Product, channel: str, locale: str, compose: Compose) -> Asked:
    """Return the text of one place, still to be written, or why there will be none."""
    place = {"product": product, "channel": channel, "locale": locale}
    if Draft.objects.filter(**place, state__in=OPEN).exists():
        return Asked(channel, locale, None, "open")
    found = composed(
        compose, product, channel=channel, locale=locale, tone=job.tone, variants=1,
        voice=voice_of(job.merchant_id, locale), segment=job.segment, season=job.season,
    )  # fmt: skip
    return Asked(channel, locale, found, "sale" if found is None else "facts")


def written(
    job: BulkJob, product: Product, asked: Asked
) -> tuple[Draft | None, dict[str, Any] | None]:
    """Let a text be written and return its draft, not yet saved, or why there is none."""
    one = next(asked.texts, None) if asked.texts else None
    if one is None:
        return None, refusal(product, asked.channel, asked.locale, asked.why)
    draft = Draft(
        merchant_id=job.merchant_id, bulk=job, made_by_id=job.by_id, tone=job.tone,
        segment=job.segment, season=job.season, product=product, channel=asked.channel,
        locale=asked.locale, **said_by(one),
    )  # fmt: skip
    if publishable(draft):
        draft.state, draft.submitted_at = DraftState.SUBMITTED, timezone.now()
    return draft, None


def refusal(product: Product, channel: str, locale: str, code: str) -> dict[str, Any]:
    """Return a place that was left out, with a code of the reason."""
    return {"product": product.pk, "channel": channel, "locale": locale, "why": code}


def reason(code: str) -> str:
    """Return why a place was left out, in the reader's language."""
    return {
        "open": _("A draft for it is on its way already."),
        "sale": str(NOT_ON_SALE),
        "facts": _("There are too few facts about this product to write more."),
    }.get(code, code)
