"""What a search shows, and what it declines to show."""

from dataclasses import replace

import pytest

from catalog.search.fitting import FAR, NEAR_ENOUGH, fitting
from catalog.search.signs import Candidate, Query, Unit

PLAIN = Candidate(1, 1, 0.5, words=0.2, coverage=0.2, cosine=0.8, named=False)
NAME = Query(units=(Unit("garmin"),))
KIND = Query(units=(Unit("猫粮", ("猫", "粮"), ("'cat' & 'food'",)),), kind_words=("('猫粮':A)",))


def shown(query: Query, **signs: object) -> bool:
    return bool(fitting([replace(PLAIN, **signs)], query))  # type: ignore[arg-type]


def test_nothing_is_found_in_nothing() -> None:
    assert fitting([], NAME) == []


def test_an_exact_name_is_always_shown() -> None:
    assert shown(KIND, named=True, cosine=0.1)


def test_words_or_nearness_show_what_was_described() -> None:
    known = Query(units=(Unit("warm", synonyms=("'保暖'",)),))
    assert shown(known, coverage=0.6) and shown(known, cosine=NEAR_ENOUGH)
    assert not shown(known)


def test_an_unknown_name_said_in_passing_is_not_the_thing() -> None:
    assert not shown(NAME, coverage=1.0, words=0.2, cosine=FAR - 0.01)
    assert shown(NAME, coverage=1.0, words=1.0, cosine=FAR - 0.01)
    assert shown(NAME, coverage=1.0, words=0.2, cosine=FAR + 0.01)


def test_a_kind_that_nobody_sells_is_declined_though_neighbours_are_near() -> None:
    assert not shown(KIND, cosine=0.95, coverage=0.2)
    assert not shown(KIND, cosine=NEAR_ENOUGH, coverage=1.0)  # of other words, never the kind's
    assert not shown(KIND, cosine=NEAR_ENOUGH - 0.01, coverage=1.0, words=0.5, mentions=True)
    assert shown(KIND, of_kind=True)
    assert shown(KIND, cosine=NEAR_ENOUGH, coverage=1.0, mentions=True)
    assert shown(KIND, cosine=FAR, coverage=1.0, words=0.6, mentions=True)


def test_where_the_shop_has_a_place_for_the_kind_only_what_is_of_it_shows_it() -> None:
    placed = replace(KIND, kinds=(7,))
    assert not shown(placed, cosine=0.95, coverage=1.0, words=0.9, mentions=True)
    assert shown(placed, of_kind=True)
    assert shown(replace(placed, wider=True), cosine=0.95, coverage=1.0, mentions=True)


@pytest.mark.parametrize(("cosine", "kept"), [(NEAR_ENOUGH, 2), (NEAR_ENOUGH - 0.01, 1)])
def test_what_only_its_title_makes_one_of_a_kind_with_a_place_must_be_near(
    cosine: float, kept: int
) -> None:
    """Bags, and coffee in bags; where nothing stands in the place, titles speak for the kind."""
    query = replace(KIND, kinds=(7,))
    titled = replace(PLAIN, product=2, of_kind=True, cosine=cosine)
    assert len(fitting([replace(PLAIN, of_kind=True, placed=True), titled], query)) == kept
    assert len(fitting([replace(PLAIN, of_kind=True), titled], query)) == 2


def test_without_a_vector_parts_of_words_suffice() -> None:
    assert shown(KIND, cosine=None, words=0.3)
    assert not shown(KIND, cosine=None, words=0.1)


@pytest.mark.parametrize(("cosine", "kept"), [(NEAR_ENOUGH, 3), (NEAR_ENOUGH - 0.01, 2)])
def test_where_only_words_speak_for_the_kind_others_must_be_near(cosine: float, kept: int) -> None:
    pool = [replace(PLAIN, of_kind=True), replace(PLAIN, product=2, cosine=cosine)]
    pool.append(replace(PLAIN, product=3, mentions=True))
    assert len(fitting(pool, KIND)) == kept


def test_the_tail_that_falls_far_behind_is_cut() -> None:
    pool = [replace(PLAIN, coverage=1.0, cosine=0.9), replace(PLAIN, product=2, score=0.1)]
    assert [one.product for one in fitting(pool, NAME)] == [1]
