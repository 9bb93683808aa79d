"""Findings kept in one language are read in another."""

import pytest
from django.utils import translation

from marketing.copy.saying import NO_ANSWER, fact_said, rule_said
from marketing.copy.wording import RULES


@pytest.mark.parametrize(
    ("fact", "source", "chinese", "english"),
    [
        ("soft, lightweight", "catalog.product:7#feature", "柔软、轻便", "Soft, Lightweight"),
        ("our-own", "catalog.product:7#material", "Our own", "Our own"),
        ("宽度 18 mm", "catalog.product:7#width_mm", "宽度 18 mm", "Width 18 mm"),
        ("面料克重 350 gsm", "catalog.product:7#fabric_gsm", "面料克重 350 g/m²",
         "Fabric weight 350 g/m²"),
        ("含棉量 80 %", "catalog.product:7#cotton_pct", "棉 80%", "Cotton 80%"),
        ("battery_h 1.5 h", "catalog.product:7#battery_h", "续航 1.5 小时", "Battery life 1.5 h"),
        ("hand_cm 17/20 cm", "catalog.product:7#hand_cm", "手长 17 – 20 cm",
         "Hand length 17 – 20 cm"),
        ("小尺寸 18 mm", "catalog.product:7#own_size", "小尺寸 18 mm", "小尺寸 18 mm"),
        ("5 for, 2 against, 1 neither", "catalog.product:7#reviews",
         "5 条满意，2 条不满意，1 条居中", "5 content, 2 not, 1 neither"),
        ("USD 1250.00", "catalog.price:9", "US$1,250.00", "$1,250.00"),
        ("4.20 of 5, 5 reviews", "catalog.product:7#reviews", "4.20 星（满分 5 星），5 条评价",
         "4.20 of 5 stars, 5 reviews"),
        ("no rank is known", "", "排名无从查证。", "No rank is known."),
        ("", "catalog.product:7#feature", "", ""),
    ],
)  # fmt: skip
def test_facts_are_told_in_the_readers_words(
    fact: str, source: str, chinese: str, english: str
) -> None:
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said[language] = fact_said({"fact": fact, "source": source}).casefold()
    assert said == {"zh-hans": chinese.casefold(), "en": english.casefold()}


def test_every_reason_without_an_answer_is_translated() -> None:
    with translation.override("zh-hans"):
        assert [one for one in NO_ANSWER if fact_said({"fact": one}).isascii()] == []


@pytest.mark.parametrize("code", [*RULES, "voice", "empty", "shouting"])
def test_rules_are_told_anew(code: str) -> None:
    kept = {"code": code, "rule": "as it was kept", "remedy": "as it was kept"}
    with translation.override("zh-hans"):
        assert not any(said.isascii() for said in rule_said(kept))
    with translation.override("en"):
        said = " ".join(rule_said(kept))
    assert "as it was kept" not in said and not any("\u3400" <= c <= "\u9fff" for c in said)


def test_a_rule_with_numbers_stays_as_it_was_said() -> None:
    kept = {"code": "length", "rule": "Longer than its place: 9 of 8.", "remedy": "Leave out."}
    assert rule_said(kept) == ("Longer than its place: 9 of 8.", "Leave out.")
    assert rule_said({}) == ("", "")
