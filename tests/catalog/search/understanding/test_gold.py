"""The gold queries: slot-F1 over all facts, and over prices, units and negations alone.

The bars are the goals; the development split, on which the grammar was tuned, has a higher one so
that a step back is seen. Figures of the last run are in `docs` and in the commit that set them.
"""

import pytest

from tests.catalog.search.understanding import gold


def test_there_are_four_hundred_queries_half_of_them_chinese_a_third_for_testing() -> None:
    rows = gold.rows()
    chinese = [row for row in rows if row["locale"] == "zh-hans"]
    testing = [row for row in rows if row["split"] == "test"]
    assert len(rows) >= 400
    assert 200 <= len(chinese) <= len(rows) - 200
    assert len(testing) >= 130
    assert len({row["query"] for row in rows}) == len(rows)


def test_labels_name_kinds_and_codes_that_exist() -> None:
    dimensions = gold.vocabulary().shared.lexicon.dimensions
    free = {"price", "measure", "rating", "brand", "size", "word"}
    for row in gold.rows():
        for slot in row["slots"]:
            known = slot["kind"] in free or slot["value"] in dimensions[slot["kind"]].values
            assert known, (row["id"], slot)


@pytest.mark.parametrize(("split", "bar"), [("dev", 0.97), ("test", 0.94)])
def test_slots_are_understood(split: str, bar: float) -> None:
    report = gold.report(split)
    assert report.overall.f1 >= bar, "\n".join(report.wrong)


@pytest.mark.parametrize("split", ["dev", "test"])
@pytest.mark.parametrize("part", ["price", "unit", "negation"])
def test_prices_units_and_negations_are_understood(split: str, part: str) -> None:
    report = gold.report(split)
    assert getattr(report, part).f1 >= 0.95, "\n".join(report.wrong)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("split", ["dev", "test"])
def test_both_languages_are_understood_alike(split: str, language: str) -> None:
    report = gold.report(split, language)
    assert report.overall.f1 >= 0.93, "\n".join(report.wrong)


def test_a_wrong_answer_lowers_the_score() -> None:
    score = gold.Score()
    score.add({("colour", "red", False), ("sort", "rating")}, {("colour", "red", True)})
    assert (score.right, score.invented, score.missed) == (0, 1, 2)
    assert score.f1 == 0.0
