"""One lesson of the text encoder from pairs to a version with its card.

The layers below are asked once and their answers kept in files of the room, which is emptied at
the end. Taught are the encoder's own upper layers and, to know what its past is worth, layers
drawn at random. Of the way from the old weights to the new ones as much is gone as finds most
without forgetting, chosen on texts that neither teach nor judge.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shopguide.inference.contrast import keeping
from shopguide.inference.contrast.judging import Kept, Sight, kept, mean, scores, told, verdict
from shopguide.inference.contrast.measures import Scores
from shopguide.inference.contrast.pairs import CHOOSE, JUDGE, Material, Pair
from shopguide.inference.contrast.teaching import Recipe, Texts, described, teach
from shopguide.inference.contrast.tower import Tower, tower_of
from shopguide.inference.encoder import Encoder
from shopguide.inference.errors import InferenceError
from shopguide.inference.tuning import all_cores

Say = Callable[[str], None]
SHARES = (1.0, 0.6, 0.3)  # of the way from the old weights to the new
FEWEST = 60  # pairs
OLD_S = 7 * 86_400
TOKENS = 40  # of a pair, about
PROBED = 48  # texts by which what was written is compared with what was judged


class TooFew(InferenceError):
    """There is too little to learn from."""


@dataclass(frozen=True)
class Told:
    """What one seed came to."""

    seed: int
    tower: Tower
    share: float
    steps: int
    judged: dict[str, Any]
    verdict: dict[str, Any]


class Lesson:
    """All texts through the lower layers, once, and what is measured on them."""

    def __init__(
        self, encoder: Encoder, pairs: Sequence[Pair], unrelated: Sequence[Pair], *,
        recipe: Recipe, room: Path, say: Say,
    ) -> None:  # fmt: skip
        self.encoder, self.recipe, self.room, self.say = encoder, recipe, room, say
        self.material, self.unrelated = Material(pairs), Material(unrelated)
        many = len(self.material.learnt)
        if many < FEWEST:
            raise TooFew(
                f"{many} pairs to learn from are too few; {FEWEST} are needed.",
                remedy="Import products with descriptions, or give labelled pairs with --data.",
            )
        self.base = tower_of(encoder, layers=recipe.layers, most=recipe.most)

    def read(self, scratch: Path) -> None:
        """Run the lower layers over all texts."""
        started = time.monotonic()
        with all_cores(TOKENS * (len(self.material) + len(self.unrelated))):
            self.texts = self.texts_of(self.material, scratch, "market")
            self.others = self.texts_of(self.unrelated, scratch, "others")
        tokens = self.texts.queries.tokens + self.texts.documents.tokens
        self.say(f"{tokens} tokens read in {time.monotonic() - started:.0f} s")
        self.plain = self.seen(self.base, CHOOSE, JUDGE)

    def texts_of(self, material: Material, scratch: Path, name: str) -> Texts:
        """Keep what the lower layers make of a material's texts, and its vectors."""
        asked = self.encoder.token_states(
            material.queries, layer=self.base.shape.base, most=self.recipe.most,
            path=scratch / f"{name}-queries.npy", asked=True,
        )  # fmt: skip
        found = self.encoder.token_states(
            material.documents, layer=self.base.shape.base, most=self.recipe.most,
            path=scratch / f"{name}-documents.npy",
        )  # fmt: skip
        return Texts(asked, found, self.base.vectors(asked), self.base.vectors(found))

    def sight(self, tower: Tower, texts: Texts) -> Sight:
        """Return how a tower sees texts."""
        if tower is self.base:
            return Sight(texts.query_vectors, texts.document_vectors)
        with all_cores(texts.documents.tokens):
            return Sight(tower.vectors(texts.queries), tower.vectors(texts.documents))

    def seen(self, tower: Tower, *parts: str) -> dict[str, tuple[dict[str, Scores], Kept]]:
        """Score a tower on the market's texts, and on what must not change, by part."""
        market, others = self.sight(tower, self.texts), self.sight(tower, self.others)
        return {
            part: (
                scores(self.material, market, part),
                kept(self.unrelated, others, self.material, market, part),
            )
            for part in parts
        }

    def run(self, seed: int) -> Told:
        """Teach with one seed and judge."""
        tower, steps = self.taught(self.base.blended(self.base, 1.0), seed, "tuned")
        drawn, _steps = self.taught(self.base.drawn_anew(seed), seed, "drawn")
        share, chosen, (tuned, now) = self.chosen(tower)
        base, before = self.plain[JUDGE]
        blank = scores(self.material, self.sight(drawn, self.texts), JUDGE)
        found = {"tuned": tuned, "base": base, "random": blank}
        judged = verdict(base, tuned, before, now)
        means = told(found)
        self.say(
            f"seed {seed}: nDCG@10 "
            + ", ".join(f"{name} {one['ndcg@10']:.3f}" for name, one in means["mean"].items())
        )
        return Told(seed, chosen, share, steps, means, judged)

    def taught(self, tower: Tower, seed: int, kind: str) -> tuple[Tower, int]:
        """Teach a tower, going on where an earlier run of the same lesson was ended."""
        steps = teach(
            tower, self.material, self.texts, seed=seed, recipe=self.recipe,
            checkpoint=self.checkpoint(seed, kind), say=lambda line: self.say(f"{kind}: {line}"),
        )  # fmt: skip
        return tower, steps

    def checkpoint(self, seed: int, kind: str) -> Path:
        """Return where a lesson of these texts, this encoder and this recipe is kept on its way."""
        made_of = json.dumps([self.encoder.id, self.material.fingerprint, described(self.recipe)])
        key = hashlib.sha256(made_of.encode()).hexdigest()[:16]
        return self.room / f"{key}-{seed}-{kind}.safetensors"

    def chosen(self, tower: Tower) -> tuple[float, Tower, tuple[dict[str, Scores], Kept]]:
        """Go as far from the base as finds most among what forgets nothing.

        Returns the share of the way, the tower there, and how it is judged.
        """
        best: tuple[float, float, Tower, tuple[dict[str, Scores], Kept]] | None = None
        before = self.plain[CHOOSE][1]
        for share in SHARES:
            blended = tower.blended(self.base, share)
            seen = self.seen(blended, CHOOSE, JUDGE)
            found, now = mean(seen[CHOOSE][0]), seen[CHOOSE][1]
            self.say(
                f"share {share}: nDCG@10 {found:.3f}, unrelated {-now.lost(before):+.3f}, "
                f"scale {now.moved(before):.3f}"
            )
            if best is None or (now.fine(before) and found > best[0]):
                # Until one is fine the next, which is nearer to the base, takes the place.
                best = (found if now.fine(before) else -1.0), share, blended, seen[JUDGE]
            elif best[0] < 0:
                best = -1.0, share, blended, seen[JUDGE]
        assert best is not None  # noqa: S101 (there are shares)
        return best[1:]


