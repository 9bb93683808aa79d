"""The second reader of wording: learned once, speaks where no rule does, decides nothing."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from numpy.typing import NDArray
from pytest_django import Settings

from marketing.copy import tasks
from marketing.copy.deciding import approve, edit, submit
from marketing.copy.presenting.drafts import draft_row, warning_rows
from marketing.copy.publishing import examiner
from marketing.copy.reading_again import read_again, reader_here
from marketing.copy.wording import RULES, breaches
from marketing.copy.wording.doubting import Doubt, SecondReader, reader_in_use
from marketing.copy.wording.learning import (
    LABELS,
    Labelled,
    labelled,
    lacks_a_head,
    learn_own,
    material,
    odds_of,
    own_version,
)
from marketing.models import Draft
from shopguide.accounts.acting import acting
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from shopguide.inference.heads import TextHead
from tests.marketing.copy.conftest import Desk
from tests.people import browser

BOAST = "A boast that no list knows"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory in which the sentences were learned over the fake encoder."""
    directory = tmp_path_factory.mktemp("models")
    learn_own(directory, encoder=FakeEncoder(64))
    return directory


class Doubter:
    """A reader that doubts one sentence."""

    id = "doubter"

    def doubts(self, texts: Sequence[str]) -> list[list[Doubt]]:
        """Doubt the boast."""
        return [
            [Doubt("absolute", BOAST, one.index(BOAST), one.index(BOAST) + len(BOAST))]
            if BOAST in one else []
            for one in texts
        ]  # fmt: skip


def test_what_is_learned_has_manners_and_lawful_sentences_of_shops() -> None:
    """Every rule is there; what a rule finds in the demo is not learned as lawful."""
    known = material()
    assert len(set(labelled().manners)) >= 14
    assert {known.rules[i] for i in np.flatnonzero(known.own)} == set(LABELS)
    shops = [text for text, own in zip(known.texts, known.own, strict=True) if not own]
    assert len(shops) > 1_000 and not any(breaches(one) for one in shops[:300])


def test_learns_once_and_says_how_well(models: Path) -> None:
    """The card tells of manners left out; the head names each rule."""
    version = own_version("fake")
    head = TextHead.load(models / "wording" / version)
    assert head.labels == LABELS and head.layer == 0  # the fake encoder shows no layers
    assert 0.3 < head.card["metrics"]["recall"] < 1 and head.card["threshold"]
    assert reader_in_use(models, "fake") == version and not reader_in_use(models, "other")
    assert not lacks_a_head(models, "fake") and lacks_a_head(models / "other", "fake")


def test_a_manner_that_was_left_out_did_not_teach() -> None:
    """A sentence that stands in one manner alone is strange to the head that judges it."""
    from marketing.copy.wording.learning import left_out

    texts = [f"plain words {n}" for n in range(40)] + [f"zorb zorb {n}" for n in range(40)]
    known = Labelled(texts, ["-"] * 40 + ["absolute"] * 40, [n % 4 for n in range(80)])
    told = left_out(known, np.ones((80, 4), np.float32))
    assert (told[40:] > told[:40].max()).all()
    alone = Labelled(texts, known.rules, [n % 4 if n < 40 else 1 for n in range(80)])
    assert left_out(alone, np.ones((80, 4), np.float32))[40:].max() < told[40:].min()


def test_it_speaks_where_the_rules_are_silent(models: Path) -> None:
    """Sentences with their places; one with a finding of the rules is none of its business."""
    head = TextHead.load(models / "wording" / own_version("fake"))
    head.card["threshold"] = -20.0  # everything is in doubt
    reader = SecondReader("x", head, FakeEncoder(64))
    text = "Soft wool. The best scarf in the world! 手洗。"
    (found,), nothing = reader.doubts([text]), reader.doubts([])
    assert [one.text for one in found] == ["Soft wool.", "手洗。"][: len(found)]
    assert all(text[one.start : one.end] == one.text and one.code in RULES for one in found)
    assert found and nothing == []
    head.card["threshold"] = 20.0
    assert SecondReader("x", head, FakeEncoder(64)).doubts([text]) == [[]]


