"""The ledger reads the database: live products, open shops, what holds now; few queries."""

from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.claims import Ledger, check
from catalog.models import Coupon, Product, ShippingMethod
from catalog.models.product import Status
from catalog.search.market import Market
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.claims import market

pytestmark = pytest.mark.django_db


@pytest.fixture
def tee(demo_market: Market) -> Product:
    """Return a T-shirt whose shop ships, with a coupon that can be used and two that cannot."""
    found = Product.objects.live().select_related("merchant").get(sku="CL-TS-101")
    shop = found.merchant
    with as_merchant(shop):
        ShippingMethod.objects.create(
            merchant=shop, code="parcel", name_en="Parcel", name_zh="快递", currency="CNY",
            amount=8, free_from=99, days_least=2, days_most=4,
        )  # fmt: skip
        for code, more in (
            ("NOW10", {}),
            ("OVER10", {"ends_at": timezone.now()}),
            ("USED10", {"most_uses": 1, "used": 1}),
        ):
            Coupon.objects.create(merchant=shop, code=code, kind="percent", value=10, **more)
    return found


def read(*products: int, merchants: tuple[int, ...] = ()) -> Ledger:
    return Ledger.of(products=products, merchants=merchants, currency="CNY", locale="zh-hans")


def test_the_facts_of_a_product_and_its_shop(
    tee: Product, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(14):
        facts = read(tee.pk)
    (found,), (shop,) = facts.products, facts.shops
    written = market.product("CL-TS-101")
    assert found.titles == dict(written.titles)
    assert found.ground.stated == written.ground.stated
    assert {one.code for one in found.ground.measures} >= {"fabric_gsm"}
    assert [one.stock for one in found.offers] == [one.stock for one in written.offers]
    assert found.prices("CNY")[0].amount == Decimal("89.00")
    assert found.reviews.stars == dict(written.reviews.stars)
    assert [one.code for one in shop.coupons] == ["NOW10"]
    assert [one.free_from for one in shop.methods] == [Decimal(99)]


def test_a_text_is_held_against_the_rows(tee: Product) -> None:
    facts = read(tee.pk)
    told = "重磅纯棉圆领T恤卖89元，满99元包邮。用优惠码 NOW10 打九折。"
    found = check(told, language="zh-hans", ledger=facts)
    assert found.clean == told
    assert {one.source.split(":")[0] for one in found.claims} >= {
        "catalog.price", "catalog.shippingmethod", "catalog.coupon", "catalog.product",
    }  # fmt: skip
    assert check("优惠码 OVER10 可用。", language="zh-hans", ledger=facts).clean == ""


def test_as_many_queries_for_many_products(
    tee: Product, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    several = list(Product.objects.live().order_by("pk").values_list("pk", flat=True)[:12])
    with django_assert_max_num_queries(14):
        assert len(read(*several).products) == 12


def test_what_a_shopper_may_not_see_supports_nothing(tee: Product) -> None:
    Merchant.objects.filter(pk=tee.merchant_id).update(suspended_at=timezone.now())
    assert read(tee.pk, merchants=(tee.merchant_id,)).products == ()
    assert read(tee.pk, merchants=(tee.merchant_id,)).shops == ()
    Merchant.objects.filter(pk=tee.merchant_id).update(suspended_at=None)
    with as_merchant(tee.merchant):
        Product.objects.filter(pk=tee.pk).update(status=Status.DRAFT)
    assert read(tee.pk, 10**9).products == ()
