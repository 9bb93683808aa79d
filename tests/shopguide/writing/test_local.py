"""A model in this process behind the same interface: what it cannot write, the realiser does."""

from pathlib import Path

import pytest

from shopguide.inference.errors import InferenceError
from shopguide.inference.generator import FakeGenerator, GeneratorSpec, TransformersGenerator
from shopguide.writing import Plan, write
from shopguide.writing.local import local_writer
from tests.conftest import FULL

PLAN = Plan("stock", "en", {"product": "Everyday Tee", "state": "in"})


def test_a_model_that_keeps_the_slots_is_heard() -> None:
    generator = FakeGenerator(lambda text: text.replace("1. ", "1. Good news: "), name="tiny")
    found = local_writer(generator, holds=lambda _text: True)
    said = list(found.write(PLAN))
    assert said[0].startswith("Good news: ") and "Everyday Tee" in said[0]
    assert (found.name, found.rewritten) == ("tiny", 1)
    assert found.holding(lambda _text: True).name == "realiser"


@pytest.mark.parametrize("answer", ["", "gibberish " * 50, "1. All is free!", "1. {product_9} 5"])
def test_a_model_that_does_not_is_not(answer: str) -> None:
    found = local_writer(FakeGenerator(lambda _text: answer), holds=lambda _text: True)
    assert list(found.write(PLAN)) == list(write(PLAN)) and found.name == "realiser"


def test_without_a_check_nothing_of_a_model_is_shown() -> None:
    generator = FakeGenerator(lambda text: text.replace("1. ", "1. Good news: "))
    assert list(local_writer(generator).write(PLAN)) == list(write(PLAN))


def test_a_model_that_breaks_is_not_noticed() -> None:
    def broken(_text: str) -> str:
        raise InferenceError("no memory")

    assert list(local_writer(FakeGenerator(broken), holds=lambda _text: True).write(PLAN)) == list(
        write(PLAN)
    )


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a random language model of a few thousand weights."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("generator")
    words = ["<unk>", "</s>", *"abcdefghijklmnopqrstuvwxyz0123456789.,{}_ "]
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", eos_token="</s>", pad_token="</s>"
    ).save_pretrained(folder)
    torch.manual_seed(2)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
             "num_attention_heads": 2, "max_position_embeddings": 2048}  # fmt: skip
    LlamaForCausalLM(LlamaConfig(vocab_size=len(words), **sizes)).save_pretrained(folder)
    return folder


@pytest.mark.skipif(not FULL, reason="imports torch and transformers")
def test_real_transformers_code_runs_and_its_nonsense_is_not_shown(tiny: Path) -> None:
    generator = TransformersGenerator(GeneratorSpec(str(tiny)))
    pieces = list(generator.stream("say", "1. hello", tokens=12, timeout_s=10))
    assert "".join(pieces) == "".join(generator.stream("say", "1. hello", tokens=12, timeout_s=10))
    found = local_writer(generator, holds=lambda _text: True, total_s=5)
    assert list(found.write(PLAN)) == list(write(PLAN))
    assert generator.id == tiny.name
