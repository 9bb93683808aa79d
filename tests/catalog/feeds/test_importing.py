"""The verb: what an import writes, what it leaves alone, and that a second run writes nothing."""

import copy
import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import connection

from catalog.feeds import importing, loading
from catalog.feeds.importing import import_file
from catalog.feeds.problems import Fault, Refused
from catalog.models import (
    Attribute,
    Category,
    Price,
    Product,
    ProductText,
    RelatedProduct,
    Review,
    RowError,
    SearchOffer,
    Stock,
    Variant,
)
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product
from tests.catalog.feeds.conftest import Import, make_import, tee

pytestmark = pytest.mark.django_db


def digest(shop: Merchant) -> list[Any]:
    """Return everything that an import may write, revisions and row versions with it."""
    found = []
    with as_merchant(shop), connection.cursor() as cursor:
        for table in ("product", "producttext", "variant", "price", "stock", "media", "review",
                      "relatedproduct", "searchoffer", "pricelist", "warehouse"):  # fmt: skip
            cursor.execute(
                f"SELECT t.*, t.xmin::text FROM catalog_{table} t"
                " WHERE merchant_id = %s ORDER BY id", [shop.pk],
            )  # fmt: skip
            found.append((table, cursor.fetchall()))
    return found


def test_a_product_comes_in_whole(imported: Import, shop: Merchant) -> None:
    category = make_category("clothing/t-shirts", name_zh="T恤", name_en="T-shirts")
    report = imported(
        [tee(related=["T2"], reviews=[review()]), tee("T2", title="Plain mug", options=None,
             variants=None, prices={"USD": 9}, stock=3, status=None, description=None)]
    )  # fmt: skip
    assert (report.rows, report.created, report.failed, report.errors) == (2, 2, 0, [])
    with as_merchant(shop):
        product = Product.objects.get(sku="T1")
        assert (product.status, product.brand, product.category) == ("live", "Loom", category)
        assert product.attributes == {"material": "cotton", "weight_g": 180}
        assert product.option_names == ["colour", "size"]
        texts = {text.locale: text for text in product.texts.all()}
        assert texts["en"].title == "Cotton T-shirt" and texts["zh-hans"].description == "柔软。"
        assert {text.provenance for text in texts.values()} == {"imported"}
        white, navy = product.variants.all()
        assert navy.options == {"colour": "Navy Blue", "size": "M"}
        assert navy.codes == {"colour": "navy", "size": "m"}
        assert {p.currency: p.amount for p in white.prices.select_related("price_list")} == {
            "CNY": Decimal("99.00"), "USD": Decimal("14.90"),
        }  # fmt: skip
        assert [(s.warehouse.code, s.quantity) for s in white.stock.all()] == [("main", 12)]
        assert [r.other.sku for r in product.related.all()] == ["T2"]
        assert product.reviews.get().stars == 4
        mug = Product.objects.get(sku="T2")
        assert (mug.status, [v.sku for v in mug.variants.all()]) == ("live", ["T2"])
    offers = SearchOffer.objects.filter(product=product, currency="CNY")
    assert {(o.amount, o.in_stock, o.codes["colour"]) for o in offers} == {
        (Decimal("99.00"), True, "white"), (Decimal("99.00"), True, "navy"),
    }  # fmt: skip


def review(**changes: Any) -> dict[str, Any]:
    return {
        "stars": 4, "title": "Good", "body": "Wears well.", "language": "en", "author": "Ann",
        "date": "2026-01-31",
    } | changes  # fmt: skip


def test_importing_the_same_file_again_writes_nothing(imported: Import, shop: Merchant) -> None:
    products = [tee(f"T{n}", related=["T1"] if n else [], reviews=[review()]) for n in range(3)]
    imported(products)
    before = digest(shop)
    report = imported(products)
    assert (report.rows, report.created, report.updated, report.unchanged) == (3, 0, 0, 3)
    assert digest(shop) == before


CHANGES: list[tuple[str, Any]] = [
    ("brand", "Other"),
    ("status", "draft"),
    ("title", {"en": "Linen T-shirt"}),
    ("description", {"zh-hans": "轻薄。"}),
    ("attributes", {"material": "linen"}),
    ("category", "bags"),
]


