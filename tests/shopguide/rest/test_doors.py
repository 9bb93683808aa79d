"""The house rules around every operation: tags, pages, choices, problems, what is going."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from rest_framework import serializers

from catalog.models import Order
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import _signer
from shopguide.accounts.tenancy import as_everyone, as_merchant
from shopguide.problems import KINDS, kind_of
from shopguide.rest.doors import door
from shopguide.rest.operations import Asked, Leaving, operation
from tests.catalog.factories import make_merchant
from tests.people import make_user

pytestmark = pytest.mark.django_db


class Out(serializers.Serializer):
    """A small answer."""

    one = serializers.IntegerField()
    two = serializers.IntegerField()


def ask(view: Any, method: str = "get", path: str = "/api/v1/x/", **more: Any) -> HttpResponse:
    """Ask a door that stands at no address."""
    from django.contrib.auth.models import AnonymousUser

    request = getattr(RequestFactory(), method)(path, **more)
    request.user = AnonymousUser()
    response: HttpResponse = view(request)
    return response


@operation("small", tag="Test", answer=Out)
def small(request: Asked) -> dict[str, int]:
    """Return a small answer."""
    return {"one": 1, "two": 2}


def test_what_has_not_changed_is_not_sent_again() -> None:
    first = ask(door(get=small))
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Accept-Language", "Shopper-Token"} <= {one.strip() for one in first["Vary"].split(",")}
    again = ask(door(get=small), headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert ask(door(get=small), headers={"If-None-Match": '"other"'}).status_code == 200


def test_members_can_be_chosen() -> None:
    assert ask(door(get=small), path="/x/?fields=two").content == b'{"two":2}'
    answer = ask(door(get=small), path="/x/?fields=two,three")
    assert answer.status_code == 400
    assert b'"fields":["three"]' in answer.content and b'"known":["one","two"]' in answer.content


def test_head_options_and_other_methods() -> None:
    assert ask(door(get=small), "head").status_code == 200
    told = ask(door(get=small), "options")
    assert (told.status_code, told["Allow"]) == (204, "GET, HEAD, OPTIONS")
    for method in ("post", "put", "patch", "delete", "trace"):
        refused = ask(door(get=small), method)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_operation_that_is_going_says_so() -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    leaving = Leaving(since, since + timedelta(days=180), "/api/v1/new/")
    old = operation("old", tag="Test", answer=Out, leaving=leaving)(small.handler)
    answer = ask(door(get=old))
    assert answer["Deprecation"] == "@1767225600"
    assert answer["Sunset"] == "Tue, 30 Jun 2026 00:00:00 GMT"
    assert answer["Link"] == '</api/v1/new/>; rel="successor-version"'
    assert "Deprecation" not in ask(door(get=small))


def test_what_breaks_inside_stays_inside(caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: Asked) -> None:
        raise ValueError("secret of the house")

    answer = ask(door(get=operation("broken", tag="Test", answer=Out)(broken)))
    assert answer.status_code == 500
    assert b"secret" not in answer.content and b'"code":"error"' in answer.content
    assert "secret" in caplog.text


def test_a_database_that_is_too_slow_is_said() -> None:
    def slow(request: Asked) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    answer = ask(door(get=operation("slow", tag="Test", answer=Out)(slow)))
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert b"statement" not in answer.content


def test_what_is_refused_leaves_nothing_behind() -> None:
    def half(request: Asked) -> None:
        Shopper.objects.create()
        raise ValueError

    before = Shopper.objects.count()
    ask(door(post=operation("half", tag="Test", answer=Out)(half)), "post")
    assert Shopper.objects.count() == before


def test_only_people_may_do_what_is_for_people() -> None:
    own = operation("own", tag="Test", answer=Out, who="person")(small.handler)
    answer = ask(door(get=own))
    assert (answer.status_code, b"not_authenticated" in answer.content) == (401, True)
    assert "X-Session-Token" in answer["WWW-Authenticate"]


def test_a_session_that_has_ended_is_refused_and_not_taken_for_none() -> None:
    answer = Client().get("/api/v1/cart/", headers={"X-Session-Token": "ended"})
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_somebody_who_was_shut_out_is_out() -> None:
    from django.contrib.sessions.backends.db import SessionStore

    sam = make_user("sam")
    browser = Client()
    browser.force_login(sam)
    key = SessionStore(browser.session.session_key).session_key
    ask_cart = lambda: Client().get("/api/v1/cart/", headers={"X-Session-Token": key})  # noqa: E731
    assert ask_cart().status_code == 200
    sam.is_active = False
    sam.save()
    assert ask_cart().status_code == 401


class TestPages:
    """Pages of a list that grows meanwhile."""

    def setup_method(self) -> None:
        self.shop, self.shopper = make_merchant(), Shopper.objects.create()
        self.headers = {"Shopper-Token": _signer.sign(str(self.shopper.pk))}
        self.start = timezone.now()
        for number in range(5):
            self.order(number)

    def order(self, number: int) -> None:
        """Save an order of some second; each two have the same moment."""
        with as_merchant(self.shop):
            Order.objects.create(
                merchant=self.shop, shopper=self.shopper, currency="CNY", items_amount=number,
                total_amount=number, payment_provider="test", email="a@example.com",
                placed_at=self.start + timedelta(seconds=number // 2),
            )  # fmt: skip

    def page(self, url: str) -> Any:
        """Read a page."""
        return Client().get(url, headers=self.headers).json()

    def test_neither_repeat_nor_skip(self) -> None:
        first = self.page("/api/v1/orders/?limit=2&fields=total_amount")
        self.order(9)
        second = self.page(first["next"])
        third = self.page(second["next"])
        amounts = [
            [one["total_amount"] for one in page["items"]] for page in (first, second, third)
        ]
        assert amounts == [["4.00", "3.00"], ["2.00", "1.00"], ["0.00"]]
        assert third["next"] is None
        assert set(first["items"][0]) == {"total_amount"}

    @pytest.mark.parametrize("cursor", ["x", "W10:x:y", "é", base64.b64encode(b"[1]").decode()])
    def test_a_cursor_that_is_none(self, cursor: str) -> None:
        assert self.page(f"/api/v1/orders/?cursor={cursor}")["code"] == "bad_cursor"

    def test_a_cursor_opens_its_own_list_only(self) -> None:
        cursor = self.page("/api/v1/orders/?limit=2")["next"].split("cursor=")[1]
        with as_everyone():
            assert Order.objects.count() == 5
        answer = self.page(f"/api/v1/products/loom/x/reviews/?cursor={cursor}")
        assert answer["code"] in ("not_found", "bad_cursor")

    @pytest.mark.parametrize("limit", ["0", "101", "x", "-1", ""])
    def test_a_limit_that_is_none(self, limit: str) -> None:
        answer = self.page(f"/api/v1/orders/?limit={limit}")
        assert limit == "" or list(answer["errors"]) == ["limit"]


def test_every_problem_says_what_it_is_in_both_languages() -> None:
    for code, kind in KINDS.items():
        with translation.override("en"):
            english = (str(kind.title), str(kind.next_step))
        with translation.override("zh-hans"):
            chinese = (str(kind.title), str(kind.next_step))
        for one, other in zip(english, chinese, strict=True):
            assert one and other != one, code
            assert any("\u4e00" <= letter <= "\u9fff" for letter in other), code


def test_a_code_that_is_not_in_the_catalogue_means_its_status() -> None:
    assert kind_of("odd", 404) is KINDS["not_found"]
    assert kind_of("odd", 418) is KINDS["invalid"]
    assert kind_of("odd", 599) is KINDS["error"]