def tune(
    encoder: Encoder, pairs: Sequence[Pair], unrelated: Sequence[Pair], *,
    seed: int, seeds: int, shelf: Path, room: Path, source: dict[str, Any],
    recipe: Recipe | None = None, say: Say = lambda line: None,
) -> dict[str, Any]:  # fmt: skip
    """Teach with one seed or several, keep the first's version on the shelf, return its card.

    Several seeds tell how far chance goes. The card's ``held_back`` says why a version is not to
    be used. Errors: TooFew, ModelUnsupported, NoSpace. Memory: about 1 GB above the encoder's,
    however many texts there are; the room takes .8 kB a token.
    """
    started = time.monotonic()
    recipe = recipe or Recipe()
    room.mkdir(parents=True, exist_ok=True)
    clear(room)
    lesson = Lesson(encoder, pairs, unrelated, recipe=recipe, room=room, say=say)
    with tempfile.TemporaryDirectory(prefix="states-", dir=room) as scratch:
        lesson.read(Path(scratch))
        runs = [lesson.run(seed + number) for number in range(seeds)]
        card = keep(lesson, runs, shelf, source, started)
    for one in runs:
        for kind in ("tuned", "drawn"):
            lesson.checkpoint(one.seed, kind).unlink(missing_ok=True)
    return card


def keep(
    lesson: Lesson, runs: Sequence[Told], shelf: Path, source: dict[str, Any], started: float
) -> dict[str, Any]:
    """Write the first run's version, look whether it is what was judged, and return its card."""
    partial = keeping.write(lesson.encoder, runs[0].tower, shelf)
    try:
        agreement = probe(lesson, runs[0].tower, partial)
        card = card_of(lesson, runs, source) | {
            "version": keeping.version_of(partial),
            "agreement": round(agreement, 4),
            "seconds": round(time.monotonic() - started, 1),
        }
        keeping.finish(partial, card)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return card


def probe(lesson: Lesson, tower: Tower, partial: Path) -> float:
    """Compare what was written with what was judged, on texts that were not cut."""
    whole = np.flatnonzero(lesson.texts.documents.lengths < lesson.recipe.most)[:PROBED]
    wanted = tower.vectors(lesson.texts.documents.take(whole))
    wanted = wanted[:, : lesson.encoder.dimensions]
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    texts = [lesson.material.documents[row] for row in whole]
    return keeping.check(lesson.encoder, partial, texts, wanted)


def card_of(lesson: Lesson, runs: Sequence[Told], source: dict[str, Any]) -> dict[str, Any]:
    """Say what a version is made of and how it was judged."""
    first = runs[0]
    material = lesson.material
    return {
        "model": "encoder",
        "base": lesson.encoder.id,
        "seed": first.seed,
        "data": source | {
            "pairs": material.counts(), "things": len(material.groups),
            "queries": len(material.queries), "documents": len(material.documents),
            "fingerprint": material.fingerprint,
        },
        "metrics": first.judged | {key: value for key, value in first.verdict.items()
                                   if key != "held_back"},
        "seeds": [
            {"seed": one.seed, "share": one.share, **one.judged["mean"],
             "difference": one.verdict["difference"], "held_back": one.verdict["held_back"]}
            for one in runs
        ],
        "share": first.share, "steps": first.steps, "recipe": described(lesson.recipe),
        "held_back": first.verdict["held_back"],
    }  # fmt: skip


def clear(room: Path) -> None:
    """Take away what lessons left that nobody has gone on with for a week."""
    for one in room.iterdir():
        if time.time() - one.stat().st_mtime > OLD_S:
            shutil.rmtree(one) if one.is_dir() else one.unlink(missing_ok=True)
