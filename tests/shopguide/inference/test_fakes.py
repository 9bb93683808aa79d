"""The fakes keep the contract, and near is near for Chinese, English and typos."""

import subprocess
import sys

import numpy as np
import pytest

from shopguide.inference.fakes import FakeEncoder, FakeReranker
from tests.shopguide.inference.contract import EncoderContract, RerankerContract


class TestFakeEncoder(EncoderContract):
    """Hashing keeps every promise of an encoder."""

    @pytest.fixture
    def encoder(self) -> FakeEncoder:
        return FakeEncoder()

    def test_width_is_chosen(self) -> None:
        assert FakeEncoder(32).encode_queries(["红色"]).shape == (1, 32)

    @pytest.mark.parametrize(
        ("text", "near", "far"),
        [
            ("wireless mouse", "mouses, wireless", "garden hose"),
            ("headphones", "headphnoes", "keyboard"),
            ("红色连衣裙", "连衣裙 红", "蓝牙耳机"),
            ("iPhone 手机壳", "手机保护壳 iphone", "登山鞋"),
        ],
    )
    def test_similar_texts_are_near(
        self, encoder: FakeEncoder, text: str, near: str, far: str
    ) -> None:
        own, close, distant = encoder.encode_documents([text, near, far])
        assert own @ close > own @ distant + 0.2

    def test_another_process_computes_the_same(self, encoder: FakeEncoder) -> None:
        code = (
            "from shopguide.inference.fakes import FakeEncoder as F;"
            "print(F(64).encode_queries(['红色 dress']).tobytes().hex())"
        )
        printed = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        assert printed.strip() == FakeEncoder(64).encode_queries(["红色 dress"]).tobytes().hex()


class TestFakeReranker(RerankerContract):
    """Overlap keeps every promise of a reranker."""

    @pytest.fixture
    def reranker(self) -> FakeReranker:
        return FakeReranker()

    def test_more_of_the_query_scores_higher(self, reranker: FakeReranker) -> None:
        documents = ["garden hose", "red hat", "red dress"]
        assert np.argsort(reranker.score("red dress", documents)).tolist() == [0, 1, 2]

    def test_fakes_do_not_load_torch(self) -> None:
        code = "import sys, shopguide.inference.fakes; sys.exit('torch' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
