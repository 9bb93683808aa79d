"""Real phrases that people typed elsewhere: nothing is corrected or priced that should not be.

Runs where the shared data lies beside the checkout.
"""

import gzip
import json
from collections.abc import Iterator

import pytest

from catalog.search.understanding import Need
from tests.catalog.search.understanding.conftest import Read
from tests.conftest import SHARED_DATA

ENGLISH = SHARED_DATA / "bestbuy_typesense" / "query_suggestions.json.gz"
CHINESE = SHARED_DATA / "multicpr_ecom_mini_zh" / "queries.dev80.tsv"


@pytest.fixture(scope="module")
def english(read: Read) -> Iterator[list[Need]]:
    """Understand every third phrase."""
    if not ENGLISH.exists():
        pytest.skip(f"no real queries at {ENGLISH}")
    with gzip.open(ENGLISH) as file:
        phrases = sorted(row["query"] for row in json.load(file))
    yield [read(phrase) for phrase in phrases[::3]]


@pytest.fixture(scope="module")
def chinese(read: Read) -> Iterator[list[Need]]:
    if not CHINESE.exists():
        pytest.skip(f"no real queries at {CHINESE}")
    yield [read(line.split("\t")[1]) for line in CHINESE.read_text("utf-8").splitlines()]


def test_right_words_are_hardly_ever_corrected(english: list[Need], chinese: list[Need]) -> None:
    for needs in (english, chinese):
        corrected = [(one.said, one.read) for need in needs for one in need.corrections]
        assert len(corrected) <= 0.01 * len(needs), corrected


def test_no_price_and_no_denial_is_seen_where_there_is_none(
    english: list[Need], chinese: list[Need]
) -> None:
    needs = [*english, *chinese]
    seen = [need.query for need in needs if need.price or any(s.negated for s in need.slots)]
    assert len(seen) <= 0.005 * len(needs), seen


def test_every_query_keeps_words_to_rank_by(english: list[Need], chinese: list[Need]) -> None:
    empty = [need.query for need in (*english, *chinese) if not need.text]
    assert len(empty) <= 0.02 * len(english), empty
