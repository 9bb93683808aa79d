"""What the database holds true of mentions and alerts."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from marketing.models import Mention, OpinionAlert, Suspicion
from profiles.models import Event, Kind
from profiles.noting import forget
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from tests.catalog.factories import make_merchant, make_product

pytestmark = pytest.mark.django_db


def test_rows_are_a_shops_own_and_of_its_own_products() -> None:
    loom, rival = make_merchant("loom"), make_merchant("rival")
    mine, theirs = make_product(loom, "A1"), make_product(rival, "B1")
    now = timezone.now()
    with as_merchant(loom):
        Mention.objects.create(merchant=loom, product=mine, source="social", key="a", said_at=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mention.objects.create(
                merchant=loom, product=theirs, source="social", key="b", said_at=now
            )
    with as_merchant(rival):
        assert not Mention.objects.exists()
    assert not Mention.objects.exists()


def test_what_was_said_in_a_chat_goes_with_what_the_shopper_forgets() -> None:
    loom = make_merchant("loom")
    shopper = Shopper.objects.create()
    with as_shopper(shopper):
        event = Event.objects.create(shopper=shopper, kind=Kind.SEARCH, words="it smells")
    with as_merchant(loom):
        Mention.objects.create(
            merchant=loom, source="chat", key="c", said_at=timezone.now(), event=event
        )
    assert forget(shopper) == 1
    with as_everyone():
        assert not Mention.objects.exists()


def test_an_alert_is_open_once_and_a_suspicion_is_of_one_thing() -> None:
    loom = make_merchant("loom")
    product, day = make_product(loom, "A1"), datetime.date(2026, 11, 1)
    with as_merchant(loom):
        alert = {"merchant": loom, "product": product, "aspect": "smell", "first_day": day,
                 "last_day": day, "seen": 9, "expected": 0.2, "p": 1e-9}  # fmt: skip
        OpinionAlert.objects.create(**alert, state="closed")
        OpinionAlert.objects.create(**alert)
        with pytest.raises(IntegrityError), transaction.atomic():
            OpinionAlert.objects.create(**alert)
        with pytest.raises(IntegrityError), transaction.atomic():
            Suspicion.objects.create(merchant=loom, reasons=["copy"])


def test_every_table_of_listening_is_under_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
            " AND relforcerowsecurity AND relname LIKE 'marketing_%'"
        )
        secured = {name for (name,) in cursor.fetchall()}
    assert {"marketing_mention", "marketing_mentionimport", "marketing_listening",
            "marketing_suspicion", "marketing_opinionalert", "marketing_alertwatch",
            "marketing_alertletter"} <= secured  # fmt: skip
