"""Commands that train and measure: cards, versions, peers beside, refusals with a remedy."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from catalog.opinions import material
from catalog.opinions.judges import HeadJudge, judge_id, judged_by
from shopguide.backends import encoder, head
from shopguide.inference.shelf import current
from tests.shopguide.inference import tiny

GOOD = ["love the soft fabric", "great fit and colour", "质量很好，很喜欢", "物流快，包装好"]
# Words that our lists do not know.
BAD = [
    "stopped after one day",
    "the zip came off",
    "洗一次就穿不了",
    "打开就漏水",
]


@pytest.fixture(autouse=True)
def own_room(settings: Settings, tmp_path: Path) -> None:
    """Give the commands a fake encoder and a place of their own."""
    settings.ENCODER = {"model": "fake", "dimensions": 64}
    settings.MODELS_DIR = tmp_path / "models"
    settings.DATA_DIR = tmp_path


def labelled(path: Path, count: int = 120) -> Path:
    """Write labelled texts whose words tell the label."""
    lines = ["text,label"]
    for number in range(count):
        texts, label = (GOOD, 1) if number % 2 else (BAD, 0)
        lines.append(f'"{texts[number // 2 % 4]}, {number}",{label}')
    path.write_text("\n".join(lines), "utf-8")
    return path


def run(*arguments: str) -> dict[str, object]:
    """Run a command and return its last line as JSON."""
    out = StringIO()
    call_command(*arguments, "--json", stdout=out, stderr=StringIO())
    answer: dict[str, object] = json.loads(out.getvalue().splitlines()[-1])
    return answer


def test_trains_a_version_with_a_card(tmp_path: Path, settings: Settings) -> None:
    path = labelled(tmp_path / "a.csv")
    card = run("train", "sentiment", "--data", str(path))
    assert card["model"] == "sentiment" and card["in_use"] is True
    assert card["data"]["source"] == "a.csv" and card["data"]["texts"] == 120  # type: ignore[index]
    assert card["metrics"]["accuracy"] >= 0.95  # type: ignore[index]
    assert set(card["metrics"]["peers"]) == {"tfidf_regression", "majority", "word_lists"}  # type: ignore[index]
    found = current(settings.MODELS_DIR / "sentiment")
    assert found and found.name == card["version"]
    kept = json.loads((found / "card.json").read_text("utf-8"))
    assert kept["metrics"] == card["metrics"]
    again = run("train", "sentiment", "--data", str(path))
    assert (again["version"], again["metrics"]) == (card["version"], card["metrics"])


def test_a_head_behind_the_word_lists_is_not_used(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "noise.csv"  # words say the one thing, labels of single texts nothing
    rows = [f"good number {n * 7919 % 101} {n},{int(n % 20 != 0)}" for n in range(60)]
    path.write_text("text,label\n" + "\n".join(rows) + "\nterrible,0\nawful,0", "utf-8")
    card = run("train", "sentiment", "--data", str(path))
    assert card["in_use"] is (
        card["metrics"]["macro_f1"] > card["metrics"]["peers"]["word_lists"]["macro_f1"]  # type: ignore[index]
    )
    assert bool(current(settings.MODELS_DIR / "sentiment")) is card["in_use"]


@pytest.fixture
def layered(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the commands a random BERT whose layers are trained from 100 texts on."""
    directory = tiny.save_model(tmp_path / "tiny-bert")
    settings.ENCODER = {"model": str(directory), "dimensions": 48, "dtype": "fp32"}
    settings.ENCODER_ID = "tiny-bert"
    monkeypatch.setattr(material, "ENOUGH", 100)


@pytest.mark.usefixtures("layered")
def test_enough_texts_train_layers_too(tmp_path: Path, settings: Settings) -> None:
    path = labelled(tmp_path / "a.csv")
    card = run("train", "sentiment", "--data", str(path))
    assert card["trained_layers"] == 2 and card["metrics"]["n"] == 12  # type: ignore[index]
    assert not [*(tmp_path / "cache").glob("tokens-*")]  # what was computed on the way is gone
    answer = run("evaluate_text", "sentiment", "--train", str(path), "--test", str(path))
    assert answer["accuracy"] >= 0.95 and "2 layers" in str(answer["model"])  # type: ignore[operator]
    assert judge_id(settings.MODELS_DIR, "tiny-bert") == judged_by(str(card["version"]))
    version, found = head("sentiment") or ("", None)
    assert found is not None and found.upper is not None and version == card["version"]
    judge = HeadJudge(version, found, encoder())
    feelings = [one.feeling for one in judge.judge([*GOOD[:2], *BAD[:2]])]
    assert feelings == ["positive", "positive", "negative", "negative"]


def test_measures_beside_peers(tmp_path: Path) -> None:
    train, test = labelled(tmp_path / "a.csv"), labelled(tmp_path / "b.csv", 40)
    answer = run("evaluate_text", "sentiment", "--train", str(train), "--test", str(test))
    assert {"accuracy", "macro_f1", "ece", "n", "model", "peers"} <= set(answer)
    assert answer["n"] == 40 and answer["accuracy"] >= 0.95  # type: ignore[operator]
    assert answer["peers"]["majority"]["accuracy"] == 0.5  # type: ignore[index]


def test_refuses_in_one_line(tmp_path: Path) -> None:
    few = labelled(tmp_path / "few.csv", 10)
    with pytest.raises(CommandError, match="Give at least"):
        run("train", "sentiment", "--data", str(few))
    other = tmp_path / "c.csv"
    other.write_text("text,label\n" + "\n".join(f"t{n},x{n % 3}" for n in range(60)))
    with pytest.raises(CommandError, match="Labels must be feelings"):
        run("train", "sentiment", "--data", str(other))
    train = labelled(tmp_path / "a.csv")
    with pytest.raises(CommandError, match="labels that training does not know"):
        run("evaluate_text", "sentiment", "--train", str(train), "--test", str(other))
    with pytest.raises(CommandError, match="cannot be read"):
        run("train", "sentiment", "--data", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="no such text column"):
        run("train", "sentiment", "--data", str(few), "--text-column", "nothing")
