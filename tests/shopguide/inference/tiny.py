"""Small random models with real architectures, so that code paths run without weights."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedModel,
    XLMRobertaConfig,
    XLMRobertaModel,
)

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
LETTERS = [chr(code) for code in range(ord("a"), ord("z") + 1)] + list(
    "0123456789红色连衣裙无线鼠标"
)
SIZES: dict[str, Any] = {
    "vocab_size": 64,
    "hidden_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 96,
    "max_position_embeddings": 130,
    "pad_token_id": 1,
}


def save_tokenizer(directory: Path) -> None:
    """Write a tokenizer of single characters."""
    pieces = {piece: number for number, piece in enumerate(SPECIAL + LETTERS)}
    tokenizer = Tokenizer(models.WordLevel(pieces, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Split("", "isolated")]
    )
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B:1 </s>:1",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.save(str(directory / "tokenizer.json"))


def random_model(kind: str = "bert", *, seed: int = 1, **changes: Any) -> PreTrainedModel:
    """Build a model with weights larger than a fresh one's, so that errors show."""
    torch.manual_seed(seed)
    if kind == "bert":
        model: PreTrainedModel = BertModel(BertConfig(**SIZES, **changes), add_pooling_layer=False)
    elif kind == "xlm-roberta":
        config = XLMRobertaConfig(**SIZES, type_vocab_size=1, **changes)
        model = XLMRobertaModel(config, add_pooling_layer=False)
    else:
        model = BertForSequenceClassification(BertConfig(**SIZES, num_labels=1, **changes))
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "LayerNorm" not in name:
                weights.normal_(0, 0.15)
    return model.eval().requires_grad_(False)


def save_model(directory: Path, kind: str = "bert", **changes: Any) -> Path:
    """Write a model directory: weights, configuration, tokenizer."""
    directory.mkdir(parents=True, exist_ok=True)
    random_model(kind, **changes).save_pretrained(directory, safe_serialization=True)
    save_tokenizer(directory)
    return directory


def reference_states(model: PreTrainedModel, texts: Sequence[Sequence[int]]) -> list[torch.Tensor]:
    """Run transformers on each text alone: n tensors (length, hidden)."""
    with torch.no_grad():
        return [model(input_ids=torch.tensor([list(ids)])).last_hidden_state[0] for ids in texts]
