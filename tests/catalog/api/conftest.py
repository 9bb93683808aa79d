"""The pages' market place, with the loom shipping, for apps."""

import pytest

from catalog.models import ShippingMethod
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window, fresh_market, no_model, people, window

__all__ = ["fresh_market", "no_model", "people", "window"]


@pytest.fixture
def shop(window: Window) -> Window:
    """Let the loom ship."""
    with as_merchant(window.loom):
        ShippingMethod.objects.create(
            merchant=window.loom, code="parcel", name_en="Parcel", currency="CNY", amount="8.00"
        )
    return window
