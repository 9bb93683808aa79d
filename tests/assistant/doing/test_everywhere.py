"""A question of the whole market is answered by each shop's own rule."""

import pytest
from django.utils import translation

from assistant.doing.alike import of_each
from assistant.doing.everywhere import MOST_SHOPS, each_shop
from assistant.doing.matters import Matter
from catalog.policies.deciding import Bought
from catalog.policies.terms import Policy, Rule, Warranty
from catalog.policies.versions import policy_now, write
from tests.assistant.doing.shop import Shop
from tests.assistant.doing.test_terms import said


@pytest.fixture
def names(shop: Shop) -> dict[int, str]:
    """Return a market of two shops: a week and a month, the rival's underwear never."""
    write(shop.shop, Policy((Rule("all", return_days=7),)))
    write(shop.rival, Policy(
        (Rule("worn", categories=("clothing",)), Rule("all", return_days=30)),
        (Warranty("all", 24),),
    ))  # fmt: skip
    return {shop.shop.pk: "Loom", shop.rival.pk: "Rival"}


@pytest.mark.parametrize(
    ("question", "language", "lines"),
    [
        ("What is your return policy?", "en",
         ["- Loom: Return within 7 days.",
          "- Rival: Return within 30 days (not every kind of goods)."]),
        ("支持七天无理由退货吗", "zh-hans",
         ["- Loom：7 天内可退货。", "- Rival：30 天内可退货（部分品类除外）。"]),
        ("do you have a warranty?", "en",
         ["- Rival: Warranty of 24 months: repair."]),
    ],
)  # fmt: skip
def test_each_shop_tells_its_own_rule(
    shop: Shop, names: dict[int, str], question: str, language: str, lines: list[str]
) -> None:
    with translation.override(language):
        found = each_shop(shop.asker(language), names, question)
        assert found is not None
        told = said(found.act, dict(found.facts), language).splitlines()
    assert [one for one in told if one.startswith("- ")] == lines
    assert len(told) == len(lines) + 2  # what it depends on before, what to name after


def test_shops_with_the_same_rule_share_a_line(shop: Shop, names: dict[int, str]) -> None:
    write(shop.rival, Policy((Rule("all", return_days=7),)))
    with translation.override("en"):
        found = each_shop(shop.asker(), names, "can I return things?")
        assert found is not None and found.facts["all"]
        told = said(found.act, dict(found.facts))
    assert "all shops" in told and "Return within 7 days." in told and "Loom" not in told
    assert set(found.merchants) == set(names)


@pytest.mark.parametrize(
    "question",
    ["can I return it once I have worn it?", "it arrived broken, can I return it?", "退烧药有吗",
     "how do I pay?"],
)  # fmt: skip
def test_what_a_page_may_know_more_of_is_left_to_it(
    shop: Shop, names: dict[int, str], question: str
) -> None:
    assert each_shop(shop.asker(), names, question) is None


def test_nobody_reads_the_rules_of_a_whole_city(shop: Shop) -> None:
    many = dict.fromkeys(range(MOST_SHOPS + 1), "Shop")
    assert each_shop(shop.asker(), many, "can I return things?") is None


def test_a_kind_of_goods_has_its_own_rule(shop: Shop, names: dict[int, str]) -> None:
    with translation.override("en"):
        found = each_shop(shop.asker(), names, "what is your return policy?", kind="clothing/tops")
        assert found is not None
        lines = {row["shop"]: row["says"] for row in found.facts["shops"]}
    assert lines["Loom"] == "Return within 7 days."
    assert "30" not in lines["Rival"]


def test_one_shop_tells_its_whole_rule(shop: Shop, names: dict[int, str]) -> None:
    only = {shop.rival.pk: "Rival"}
    with translation.override("en"):
        whole = each_shop(shop.asker(), only, "what is your return policy?")
        lasting = each_shop(shop.asker(), only, "do you have a warranty?")
    assert whole is not None and lasting is not None
    assert (whole.act, whole.facts["shop"]) == ("policy", shop.rival.name)
    assert lasting.facts["says"] == ["Warranty of 24 months: repair."]


def matters(shop: Shop, question: str) -> list[Matter]:
    """Return the rules of both shops as they are asked before anything is bought."""
    return [
        Matter(shop.asker(), policy_now(one.pk), Bought("", 1, "delivered"), "the shop", one.pk,
               question=question)
        for one in (shop.shop, shop.rival)
    ]  # fmt: skip


@pytest.mark.usefixtures("names")
def test_what_all_shops_share_is_said_once(shop: Shop) -> None:
    with translation.override("en"):
        found = of_each(shop.asker(), matters(shop, "it's unopened"), ("worn",))
    assert found is not None and found.act == "each_shop"
    assert found.facts["first"] == ["Unopened is fine.", "You pay for the way back."]
    says = [row["says"] for row in found.facts["shops"]]
    assert ["7 days" in says[0], "30 days" in says[1]] == [True, True]


@pytest.mark.usefixtures("names")
def test_what_holds_everywhere_needs_no_list(shop: Shop) -> None:
    with translation.override("en"):
        found = of_each(shop.asker(), matters(shop, "how do I return it"), ("place",))
    assert found is not None and found.act == "aspects"
