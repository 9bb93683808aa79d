"""What a message is read as in the light of what was shown."""

import pytest

from assistant.rereading import of_goods
from assistant.slots import Seen
from assistant.state import State
from catalog.search.understanding import Slot
from tests.assistant.test_planning import need, reading

TWO = State(visible=(Seen("A"), Seen("B")), seen=("A", "B"))
SIZE = Slot("size", "43", surface="43码", start=0, end=3)
WHITE = Slot("colour", "white", surface="white", start=0, end=5)
SLIP = Slot("feature", "non-slip", surface="防滑", start=0, end=2)


@pytest.mark.parametrize(
    ("intent", "text", "slots", "read_as"),
    [
        ("price", "多少克一包", (), "attribute"),
        ("price", "how much is it", (), "price"),
        ("refine", "43码有吗", (SIZE,), "stock"),
        ("refine", "要43码的", (SIZE,), "refine"),
        ("refine", "do they come in white", (WHITE,), "stock"),
        ("refine", "anything in white?", (WHITE,), "refine"),
        ("refine", "防滑吗", (SLIP,), "suitability"),
        ("refine", "有防滑的吗", (SLIP,), "refine"),
        ("cart_add", "便宜的那个", (), "compare"),
        ("cart_add", "便宜的那个加入购物车", (), "cart_add"),
    ],
)
def test_what_asks_of_the_list_is_of_the_list(
    intent: str, text: str, slots: tuple[Slot, ...], read_as: str
) -> None:
    said = need(*slots)
    assert of_goods(reading(intent, text=text, said=said, need=said), TWO).intent == read_as


def test_nothing_is_asked_of_goods_before_any_were_shown() -> None:
    said = need(SIZE)
    read = reading("search", text="43码有吗", said=said, need=said)
    assert of_goods(read, State()).intent == "search"
