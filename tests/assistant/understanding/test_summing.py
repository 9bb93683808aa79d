"""Which things are meant by a sum."""

from decimal import Decimal

import pytest

from assistant.slots import Seen
from assistant.state import State
from assistant.understanding.following import same_kind
from assistant.understanding.summing import parts_unknown, summed
from catalog.search.understanding import Need, Slot

PAN = Seen("P", "Cast-Iron Frying Pan", Decimal(30))
KNIFE = Seen("K", "Bread Knife", Decimal(20))
NAMED = Need("", "en", "en", (
    Slot("category", "1", surface="pan"), Slot("category", "2", surface="knife"),
))  # fmt: skip
NOTHING = Need("", "en", "en")


def test_each_kind_that_is_named_is_the_one_talked_of_last() -> None:
    state = State(visible=(KNIFE,), earlier=(PAN,))
    assert summed("the pan and the knife together, how much?", NAMED, state) == ("P", "K")


def test_two_things_are_what_is_talked_of_and_what_was_before() -> None:
    state = State(visible=(KNIFE,), earlier=(PAN,))
    assert summed("这两样一共多少钱", NOTHING, state) == ("K", "P")


def test_what_has_no_price_is_no_part_of_it() -> None:
    state = State(visible=(KNIFE,), earlier=(Seen("P", "Frying Pan"),))
    assert summed("how much for both", NOTHING, state) == ()


def test_nothing_is_summed_where_nobody_asks_for_it() -> None:
    assert summed("the pan and the knife", NAMED, State(visible=(KNIFE,), earlier=(PAN,))) == ()


def test_what_was_talked_of_is_remembered_when_a_list_is_replaced() -> None:
    state = State().shown([PAN, Seen("Q", "Wok", Decimal(9))]).shown([KNIFE])
    assert state.earlier == (PAN,)
    assert State.from_json(state.as_json()).earlier == (PAN,)


def test_one_shelf_can_hold_two_kinds() -> None:
    cream, serum = (Slot("category", "48", surface=one) for one in ("面霜", "精华"))
    bedding, pillow = (Slot("category", "38", surface=one) for one in ("床上用品", "枕头"))
    assert not same_kind(cream, serum)
    assert same_kind(bedding, pillow)


@pytest.mark.parametrize(
    ("said", "unknown", "known"),
    [("whats the total for the grinder and one bag of beans", ("grinder",), ("B",)),
     ("how much is the toaster and the kettle together", ("toaster", "kettle"), ()),
     ("磨豆机和咖啡豆一共多少钱", ("磨豆机",), ("B",)),
     ("what's the total for this and the beans", (), ()),
     ("what's the total for two of those and a french press", ("french press",), ()),
     ("how much is the bean bag", (), ())],
)  # fmt: skip
def test_a_part_of_a_sum_that_was_never_shown_is_named(
    said: str, unknown: tuple[str, ...], known: tuple[str, ...]
) -> None:
    shown = (Seen("B", "Decaf Coffee Beans", Decimal(13), "USD", words="低因咖啡豆"),)
    assert parts_unknown(said, State(turn=1, visible=shown)) == (unknown, known)
