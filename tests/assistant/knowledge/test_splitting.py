"""Passages and sentences: nothing lost, nothing changed, headings and columns kept."""

import random

import pytest

from assistant.knowledge.splitting import LONG, pieces, width

BODY = """We ship within a day, e.g. by S.F. Express. It costs 2.50 extra.

# Care
## Wool
Wash it cold. Dry it flat!

| Size | Chest |
|---|---|
| M | 94 cm |
| L | 100 cm |

- 手洗最好。水温不超过30度
- 不要漂白！
"""


def test_headings_stay_with_their_text() -> None:
    found = pieces(BODY)
    assert [one.heading for one in found] == ["", "Care › Wool"]
    assert [one.said for one in found[0].sentences] == [
        "We ship within a day, e.g. by S.F. Express.",
        "It costs 2.50 extra.",
    ]


def test_a_row_is_said_with_its_columns() -> None:
    said = [one.said for one in pieces(BODY)[1].sentences]
    assert said == [
        "Wash it cold.", "Dry it flat!", "Size M; Chest 94 cm", "Size L; Chest 100 cm",
        "手洗最好。", "水温不超过30度", "不要漂白！",
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_places_hold_for_any_text(seed: int) -> None:
    chance = random.Random(seed)
    body = "".join(chance.choice("ab 中。.!\n#|-1？\t") for _ in range(chance.randrange(3_000)))
    last = 0
    for piece in pieces(body):
        assert last <= piece.start <= piece.end <= len(body)
        last = piece.start
        assert width(piece.text) <= 3 * LONG
        for one in piece.sentences:
            assert 0 <= one.start < one.end <= len(piece.text)
            assert piece.text[one.start : one.end] == one.said


def test_a_long_line_is_cut_and_nothing_of_it_is_lost() -> None:
    found = pieces("字" * 5_000)
    assert "".join(one.text for one in found) == "字" * 5_000


def test_an_empty_body_has_no_passages() -> None:
    assert pieces(" \n\n---\n") == [] or all(one.text for one in pieces(" \n\n---\n"))
