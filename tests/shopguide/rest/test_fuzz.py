"""Whatever is sent: no 5xx, no answer outside of the schema, nothing without its permission."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from catalog.search.market import forget
from tests.conftest import FULL
from tests.shopguide.rest.fuzzing import Report, fuzz
from tests.shopguide.rest.scene import Scene, make_scene

# Ordinarily what fits into twenty seconds; all limits of all parameters with `make test-all`.
EACH, STATEFUL, LEAST = (120, 60, 5_000) if FULL else (3, 2, 300)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Return a market place in which somebody has a cart, orders and more."""
    patch = pytest.MonkeyPatch()  # no worker is there to wait for: words alone answer
    patch.setattr("catalog.views._results.query_vector", lambda text: None)
    with django_db_blocker.unblock(), transaction.atomic():
        forget()
        with connection.cursor() as cursor:  # reading the schema takes its time meanwhile
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield make_scene()
        forget()
        transaction.set_rollback(True)
    patch.undo()


def report_of(scene: Scene) -> Report:
    """Run, and leave the figures where the bench looks for them."""
    each = int(os.environ.get("SHOPGUIDE_FUZZ_EACH", EACH))
    only = os.environ.get("SHOPGUIDE_FUZZ_ONLY", "").split()
    report = fuzz(headers=scene.headers, each=each, stateful=STATEFUL, coverage=FULL, only=only)
    if where := os.environ.get("SHOPGUIDE_FUZZ_REPORT"):
        Path(where).write_text(json.dumps(report.as_json(), indent=1), "utf-8")
    return report


def test_nothing_is_found_by_asking_everything(scene: Scene) -> None:
    report = report_of(scene)
    print(json.dumps(report.as_json() | {"findings": len(report.findings)}))
    assert report.findings == [], "\n".join(report.findings[:40])
    assert report.total >= LEAST
    assert {code for code in report.statuses if code >= 500} == set()
