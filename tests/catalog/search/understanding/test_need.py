"""What comes out: remaining words, chips, taking a chip away, URL and JSON forms."""

import base64
import json
import zlib

import pytest

from catalog.search.understanding import Need, ParamsError, Slot
from tests.catalog.search.understanding import gold
from tests.catalog.search.understanding.conftest import Read

# query: (words for lexical ranking, sentence for the vector)
REMAINING = {
    "I'm looking for a comfortable t-shirt for daily wear, under 100 please": (
        "comfortable t-shirt daily wear",
        "a comfortable t-shirt for daily wear",
    ),
    "想买一双适合宽脚的跑步鞋，300元以内": ("宽脚 跑步鞋", "适合宽脚的跑步鞋"),
    "不要皮的单肩包": ("单肩包", "单肩包"),
    "最便宜的充电宝": ("充电宝", "充电宝"),
    "show me the cheapest bluetooth speaker": ("bluetooth speaker", "the bluetooth speaker"),
    "red dress size M, not polyester": ("red dress", "red dress"),
    "lanya erji 200以内": ("蓝牙 耳机", "蓝牙 耳机"),
    "under $50": ("", ""),
    "shoes for my girlfriend": ("shoes", "shoes for my girlfriend"),
}


@pytest.mark.parametrize("query", REMAINING)
def test_constraint_phrases_leave_the_words_that_rank(read: Read, query: str) -> None:
    need = read(query)
    assert (need.text, need.sentence) == REMAINING[query]


LABELS = {
    "300元以内": ("≤ ¥300", "≤ ¥300"),
    "over $1,200": ("≥ $1,200", "≥ $1,200"),
    "200-300元": ("¥200 – ¥300", "¥200 – ¥300"),
    "£30 or less": ("≤ £30", "≤ £30"),
    "red": ("红色", "Red"),
    "not leather": ("不要皮", "not leather"),
    "sneakers except Nike": ("不要Nike", "not Nike"),
    "4 stars and up": ("4 星及以上", "4 stars and up"),
    "42码": ("EU 42", "EU 42"),
    "size 10 shoes": ("10 码", "Size 10"),
    "T恤 XL": ("XL", "XL"),
    "under 5 kg": ("≤ 5 kg", "≤ 5 kg"),
    "500ml": ("500 ml", "500 ml"),
}


@pytest.mark.parametrize("query", LABELS)
def test_chips_are_named_in_both_languages(read: Read, query: str) -> None:
    labels = {(slot.label("zh-hans"), slot.label("en")) for slot in read(query).slots}
    assert LABELS[query] in labels


def test_taking_a_chip_away_takes_its_words_away(read: Read) -> None:
    need = read("red wool scarf under $50")
    place = next(i for i, slot in enumerate(need.slots) if slot.kind == "colour")
    less = need.without(place)
    assert [slot.kind for slot in less.slots] == ["material", "category", "price"]
    assert less.text == "wool scarf"
    assert need.text == "red wool scarf"


def test_taking_away_one_of_two_that_share_their_words_keeps_the_words(read: Read) -> None:
    need = read("无线鼠标")
    place = next(i for i, slot in enumerate(need.slots) if slot.kind == "feature")
    less = need.without(place)
    assert [slot.kind for slot in less.slots] == ["category"]
    assert "鼠标" in less.text


def test_taking_the_price_away_leaves_the_rest(read: Read) -> None:
    need = read("scarf under $50").without_kind("price")
    assert need.price is None
    assert need.text == "scarf"


def test_there_is_no_chip_at_a_wrong_place(read: Read) -> None:
    with pytest.raises(IndexError):
        read("scarf").without(7)


@pytest.mark.parametrize("row", gold.rows()[::4], ids=lambda row: str(row["id"]))
def test_parameters_restore_a_need_exactly(read: Read, row: dict[str, str]) -> None:
    need = read(row["query"])
    for variant in (need, *(need.without(i) for i in range(len(need.slots)))):
        params = variant.to_params()
        again = Need.from_params(params)
        assert again == variant
        assert (again.text, again.sentence) == (variant.text, variant.sentence)
        assert params["need"].replace("-", "").replace("_", "").isalnum()
        assert len(params["need"]) < 800


def test_no_query_makes_long_parameters(read: Read) -> None:
    need = read("red blue green wool silk scarf under $50 not nylon " * 40)
    assert len(need.to_params()["need"]) < 4000


def _forged(payload: object) -> str:
    raw = zlib.compress(json.dumps(payload).encode())
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


FORGED = [
    "", "x", "!!!", "AAAA", _forged([]), _forged({}), _forged([2, "en", "en", "relevance", [], [],
    [], []]),
    _forged([1, "en", "en", "by-magic", [], [], [], []]),
    _forged([1, "en", "en", "relevance", [["price", "", 0, 99, 0]], [], [], []]),
    _forged([1, "en", "en", "relevance", [["spell", "", 0, 1, 0]], [], [], []]),
    _forged([1, "en", "en", "relevance", [["price", "", 0, 1, 0, "NaN"]], [], [], []]),
    _forged([1, "en", "en", "relevance", [["price", "", 0, 1, 0, "1e999"]], [], [], []]),
    _forged([1, "en", "en", "relevance", [["price", 5, 0, 1, 0]], [], [], []]),
    _forged([1, "en", "en", "relevance", [["colour", "red", 0, 1, 0]] * 99, [], [], []]),
    _forged([1, "en", "en", "relevance", [], [], [0], []]),
    _forged([1, "en", "en", "relevance", [], [["a", "b", 0, 1, "magic"]], [], []]),
    base64.urlsafe_b64encode(zlib.compress(b"[" * 3_000_000)).decode(),
    "\ud800", "é" * 10,
]  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_forged_parameters_are_refused(forged: str) -> None:
    with pytest.raises(ParamsError):
        Need.from_params({"q": "red scarf", "need": forged})


def test_missing_parameters_are_refused() -> None:
    with pytest.raises(ParamsError):
        Need.from_params({"q": "red scarf"})


def test_json_says_what_was_understood(read: Read) -> None:
    understood = read("bluetoth speaker not black under $50").as_json()
    assert json.loads(json.dumps(understood)) == understood
    assert understood["corrections"] == [{"from": "bluetoth", "to": "bluetooth", "reason": "typo"}]
    kinds = {(slot["kind"], slot["negated"]) for slot in understood["slots"]}
    assert kinds == {("feature", False), ("category", False), ("colour", True), ("price", False)}
    (price,) = (slot for slot in understood["slots"] if slot["kind"] == "price")
    assert (price["maximum"], price["minimum"], price["currency"]) == ("50", None, "USD")
    assert price["currency_stated"] is True


def test_alternatives_and_exclusions_are_told_apart() -> None:
    red, wool = Slot("colour", "red"), Slot("material", "wool", negated=True)
    need = Need("q", "en", "en", (red, wool))
    assert need.of("colour") == (red,)
    assert need.of("material") == ()
    assert need.of("material", negated=True) == (wool,)
    assert need.sorted_by("newest").sort == "newest"
