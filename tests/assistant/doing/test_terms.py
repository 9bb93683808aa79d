"""What shops' rules say before anything is bought."""

import pytest
from django.utils import translation

from assistant.doing.arguments import Asked
from assistant.doing.stating import attribute
from assistant.doing.terms import deliveries, returns
from catalog.models import Stock
from shopguide.accounts.tenancy import as_merchant
from shopguide.writing import Plan, joined, write
from tests.assistant.doing.shop import Shop


def said(act: str, facts: dict[str, object], language: str = "en") -> str:
    """Return facts as they are said."""
    return joined(write(Plan(act, language, facts)), language)


def test_each_shop_tells_how_it_sends_in_a_line(shop: Shop) -> None:
    asker = shop.asker()
    names = {shop.shop.pk: "Loom", shop.rival.pk: "Rival"}
    with translation.override("en"):
        one = deliveries(asker, [shop.shop.pk], names, "what does delivery cost?", seen=True)
        assert one is not None and one.merchants == (shop.shop.pk,)
        told = said(one.act, dict(one.facts))
        assert told.startswith("Loom: Parcel CN¥8.00, 2 to 4 days, free from CN¥100.00; ")
        germany = "do you ship to Germany?"
        assert deliveries(asker, [shop.shop.pk], names, germany, seen=True) is None
        both = [shop.shop.pk, shop.rival.pk]
        assert deliveries(asker, both, names, "how fast?", seen=True) is None
        assert deliveries(asker, [], names, "how fast?", seen=True) is None
        # Of a whole market, those that send there are told.
        some = deliveries(asker, both, names, "how fast?", seen=False)
        assert some is not None and some.merchants == (shop.shop.pk,)
        nobody = deliveries(asker, both, names, germany, seen=False)
        assert nobody is not None and nobody.act == "declined"
        assert "Germany" in str(nobody.facts["what"])
        china = deliveries(asker, both, names, "do you ship to China?", seen=False)
        assert china is not None
        told = said(china.act, dict(china.facts))
        assert told.startswith("These shops send to China:\n- Loom: ")


@pytest.mark.parametrize(
    ("question", "language", "first"),
    [
        (
            "can I return it if I have worn it?",
            "en",
            "Once it has really been used, no; trying it out is fine.",
        ),
        ("没拆封能退吗", "zh-hans", "没拆封，状态没问题。"),
        ("能退吗", "zh-hans", "不喜欢或不合适：签收后 7 天内，要没用过、包装齐全。"),
    ],
)
def test_a_rule_answers_before_there_is_an_order(
    shop: Shop, question: str, language: str, first: str
) -> None:
    with translation.override(language):
        found = returns(shop.asker(language), shop.id("BUDS"), None, "", question)
    assert found is not None and found.act == "policy"
    assert found.facts["says"][0] == first
    assert (found.products, found.merchants) == ((shop.id("BUDS"),), (shop.shop.pk,))
    fault = "质量问题" if language == "zh-hans" else "fault"
    assert any(fault in one for one in found.facts["says"])


def test_without_a_shop_there_is_no_rule(shop: Shop) -> None:
    assert returns(shop.asker(), None, None, "", "can I return it?") is None
    hidden = returns(shop.asker(), shop.id("HID"), None, "", "can I return it?")
    assert hidden is None  # what nobody may see has no rule either


def test_options_are_told_with_what_is_sold_out(shop: Shop) -> None:
    with translation.override("en"):
        asked = Asked(shop.id("BUDS"), "what sizes are there?", "size")
        assert attribute(shop.asker(), asked).act == "attribute_unknown"
        shirt = attribute(shop.asker(), Asked(shop.id("TEE"), "what colours?", "colour"))
        assert (shirt.facts["value"], shirt.facts["more"]) == ("White, Black", [])
        with as_merchant(shop.shop):
            stock = Stock.objects.filter(variant__product=shop.id("TEE"))
            black = stock.filter(variant__options__colour="black")
            kept = dict(black.values_list("pk", "quantity"))
            black.update(quantity=0)
        shirt = attribute(shop.asker(), Asked(shop.id("TEE"), "what colours?", "colour"))
        assert shirt.facts["more"] == [{"attribute": "sold out", "value": "Black"}]
        with as_merchant(shop.shop):
            for pk, quantity in kept.items():
                Stock.objects.filter(pk=pk).update(quantity=quantity)
