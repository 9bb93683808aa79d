"""Every act can be said in both languages, always in the same words for the same seed."""

import re

import pytest

from shopguide.writing import Plan, Realiser, joined, write
from shopguide.writing.acts import ACTS
from shopguide.writing.phrasing import article, counted, filled, listed, measured, plural
from shopguide.writing.realiser import FAMILIES

BLANKS = re.compile(
    r"\{|\}|\bNone\b(?! of)|\s{2,}|\s[,.!?](?!\d)|，，|。。|：。|，。|「」|“”|\(\)|（）"
)
NAME = {"en": "Everyday Tee", "zh-hans": "日常T恤"}


def facts(act: str, language: str) -> dict[str, object]:
    """Return a value for every fact of an act."""
    rows: dict[str, list[dict[str, object]]] = {
        "products": [{"name": NAME[language], "price": "¥99.00", "reason": "x"}],
        "ways": [{"without": "x", "count": 2}],
        "items": [{"name": NAME[language], "price": "¥9", "quantity": 2}],
        "coupons": [{"code": "CLOUD10", "says": "x"}],
        "differences": [{"name": "x", "values": ["1 g", ""]}],
        "winners": [{"what": "x", "product": NAME[language], "value": "1 g", "other": "2 g"}],
        "aspects": [{"name": "x", "good": 3, "bad": 1}],
        "quotes": [{"text": "x", "author": "Lin"}],
        "methods": [{"name": "x", "price": "¥8", "least": 2, "most": 4, "free_from": "¥99"}],
        "shops": [
            {"shop": "Loom", "says": "x", "methods": [{"name": "x", "price": "¥8", "most": 4}]},
            {"shop": "Rival", "says": "x", "methods": [{"name": "x", "price": "¥9"}]},
        ],
        "orders": [{"number": "SG-1", "state": "x", "total": "¥9"}],
        "more": [{"attribute": "x", "value": "1 g"}],
        "facts": [{"attribute": "x", "value": "1 g"}],
    }
    counts = {"count", "left", "judged", "positive", "negative", "mixed", "quantity"}
    lists = {"examples", "options", "relaxed", "reasons", "says", "lines", "others", "offers",
             "same", "needs", "first"}  # fmt: skip
    found: dict[str, object] = {}
    for name in ACTS[act]:
        if name in rows and not (act in ("unknown",) and name == "ways"):
            found[name] = rows[name]
        elif name in counts:
            found[name] = 3
        elif name == "between":
            found[name] = ["M", "L"]
        else:
            found[name] = ["x", "y"] if name in lists or name == "ways" else "x"
    return found


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_reads_well(act: str, language: str) -> None:
    for given in (facts(act, language), {}):
        for seed in "abcdefgh":
            text = joined(write(Plan(act, language, given, seed=seed)), language)
            assert text and not BLANKS.search(text.replace("\n- ", "\n").replace(" ×2", "")), text
            if language == "en":
                assert text[0].isupper() or not text[0].isalpha()
                assert not re.search(r"[\u4e00-\u9fff]", text.replace(NAME["zh-hans"], ""))


def test_every_listed_act_has_a_family_and_the_other_way_round() -> None:
    assert set(FAMILIES) == set(ACTS)


def test_the_seed_decides_and_varies() -> None:
    said = [joined(write(Plan("thanks", "en", seed=f"{n}")), "en") for n in range(30)]
    assert len(set(said)) == 3
    assert said == [joined(write(Plan("thanks", "en", seed=f"{n}")), "en") for n in range(30)]


@pytest.mark.parametrize(
    "given",
    [
        {"product": 5, "price": None},
        {"products": "x", "count": "many", "wish": ["a"]},
        {"aspects": [1, {"name": None}], "judged": -1, "quotes": {"text": "x"}},
        {"methods": [{}], "coupons": [[]], "ways": [{"without": {}}]},
    ],
)
def test_odd_facts_break_nothing(given: dict[str, object]) -> None:
    for act in [*ACTS, "no such act", ""]:
        for language in ("en", "zh-hans", "fr", ""):
            assert list(Realiser().write(Plan(act, language, given)))


def test_an_angry_customer_is_sold_nothing() -> None:
    given = {"trouble": "damaged", "fact": "已记录。", "products": [{"name": "X", "price": "¥1"}]}
    text = joined(write(Plan("apology", "zh-hans", given)), "zh-hans")
    assert "¥" not in text and "X" not in text and "人工" in text


def test_english_nouns() -> None:
    assert plural("box", 2) == "boxes" and plural("pair of shoes", 2) == "pair of shoes"
    assert plural("battery", 2) == "batteries" and plural("scarf", 3) == "scarves"
    assert counted(1, "review") == "1 review" and counted(1204, "review") == "1,204 reviews"
    assert article("hour") == "an hour" and article("LED lamp") == "an LED lamp"
    assert article("USB hub") == "a USB hub" and article("umbrella") == "an umbrella"
    assert article("unisex tee") == "a unisex tee" and article("trousers") == "trousers"


def test_chinese_measures_and_spaces() -> None:
    assert measured(2, "跑鞋") == "两双跑鞋" and measured(1, "雨伞") == "一把雨伞"
    assert measured(3, "冲锋衣") == "3 件冲锋衣"
    assert (
        filled("共{n}款，{price}起", {"n": "23", "price": "¥9"}, chinese=True) == "共 23 款，¥9 起"
    )
    assert filled("选{size}码", {"size": "大"}, chinese=True) == "选大码"


def test_lists() -> None:
    assert listed(["a", "b", "c"], chinese=False) == "a, b and c"
    assert (
        listed(["salt and pepper", "oil", "tea"], chinese=False) == "salt and pepper, oil, and tea"
    )
    assert listed(["棉", "麻"], chinese=True) == "棉和麻" and listed([], chinese=True) == ""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("names", [("Cable – 10-Pack", "Cable – 10-Pack"), ("a" * 50, "b" * 50)])
def test_names_that_are_long_or_alike_are_told_once_in_a_comparison(
    language: str, names: tuple[str, str]
) -> None:
    winner = {"what": "x", "product": names[1], "value": "1 g", "other": "2 g", "place": 1}
    rows = {"differences": [{"name": "y", "values": ["red", ""]}], "winners": [winner]}
    plan = Plan("compare", language, {"products": list(names), **rows})
    told = joined(write(plan), language)
    assert told.count(names[0]) + told.count(names[1]) * (names[0] != names[1]) == 2
    assert ("第二款，1 g" if language == "zh-hans" else "the second, 1 g") in told