@pytest.mark.parametrize(("field", "value"), CHANGES, ids=[field for field, _value in CHANGES])
def test_one_changed_field_changes_one_product(
    imported: Import, shop: Merchant, field: str, value: Any
) -> None:
    products = [tee("T1"), tee("T2")]
    imported(products)
    with as_merchant(shop):
        revisions = dict(Product.objects.values_list("sku", "revision"))
    products[1][field] = value
    report = imported(products)
    assert (report.updated, report.unchanged) == (1, 1)
    with as_merchant(shop):
        after = dict(Product.objects.values_list("sku", "revision"))
    assert after["T1"] == revisions["T1"]
    assert after["T2"] > revisions["T2"]


def test_a_changed_price_reaches_search_and_nothing_else(imported: Import, shop: Merchant) -> None:
    products = [tee("T1"), tee("T2")]
    imported(products)
    before = dict(digest(shop))
    products[0]["variants"][0]["prices"]["CNY"] = "79.00"
    assert imported(products).updated == 1
    after = dict(digest(shop))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"price", "searchoffer"}
    assert SearchOffer.objects.get(variant__sku="T1-white", currency="CNY").amount == 79
    assert sum(a != b for a, b in zip(before["price"], after["price"], strict=True)) == 1


def test_sold_out_and_back(imported: Import, shop: Merchant) -> None:
    product = tee()
    imported([product])
    product["variants"][0]["stock"] = {"main": 0, "south": 0}
    imported([product])
    assert not SearchOffer.objects.filter(variant__sku="T1-white", in_stock=True).exists()
    product["variants"][0]["stock"] = {"south": 2}
    imported([product])
    assert SearchOffer.objects.filter(variant__sku="T1-white", in_stock=True).count() == 2
    with as_merchant(shop):
        held = Stock.objects.filter(variant__sku="T1-white").order_by("warehouse__code")
        assert list(held.values_list("quantity", flat=True)) == [0, 2]


def test_what_the_file_does_not_say_is_kept(imported: Import, shop: Merchant) -> None:
    imported([tee(), tee("T9")])
    report = imported("sku,price_cny\nT1-white,59.00\n")
    assert (report.rows, report.updated, report.errors) == (1, 1, [])
    report = imported([{"sku": "T1", "attributes": {"season": "summer"}}])
    assert (report.updated, report.errors) == (1, [])
    with as_merchant(shop):
        product = Product.objects.get(sku="T1")
        assert product.attributes == {"material": "cotton", "weight_g": 180, "season": "summer"}
        assert (product.brand, product.texts.count(), product.variants.count()) == ("Loom", 2, 2)
        amounts = Price.objects.filter(variant__sku="T1-white").order_by("amount")
        assert [str(price.amount) for price in amounts] == ["14.90", "59.00"]
        assert Product.objects.get(sku="T9").status == "live"


def test_an_edited_text_is_the_files_again_with_its_provenance(
    imported: Import, shop: Merchant
) -> None:
    imported([tee()])
    with as_merchant(shop):
        ProductText.objects.filter(locale="en").update(title="Edited", provenance="merchant")
    imported([tee(description=None)])
    with as_merchant(shop):
        text = ProductText.objects.get(locale="en")
    assert (text.title, text.description, text.provenance) == (
        "Cotton T-shirt", "Soft.", "imported",
    )  # fmt: skip


def test_another_shop_is_not_touched(imported: Import, shop: Merchant) -> None:
    rival = make_merchant("rival")
    theirs = make_product(rival, "T1", title="Theirs")
    make_product(rival, "T1-white")
    before = digest(rival)
    report = imported([tee()])
    assert report.created == 1
    assert digest(rival) == before
    with as_everyone():
        assert Product.objects.filter(sku="T1").count() == 2
        assert Product.objects.get(pk=theirs.pk).title == "Theirs"


def test_staging_is_invisible_to_others_and_gone_afterwards(
    imported: Import, shop: Merchant
) -> None:
    imported([tee()])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relpersistence, relrowsecurity FROM pg_class"
            " WHERE relname LIKE 'incoming%' AND relpersistence <> 't'"
        )
        assert cursor.fetchall() == []


def test_two_variants_may_swap_their_options(imported: Import, shop: Merchant) -> None:
    product = tee()
    imported([product])
    one, two = product["variants"]
    one["options"], two["options"] = two["options"], one["options"]
    report = imported([product])
    assert (report.updated, report.errors) == (1, [])
    with as_merchant(shop):
        assert Variant.objects.get(sku="T1-white").codes["colour"] == "navy"


def test_a_variant_of_another_product_is_not_taken_over(imported: Import, shop: Merchant) -> None:
    imported([tee("T1")])
    other = tee("T2")
    other["variants"][0]["sku"] = "T1-white"
    report = imported([other])
    assert [(e.line, e.column, e.value, e.fault) for e in report.errors] == [
        (1, "variants[0].sku", "T1-white", Fault.SKU_ELSEWHERE)
    ]
    with as_merchant(shop):
        assert Variant.objects.get(sku="T1-white").product.sku == "T1"
        assert [v.sku for v in Product.objects.get(sku="T2").variants.all()] == ["T2-Navy Blue"]


