"""Suggestions while typing, as the box gets them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db


def typed(text: str, language: str = "en") -> str:
    """Return what the box shows for a text."""
    response = browser(language=language).get("/suggest/", {"q": text})
    assert response.status_code == 200
    return response.content.decode()


def test_works(window: Window) -> None:
    assert "Red Fleece Hoodie" in typed("hood")
    assert 'href="/p/loom/HD~2f1/"' in typed("hood")


def test_speaks_chinese(window: Window) -> None:
    assert "红色加绒卫衣" in typed("卫衣", "zh-hans")
    assert "红色加绒卫衣" in typed("weiyi", "zh-hans")


def test_drafts_are_not_suggested(window: Window) -> None:
    assert "Draft" not in typed("secret")


def test_any_text_is_answered(window: Window) -> None:
    for text in ["", " ", "\0", "a", "'", "\\", ":*", "%", "x" * 3000, "((()))", "🧥"]:
        assert "<html" not in typed(text)


def test_wrong_method(window: Window) -> None:
    assert browser().post("/suggest/", {"q": "hood"}).status_code == 405


def test_two_queries(window: Window) -> None:
    typed("hood")
    with CaptureQueriesContext(connection) as queries:
        typed("hood")
    assert len(queries) <= 2
