"""Categories and attributes of a shop: what is touched is stated, done, and taken back."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from catalog.editing import arranging, defining
from catalog.editing.arranging import CannotArrange, Weight
from catalog.forgetting import forget_journals
from catalog.indexing import index_products
from catalog.models import Arrangement, Attribute, Category, Product, SearchDocument
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Merchant:
    """Return a shop."""
    return make_merchant()


@pytest.fixture
def by() -> User:
    """Return who does it."""
    return make_user("mei")


def place(shop: Merchant, path: str, parent: Category | None = None) -> Category:
    """Save a category of the shop's own."""
    with as_merchant(shop):
        return Category.objects.create(
            merchant=shop, path=path, parent=parent, name_en=path.rpartition("/")[2].title()
        )


def where(shop: Merchant) -> dict[str, str | None]:
    """Return each product's category by path."""
    with as_merchant(shop):
        return dict(Product.objects.of(shop).order_by("sku").values_list("sku", "category__path"))


def facts(shop: Merchant) -> dict[str, Any]:
    """Return each product's facts."""
    with as_merchant(shop):
        return dict(Product.objects.of(shop).order_by("sku").values_list("sku", "attributes"))


def test_a_category_is_merged_with_all_below_it_and_taken_back(shop: Merchant, by: User) -> None:
    tops = make_category("tops")
    knits = place(shop, "knits")
    fine = place(shop, "knits/fine", knits)
    for sku, one, status in (("A", knits, "live"), ("B", fine, "draft"), ("C", tops, "live")):
        make_product(shop, sku, category=one, status=status)
    before = where(shop)
    with as_merchant(shop):
        assert arranging.weight_of(knits) == Weight(products=1, below=1, categories=1)
        done = arranging.dissolve(knits, tops, by=by)
    assert where(shop) == {"A": "tops", "B": "tops", "C": "tops"}
    assert (done.kind, done.subject, done.touched) == ("category_merge", "Knits", 2)
    with as_merchant(shop):
        assert not Category.objects.filter(merchant=shop).exists()
        arranging.take_back(done)
        assert Category.objects.get(path="knits/fine").parent_id == knits.pk
    assert where(shop) == before and done.kept == 0


def test_a_deleted_category_gives_its_products_up_and_keeps_later_edits(
    shop: Merchant, by: User
) -> None:
    knits = place(shop, "knits")
    fine = place(shop, "knits/fine", knits)
    for sku in "AB":
        make_product(shop, sku, category=fine)
    with as_merchant(shop):
        first = arranging.dissolve(fine, knits, by=by)
        second = arranging.dissolve(knits, None, by=by)
    assert where(shop) == {"A": None, "B": None}
    other = place(shop, "other")
    with as_merchant(shop):
        Product.objects.filter(sku="A").update(category=other)
        arranging.take_back(second)
        arranging.take_back(first)
    assert where(shop) == {"A": "other", "B": "knits/fine"}
    assert (second.kept, first.kept) == (1, 1)


def test_a_renamed_category_is_read_again_by_search(shop: Merchant, by: User) -> None:
    knits = place(shop, "knits")
    make_product(shop, "A", category=knits)
    index_products(shop)
    with as_merchant(shop):
        done = arranging.rename(knits, {"name_zh": "针织", "name_en": ""}, by=by)
        assert Product.objects.unindexed().count() == 1
        assert Category.objects.get().name_zh == "针织"
    index_products(shop)
    with as_merchant(shop):
        assert "针织" in SearchDocument.objects.get().terms
        arranging.take_back(done)
        assert Category.objects.get().name_en == "Knits"
        with pytest.raises(CannotArrange):
            arranging.rename(knits, {"name_zh": "", "name_en": ""}, by=by)


