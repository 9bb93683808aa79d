"""A product's page: what is said, chosen, stocked and priced, and said again for machines."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import (
    Price,
    PriceChange,
    Product,
    ProductText,
    RelatedProduct,
    ShippingMethod,
    Stock,
)
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product, make_variant
from tests.catalog.views.conftest import Window, review
from tests.people import browser

pytestmark = pytest.mark.django_db
HOODIE = "/p/loom/HD~2f1/"


def text_of(address: str, language: str = "en") -> str:
    """Return the page at an address."""
    response = browser(language=language).get(address)
    assert response.status_code == 200
    return response.content.decode()


def data_of(page: str) -> list[Any]:
    """Return what the page says for machines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    said: list[Any] = json.loads(found[1])
    return said


def test_works(window: Window) -> None:
    page = text_of(HOODIE)
    assert "Red Fleece Hoodie" in page
    assert "<p>Warm and soft.</p>" in page
    assert 'src="/media/1/red%20hoodie.webp"' in page and 'alt="A red hoodie"' in page
    assert "480 g" in page and "Weight" in page and "Cotton" in page
    assert 'href="/c/clothing/tops/">Tops' in page
    assert "2 reviews" in page


def test_speaks_chinese(window: Window) -> None:
    page = text_of(HOODIE, "zh-hans")
    assert "红色加绒卫衣" in page
    assert "重量" in page and "480 g" in page and "棉" in page and "季节" in page and "冬" in page
    assert "红色" in page and "藏青" in page  # options in the reader's words
    assert 'alt="红色卫衣"' in page


def test_a_text_in_another_language_says_which(window: Window) -> None:
    assert 'lang="zh-Hans">羊毛围巾' in text_of("/p/loom/SC-1/")


def test_a_measure_is_read_as_the_shop_writes_it(window: Window) -> None:
    cup = make_product(
        window.loom, "CP-1", title="Cup", title_zh="保温杯", option_names=["capacity"],
        options={"capacity": "350 ml"},
    )  # fmt: skip
    make_variant(cup, "CP-1-L", options={"capacity": "500 ml"})
    for language in ("en", "zh-hans"):
        page = text_of("/p/loom/CP-1/", language)
        assert "350 ml" in page and "350-ml" not in page


def test_choosing_leads_to_one_variant(window: Window) -> None:
    page = text_of(HOODIE)
    assert "from" in page and "CN¥99.00" in page
    assert "Choose your colour to buy it" in page and 'href="#option-1"' in page
    page = text_of(f"{HOODIE}?o-colour=red&o-size=l")
    assert "CN¥109.00" in page and "Out of stock" in page and "HD-1-L" in page
    page = text_of(f"{HOODIE}?o-colour=red&o-size=m")
    assert "Only 3 left" in page


def test_what_is_not_made_cannot_be_chosen(window: Window) -> None:
    page = text_of(f"{HOODIE}?o-colour=navy")
    assert 'aria-disabled="true"' in page and "Not made in this combination" in page
    assert "o-colour=navy&amp;o-size=l" not in page
    asked = text_of(f"{HOODIE}?o-colour=navy&o-size=l")  # by hand: the colour holds
    assert "In stock" in asked and "HD-1-N" in asked


def test_a_variant_may_be_named(window: Window) -> None:
    large = window.hoodie.variants.get(sku="HD-1-L")
    assert "HD-1-L" in text_of(f"{HOODIE}?variant={large.pk}")
    for wrong in ("0", "abc", "%00", "9" * 30):
        assert "Red Fleece Hoodie" in text_of(f"{HOODIE}?variant={wrong}")


def test_any_choice_gives_a_sane_page(window: Window) -> None:
    for query in ("o-colour=%00", "o-=x", "o-nothing=x", "reviews=-1", "reviews=99"):
        assert "Red Fleece Hoodie" in text_of(f"{HOODIE}?{query}")


def test_without_a_price_it_says_so(window: Window) -> None:
    page = text_of("/p/loom/NP-1/")
    assert "No price yet" in page and "cannot be bought" in page
    assert "offers" not in data_of(page)[0]


