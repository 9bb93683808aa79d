"""The reader: scores as SQuAD has them, spans that lie within, figures of held-out groups."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.knowledge.answering import around
from assistant.knowledge.squad import Asked, f1, read_squad, scores
from assistant.knowledge.training import own_material, parted
from shopguide.inference.spans import Example, Window, best_span

TEXT = "Wash it cold. Dry it flat, not on a hanger. Never bleach."


def test_a_file_is_read_and_what_is_not_whole_is_left_out(tmp_path: Path) -> None:
    qas = [
        {"question": "How?", "answers": [{"text": "cold", "answer_start": 8}]},
        {"question": "Moved?", "answers": [{"text": "flat", "answer_start": 3}]},
        {"question": "No?", "is_impossible": True, "answers": []},
        {"question": "Lost?", "answers": [{"text": "absent", "answer_start": 0}]},
        {"question": 5, "answers": []},
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": TEXT, "qas": qas}, 3]}]}))
    asked, left_out = read_squad(path)
    assert [one.answers for one in asked] == [((8, "cold"),), ((21, "flat"),), ()]
    assert left_out == 2


@pytest.mark.parametrize("content", ["[]", "{}", "nothing", '{"data": [{"paragraphs": 1}]}'])
def test_what_is_not_squad_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"x\.json"):
        read_squad(path)


def test_scores_are_those_of_squad() -> None:
    asked = [
        Asked("a", TEXT, ((0, "the cold wash"),)), Asked("b", TEXT, ()),
        Asked("c", TEXT, ((0, "冷水洗"),)), Asked("d", TEXT, ()),
    ]  # fmt: skip
    found = scores(asked, ["Cold wash!", "", "冷水手洗", "made up"])
    assert found["exact"] == 0.5
    assert found["f1"] == round((1 + 1 + 6 / 7 + 0) / 4, 4)
    assert found["no_answer_f1"] == round(2 * 1 / (1 + 2), 4)
    assert f1("", "") == 1.0 and f1("x", "") == 0.0


@settings(max_examples=40, deadline=None)
@given(some.integers(1, 30), some.integers(0, 10_000))
def test_a_span_never_ends_before_it_begins(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    places = [(place, place + 1) for place in range(count)]
    window = Window(0, [0] * (count + 5), 4, places)
    starts, ends = (chance.normal(size=count + 5).astype(np.float32) for _ in range(2))
    span = best_span(starts, ends, window)
    assert 0 <= span.start < span.end <= count
    told = [starts[4 + i] + ends[4 + j] for i in range(count) for j in range(i, min(count, i + 80))]
    assert span.margin == pytest.approx(max(told) - starts[0] - ends[0], abs=1e-4)


def test_gold_tokens_hold_the_answer_and_stand_for_none_where_it_is_cut() -> None:
    window = Window(0, list(range(9)), 2, [(0, 4), (5, 7), (8, 12), (12, 13)])
    assert window.gold(Example("q", TEXT, 5, 12)) == (3, 4)
    assert window.gold(Example("q", TEXT, 8, 20)) == (0, 0)
    assert window.gold(Example("q", TEXT)) == (0, 0)


def test_a_stretch_becomes_whole_sentences_of_the_text() -> None:
    start, end = around(TEXT, 22, 25)
    assert TEXT[start:end] == "Dry it flat, not on a hanger."
    chance = random.Random(1)
    for _time in range(50):
        first, last = chance.randrange(-5, 80), chance.randrange(-5, 80)
        start, end = around(TEXT, first, last)
        assert 0 <= start <= end <= len(TEXT)


def test_our_own_material_has_answers_where_they_say_and_is_parted_by_author() -> None:
    asked = own_material()
    for one in asked:
        for start, said in one.answers:
            assert one.text[start : start + len(said)] == said
    assert sum(bool(one.answers) for one in asked) >= 180
    seen, held = parted(asked, 1)
    assert not {one.group for one in seen} & {one.group for one in held}
    assert len(held) >= 0.15 * len(asked)