def test_options_of_a_variant_that_is_there_are_not_given_twice(
    imported: Import, shop: Merchant
) -> None:
    imported([tee()])
    renamed = tee()
    renamed["variants"][0]["sku"] = "T1-blanc"
    report = imported([renamed])
    assert [(e.column, e.value, e.fault) for e in report.errors] == [
        ("variants[0].options", "T1-blanc", Fault.SAME_OPTIONS)
    ]
    with as_merchant(shop):
        assert set(Variant.objects.values_list("sku", flat=True)) == {"T1-white", "T1-Navy Blue"}


def test_a_deleted_product_comes_back_when_the_file_says_live(
    imported: Import, shop: Merchant
) -> None:
    imported([tee()])
    with as_merchant(shop):
        Product.objects.get().delete_softly()
    assert imported([tee(status=None)]).unchanged == 1
    assert imported([tee()]).updated == 1
    with as_merchant(shop):
        product = Product.objects.get()
    assert (product.status, product.deleted_at) == ("live", None)
    assert SearchOffer.objects.count() == 4


def test_a_draft_is_not_offered(imported: Import, shop: Merchant) -> None:
    imported([tee(status="draft")])
    assert SearchOffer.objects.count() == 0
    imported([tee()])
    assert SearchOffer.objects.count() == 4
    imported([tee(status="archived")])
    assert SearchOffer.objects.count() == 0


def test_prices_are_exact_in_every_currency(imported: Import, shop: Merchant) -> None:
    product = tee()
    product["variants"][0]["prices"] = {"CNY": 0.1, "USD": "1,234.50", "JPY": 300}
    product["variants"][1]["prices"] = {"CNY": {"amount": "8.80", "was": "12.00"}}
    report = imported([product])
    assert report.errors == []
    with as_merchant(shop):
        amounts = {
            price.currency: price.amount
            for price in Price.objects.filter(variant__sku="T1-white").select_related("price_list")
        }
        was = Price.objects.get(variant__sku="T1-Navy Blue")
    assert amounts == {"CNY": Decimal("0.10"), "USD": Decimal("1234.50"), "JPY": Decimal(300)}
    assert (was.amount, was.was) == (Decimal("8.80"), Decimal("12.00"))


def test_a_former_price_below_the_price_is_left_out(imported: Import, shop: Merchant) -> None:
    product = tee()
    product["variants"][0]["prices"] = {"CNY": {"amount": "8.80", "was": "5.00"}}
    report = imported([product])
    assert [(e.column, e.fault) for e in report.errors] == [
        ("variants[0].prices.CNY.was", Fault.PRICE_WAS)
    ]
    with as_merchant(shop):
        assert Price.objects.get(variant__sku="T1-white").was is None


def test_offers_of_new_variants_are_those_that_the_database_would_make(
    imported: Import, shop: Merchant
) -> None:
    odd = tee("T2", status="draft")
    rich, poor = tee("T3")["variants"]
    rich |= {"prices": {"CNY": "5", "JPY": "100"}, "stock": {"main": 0, "south": 2}}
    poor |= {"prices": {}, "stock": {}, "active": False}
    imported([tee(), odd, tee("T3", variants=[rich, poor]), {"sku": "T4", "title": "Plain"}])
    imported([tee("T3", variants=[tee("T3")["variants"][1], tee("T3-new")["variants"][0] | {
        "options": {"colour": "red", "size": "M"}}])])  # fmt: skip
    before = list(SearchOffer.objects.order_by("pk").values())
    assert len(before) == 4 + 2 + 1 + 2
    with as_merchant(shop), connection.cursor() as cursor:
        cursor.execute("SELECT catalog_refresh_offers(ARRAY(SELECT id FROM catalog_variant))")
    assert list(SearchOffer.objects.order_by("pk").values()) == before


def test_categories_are_found_by_path_or_by_name_in_either_language(
    imported: Import, shop: Merchant
) -> None:
    top = make_category("clothing", name_zh="服装", name_en="Clothing")
    shirts = make_category("clothing/t-shirts", parent=top, name_zh="T恤", name_en="T-shirts")
    written = ["clothing/t-shirts", "服装/T恤", "Clothing > T-shirts", "T恤", "t-shirts"]
    imported([tee(f"T{n}", category=place) for n, place in enumerate(written)])
    with as_merchant(shop):
        assert set(Product.objects.values_list("category", flat=True)) == {shirts.pk}
        assert not Category.objects.filter(merchant=shop).exists()


