"""Favourites, alerts and addresses: kept without an account, told once, seen by nobody else."""

import uuid
from decimal import Decimal

import pytest

from catalog.models import Address, Alert, Letter, Price, Stock, Variant, WishItem
from catalog.orders import addressing, wishing
from catalog.orders.wishing import NotKept, Watch
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from shopguide.joining import join
from tests.catalog.factories import make_product
from tests.catalog.orders.conftest import ADDRESS, variant_of
from tests.people import make_user

pytestmark = pytest.mark.django_db


def watching(variant: Variant, of: int | None = None, **fields: object) -> Watch:
    said = {"currency": "CNY", "email": "lin@example.com", "language": "zh-hans", **fields}
    return Watch(variant.product_id, variant=of, **said)  # type: ignore[arg-type]


def letters() -> list[tuple[str, str]]:
    with as_everyone():
        return list(Letter.objects.order_by("pk").values_list("kind", "to"))


def price(variant: Variant, amount: str) -> None:
    with as_merchant(variant.merchant_id):
        Price.objects.filter(variant=variant).update(amount=amount)


def test_favourites_are_kept_once_and_only_what_is_sold(shop: Merchant, shopper: Shopper) -> None:
    mug = variant_of(shop, "MUG").product
    hidden = make_product(shop, "DRAFT", status="draft")
    for _again in range(2):
        wishing.keep(shopper, mug.pk)
    for product in (hidden.pk, 10**9):
        with pytest.raises(NotKept, match="no_such"):
            wishing.keep(shopper, product)
    stranger = Shopper.objects.create()
    assert (wishing.wished(shopper), wishing.wished(stranger), wishing.wished(None)) == (
        [mug.pk], [], []
    )  # fmt: skip
    wishing.drop(stranger, mug.pk)
    assert wishing.is_wished(shopper, mug.pk)
    with as_merchant(shop):
        assert not WishItem.objects.exists()
        mug.delete()
    assert wishing.wished(shopper) == []


def test_a_price_that_falls_is_told_once(shop: Merchant, shopper: Shopper) -> None:
    mug = variant_of(shop, "MUG", price="40.00")
    wishing.watch(shopper, watching(mug, below=Decimal("38")))
    wishing.watch(shopper, watching(mug, below=Decimal("35")))  # the same wish, changed
    price(mug, "36.00")
    assert wishing.tell_due() == 0
    price(mug, "35.00")
    assert (wishing.tell_due(), wishing.tell_due()) == (1, 0)
    price(mug, "30.00")
    assert (wishing.tell_due(), letters()) == (0, [("price_below", "lin@example.com")])
    assert wishing.waiting_of(shopper) == []


def test_what_is_back_is_told_for_the_variant_that_was_wanted(
    shop: Merchant, shopper: Shopper
) -> None:
    mug, bowl = (variant_of(shop, sku, stock=0) for sku in ("MUG", "BOWL"))
    wishing.watch(shopper, watching(mug, of=mug.pk))
    wishing.watch(shopper, watching(bowl, currency="USD"))
    with pytest.raises(NotKept, match="no_such"):
        wishing.watch(shopper, watching(mug, of=bowl.pk))
    assert wishing.tell_due() == 0
    with as_merchant(shop):
        Stock.objects.filter(variant=bowl).update(quantity=1)
    assert (wishing.tell_due(), letters()) == (1, [("back_in_stock", "lin@example.com")])


def test_an_alert_stops_by_its_word_alone(shop: Merchant, shopper: Shopper) -> None:
    mug = variant_of(shop, "MUG")
    alert = wishing.watch(shopper, watching(mug, below=Decimal("99")))
    assert wishing.stop(uuid.uuid4()) is None
    assert wishing.stop(alert.token) and wishing.stop(alert.token)
    assert (wishing.tell_due(), letters()) == (0, [])
    with pytest.raises(NotKept, match="price"):
        wishing.watch(shopper, watching(mug, below=Decimal("0")))


def test_one_address_is_the_usual_one(shopper: Shopper) -> None:
    home = addressing.save(shopper, ADDRESS)
    assert home.is_default and addressing.save(shopper, ADDRESS).pk == home.pk
    work = addressing.save(shopper, ADDRESS | {"street": "2"}, usual=True)
    assert [one.is_default for one in addressing.addresses_of(shopper)] == [True, False]
    changed = addressing.save(shopper, ADDRESS | {"street": "3"}, pk=home.pk)
    assert (changed.pk, changed.is_default) == (home.pk, False)
    stranger = Shopper.objects.create()
    assert addressing.address_of(stranger, home.pk) is None
    assert not addressing.remove(stranger, home.pk)
    assert addressing.remove(shopper, work.pk)
    assert [one.is_default for one in addressing.addresses_of(shopper)] == [True]
    with as_shopper(stranger):
        assert not Address.objects.exists()
    for number in range(addressing.MOST - 1):
        addressing.save(shopper, ADDRESS | {"street": f"n{number}"})
    with pytest.raises(addressing.NoRoom):
        addressing.save(shopper, ADDRESS | {"street": "more"})


def test_what_a_browser_kept_becomes_the_persons(shop: Merchant, shopper: Shopper) -> None:
    mug, bowl = variant_of(shop, "MUG"), variant_of(shop, "BOWL")
    sam = make_user("sam")
    known = Shopper.objects.create(user=sam)
    wishing.keep(known, mug.product_id)
    addressing.save(known, ADDRESS)
    for variant in (mug, bowl):
        wishing.keep(shopper, variant.product_id)
    wishing.watch(shopper, watching(mug, below=Decimal("1")))
    addressing.save(shopper, ADDRESS | {"street": "2"})
    target = join(shopper, sam)
    assert target == known and set(wishing.wished(known)) == {mug.product_id, bowl.product_id}
    assert [one.street for one in addressing.addresses_of(known)] == [ADDRESS["street"], "2"]
    assert [one.is_default for one in addressing.addresses_of(known)] == [True, False]
    with as_everyone():
        assert Alert.objects.get().shopper == known
    assert not Shopper.objects.filter(pk=shopper.pk).exists()
