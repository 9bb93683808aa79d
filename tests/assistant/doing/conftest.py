"""The shop to ask about: built once a module, rolled back at its end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from catalog.search.market import forget
from tests.assistant.doing.shop import Shop, make_shop


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shop]:
    """Yield the shop."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_shop()
        transaction.set_rollback(True)
    forget()
