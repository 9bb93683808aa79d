"""A shop's terms: added, refused with a reason, taken back; nobody else's business."""

from html import unescape

import pytest

from catalog.models import Coupon, ShippingMethod
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/terms/"
WAY = {"adding": "shipping", "name_en": "Parcel", "code": "parcel", "currency": "CNY",
       "amount": "8.00", "free_from": "99", "days_least": "2", "days_most": "4",
       "countries": "cn, hk"}  # fmt: skip
COUPON = {"adding": "coupon", "code": "spring", "kind": "percent", "value": "10", "minimum": "0"}


def rows(window: Window) -> tuple[int, int]:
    with as_merchant(window.loom):
        return ShippingMethod.objects.count(), Coupon.objects.count()


def test_a_way_of_shipping_is_added_and_taken_back(window: Window) -> None:
    mei = browser(window.people.mei)
    assert "Nothing can be ordered" in mei.get(PAGE).content.decode()
    assert mei.post(PAGE, WAY).status_code == 302
    page = mei.get(PAGE).content.decode()
    for text in ("Parcel", "CN¥8.00", "CN¥99.00", "2 to 4 days", "CN, HK"):
        assert text in page
    with as_merchant(window.loom):
        pk = ShippingMethod.objects.get().pk
    mei.post(f"{PAGE}shipping/{pk}/remove/")
    assert rows(window) == (0, 0)


def test_a_coupon_is_added_and_taken_back(window: Window) -> None:
    edda = browser(window.people.edda)
    edda.post(PAGE, COUPON)
    page = edda.get(PAGE).content.decode()
    assert "SPRING" in page and "10% off" in page
    with as_merchant(window.loom):
        pk = Coupon.objects.get().pk
    edda.post(f"{PAGE}coupon/{pk}/remove/")
    assert rows(window) == (0, 0)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (WAY | {"amount": "-1"}, "not below zero"),
        (WAY | {"name_en": ""}, "at least one language"),
        (WAY | {"days_least": "9"}, "fewer than at least"), (WAY | {"countries": "XX"}, "XX"),
        (WAY | {"currency": "ABC"}, "valid choice"), (WAY | {"code": "a b"}, "slug"),
        (WAY | {"amount": "9" * 40}, "digits"),
        (COUPON | {"value": "101"}, "between 0 and 100"),
        (COUPON | {"kind": "amount"}, "needs a currency"),
        (COUPON | {"minimum": "50"}, "needs a currency"),
        (COUPON | {"most_uses": "-3"}, "greater than or equal to 0"),
        (COUPON | {"code": "\x00"}, "Null characters"),
    ],
)  # fmt: skip
def test_mistakes_are_named_and_nothing_is_kept(
    window: Window, sent: dict[str, str], says: str
) -> None:
    response = browser(window.people.mei).post(PAGE, sent)
    assert response.status_code == 422
    assert says in unescape(response.content.decode())
    assert rows(window) == (0, 0)


def test_one_name_once(window: Window) -> None:
    mei = browser(window.people.mei)
    for sent in (WAY, COUPON):
        mei.post(PAGE, sent)
        assert "one of this name already" in mei.post(PAGE, sent).content.decode()
    assert rows(window) == (1, 1)


@pytest.mark.parametrize("person", ["rui", "sam", "ana"])
def test_others_get_404(window: Window, person: str) -> None:
    client = browser(getattr(window.people, person))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, WAY).status_code == 404
    assert rows(window) == (0, 0)


def test_another_shops_row_is_nobodys(window: Window) -> None:
    browser(window.people.mei).post(PAGE, COUPON)
    with as_merchant(window.loom):
        pk = Coupon.objects.get().pk
    rival = browser(window.people.rui)
    assert rival.post(f"/merchant/rival/terms/coupon/{pk}/remove/").status_code == 404
    assert rows(window) == (0, 1)


def test_removing_needs_a_post(window: Window) -> None:
    assert browser(window.people.mei).get(f"{PAGE}coupon/1/remove/").status_code == 405


def test_anonymous_people_sign_in(window: Window) -> None:
    assert "/accounts/login/" in browser().get(PAGE)["Location"]