def test_stock_that_nobody_stated_is_not_called_sold_out(window: Window) -> None:
    with as_merchant(window.loom):
        Stock.objects.filter(variant__product=window.scarf).delete()
    page = text_of("/p/loom/SC-1/")
    assert "Stock not stated" in page and "Out of stock" not in page


def test_machines_read_what_people_read(window: Window) -> None:
    page = text_of(f"{HOODIE}?o-colour=red&o-size=m")
    product, crumbs = data_of(page)
    assert product["name"] == "Red Fleece Hoodie"
    assert product["offers"]["price"] == "99.00" and "CN¥99.00" in page
    assert product["offers"]["priceCurrency"] == "CNY"
    assert product["offers"]["availability"].endswith("LimitedAvailability")
    assert product["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": "4.50", "reviewCount": 2,
    }  # fmt: skip
    assert [step["name"] for step in crumbs["itemListElement"]] == [
        "Home", "Clothing", "Tops", "Red Fleece Hoodie",
    ]  # fmt: skip


def test_hostile_texts_stay_texts(window: Window) -> None:
    evil = "</script><script>alert(1)</script>"
    make_product(
        window.loom, "EV-1", title=evil, brand=evil,
        description=f"<p onclick=x()>Hi</p>{evil}<img src=x onerror=alert(1)><a href=//e>l</a>",
    )  # fmt: skip
    page = text_of("/p/loom/EV-1/")
    assert "<script>alert" not in page and "onerror" not in page and "onclick" not in page
    assert data_of(page)[0]["name"] == evil


UNKNOWN = [
    "/p/loom/DR-1/", "/p/loom/nope/", "/p/nobody/TS-1/", "/p/rival/TS-1/", "/p/loom/%00/",
     "/p/loom/~2f/", "/p/loom/~zz/", "/p/loom/" + "x" * 300 + "/", "/p/loom/HD/1/"
]  # fmt: skip


def test_bad_id(window: Window) -> None:
    for address in UNKNOWN:
        assert browser().get(address).status_code == 404, address


def test_a_draft_is_nobodys_even_its_owners(window: Window) -> None:
    assert browser(window.people.mei).get("/p/loom/DR-1/").status_code == 404


def test_an_archived_product_is_gone(window: Window) -> None:
    with as_merchant(window.loom):
        Product.objects.get(pk=window.scarf.pk).delete_softly()
    assert browser().get("/p/loom/SC-1/").status_code == 404


def test_text_under_test_is_not_shown(window: Window) -> None:
    with as_merchant(window.loom):
        ProductText.objects.create(
            merchant=window.loom, product=window.hoodie, locale="en", title="B arm", arm="b"
        )
    assert "B arm" not in text_of(HOODIE)


def test_htmx_gets_the_choice(window: Window) -> None:
    part = browser().get(HOODIE, headers={"HX-Request": "true"}).content.decode()
    assert 'id="choice"' in part and "<html" not in part


def test_the_price_says_how_it_moved(window: Window) -> None:
    assert "Lowest price of 30 days" not in text_of("/p/loom/SC-1/")
    with as_merchant(window.loom):
        Price.objects.filter(variant__product=window.scarf).update(amount=Decimal("59.00"))
        PriceChange.objects.filter(amount=Decimal("79.00"), variant__product=window.scarf).update(
            changed_at=timezone.now() - timedelta(days=40)
        )
    page = text_of("/p/loom/SC-1/")
    assert "Lowest price of 30 days" in page and "CN¥59.00" in page and "CN¥79.00" in page


def test_delivery_is_what_the_shop_has_stated(window: Window) -> None:
    assert ">Delivery<" not in text_of("/p/loom/SC-1/")
    with as_merchant(window.loom):
        ShippingMethod.objects.create(
            merchant=window.loom, code="std", name_en="Courier", name_zh="快递", currency="CNY",
            amount=Decimal("12.00"), free_from=Decimal("99.00"),
        )  # fmt: skip
    page = text_of("/p/loom/SC-1/")
    assert "Courier" in page and "CN¥12.00" in page and "free from CN¥99.00" in page
    [said] = data_of(page)[0]["offers"]["shippingDetails"]
    assert said["shippingRate"] == {
        "@type": "MonetaryAmount", "value": "12.00", "currency": "CNY",
    }  # fmt: skip
    assert said["deliveryTime"]["transitTime"]["maxValue"] == 5 and "2–5 days" in page
    assert "快递" in text_of("/p/loom/SC-1/", "zh-hans")


