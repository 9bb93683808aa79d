"""Train and measure the reader that finds the stretch of a passage that answers.

For `train reader` and `evaluate_text reader`. Without files it learns our own questions over the
demo shops' articles, which are few. Its figures are of texts that trained nothing; it is put in use
only where it is ahead of choosing a sentence by words and of silence, on those same texts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from assistant.knowledge.measuring import own_questions
from assistant.knowledge.samples import entries
from assistant.knowledge.splitting import Piece, pieces
from assistant.knowledge.squad import Asked, f1, read_squad, scores, tokens

SHELF = "reader"
FEWEST = 40
HELD = 0.2
Say = Callable[[str], None]


def own_material() -> list[Asked]:
    """Return our questions: each with the passage that answers, and one of another article."""
    found: list[Asked] = []
    for one in own_questions():
        passages = passages_of(one.shop, "zh" if one.language == "zh-hans" else "en")
        for key, piece in passages:
            if key == one.article and (word := _held(piece.text, one.holds)):
                sentence = next(s for s in piece.sentences if s.start <= word[0] < s.end)
                answer = (sentence.start, piece.text[sentence.start : sentence.end])
                found.append(Asked(one.text, piece.text, (answer,), one.style))
                break
        others = [piece.text for key, piece in passages if key != one.article]
        found.append(Asked(one.text, nearest(one.text, others), (), one.style))
    return found


@lru_cache(maxsize=16)
def passages_of(shop: str, code: str) -> tuple[tuple[str, Piece], ...]:
    """Return a demo shop's passages in a language, each with its article's key."""
    return tuple(
        (entry["key"], piece)
        for entry in entries(shop)
        for piece in pieces(entry[code]["body"].strip())
    )


def _held(text: str, words: Sequence[str]) -> tuple[int, str] | None:
    places = [(text.find(word), word) for word in words]
    return next((one for one in places if one[0] >= 0), None)


def nearest(question: str, texts: Sequence[str]) -> str:
    """Return the text that shares most words with a question: the hardest one to refuse."""
    asked = set(tokens(question))
    return max(texts, key=lambda text: len(asked & set(tokens(text))))


def train_reader(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Train on files in SQuAD's form, without any on our own questions; return the card."""
    from shopguide.backends import encoder
    from shopguide.inference.shelf import use
    from shopguide.inference.spans import fit_reader

    started = time.monotonic()
    material, left_out = _material(options["data"])
    if len(material) < FEWEST:
        raise ValueError(f"{len(material)} questions are too few. Give at least {FEWEST}.")
    model: Any = encoder()
    if not hasattr(model, "lower"):
        raise ValueError("The encoder in use lends no layers. Set a BERT-shaped one.")
    seen, held = parted(material, options["seed"])
    say(f"{len(seen)} questions to learn, {len(held)} held out")
    reader = fit_reader(model, [example(one) for one in seen], seed=options["seed"], say=say)
    metrics, threshold = measure(reader, model, seen, held, say)
    source = ", ".join(path.name for path in options["data"]) or "our own questions"
    print_of = sha256(repr((material, options["seed"])).encode("utf-8", "replace")).hexdigest()
    version = f"reader-{print_of[:10]}--{model.id}".replace("/", "_")
    reader.card = {
        "model": "reader",
        "version": version,
        "data": {"source": source, "questions": len(material), "left_out": left_out},
        "encoder": model.id,
        "trained_layers": reader.shape.layers,
        "threshold": threshold,
        "metrics": metrics,
        "in_use": all(metrics["f1"] > peer["f1"] for peer in metrics["peers"].values()),
        "seconds": round(time.monotonic() - started, 1),
    }
    shelf = Path(settings.MODELS_DIR) / SHELF
    if not (shelf / version).is_dir():
        reader.save(shelf / version)
    if reader.card["in_use"]:
        use(shelf, version)
    else:
        say("kept, not put in use: choosing a sentence by words, or silence, does better")
    return reader.card


def evaluate_reader(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Train on one file in SQuAD's form and measure on the other."""
    from shopguide.backends import encoder
    from shopguide.inference.spans import fit_reader

    started = time.monotonic()
    seen, _left = read_squad(options["train"])
    held, left_out = read_squad(options["test"])
    model: Any = encoder()
    reader = fit_reader(model, [example(one) for one in seen], seed=options["seed"], say=say)
    metrics, _threshold = measure(reader, model, seen, held, say)
    return {
        **metrics,
        "model": f"span reader over {model.id}",
        "left_out": left_out,
        "seconds": round(time.monotonic() - started, 1),
    }


def _material(paths: Sequence[Path]) -> tuple[list[Asked], int]:
    if not paths:
        return own_material(), 0
    found: list[Asked] = []
    left_out = 0
    for path in paths:
        asked, left = read_squad(path)
        found += asked
        left_out += left
    return found, left_out


def parted(material: Sequence[Asked], seed: int) -> tuple[list[Asked], list[Asked]]:
    """Hold whole groups out (articles, styles of authors), about a fifth of the questions."""
    groups = sorted({one.group for one in material})
    order = [groups[place] for place in np.random.default_rng(seed).permutation(len(groups))]
    held: set[str] = set()
    for group in order[:-1]:
        if sum(one.group in held for one in material) >= HELD * len(material):
            break
        held.add(group)
    if not held:
        cut = int(HELD * len(material))
        return list(material[cut:]), list(material[:cut])
    return (
        [one for one in material if one.group not in held],
        [one for one in material if one.group in held],
    )


def example(asked: Asked) -> Any:
    """Return a question as the reader takes it; of several answers the first."""
    from shopguide.inference.spans import Example

    if not asked.answers:
        return Example(asked.question, asked.text)
    start, said = asked.answers[0]
    return Example(asked.question, asked.text, start, start + len(said))


def measure(
    reader: Any, model: Any, seen: Sequence[Asked], held: Sequence[Asked], say: Say
) -> tuple[dict[str, Any], float]:
    """Score on held-out questions, the threshold taken from the learnt ones; peers beside it."""
    few = list(seen)[:: max(1, len(seen) // 300)]
    known = reader.read(model, [example(one) for one in few], say)
    threshold = best_threshold(few, known)
    spans = reader.read(model, [example(one) for one in held], say)
    said = [text_of(one, span, threshold) for one, span in zip(held, spans, strict=True)]
    peers = {
        "sentence_by_words": scores(held, [by_words(one) for one in held]),
        "always_silent": scores(held, [""] * len(held)),
    }
    return {**scores(held, said), "how": "held out", "peers": peers}, round(threshold, 4)


def text_of(asked: Asked, span: Any, threshold: float) -> str:
    """Return what a span says, nothing below the threshold."""
    return asked.text[span.start : span.end] if span.margin > threshold else ""


def best_threshold(asked: Sequence[Asked], spans: Sequence[Any]) -> float:
    """Return the margin above which answering scores best."""
    margins = sorted({round(span.margin, 2) for span in spans})
    tried = margins[:: max(1, len(margins) // 50)] or [0.0]

    def score(threshold: float) -> float:
        pairs = zip(asked, spans, strict=True)
        return scores(asked, [text_of(one, span, threshold) for one, span in pairs])["f1"]

    return max(tried, key=score)


def by_words(asked: Asked) -> str:
    """Answer as shops do without a reader: the sentence with most words of the question."""
    told = [one.said for piece in pieces(asked.text) for one in piece.sentences]
    best = max(told, key=lambda text: f1(text, asked.question), default="")
    return best if f1(best, asked.question) >= 0.2 else ""
