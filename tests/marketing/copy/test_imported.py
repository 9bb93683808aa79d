"""Goods from files that know little: what is told of them, and what is not."""

from typing import Any

import pytest

from catalog.claims.facts import ProductFacts
from catalog.claims.grounding import codes_of
from catalog.models import Product
from marketing.copy.checking import ledger_for
from marketing.copy.composing import compose
from marketing.copy.phrasing.forming import low
from marketing.copy.phrasing.material import Material, gathered
from marketing.copy.phrasing.naming import name_of
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.reading import agreed
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.marketing.copy.conftest import Desk


def named(title: str, locale: str = "en", **fields: Any) -> Any:
    """Return what a product with one title is called."""
    return name_of(ProductFacts(1, "X", 1, {locale: title}, **fields), locale)


def material(desk: Desk, sku: str, locale: str, **fields: Any) -> Material:
    """Return what may be said of a new product of the shop."""
    with as_merchant(desk.loom):
        made = make_product(desk.loom, sku, stock=3, **fields)
        one = Product.objects.select_related("merchant").prefetch_related("texts").get(pk=made.pk)
        found = gathered(one, locale, ledger_for([one], locale), wished=frozenset())
    assert found is not None
    return found


def test_values_in_a_row_are_read_as_the_vocabulary_reads_them() -> None:
    """Known codes stay as they are; what is under a name of a file's own counts too."""
    stated = {"material": "Nylon Polyester", "features_bags": "Waterproof Lockable", "fit": "x"}
    assert codes_of(stated, "material") == ["nylon", "polyester"]
    assert codes_of(stated, "feature") == ["waterproof", "lockable"]
    assert codes_of(stated, "fit") == ["x"] and codes_of(stated, "style") == []
    assert codes_of({"material": ["cotton", "wool"]}, "material") == ["cotton", "wool"]


@pytest.mark.parametrize(
    ("text", "plural", "said"),
    [
        ("They stretch and support in all places.", False,
         "It stretches and supports in all places."),
        ("They are soft.", False, "It is soft."), ("It has pockets.", True, "They have pockets."),
        ("They are soft.", True, "They are soft."), ("Soft wool.", False, "Soft wool."),
        ("They glimmer at night.", False, ""),
    ],
)  # fmt: skip
def test_a_pronoun_agrees_with_the_name(text: str, plural: bool, said: str) -> None:
    """A verb that nobody knows the form of takes its sentence along."""
    assert agreed(text, plural=plural) == said


def test_peoples_keep_their_capital() -> None:
    """However the vocabulary spells them."""
    assert low("japanese style") == "Japanese style" and low("Minimalist") == "minimalist"


def test_a_name_says_what_the_thing_is() -> None:
    """Up to its kind behind "to"; a part is no kind; a make alone and praise are no name."""
    cable = "C2G 1.5ft USB A Female to B Male Panel Mount Cable USB cable 0.45 m USB A USB B Black"
    assert named(cable).short == "C2G 1.5ft USB A Female to B Male Panel Mount Cable"
    assert named("HP Pro 3010 3 GB DDR3-SDRAM 320 GB HDD").noun == ""
    assert named("HP 309A Original Cyan 1 pc(s)").short == "HP 309A Original Cyan"
    assert named("Lexmark 16MB SDRAM DIMM 内存条", "zh-hans").short.endswith("内存条")
    heap = "李佳琦推荐生姜高光钻石土豆泥修容盘闪粉脸部提亮神仙一体盘高光盘"
    assert "推荐" not in named(heap, "zh-hans").short


def test_features_are_those_of_such_goods() -> None:
    """An alarm for drinking makes no watch moisturising, and a plug is for nobody."""
    watch, cream = named("Dash Digital Watch"), named("Soft Hand Cream")
    assert not watch.may_be("moisturising") and cream.may_be("moisturising")
    assert watch.may_be("waterproof") and not watch.may_be("spicy")
    assert watch.personal and not named("USB Cable Male to Female").personal


@pytest.mark.django_db
def test_a_heap_tells_what_its_name_does_not_show(desk: Desk) -> None:
    """Measures of a title that nobody sees as it stands, once."""
    title = "小熊家用大容量电热水壶1.8升不锈钢烧水壶宿舍学生小型热水壶泡茶壶养生壶新款"
    found = material(desk, "KT-1", "zh-hans", title="", title_zh=title, attributes={})
    assert found.measured == ["1.8 升"] and "1.8" not in found.name.told
    pen = Pen(found, "facts")
    assert "1.8 升" in pen.traits(3)
    assert found.values("feature") == ["large-capacity"]


@pytest.mark.django_db
def test_a_text_that_only_says_the_name_again_is_none(desk: Desk) -> None:
    """Nor is one of a colour alone; both may stand beside something else."""
    said = {"title": "Sony Car Adaptor", "description": "Car Adaptor"}
    found = material(desk, "CA-1", "en", attributes={"colour": "black"}, **said)
    assert found.lines == ()
    with as_merchant(desk.loom):
        one = Product.objects.prefetch_related("texts").get(pk=found.product.pk)
        assert compose(one, channel="description", locale="en") == []
        ads = compose(one, channel="search_ad", locale="en")
    assert ads and any("black" in each.text for each in ads)


@pytest.mark.django_db
def test_seasons_and_people_are_told_of_what_is_worn(desk: Desk) -> None:
    """In a sentence each; all four seasons say nothing."""
    stated = {"season": ["spring", "autumn"], "audience": "unisex", "material": ["cotton"]}
    hat = material(desk, "HT-1", "zh-hans", title="", title_zh="棉质渔夫帽", attributes=stated)
    said = [Pen(hat, "benefit").spoken(one) for one in Pen(hat, "benefit").besides()]
    assert said == ["这顶渔夫帽男女都能戴。", "这顶渔夫帽春季、秋季都能戴。"]
    assert all(hat.holds(one) for one in said)
    year = {**stated, "season": ["spring", "summer", "autumn", "winter"]}
    cap = material(desk, "HT-2", "zh-hans", title="", title_zh="棉质渔夫帽", attributes=year)
    assert len(Pen(cap, "benefit").besides()) == 1
