"""Whatever is typed: no exception, bounded work, places inside the query, exact restoring."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.search.understanding import Need, Vocabulary, understand
from catalog.search.understanding.amounts import read_amounts
from catalog.search.understanding.correcting import warm_up
from catalog.search.understanding.pieces import MOST_CHARACTERS, cleaned
from catalog.search.understanding.sizing import read_sizes
from catalog.search.understanding.wishes import read_wishes
from tests.catalog.search.understanding import gold

WORDS = gold.vocabulary()
FRAGMENTS = sorted({word for row in gold.rows() for word in row["query"].split()})
ODD = st.text(max_size=60)
TRICKY = [
    "不要",
    "no",
    "$",
    "¥",
    "-",
    "到",
    "under",
    "以内",
    "１２３",
    "1e9",
    "\u202e",
    "\x00",
    "🦄",
]
MIXED = st.lists(st.sampled_from([*FRAGMENTS, *TRICKY]), max_size=14)
LIKELY = st.builds(lambda joint, words: joint.join(words), st.sampled_from(["", " ", "，"]), MIXED)


def check(query: str) -> None:
    """Understand a query twice over and look at everything that was promised."""
    need = understand(query, vocabulary=WORDS, locale="en", currency="USD")
    assert len(need.query) <= MOST_CHARACTERS
    for slot in need.slots:
        assert 0 <= slot.start <= slot.end <= len(need.query)
        assert slot.surface == need.query[slot.start : slot.end]
        assert slot.label("en") and slot.label("zh-hans")
        if slot.minimum is not None and slot.maximum is not None:
            assert slot.minimum <= slot.maximum
    assert len(need.of("price")) <= 1
    assert Need.from_params(need.to_params()) == need
    assert need.as_json()["text"] == need.text
    for index in range(len(need.slots)):
        assert len(need.without(index).slots) == len(need.slots) - 1


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_any_text_is_understood_without_an_error(query: str) -> None:
    check(query)


@settings(max_examples=250, deadline=None)
@given(LIKELY)
def test_any_mix_of_real_words_is_understood_without_an_error(query: str) -> None:
    check(query)


HOSTILE = {
    "digits": "1" * 50_000,
    "commas": "1," * 25_000,
    "thousands": "1,234," * 8_000,
    "ranges": "1-" * 25_000,
    "spaces": " " * 50_000,
    "unders": "under " * 8_000,
    "not to": "not to " * 7_000,
    "don't": "don't want " * 5_000,
    "han numbers": "一百" * 25_000,
    "han digits": "一" * 50_000,
    "negations": "不要" * 25_000,
    "nested": "不要红色的" * 10_000,
    "currency": "$" * 50_000,
    "hyphens": "a-" * 25_000,
    "letters": "a" * 50_000,
    "pinyin": "lanya" * 10_000,
    "syllables": "a " * 25_000,
    "twenty": "twenty " * 7_000,
    "and": "twenty and " * 5_000,
    "sizes": "s/m/l/" * 8_000,
    "combining": "e\u0301" * 25_000,
    "emoji": "👩‍👩‍👧" * 10_000,
    "right to left": "\u202eshoes " * 7_000,
    "null": "\x00" * 50_000,
    "surrogates": "\ud83d" * 50_000,
    "的": "的" * 50_000,
    "prices": "100元以内" * 9_000,
    "typos": "hedphons " * 5_500,
}


@pytest.fixture(scope="module")
def warm() -> Vocabulary:
    warm_up(WORDS)
    understand("红色连衣裙 dress", vocabulary=WORDS, locale="en", currency="USD")
    return WORDS


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_no_more_than_a_long_sentence(warm: Vocabulary, name: str) -> None:
    started = time.process_time()
    understand(HOSTILE[name], vocabulary=warm, locale="en", currency="USD")
    assert time.process_time() - started < 0.25  # 100 ms is measured in bench; leave CI its noise


@pytest.mark.parametrize("name", HOSTILE)
def test_the_patterns_themselves_are_linear(name: str) -> None:
    """Read a tenth and the whole of 20,000 characters: the cost grows about ten times, not 100."""
    text = HOSTILE[name][:20_000].replace("\ud83d", "x").lower()
    spent = []
    for part in (text[:2_000], text):
        started = time.process_time()
        read_amounts(part, currency="USD")
        read_wishes(part)
        read_sizes(part, frozenset())
        spent.append(time.process_time() - started)
    assert spent[1] < max(0.5, 40 * spent[0])


def test_a_long_query_is_read_to_its_four_hundredth_character() -> None:
    query = "red scarf " + "x" * 9_000
    need = understand(query, vocabulary=WORDS, locale="en", currency="USD")
    assert len(need.query) == MOST_CHARACTERS
    assert [slot.value for slot in need.of("colour")] == ["red"]


def test_unreadable_characters_are_spaces() -> None:
    assert cleaned("red\x00scarf\ud800") == "red scarf"


@pytest.mark.parametrize(
    "query", ["", " ", "?", "。", "$", "under", "不要", "-", "100", "的", "\u200b"]
)
def test_nothing_is_understood_of_nothing(query: str) -> None:
    need = understand(query, vocabulary=WORDS, locale="en", currency="USD")
    assert need.slots == ()
    assert need.sort == "relevance"
