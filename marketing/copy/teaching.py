"""``train writer``: teach the local model how a shop speaks, by the copy that its people approved.

Adapters are learnt on four fifths of the products and judged on the rest: how foreign the approved
sentences are to the model before and after, and whether what it then writes is true. A version is
put in use only if the approved words have become less foreign and no claim lacks its fact.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from marketing.copy.channels import CHANNELS
from marketing.copy.checking import examine
from marketing.copy.lessons import Lesson, Taught, lessons_of
from marketing.copy.rephrasing import rephrased, worth_rewording
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

Say = Callable[[str], None]
FEWEST = 20
HELD = 5  # every fifth product
MOST_JUDGED = 6  # texts that are written anew to see whether they hold; each takes half a minute
VERSIONS_KEPT = 5


def train_writer(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Teach the writer of the settings one shop's manner; return the version's card."""
    from shopguide.backends import generator, taught_shelf

    merchant = _shop(options["merchant"])
    with as_merchant(merchant):
        taught = lessons_of(merchant)
    if len(taught) < FEWEST:
        raise ValueError(
            f"{merchant.slug} has {len(taught)} approved texts with sentences. "
            f"Approve at least {FEWEST}, then teach."
        )
    model = generator()
    if not hasattr(model, "teach"):
        raise ValueError("This writer cannot be taught. Run fetch_models, and set WRITER=local.")
    card = teach(merchant, taught, model, recipe_of(options), say)
    keep(taught_shelf(merchant.slug), card, say)
    return card


def recipe_of(options: dict[str, Any]) -> Any:
    """Return how it is to be learnt."""
    from shopguide.inference.adapting import Recipe

    return Recipe(seed=options["seed"])


def teach(
    merchant: Merchant, taught: Sequence[Taught], model: Any, recipe: Any, say: Say
) -> dict[str, Any]:
    """Learn, write the version down and judge it; return its card."""
    from shopguide.backends import taught_shelf

    started = time.monotonic()
    seen, held = parted(taught)
    say(f"{len(seen)} texts to learn, {len(held)} of other products held back")
    learnt = _exercises(model, seen, recipe.longest)
    judged = _exercises(model, held, recipe.longest)
    before = model.surprise(judged, taught=False)
    read = model.teach(learnt, recipe, say=say)
    after = model.surprise(judged, taught=True)
    say(f"approved words held back: {before:.3f} before, {after:.3f} after")
    said_of = [asdict(one.lesson) for one in taught]
    mark = sha256(json.dumps([said_of, asdict(recipe), model.id]).encode()).hexdigest()[:10]
    version = taught_shelf(merchant.slug) / f"writer-{mark}"
    version.mkdir(parents=True, exist_ok=True)
    model.save_taught(version)
    speaking = speech(merchant, held[:MOST_JUDGED], model.taught(version))
    say(f"written anew: {speaking}")
    return {
        "model": "writer",
        "version": version.name,
        "base": model.id,
        "shop": merchant.slug,
        "data": data_of(seen, held) | {"tokens_read": read},
        "recipe": asdict(recipe),
        "metrics": {"loss_before": round(before, 4), "loss_after": round(after, 4), **speaking},
        "in_use": after < before and not speaking["unsupported"],
        "seconds": round(time.monotonic() - started, 1),
    }


def keep(shelf: Path, card: dict[str, Any], say: Say) -> None:
    """Write a version's card, put it in use if it is better, and let old versions go."""
    from shopguide.inference.shelf import use, versions

    said = json.dumps(card, ensure_ascii=False, indent=1)
    (shelf / card["version"] / "card.json").write_text(said, "utf-8")
    if card["in_use"]:
        use(shelf, card["version"])
    else:
        say("kept, not put in use: it is no better than before")
    for name in versions(shelf)[VERSIONS_KEPT:]:
        shutil.rmtree(shelf / name, ignore_errors=True)


def parted(taught: Sequence[Taught]) -> tuple[list[Taught], list[Taught]]:
    """Hold every fifth product's texts back, so that nothing is judged by its own words."""
    order = sorted({one.lesson.product for one in taught})
    held = set(order[HELD - 1 :: HELD]) or set(order[-1:])
    return (
        [one for one in taught if one.lesson.product not in held],
        [one for one in taught if one.lesson.product in held],
    )


def data_of(seen: Sequence[Taught], held: Sequence[Taught]) -> dict[str, int]:
    """Return the counts of what was learnt from, for the card."""
    lessons: list[Lesson] = [one.lesson for one in (*seen, *held)]
    return {
        "texts": len(lessons),
        "products": len({one.product for one in lessons}),
        "held_back": len(held),
        "lines": sum(one.lines for one in lessons),
        "changed_by_people": sum(one.changed for one in lessons),
    }


def speech(merchant: Merchant, held: Sequence[Taught], model: Any) -> dict[str, int]:
    """Let the model put held-back texts into other words and count what is shown and what is false.

    The ledger stands between as it always does, so ``unsupported`` is what slipped through it.
    """
    from shopguide.writing.local import local_writer

    found = {"asked": 0, "reworded": 0, "unsupported": 0}
    with as_merchant(merchant):
        for one in held:
            place, parts = CHANNELS[one.draft.channel], one.draft.parts
            writer = local_writer(model, total_s=settings.WRITER["copy_s"])
            words, _ = rephrased(parts, one.pen, place, writer)
            was = {said for _, said in worth_rewording(parts, place)}
            now = {said for _, said in worth_rewording(words, place)}
            found["asked"] += len(was)
            found["reworded"] += len(now - was)
            material = one.pen.material
            checked = examine(
                words, product=material.product, channel=one.draft.channel,
                locale=material.locale, ledger=material.ledger,
            )  # fmt: skip
            found["unsupported"] += len(checked.unsupported)
    return found


def _exercises(model: Any, taught: Sequence[Taught], longest: int) -> list[Any]:
    """Return lessons as tokens; those too long to be learnt from are left out."""
    found = [model.exercise(one.lesson.system, one.lesson.asked, one.lesson.answer)
             for one in taught]  # fmt: skip
    kept = [one for one in found if len(one) <= longest]
    if not kept:
        raise ValueError("Every approved text is longer than the writer can read at once.")
    return kept


def _shop(slug: str) -> Merchant:
    """Return the shop; one that is not there or not named is a one-line reason."""
    if not slug:
        raise ValueError("Say whose copy is to be learnt: --merchant SLUG.")
    found: Merchant | None = Merchant.objects.filter(slug=slug).first()
    if found is None:
        raise ValueError(f"There is no shop “{slug}”.")
    return found
