"""Links to pages."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.presenting.paging import page_links


def url(number: int) -> str:
    """Return a page's address."""
    return f"?page={number}"


def test_one_page_needs_no_links() -> None:
    assert page_links(1, 1, url) == {"previous_url": "", "next_url": "", "numbers": []}


def test_the_middle_of_many() -> None:
    links = page_links(5, 9, url)
    labels = ["…" if one.get("gap") else one["label"] for one in links["numbers"]]
    assert labels == [1, "…", 4, 5, 6, "…", 9]
    assert (links["previous_url"], links["next_url"]) == ("?page=4", "?page=6")


@given(st.integers(1, 60), st.integers(2, 60))
def test_gaps_stand_for_two_pages_or_more(current: int, pages: int) -> None:
    current = min(current, pages)
    numbers = page_links(current, pages, url)["numbers"]
    shown = [0 if one.get("gap") else one["label"] for one in numbers]
    assert shown[0] == 1 and shown[-1] == pages and current in shown
    assert sum(bool(one.get("current")) for one in numbers) == 1
    for left, middle, right in zip(shown, shown[1:], shown[2:], strict=False):
        assert right - left > 2 if middle == 0 else True
