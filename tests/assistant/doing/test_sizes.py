"""Which size to take: charts that shops write, and sizes that people name as their own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import transaction

from assistant.doing import Outcome
from assistant.doing.arguments import Asked
from assistant.doing.rules.charts import charts_in
from assistant.doing.rules.sizing import size_for
from assistant.doing.rules.wearing import asks_which_size, usual_of
from assistant.doing.sizes import sizing
from assistant.knowledge.articles import approve, write
from assistant.models.article import Kind
from catalog.models import Review
from shopguide.accounts.tenancy import as_merchant
from shopguide.writing import Plan, joined
from shopguide.writing import write as said
from tests.assistant.doing.shop import Shop

TOPS = """Between two sizes take the larger one.

| Size | Chest | Shoulders | For a height of |
|---|---|---|---|
| S | 84–88 cm | 42 cm | 155–165 cm |
| M | 89–94 cm | 44 cm | 163–172 cm |
| L | 95–100 cm | 46 cm | 170–178 cm |
"""
SHOES = """
| 欧码 | 脚长 | 美码男 | 美码女 |
|:--|---|---|---|
| 39 | 24.3 厘米 | 6.5 | 8.5 |
| 40 | 25.0 厘米 | 7 | 9 |
| 41 | 25.7 厘米 | 8 | 10 |
"""
LETTERS = ["s", "m", "l"]


def test_a_table_of_sizes_is_read_into_measures() -> None:
    """Units come from the cells; what measures no body is left out; other systems are columns."""
    (tops,) = charts_in("Tops", TOPS)
    assert tops.rows["m"] == {"chest": (890, 940), "height": (1630, 1720)}
    (shoes,) = charts_in("鞋码", SHOES)
    assert shoes.rows["40"] == {"foot": (Decimal(250), Decimal(250))}
    assert [(one.name, one.who, one.sizes.get("9", ""))
            for one in shoes.systems] == [("us", "men", ""), ("us", "women", "40")]  # fmt: skip


@pytest.mark.parametrize("body", ["", "| a |", "|---|", "| Price | Days |\n|---|---|\n| 8 | 2 |",
                                  "| Size |\n|---|\n| M |", "|||\n|||\n|||"])  # fmt: skip
def test_what_is_no_chart_is_none(body: str) -> None:
    """Odd and empty tables make no chart, and no error."""
    assert charts_in("", body) == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("I'm 160 cm tall", ("fits", "s", "")),
        ("我身高171体重60公斤穿多大", ("fits", "m", "l")),
        ("chest 91 cm, height 180 cm", ("fits", "m", "")),  # the chest decides
        ("height 200 cm", ("none", "", "")),
        ("I weigh 60 kg", ("unknown", "", "")),  # the chart has no weights
    ],
)
def test_a_chart_decides(question: str, answer: tuple[str, str, str]) -> None:
    """A row that holds what was said; two where rows overlap; the chest before the height."""
    (chart,) = charts_in("Tops", TOPS)
    fit = size_for({}, LETTERS, question, chart=chart)
    assert (fit.answer, fit.size, fit.between) == answer


def test_a_foot_takes_the_next_size_up() -> None:
    """A single number is what a size is made for; a child's foot fits none of a man's."""
    (chart,) = charts_in("鞋码", SHOES)
    sizes = ["size-39", "size-40", "size-41"]
    assert size_for({}, sizes, "脚长24.5厘米", chart=chart).size == "size-40"
    assert size_for({}, sizes, "脚长18厘米", chart=chart).answer == "none"
    assert size_for({}, sizes, "脚长29厘米", chart=chart).answer == "none"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("i usually wear a uk 6", ("6", "uk", "")),
        ("i'm a us 9 in women's", ("9", "us", "women")),
        ("美码男9穿几码", ("9", "us", "men")),
        ("平时穿38码的,这双也买38吗", ("38", "", "")),
        ("normally a medium", ("m", "", "")),
        ("my usual size is xl", ("xl", "", "")),
    ],
)
def test_sizes_that_people_wear(question: str, told: tuple[str, str, str]) -> None:
    """The size, its system and whose it is."""
    usual = usual_of(question, ())
    assert usual is not None
    assert (usual.size, usual.system, usual.who) == told


@pytest.mark.parametrize(
    ("question", "asks"),
    [("what size should i get", True), ("m or l?", True), ("我穿多大码", True),
     ("do you have m or l?", False), ("有没有38码", False), ("is it washable or not", False),
     ("comes in what sizes", False), ("black or white?", False)],
)  # fmt: skip
def test_what_size_to_take_is_not_what_there_is(question: str, asks: bool) -> None:
    """Whether a size is to be had is a question of stock."""
    assert asks_which_size(question) is asks


@pytest.fixture
def charted(shop: Shop) -> Iterator[Shop]:
    """Yield the shop with a chart for its tops and one for its shoes."""
    with transaction.atomic():
        with as_merchant(shop.shop):
            for title, body in (("Size chart for tops", TOPS), ("鞋子尺码表", SHOES)):
                approve(write(shop.shop, kind=Kind.SIZES, language="en", title=title, body=body))
            yield shop
        transaction.set_rollback(True)


def ask(shop: Shop, sku: str, question: str) -> Outcome:
    """Ask the tool in English."""
    return sizing(shop.asker(), Asked(shop.id(sku), question))


def told(outcome: Outcome) -> str:
    """Return what the realiser makes of it."""
    return joined(said(Plan(outcome.act, "en", outcome.facts)), "en")


def test_the_shops_chart_is_for_its_own_kind_of_goods(charted: Shop) -> None:
    """A shirt goes by the chart of tops, a shoe by that of shoes; a bag has none."""
    shirt = ask(charted, "TEE", "I am 171 cm tall")
    assert (shirt.act, shirt.facts["size"], shirt.facts["between"]) == ("sizing", "M", ["M", "L"])
    assert "M and L would both fit" in told(shirt)
    assert ask(charted, "RUN", "my foot is 25.2 cm long").facts["size"] == "EU 41"
    assert ask(charted, "BAG", "I am 171 cm tall").act == "sizing_unknown"
    assert ask(charted, "TEE", "what size should I get").facts["needs"] == ["chest", "height"]


def test_sizes_of_other_systems_are_converted_by_the_chart_alone(charted: Shop) -> None:
    """The chart has American sizes, and no British ones: those are not guessed."""
    american = ask(charted, "RUN", "I'm a US 9 in women's")
    assert told(american) == "By the shop's size chart, US women's 9 is size 40."
    british = ask(charted, "RUN", "I usually wear a UK 6")
    assert british.act == "sizing_unknown"
    assert "won't convert by guess" in told(british)
    assert "foot length" in told(british)


def test_the_usual_size_and_two_sizes(charted: Shop) -> None:
    """Whether it comes in that size, how it turns out, and the chart's rows."""
    usual = told(ask(charted, "RUN", "I usually wear a 41"))
    assert "keep to your usual size" in usual
    assert "41: foot length 25.7 cm" in usual
    assert ask(charted, "RUN", "I usually wear a 46").act == "not_made_in"
    Review.objects.create(
        product=charted.products["RUN"],
        merchant=charted.shop,
        stars=3,
        author="A",
        title="",
        body="They run small, size up.",
        language="en",
    )
    assert "run small" in told(ask(charted, "RUN", "I usually wear a 41"))
    between = told(ask(charted, "TEE", "I'm between M and L"))
    assert "take L if you like it roomy" in between
    assert "M: chest 89–94 cm, height 163–172 cm" in between
