"""Searches are counted without knowing who searched, never at the search's cost, and bounded."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from catalog.models import SearchCount
from catalog.search import noting
from catalog.search.noticing import (
    Asked,
    most_asked,
    seldom_opened,
    totals,
    unanswered,
    wanted_in_market,
)
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_merchant

TODAY = timezone.localdate().isoformat()


@pytest.fixture(autouse=True)
def no_old_notes() -> None:
    """Begin with an empty list: the cache outlives a test."""
    while noting.taken():
        pass


@pytest.fixture
def shop(db: None) -> Merchant:
    """Return a shop."""
    return make_merchant()


def put(query: str, shop: int | None, **what: Any) -> None:
    """Note one search or click of a shopper who reads English."""
    request = RequestFactory().get("/search/")
    noting.note(request, query, shop, **{"shown": [], **what})


def rows() -> list[tuple[Any, ...]]:
    """Return all counts."""
    columns = ("merchant__slug", "place", "key", "query", "asked", "empty", "clicks")
    with as_everyone():
        return list(SearchCount.objects.order_by("pk").values_list(*columns))


def test_a_shops_own_search_counts_for_it_alone(shop: Merchant) -> None:
    put("Jumper", shop.pk, empty=True)
    put("jumper ", shop.pk, empty=True)
    put("JUMPER", shop.pk, clicked=True)
    assert noting.count_notes() == 3
    assert rows() == [("loom", "shop", "jumper", "JUMPER", 2, 2, 1)]
    put("jumper", shop.pk)
    noting.count_notes()
    assert rows() == [("loom", "shop", "jumper", "jumper", 3, 2, 1)]


def test_a_search_of_the_market_counts_for_it_and_for_each_shop_that_is_shown(
    shop: Merchant,
) -> None:
    other = make_merchant("rival")
    put("cotton shirt", None, shown=[shop.pk, other.pk])
    put("cotton shirt", None, shown=[shop.pk], clicked=True)
    noting.count_notes()
    assert sorted(rows(), key=str) == [
        ("loom", "market", "cotton shirt", "cotton shirt", 1, 0, 1),
        ("rival", "market", "cotton shirt", "cotton shirt", 1, 0, 0),
        (None, "market", "cotton shirt", "cotton shirt", 1, 0, 1),
    ]


@pytest.mark.parametrize(
    "query",
    ["mei@example.com", "13812345678", "call 138 1234 5678 now", "6222-0212-3456-7890", "",
     "https://x.example/", "x" * 81, "   "],
)  # fmt: skip
def test_what_looks_like_a_persons_data_is_not_kept(query: str) -> None:
    assert not noting.harmless(query)


@pytest.mark.parametrize(
    "query", ["red hoodie", "适合宽脚的跑步鞋 300元以内", "XM-1000 case", "iphone 15"]
)
def test_ordinary_queries_are(query: str) -> None:
    assert noting.harmless(query)


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; SomeBot/2.1)"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Cache-Control": "max-age=0"},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Boosted": "true", "HX-History-Restore-Request": "true"},
    ],
)
def test_robots_prefetches_and_reloads_do_not_count(headers: dict[str, str]) -> None:
    assert not noting.by_a_person(RequestFactory().get("/search/", headers=headers))
    assert noting.by_a_person(RequestFactory().get("/search/"))


def test_a_broken_cache_is_never_an_error(monkeypatch: pytest.MonkeyPatch, shop: Merchant) -> None:
    def broken() -> Any:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(noting, "shared", broken)
        put("jumper", shop.pk)
    assert noting.count_notes() == 0


def test_without_a_shared_cache_the_process_keeps_notes(settings: Settings, shop: Merchant) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    put("jumper", shop.pk)
    assert noting.count_notes() == 1 and len(rows()) == 1


def test_a_shop_that_is_gone_is_left_out(shop: Merchant) -> None:
    put("jumper", 2**40)
    put("jumper", shop.pk)
    noting.count_notes()
    assert [row[0] for row in rows()] == ["loom"]


def test_the_table_is_bounded_by_day_and_shop(
    monkeypatch: pytest.MonkeyPatch, shop: Merchant
) -> None:
    monkeypatch.setattr(noting, "MOST_A_DAY", 3)
    for number in range(5):
        put(f"word {number}", shop.pk)
    noting.count_notes()
    put("word 0", shop.pk)
    put("word 9", shop.pk)
    noting.count_notes()
    assert [(row[2], row[4]) for row in rows()] == [("word 0", 2), ("word 1", 1), ("word 2", 1)]


def test_the_list_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "MOST_WAITING", 3)
    for number in range(5):
        put(f"word {number}", None)
    assert [json.loads(line)["query"] for line in noting.taken()] == ["word 2", "word 3", "word 4"]


def test_old_counts_are_forgotten(shop: Merchant) -> None:
    today = timezone.localdate()
    with as_everyone():
        for age in (0, 89, 90, 91, 400):
            SearchCount.objects.create(
                merchant=shop, place="shop", day=today - datetime.timedelta(days=age),
                locale="en", key="jumper", query="jumper",
            )  # fmt: skip
    assert noting.forget_searches(90) == 2
    assert len(rows()) == 3


def test_a_shop_reads_its_own_counts_and_the_markets(shop: Merchant) -> None:
    other = make_merchant("rival")
    put("secret", other.pk)
    put("mug", None, shown=[other.pk])
    noting.count_notes()
    with as_merchant(shop):
        seen = list(SearchCount.objects.values_list("key", "merchant"))
    assert seen == [("mug", None)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalog_searchcount WHERE merchant_id IS NOT NULL")
        assert cursor.fetchone() == (0,)


def keys(found: list[Asked]) -> list[str]:
    """Return the queries of a list."""
    return [one.key for one in found]


def test_what_is_noticed(shop: Merchant) -> None:
    for _number in range(6):
        put("hoodie", shop.pk)
        put("coat", shop.pk)
    for _number in range(3):
        put("coat", shop.pk, clicked=True)
        put("jumper", shop.pk, empty=True)
        put("gondola", None, empty=True)
    put("hammock", None, empty=True)
    put("cap", shop.pk, empty=True)
    noting.count_notes()
    with as_merchant(shop):
        assert keys(unanswered(shop, 7)) == ["jumper", "cap"]
        assert keys(seldom_opened(shop, "shop", 7)) == ["hoodie"]
        assert keys(most_asked(shop, 7)) == ["coat", "hoodie", "jumper", "cap"]
        assert keys(wanted_in_market(7)) == ["gondola"], "what one person asked is not shown"
        whole = totals(shop, "shop", 7)
        assert (whole.asked, whole.empty, whole.clicks) == (16, 4, 3)
        assert most_asked(shop, 7)[0].rate == 0.5
