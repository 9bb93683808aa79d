"""Bodies and addresses that nobody means: each is refused by name, and nothing breaks."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings
from rest_framework import serializers

from shopguide.problems import Problem
from shopguide.rest.doors import of_other_kinds
from shopguide.rest.reading import MOST_DEEP, parsed

pytestmark = pytest.mark.django_db
LINES = "/api/v1/cart/lines/"


def nested(depth: int) -> Any:
    """Return lists within lists."""
    value: Any = 1
    for _level in range(depth):
        value = [value]
    return value


def test_depth_is_bounded_exactly() -> None:
    assert parsed(json.dumps(nested(MOST_DEEP - 1)).encode())
    with pytest.raises(Problem):
        parsed(json.dumps(nested(MOST_DEEP)).encode())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "parse_error"),
        (b"\xff\xfe{}", 400, "parse_error"),
        (b"[" * 100_000, 400, "too_deep"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, 400, "too_deep"),
        (b'{"variant": NaN}', 400, "parse_error"),
        (b'{"variant": 1' + b"0" * 5_000 + b"}", 400, "parse_error"),
        (b'{"variant": 1' + b"0" * 30 + b"}", 400, "invalid"),
        (b'{"variant": 1e400}', 400, "invalid"),
        (b'{"variant": "\\u0000"}', 400, "bad_text"),
        (b'{"variant": "\\ud800"}', 400, "bad_text"),
        (b'{"\\u0000": 1}', 400, "bad_text"),
        (b"[]", 400, "invalid"),
        (b"null", 400, "invalid"),
        (b'"text"', 400, "invalid"),
        (b'{"variant": true, "quantity": {}}', 400, "invalid"),
        (b" " * 1_048_577, 413, "too_large"),
        (b"", 400, "invalid"),
    ],
)
def test_odd_bodies(body: bytes, status: int, code: str) -> None:
    answer = Client().post(LINES, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"email": "\\u0000", "password": "x"}'])
def test_signing_in_reads_as_carefully(body: bytes) -> None:
    where = "/api/v1/auth/app/v1/auth/login"
    answer = Client().post(where, body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "search/?q=%00", "search/?q=%ff%fe", "search/?page=0", "search/?page=" + "9" * 50,
        "search/?%00=1", "search/?brand=" + "&brand=x" * 200, "products/loom/%00/",
        "products/loom/%F0%9F/", "products/%2e%2e/x/", "cart/lines/" + "9" * 40 + "/",
        "orders/" + "A" * 300 + "/", "compare/?product=x", "compare/?product=a/b&product=%00/c",
        "products/a/b/reviews/?cursor=zzz", "products/a/b/reviews/?stars=6", "home/?currency=XXX",
        "suggestions/?q=" + "x" * 5_000, "suggestions/", "categories/?fields=nothing",
        "shops/nobody/", "search/?lang=%00", "search/?min=-1", "search/?category=%F0%9F%98%80",
    ],
)  # fmt: skip
def test_odd_addresses(path: str) -> None:
    for method in ("get", "patch", "delete"):
        answer = getattr(Client(), method)(f"/api/v1/{path}")
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["code"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"}, {"Accept": "\xff"}, {"Accept-Language": "\x01;q=x, zh" * 50},
        {"X-Session-Token": "x" * 5_000}, {"X-Session-Token": "é"}, {"Shopper-Token": "a:b:c"},
        {"If-None-Match": "W/"}, {"If-Match": '"x'}, {"Host": "evil.example"},
        {"Request-Id": "x" * 500}, {"Content-Length": "many"}, {"Content-Length": "-1"},
    ],
)  # fmt: skip
def test_odd_headers(headers: dict[str, str]) -> None:
    answer = Client().get("/api/v1/cart/", headers=headers)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"


def test_a_page_is_no_answer_of_the_api(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["shop.example"]
    answer = Client().get("/api/v1/cart/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


class Shape(serializers.Serializer):
    """One member of each kind."""

    yes = serializers.BooleanField(required=False)
    count = serializers.IntegerField(required=False, allow_null=True)
    text = serializers.CharField(required=False)
    thumb = serializers.ChoiceField(choices=[1, -1], required=False)
    name = serializers.ChoiceField(choices=["a", "b"], required=False, allow_blank=True)


@pytest.mark.parametrize(
    "values",
    [{"yes": 0}, {"yes": "on"}, {"count": "3"}, {"count": True}, {"text": 3}, {"thumb": "1"},
     {"thumb": True}, {"name": 1}],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_in_json_alone(values: dict[str, Any]) -> None:
    assert list(of_other_kinds(Shape(), values)) == list(values)
    form = QueryDict(mutable=True)
    form.update(values)
    assert of_other_kinds(Shape(), form) == {}


def test_values_of_their_kinds_are_taken() -> None:
    fits = {"yes": False, "count": None, "text": "", "thumb": -1, "name": ""}
    assert of_other_kinds(Shape(), fits) == {}
