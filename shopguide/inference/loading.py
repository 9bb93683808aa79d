"""Open a model directory or a hub id: weights, tokenizer and how to pool.

For the encoders and the reranker. Loads safetensors only, runs no code that comes with a model,
and stays off the network when the spec says so.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import torch
import transformers
from huggingface_hub import hf_hub_download
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, HFValidationError
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from shopguide.inference import weights
from shopguide.inference.encoder import NumberFormat
from shopguide.inference.errors import ModelMissing, ModelUnsupported

# One process, one thread unless the spec says more; and no warning after a worker's fork.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()


class Source:
    """Where a model's files are: a directory, or a hub repository at a revision."""

    def __init__(self, model: str | Path, *, revision: str | None, offline: bool) -> None:
        self.model, self.revision, self.offline = str(model), revision, offline
        self.directory = Path(model) if Path(model).is_dir() else None
        if self.directory:
            weights.verify(self.directory)
        elif self.file("config.json") is None:
            raise ModelMissing(
                f"There is no model at {model}.",
                remedy="Run: python manage.py fetch_models"
                + (" (or allow downloads for a hub id)." if offline else "."),
            )

    def file(self, name: str) -> Path | None:
        """Find one of the model's files; None when it has no such file."""
        if self.directory:
            path = self.directory / name
            return path if path.is_file() else None
        try:
            found = hf_hub_download(
                self.model, name, revision=self.revision, local_files_only=self.offline
            )
        except (EntryNotFoundError, HFValidationError, HfHubHTTPError, OSError):
            return None
        return Path(found)

    def read_json(self, name: str) -> dict[str, Any]:
        """Read one of the model's JSON files; empty when it has no such file."""
        path = self.file(name)
        return json.loads(path.read_text(encoding="utf-8")) if path else {}

    def tokenizer(self, max_tokens: int) -> Tokenizer:
        """Load the model's tokenizer, truncating, never padding.

        A tokenizer of our own and not transformers': theirs shares a backend whose padding,
        once switched on by any call, makes every later call three times slower.
        """
        path = self.file("tokenizer.json")
        if path is None:
            raise ModelUnsupported(f"{self.model} has no fast tokenizer (tokenizer.json).")
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens)
        tokenizer.encode_special_tokens = True  # "</s>" in a shopper's text is text
        return tokenizer

    def load(self, auto_class: Any, *, dtype: torch.dtype | str) -> PreTrainedModel:
        """Load weights into a transformers class, in evaluation mode."""
        model = auto_class.from_pretrained(
            self.model,
            revision=self.revision,
            local_files_only=self.offline or self.directory is not None,
            use_safetensors=True,
            trust_remote_code=False,
            dtype=dtype,
        )
        return model.eval().requires_grad_(False)

    def pooling(self) -> str:
        """Tell how token vectors become one: ``mean``, ``cls`` or ``last``."""
        settings = self.read_json("1_Pooling/config.json")
        said = settings.get("pooling_mode")
        if said == "cls" or settings.get("pooling_mode_cls_token"):
            return "cls"
        if said == "lasttoken" or settings.get("pooling_mode_lasttoken"):
            return "last"
        return "mean"


def has_byte_products() -> bool:
    """Tell whether this processor multiplies bytes fast (AVX512-VNNI or AMX)."""
    return (
        torch.backends.mkldnn.is_available()
        and "fbgemm" in torch.backends.quantized.supported_engines
        and bool(torch.cpu._is_vnni_supported())
    )


def has_half_products() -> bool:
    """Tell whether this processor multiplies bf16 numbers fast (AVX512-BF16 or AMX)."""
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def number_format(wanted: NumberFormat, device: str) -> NumberFormat:
    """Choose how to compute: what was asked for, or for ``auto`` the fastest at hand.

    On a CPU without 8-bit products bf16 is chosen only where the processor has it: emulated,
    it is many times slower than fp32.
    """
    if wanted != "auto":
        return wanted
    if device.startswith("cuda"):
        return "bf16" if torch.cuda.is_bf16_supported() else "fp32"
    if has_byte_products():
        return "int8"
    return "bf16" if has_half_products() else "fp32"


def check_device(device: str) -> None:
    """Refuse a device that is not there."""
    if device != "cpu" and not (device.startswith("cuda") and torch.cuda.is_available()):
        raise ModelUnsupported(
            f"Device {device!r} is not available here.", remedy="Use cpu, or cuda on a GPU host."
        )
