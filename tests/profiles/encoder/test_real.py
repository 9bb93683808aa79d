"""The real encoder on the demo's catalogue: taught, as it came, and begun from nothing."""

import os
from pathlib import Path

import pytest

from catalog import demo
from profiles.encoder.gathering import pairs_of, unrelated_pairs
from shopguide.inference.building import build_encoder
from shopguide.inference.contrast.lesson import tune
from shopguide.inference.contrast.pairs import Pair
from tests.conftest import FULL
from tests.shopguide.inference.conftest import MODEL, ROOT, e5_spec

SEEDS = 3


def demo_pairs() -> list[Pair]:
    """Return what the demo's products say of themselves."""
    found: list[Pair] = []
    products = [one for shop in demo.merchants() for one in demo.products(shop["slug"])]
    for number, one in enumerate(products):
        texts = {(number, lang): (one["title"][lang], one["description"][lang])
                 for lang in one["title"]}  # fmt: skip
        passages = {
            lang: f"{title}. {one['brand']}. {description[:400]}"
            for (_number, lang), (title, description) in texts.items()
        }
        for lang, passage in passages.items():
            found += pairs_of(number, lang, passage, texts, passages)
    return found


@pytest.mark.skipif(not FULL, reason="some minutes: make test-all")
def test_taught_beats_frozen_beats_random(tmp_path: Path) -> None:
    directory = Path(os.environ.get("MODELS_DIR", ROOT / "var" / "models")) / MODEL
    if not (directory / "manifest.json").exists():
        pytest.skip("no weights here: run python manage.py fetch_models")
    card = tune(
        build_encoder(e5_spec(directory)), demo_pairs(), unrelated_pairs(), seed=1, seeds=SEEDS,
        shelf=tmp_path / "shelf", room=tmp_path / "room", source={},
    )  # fmt: skip
    assert len(card["seeds"]) == SEEDS
    for one in card["seeds"]:
        assert one["tuned"]["ndcg@10"] > one["base"]["ndcg@10"] > one["random"]["ndcg@10"]
        assert not one["held_back"]
    built = build_encoder(e5_spec(tmp_path / "shelf" / card["version"]))
    vectors = built.encode_queries(["a teapot for green tea", "泡绿茶的壶", "wireless mouse"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
