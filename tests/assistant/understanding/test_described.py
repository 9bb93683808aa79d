"""Things that are meant by what is told of them."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.slots import Seen
from assistant.state import State
from assistant.understanding.called.described import described_in, description_in, measured_in

CUP, STRAW, GLASS = (
    Seen("cup", "316不锈钢保温杯"),
    Seen("straw", "儿童吸管保温杯"),
    Seen("glass", "茶水分离玻璃杯"),
)
SHOWN = State().shown([CUP, GLASS])


class Page:
    """Knows of each thing which words are told of it, what is of its kind, and what it weighs."""

    def __init__(
        self, words: Mapping[str, str], others: Sequence[Seen] = (), first: str = ""
    ) -> None:
        self.words, self.others, self.heaviest = words, others, first

    def __call__(self, words: Sequence[str], like: Sequence[str]) -> Sequence[Seen]:
        return ()

    def told(self, content: frozenset[str], skus: Sequence[str]) -> dict[str, float]:
        return {
            sku: sum(one in self.words.get(sku, "") for one in content) / len(content)
            for sku in skus
        }

    def beside(self, skus: Sequence[str]) -> Sequence[Seen]:
        return self.others

    def first(self, words: str, skus: Sequence[str]) -> str:
        return self.heaviest


@pytest.mark.parametrize(
    ("text", "word", "without"),
    [
        ("带吸管的那个适合几岁", "吸管", False),
        ("不带珍珠的那个掉色吗", "珍珠", True),
        ("the one with the lid, is it glass?", "lid", False),
        ("I'd take the pair without pearls", "pearl", True),
    ],
)
def test_a_description_is_read(text: str, word: str, *, without: bool) -> None:
    found = description_in(text)
    assert found is not None
    assert (found.content, found.without) == ({word}, without)


@pytest.mark.parametrize("text", ["便宜的那个多少钱", "刚才看的那个", "第二个呢", "is it warm?"])
def test_prices_places_and_talk_describe_nothing(text: str) -> None:
    assert description_in(text) is None


def test_what_was_shown_is_meant_before_others_of_its_kind() -> None:
    page = Page({"glass": "玻璃 茶水分离", "straw": "玻璃"}, [STRAW])
    found = described_in("玻璃的那个会碎吗", SHOWN, page)
    assert found is not None
    assert found.skus == ("glass",)


def test_another_of_the_kind_is_meant_where_nothing_shown_is_so() -> None:
    found = described_in("带吸管的那个适合几岁", SHOWN, Page({"straw": "吸管"}, [STRAW]))
    assert found is not None
    assert (found.skus, found.found) == (("straw",), (STRAW,))


def test_what_is_without_is_meant_only_where_another_has_it() -> None:
    found = described_in("不带滤网的那个呢", SHOWN, Page({"glass": "滤网"}))
    assert found is not None
    assert found.skus == ("cup",)
    assert described_in("不带滤网的那个呢", SHOWN, Page({})) is None


def test_the_heavier_of_two_is_who_weighs_more() -> None:
    assert measured_in("重的那个多少钱", SHOWN, Page({}, first="glass")) == ("glass",)
    assert measured_in("多少钱", SHOWN, Page({}, first="glass")) == ()


def test_both_that_were_compared_are_meant_where_no_number_decides() -> None:
    compared = SHOWN.comparing(["cup", "glass"])
    assert measured_in("the heavier one, please", compared, Page({})) == ("cup", "glass")
