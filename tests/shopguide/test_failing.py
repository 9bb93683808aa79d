"""Error pages: bilingual, with a reference, without database, session or internals."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from shopguide import failing


def sent(**cookies: str) -> HttpRequest:
    """Return a request as it stands after our middleware."""
    request = RequestFactory().get("/p/")
    request.COOKIES.update(cookies)
    request.request_id = "0123456789abcdef"  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("status", [400, 429, 500])
@pytest.mark.parametrize(("language", "first"), [("en", "Reference"), ("zh-hans", "参考编号")])
def test_error_page(status: int, language: str, first: str):
    """The page speaks both languages, the reader's as its own, and names the reference."""
    with translation.override(language):
        response = failing.error_page(sent(theme="dark"), status)
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}" data-theme="dark">' in page
    assert "0123456789abcdef" in page
    assert first in page
    assert page.count("<h1") == 1
    assert f'<h1 lang="{language[:2]}' in page


def test_bad_request_says_nothing_of_the_inside():
    """What went wrong inside stays inside."""
    response = failing.bad_request(sent(), ValueError("password=hunter2"))
    assert response.status_code == 400
    assert b"hunter2" not in response.content


def test_server_error_knows_no_request_id():
    """A request that failed before it got an id has a page all the same."""
    response = failing.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Reference" not in response.content


def test_too_many_requests_says_how_long():
    """The page and its header say when to come back."""
    response = failing.too_many_requests(sent(), 30)
    assert response.status_code == 429
    assert response["Retry-After"] == "30"
