"""What the tests of figures share: the scripted day, written once a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.marketing.figures.scripted import Day


@pytest.fixture(scope="module")
def day(django_db_setup: None, django_db_blocker: Any) -> Iterator[Day]:
    """Return the day; what a module does to it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        played = Day()
        played.play()
        yield played
        transaction.set_rollback(True)
