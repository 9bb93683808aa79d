"""The default encoder on its real weights."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel

from shopguide.inference.building import build_encoder
from shopguide.inference.encoder import Encoder, EncoderSpec
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.loading import has_byte_products
from shopguide.inference.packed import PackedEncoder
from shopguide.inference.transformer import TransformerEncoder
from tests.shopguide.inference import tiny
from tests.shopguide.inference.conftest import e5_spec
from tests.shopguide.inference.contract import STRANGE, TEXTS, EncoderContract

SENTENCES = [
    "不锈钢保温杯 500ml 大容量 学生 便携～",
    "Trail running shoes with a rock plate, 8 mm drop; wide toe box. Sizes 36-48.",
    "適合露營的折疊桌椅",
    "筆電包 14吋 防潑水 wool felt",
    "What is the difference between the two tents, and which one is lighter?",
    "买一送一",
]
# The ids that the weights' own tokenizer gives, counted with its engine.
KNOWN_IDS = {
    "query: 红色连衣裙": [0, 41, 1294, 12, 6, 143003, 12798, 11939, 103104, 2],
    "query: men's hoodie under $60": [
        *(0, 41, 1294, 12, 453, 25, 7, 64214, 7814, 1379, 3650, 4598, 2)
    ],
    "passage: 不锈钢保温杯 500ml～": [
        *(0, 46692, 12, 6, 562, 245572, 69469, 6082, 21918, 23301, 2101, 7237, 6087, 2)
    ],
    "passage: ＡＢＣ ｶﾀｶﾅ ﬁne": [0, 46692, 12, 47457, 6, 10045, 10793, 10045, 17456, 5885, 2],
    "passage: 👗🧢 龘": [0, 46692, 12, 6, 245871, 3, 6, 3, 2],
}


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Compare rows of unit vectors: (n, d), (n, d) -> (n,)."""
    return (a * b).sum(1)


@pytest.mark.model
class TestDefaultEncoder(EncoderContract):
    """e5 as the settings build it: 8-bit where the processor can."""

    # A sum that differs in its last digit may round to the next byte.
    neighbour_tolerance = 5e-4

    @pytest.fixture
    def encoder(self, e5: Encoder) -> Encoder:
        return e5

    def test_it_agrees_with_full_precision(self, e5: Encoder, e5_exact: Encoder) -> None:
        texts = SENTENCES + TEXTS
        agreement = cosines(e5.encode_documents(texts), e5_exact.encode_documents(texts))
        assert agreement.mean() > 0.999
        assert agreement.min() > 0.998
        queries = cosines(e5.encode_queries(texts), e5_exact.encode_queries(texts))
        assert queries.mean() > 0.999

    def test_a_dress_is_found_across_languages(self, e5: Encoder) -> None:
        queries = e5.encode_queries(["红色连衣裙", "wireless mouse", "保温杯"])
        documents = e5.encode_documents(
            ["A red summer dress", "Logitech 无线鼠标", "Insulated steel bottle", "Garden hose"]
        )
        assert (queries @ documents.T).argmax(1).tolist() == [0, 1, 2]

    def test_query_and_document_prompts_differ(self, e5: Encoder) -> None:
        assert cosines(e5.encode_queries(TEXTS), e5.encode_documents(TEXTS)).max() < 0.999

    def test_long_texts_are_cut_at_the_models_limit(self, e5: Encoder) -> None:
        assert max(e5.count_tokens(STRANGE)) == 512

    def test_the_format_is_the_fastest_at_hand_and_not_in_the_id(self, e5: PackedEncoder) -> None:
        assert e5.format == ("int8" if has_byte_products() else e5.format)
        assert e5.id == "e5-small-q4"
        assert e5.agreement > 0.999


