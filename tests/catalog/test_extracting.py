"""Proposals come from the texts, once; what a person decided stays decided."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.confirming import confirm, reject, reopen
from catalog.extracting import propose_attributes
from catalog.extraction import MODEL_VERSION
from catalog.extraction.stating import NotAValue
from catalog.indexing import index_products
from catalog.models import (
    Attribute,
    AttributeProposal,
    Extraction,
    Product,
    ProductText,
    SearchDocument,
)
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product
from tests.people import make_user

pytestmark = pytest.mark.django_db
Verdict = AttributeProposal.Verdict
COTTON = "A jacket made of cotton, 480 g."


@pytest.fixture
def shop() -> Merchant:
    """Return a shop."""
    return make_merchant()


def said(shop: Merchant, verdict: str = Verdict.OPEN) -> dict[str, Any]:
    """Return what is proposed, as code and fact."""
    with as_merchant(shop):
        rows = AttributeProposal.objects.filter(merchant=shop, verdict=verdict)
        return {row.code: row.fact for row in rows}


def unread(shop: Merchant) -> int:
    """Count the texts that are to be read."""
    with as_merchant(shop):
        return ProductText.objects.filter(merchant=shop).unread(MODEL_VERSION).count()


def retell(product: Product, description: str) -> None:
    """Change a product's description."""
    with as_merchant(product.merchant):
        product.texts.update(description=description)


def rows(shop: Merchant, **wanted: Any) -> Any:
    """Return the shop's proposals as a queryset, to be used as the merchant."""
    return AttributeProposal.objects.filter(merchant=shop, **wanted)


def test_texts_are_read_once_with_evidence(shop: Merchant) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON)
    assert unread(shop) == 1
    assert propose_attributes(shop) == 1
    assert (unread(shop), propose_attributes(shop)) == (0, 0)
    assert said(shop) == {"material": "cotton", "weight_g": 480}
    with as_merchant(shop):
        row = rows(shop, code="material").get()
        assert COTTON[row.start : row.end] == row.evidence == "cotton"
        assert (row.before + row.evidence + row.after) == COTTON
        product.refresh_from_db()
    assert product.attributes == {}, "a proposal is no fact"


def test_an_unchanged_text_is_not_read_again(shop: Merchant, monkeypatch: Any) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON)
    propose_attributes(shop)
    with as_merchant(shop):
        Product.objects.filter(pk=product.pk).update(brand="Loom")
    assert unread(shop) == 1
    monkeypatch.setattr("catalog.extracting.propose", lambda *_: pytest.fail("read again"))
    assert propose_attributes(shop) == 1
    assert (unread(shop), len(said(shop))) == (0, 2)


def test_another_category_or_version_is_read_again(shop: Merchant, monkeypatch: Any) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON)
    propose_attributes(shop)
    with as_merchant(shop):
        product.category = make_category("clothing")
        product.save(update_fields=["category"])
    assert unread(shop) == 1
    propose_attributes(shop)
    with as_merchant(shop):
        assert ProductText.objects.filter(merchant=shop).unread("rules-2").count() == 1
        assert Extraction.objects.get().revision == Product.objects.get(pk=product.pk).revision


def test_archived_products_and_options_are_left_alone(shop: Merchant) -> None:
    make_product(shop, "A1", title="Cotton jacket", status="archived")
    make_product(shop, "A2", title="Red jacket", options={"colour": "red"})
    assert propose_attributes(shop) == 1
    assert "colour" not in said(shop) and "material" not in said(shop)


def test_evidence_follows_the_text(shop: Merchant) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON)
    propose_attributes(shop)
    retell(product, "Now it weighs 500 g and is of cotton.")
    propose_attributes(shop)
    assert said(shop) == {"material": "cotton", "weight_g": 500}
    with as_merchant(shop):
        assert rows(shop, code="material").get().before.endswith("is of ")


