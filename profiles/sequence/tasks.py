"""Tasks of the sequence model: lessons, and the watch over its versions. All on ``inference``."""

from celery import shared_task

from profiles.models import TrainingRun
from profiles.sequence.learning import TooLittle, learn_sequence
from profiles.sequence.scheduling import due, overdue
from profiles.sequence.serving import place_new
from profiles.sequence.versions import served
from profiles.sequence.watching import ask, mind


@shared_task(ignore_result=True)
def teach_sequence(pk: int) -> None:
    """Carry out one lesson of the sequence model on ``inference``, from where it was broken off."""
    run: TrainingRun | None = TrainingRun.objects.claim(pk)
    if run is None:
        return
    with run.leased():
        try:
            made = learn_sequence(
                run.mode, seed=run.seed, checkpoint=bytes(run.checkpoint or b"") or None,
                keep=lambda body: keep(pk, body), now=run.created_at,
            )  # fmt: skip
        except TooLittle as error:
            run.fail(str(error), checkpoint=None)
        else:
            run.finish(trained=made, checkpoint=None)


@shared_task(ignore_result=True)
def ring_lessons() -> None:
    """Ask for a lesson where enough was done since the last; ring for lessons nobody gives."""
    if (mode := due()) and (run := ask(mode)) is not None:
        teach_sequence.delay(run.pk)
    for pk in overdue():
        teach_sequence.delay(pk)


@shared_task(ignore_result=True)
def watch_sequence() -> None:
    """Place new products; take back what foresees worse, have taught anew what has drifted."""
    for made in served().all:
        place_new(made)
    mind()


def keep(pk: int, body: bytes) -> None:
    """Keep where a lesson is, so that another worker can go on from there."""
    TrainingRun.objects.filter(pk=pk).update(checkpoint=body)
