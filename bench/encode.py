"""Encoding against sentence-transformers and a padded torch loop, on the same weights.

Run: ``python -m bench.encode`` (``make bench ONLY=encode``). Every way runs in one process with
one thread, in interleaved rounds; what counts is the median of the rounds' ratios. Cosines to
sentence-transformers are checked before any time is taken. ``--quality`` adds what 8-bit
products cost in search quality, on the shared data sets when they are beside the checkout.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import peers
from bench.texts import QUERIES, product_texts

ROOT = Path(__file__).resolve().parent.parent
MODEL = Path(os.environ.get("MODELS_DIR", ROOT / "var" / "models")) / "e5-small-q4"
RESULT = ROOT / "bench" / "results" / "encode.json"
PEER = "sentence-transformers fp32"
GOALS = {"bulk": 3.2, "bulk int8": 4.5, "query": 6.0}

Way = Callable[[Sequence[str]], Any]


@dataclass
class Timing:
    """One way's figures: medians over rounds, ratios to the peer in the same round."""

    way: str
    work: str
    per_cpu_s: float
    cpu_ms: float
    wall_ms: float
    cpu_ratio: float
    wall_ratio: float
    lowest_cosine: float
    mean_cosine: float


def main(arguments: list[str]) -> int:
    """Run in the peers' environment; measure when already there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=128, help="texts of a bulk round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quality", action="store_true", help="search quality on shared data")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if not options.here:
        return peers.run_there("bench.encode", [*arguments, "--here"])
    if not (MODEL / "manifest.json").exists():
        print("No weights: run python manage.py fetch_models", file=sys.stderr)
        return 1
    report(measure(options.texts, options.rounds), quality() if options.quality else {})
    return 0


def measure(texts: int, rounds: int) -> list[Timing]:
    """Time bulk encoding and single queries."""
    import torch

    torch.set_num_threads(1)
    bulk = ["passage: " + text for text in product_texts(texts)]
    asked = ["query: " + query for query in QUERIES]
    ways = all_ways()
    timings = compare("bulk", ways, [bulk], rounds)
    asking = {**ways, **query_ways()}
    return timings + compare("query", asking, [[query] for query in asked], rounds * 2)


def all_ways() -> dict[str, Way]:
    """Load the peer, the plain loop and our encoder in each number format of this processor."""
    from sentence_transformers import SentenceTransformer

    peer = SentenceTransformer(str(MODEL), device="cpu", model_kwargs={"dtype": "float32"})
    ways: dict[str, Way] = {
        PEER: lambda texts: peer.encode(list(texts), normalize_embeddings=True),
        "torch fp32, padded in order": padded_loop(),
    }
    for number_format in ("fp32", *own_formats()):
        ways[f"shopguide {number_format}"] = own(number_format).encode_documents
    return ways


def query_ways() -> dict[str, Way]:
    """Load the optional runtime of short queries; prompts of its own are empty or a space."""
    runtime = own("fp32", query_runtime="ctranslate2", document_prompt=" ")
    return {"shopguide int8 ctranslate2": runtime.encode_queries}


def own_formats() -> list[str]:
    """List the formats faster than fp32 that this processor has."""
    import torch

    from shopguide.inference.loading import has_byte_products

    bf16 = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return [*(["bf16"] if bf16 else []), *(["int8"] if has_byte_products() else [])]


def own(number_format: str, **fields: Any) -> Any:
    """Load our encoder; prompts are already in the texts."""
    from shopguide.inference.building import build_encoder
    from shopguide.inference.encoder import EncoderSpec

    return build_encoder(EncoderSpec(MODEL, 384, dtype=number_format, **fields))  # type: ignore[arg-type]


def padded_loop() -> Way:
    """Write what a tutorial writes: batches of 32 in order, padded, mean over the mask."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    model = AutoModel.from_pretrained(MODEL, dtype=torch.float32).eval()

    def encode(texts: Sequence[str]) -> Any:
        parts = []
        with torch.no_grad():
            for start in range(0, len(texts), 32):
                batch = tokenizer(
                    list(texts[start : start + 32]),
                    padding=True,
                    truncation=True,
                    max_length=512,
                    return_tensors="pt",
                )
                mask = batch["attention_mask"].unsqueeze(-1)
                states = model(
                    input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
                ).last_hidden_state
                parts.append((states * mask).sum(1) / mask.sum(1))
        return torch.nn.functional.normalize(torch.cat(parts)).numpy()

    return encode


def compare(
    work: str, ways: dict[str, Way], batches: list[Sequence[str]], rounds: int
) -> list[Timing]:
    """Check cosines, then run interleaved rounds of every way over every batch."""
    import numpy as np

    vectors = {
        name: np.concatenate([way(batch) for batch in batches]) for name, way in ways.items()
    }
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            for batch in batches:
                wall, cpu = time.perf_counter(), time.process_time()
                way(batch)
                spent[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    size = len(batches[0])
    return [
        timing(
            name,
            work,
            size=size,
            spent=spent[name],
            peer=spent[PEER],
            cosines=(vectors[name] * vectors[PEER]).sum(1),
        )
        for name in ways
    ]


def timing(
    way: str,
    work: str,
    *,
    size: int,
    spent: list[tuple[float, float]],
    peer: list[tuple[float, float]],
    cosines: Any,
) -> Timing:
    """Sum up one way: medians of times, and of ratios taken within a round."""
    cpu, wall = (statistics.median(column) for column in zip(*spent, strict=True))
    pairs = list(zip(peer, spent, strict=True))
    return Timing(
        way=way,
        work=work,
        per_cpu_s=size / cpu,
        cpu_ms=cpu * 1000,
        wall_ms=wall * 1000,
        cpu_ratio=statistics.median(theirs[0] / ours[0] for theirs, ours in pairs),
        wall_ratio=statistics.median(theirs[1] / ours[1] for theirs, ours in pairs),
        lowest_cosine=float(cosines.min()),
        mean_cosine=float(cosines.mean()),
    )


def quality() -> dict[str, dict[str, float]]:
    """Compare search quality of fp32 and int8 vectors alone, on two shared sets."""
    from bench import encode_quality

    encoders = {name: own(name) for name in ("fp32", *own_formats())}
    return {name: encode_quality.score(encoder) for name, encoder in encoders.items()}


def report(timings: list[Timing], scores: dict[str, dict[str, float]]) -> None:
    """Print the table and write the file."""
    row = "{:<28} {:<6} {:>11} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}"
    print(
        row.format(
            *("way", "work", "texts/CPU-s", "CPU ms", "wall ms", "CPU x", "wall x"),
            *("min cos", "mean"),
        )
    )
    for line in timings:
        times = [f"{value:.1f}" for value in (line.per_cpu_s, line.cpu_ms, line.wall_ms)]
        ratios = [f"{value:.2f}" for value in (line.cpu_ratio, line.wall_ratio)]
        cosines = [f"{value:.5f}" for value in (line.lowest_cosine, line.mean_cosine)]
        print(row.format(line.way, line.work, *times, *ratios, *cosines))
    for name, figures in scores.items():
        print(name, " ".join(f"{metric} {value:.4f}" for metric, value in figures.items()))
    print(f"goals: {GOALS}")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    content = {"timings": [asdict(line) for line in timings], "quality": scores, "goals": GOALS}
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