def test_odds_are_of_being_unlawful() -> None:
    """Certainty stays finite."""
    chances: NDArray[np.float64] = np.array([[0.5, 0.5], [1.0, 0.0], [0.1, 0.9]])
    odds = odds_of(chances)
    assert odds[0] == pytest.approx(0) and odds[1] < -15 and odds[2] == pytest.approx(np.log(9))


@pytest.mark.django_db
def test_a_doubt_is_shown_with_its_rule_and_keeps_nothing_from_approval(desk: Desk) -> None:
    """Read once; changed words are read again; the rule is named as probable."""
    people = desk.people
    draft = desk.draft(parts={"title": BOAST})
    assert read_again(desk.loom.pk, Doubter()) == 1
    assert read_again(desk.loom.pk, Doubter()) == 0
    with as_merchant(desk.loom):
        draft = Draft.objects.select_related("product__merchant").get(pk=draft.pk)
        row, (said,) = draft_row(draft), warning_rows(draft)
    assert row["doubted"] == 1 and not row["wrong"]
    assert said["mark"] == "doubted" and "Advertising Law" in said["rule"] and said["remedy"]
    shown = browser(people.edda).get(f"/merchant/loom/copy/{draft.pk}/").content.decode()
    assert "1 sentence to weigh" in shown and 'class="doubted"' in shown
    edited = edit(draft, {"title": "Red cotton hoodie"}, version=draft.version, by=people.edda,
                  examine=examiner())  # fmt: skip
    assert edited.doubted == [] and edited.is_unread("doubter")
    assert read_again(desk.loom.pk, Doubter()) == 1
    with as_merchant(desk.loom):
        assert Draft.objects.get(pk=draft.pk).doubted == []


@pytest.mark.django_db
def test_what_is_in_doubt_may_be_approved(desk: Desk) -> None:
    """A person has the last word."""
    draft = desk.draft(parts={"title": "Red cotton hoodie"})
    submit(draft, by=desk.people.edda, examine=examiner())
    with as_merchant(desk.loom):
        Draft.objects.filter(pk=draft.pk).update(
            doubts=[{"code": "absolute", "text": "Red", "start": 0, "end": 3, "part": "title"}],
            read_by="1:doubter",
        )
    with acting(desk.people.mei.pk, "web"):
        assert approve(draft, by=desk.people.mei, examine=examiner()).state == "approved"


@pytest.mark.django_db
def test_the_sweep_rings_for_what_is_missing(
    desk: Desk, models: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First for the sentences, then for shops with unread drafts; the task reads them."""
    rung: list[str] = []
    monkeypatch.setattr(tasks.learn_wording, "apply_async", lambda **_: rung.append("learn"))
    monkeypatch.setattr(tasks.read_drafts, "apply_async", lambda pks, **_: rung.append(f"{pks}"))
    draft = desk.draft()
    settings.MODELS_DIR, settings.ENCODER_ID = models / "none", "fake"
    settings.ENCODER = {"model": "other"}
    tasks.ring_reading()
    assert rung == ["learn"] and reader_here() == ""
    settings.MODELS_DIR = models
    tasks.ring_reading()
    assert rung == ["learn", f"({desk.loom.pk},)"]
    monkeypatch.setattr("shopguide.backends.encoder", lambda: FakeEncoder(64))
    tasks.read_drafts(desk.loom.pk)
    with as_merchant(desk.loom):
        assert not Draft.objects.get(pk=draft.pk).is_unread(reader_here())
    tasks.ring_reading()
    assert len(rung) == 2


def test_a_file_of_sentences_is_counted(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the rules alone where no reader was learned, which is said."""
    settings.MODELS_DIR = tmp_path
    path = tmp_path / "said.txt"
    path.write_text("# said\nabsolute\t全网第一的保温杯\n-\t容量五百毫升\nplain words\n", "utf-8")
    call_command("check_wording", str(path))
    told = capsys.readouterr()
    assert "absolute\t全网第一的保温杯" in told.out and "-\tplain words" in told.out
    assert "unlawful 1, found_by_rules 1, found 1, lawful 1, false_by_rules 0, false 0" in told.out
    assert "train wording" in told.err
