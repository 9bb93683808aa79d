"""Google Merchant feeds as others write them, and hostile XML."""

import time
from decimal import Decimal
from typing import Any

import pytest

from catalog.feeds.problems import Fault, Refused
from catalog.models import Price, Product, Stock, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import

pytestmark = pytest.mark.django_db
HEAD = (
    '<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
)
FOOT = "</channel></rss>"


def item(**elements: Any) -> str:
    """Return an item with these elements; a list is several."""
    said = {"id": "A-1", "title": "Wool scarf", "price": "25.00 USD", "availability": "in_stock"}
    parts = [
        f"<g:{name}>{one}</g:{name}>"
        for name, value in (said | elements).items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return f"<item>{''.join(parts)}</item>\n"


def feed(*items: str) -> str:
    return HEAD + "".join(items) + FOOT


def test_offers_of_a_group_become_variants_in_any_order(shop: Merchant, imported: Import) -> None:
    report = imported(
        feed(
            item(id="S-R-M", item_group_id="S", color="Red", size="M", material="wool",
                 sale_price="19.90 USD", quantity="4", product_type="Clothing > Scarves"),
            item(id="X", title="Mug", price="9.00 CNY", availability="out_of_stock", color="Blue"),
            item(id="S-B-M", item_group_id="S", color="Blue", size="M", material="wool"),
        ),
        name="feed.xml",
    )  # fmt: skip
    assert (report.created, report.failed, report.errors) == (3, 0, [])
    with as_merchant(shop):
        scarf = Product.objects.get(sku="S")
        assert (scarf.option_names, scarf.attributes) == (["colour", "size"], {"material": "wool"})
        assert scarf.category is not None and scarf.category.path == "clothing/scarves"
        assert Variant.objects.get(sku="S-R-M").codes == {"colour": "red", "size": "m"}
        price = Price.objects.get(variant__sku="S-R-M")
        assert (price.amount, price.was, price.currency) == (
            Decimal("19.90"),
            Decimal("25.00"),
            "USD",
        )
        assert dict(Stock.objects.values_list("variant__sku", "quantity")) == {
            "S-R-M": 4, "S-B-M": 1, "X": 0,
        }  # fmt: skip
        assert Product.objects.get(sku="X").attributes == {"colour": "blue"}


def test_a_sale_that_is_over_is_no_price(shop: Merchant, imported: Import) -> None:
    past = "2020-01-01T00:00+0000/2020-02-01T00:00+0000"
    imported(feed(item(sale_price="1.00 USD", sale_price_effective_date=past)), name="f.xml")
    with as_merchant(shop):
        assert Price.objects.get().amount == 25


def test_details_and_pictures_are_read(imported: Import, shop: Merchant, asked: list[str]) -> None:
    detail = "<g:section_name>x</g:section_name><g:attribute_name>Length</g:attribute_name>"
    detail += "<g:attribute_value>180 cm</g:attribute_value>"
    links = ["https://a.example/2.jpg", "https://b.example/3.jpg"]
    report = imported(
        feed(item(image_link="https://a.example/1.jpg", additional_image_link=links,
                  product_detail=detail)),
        name="f.xml",
    )  # fmt: skip
    assert asked == ["https://a.example/1.jpg", *links]
    assert [e.column for e in report.errors] == ["image_link"] * 3
    with as_merchant(shop):
        assert Product.objects.get().attributes["length"] == "180 cm"


@pytest.mark.parametrize(
    ("elements", "column", "fault"),
    [
        ({"price": "1,99 USD"}, "price", Fault.PRICE_COMMA),
        ({"price": "-1 USD"}, "price", Fault.PRICE_NEGATIVE),
        ({"price": "5 XYZ"}, "price", Fault.CURRENCY),
        ({"availability": "perhaps"}, "availability", Fault.AVAILABILITY),
        ({"id": ""}, "id", Fault.NO_SKU),
        ({"title": ""}, "title", Fault.NO_TITLE),
        ({"title": "=cmd|' /C calc'!A0"}, "title", Fault.FORMULA),
        ({"quantity": "many"}, "availability", Fault.STOCK),
        ({"shopguide_facts": "{"}, "shopguide_facts", Fault.NOT_JSON_CELL),
    ],
)
def test_a_bad_item_is_reported_and_costs_no_other(
    imported: Import, elements: dict[str, str], column: str, fault: Fault
) -> None:
    report = imported(feed(item(id="GOOD"), item(**elements), item(id="ALSO")), name="f.xml")
    assert [(e.line, e.fault) for e in report.errors] == [(4, fault)]
    assert report.errors[0].column in (column, "item_group_id")
    assert report.created >= 2


@pytest.mark.parametrize(
    "header", ["id\ttitle\tlink\tprice\tavailability", "ID\tTitle\tLink\tPrice\tAvailability"]
)
def test_tab_separated_with_a_bom_and_odd_names(
    shop: Merchant, imported: Import, header: str
) -> None:
    content = f"\ufeff{header}\r\nA\tScarf\thttps://x.example\t5.00 USD\tin stock\r\n"
    assert imported(content, name="f.txt").created == 1


ENTITIES = '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (feed(item()).replace("<rss", ENTITIES + "<rss").replace("Wool", "&b;"), "document type"),
        (feed(item()).replace("<rss", OUTSIDE + "<rss").replace("Wool", "&a;"), "document type"),
        (feed(item()).replace("<rss", REMOTE + "<rss"), "document type"),
        (feed(item(title="&nbsp;")), "not whole XML"),
        (HEAD + "<g:a>" * 5_000, "nested too deeply"),
        (HEAD + "<item " + "x" * (6 << 20), "does not end"),
        (HEAD + "<item><g:id>1</g:id>", "not whole XML"),
    ],
)
def test_hostile_xml_is_refused_at_once(imported: Import, content: str, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match=said):
        imported(content, name="f.xml")
    assert time.monotonic() - began < 2


def test_what_was_read_before_broken_xml_is_kept(shop: Merchant, imported: Import) -> None:
    whole = "".join(item(id=f"A-{n}") for n in range(2_000))
    with pytest.raises(Refused, match="not whole XML"):
        imported(HEAD + whole + "<item><oops></item>", name="f.xml")
    with as_merchant(shop):
        assert Product.objects.count() == 0  # rows of one product may stand anywhere in a feed


def test_an_item_without_end_of_text_is_reported_alone(imported: Import) -> None:
    report = imported(feed(item(description="x" * (2 << 20)), item(id="B")), name="f.xml")
    assert [e.fault for e in report.errors] == [Fault.LINE_TOO_LONG]
    assert (report.created, report.failed) == (1, 1)
