"""Forecasts as jobs: carried out one by one, begun anew each night, rung again if they are lost."""

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.models import Order
from marketing.models import ForecastRun, PastSale
from marketing.stocking.forecasting import begin, forecast
from marketing.stocking.missing import note_today
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone


@shared_task(ignore_result=True)
def make_forecast(pk: int) -> None:
    """Carry out one forecast."""
    with as_everyone():
        job: ForecastRun | None = ForecastRun.objects.select_related("merchant").claim(pk)
    if job is not None:
        with job.leased():
            forecast(job)


@shared_task(ignore_result=True)
def note_sold_out() -> None:
    """Note what of all shops cannot be had just now."""
    note_today()


@shared_task(ignore_result=True)
def ring_forecasts() -> None:
    """Ring for forecasts that nobody works on; begin today's for shops that have sold anything."""
    with as_everyone():
        overdue = list(ForecastRun.objects.overdue().values_list("pk", flat=True)[:100])
        mine = {"merchant": OuterRef("pk")}
        today = ForecastRun.objects.filter(**mine, begins__gte=timezone.localdate())
        sold = Exists(Order.objects.filter(**mine)) | Exists(PastSale.objects.filter(**mine))
        due = list(Merchant.objects.active().filter(sold).exclude(Exists(today)))
    for pk in overdue:
        make_forecast.delay(pk)
    for shop in due:
        make_forecast.delay(begin(shop).pk)
