"""What Postgres itself holds true, whatever the code does."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from catalog.indexing import index_products
from catalog.models import (
    CatalogImport,
    Price,
    Product,
    ProductText,
    SearchDocument,
    SearchOffer,
    Stock,
    TermCount,
    Variant,
)
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_merchant, make_product, make_variant

pytestmark = pytest.mark.django_db

PRIVATE = ["catalog_catalogimport", "catalog_rowerror", "catalog_attributeproposal",
           "catalog_warehouse"]  # fmt: skip


def test_every_table_with_a_merchant_is_under_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind = 'r' AND a.attname = 'merchant_id' AND c.relname LIKE 'catalog_%'"
            " AND c.relpersistence = 'p'"
        )
        rows = cursor.fetchall()
    assert len(rows) >= 19
    assert [name for name, secured, policies in rows if not secured or policies < 4] == []


@pytest.mark.parametrize("table", PRIVATE)
def test_private_rows_are_invisible_without_a_tenant(table: str) -> None:
    shop = make_merchant()
    make_product(shop, "A1")
    with as_merchant(shop):
        CatalogImport.objects.create(merchant=shop, file="x", file_name="x.csv")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


def test_drafts_are_seen_by_their_shop_only() -> None:
    shop, rival = make_merchant("loom"), make_merchant("rival")
    draft = make_product(shop, "A1", status="draft")
    assert not Product.objects.filter(pk=draft.pk).exists()
    with as_merchant(rival):
        assert not Product.objects.filter(pk=draft.pk).exists()
        assert not Variant.objects.filter(product=draft).exists()
        assert not ProductText.objects.filter(product=draft).exists()
        assert not Price.objects.filter(variant__product=draft).exists()
    with as_merchant(shop):
        assert Product.objects.filter(pk=draft.pk).exists()


def test_a_rival_cannot_write_what_it_can_read() -> None:
    shop, rival = make_merchant("loom"), make_merchant("rival")
    product = make_product(shop, "A1")
    with as_merchant(rival):
        assert Product.objects.filter(pk=product.pk).update(brand="stolen") == 0
        assert Stock.objects.filter(merchant=shop).update(quantity=0) == 0
        assert Product.objects.filter(pk=product.pk)._raw_delete("default") == 0
    with pytest.raises(ProgrammingError), as_merchant(rival):
        Product.objects.create(merchant=shop, sku="A2")


def test_a_child_cannot_belong_to_another_shop_than_its_product() -> None:
    shop, rival = make_merchant("loom"), make_merchant("rival")
    product = make_product(shop, "A1")
    with pytest.raises(IntegrityError), as_merchant(rival):
        Variant.objects.create(merchant=rival, product=product, sku="V")


@pytest.mark.parametrize(
    "change",
    [
        {"amount": Decimal("-0.01")},
        {"amount": Decimal("5"), "was": Decimal("4")},
    ],
)
def test_prices_are_sane(change: dict[str, Decimal]) -> None:
    shop = make_merchant()
    make_product(shop, "A1")
    with pytest.raises(IntegrityError), as_merchant(shop):
        Price.objects.filter(merchant=shop).update(**change)


def test_stock_is_never_negative() -> None:
    shop = make_merchant()
    make_product(shop, "A1")
    with pytest.raises(IntegrityError), as_merchant(shop):
        Stock.objects.filter(merchant=shop).update(quantity=-1)


def test_a_combination_of_options_exists_once() -> None:
    shop = make_merchant()
    product = make_product(shop, "A1", options={"colour": "red"})
    with pytest.raises(IntegrityError):
        make_variant(product, "A2", options={"colour": "red"})


def test_offers_follow_price_stock_and_status_at_once() -> None:
    shop = make_merchant()
    product = make_product(shop, "A1", price="99.00", stock=1)
    assert list(SearchOffer.objects.values_list("currency", "amount", "in_stock")) == [
        ("CNY", Decimal("99.00"), True)
    ]
    with as_merchant(shop):
        Price.objects.filter(merchant=shop).update(amount=Decimal("89.00"))
        Stock.objects.filter(merchant=shop).update(quantity=0)
    assert list(SearchOffer.objects.values_list("amount", "in_stock")) == [
        (Decimal("89.00"), False)
    ]
    with as_merchant(shop):
        Price.objects.filter(merchant=shop).delete()
    assert list(SearchOffer.objects.values_list("currency", "amount")) == [("", None)]
    with as_merchant(shop):
        product.status = "archived"
        product.save()
    assert not SearchOffer.objects.exists()
    with as_merchant(shop):
        product.status = "live"
        product.save()
    assert SearchOffer.objects.count() == 1


def test_what_is_written_about_a_product_gives_it_a_new_revision() -> None:
    shop = make_merchant()
    product = make_product(shop, "A1")
    index_products(shop)
    seen = [Product.objects.get(pk=product.pk).revision]
    with as_merchant(shop):
        ProductText.objects.filter(product=product).update(title="Linen shirt")
    seen.append(Product.objects.get(pk=product.pk).revision)
    make_variant(product, "A2", options={"size": "l"})
    seen.append(Product.objects.get(pk=product.pk).revision)
    with as_merchant(shop):
        Product.objects.filter(pk=product.pk).update(brand="Loom")
    seen.append(Product.objects.get(pk=product.pk).revision)
    assert seen == sorted(set(seen))
    with as_merchant(shop):
        assert list(Product.objects.of(shop).unindexed()) == [product]
    with as_merchant(shop):
        Stock.objects.filter(merchant=shop).update(quantity=9)
    assert Product.objects.get(pk=product.pk).revision == seen[-1]


def test_leaving_the_shop_window_takes_the_document_along() -> None:
    shop = make_merchant()
    product = make_product(shop, "A1")
    index_products(shop)
    assert SearchDocument.objects.count() == 1
    with as_merchant(shop):
        product.delete_softly()
    assert SearchDocument.objects.count() == 0


def test_no_money_is_a_float() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN ('real', 'double precision')"
            " AND table_name LIKE 'catalog_%' AND column_name NOT IN ('confidence', 'score')"
        )
        assert cursor.fetchall() == []


def test_the_tenant_ends_with_its_block() -> None:
    shop = make_merchant()
    make_product(shop, "A1", status="draft")
    with as_everyone():
        assert Product.objects.count() == 1
    assert Product.objects.count() == 0
    with pytest.raises(DatabaseError), as_merchant(shop), transaction.atomic():
        Product.objects.create(merchant=shop, sku="A1")
    assert Product.objects.count() == 0


def test_a_suspended_shop_leaves_search_and_comes_back() -> None:
    shop, other = make_merchant("loom"), make_merchant("other")
    for each in (shop, other):
        make_product(each, "A1")
        index_products(each)
    type(shop).objects.filter(pk=shop.pk).update(suspended_at=timezone.now())
    assert list(SearchDocument.objects.values_list("merchant", flat=True)) == [other.pk]
    assert set(TermCount.objects.values_list("merchant", flat=True)) == {other.pk}
    assert index_products(shop) == 0
    type(shop).objects.filter(pk=shop.pk).update(suspended_at=None)
    assert index_products(shop) == 1
    assert SearchDocument.objects.filter(merchant=shop).count() == 1
