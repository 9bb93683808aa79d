"""A thing's life in Chromium: brought in, praised, found, bought, sent back, judged, counted."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from playwright.sync_api import Page, expect

from assistant import tasks as asking
from assistant.answering import thoughtless
from catalog import tasks
from catalog.indexing import index_products
from catalog.opinions.judges import WordJudge
from catalog.opinions.judging import judge_reviews
from catalog.search.market import forget
from marketing.copy import tasks as copy
from shopguide.accounts.models import Merchant
from shopguide.writing import Realiser
from tests.conftest import FULL
from tests.journeys import market
from tests.journeys.conftest import Visit
from tests.journeys.test_buying import (
    DESK,
    WORDS,
    Walk,
    chosen,
    gives_back,
    orders,
    reviews,
    settles,
    ships,
    site,
)

__all__ = ["site"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FULL, reason="every step has a journey of its own: make test-all"),
]
Open = Callable[..., Visit]
SHOP = f"/merchant/{market.SHOP}/"
SKU = "LIFE-1"
FILE = (
    "sku,category,title_en,title_zh,description_en,description_zh,price_cny,price_usd,stock,"
    "attr_material,attr_season,attr_weight_g\n"
    f"{SKU},clothing/tops/hoodies,Harbour hoodie,港湾卫衣,Soft.,柔软。,259.00,39.00,30,"
    "cotton,winter,480\n"
)
SAID = {
    "en": {
        "title": "Harbour hoodie", "improve": "Write better descriptions",
        "edit": "Compare and edit",
        "submit": "Submit for approval", "approve": "Approve and publish", "kept": "Kept at",
        "import": "Import without a check", "done": "Done",
        "copy": "A hoodie for winter. It is made of cotton and weighs 480 g.",
    },
    "zh-hans": {
        "title": "港湾卫衣", "improve": "写更好的描述", "edit": "对比并修改",
        "submit": "提交批准", "approve": "批准并发布", "kept": "已于",
        "import": "不检查，直接导入", "done": "已完成",
        "copy": "冬天穿的卫衣，棉质，重480克。",
    },
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the request itself be the worker that imports, writes, indexes and answers."""
    told = override_settings(UPLOAD_ROOT=tmp_path_factory.mktemp("uploads"))
    with told, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks.import_catalog, "apply_async", take_in)
        patch.setattr(tasks.index_products, "delay", index)
        patch.setattr(tasks.draw_pictures, "delay", lambda _pk: None)
        patch.setattr(copy.write_brief, "delay", copy.write_brief.run)
        patch.setattr("catalog.views._results.query_vector", lambda _text: None)
        patch.setattr("assistant.views.asking.ring", ring)
        patch.setattr(asking, "think", thoughtless)
        patch.setattr(asking, "phraser", Realiser)
        yield


def take_in(args: tuple[int], **_how: Any) -> None:
    """Import what the bell rings for."""
    tasks.import_catalog(*args)


def index(pk: int) -> None:
    """Bring the shop's search up to date."""
    index_products(Merchant.objects.get(pk=pk))
    forget()


def ring(pk: int) -> None:
    """Answer as soon as the question is kept."""
    transaction.on_commit(lambda: asking.answer_message.run(pk), robust=True)


def brought(page: Page, file: Path, said: dict[str, str]) -> None:
    """Import a file of one product."""
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name=said["import"]).click()
    expect(page.locator("#progress .badge")).to_have_text(said["done"])


def praised(walk: Walk, said: dict[str, str]) -> None:
    """Find that its text is thin, write a better one, and approve it."""
    page = walk.window.go(f"{SHOP}improve/")
    thin = page.locator(".copy-row", has_text=said["title"]).first
    thin.get_by_role("button", name=said["improve"]).click()
    page.get_by_role("link", name=said["edit"]).first.click()
    page.locator("[name='part:description']").fill(said["copy"])
    expect(page.locator("#checked")).to_contain_text(said["kept"])
    walk.shoot("draft")
    page.get_by_role("button", name=said["submit"]).click()
    page.get_by_role("button", name=said["approve"]).click()
    page.locator("a.button[href^='/p/']").wait_for()
    walk.shoot("published")


def asked(walk: Walk, text: str) -> list[str]:
    """Ask, and return where the products of the answer are."""
    page = walk.window.go("/ask/")
    page.fill("#ask-text", text)
    page.press("#ask-text", "Enter")
    expect(page.locator(".bubble.assistant .ask-answer").last).to_be_visible(timeout=30_000)
    walk.shoot("answer")
    links = page.locator(".bubble.assistant").last.locator(".ask-card .card-title a")
    return [str(one.get_attribute("href")) for one in links.all()]


def found(walk: Walk, said: dict[str, str]) -> str:
    """Find it by its name, and read the approved words on its page; return where it is."""
    page = walk.window.go("/")
    page.locator("input[name=q]").fill(said["title"])
    page.locator("input[name=q]").press("Enter")
    page.locator(".results .card", has_text=said["title"]).locator("a").first.click()
    expect(page.locator(".prose[data-provenance=generated]")).to_have_text(said["copy"])
    walk.shoot("product")
    return page.url.removeprefix(walk.window.site)


def compared(walk: Walk, path: str) -> None:
    """Put a product beside those like it."""
    walk.window.go(path)
    walk.press("main a[href^='/compare/']")
    assert walk.page.locator(".compare thead th").count() >= 2
    walk.shoot("compare")


def told(walk: Walk, number: str) -> None:
    """Find what happened in the portal: the review, what people say, and in the figures."""
    words = WORDS[walk.language]["review"]
    for where in ("reviews/", "voices/said/"):
        page = walk.window.go(SHOP + where)
        walk.shoot(f"portal-{where.strip('/').replace('/', '-')}")
        assert words in page.locator("main").inner_text(), where
    assert walk.window.go(f"{SHOP}voices/").locator(".figures .figure").count() >= 3
    for code in ("orders", "returns", "reviews"):
        page = walk.window.go(f"{SHOP}figures/{code}/?range=7d")
        walk.shoot(f"portal-figure-{code}")
        rows = page.locator("section[aria-labelledby=rows] tbody").inner_text()
        assert (number if code != "reviews" else SAID[walk.language]["title"]) in rows, code


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_a_file_to_the_figures(site: str, visit: Open, language: str, tmp_path: Path) -> None:
    """Import, copy, discover, ask, compare, cart, order, return, review; the portal counts it."""
    said = SAID[language]
    (tmp_path / "life.csv").write_text(FILE, encoding="utf-8")
    merchant = Walk(visit(site, language=language, viewport=DESK), language, "chain-merchant")
    merchant.window.sign_in(market.OWNER)
    brought(merchant.window.go(f"{SHOP}imports/new/"), tmp_path / "life.csv", said)
    praised(merchant, said)
    shopper = Walk(visit(site, language=language, viewport=DESK), language, "chain")
    assert len(asked(shopper, shopper.words["search"])) >= 2
    path = found(shopper, said)
    compared(shopper, path)
    assert chosen(shopper, path)
    number = orders(shopper, f"chain.{language}@example.com")
    ships(merchant, number)
    settles(merchant, gives_back(shopper, number))
    reviews(shopper, number)
    judge_reviews(Merchant.objects.get(slug=market.SHOP), judge=WordJudge())
    told(merchant, number)
    complaints = shopper.window.complaints + merchant.window.complaints
    assert complaints + shopper.window.strangers == []