def test_unknown_categories_grow_below_the_shop(imported: Import, shop: Merchant) -> None:
    imported(
        [tee("T1", category="Men/Tops/Hoodies & Sweatshirts"), tee("T2", category="男装/上衣")]
    )
    imported([tee("T3", category="Men/Tops/Tees")])
    with as_merchant(shop):
        own = {c.path: c for c in Category.objects.filter(merchant=shop)}
    assert set(own) == {
        "men", "men/tops", "men/tops/hoodies-sweatshirts", "男装", "男装/上衣", "men/tops/tees",
    }  # fmt: skip
    assert own["men/tops/tees"].parent_id == own["men/tops"].pk
    assert own["men/tops/hoodies-sweatshirts"].name_en == "Hoodies & Sweatshirts"
    assert own["男装/上衣"].name_zh == "上衣"


@pytest.mark.parametrize("place", ["a/" * 20, "x" * 121, 7])
def test_a_category_that_cannot_be_is_reported(
    imported: Import, shop: Merchant, place: Any
) -> None:
    report = imported([tee(category=place)])
    assert [(e.column, e.fault) for e in report.errors] == [("category", Fault.CATEGORY)]
    assert report.created == 1


def test_attributes_are_defined_with_their_kind(imported: Import, shop: Merchant) -> None:
    facts = {"材质": "棉", "Battery life": 10, "foldable": True, "model": "A100", "size_cm": 4.5}
    imported([tee("T1", attributes=facts), tee("T2", attributes={"model": 100})])
    with as_merchant(shop):
        assert Product.objects.get(sku="T1").attributes == {
            "material": "cotton", "battery_life": 10, "foldable": True, "model": "A100",
            "size_cm": 4.5,
        }  # fmt: skip
        kinds = dict(Attribute.objects.filter(merchant=shop).values_list("code", "kind"))
        assert Attribute.objects.get(merchant=shop, code="material").name_zh == "材质"
    assert kinds == {
        "material": "code", "battery_life": "number", "foldable": "flag", "model": "text",
        "size_cm": "number",
    }  # fmt: skip


def test_reviews_are_stored_once(imported: Import, shop: Merchant) -> None:
    imported([tee(reviews=[review(), review(), review(body="Faded.", stars=2)])])
    imported([tee(reviews=[review(body="很好", language=None, date=None)])])
    with as_merchant(shop):
        found = Review.objects.order_by("pk")
        assert {(r.stars, r.body, r.language) for r in found} == {
            (4, "Wears well.", "en"), (2, "Faded.", "en"), (4, "很好", "zh-hans"),
        }  # fmt: skip
        assert len(found) == 3
        dated = found.get(body="Wears well.")
    written = dated.written_at.astimezone(datetime.UTC)
    assert written == datetime.datetime(2026, 1, 30, 16, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("changes", "column", "fault"),
    [
        ({"stars": 6}, "reviews[0].stars", Fault.STARS),
        ({"date": "soon"}, "reviews[0].date", Fault.DATE),
        ({"body": "a\x00b"}, "reviews[0].body", Fault.CONTROL),
    ],
)
def test_a_bad_review_is_left_out_and_the_product_kept(
    imported: Import, shop: Merchant, changes: dict[str, Any], column: str, fault: Fault
) -> None:
    report = imported([tee(reviews=[review(**changes), review(title="Fine")])])
    assert [(e.column, e.fault) for e in report.errors] == [(column, fault)]
    with as_merchant(shop):
        assert [r.title for r in Review.objects.all()] == ["Fine"]


def test_related_products_may_come_later_and_follow_the_file(
    imported: Import, shop: Merchant
) -> None:
    report = imported([tee("T1", related=["T3", "T2", "T9", "T1"]), tee("T2"), tee("T3")])
    assert sorted((e.line, e.column, e.value, e.fault) for e in report.errors) == [
        (1, "related", "T9", Fault.RELATED_UNKNOWN),
        (1, "related[3]", "T1", Fault.SELF_RELATED),
    ]

    def pairs() -> list[str]:
        with as_merchant(shop):
            return [r.other.sku for r in RelatedProduct.objects.order_by("position")]

    assert pairs() == ["T3", "T2"]
    imported([tee("T1", related=["T2"])])
    assert pairs() == ["T2"]
    imported([tee("T1")])
    assert pairs() == ["T2"]
    imported([tee("T1", related=[])])
    assert pairs() == []


