"""Whose rows are visible holds for a block, inside another one, and after an error."""

import pytest
from django.db import IntegrityError, connection, transaction

from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


def tenant() -> str:
    """Return whose rows are visible now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('shopguide.tenant', true), '')")
        return str(cursor.fetchone()[0])


def test_a_block_gives_back_what_it_found(db: None) -> None:
    with as_merchant(1):
        with as_merchant(2):
            assert tenant() == "2"
        assert tenant() == "1"
        with as_merchant(1):
            assert tenant() == "1"
        assert tenant() == "1"
    assert tenant() == ""


def test_an_error_inside_gives_it_back_as_well(db: None) -> None:
    with as_merchant(1):
        with pytest.raises(IntegrityError), as_merchant(2):
            Merchant.objects.create(slug="twice", name_en="Once")
            Merchant.objects.create(slug="twice", name_en="Twice")
        assert tenant() == "1"
    assert tenant() == ""


@pytest.mark.usefixtures("committed_rows")
def test_the_outermost_block_leaves_nothing_on_the_connection() -> None:
    with as_merchant(1), transaction.atomic():
        assert tenant() == "1"
    assert tenant() == "" and not connection.in_atomic_block