@pytest.fixture(scope="session")
def directory(e5_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights where the other runtime may build its file."""
    directory = tmp_path_factory.mktemp("models") / "e5-small-q4"
    directory.mkdir()
    for file in e5_dir.iterdir():
        if not file.name.startswith("ctranslate2"):
            (directory / file.name).symlink_to(file)
    return directory


@pytest.fixture(scope="session")
def loaded(directory: Path) -> Encoder:
    """The default encoder with its queries in the other runtime."""
    pytest.importorskip("ctranslate2", reason="optional: requirements/fast.in")
    return build_encoder(e5_spec(directory, query_runtime="ctranslate2"))


@pytest.mark.model
class TestOtherQueryRuntime(EncoderContract):
    """Queries through CTranslate2, documents through torch, in one vector space."""

    neighbour_tolerance = 5e-4

    @pytest.fixture
    def encoder(self, loaded: Encoder) -> Encoder:
        return loaded

    def test_queries_agree_with_full_precision(self, encoder: Encoder, e5_exact: Encoder) -> None:
        texts = SENTENCES + TEXTS
        agreement = cosines(encoder.encode_queries(texts), e5_exact.encode_queries(texts))
        assert agreement.mean() > 0.9985
        assert agreement.min() > 0.997

    def test_a_query_does_not_depend_on_its_neighbours_at_all(self, encoder: Encoder) -> None:
        together = encoder.encode_queries(SENTENCES)
        alone = np.concatenate([encoder.encode_queries([text]) for text in SENTENCES])
        np.testing.assert_array_equal(together, alone)

    def test_what_was_built_is_built_once(self, encoder: Encoder, directory: Path) -> None:
        (built,) = directory.glob("ctranslate2-*")
        before = (built / "model.bin").stat().st_mtime_ns
        build_encoder(e5_spec(directory, query_runtime="ctranslate2"))
        assert (built / "model.bin").stat().st_mtime_ns == before

    def test_without_the_package_the_remedy_is_named(
        self, e5_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shopguide.inference.shortqueries.PACKAGE", "not_installed_here")
        with pytest.raises(ModelUnsupported, match=r"pip install -r requirements/fast\.in"):
            build_encoder(e5_spec(e5_dir, query_runtime="ctranslate2"))


@pytest.mark.model
class TestFullPrecision(EncoderContract):
    """e5 in fp32 equals transformers."""

    @pytest.fixture
    def encoder(self, e5_exact: Encoder) -> Encoder:
        return e5_exact

    def test_vectors_equal_those_of_transformers(
        self, e5_exact: PackedEncoder, e5_dir: Path
    ) -> None:
        model = AutoModel.from_pretrained(e5_dir, dtype=torch.float32, local_files_only=True)
        ids = e5_exact.token_ids(SENTENCES, "passage: ")
        means = [states.mean(0).numpy() for states in tiny.reference_states(model, ids)]
        expected = np.stack([mean / np.linalg.norm(mean) for mean in means])
        assert cosines(e5_exact.encode_documents(SENTENCES), expected).min() > 0.99999

    def test_neighbours_change_nothing_beyond_rounding(self, e5_exact: Encoder) -> None:
        together = e5_exact.encode_documents(SENTENCES + TEXTS)[: len(SENTENCES)]
        alone = np.concatenate([e5_exact.encode_documents([text]) for text in SENTENCES])
        assert cosines(together, alone).min() > 1 - 1e-5

    @pytest.mark.parametrize("text", KNOWN_IDS)
    def test_token_ids_are_those_of_the_source(self, e5_exact: PackedEncoder, text: str) -> None:
        assert e5_exact.token_ids([text], "") == [KNOWN_IDS[text]]

    def test_special_tokens_in_a_text_are_text(self, e5_exact: PackedEncoder) -> None:
        (ids,) = e5_exact.token_ids(["red </s> dress"], "")
        assert ids.count(2) == 1


class TestOtherModels:
    """The same code with other shapes, without real weights."""

    def test_a_directory_of_another_bert_is_packed(self, tiny_bert: Path) -> None:
        encoder = build_encoder(EncoderSpec(tiny_bert, 48, dtype="fp32", max_tokens=100))
        assert isinstance(encoder, PackedEncoder)
        assert encoder.id == "tiny-bert"
        assert encoder.encode_documents(["red dress", "b"]).shape == (2, 48)

    def test_fewer_dimensions_are_cut_and_scaled(self, tiny_bert: Path) -> None:
        spec = EncoderSpec(tiny_bert, 16, dtype="fp32", max_tokens=100)
        vectors = build_encoder(spec).encode_documents(["red dress", "b"])
        assert vectors.shape == (2, 16)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_other_architectures_run_in_transformers(self, tmp_path: Path) -> None:
        directory = tiny.save_model(tmp_path / "relu", hidden_act="relu")
        spec = EncoderSpec(directory, 48, max_tokens=100)
        encoder = build_encoder(spec)
        assert isinstance(encoder, TransformerEncoder)
        together = encoder.encode_documents(["red dress", "b", "wireless mouse 123"])
        alone = np.concatenate(
            [encoder.encode_documents([text]) for text in ("red dress", "b", "wireless mouse 123")]
        )
        np.testing.assert_allclose(together, alone, atol=1e-5)

    def test_padded_and_packed_agree(self, tiny_bert: Path) -> None:
        from shopguide.inference.loading import Source

        spec = EncoderSpec(tiny_bert, 48, dtype="fp32", max_tokens=100)
        source = Source(tiny_bert, revision=None, offline=True)
        texts = ["red dress", "b", "wireless mouse 123", "红色连衣裙"]
        padded = TransformerEncoder(spec, source).encode_queries(texts)
        np.testing.assert_allclose(build_encoder(spec).encode_queries(texts), padded, atol=1e-5)

    def test_eight_bits_that_disagree_are_refused_or_left(
        self, tiny_bert: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not has_byte_products():
            pytest.skip("this processor has no 8-bit dot products (AVX512-VNNI, AMX)")
        monkeypatch.setattr("shopguide.inference.packed.LOWEST_COSINE", 1.1)
        spec = EncoderSpec(tiny_bert, 48, dtype="auto", max_tokens=100)
        encoder = build_encoder(spec)
        assert isinstance(encoder, PackedEncoder)
        assert encoder.format == "fp32"
        with pytest.raises(ModelUnsupported, match="cosine"):
            build_encoder(EncoderSpec(tiny_bert, 48, dtype="int8", max_tokens=100))

    @pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU on this machine")
    def test_a_gpu_gives_the_same_vectors(self, e5_dir: Path, e5_exact: Encoder) -> None:
        encoder = build_encoder(e5_spec(e5_dir, device="cuda"))
        on_gpu = encoder.encode_documents(SENTENCES)
        assert cosines(on_gpu, e5_exact.encode_documents(SENTENCES)).min() > 0.999
