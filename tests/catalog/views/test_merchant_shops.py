"""The way into the portal."""

import pytest
from django.utils import timezone

from shopguide.accounts.models import Membership, Merchant, Role
from tests.people import People, browser

pytestmark = pytest.mark.django_db


def test_the_only_shop_opens_at_once(people: People) -> None:
    response = browser(people.mei).get("/merchant/")
    assert (response.status_code, response["Location"]) == (302, "/merchant/loom/")


def test_several_shops_are_listed_with_the_role_in_each(people: People) -> None:
    Membership.objects.create(user=people.mei, merchant=people.rival, role=Role.ANALYST)
    page = browser(people.mei).get("/merchant/").content.decode()
    assert 'href="/merchant/loom/"' in page and 'href="/merchant/rival/"' in page
    assert "Owner" in page and "Analyst" in page


def test_a_shopper_reads_what_this_is(people: People) -> None:
    page = browser(people.sam, "zh-hans").get("/merchant/").content.decode()
    assert "您还没有加入任何店铺" in page


def test_a_suspended_shop_is_offered_as_such(people: People) -> None:
    Merchant.objects.filter(slug="loom").update(suspended_at=timezone.now())
    page = browser(people.mei).get("/merchant/").content.decode()
    assert 'href="/merchant/loom/"' in page and "Suspended" in page


def test_anonymous_people_sign_in(people: People) -> None:
    assert browser().get("/merchant/")["Location"] == "/accounts/login/?next=/merchant/"


def test_wrong_method(people: People) -> None:
    assert browser(people.mei).post("/merchant/").status_code == 405
