"""What a model sees of a shopper: nothing later, nothing odd, and counts that are true."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.portraits.features import DAY_S, NAMES, Done, features_of
from profiles.portraits.material import cuts, ordered
from profiles.portraits.prices import dear_of
from profiles.simulating.characters import Stage, past_of
from profiles.simulating.phrases import TYPES, WORDINGS, wordings
from profiles.simulating.walking import Thing

STAGE = Stage(
    {kind: [Thing(kind * 10 + n, kind, n / 5) for n in range(6)] for kind in range(1, 6)},
    {kind: (f"种类{kind}", f"kind {kind}") for kind in range(1, 6)},
)
KINDS = st.sampled_from(["view", "click", "search", "save", "cart", "purchase", "share"])
DEEDS = st.lists(
    st.builds(
        Done,
        kind=KINDS,
        at=st.floats(0, 90 * DAY_S),
        product=st.none() | st.integers(1, 9),
        category=st.none() | st.integers(1, 3),
        dear=st.none() | st.floats(0, 1),
        words=st.text(max_size=5),
        vector=st.just(np.array([0.6, 0.8], np.float32)) | st.none(),
    ),
    max_size=20,
)


@settings(max_examples=30, deadline=None)
@given(DEEDS, st.floats(0, 90 * DAY_S))
def test_nothing_later_counts_and_every_number_is_one(deeds: list[Done], at: float) -> None:
    seen = features_of(deeds, at, 2)
    assert seen.numbers.shape == (len(NAMES),) and np.isfinite(seen.numbers).all()
    early = features_of([one for one in deeds if one.at <= at], at, 2)
    assert np.array_equal(seen.numbers, early.numbers) and seen.facts == early.facts
    turned = features_of(list(reversed(deeds)), at, 2)
    assert turned.facts["deeds"] == seen.facts["deeds"] == sum(one.at <= at for one in deeds)


def test_the_facts_are_what_was_done() -> None:
    deeds = [
        Done("search", 0, words="a"),
        Done("view", 10, 1, 1, dear=0.1),
        Done("view", 20, 2, 1, dear=0.9),
        Done("view", 30, 1, 1, dear=0.1),
        Done("cart", 40, 1, 1, dear=0.1),
        Done("cart", 50, 2, 1, dear=0.9),
        Done("purchase", 60, 1, 1, dear=0.1),
    ]
    facts = features_of(deeds, 100, 2).facts
    assert facts == {
        "looked": 3, "kinds": 1, "priced": 6, "cheap": 4, "dear": 2, "back": 1, "visits": 1,
        "bought": 1, "bought_again": 0, "left": 1, "saved": 0, "shared": 0, "searched": 1,
        "deeds": 7,
    }  # fmt: skip


def test_a_price_stands_among_its_kind() -> None:
    known = {(1, "CNY"): [10.0, 20.0, 40.0], (2, "CNY"): [5.0, 5.0, 5.0]}
    assert dear_of(1, {"CNY": 10}, known) == 0
    assert dear_of(1, {"CNY": 30}, known) == 0.75
    assert dear_of(1, {"CNY": 4000}, known) == 1
    assert dear_of(1, {"USD": 3}, known) is None
    assert dear_of(2, {"CNY": 5}, known) is None and dear_of(None, {"CNY": 5}, known) is None


def test_simulated_shoppers_are_the_same_each_time_and_speak_in_words_kept_apart() -> None:
    code, deeds = past_of(STAGE, 3, seed=1, held_out=False)
    assert (code, deeds) == past_of(STAGE, 3, seed=1, held_out=False)
    assert code == TYPES[3] and [one.at for one in deeds] == sorted(one.at for one in deeds)
    said = {
        met.words
        for number in range(60)
        for met in past_of(STAGE, number, seed=1, held_out=True)[1]
        if met.words
    }
    known = {
        text.format(kind=name)
        for type_ in TYPES
        for text in wordings(type_, held_out=False)
        for names in STAGE.names.values()
        for name in names
    }
    assert said and not said & known
    assert all(len(WORDINGS[one]) == 24 for one in TYPES)


def test_the_label_is_what_happens_in_the_week_after() -> None:
    done = [Done("view", n * DAY_S, 1, 1) for n in range(4)] + [Done("purchase", 20 * DAY_S, 1, 1)]
    assert ordered(done, 14 * DAY_S) and not ordered(done, 12 * DAY_S)
    assert not ordered(done, 20 * DAY_S)
    import random

    assert all(3 * DAY_S <= one <= 83 * DAY_S for one in cuts(done, random.Random(1)))
    assert cuts(done[:2], random.Random(1)) == []
