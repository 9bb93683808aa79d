"""Chips, corrections and relaxations over the demo market place: every link does what it says."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from catalog.presenting.frame import Frame
from catalog.presenting.needs import chips_of, corrections_of, relaxations_of
from catalog.search.addressing import Address
from catalog.search.asking import asked_of
from catalog.search.market import Market
from catalog.search.searching import search
from shopguide.inference.fakes import FakeEncoder

pytestmark = pytest.mark.django_db
ENCODER = FakeEncoder()


class Sent(dict[str, list[str]]):
    """Parameters as a link sends them."""

    def getlist(self, name: str) -> list[str]:
        """Return every value of a name."""
        return self.get(name, [])


def frame_of(market: Market, url: str, *, locale: str = "en") -> Frame:
    """Return what a page at this address is made of."""
    parts = urlsplit(url)
    address = Address.read(parts.path, Sent(parse_qs(parts.query)))
    currency = "CNY" if locale == "zh-hans" else "USD"
    asked = asked_of(address, market, locale=locale, currency=currency)
    sentence = asked.need.sentence
    vector = ENCODER.encode_queries([sentence])[0].tolist() if sentence else None
    return Frame(address, search(asked, market, vector=vector, encoder_id=ENCODER.id), market)


QUERIES = [
    ("en", "red running shoes under $60, not leather"),
    ("en", "black hoodie size M at most $20"),
    ("zh-hans", "300元以内的黑色双肩包，不要皮的"),
    ("zh-hans", "lanya 耳机 100元以下"),
]


@pytest.mark.parametrize(("locale", "query"), QUERIES)
def test_every_chip_takes_itself_away(demo_market: Market, locale: str, query: str) -> None:
    with translation.override(locale):
        frame = frame_of(demo_market, f"/search/?q={query}", locale=locale)
        chips = chips_of(frame)
        assert chips
        for chip in chips:
            left = chips_of(frame_of(demo_market, chip["remove_url"], locale=locale))
            assert chip["label"] not in [other["label"] for other in left]
            assert len(left) < len(chips)


def test_a_price_is_hard_and_a_category_a_wish(demo_market: Market) -> None:
    with translation.override("en"):
        chips = chips_of(frame_of(demo_market, "/search/?q=headphones under $90"))
    hard = {chip["kind"]: chip["hard"] for chip in chips}
    assert hard["price"] is True


def test_unwanted_things_are_marked_and_named_without_not(demo_market: Market) -> None:
    for locale, query, name in (
        ("en", "bag, not leather", "leather"),
        ("zh-hans", "包 不要皮的", "皮"),
    ):
        with translation.override(locale):
            chips = chips_of(frame_of(demo_market, f"/search/?q={query}", locale=locale))
        (chip,) = [chip for chip in chips if chip["negated"]]
        assert name in chip["label"].lower()
        assert "not" not in chip["label"].lower() and "不要" not in chip["label"]


def test_a_correction_is_shown_and_undone(demo_market: Market) -> None:
    with translation.override("en"):
        frame = frame_of(demo_market, "/search/?q=bluetoth+speaker")
        (correction,) = corrections_of(frame)
        assert (correction["from"], correction["to"]) == ("bluetoth", "bluetooth")
        assert not corrections_of(frame_of(demo_market, correction["undo_url"]))


NOTHING = [
    ("en", "/search/?q=headphones under $1"),
    ("en", "/search/?q=tent&max=1&cur=USD"),
    ("en", "/search/?q=hoodie over $900"),
    ("en", "/search/?q=hoodie&brand=Nobody"),
    ("zh-hans", "/search/?q=5元以内的红色帐篷"),
    ("zh-hans", "/search/?q=茶具&rating=5&stock=1&min=99999"),
]


@pytest.mark.parametrize(("locale", "url"), NOTHING)
def test_what_to_give_up_brings_what_it_says(demo_market: Market, locale: str, url: str) -> None:
    with translation.override(locale):
        frame = frame_of(demo_market, url, locale=locale)
        assert frame.results.total == 0
        ways = relaxations_of(frame)
        assert ways
        for way in ways:
            found = frame_of(demo_market, way["url"], locale=locale).results
            assert found.total == way["gain_count"], way
            assert way["text"]


def test_a_price_states_where_it_begins(demo_market: Market) -> None:
    with translation.override("en"):
        frame = frame_of(demo_market, "/search/?q=headphones under $1")
        way = next(way for way in relaxations_of(frame) if "At any price: from $" in way["text"])
        first = frame_of(demo_market, way["url"]).results.hits[0]
    assert f"${first.amount}" in way["text"]
