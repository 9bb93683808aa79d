"""Drafts with planted errors: next to none stays, next to no true sentence is lost."""

from collections.abc import Iterator

import pytest

from catalog.claims import check
from catalog.claims.checkers import CHECKERS
from catalog.claims.claim import Found
from catalog.claims.sentences import Sentence, split
from tests.catalog.claims import market
from tests.catalog.claims.drafting import drafts, tally
from tests.conftest import FULL

COUNT = 2400 if FULL else 150
# The kinds of drafts that cannot be told right from wrong without a checker.
NEEDED = {
    "names": ("product", "quote"),
    "ranks": ("cheapest",),
    "discounts": ("deal", "discount", "share"),
    "prices": ("price", "was", "free_from"),
    "terms": ("returns", "warranty", "invoice"),
    "delivery": ("days",),
    "reviews": ("rating", "reviews", "positive"),
    "stock": ("stock", "option_stock", "left"),
    "measures": ("weight", "measure"),
    "absolutes": ("boast",),
    "extras": ("extra",),
    "named": ("material", "colour"),
    "relations": ("unread",),
    "leftovers": ("beside",),
    "statements": ("praise",),
    "praises": ("boast",),
}

# What the second reading finds by itself, but cannot mend.
MENDS = {"counts": ("一共9种颜色。", "一共4种颜色。")}


@pytest.mark.parametrize("held", [False, True], ids=["worked on", "held back"])
def test_wrong_sentences_go_and_true_ones_stay(held: bool) -> None:
    found = tally(drafts(COUNT, held=held, seed=20))
    assert found.wrong >= COUNT * 0.4
    assert found.good, (found.missed, found.dropped)
    assert not found.mended


@pytest.mark.skipif(not FULL, reason="2,400 drafts more")
@pytest.mark.parametrize(
    "style",
    [
        "seller",
        "prose",
        "service",
        "lists",
        "mixed",
        "words",
        "stream",
        "enquiry",
        "radio",
        "letter",
        "notice",
        "broker",
        "desk",
        "clerk",
        "tester",
        "chatbot",
        "adviser",
        "grader",
        "bystander",
        "agent",
        "family",
        "blogger",
        "anchor",
        "rewriter",
        "concierge",
    ],
)
def test_manners_of_writing_that_were_worked_on(style: str) -> None:
    found = tally(drafts(400, held=False, seed=24, style=style))
    assert len(found.missed) <= found.wrong / 100, found.missed
    assert len(found.mended) <= found.wrong / 50, found.mended
    assert len(found.dropped) <= found.true / 20, found.dropped


def test_a_question_and_its_short_answer_are_one() -> None:
    assert len(list(split("要红色的？有货。别的也有。"))) == 2
    assert len(list(split("What do you think? In stock."))) == 2
    assert len(list(split("Want navy? In stock."))) == 1


def test_every_checker_is_needed_by_the_drafts_or_to_mend() -> None:
    assert {*NEEDED, *MENDS} == set(CHECKERS)


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_without_a_checker_the_drafts_fail(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = NEEDED[name]
    chosen = list(drafts(6 * len(kinds), held=False, seed=3, only=kinds))
    assert tally(chosen).good
    monkeypatch.setitem(CHECKERS, name, nothing)
    assert not tally(chosen).good


@pytest.mark.parametrize("name", sorted(MENDS))
def test_without_a_checker_nothing_is_mended(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, mended = MENDS[name]
    held = market.ledger(market.product("CL-TS-101"))
    assert check(wrong, language="zh-hans", ledger=held).clean == mended
    monkeypatch.setitem(CHECKERS, name, nothing)
    assert check(wrong, language="zh-hans", ledger=held).clean != mended


def nothing(_sentence: Sentence) -> Iterator[Found]:
    """Find nothing, as a checker that is switched off."""
    return iter(())
