"""What approved copy teaches a writer, and how a version is judged before it writes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from marketing.copy.lessons import lessons_of, paired
from marketing.copy.teaching import FEWEST, keep, parted, teach, train_writer
from shopguide.accounts.tenancy import as_merchant
from shopguide.backends import taught_shelf
from shopguide.inference.adapting import Exercise, Recipe
from shopguide.inference.generator import FakeGenerator
from shopguide.inference.shelf import current
from shopguide.writing import Plan
from tests.catalog.factories import make_product
from tests.marketing.copy.conftest import Desk

WORN = ("at home", "on walks", "at work", "in the garden", "on the train", "by the sea")
SOFT = "Soft cotton that keeps you warm on cold mornings. Comes in red."


class FakeTeachable(FakeGenerator):
    """Learns nothing, remembers what it was taught, and says what it is told to say."""

    def __init__(self, before: float, after: float, **named: Any) -> None:
        super().__init__(**named)
        self._foreign = (before, after)
        self.taught_of: list[str] = []

    def exercise(self, system: str, text: str, answer: str) -> Exercise:
        """Keep the answer."""
        self.taught_of.append(answer)
        return Exercise((1,), tuple(range(len(answer))))

    def surprise(self, exercises: Sequence[Exercise], *, taught: bool) -> float:
        """Return what it was told to return."""
        return self._foreign[taught]

    def teach(self, exercises: Sequence[Exercise], recipe: Recipe, *, say: Any) -> int:
        """Read everything once."""
        return sum(len(one) for one in exercises)

    def save_taught(self, version: Path) -> None:
        """Leave a file that would be adapters."""
        (version / "adapter.json").write_text("{}")


def approved(desk: Desk, many: int) -> None:
    """Write descriptions of so many products, each in words of its own."""
    for number in range(many):
        product = make_product(
            desk.loom, f"T-{number}", title=f"Tee {number}", description=SOFT, stock=3,
            attributes={"material": ["cotton"]},
        )  # fmt: skip
        words = {"description": f"{SOFT}\n\nWear it {WORN[number]} or when you stay in."}
        desk.draft(product=product, channel="description", parts=words, angle="benefit")


@pytest.fixture
def all_approved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let every draft count as approved: approving each by hand is what other tests do."""
    from marketing.copy import lessons
    from marketing.models import Draft

    monkeypatch.setattr(lessons, "approved", Draft.objects.of)
    return desk


def test_a_sentence_keeps_its_slots_in_other_words() -> None:
    """Names and figures are slots on both sides; where one is lost there is no lesson."""
    plan = Plan("copy", "en", {"product": "Trail Socks"})
    found = paired(
        "The Trail Socks weigh 90 g.", "Just 90 g: that is what Trail Socks weigh.", plan
    )
    assert found is not None
    masked, answer = found
    assert "Trail Socks" not in masked.text + answer
    assert not any(one.isdigit() for one in answer.replace("_1}", "").replace("_2}", ""))
    assert masked.filled(answer) == "Just 90 g: that is what Trail Socks weigh."
    assert paired("The Trail Socks weigh 90 g.", "Trail Socks are light.", plan) is None


def test_approved_copy_becomes_lessons_and_nothing_else(desk: Desk) -> None:
    """Drafts that nobody approved teach nothing."""
    approved(desk, 2)
    with as_merchant(desk.loom):
        assert lessons_of(desk.loom) == []


def test_lessons_are_asked_as_the_writer_is_asked(all_approved: Desk) -> None:
    """Numbered lines in the language, an answer a line, no figure of the product in them."""
    approved(all_approved, 3)
    with as_merchant(all_approved.loom):
        found = [one.lesson for one in lessons_of(all_approved.loom)]
    assert len({one.product for one in found}) == len(found) == 3
    for one in found:
        assert one.asked.startswith("1. ") and one.lines == len(one.answer.splitlines()) >= 2
        assert "numbered sentence" in one.system


def test_whole_products_are_held_back(all_approved: Desk) -> None:
    """No product is on both sides, and both sides have some."""
    approved(all_approved, 6)
    with as_merchant(all_approved.loom):
        seen, held = parted(lessons_of(all_approved.loom))
    assert seen and held
    assert not {one.lesson.product for one in seen} & {one.lesson.product for one in held}


@pytest.mark.parametrize(("after", "better"), [(1.5, True), (2.5, False)])
def test_a_version_writes_only_if_it_is_better(
    all_approved: Desk, settings: Any, tmp_path: Path, after: float, better: bool
) -> None:
    """Its card says by what, and a version that is worse is kept without being used."""
    settings.MODELS_DIR = tmp_path
    approved(all_approved, 5)
    with as_merchant(all_approved.loom):
        taught = lessons_of(all_approved.loom)
    model = FakeTeachable(2.0, after, answer=lambda text: text.replace("Soft", "Very soft"))
    said: list[str] = []
    card = teach(all_approved.loom, taught, model, Recipe(), said.append)
    keep(taught_shelf(all_approved.loom.slug), card, said.append)
    found = current(taught_shelf(all_approved.loom.slug))
    assert card["in_use"] is better and (found is not None) is better
    assert card["metrics"]["loss_before"] == 2.0 and card["metrics"]["unsupported"] == 0
    assert card["data"]["products"] == 5 and len(model.taught_of) == 5
    written = taught_shelf(all_approved.loom.slug) / card["version"] / "card.json"
    assert json.loads(written.read_text("utf-8"))["shop"] == all_approved.loom.slug


@pytest.mark.parametrize(
    ("slug", "reason"), [("", "--merchant"), ("nobody", "no shop"), ("loom", f"at least {FEWEST}")]
)
def test_what_cannot_be_taught_is_told(desk: Desk, slug: str, reason: str) -> None:
    """A missing or unknown shop, and one with too little copy."""
    named = desk.loom.slug if slug == "loom" else slug
    with pytest.raises(ValueError, match=reason):
        train_writer({"merchant": named, "seed": 1}, lambda line: None)


def test_a_writer_without_a_model_cannot_be_taught(
    all_approved: Desk, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to fetch and to set."""
    from marketing.copy import teaching

    settings.WRITER = {**settings.WRITER, "kind": "local", "model": "fake"}
    monkeypatch.setattr(teaching, "FEWEST", 1)
    approved(all_approved, 1)
    with pytest.raises(ValueError, match="fetch_models"):
        train_writer({"merchant": all_approved.loom.slug, "seed": 1}, lambda line: None)
