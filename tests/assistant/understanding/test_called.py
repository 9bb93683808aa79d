"""What a message calls by name: phrases, likeness to titles, one thing or several, or none."""

import dataclasses
from collections.abc import Sequence

import pytest

from assistant.slots import Seen
from assistant.state import State
from assistant.understanding.called.likeness import likeness
from assistant.understanding.called.phrases import phrases_in
from assistant.understanding.called.things import called_in

POWER = (
    Seen("MAGNET", "磁吸无线充电宝"),
    Seen(
        "CABLES", "自带双线移动电源", words="Power Bank with Two Built-In Cables 自带双线移动电源"
    ),
    Seen("LAPTOP", "20000毫安时笔记本移动电源", words="20000 mAh Power Bank for Laptops"),
)
LIPSTICK = Seen("LIP", "丝绒哑光口红", words="Velvet Matte Lipstick")
TINY = Seen("TINY", "口红大小移动电源 5000毫安时", words="Lipstick-Size Power Bank, 5000 mAh")
PANS = (
    Seen("STEEL", "Carbon-Steel Frying Pan"),
    Seen("WOK", "Light Non-Stick Wok, 32 cm"),
    Seen("IRON", "Cast-Iron Skillet, 26 cm"),
)
TRAIN = Seen("TRAIN", "Wooden Train Set")
BANKS = State().shown(POWER)
FRYING = State().shown(PANS)


def sells(*things: Seen) -> "Sold":
    """Return a catalogue of some things, which remembers what it was asked for."""
    return Sold(things)


class Sold:
    def __init__(self, things: Sequence[Seen]) -> None:
        self.things, self.asked = things, list[str]()

    def __call__(self, words: Sequence[str], like: Sequence[str]) -> Sequence[Seen]:
        self.asked.append(" ".join(words))
        return self.things


@pytest.mark.parametrize(
    ("state", "said", "meant"),
    [
        (BANKS, "自带线的那个多重", "CABLES"), (BANKS, "磁吸的有白色吗", "MAGNET"),
        (BANKS, "20000毫安的能给电脑充电吗", "LAPTOP"),
        (FRYING, "does the wok go on induction?", "WOK"),
        (FRYING, "cast iron one, how heavy", "IRON"),
        (FRYING, "the wok or the carbon steel pan?", "WOK STEEL"),
        (FRYING, "is it made of steel?", ""), (FRYING, "frying pans?", ""),
        (FRYING, "do you sell knives", ""),
    ],
)  # fmt: skip
def test_what_is_called_of_a_list(state: State, said: str, meant: str) -> None:
    assert " ".join(called_in(said, state).skus) == meant


def test_what_stands_on_no_list_is_asked_of_the_catalogue() -> None:
    sold = sells(TRAIN)
    called = called_in("is the train set safe for a two-year-old?", FRYING, lookup=sold)
    assert called.skus == ("TRAIN",) and called.found == (TRAIN,)
    assert sold.asked == ["train set safe"]


def test_a_title_that_only_describes_by_a_kind_is_none_of_it() -> None:
    assert likeness(("口红",), TINY).share < likeness(("口红",), LIPSTICK).share
    called = called_in("口红显黑吗", BANKS, lookup=sells(TINY, LIPSTICK))
    assert called.skus == ("LIP",)


def test_pieces_belong_to_the_thing_they_were_said_of() -> None:
    called = called_in("two of the woks and one cast iron skillet", FRYING)
    assert dict(called.amounts) == {"WOK": 2, "IRON": 1}
    assert dict(called_in("磁吸的两个，自带线的一个", BANKS).amounts) == {"MAGNET": 2, "CABLES": 1}


def test_what_several_bear_is_no_answer_where_something_is_written() -> None:
    asked, written = (called_in("移动电源来两个", BANKS, writes=one) for one in (False, True))
    assert not asked.skus and not written.skus
    assert {one.sku for one in written.unclear} == {"CABLES", "LAPTOP"}


def test_what_was_bought_is_meant_first_where_an_order_is_spoken_of() -> None:
    owned = Seen("OWNED", "Cast-Iron Skillet, 20 cm")
    state = dataclasses.replace(FRYING, owned=(owned,))
    assert called_in("the skillet arrived broken", state, own=True).skus == ("OWNED",)
    assert called_in("the skillet, is it heavy", state).skus == ("IRON",)


def test_only_a_kind_that_nothing_shown_is_of_is_sought() -> None:
    assert called_in("do you have kettles", FRYING).sought
    assert not called_in("is it heavy", FRYING).sought


def test_phrases_hold_what_stands_around_them() -> None:
    (one,) = phrases_in("add three tins of the longjing")
    assert (one.words, one.count, one.pointed) == (("longjing",), 3, True)
    handle = phrases_in("炒锅的手柄会烫手吗")[0]
    assert handle.joints == (1,) and handle.words[0] == "炒锅"


def test_a_kind_of_which_many_are_sold_is_no_name() -> None:
    sold = [Seen(f"S{number}", f"针织毛衣{number}号") for number in range(5)]
    assert called_in("毛衣有哪些推荐？秋冬穿的", State(), lookup=sells(*sold)).skus == ()
    assert called_in("毛衣多重？", State(), lookup=sells(sold[0])).skus == ("S0",)
