"""Aspects in sentences that people might write, labelled by hand, half of them held back."""

from pathlib import Path

import pytest

from catalog.text.aspects import ASPECTS, aspects

HERE = Path(__file__).parent / "told"


def labelled(language: str) -> list[tuple[str, list[str]]]:
    """Return sentences with what they say: an aspect and a sign, ``a|b`` where either is right."""
    lines = (HERE / f"{language}.tsv").read_text("utf-8").splitlines()
    return [(text, said.split()) for text, _tab, said in (line.partition("\t") for line in lines)]


def f1(rows: list[tuple[str, list[str]]]) -> float:
    """Return the F1 of what is found, each aspect with its side counted once a sentence."""
    right = found = wanted = 0
    for text, said in rows:
        told = {f"{one.aspect}{'+' if one.polarity > 0 else '-'}" for one in aspects(text)}
        hits = [one for one in said if told & set(one.split("|"))]
        right, found, wanted = right + len(hits), found + len(told), wanted + len(said)
    return 2 * right / (found + wanted)


@pytest.mark.parametrize(("language", "least"), [("zh-hans", 0.87), ("en", 0.9)])
def test_aspects_of_held_back_sentences(language: str, least: float) -> None:
    rows = labelled(language)
    assert len(rows) >= 150
    told = {one for _text, said in rows for either in said for one in either.split("|")}
    assert {one.rstrip("+-") for one in told} <= {*ASPECTS}
    assert f1(rows[1::2]) >= least


def test_where_it_says_so_is_in_the_text() -> None:
    for language in ("zh-hans", "en"):
        for text, _said in labelled(language):
            for one in aspects(text):
                assert 0 <= one.start < one.end <= len(text)
