"""The real reranker class on a small random model."""

from pathlib import Path

import numpy as np
import pytest
import torch

from shopguide.inference.building import build_reranker
from shopguide.inference.crossencoder import CrossEncoder
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.rerank import Reranker, RerankerSpec
from tests.shopguide.inference import tiny
from tests.shopguide.inference.contract import RerankerContract


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a random cross-encoder."""
    return tiny.save_model(tmp_path_factory.mktemp("models") / "tiny-reranker", "classifier")


class TestCrossEncoder(RerankerContract):
    """A BERT classifier with one output keeps every promise of a reranker."""

    @pytest.fixture
    def reranker(self, directory: Path) -> Reranker:
        return build_reranker(RerankerSpec(directory, max_tokens=100))

    def test_scores_are_the_models_own(self, reranker: CrossEncoder, directory: Path) -> None:
        model = tiny.random_model("classifier")
        pair = reranker.tokenizer.encode("red", "red dress")
        with torch.no_grad():
            expected = model(
                input_ids=torch.tensor([pair.ids]), token_type_ids=torch.tensor([pair.type_ids])
            ).logits[0, 0]
        np.testing.assert_allclose(
            reranker.score("red", ["a much longer text", "red dress"])[1], expected, atol=1e-5
        )

    def test_a_long_document_gives_way_to_the_query(self, reranker: CrossEncoder) -> None:
        short, long = reranker.score("red dress", ["a" * 90, "a" * 5000])
        assert short == pytest.approx(long, abs=1e-5)
        assert reranker.score("red", ["a" * 300]) != reranker.score("dress", ["a" * 300])

    def test_a_classifier_is_not_a_reranker(self, tmp_path: Path) -> None:
        directory = tmp_path / "labels"
        directory.mkdir()
        from transformers import BertConfig, BertForSequenceClassification

        BertForSequenceClassification(BertConfig(**tiny.SIZES, num_labels=3)).save_pretrained(
            directory
        )
        tiny.save_tokenizer(directory)
        with pytest.raises(ModelUnsupported, match="classifier"):
            build_reranker(RerankerSpec(directory))
