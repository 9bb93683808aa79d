"""Undo: what was removed comes back whole, once, in its own shop."""

import re
from html import unescape

import pytest
from django.core import signing

from catalog.models import Coupon, SearchSynonym
from catalog.taking_back import SALT, TooLate, rows_token, take_back, token_for
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/undo/"
TOKEN = re.compile(r'action="/merchant/loom/undo/">.*?name="token" value="([^"]+)"', re.S)


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


def make_coupon(shop: Merchant, code: str = "TEN") -> Coupon:
    """Save a coupon that was used three times."""
    with as_merchant(shop):
        return Coupon.objects.create(merchant=shop, code=code, kind="percent", value=10, used=3)


def coupons(shop: Merchant) -> list[tuple[int, str, int]]:
    """Return the coupons that a shop has."""
    with as_merchant(shop):
        return list(Coupon.objects.filter(merchant=shop).values_list("pk", "code", "used"))


def test_a_removed_coupon_comes_back_as_it_was(people: People) -> None:
    coupon, mei = make_coupon(people.loom), browser(people.mei)
    before = coupons(people.loom)
    answer = mei.post(f"/merchant/loom/terms/coupon/{coupon.pk}/remove/", follow=True)
    page = answer.content.decode()
    assert coupons(people.loom) == [] and "TEN no longer holds" in page
    token = unescape(TOKEN.search(page).group(1))  # type: ignore[union-attr]
    for _twice in range(2):
        answer = mei.post(PAGE, {"token": token})
        assert answer["Location"] == "/merchant/loom/terms/"
        assert coupons(people.loom) == before


def test_what_was_made_anew_meanwhile_stays(people: People) -> None:
    coupon = make_coupon(people.loom)
    with as_merchant(people.loom):
        token = rows_token(people.loom, [coupon], "merchant_terms")
        coupon.delete()
    anew = make_coupon(people.loom)
    page = browser(people.mei).post(PAGE, {"token": token}, follow=True).content.decode()
    assert "There is one of this name already" in page
    assert [pk for pk, _code, _used in coupons(people.loom)] == [anew.pk]


def test_tokens_of_others_and_broken_ones_do_nothing(people: People) -> None:
    coupon = make_coupon(people.rival)
    with as_merchant(people.rival):
        foreign = rows_token(people.rival, [coupon], "merchant_terms")
        coupon.delete()
    mixed = signing.loads(foreign, salt=SALT) | {"shop": people.loom.pk}
    forged = signing.dumps(mixed, salt=SALT, compress=True)
    user = token_for(people.loom, "rows", f'[{{"model": "accounts.user", "pk": {people.sam.pk}, '
                     '"fields": {"email": "x@example.com"}}]', "merchant_terms")  # fmt: skip
    mei = browser(people.mei)
    for token in ("", "x", "a:b:c", foreign, foreign[:-1], forged, user,
                  token_for(people.loom, "bulk", 10**9, "merchant_bulk_edits"),
                  token_for(people.loom, "import", 10**9, "merchant_imports")):  # fmt: skip
        answer = mei.post(PAGE, {"token": token})
        assert answer["Location"] == "/merchant/loom/"
    assert coupons(people.loom) == [] and coupons(people.rival) == []
    with as_merchant(people.loom), pytest.raises(TooLate):
        take_back(people.loom, foreign, people.mei)


def test_words_of_the_shops_search_come_back_too(people: People) -> None:
    with as_merchant(people.loom):
        words = SearchSynonym.objects.create(
            merchant=people.loom, locale="en", said="sweater", meant="jumper", by=people.mei
        )
    edda = browser(people.edda)
    answer = edda.post("/merchant/loom/search/synonym/", {"remove": words.pk}, follow=True)
    page = answer.content.decode()
    assert "1 entry is removed" in page
    edda.post(PAGE, {"token": unescape(TOKEN.search(page).group(1))})  # type: ignore[union-attr]
    with as_merchant(people.loom):
        assert SearchSynonym.objects.get(merchant=people.loom).by == people.mei


def test_editors_and_owners_alone(people: People) -> None:
    for person in (people.ana, people.rui, people.sam):
        assert browser(person).post(PAGE, {"token": "x"}).status_code == 404
    assert browser().post(PAGE).status_code == 302
    assert browser(people.mei).get(PAGE).status_code == 405
