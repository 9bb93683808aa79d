"""The operator's site: lists that cost the same for many rows, and suspension with its reason."""

import re
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from catalog.models import ExchangeRate
from catalog.presenting.estimating import converted
from shopguide.accounts.models import Membership, Merchant, Role, User
from tests.people import People, browser, make_people, make_user

pytestmark = pytest.mark.django_db
SHOPS = "/operator/accounts/merchant/"


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


@pytest.fixture
def operator(db: None) -> Client:
    """Return an operator's browser; a demo login, so no second step is asked."""
    return browser(User.objects.create_superuser("op@example.com", "x", is_demo=True))


def test_suspend_asks_why_says_whom_and_tells_the_shop(people: People, operator: Client) -> None:
    chosen = {"action": "ask_to_suspend", "_selected_action": [people.loom.pk]}
    asked = operator.post(SHOPS, chosen)["Location"]
    page = operator.get(asked).content.decode()
    assert "1 shop leaves search" in page and "Loom (loom)" in page and "Rival" not in page
    answer = operator.post(asked, {"reason": " "})
    assert answer.status_code == 422
    assert Merchant.objects.active().count() == 2
    operator.post(asked, {"reason": "No imprint."})
    loom = Merchant.objects.get(slug="loom")
    assert (loom.suspended_reason, loom.suspended_at is None) == ("No imprint.", False)
    assert "No imprint." in browser(people.mei).get("/merchant/loom/").content.decode()
    assert "nothing to suspend" in operator.get(asked).content.decode()
    operator.post(SHOPS, {"action": "open_again", "_selected_action": [people.loom.pk]})
    assert browser(people.mei).get("/merchant/loom/").status_code == 200
    assert Merchant.objects.get(slug="loom").suspended_reason == ""


def test_odd_addresses_suspend_nobody(people: People, operator: Client) -> None:
    for shops in ("", "x", "-1", "9" * 30, ",,,", "1;2", "%00"):
        assert operator.post(f"{SHOPS}suspend/?shops={shops}", {"reason": "x"}).status_code == 200
    assert Merchant.objects.active().count() == 2


def test_lists_cost_the_same_for_more_rows(people: People, operator: Client) -> None:
    def cost() -> list[int]:
        counts = []
        for name in ("merchant", "membership", "user"):
            with CaptureQueriesContext(connection) as queries:
                assert operator.get(f"/operator/accounts/{name}/").status_code == 200
            counts.append(len(queries))
        return counts

    operator.get(SHOPS)
    before = cost()
    for number in range(4):
        shop = Merchant.objects.create(slug=f"more-{number}", name_en="More")
        user = make_user(f"more-{number}")
        Membership.objects.create(user=user, merchant=shop, role=Role.OWNER)
    assert cost() == before


def test_looks_like_ours_and_filters(people: People, operator: Client) -> None:
    page = operator.get("/operator/").content.decode()
    assert "css/operator.css" in page and "Django administration" not in page
    Merchant.objects.filter(slug="rival").update(suspended_at="2026-01-01T00:00Z")
    page = operator.get(f"{SHOPS}?suspended=1").content.decode()
    assert re.findall(r'change/[^"]*">(\w+)</a></th>', page) == ["rival"]


def test_nobody_but_operators(people: People) -> None:
    for person in (people.mei, people.sam):
        assert browser(person).get(f"{SHOPS}suspend/?shops=1").status_code in (302, 404)
    assert browser().post(f"{SHOPS}suspend/?shops=1").status_code == 302
    assert Merchant.objects.active().count() == 2


def signed_in(people: People, key: str) -> UserSession:
    """Save the device on which Mei is signed in by a session."""
    return UserSession.objects.create(
        user=people.mei, ip="127.0.0.1", user_agent="Firefox", session_key=key
    )


def test_second_steps_and_devices_are_taken_away_and_never_show_a_secret(
    people: People, operator: Client
) -> None:
    step = Authenticator.objects.create(user=people.mei, type="totp", data={"secret": "JBSWY3DP"})
    mei = browser(people.mei)
    device = signed_in(people, str(mei.session.session_key))
    for name, pk in (("secondstep", step.pk), ("device", device.pk)):
        where = f"/operator/accounts/{name}/"
        pages = operator.get(where), operator.get(f"{where}{pk}/change/")
        texts = [page.content.decode() for page in pages]
        assert all("mei@example.com" in text for text in texts)
        assert not any(word in text for text in texts for word in ("JBSWY3DP", device.session_key))
        assert operator.get(f"{where}add/").status_code == 403
        assert operator.post(f"{where}{pk}/change/", {"data": "{}"}).status_code == 403
        assert operator.post(f"{where}{pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.exists() and "_auth_user_id" not in mei.session
    for theirs in ("mfa/authenticator/", "usersessions/usersession/"):
        assert operator.get(f"/operator/{theirs}").status_code == 404


def test_rates_are_entered_and_hold_from_the_next_page(operator: Client, rates_anew: None) -> None:
    where = "/operator/catalog/exchangerate/"
    sent = {"currency": "EUR", "per_dollar": "0.92", "as_of": "2026-11-01"}
    assert converted(Decimal(10), "USD", "EUR") is None
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert operator.post(f"{where}add/", sent).status_code == 302
    assert converted(Decimal(10), "USD", "EUR") == Decimal("9.20")
    for wrong in ({"currency": "USD"}, {"currency": "ABC"}, {"per_dollar": "0"},
                  {"per_dollar": "-1"}, {"per_dollar": "NaN"}, {"as_of": "x"}):  # fmt: skip
        assert operator.post(f"{where}add/", sent | {"currency": "JPY"} | wrong).status_code == 200
    assert list(ExchangeRate.objects.values_list("currency", flat=True)) == ["EUR"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        operator.post(f"{where}EUR/delete/", {"post": "yes"})
    assert converted(Decimal(10), "USD", "EUR") is None


def test_operators_read_it_in_their_language(people: People) -> None:
    Authenticator.objects.create(user=people.mei, type="totp", data={"secret": "x"})
    signed_in(people, "k" * 32)
    chinese = browser(User.objects.create_superuser("op@example.com", "x", is_demo=True), "zh-hans")
    page = chinese.get("/operator/").content.decode()
    ours = r'<a href="/operator/(?:account|accounts|catalog)/\w+/"[^>]*>\s*([^<]+?)\s*</a>'
    links = re.findall(ours, page)
    assert len(links) >= 6 and not [one for one in links if re.search(r"[A-Za-z]{3}", one)]
    for name in ("merchant", "membership", "user", "secondstep", "device"):
        text = chinese.get(f"/operator/accounts/{name}/").content.decode()
        heads = re.findall(r'<div class="text">\s*(?:<a[^>]*>)?([^<]+)', text)
        assert heads and not [one for one in heads if re.search(r"[A-Za-z]{3}", one)], name
