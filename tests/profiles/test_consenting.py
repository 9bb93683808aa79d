"""Nothing is agreed to until somebody says so; a withdrawal holds at the next request."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from profiles.consenting import agreed, carry_over, choose, held, history
from profiles.middleware import ProfileMiddleware
from profiles.models import Consent, Purpose
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import COOKIE
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.joining import join
from tests.people import browser, make_user

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(Purpose.values, True)


def seen_by(shopper: Shopper) -> list[bool]:
    """Return what a page would see at this request."""
    seen: list[bool] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.extend(getattr(request.consent, one) for one in Purpose.values)  # type: ignore[attr-defined]
        return HttpResponse()

    request = RequestFactory().get("/")
    request._shopper = shopper  # type: ignore[attr-defined]
    ProfileMiddleware(page)(request)
    return seen


def test_nobody_has_agreed_to_anything() -> None:
    assert seen_by(Shopper.objects.create()) == [False] * 4
    assert held(None).essential and not held(None).personalisation


def test_a_choice_holds_at_the_next_request_and_so_does_its_end() -> None:
    shopper = Shopper.objects.create()
    choose(shopper, ALL)
    assert seen_by(shopper) == [True] * 4
    choose(shopper, {"personalisation": False})
    assert seen_by(shopper) == [False, True, True, True]
    assert agreed(Purpose.MARKETING) == [str(shopper.pk)]
    assert agreed(Purpose.PERSONALISATION) == []


def test_every_change_is_kept_and_repetition_is_none() -> None:
    shopper = Shopper.objects.create()
    for given in (True, True, False, False, True):
        choose(shopper, {"marketing": given, "nonsense": True})
    assert [one.given for one in history(shopper)] == [True, False, True]


def test_choices_are_their_shoppers_alone() -> None:
    mine, other = Shopper.objects.create(), Shopper.objects.create()
    choose(mine, ALL)
    with as_shopper(other):
        assert not Consent.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("person", "browsed", "then"),
    [
        ({}, {"marketing": True}, True),  # nothing said before: the browser's word counts
        ({"marketing": False}, {"marketing": True}, False),  # somebody else may have sat here
        ({"marketing": True}, {"marketing": False}, False),  # a refusal always counts
        ({"marketing": True}, {}, True),
    ],
)
def test_signing_in_never_widens_what_was_agreed(
    person: dict[str, bool], browsed: dict[str, bool], then: bool
) -> None:
    target, source = Shopper.objects.create(), Shopper.objects.create()
    choose(target, person)
    choose(source, browsed)
    carry_over(source, target)
    assert held(target).marketing is then


def test_the_page_works_without_an_account_and_follows_into_one() -> None:
    client = browser()
    assert COOKIE not in client.get("/privacy/").cookies
    assert client.post("/privacy/", {"training": "on"}).status_code == 302
    page = client.get("/privacy/").content.decode()
    assert 'name="training"\n' in page or "checked" in page
    with as_everyone():
        source = Shopper.objects.get()
    sam = make_user("sam")
    target = join(source, sam)
    assert held(target).training and not held(target).marketing


def test_odd_posts_change_nothing_they_should_not() -> None:
    client = Client()
    client.post("/privacy/", {"training": "\x00", "purpose": "marketing", "shopper": "1"})
    with as_everyone():
        assert {one.purpose for one in Consent.objects.filter(given=True)} == {"training"}
