"""What copy may not say: the rules against labelled sentences, and the tricks to get round them."""

from functools import cache
from pathlib import Path

import pytest

from marketing.copy.wording import RULES, breaches, rule
from marketing.copy.wording.learning import SENTENCES

LABELLED = SENTENCES
LAST = Path(__file__).parent / "sentences_last.txt"


@cache
def labelled() -> tuple[tuple[str, str, bool], ...]:
    """Return every labelled sentence: rule or "-", text, whether it was held back."""
    rows, held = [], False
    for line in LABELLED.read_text("utf-8").splitlines():
        held = held or line.startswith("===")
        if line and line[0] not in "#=":
            code, text = line.split("\t")
            rows.append((code, text, held))
    return tuple(rows)


def missed(*, held: bool | None = None) -> list[tuple[str, str]]:
    """Return unlawful sentences in which their rule finds nothing."""
    return [
        (code, text)
        for code, text, kept in labelled()
        if code != "-" and held in (None, kept) and not _found(code, text)
    ]


def alarms(*, held: bool | None = None) -> list[tuple[str, list[str]]]:
    """Return lawful sentences that are flagged, with what was found."""
    found = [(text, [one.text for one in breaches(text)]) for code, text, kept in labelled()
             if code == "-" and held in (None, kept)]  # fmt: skip
    return [one for one in found if one[1]]


def _found(code: str, text: str) -> bool:
    return any(one.rule.code == code for one in breaches(text))


def test_there_are_enough_of_both_kinds_in_both_languages() -> None:
    """400 and more, each rule in both languages, lawful ones as well."""
    rows = labelled()
    assert len(rows) >= 400
    assert len([one for one in rows if one[2]]) >= 100
    for chinese in (True, False):
        mine = [one for one in rows if any("\u4e00" <= c <= "\u9fff" for c in one[1]) is chinese]
        assert set(RULES) | {"-"} == {code for code, _, _ in mine}
    assert len({text for _, text, _ in rows}) == len(rows)


def test_unlawful_wording_is_found() -> None:
    """At least 99 of 100, each by the rule that it breaks."""
    unlawful = [one for one in labelled() if one[0] != "-"]
    assert len(missed()) <= len(unlawful) * 0.01, missed()


def test_lawful_uses_of_the_same_words_are_left_alone() -> None:
    """At most two false alarms in a hundred."""
    lawful = [one for one in labelled() if one[0] == "-"]
    assert len(alarms()) <= len(lawful) * 0.02, alarms()


def test_sentences_that_mended_nothing_are_found_as_they_were_once() -> None:
    """What the rules do on words that nobody mended them by; see docs/copy.md."""
    rows = [line.split("\t") for line in LAST.read_text("utf-8").splitlines() if "\t" in line]
    unlawful = [text for code, text in rows if code != "-"]
    lawful = [text for code, text in rows if code == "-"]
    assert len(unlawful) > 70 and len(lawful) > 70
    assert sum(not breaches(text) for text in unlawful) <= 3
    assert sum(bool(breaches(text)) for text in lawful) <= 1


@pytest.mark.parametrize(
    "text",
    ["最 佳 背包", "最\u200b佳背包", "國家級背包", "第·一品牌", "１００％有效",
     "蕞佳背包", "zui佳背包", "第🥇的选择",
     "唯①能用十年的背包", "最💕佳背包", "t0p 1",
     "ＴＨＥ　BEST bag in the world", "the b e s t bag in the world",
     "the b\u200best bag in the world"],
)  # fmt: skip
def test_disguises_do_not_help(text: str) -> None:
    """Marks, sounds, medals, wide letters and traditional characters are seen through."""
    assert breaches(text)


def test_a_finding_is_the_words_as_they_stand() -> None:
    """Places are those of the text as it was written."""
    text = "这条围巾是国 家 级的，也是 The best scarf in the world。"
    for one in breaches(text):
        assert text[one.start : one.end] == one.text
    assert next(one.text for one in breaches(text)) == "国 家 级"


@pytest.mark.parametrize("code", RULES)
def test_every_rule_names_its_law_and_a_way_out(code: str) -> None:
    """In both languages, and it finds something in both."""
    one = rule(code)
    assert one.chinese and one.english
    for locale in ("zh-hans", "en"):
        assert one.told("law", locale) and one.told("remedy", locale)
        assert not breaches(one.told("law", locale)) or code  # a law may name what it bans


def test_an_unknown_rule_is_refused() -> None:
    """Nobody asks for a rule that is not there by accident."""
    with pytest.raises(KeyError):
        rule("nonsense")


def test_hostile_text_is_read_in_a_moment() -> None:
    """Long runs of a rule's own beginnings do not blow up."""
    for piece in (
        "最",
        "第一",
        "the most ",
        "not ",
        "better than ",
        "100%",
        "a" * 50,
        "（",
        "国家",
    ):
        breaches(piece * (20_000 // len(piece)))


def test_lines_of_a_list_are_not_read_as_one_word() -> None:
    """A colour at the end of a point and a material at the start of the next claim nothing."""
    assert not breaches("颜色有橙色、军绿色\n环保袋一只")
    assert not breaches("颜色：官方标配\n使用方式：水洗")
    assert breaches("绿色 环保")
