"""When the sequence model is taught: by what was done since the last lesson. For the sweep."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from profiles.models import Event, TrainingRun
from profiles.sequence.learning import of_these_texts
from profiles.sequence.versions import served
from profiles.sources.material import POSITIVE
from shopguide.accounts.tenancy import as_everyone
from shopguide.work import State

# So many deeds are worth a lesson, and everything is taught anew so often.
FRESH, WHOLE_EVERY = 50, timedelta(days=1)
KEPT = timedelta(days=30)


def due() -> str:
    """Return which lesson is due, nothing where too little was done. Four queries."""
    last = TrainingRun.objects.order_by("-created_at").first()
    with as_everyone():
        deeds = Event.objects.filter(kind__in=POSITIVE, product__isnull=False).order_by("-pk")
        newest = list(deeds.values_list("stored_at", flat=True)[:FRESH])
    # By number the newest come first: no more rows are read than are worth a lesson.
    if len(newest) < FRESH or (last is not None and min(newest) <= last.created_at):
        return ""
    whole = TrainingRun.objects.filter(mode=TrainingRun.Mode.WHOLE, state=State.DONE)
    recent = whole.filter(created_at__gt=timezone.now() - WHOLE_EVERY).exists()
    fine = served().live is not None and of_these_texts(served().live)
    return TrainingRun.Mode.UPDATE if fine and recent else TrainingRun.Mode.WHOLE


def overdue() -> list[int]:
    """Return lessons that nobody gives, and forget those of long ago."""
    now = timezone.now()
    TrainingRun.objects.filter(finished_at__lt=now - KEPT).delete()
    return list(TrainingRun.objects.overdue().values_list("pk", flat=True))
