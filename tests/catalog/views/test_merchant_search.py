"""The shop's search in its merchant's hands: the preview is what shoppers get."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import SearchRule, SearchSynonym
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/search/"
RULE, SYNONYM = PAGE + "rule/", PAGE + "synonym/"


def preview(window: Window, query: str = "?q=cotton") -> list[str]:
    """Return the article numbers of the preview, in order."""
    page = browser(window.people.mei).get(PAGE + query).content.decode()
    return re.findall(r'preview-place.*?<span class="number">([^<]+)<', page, re.S)


def live(query: str = "cotton") -> list[str]:
    """Return the article numbers that a shopper sees in the shop, in order."""
    page = browser().get("/s/loom/", {"q": query}).content.decode()
    found = re.findall(r"card-title.*?/p/loom/([^/]+)/", page, re.S)
    return [sku.replace("~2f", "/") for sku in found]


def rule(window: Window, person: str = "mei", **fields: Any) -> Any:
    """Send a rule."""
    return browser(getattr(window.people, person)).post(RULE, {"q": "cotton"} | fields)


def test_the_preview_is_what_shoppers_get(window: Window) -> None:
    before = preview(window)
    assert before == live() and len(before) >= 2
    with as_merchant(window.loom):
        last = window.loom.products.get(sku=before[-1])
    assert rule(window, product=last.pk, action="pin")["Location"] == f"{PAGE}?q=cotton"
    after = preview(window)
    assert after == live() == [before[-1], *before[:-1]]
    page = browser(window.people.ana).get(PAGE + "?q=cotton").content.decode()
    assert "Pinned" in page and f"place {len(before)} without rules" in page
    assert 'name="action"' not in page, "an analyst only looks"


def test_pin_by_number_bury_reorder_and_clear(window: Window) -> None:
    assert preview(window, "?q=warm")[0] == "HD/1"
    rule(window, "edda", q="warm", sku="NP-1", action="pin")
    assert preview(window, "?q=warm")[:2] == ["NP-1", "HD/1"] == live("warm")[:2]
    rule(window, q="warm", sku="HD/1", action="pin")
    assert preview(window, "?q=warm")[:2] == ["NP-1", "HD/1"]
    rule(window, q="warm", sku="HD/1", action="pin")
    assert preview(window, "?q=warm")[:2] == ["HD/1", "NP-1"] == live("warm")[:2]
    rule(window, q="warm", sku="HD/1", action="bury")
    assert preview(window, "?q=warm")[-1] == "HD/1" == live("warm")[-1]
    rule(window, q="warm", sku="NP-1", action="clear")
    assert "NP-1" not in live("warm")


def test_a_pin_that_breaks_a_demand_is_explained(window: Window) -> None:
    rule(window, sku="NP-1", action="pin")
    assert "NP-1" not in live()
    page = browser(window.people.mei).get(PAGE + "?q=cotton").content.decode()
    assert "Pinned, but not shown: Plain Cap" in page


def test_scheduled_rules_are_previewed_and_not_live_yet(window: Window) -> None:
    soon = timezone.localtime() + datetime.timedelta(days=2)
    rule(window, q="warm", sku="NP-1", action="pin", starts_at=f"{soon:%Y-%m-%dT%H:%M}")
    assert "NP-1" not in live("warm") and "NP-1" not in preview(window, "?q=warm")
    then = soon + datetime.timedelta(hours=1)
    assert preview(window, f"?q=warm&at={then:%Y-%m-%dT%H:%M}")[0] == "NP-1"
    page = browser(window.people.mei).get(PAGE).content.decode()
    assert "not begun" in page


def test_synonyms(window: Window) -> None:
    mei = browser(window.people.mei)
    said = {"locale": "en", "said": "Jumper", "meant": "hoodie"}
    assert "HD/1" not in live("jumper")
    mei.post(SYNONYM, said)
    assert live("jumper")[0] == "HD/1" and live("jumper") == preview(window, "?q=jumper")
    with as_merchant(window.loom):
        one = SearchSynonym.objects.get()
    mei.post(SYNONYM, {"remove": one.pk})
    assert "HD/1" not in live("jumper")


@pytest.mark.parametrize(
    "fields",
    [
        {"sku": "nothing", "action": "pin"},
        {"sku": "RV-1", "action": "pin"},
        {"sku": "SC-1", "action": "explode"},
        {"action": "pin"},
        {"product": "9" * 25, "action": "pin"},
        {"sku": "SC-1", "action": "pin", "q": "  "},
        {"sku": "SC-1", "action": "pin", "starts_at": "yesterday"},
        {"sku": "SC-1", "action": "pin", "starts_at": "2026-01-02T00:00",
         "ends_at": "2026-01-01T00:00"},
    ],
)  # fmt: skip
def test_wrong_rules_are_refused(window: Window, fields: dict[str, str]) -> None:
    response = rule(window, **fields)
    assert response.status_code == 422 and "notice bad" in response.content.decode()
    with as_merchant(window.loom):
        assert not SearchRule.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"said": ""}, {"said": "hoodie"}, {"locale": "fr"}, {"said": "x" * 81}, {"meant": ""}],
)
def test_wrong_synonyms_are_refused(window: Window, fields: dict[str, str]) -> None:
    said = {"locale": "en", "said": "jumper", "meant": "hoodie"} | fields
    assert browser(window.people.mei).post(SYNONYM, said).status_code == 422
    with as_merchant(window.loom):
        assert not SearchSynonym.objects.exists()


@pytest.mark.parametrize("person", ["ana", "rui", "sam"])
def test_others_may_not(window: Window, person: str) -> None:
    other: Client = browser(getattr(window.people, person))
    assert other.post(RULE, {"q": "x", "sku": "SC-1", "action": "pin"}).status_code == 404
    assert other.post(SYNONYM, {"locale": "en", "said": "a", "meant": "b"}).status_code == 404
    assert other.get(PAGE).status_code == (200 if person == "ana" else 404)
    with as_merchant(window.loom):
        assert not SearchRule.objects.exists()


def test_a_rival_takes_no_synonym_away(window: Window) -> None:
    browser(window.people.mei).post(SYNONYM, {"locale": "en", "said": "jumper", "meant": "hoodie"})
    with as_merchant(window.loom):
        one = SearchSynonym.objects.get()
    browser(window.people.rui).post("/merchant/rival/search/synonym/", {"remove": one.pk})
    with as_merchant(window.loom):
        assert SearchSynonym.objects.count() == 1


def test_anonymous_odd_addresses_and_methods(window: Window) -> None:
    mei = browser(window.people.mei)
    assert browser().get(PAGE)["Location"].startswith("/accounts/login/")
    for query in ("?q=%00", "?q=" + "x" * 999, "?at=x&q=a", "?q=a&at=9999-99-99T00:00",
                  "?q=a&at=0001-01-01T00:00", "?q=<script>"):  # fmt: skip
        response = mei.get(PAGE + query)
        assert response.status_code == 200, query
        assert "<script>alert" not in response.content.decode()
    assert mei.post(PAGE).status_code == 405
    assert mei.get(RULE).status_code == 405
    assert mei.get(SYNONYM).status_code == 405
    assert mei.get("/merchant/nobody/search/").status_code == 404


def test_speaks_chinese(window: Window) -> None:
    page = browser(window.people.mei, "zh-hans").get(PAGE + "?q=围巾").content.decode()
    assert "店内搜索" in page and "置顶" in page and "同义词" in page


def test_query_count_does_not_grow_with_rules(window: Window) -> None:
    mei = browser(window.people.mei)
    mei.get(PAGE + "?q=cotton")
    counts = []
    for skus in (["SC-1"], ["NP-1", "HD/1", "TS-1"]):
        for sku in skus:
            rule(window, sku=sku, action="boost")
        with CaptureQueriesContext(connection) as queries:
            mei.get(PAGE + "?q=cotton")
        counts.append(len(queries))
    assert counts[0] == counts[1]
