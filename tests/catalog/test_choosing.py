"""Choosing among variants: what is possible, what is left, what it costs."""

from decimal import Decimal

import pytest

from catalog.choosing import Choice, choose, prices_of
from catalog.models import Product, Variant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant, make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirt() -> Product:
    """Return a shirt: red in M and L, navy in S only; navy is sold out."""
    product = make_product(
        make_merchant(), "S", option_names=["colour", "size"],
        options={"colour": "red", "size": "M"}, stock=2,
    )  # fmt: skip
    make_variant(product, "S-L", options={"colour": "red", "size": "L"}, price="120.00")
    make_variant(product, "S-N", options={"colour": "navy", "size": "S"}, stock=0, price=None)
    return product


def read(product: Product, **wanted: str) -> Choice:
    """Return the choice on a freshly fetched product."""
    return choose(Product.objects.for_cards().get(pk=product.pk), wanted)


def possible(choice: Choice, name: str) -> set[str]:
    """Return the values of an option that are possible."""
    option = next(option for option in choice.options if option.name == name)
    return {value.value for value in option.values if value.possible}


def test_nothing_chosen_leaves_everything(shirt: Product) -> None:
    choice = read(shirt)
    assert choice.variant is None and len(choice.variants) == 3
    assert possible(choice, "colour") == {"red", "navy"}
    assert choice.quantity == 7


def test_a_choice_rules_out_what_is_not_made(shirt: Product) -> None:
    choice = read(shirt, colour="red")
    assert possible(choice, "size") == {"M", "L"}
    assert possible(choice, "colour") == {"red", "navy"}  # the way back stays open


def test_every_value_can_be_reached_from_every_choice(shirt: Product) -> None:
    """Even where two colours share no size: another value of the same option is never closed."""
    assert possible(read(shirt, colour="red"), "colour") == {"red", "navy"}
    assert read(shirt, colour="navy").variant is not None


def test_the_last_choice_leaves_one(shirt: Product) -> None:
    choice = read(shirt, colour="red", size="L")
    assert choice.variant is not None and choice.variant.sku == "S-L"


def test_of_an_impossible_combination_the_first_option_holds(shirt: Product) -> None:
    assert read(shirt, colour="navy", size="L").chosen == {"colour": "navy"}


def test_what_the_product_does_not_have_is_not_chosen(shirt: Product) -> None:
    assert read(shirt, colour="green", fabric="silk").chosen == {}


def test_a_named_variant_chooses_all_of_its_options(shirt: Product) -> None:
    large = Variant.objects.get(sku="S-L")
    product = Product.objects.for_cards().get(pk=shirt.pk)
    assert choose(product, {}, large.pk).chosen == {"colour": "red", "size": "L"}
    assert choose(product, {}, 0).chosen == {}


def test_stock_is_told_by_value(shirt: Product) -> None:
    colour = read(shirt).options[0]
    assert {value.value: value.in_stock for value in colour.values} == {"red": True, "navy": False}


def test_inactive_variants_are_not_for_sale(shirt: Product) -> None:
    with as_merchant(shirt.merchant):
        Variant.objects.filter(sku="S-N").update(active=False)
    assert possible(read(shirt), "colour") == {"red"}


def test_each_variants_lowest_price_counts(shirt: Product) -> None:
    amounts = [price.amount for price in prices_of(read(shirt).variants)["CNY"]]
    assert amounts == [Decimal("99.00"), Decimal("120.00")]


def test_it_asks_nothing_of_the_database(shirt: Product, django_assert_num_queries: object) -> None:
    product = Product.objects.for_cards().get(pk=shirt.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        prices_of(choose(product, {"colour": "red"}).variants)