def test_machines_read_how_long_it_may_come_back(window: Window) -> None:
    page = text_of(HOODIE)
    said = data_of(page)[0]["offers"]["hasMerchantReturnPolicy"]
    assert said["merchantReturnDays"] == 7 and "Return within 7 days" in page
    assert said["returnFees"].endswith("CustomerResponsibility") and "You pay for" in page


def test_wrong_method(window: Window) -> None:
    assert browser().post(HOODIE).status_code == 405


def related(window: Window, *skus: str) -> None:
    """Let the shop say what goes with the hoodie."""
    with as_merchant(window.loom):
        for place, sku in enumerate(skus):
            other = Product.objects.get(merchant=window.loom, sku=sku)
            RelatedProduct.objects.create(
                merchant=window.loom, product=window.hoodie, other=other, position=place
            )


def test_query_count_does_not_grow(window: Window, fill: Callable[[int], None]) -> None:
    related(window, "TS-1")
    counts = []
    for more in (0, 30):
        fill(more)
        for number in range(more):
            review(window.hoodie, 5, "en", f"again {number}")
        client = browser()
        for address in ("/p/loom/SC-1/", HOODIE):
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert "Recently viewed" in client.get(HOODIE).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1] == 5
    with CaptureQueriesContext(connection) as queries:
        browser().get(f"{HOODIE}?o-colour=red", headers={"HX-Request": "true"})
    assert len(queries) == 2


def test_what_goes_with_it_is_what_the_shop_says_and_sells(window: Window) -> None:
    assert "Goes with it" not in text_of(HOODIE)
    related(window, "SC-1", "TS-1", "DR-1")
    shelf = text_of(HOODIE).split('id="related"')[1].split("</section>")[0]
    assert shelf.index("羊毛围巾") < shelf.index("Blue T-shirt") and "Secret" not in shelf


def test_price_and_stock_are_of_this_moment(window: Window) -> None:
    assert "CN¥79.00" in text_of("/p/loom/SC-1/")
    with as_merchant(window.loom):
        Price.objects.filter(variant__product=window.scarf).update(amount=Decimal("59.00"))
        Stock.objects.filter(variant__product=window.scarf).update(quantity=0)
    page = text_of("/p/loom/SC-1/")
    assert "CN¥59.00" in page and "Out of stock" in page


def test_what_was_looked_at_stays_in_the_browser(window: Window) -> None:
    client = browser()
    for address in (HOODIE, "/p/loom/TS-1/", "/p/loom/SC-1/"):
        page = client.get(address).content.decode()
    shelf = page.split('id="recent"')[1].split("</section>")[0]
    assert shelf.index("Blue T-shirt") < shelf.index("Red Fleece Hoodie")
    assert "羊毛围巾" not in shelf  # not the page itself
    assert client.cookies["recent"]["max-age"] == "" and client.cookies["recent"]["httponly"]
    assert 'id="recent"' in client.get("/").content.decode()
    client.post("/preferences/", {"recent": "", "next": "/"})
    assert 'id="recent"' not in client.get("/").content.decode()


@pytest.mark.parametrize("how", ["refused", "not followed", "only a part"])
def test_no_list_is_kept_where_none_is_wanted(window: Window, how: str) -> None:
    client, headers = browser(), {}
    if how == "refused":
        client.post("/preferences/", {"recent": "off", "next": "/"})
    elif how == "not followed":
        headers = {"Sec-GPC": "1"}
    else:
        headers = {"HX-Request": "true"}
    client.get(HOODIE, headers=headers)
    kept = client.cookies.get("recent")
    assert kept is None or kept.value == "off"
    assert 'id="recent"' not in client.get("/").content.decode()


@pytest.mark.parametrize("value", ["", "x", "0.-1.%00", "9" * 5000, "1..2." * 90, "off"])
def test_any_cookie_gives_a_sane_page(window: Window, value: str) -> None:
    client = browser()
    client.cookies["recent"] = value
    assert client.get(HOODIE).status_code == 200
    assert client.get("/").status_code == 200
