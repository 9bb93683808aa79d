"""Tasks about a person: exports, erasures, files whose week is over, vectors of what was searched.

Each takes an id and claims its row; the sweep rings for whatever is due. A search without a vector
tells nothing until it has one, and nothing is lost by that.
"""

import datetime
import logging
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from catalog.models import Order
from profiles.erasing import carry_out
from profiles.experiments.running import watch
from profiles.exporting import forget_file, make
from profiles.models import Erasure, Event, Export, Kind, Trained
from profiles.portraits.portraying import portray, portray_all
from profiles.sequence.serving import refresh_states
from profiles.sources.banding import weigh_shops
from profiles.sources.exploring import learn_first
from profiles.sources.learning import learn
from profiles.sources.switching import NEIGHBOURS
from profiles.taste.refreshing import taste_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.work import State

KEPT = datetime.timedelta(days=7)
log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def export_person(pk: int) -> None:
    """Make one export."""
    with as_everyone():
        job: Export | None = Export.objects.select_related("shopper__user").claim(pk)
    if job is not None:
        with job.leased():
            make(job)


@shared_task(ignore_result=True)
def erase_person(pk: int) -> None:
    """Carry out one erasure that is due."""
    with as_everyone():
        due = Erasure.objects.filter(due_at__lte=timezone.now())
        job: Erasure | None = due.select_related("shopper__user").claim(pk)
    if job is not None:
        with job.leased():
            carry_out(job)


@shared_task(ignore_result=True)
def read_words(shopper: str, pk: int) -> None:
    """Give one search the vector of its words, so that it shapes what is offered."""
    from shopguide.backends import encoder

    model = encoder()
    with as_shopper(UUID(shopper)):
        if (event := Event.objects.filter(pk=pk, vector=None).first()) is not None:
            event.vector = model.encode_queries([event.words])[0].tolist()
            event.encoder_id = model.id
            event.save(update_fields=["vector", "encoder_id"])
    refresh_taste(shopper)


@shared_task(ignore_result=True)
def refresh_taste(shopper: str) -> None:
    """Bring a shopper's taste, states and portrait up to what they did; nothing where they are."""
    if (found := Shopper.objects.filter(pk=shopper).first()) is not None:
        taste_of(found)
        refresh_states(found)
        draw_portrait(found)


def draw_portrait(shopper: Shopper) -> None:
    """Have the model in use say what a shopper is like; a broken one leaves things as they are."""
    from shopguide.inference.errors import InferenceError
    from shopguide.inference.portraits import in_use

    try:
        portray(shopper, in_use(settings.MODELS_DIR))
    except InferenceError as error:
        log.warning("nobody is portrayed: %s", error)


@shared_task(ignore_result=True)
def learn_shoppers() -> None:
    """Train the model of portraits on ``inference`` where none of this encoder is in use."""
    from profiles.portraits.commanding import remembering
    from profiles.portraits.training import TooLittle, train
    from shopguide.inference.portraits import in_use

    if not lacks_portraits():
        return
    try:
        train(settings.MODELS_DIR, encoder=remembering(), encoder_id=settings.ENCODER_ID)
    except TooLittle as error:
        log.info("shoppers are not learnt yet: %s", error)
        return
    portray_all(in_use(settings.MODELS_DIR))


def lacks_portraits() -> bool:
    """Tell whether a model of portraits is still to be trained here."""
    from profiles.portraits.training import version_in_use

    real = settings.ENCODER["model"] != "fake"
    return real and not version_in_use(settings.MODELS_DIR, settings.ENCODER_ID)


@shared_task(ignore_result=True)
def ring_shoppers() -> None:
    """Ring for the model of portraits where there is none; there must be something for sale."""
    from catalog.models import Embedding

    there = Embedding.objects.filter(encoder_id=settings.ENCODER_ID).exists()
    if there and lacks_portraits():
        learn_shoppers.apply_async(expires=300)


@shared_task(ignore_result=True)
def learn_neighbours() -> None:
    """Learn from everybody anew on ``inference``, where something was done since the last time."""
    newest = Trained.objects.filter(kind=NEIGHBOURS).order_by("-version").first()
    with as_everyone():
        fresh = Event.objects.filter(stored_at__gt=newest.made_at) if newest else Event.objects
        anything = fresh.exclude(kind=Kind.IMPRESSION).exists()
        orders = Order.objects.filter(placed_at__gt=newest.made_at) if newest else Order.objects
        anything = anything or orders.exists()
    if anything:
        learn()
    learn_first()
    weigh_shops()


@shared_task(ignore_result=True)
def watch_experiments() -> None:
    """Stop experiments that do harm or are split wrongly."""
    watch()


@shared_task(ignore_result=True)
def ring_leaving() -> None:
    """Ring for erasures that are due and exports nobody makes; remove files of old exports."""
    now = timezone.now()
    with as_everyone():
        erasures = Erasure.objects.filter(state=State.QUEUED, due_at__lte=now)
        stuck = Erasure.objects.filter(state=State.RUNNING, lease_until__lt=now)
        leaving = [*erasures.values_list("pk", flat=True), *stuck.values_list("pk", flat=True)]
        exports = list(Export.objects.overdue().values_list("pk", flat=True)[:100])
        old = list(Export.objects.filter(state=State.DONE, finished_at__lt=now - KEPT))
    for pk in leaving:
        erase_person.delay(pk)
    for pk in exports:
        export_person.delay(pk)
    for job in old:
        forget_file(job.file)
        with as_everyone():
            job.delete()
