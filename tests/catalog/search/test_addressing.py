"""Addresses of searches: what is read, how it is written, what a change leads to."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.search.addressing import CLEAN, NAMES, Address, clean_amount, clean_text


class Sent(dict[str, list[str]]):
    """Parameters as they were sent."""

    def getlist(self, name: str) -> list[str]:
        """Return every value of a name."""
        return self.get(name, [])


def read(**sent: list[str]) -> Address:
    """Read parameters."""
    return Address.read("/search/", Sent(sent))


def test_what_means_nothing_is_left_out() -> None:
    address = read(q=["red"], utm_source=["x"], page=["-1"], sort=["random"], stock=["maybe"])
    assert address.url() == "/search/?q=red"


def test_values_of_a_facet_stay_together_and_once() -> None:
    address = read(colour=["red", "navy", "red"], q=["a"], page=["3"])
    assert address.url() == "/search/?q=a&colour=red&colour=navy&page=3"


def test_of_a_single_parameter_the_last_one_counts() -> None:
    assert read(sort=["newest", "rating"], min=["1", "x"]).url() == "/search/?min=1&sort=rating"


def test_a_page_may_stand_for_a_parameter_itself() -> None:
    address = Address.read("/s/loom/", Sent(shop=["rival"], page=["2"]), leave=("shop",))
    assert address.url() == "/s/loom/?page=2"


def test_every_change_returns_to_the_first_page() -> None:
    address = read(q=["a"], colour=["red"], page=["3"])
    for changed in (
        address.plus("colour", "navy"),
        address.minus("colour", "red"),
        address.having(sort="rating"),
        address.without(["q"]),
        address.on("/c/x/"),
    ):
        assert "page" not in dict(changed.params)


def test_changes_keep_the_rest() -> None:
    address = read(q=["a"], colour=["red", "navy"], no=["price-3"], cur=["CNY"], max=["9"])
    assert address.minus("colour", "red").all("colour") == ("navy",)
    assert address.minus("colour").all("colour") == ()
    assert address.plus("no", "size-1").all("no") == ("price-3", "size-1")
    assert address.at_page(2).url().endswith("&page=2")
    assert address.at_page(1) == address
    assert "max" not in dict(address.without(("min", "max", "cur")).params)


def test_amounts_are_read_as_people_write_them() -> None:
    for written, plain in {
        "300": "300", "¥1,299.50": "1299.50", "３００": "300", "$ 5.00": "5", "0": "0",
    }.items():  # fmt: skip
        assert clean_amount(written) == plain
    for written in ("", "abc", "-5", "1e400", "NaN", "Infinity", "1.2.3", "9" * 30):
        assert clean_amount(written) == ""


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=40), max_size=4)))
def test_whatever_is_sent_reads_to_the_same_again(sent: dict[str, list[str]]) -> None:
    """Reading an address that was written gives that address: links never drift."""
    from urllib.parse import parse_qs, urlsplit

    address = Address.read("/search/", Sent(sent))
    again = Address.read("/search/", Sent(parse_qs(urlsplit(address.url()).query)))
    assert again == address


@given(st.text(max_size=2000))
def test_texts_are_one_clean_line(text: str) -> None:
    clean = clean_text(text, 500)
    assert len(clean) <= 500 and clean == clean.strip()
    assert all(c.isprintable() or not c.isspace() for c in clean)
    assert "\0" not in clean
    clean.encode("utf-8")


def test_every_parameter_has_its_rule() -> None:
    assert set(NAMES) == set(CLEAN)
