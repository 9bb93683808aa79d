"""``train encoder`` and ``versions encoder``: taught, kept, in use or held back, the way back."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.indexing import index_products
from catalog.models import Embedding
from profiles.encoder import commanding, gathering, versions
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.contrast import lesson
from shopguide.inference.shelf import taught
from tests.catalog.factories import make_merchant, make_product
from tests.shopguide.inference import tiny
from tests.shopguide.inference.contrast.market import QUICK, market

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the commands a random BERT, folders of their own and little to read."""
    directory = tiny.save_model(tmp_path / "tiny-bert")
    fields = {"model": str(directory), "dimensions": 48, "dtype": "fp32", "name": "tiny"}
    settings.ENCODER_BASE = fields
    settings.ENCODER, settings.ENCODER_ID = dict(fields), "tiny"
    settings.MODELS_DIR, settings.DATA_DIR = tmp_path / "models", tmp_path
    monkeypatch.setattr(gathering, "MOST_UNRELATED", 40)
    monkeypatch.setattr(lesson, "Recipe", lambda: QUICK)
    # Another connection's index would wait for this test's own rows.
    monkeypatch.setattr(versions, "index_vectors", lambda *_rest: None)
    shop = make_merchant("loom")
    make_product(shop, "pot", title="123 ab", title_zh="红色 123")
    index_products(shop)
    return tmp_path


def pairs_file(folder: Path, groups: int) -> Path:
    """Write pairs of a question and a text."""
    path = folder / "pairs.csv"
    rows = [f"{one.asked},{one.found}" for one in market(groups)]
    path.write_text("\n".join(["query,product", *rows]))
    return path


def run(*words: str, **options: Any) -> dict[str, Any]:
    """Run a command and return the JSON at its end."""
    said = StringIO()
    call_command(*words, stdout=said, stderr=StringIO(), json=True, **options)
    answer: dict[str, Any] = json.loads(said.getvalue().splitlines()[-1])
    return answer


def test_teaches_encodes_switches_and_goes_back(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopguide.inference.contrast.judging.FORGOTTEN", 1.0)
    monkeypatch.setattr("shopguide.inference.contrast.judging.MOVED", 1.0)
    card = run("train", "encoder", data=[pairs_file(room, 120)])
    assert {"model", "version", "data", "metrics", "seconds"} <= set(card)
    assert card["held_back"] == "" and card["in_use"] is True
    assert card["data"]["files"] == ["pairs.csv"] and card["data"]["agreed_to"] == "training"
    version = card["version"]
    assert taught(versions.shelf(), "tiny") == room / "models" / "encoder" / version
    assert taught(versions.shelf(), "another") is None
    with as_everyone():
        assert Embedding.objects.filter(encoder_id=version).count() == 2
    rows = run("versions", "encoder")["versions"]
    assert [(one["version"], one["in_use"]) for one in rows] == [(version, True), ("base", False)]
    assert run("versions", "encoder", card=version[-8:])["version"] == version
    run("versions", "encoder", back=True)
    assert versions.in_use() == "base"
    run("versions", "encoder", back=True)
    assert versions.in_use() == version
    run("versions", "encoder", live="base")
    assert versions.in_use() == "base"
    for wrong in ({"live": "nothing"}, {"card": "../../x"}, {"canary": "7"}):
        with pytest.raises(CommandError):
            run("versions", "encoder", **wrong)


def test_what_is_not_better_is_kept_and_not_used(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopguide.inference.contrast.judging.FEWEST", 10_000)
    monkeypatch.setattr(lesson, "Recipe", lambda: replace(QUICK, rounds=0.2))
    card = run("train", "encoder", data=[pairs_file(room, 110)])
    assert "too few to judge by" in card["held_back"] and card["in_use"] is False
    assert versions.in_use() == "base"
    rows = run("versions", "encoder")["versions"]
    assert [one["version"] for one in rows] == [card["version"], "base"]
    with as_everyone():
        assert not Embedding.objects.filter(encoder_id=card["version"]).exists()
    monkeypatch.setattr(versions, "KEPT", 0)
    versions.prune()
    assert not (versions.shelf() / card["version"]).exists()


def test_refuses_in_one_line(room: Path, settings: Any) -> None:
    with pytest.raises(CommandError, match="too few; 60 are needed"):
        run("train", "encoder")
    with pytest.raises(CommandError, match="cannot be read"):
        run("train", "encoder", data=[room / "none.csv"])
    with pytest.raises(CommandError, match="from 1 to 10"):
        run("train", "encoder", seeds=0)
    with pytest.raises(CommandError, match="--seed is"):
        run("train", "encoder", seed=-1)
    settings.ENCODER_BASE = {"model": "fake", "dimensions": 48}
    with pytest.raises(CommandError, match="cannot be taught"):
        run("train", "encoder")
    assert commanding.today().hour == 0
