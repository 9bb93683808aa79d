"""Reviews on a product's page: counted, summed up, filtered, searched, ordered, paged."""

import re

import pytest

from catalog.models import BuyerReview, Order, OrderLine, Product, Review, ReviewPicture
from catalog.opinions.judges import WordJudge
from catalog.opinions.judging import judge_reviews
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window, review
from tests.catalog.views.test_product import HOODIE, text_of

pytestmark = pytest.mark.django_db


def test_reviews_are_paged_and_counted(window: Window) -> None:
    for number in range(23):
        review(window.scarf, 1 + number % 5, "en", f"Opinion {number:02}")
    page = text_of("/p/loom/SC-1/")
    assert len(re.findall("Opinion", page)) == 10 and "reviews=2#reviews" in page
    last = text_of("/p/loom/SC-1/?reviews=3")
    assert len(re.findall("Opinion", last)) == 3
    assert "23 reviews" in page


def test_reviews_of_the_readers_language_come_first(window: Window) -> None:
    assert text_of(HOODIE).index(">Warm<") < text_of(HOODIE).index("很暖和")
    page = text_of(HOODIE, "zh-hans")
    assert page.index("很暖和") < page.index(">Warm<")


@pytest.fixture
def judged(window: Window) -> Window:
    """Return the window with six judged reviews of the scarf."""
    said = [
        (5, "en", "Soft fabric", "Well made."),
        (5, "en", "So comfortable", ""),
        (4, "zh-hans", "很舒服", "做工精细"),
        (2, "en", "Itchy", "The fabric is <b>itchy</b>."),
        (1, "zh-hans", "掉色", ""),
        (3, "en", "Bought on Tuesday", ""),
    ]
    for stars, language, title, body in said:
        one = review(window.scarf, stars, language, title)
        with as_merchant(window.loom):
            Review.objects.filter(pk=one.pk).update(body=body)
    judge_reviews(window.loom, judge=WordJudge())
    return window


def links(page: str, kind: str) -> list[tuple[str, str]]:
    """Return the digest's links of a kind: address and text."""
    return re.findall(rf'<a class="said {kind}" href="([^"]+)" rel="nofollow">([^<]+)<', page)


def test_the_digest_counts_what_its_links_show(judged: Window) -> None:
    page = text_of("/p/loom/SC-1/")
    assert "3 of 4 praise it" in page and "1 of 4 finds fault" in page  # comfort
    assert "6 written reviews" in page
    for kind in ("good", "bad"):
        found = links(page, kind)
        assert found
        for address, text in found:
            shown = text_of(address.replace("&amp;", "&").split("#")[0])
            assert len(re.findall('<article class="review', shown)) == int(text.split()[0])


def test_the_digest_speaks_chinese(judged: Window) -> None:
    page = text_of("/p/loom/SC-1/", "zh-hans")
    assert "大家怎么说" in page and "4 条提到的评价中，3 条称赞" in page and "舒适度" in page


def test_below_the_minimum_the_digest_is_silent(window: Window) -> None:
    judge_reviews(window.loom, judge=WordJudge())
    assert "What reviews say" not in text_of(HOODIE)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("stars=5", 2), ("in=zh-hans", 2), ("feeling=negative", 2), ("aspect=comfort", 4),
        ("aspect=comfort&said=bad", 1), ("aspect=battery", 0), ("stars=5&in=zh-hans", 0),
        ("stars=9", 6), ("aspect=%00", 6), ("in=xx&said=worse&feeling=1", 6), ("reviews=99", 6),
    ],
)  # fmt: skip
def test_reviews_are_filtered(judged: Window, query: str, count: int) -> None:
    page = text_of(f"/p/loom/SC-1/?{query}")
    assert len(re.findall('<article class="review', page)) == count
    assert "6 reviews" in page  # the whole is told whatever is shown


def test_the_words_of_an_aspect_are_marked_and_stay_text(judged: Window) -> None:
    page = text_of("/p/loom/SC-1/?aspect=comfort&said=bad")
    assert "<mark>" in page and "&lt;b&gt;" in page and "<b>itchy" not in page
    assert "Show all reviews" in page


def filters(page: str) -> list[tuple[str, int]]:
    """Return the addresses and counts of the filters of reviews."""
    part = page.split('class="review-filters"')[1].split("</details>", maxsplit=1)[0]
    found = re.findall(
        r'href="([^"]+)"\s+rel="nofollow"\s*>[^<]*<span class="number soft">(\d+)', part
    )
    return [(address.replace("&amp;", "&").split("#")[0], int(count)) for address, count in found]


def test_each_filter_shows_as_many_as_it_says(judged: Window) -> None:
    silent = review(judged.scarf, 5, "en", "")
    with as_merchant(judged.loom):
        Review.objects.filter(pk=silent.pk).update(body="")
    of_buyer(judged.scarf, Review.objects.get(title="Itchy"), pictures=1)
    of_buyer(judged.scarf, Review.objects.get(title="很舒服"))
    found = filters(text_of("/p/loom/SC-1/"))
    assert len(found) > 10
    for address, count in found:
        shown = text_of(address)
        assert len(re.findall('<article class="review', shown)) == count, address
    assert dict(found)["/p/loom/SC-1/?kind=verified"] == 2
    assert dict(found)["/p/loom/SC-1/?kind=pictured"] == 1


def of_buyer(product: Product, written: Review, *, pictures: int = 0) -> None:
    """Let a review be that of somebody who bought the product here."""
    shopper = Shopper.objects.create()
    with as_merchant(product.merchant):
        order = Order.objects.create(
            merchant=product.merchant, shopper=shopper, currency="CNY", items_amount=1,
            total_amount=1, payment_provider="test",
        )  # fmt: skip
        line = OrderLine.objects.create(
            merchant=product.merchant, order=order, quantity=1, unit_amount=1, sku="SC-1", titles={}
        )
        own = BuyerReview.objects.create(
            merchant=product.merchant, shopper=shopper, product=product, line=line,
            review=written, stars=written.stars, state="shown",
        )  # fmt: skip
        for number in range(pictures):
            ReviewPicture.objects.create(
                merchant=product.merchant, own=own, file=f"reviews/{number}.webp"
            )


def test_reviews_are_searched_and_ordered(judged: Window) -> None:
    page = text_of("/p/loom/SC-1/?words=FABRIC")
    assert len(re.findall('<article class="review', page)) == 2 and "2 reviews fit" in page
    assert 'value="FABRIC"' in page
    assert "0 reviews fit" in text_of("/p/loom/SC-1/?words=100%25_")  # no pattern
    lowest = text_of("/p/loom/SC-1/?order=lowest")
    assert lowest.index("掉色") < lowest.index("Itchy") < lowest.index("So comfortable")
    assert "order=lowest&amp;" in lowest or "&amp;order=lowest" in lowest  # filters keep it
    assert "6 reviews" in text_of("/p/loom/SC-1/?order=%00&words=%00")