def test_adding_and_what_cannot_be_done(shop: Merchant, by: User) -> None:
    tops = make_category("tops")
    with as_merchant(shop):
        done = arranging.add(shop, {"name_zh": "帽子", "name_en": "Hats"}, None, by=by)
        hats = Category.objects.get(merchant=shop)
        below = arranging.add(shop, {"name_zh": "", "name_en": "Sun hats"}, hats, by=by)
        assert Category.objects.get(pk__in=below.made).path == "hats/sun-hats"
        for names in ({"name_zh": "", "name_en": "hats"}, {"name_zh": "", "name_en": "!"}):
            with pytest.raises(CannotArrange):
                arranging.add(shop, names, None, by=by)
        with pytest.raises(CannotArrange):
            arranging.take_back(done)
        with pytest.raises(CannotArrange):
            arranging.dissolve(hats, Category.objects.get(path="hats/sun-hats"), by=by)
        with pytest.raises(CannotArrange):
            arranging.rename(tops, {"name_zh": "x", "name_en": ""}, by=by)
        arranging.take_back(below)
        arranging.take_back(done)
        assert not Category.objects.filter(merchant=shop).exists()


def test_attributes_are_merged_renamed_deleted_and_taken_back(shop: Merchant, by: User) -> None:
    make_product(shop, "A", attributes={"stuff": "wool", "cloth": "silk", "weight_g": 5})
    make_product(shop, "B", attributes={"stuff": ["wool", "Wool "]})
    make_product(shop, "C", attributes={"cloth": "silk"})
    with as_merchant(shop):
        Attribute.objects.create(merchant=shop, code="stuff", name_en="Stuff")
        assert defining.values_of(shop, "stuff") == {"wool": 2, "Wool ": 1}
    before = facts(shop)
    with as_merchant(shop):
        renamed = defining.rename_value(shop, "stuff", "Wool ", "wool", by=by)
    assert facts(shop)["B"] == {"stuff": ["wool"]} and renamed.touched == 1
    with as_merchant(shop):
        merged = defining.merge(shop, "stuff", "cloth", by=by)
    assert facts(shop) == {
        "A": {"cloth": ["silk", "wool"], "weight_g": 5}, "B": {"cloth": ["wool"]},
        "C": {"cloth": "silk"},
    }  # fmt: skip
    with as_merchant(shop):
        assert merged.touched == 2 and not Attribute.objects.filter(code="stuff").exists()
        gone = defining.remove(shop, "cloth", by=by)
    assert facts(shop) == {"A": {"weight_g": 5}, "B": {}, "C": {}}
    with as_merchant(shop):
        for done in (gone, merged, renamed):
            defining.take_back(done)
        assert Attribute.objects.get(code="stuff").name_en == "Stuff"
    assert facts(shop) == before


def test_what_was_edited_since_is_kept(shop: Merchant, by: User) -> None:
    make_product(shop, "A", attributes={"stuff": "wool"})
    make_product(shop, "B", attributes={"stuff": "silk"})
    with as_merchant(shop):
        gone = defining.remove(shop, "stuff", by=by)
        Product.objects.filter(sku="A").update(attributes={"stuff": "linen"})
        defining.take_back(gone)
    assert facts(shop) == {"A": {"stuff": "linen"}, "B": {"stuff": "silk"}}
    assert gone.kept == 1


def test_definitions_are_a_shops_own(shop: Merchant, by: User) -> None:
    rival = make_merchant("rival")
    with as_merchant(rival):
        Attribute.objects.create(merchant=rival, code="stuff", kind="number")
    with as_merchant(shop):
        done = defining.define(
            shop, "stuff", {"kind": "text", "name_en": "Stuff", "allowed": []}, by=by
        )
        assert [one.kind for one in Attribute.objects.usable_by(shop)] == ["text"]
        again = defining.define(shop, "stuff", {"unit": "g"}, by=by)
        defining.take_back(again)
        assert Attribute.objects.get(merchant=shop).unit == ""
        defining.take_back(done)
        assert not Attribute.objects.filter(merchant=shop).exists()
        with pytest.raises(CannotArrange):
            defining.merge(shop, "material", "stuff", by=by)


def test_what_can_no_longer_be_taken_back_is_forgotten(shop: Merchant, by: User) -> None:
    knits = place(shop, "knits")
    with as_merchant(shop):
        old = arranging.rename(knits, {"name_zh": "针织", "name_en": ""}, by=by)
        arranging.rename(knits, {"name_zh": "针织衫", "name_en": ""}, by=by)
        Arrangement.objects.filter(pk=old.pk).update(
            created_at=timezone.now() - datetime.timedelta(days=31)
        )
    assert forget_journals() == 1
    with as_everyone():
        assert Arrangement.objects.count() == 1
