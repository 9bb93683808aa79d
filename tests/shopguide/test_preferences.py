"""Theme and currency: kept in cookies, set back, never leading off the site."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shopguide.preferences import preferences


def post(**fields: str) -> HttpResponse:
    """Send the form."""
    return preferences(RequestFactory().post("/preferences/", fields))


def test_choices_are_kept():
    """What was pressed is remembered for a year, and the page comes back."""
    response = post(theme="dark", next="/search/?q=x")
    assert response.status_code == 302
    assert response["Location"] == "/search/?q=x"
    assert response.cookies["theme"].value == "dark"
    assert response.cookies["theme"]["max-age"] == 365 * 24 * 3600
    assert "currency" not in response.cookies


def test_system_theme_forgets_the_cookie():
    """Back to the system's theme means no cookie."""
    cookie = post(theme="").cookies["theme"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


@pytest.mark.parametrize("field", ["theme", "currency"])
def test_unknown_values_change_nothing(field: str):
    """A value that cannot be chosen is not stored."""
    assert post(**{field: "<b>"}).cookies == {}


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""]
)
def test_the_way_back_stays_on_the_site(elsewhere: str):
    """An address off the site leads home instead."""
    assert post(currency="EUR", next=elsewhere)["Location"] == "/"


def test_only_by_post():
    """A link cannot change a preference."""
    assert preferences(RequestFactory().get("/preferences/")).status_code == 405
