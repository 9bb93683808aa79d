"""The projection that search reads: what belongs in it is a queryset; nothing else is written."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from catalog import indexing
from catalog.encoding import encode_products
from catalog.indexing import affirmed, index_products
from catalog.models import (
    Embedding,
    Product,
    ProductText,
    SearchDocument,
    SearchOffer,
    SearchPassage,
    TermCount,
)
from catalog.models.product import Status
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_category, make_merchant, make_product, make_variant

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "WITH ROWS")


@pytest.fixture
def shop() -> Merchant:
    return make_merchant("loom")


def unindexed(shop: Merchant) -> set[str]:
    with as_merchant(shop):
        found = Product.objects.of(shop).unindexed()
        assert isinstance(found, QuerySet)
        return set(found.values_list("sku", flat=True))


def change(product: Product, **fields: Any) -> None:
    with as_merchant(product.merchant):
        for name, value in fields.items():
            setattr(product, name, value)
        product.save(update_fields=list(fields))


def places() -> dict[str, list[Any]]:
    """Return where each row of the projection stands on disk: rewriting a row moves it."""
    found = {}
    with connection.cursor() as cursor:
        for table in ("searchdocument", "searchpassage", "searchoffer", "embedding", "termcount"):
            cursor.execute(f"SELECT ctid::text FROM catalog_{table} ORDER BY ctid")
            found[table] = cursor.fetchall()
    return found


# --- What needs indexing -----------------------------------------------------------------------
def test_new_live_products_need_indexing_and_drafts_do_not(shop: Merchant) -> None:
    make_product(shop, "LIVE")
    make_product(shop, "DRAFT", status=Status.DRAFT)
    make_product(shop, "OLD", status=Status.ARCHIVED)
    assert unindexed(shop) == {"LIVE"}
    assert index_products(shop) == 1
    assert unindexed(shop) == set()
    assert list(SearchDocument.objects.values_list("product__sku", flat=True)) == ["LIVE"]


def retitle(product: Product) -> None:
    ProductText.objects.filter(product=product).update(title="Another title")


def rebrand(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(brand="Cloudloom")


def add_variant(product: Product) -> None:
    make_variant(product, "A-RED", options={"colour": "red"})


def move(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(category=make_category("clothing/tops"))


@pytest.mark.parametrize("edit", [retitle, rebrand, add_variant, move])
def test_whatever_search_shows_makes_only_that_product_outdated(shop: Merchant, edit: Any) -> None:
    edited = make_product(shop, "A", options={"colour": "blue"})
    make_product(shop, "B")
    index_products(shop)
    with as_merchant(shop):
        edit(edited)
    assert unindexed(shop) == {"A"}
    assert index_products(shop) == 1
    assert unindexed(shop) == set()


def test_an_unchanged_catalogue_writes_nothing(shop: Merchant) -> None:
    for number in range(5):
        make_product(shop, f"P{number}", title_zh="纯棉T恤")
    index_products(shop)
    encode_products(shop, encoder=FakeEncoder())
    before = places()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert index_products(shop) == 0
        assert encode_products(shop, encoder=FakeEncoder()) == 0
    asked = [query["sql"].strip().upper() for query in captured.captured_queries]
    assert [sql for sql in asked if sql.startswith(WRITES)] == []
    assert places() == before
    assert all(before.values())


def test_setting_a_field_to_what_it_was_makes_nothing_outdated(shop: Merchant) -> None:
    product = make_product(shop, "A", brand="Loom")
    index_products(shop)
    change(product, brand="Loom", status=Status.LIVE)
    assert unindexed(shop) == set()


def test_one_shops_index_never_reads_anothers(shop: Merchant) -> None:
    rival = make_merchant("rival")
    make_product(shop, "A")
    make_product(rival, "B")
    index_products(shop)
    assert list(SearchDocument.objects.values_list("merchant", flat=True)) == [shop.pk]
    assert unindexed(rival) == {"B"}


def test_batches_drain_to_the_end(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 3)
    for number in range(8):
        make_product(shop, f"P{number}")
    told: list[int] = []
    assert index_products(shop, progress=told.append) == 8
    assert told == [3, 6, 8]
    assert SearchDocument.objects.count() == 8


# --- Leaving the shop window -----------------------------------------------------------------
@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_what_is_no_longer_live_leaves_at_once(shop: Merchant, status: Status) -> None:
    gone, stays = make_product(shop, "GONE"), make_product(shop, "STAYS")
    index_products(shop)
    encode_products(shop, encoder=FakeEncoder())
    change(gone, status=status)
    left = {stays.pk}
    assert set(SearchDocument.objects.values_list("pk", flat=True)) == left
    assert set(SearchOffer.objects.values_list("product", flat=True)) == left
    assert set(SearchPassage.objects.values_list("document", flat=True)) == left
    assert set(Embedding.objects.values_list("document", flat=True)) == left
    assert unindexed(shop) == set()


def test_a_draft_that_goes_live_again_comes_back(shop: Merchant) -> None:
    product = make_product(shop, "A")
    index_products(shop)
    change(product, status=Status.DRAFT)
    change(product, status=Status.LIVE)
    assert unindexed(shop) == {"A"}
    index_products(shop)
    assert SearchDocument.objects.filter(product=product).exists()
    assert SearchOffer.objects.filter(product=product).exists()


# --- What a document says --------------------------------------------------------------------
def found_by(words: str) -> set[str]:
    documents = SearchDocument.objects.extra(where=["terms @@ %s::tsquery"], params=[words])
    return set(documents.values_list("product__sku", flat=True))


def test_a_document_has_the_words_of_both_languages_its_place_and_its_facts(
    shop: Merchant,
) -> None:
    make_product(
        shop,
        "TS-100",
        title="Breathable T-shirts",
        title_zh="透气短袖",
        brand="Loomwear",
        category=make_category("clothing/tops", name_zh="上衣"),
        attributes={"material": "cotton"},
        options={"colour": "navy"},
    )
    index_products(shop)
    for words in ("breathabl", "短袖", "短", "loomwear", "上衣", "cotton", "navi", "100"):
        assert found_by(f"'{words}'") == {"TS-100"}, words
    document = SearchDocument.objects.get()
    assert document.facets["material"] == ["cotton"]
    assert document.facets["colour"] == ["navy"]
    assert set(document.locales) == {"en", "zh-hans"}
    assert "ts-100" in document.names


def test_words_of_the_title_stand_in_the_heaviest_field(shop: Merchant) -> None:
    make_product(shop, "A", title="Kettle", description="A kettle with a walnut handle.")
    index_products(shop)
    assert found_by("'kettl':A") == {"A"}
    assert found_by("'walnut'") == {"A"}
    assert found_by("'walnut':A") == set()


def test_terms_are_counted_by_document_and_the_empty_term_counts_all(shop: Merchant) -> None:
    make_product(shop, "A", title="Red kettle kettle")
    make_product(shop, "B", title="Red pan")
    index_products(shop)
    counted = dict(TermCount.objects.filter(merchant=shop).values_list("term", "documents"))
    assert (counted["red"], counted["kettl"], counted["pan"], counted[""]) == (2, 1, 1, 2)
    assert counted == {term: number for term, number in counted.items() if number > 0}


def test_the_titles_that_words_are_looked_up_in_deny_nothing(shop: Merchant) -> None:
    make_product(shop, "A", title="Hiking shoe (Not Waterproof)")
    index_products(shop)
    assert "waterproof" not in SearchDocument.objects.get().titles
    assert SearchDocument.objects.get().card["titles"] == {"en": "Hiking shoe (Not Waterproof)"}


@pytest.mark.parametrize("title", ["Bob's \\ cup: 'x' & | !", "'''", "\\", "a:A,b", "杯子 100%"])
def test_any_title_becomes_a_document(shop: Merchant, title: str) -> None:
    make_product(shop, "A", title=title)
    assert index_products(shop) == 1
    assert SearchDocument.objects.get().card["titles"] == {"en": title}


@pytest.mark.parametrize(
    ("title", "gone"),
    [
        ("Women's Hiking Boots (Not Waterproof)", "waterproof"),
        ("徒步鞋 不防水 女", "防水"),
        ("Tote, not leather", "leather"),
        ("头戴式无线耳机（无降噪）", "降噪"),
        ("On-Ear Wireless Headphones (No Noise Cancelling)", "noise"),
        ("Vegan Biker Jacket, without any leather", "leather"),
    ],
)
def test_a_fact_that_a_title_denies_is_not_found_by(title: str, gone: str) -> None:
    assert gone not in affirmed(title).lower()


@pytest.mark.parametrize(
    "title",
    [
        "Not Just for Kids",
        "water not included",
        "Waterproof boots",
        "无线耳机",
        "不锈钢保温杯",
        "非常保暖的外套",
        "不仅防水",
        "Not only waterproof",
    ],
)
def test_what_is_no_denied_fact_stays(title: str) -> None:
    assert affirmed(title) == title