def test_a_row_that_the_database_refuses_costs_no_other(
    imported: Import, shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = loading.staging.fill

    def spoil(cursor: Any, records: Any, references: Any, problems: Any) -> None:
        spoilt = copy.deepcopy(records)
        for record in spoilt:
            if record.sku == "T3":
                record.status = "nonsense"
        fill(cursor, spoilt, references, problems)

    monkeypatch.setattr(loading.staging, "fill", spoil)
    report = imported([tee(f"T{n}") for n in range(8)])
    assert [(e.line, e.value, e.fault) for e in report.errors] == [(4, "T3", Fault.DATABASE)]
    assert (report.created, report.failed) == (7, 1)
    with as_merchant(shop):
        assert Product.objects.count() == 7


def test_progress_is_on_the_row_and_told(shop: Merchant, tmp_path: Any, imported: Import,
                                         monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(loading, "FIRST_VARIANTS", 4)
    monkeypatch.setattr(loading, "MOST_VARIANTS", 4)
    imported([tee(f"T{n}") for n in range(10)] + [{"sku": "", "title": "none"}])
    row = make_import(shop, tmp_path / "file.jsonl")
    told: list[tuple[str, int, int]] = []
    import_file(row, progress=lambda row: told.append((row.stage, row.bytes_read, row.rows)))
    assert [rows for _stage, _bytes, rows in told] == [0, 2, 4, 6, 8, 10, 11, 11][: len(told)]
    assert told[0][0] == "reading" and told[-1][0] == "imported"
    with as_merchant(shop):
        row.refresh_from_db()
    assert (row.rows, row.unchanged, row.failed) == (11, 10, 1)
    assert row.bytes_read == row.bytes_total == (tmp_path / "file.jsonl").stat().st_size
    with as_merchant(shop):
        assert RowError.objects.filter(catalog_import=row).count() == 1


def test_a_file_that_breaks_off_keeps_what_was_read(
    imported: Import, shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = importing.Source.lines

    def breaking(source: Any) -> Any:
        for line in lines(source):
            if line.number == 4:
                raise Refused("The compressed file ends too early.", "Send it again.")
            yield line

    monkeypatch.setattr(importing.Source, "lines", breaking)
    with pytest.raises(Refused):
        imported([tee(f"T{n}") for n in range(8)])
    with as_merchant(shop):
        assert set(Product.objects.values_list("sku", flat=True)) == {"T0", "T1", "T2"}


def test_variants_come_after_a_product_had_none(imported: Import, shop: Merchant) -> None:
    imported([{"sku": "T1", "title": "Plain"}])
    imported([{"sku": "T1", "title": "Plain"}])
    with as_merchant(shop):
        assert [v.sku for v in Variant.objects.all()] == ["T1"]
    imported([tee()])
    with as_merchant(shop):
        before = digest(shop)
        active = Variant.objects.filter(active=True)
        assert {v.sku for v in active} == {"T1-white", "T1-Navy Blue"}
    assert SearchOffer.objects.filter(variant__sku="T1").count() == 0
    assert imported([tee()]).unchanged == 1
    assert imported([{"sku": "T1", "brand": "Loom"}]).unchanged == 1
    assert digest(shop) == before


@pytest.fixture
def other_import(shop: Merchant) -> Iterator[psycopg.Connection]:
    """Hold the shop's import lock from another connection, as an import elsewhere does."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [importing.LOCK_SPACE, shop.pk])
        yield other


def test_a_second_import_of_the_shop_waits_for_the_first(
    other_import: psycopg.Connection, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        other_import.close()

    monkeypatch.setattr(importing.time, "sleep", sleep)
    assert imported([tee()]).created == 1
    assert waits


def test_an_import_that_waits_too_long_is_refused(
    other_import: psycopg.Connection, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LOCK_WAIT_S", -1)
    with pytest.raises(Refused, match="still running"):
        imported([tee()])


def test_another_shop_need_not_wait(other_import: psycopg.Connection, imported: Import) -> None:
    assert imported([tee()], merchant=make_merchant("rival")).created == 1


def test_the_lock_is_given_back(shop: Merchant, imported: Import) -> None:
    imported([tee()])
    with pytest.raises(Refused):
        imported(b"", name="empty.csv")
    with psycopg.connect(**connection.get_connection_params()) as other:
        found = other.execute(
            "SELECT pg_try_advisory_lock(%s, %s)", [importing.LOCK_SPACE, shop.pk]
        )
        assert found.fetchone() == (True,)
