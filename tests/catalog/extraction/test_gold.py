"""The closed schema is read from 300 products nobody tuned on a third of."""

import pytest

from catalog.extraction import ATTRIBUTES, NAMED, propose
from catalog.lexicon import lexicon
from catalog.lexicon.sizes import size_spans
from tests.catalog.extraction.gold import labels, measure, products

NUMBERED = ("eu-", "us-", "uk-", "size-", "height-")


def test_the_gold_set_is_whole() -> None:
    rows = products()
    assert len({row["id"] for row in rows}) == 300
    assert len(products("test")) == 100
    assert sum(row["language"] == "en" for row in rows) > 140
    assert sum(row["language"] == "zh-hans" for row in rows) > 140
    assert len({row["title"] for row in rows}) == 300


def test_every_label_is_in_the_closed_schema() -> None:
    for row in products():
        assert row["attributes"]
        for attribute, value, _unit in labels(row):
            assert attribute in ATTRIBUTES
            if attribute in NAMED and not value.startswith(
                ("eu-", "us-", "uk-", "size-", "height-")
            ):
                assert lexicon().value(attribute, value), (row["id"], attribute, value)


@pytest.mark.parametrize(("split", "least"), [("test", 0.92), (None, 0.94)])
def test_micro_f1(split: str | None, least: float, capsys: pytest.CaptureFixture[str]) -> None:
    """The promise is 0.85; the bar stands where it is so that a slip shows."""
    score = measure(products(split))
    with capsys.disabled():
        print(f"\n{split or 'all'}\n{score.report()}")
    assert score.f1() >= least
    assert least >= 0.85


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_languages_are_equal_first(language: str) -> None:
    rows = [row for row in products("test") if row["language"] == language]
    assert measure(rows).f1() >= 0.90


def test_every_proposal_carries_its_words() -> None:
    for row in products():
        seen = set()
        for proposal in propose(row["title"], row["description"], row["language"], row["category"]):
            text = row[proposal.field]
            assert text[proposal.start : proposal.end] == proposal.evidence
            assert proposal.evidence.strip()
            assert 0 < proposal.confidence <= 1
            assert proposal.attribute in ATTRIBUTES
            assert proposal.model_version
            assert proposal.key not in seen
            seen.add(proposal.key)


def test_confidence_means_something() -> None:
    """Surer proposals are right more often."""
    sure, unsure = [], []
    for row in products():
        stated = labels(row)
        for proposal in propose(row["title"], row["description"], row["language"], row["category"]):
            (sure if proposal.confidence >= 0.9 else unsure).append(proposal.key in stated)
    assert sum(sure) / len(sure) >= sum(unsure) / len(unsure)


def test_numbered_sizes_are_those_the_lexicon_reads() -> None:
    assert [code for _, _, code in size_spans("us 8 / eu 42, 110码")] == [
        "us-8",
        "eu-42",
        "height-110",
    ]