def test_what_was_rejected_stays_so_for_the_same_words(shop: Merchant) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON)
    mei = make_user("mei")
    propose_attributes(shop)
    with as_merchant(shop):
        assert reject(rows(shop, code="material"), by=mei).proposals == 1
    retell(product, COTTON + " " * 70 + "It keeps the wind out.")
    propose_attributes(shop)
    assert said(shop, Verdict.REJECTED) == {"material": "cotton"}
    retell(product, "The lining is cotton.")
    propose_attributes(shop)
    assert said(shop) == {"material": "cotton"}


def test_confirmed_values_are_facts_and_reach_search(shop: Merchant) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON,
                           attributes={"material": ["wool"]})  # fmt: skip
    mei = make_user("mei")
    propose_attributes(shop)
    index_products(shop)
    with as_merchant(shop):
        assert SearchDocument.objects.get().facets == {"material": ["wool"]}
        decision = confirm(shop, rows(shop), by=mei)
        product.refresh_from_db()
        assert list(Product.objects.unindexed()) == [product]
        row = rows(shop, code="weight_g").get()
        assert Attribute.objects.get(code="weight_g").unit == "g"
    assert (decision.proposals, decision.products) == (2, 1)
    assert product.attributes == {"material": ["wool", "cotton"], "weight_g": 480}
    assert (row.verdict, row.decided_by) == (Verdict.CONFIRMED, mei)
    index_products(shop)
    assert SearchDocument.objects.get().facets == product.attributes | {"weight_g": [480]}
    propose_attributes(shop)
    assert said(shop) == {}


def test_one_decision_settles_both_languages(shop: Merchant) -> None:
    make_product(shop, "A1", title="Cotton jacket", title_zh="纯棉夹克")
    mei = make_user("mei")
    propose_attributes(shop)
    with as_merchant(shop):
        cotton = rows(shop, code="material")
        assert cotton.count() == 2
        assert cotton.open().once().count() == 1
        assert confirm(shop, cotton.filter(pk=cotton.first().pk), by=mei).proposals == 1
        assert set(cotton.values_list("verdict", flat=True)) == {Verdict.CONFIRMED}


def test_a_correction_is_what_counts(shop: Merchant) -> None:
    product = make_product(shop, "A1", title="Jacket", description=COTTON)
    mei = make_user("mei")
    propose_attributes(shop)
    with as_merchant(shop):
        weight = rows(shop, code="weight_g")
        with pytest.raises(NotAValue):
            confirm(shop, weight, by=mei, correction="heavy")
        product.refresh_from_db()
        assert product.attributes == {}
        confirm(shop, weight, by=mei, correction="495")
        product.refresh_from_db()
        assert product.attributes == {"weight_g": 495}
        reopen(shop, weight.get())
        product.refresh_from_db()
        assert (product.attributes, weight.get().fact) == ({}, 480)


def test_what_the_product_states_is_not_asked(shop: Merchant) -> None:
    make_product(shop, "A1", title="Jacket", description=COTTON,
                 attributes={"material": ["cotton"], "weight_g": 480.0})  # fmt: skip
    propose_attributes(shop)
    with as_merchant(shop):
        assert rows(shop).count() == 2
        assert rows(shop).open().count() == 0


def test_a_batch_costs_the_same_however_many(shop: Merchant) -> None:
    counts = []
    for size in (2, 30):
        for number in range(size):
            make_product(shop, f"P{size}-{number}", title="Jacket", description=COTTON)
        with CaptureQueriesContext(connection) as queries:
            assert propose_attributes(shop) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_rivals_see_nothing_of_it(shop: Merchant) -> None:
    rival = make_merchant("rival")
    make_product(shop, "A1", title="Cotton jacket")
    propose_attributes(shop)
    with as_merchant(rival):
        assert not AttributeProposal.objects.exists() and not Extraction.objects.exists()
    with as_everyone():
        assert AttributeProposal.objects.exists()


def test_odd_texts_do_no_harm(shop: Merchant) -> None:
    for number, text in enumerate(["", "\u2028" * 50, "💥" * 500, "a" * 30_000, "<b>cotton", "％"]):
        make_product(shop, f"O{number}", title=text[:400] or "?", description=text)
    assert propose_attributes(shop) == 6
    assert unread(shop) == 0
