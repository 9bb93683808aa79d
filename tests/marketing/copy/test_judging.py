"""Agreement by hand, what counts as weak, and how a text is marked and compared."""

from types import SimpleNamespace
from typing import Any

import pytest

from marketing.copy.agreement import cohen, fleiss, share
from marketing.copy.presenting.marking import Piece, dense, difference, marked
from marketing.copy.weighing import Ground, Seen, body_reasons, title_reasons, upper


def ground(**known: Any) -> Ground:
    """Return a shop of which nothing is known but what is said."""
    plain: dict[str, Any] = {
        "locales": ("en",), "seen": {}, "rate": 0.0, "asked": {}, "stated": {},
        "doubles": frozenset(), "complaints": {},
    }  # fmt: skip
    return Ground(**(plain | known))


def text(title: str = "A plain mug", body: str = "", locale: str = "en") -> Any:
    return SimpleNamespace(title=title, description=body, locale=locale)


def test_cohens_example_by_hand() -> None:
    # 25 texts: both yes 10, both no 8, only the first 4, only the second 3.
    pairs = [(1, 1)] * 10 + [(0, 0)] * 8 + [(1, 0)] * 4 + [(0, 1)] * 3
    seen, chance = 18 / 25, (14 * 13 + 11 * 12) / 625
    assert cohen(pairs) == pytest.approx((seen - chance) / (1 - chance))
    assert cohen([(1, 1), (0, 0)]) == 1.0
    assert cohen([]) is None and cohen([(1, 1)] * 4) is None


def test_fleiss_example_by_hand() -> None:
    # Three people, four texts; pairs that agree: 3, 1, 1 and 3 of 3 each.
    rows = [[1, 1, 1], [1, 1, 0], [0, 0, 1], [0, 0, 0]]
    assert share(rows) == pytest.approx(8 / 12)
    assert fleiss(rows) == pytest.approx((8 / 12 - 0.5) / 0.5)
    assert fleiss([[1], [0]]) is None and share([[1]]) is None
    assert fleiss([*rows, [1]]) == fleiss(rows), "one opinion agrees with nobody"


def test_poor_clicks_are_poor_for_sure() -> None:
    # Wilson's upper end of 2 in 200 is 3.57 %.
    assert upper(Seen(200, 2)) == pytest.approx(0.0357, abs=0.0002)
    usual = ground(rate=0.10)
    assert [one.code for one in title_reasons(text(), Seen(200, 2), usual)] == ["unseen"]
    for seen in (Seen(40, 0), Seen(200, 8), Seen(60, 1)):
        assert list(title_reasons(text(), seen, usual)) == [], seen


@pytest.mark.parametrize(("body", "codes"), [
    ("", ["empty"]),
    ("<p>Soft.</p>", ["thin"]),
    ("It is " + "very " * 60 + "soft.", ["sentences"]),
    ("A mug of stoneware. It holds 300 ml. " * 6, []),
])  # fmt: skip
def test_what_makes_a_description_weak(body: str, codes: list[str]) -> None:
    product: Any = SimpleNamespace(pk=1, category_id=7, attributes={"colour": ["red"]})
    assert [one.code for one in body_reasons(product, text(body=body), ground())] == codes
    asked = ground(asked={"material": (12, "cotton mug"), "colour": (40, "red mug")},
                   stated={7: frozenset({"material", "colour"})},
                   complaints={1: [("fit", 4, 9)]})  # fmt: skip
    found = list(body_reasons(product, text(body=body), asked))[len(codes) :]
    assert [one.code for one in found] == ["asked", "complained"]
    assert found[0].evidence == {"attribute": "material", "searches": 12, "words": "cotton mug"}


def test_marks_stand_where_the_words_are_and_the_gravest_wins() -> None:
    words = "全网最好的棉卫衣"
    notes: list[dict[str, Any]] = [
        {"text": "最好的", "mark": "unfounded", "note": "?", "part": "title", "start": 2},
        {"text": "全网最", "mark": "blocked", "note": "广告法", "part": "title", "start": 0},
        {"text": "棉", "mark": "fact", "note": "棉", "start": 99},
        {"text": "卫衣", "mark": "warned", "note": "", "part": "other"},
        {"text": "", "mark": "warned", "note": ""},
    ]
    assert marked("title", words, notes) == [
        Piece("全网最", "blocked", "广告法"), Piece("好的"), Piece("棉", "fact", "棉"),
        Piece("卫衣"),
    ]  # fmt: skip
    assert marked("title", "", notes) == []


def test_an_excerpt_has_no_empty_lines() -> None:
    pieces = [Piece("Warm.\n\nSoft "), Piece("cotton", "fact"), Piece("\n \n\n"), Piece("Red\nhat")]
    assert [one.text for one in dense(pieces)] == ["Warm.\nSoft ", "cotton", "\n", "Red\nhat"]
    assert dense(pieces)[1] == pieces[1]


def test_difference_by_words_and_characters() -> None:
    left, right = difference("A red cotton hoodie", "A blue cotton hoodie")
    assert [one.text for one in left if one.kind] == ["red"]
    assert [one.text for one in right if one.kind] == ["blue"]
    left, right = difference("红色棉卫衣", "蓝色棉卫衣")
    assert [one for one in left if one.kind] == [Piece("红", "gone")]
    assert "".join(one.text for one in right) == "蓝色棉卫衣"
    assert difference("", "new") == ([], [Piece("new", "new")])
