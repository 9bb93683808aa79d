"""Copy for many products as one job: counted and estimated first, stopped at any time.

For the portal and the worker. Each product is one transaction with the job's place in it: a killed
run goes on behind the last product, and none is written about twice. What is fit to be decided
waits for a person; the rest stays on the desk with its marks. It approves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.editing.bulk import chosen_products
from catalog.models import Product
from catalog.models.product import ProductQuerySet
from marketing.copy.briefing import NOT_ON_SALE, channels_in, composed, publishable, said_by
from marketing.copy.examining import Compose, voice_of
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
            visit(job, product, compose)


def visit(job: BulkJob, product: Product, compose: Compose) -> None:
    """Write all of a product's texts and move the job on, in one transaction."""
    drafts: list[Draft] = []
    refused = []
    for locale in job.locales:
        for channel in channels_in(locale, job.channels):
            draft, why = one_text(job, product, channel, locale, compose)
            drafts += [draft] if draft else []
            refused += [why] if why else []
    Draft.objects.bulk_create(drafts)
    job.refused = [*job.refused, *refused][:MOST_REFUSED]
    job.last, job.visited = product.pk, job.visited + 1
    BulkJob.objects.filter(pk=job.pk).update(
        last=product.pk, refused=job.refused, changed_at=timezone.now(),
        visited=F("visited") + 1, written=F("written") + len(drafts),
    )  # fmt: skip
    job.written += len(drafts)


def one_text(
    job: BulkJob, product: Product, channel: str, locale: str, compose: Compose
) -> tuple[Draft | None, dict[str, Any] | None]:
    """Return a draft for one place, or why there is none."""
    place = {"product": product, "channel": channel, "locale": locale}
    if Draft.objects.filter(**place, state__in=OPEN).exists():
        return None, refusal(product, channel, locale, "open")
    found = composed(
        compose, product, channel=channel, locale=locale, tone=job.tone, variants=1,
        voice=voice_of(job.merchant_id, locale), segment=job.segment, season=job.season,
    )  # fmt: skip
    if found is None:
        return None, refusal(product, channel, locale, "sale")
    if not found:
        return None, refusal(product, channel, locale, "facts")
    draft = Draft(
        merchant_id=job.merchant_id, bulk=job, made_by_id=job.by_id, tone=job.tone,
        segment=job.segment, season=job.season, **place, **said_by(found[0]),
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
