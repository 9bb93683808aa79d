"""The demo's people talk once, and their shop has an alert to show."""

import pytest

from marketing.listening.demonstrating import demonstrate, told
from marketing.models import Mention, OpinionAlert, Suspicion
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product

pytestmark = pytest.mark.django_db


def test_the_demo_shows_one_alert_and_some_doubts_and_nothing_twice() -> None:
    shop = Merchant.objects.create(slug="cloudloom", name_en="Cloudloom", is_demo=True)
    Merchant.objects.create(slug="tingbu", name_en="Real", is_demo=False)
    for sku in sorted({line[1] for line in told() if line[0] == shop.slug}):
        make_product(shop, sku, title=sku)
    assert demonstrate() == {"cloudloom": 1}
    assert demonstrate() == {}
    with as_merchant(shop):
        alert = OpinionAlert.objects.get()
        assert (alert.product.sku, alert.aspect, alert.seen) == ("CL-HD-201", "smell", 9)
        assert Suspicion.objects.count() == 3
        assert Mention.objects.count() == sum(line[0] == shop.slug for line in told())
