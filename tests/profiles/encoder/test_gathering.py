"""Pairs: what products say, what was searched and taken by who agreed; nobody's alone."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from catalog.indexing import index_products
from catalog.models import Product
from profiles.consenting import choose
from profiles.encoder.gathering import (
    labelled_pairs,
    market_pairs,
    search_pairs,
    sentence,
    sought,
    unrelated_pairs,
)
from profiles.models import Event, Kind, Purpose
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.contrast.pairs import Pair
from shopguide.reading import BadFile
from tests.catalog.factories import make_merchant, make_product

NOW = timezone.now()


@pytest.fixture
def teapots(db: None) -> list[Product]:
    """Two products in two languages, indexed."""
    shop = make_merchant("loom")
    made = [
        make_product(
            shop, f"pot-{n}", title=f"Clay teapot {n}", title_zh=f"紫砂壶 {n}",
            description=f"Holds {n} cups of green tea. Its lid never falls off, whatever you pour.",
        )
        for n in (1, 2)
    ]  # fmt: skip
    index_products(shop)
    return made


def deed(kind: Kind, minutes: float, *, words: str = "", product: int | None = None) -> Event:
    """Return a deed so many minutes after a moment of yesterday."""
    at = NOW - timedelta(days=1) + timedelta(minutes=minutes)
    return Event(kind=kind, words=words, product=product, at=at)


def did(deeds: list[Event], *, agrees: bool = True) -> Shopper:
    """Return somebody who did this."""
    made = Shopper.objects.create()
    choose(made, {Purpose.PERSONALISATION: True, Purpose.TRAINING: agrees})
    with as_everyone():
        for one in deeds:
            one.pk, one.shopper = None, made
            one.save()
    return made


def test_products_speak_for_themselves(teapots: list[Product]) -> None:
    pairs = market_pairs()
    assert {one.family for one in pairs} == {
        "title en", "title zh", "sentence en", "sentence zh", "across en-zh", "across zh-en",
    }  # fmt: skip
    assert {one.group for one in pairs} == {f"product {one.pk}" for one in teapots}
    for one in pairs:
        if one.family.startswith(("title", "sentence")):
            assert one.asked not in one.found
    across = next(one for one in pairs if one.family == "across zh-en" and one.asked == "紫砂壶 1")
    assert across.found.startswith("Clay teapot 1")


def test_searching_teaches_what_was_taken_by_more_than_one_who_agreed(
    teapots: list[Product],
) -> None:
    first, second = teapots[0].pk, teapots[1].pk

    def search(words: str, product: int, after: float = 2) -> list[Event]:
        return [deed(Kind.SEARCH, 0, words=words), deed(Kind.CART, after, product=product)]

    for words in ("Tea POT", "tea pot"):
        did(search(words, first))
    for _one in range(2):
        did(search("紫砂壶", second))
        did(search("too late", first, after=45))
    did(search("my aunt lisa in ulm", first))
    did(search("secret", first), agrees=False)
    did(search("secret", first), agrees=False)
    left = did(search("secret", first))
    choose(left, {Purpose.TRAINING: False})
    for _one in range(2):  # machines: forty deeds within a minute
        at = [n / 50 for n in range(20)]
        did([e for n in at for e in (deed(Kind.SEARCH, n, words="robot"),
                                     deed(Kind.VIEW, n, product=first))])  # fmt: skip
    found = search_pairs(NOW)
    assert {(one.asked, one.group) for one in found.pairs} == {
        ("tea pot", f"product {first}"), ("紫砂壶", f"product {second}")}  # fmt: skip
    assert all(one.shared for one in found.pairs) and found.left_out == 1
    texts = {one.asked: one.found for one in found.pairs}
    assert texts["tea pot"].startswith("Clay teapot") and texts["紫砂壶"].startswith("紫砂壶")
    assert not search_pairs(NOW - timedelta(days=1, minutes=-1)).pairs  # before anything was taken


def test_only_what_follows_words_belongs_to_them() -> None:
    at = datetime(2026, 1, 1, tzinfo=NOW.tzinfo)

    def after(minutes: float, kind: Kind, words: str = "", product: int | None = None) -> list:  # type: ignore[type-arg]
        return [at + timedelta(minutes=minutes), kind, words, product]

    deeds = [
        after(0, Kind.VIEW, product=1), after(1, Kind.SEARCH, "a"), after(2, Kind.VIEW, product=2),
        after(3, Kind.SEARCH, "b"), after(4, Kind.CART, product=3), after(50, Kind.CART, product=4),
    ]  # fmt: skip
    assert [*sought(deeds)] == [("a", 2), ("b", 3)]


def test_a_sentence_stands_in_what_the_encoder_reads() -> None:
    text = "Short. A sentence that says something of use! 这把壶的盖子从来不会掉下来。"
    assert sentence(text, text) == "A sentence that says something of use!"
    assert sentence(text, "cut off") == "" and sentence("", "") == ""


def test_files_of_pairs(tmp_path: Path) -> None:
    rows = [{"query": "tea", "product": "Clay pot", "n": 1}, {"query": "", "product": "Cup"}]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    (pair,) = labelled_pairs(path, text_column="", label_column="")
    assert (pair.asked, pair.found, pair.family) == ("tea", "Clay pot", "labelled")
    csv = tmp_path / "pairs.csv"
    csv.write_text("asked,got\n茶壶,紫砂壶\n")
    assert labelled_pairs(csv, text_column="asked", label_column="got")[0].found == "紫砂壶"


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("asked,got\na,b\n", {}, "no column query or .*--text-column: asked, got"),
        ("query,got\na,b\n", {"label_column": "x"}, "no column x.*--label-column: got"),
        ("query,product\n,b\n", {}, "no row with both"),
        ("", {}, "the file has no rows"),
        ("query\x00,product\n\x00a,b\n", {}, "no column|cannot be read"),
    ],
)
def test_files_that_cannot_be_used(
    tmp_path: Path, text: str, columns: dict[str, str], said: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(BadFile, match=said):
        labelled_pairs(path, **{"text_column": "", "label_column": "", **columns})
    with pytest.raises(BadFile, match="cannot be read"):
        labelled_pairs(tmp_path / "none.csv", text_column="", label_column="")


def test_our_own_pages_speak_of_no_product() -> None:
    pairs = unrelated_pairs()
    assert pairs, "the message catalogue was not compiled: run make test"
    assert len(pairs) >= 100 and all(isinstance(one, Pair) for one in pairs)
    assert {one.family for one in pairs} == {"unrelated zh-en", "unrelated en-zh"}
