"""What every encoder and every reranker keeps, real or fake: inherit and provide the fixture."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from shopguide.inference.encoder import Encoder
from shopguide.inference.rerank import Reranker

TEXTS = [
    "红色连衣裙",
    "wireless mouse",
    "复古红色长裙 女 夏季新款",
    "Logitech 无线鼠标 静音",
    "A long linen dress with a belt, in three shades of red. Wash cold, dry flat, iron warm.",
    "garden hose",
    "wireless mouse",
]
STRANGE = [
    "",
    "   \n\t ",
    "\u200b\ufeff\u00ad",
    "\x00\x07",
    "\ud83d lone surrogate",
    "👗👚🧢",
    "e\u0301 ﬁ ㎏ ＡＢＣ",
    "عطر نسائي ﷺ",
    "</s><pad><s>",
    "a" * 20_000,
    "裙" * 5_000,
]


class EncoderContract:
    """The promises of ``Encoder``."""

    neighbour_tolerance = 1e-5  # of the cosine between a text encoded alone and among others

    @pytest.fixture
    def encoder(self) -> Encoder:
        raise NotImplementedError

    def test_rows_have_the_stated_shape_type_and_length(self, encoder: Encoder) -> None:
        for vectors in (encoder.encode_queries(TEXTS), encoder.encode_documents(TEXTS)):
            assert vectors.shape == (len(TEXTS), encoder.dimensions)
            assert vectors.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_nothing_in_gives_nothing_out(self, encoder: Encoder) -> None:
        assert encoder.encode_queries([]).shape == (0, encoder.dimensions)
        assert encoder.encode_documents([]).shape == (0, encoder.dimensions)
        assert encoder.count_tokens([]) == []

    def test_queries_encoded_twice_are_the_same_ones(self, encoder: Encoder) -> None:
        vectors, middles = encoder.encode_queries_twice(TEXTS)
        np.testing.assert_allclose(vectors, encoder.encode_queries(TEXTS), atol=1e-5)
        assert len(middles) == len(TEXTS) and np.isfinite(middles).all()
        np.testing.assert_allclose(middles[1], middles[6], atol=1e-5)
        nothing = encoder.encode_queries_twice([])
        assert [len(one) for one in nothing] == [0, 0]

    def test_order_is_kept(self, encoder: Encoder) -> None:
        vectors = encoder.encode_documents(TEXTS)
        backwards = encoder.encode_documents(TEXTS[::-1])
        assert (vectors * backwards[::-1]).sum(1).min() > 1 - self.neighbour_tolerance
        np.testing.assert_allclose(vectors[1], vectors[6], atol=1e-5)

    def test_neighbours_do_not_change_a_vector(self, encoder: Encoder) -> None:
        together = encoder.encode_documents(TEXTS)
        alone = np.concatenate([encoder.encode_documents([text]) for text in TEXTS])
        assert (together * alone).sum(1).min() > 1 - self.neighbour_tolerance

    def test_the_same_text_gives_the_same_vector(self, encoder: Encoder) -> None:
        np.testing.assert_array_equal(encoder.encode_queries(TEXTS), encoder.encode_queries(TEXTS))

    def test_strange_texts_have_vectors_too(self, encoder: Encoder) -> None:
        vectors = encoder.encode_documents(STRANGE)
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_white_space_around_and_between_does_not_matter(self, encoder: Encoder) -> None:
        plain, spaced = encoder.encode_queries(["red dress", "  red \n\t dress "])
        np.testing.assert_allclose(plain, spaced, atol=1e-6)

    def test_a_text_is_nearer_to_its_like(self, encoder: Encoder) -> None:
        queries = encoder.encode_queries(["红色连衣裙", "wireless mouse"])
        documents = encoder.encode_documents(["复古红色长裙 女", "wireless mouse 2.4 GHz", "水管"])
        nearest = (queries @ documents.T).argmax(1)
        assert nearest.tolist() == [0, 1]

    def test_one_string_is_refused(self, encoder: Encoder) -> None:
        with pytest.raises(TypeError):
            encoder.encode_queries("red dress")

    def test_tokens_are_counted_and_bounded(self, encoder: Encoder) -> None:
        short, longer = encoder.count_tokens(["红色", "红色连衣裙 夏季新款 显瘦 中长款"])
        assert 2 < short < longer

    def test_threads_may_share_it(self, encoder: Encoder) -> None:
        expected = encoder.encode_documents(TEXTS)
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: encoder.encode_documents(TEXTS), range(8)))
        for vectors in results:
            np.testing.assert_array_equal(vectors, expected)

    def test_it_has_an_id_to_store(self, encoder: Encoder) -> None:
        assert encoder.id
        assert "/" not in encoder.id


class RerankerContract:
    """The promises of ``Reranker``."""

    @pytest.fixture
    def reranker(self) -> Reranker:
        raise NotImplementedError

    def test_one_finite_score_a_document(self, reranker: Reranker) -> None:
        scores = reranker.score("red dress", TEXTS)
        assert scores.shape == (len(TEXTS),)
        assert scores.dtype == np.float32
        assert np.isfinite(scores).all()

    def test_no_documents_no_scores(self, reranker: Reranker) -> None:
        assert reranker.score("red dress", []).shape == (0,)

    def test_scores_follow_the_documents(self, reranker: Reranker) -> None:
        scores = reranker.score("红色 连衣裙", TEXTS)
        backwards = reranker.score("红色 连衣裙", TEXTS[::-1])
        np.testing.assert_allclose(scores, backwards[::-1], atol=1e-4)

    def test_neighbours_do_not_change_a_score(self, reranker: Reranker) -> None:
        together = reranker.score("mouse", TEXTS)
        alone = [reranker.score("mouse", [text])[0] for text in TEXTS]
        np.testing.assert_allclose(together, alone, atol=1e-4)

    def test_strange_texts_have_scores_too(self, reranker: Reranker) -> None:
        assert np.isfinite(reranker.score("裙" * 3_000, STRANGE)).all()
        assert np.isfinite(reranker.score("", STRANGE)).all()

    def test_one_string_is_refused(self, reranker: Reranker) -> None:
        with pytest.raises(TypeError):
            reranker.score("red", "dress")

    def test_it_has_an_id(self, reranker: Reranker) -> None:
        assert reranker.id
