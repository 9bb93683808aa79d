"""``manage.py train encoder``: teach the text encoder on the market's own pairs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from profiles.encoder.gathering import (
    Searched,
    labelled_pairs,
    market_pairs,
    search_pairs,
    unrelated_pairs,
)
from profiles.encoder.versions import encode_all, in_use, prune, put_in_use, shelf, spec_of_base

if TYPE_CHECKING:
    from shopguide.inference.contrast.pairs import Pair
    from shopguide.inference.contrast.teaching import Recipe

Say = Callable[[str], None]
MOST_SEEDS = 10


def train_encoder(
    options: dict[str, Any], say: Say, *, recipe: Recipe | None = None
) -> dict[str, Any]:
    """Teach a version and put it in use unless it is not better; return its card.

    It is always taught from the encoder as it came, never from a version: what is learnt twice
    would be learnt too well. ValueError of too little, and of files that cannot be read.
    """
    seeds = int(options.get("seeds", 1))
    if not 1 <= seeds <= MOST_SEEDS:
        raise ValueError(f"--seeds is a number from 1 to {MOST_SEEDS}.")
    if not 0 <= int(options["seed"]) < 2**31:
        raise ValueError("--seed is a number from 0 to 2147483647.")
    if spec_of_base().model == "fake":
        raise ValueError("The fake encoder cannot be taught. Set ENCODER_MODEL to a real one.")
    pairs, source = gathered(options, say)
    card = taught(pairs, source, seeds=(int(options["seed"]), seeds), recipe=recipe, say=say)
    if card["held_back"]:
        say(f"{card['version']} is kept and not put in use. {card['held_back']}")
    else:
        encode_all(card["version"], say)
        put_in_use(card["version"])
        say(f"{card['version']} is in use from the next start of site and workers on.")
    prune()
    return card | {"in_use": in_use() == card["version"]}


def gathered(options: dict[str, Any], say: Say) -> tuple[list[Pair], dict[str, Any]]:
    """Return all pairs, and where they come from."""
    columns = {name: options.get(name) or "" for name in ("text_column", "label_column")}
    labelled = [pair for path in options["data"] for pair in labelled_pairs(path, **columns)]
    until = today()
    market, searched = market_pairs(), search_pairs(until)
    say(
        f"{len(market)} pairs of products' texts, {len(searched.pairs)} of searching by "
        f"{searched.people} people, {len(labelled)} labelled"
    )
    return [*market, *searched.pairs, *labelled], told(searched, until, options)


def today() -> datetime:
    """Return the last midnight: a lesson that is ended and begun again learns from the same."""
    return timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)


def told(searched: Searched, until: datetime, options: dict[str, Any]) -> dict[str, Any]:
    """Say for the card what is learnt from."""
    return {
        "source": "texts of live products; searches of people who agreed to the improvement of "
        "models, and what they took within half an hour; files given by hand",
        "agreed_to": "training",
        "searching": {
            "people": searched.people, "until": until.isoformat(),
            "questions_of_one_person_left_out": searched.left_out,
        },
        "files": [path.name for path in options["data"]],
    }  # fmt: skip


def taught(
    pairs: list[Pair],
    source: dict[str, Any],
    *,
    seeds: tuple[int, int],
    recipe: Recipe | None,
    say: Say,
) -> dict[str, Any]:
    """Run the lesson in the model room. ``seeds``: the first, and how many."""
    from shopguide.inference.building import build_encoder
    from shopguide.inference.contrast.lesson import tune

    return tune(
        build_encoder(spec_of_base()), pairs, unrelated_pairs(), seed=seeds[0], seeds=seeds[1],
        shelf=shelf(), room=settings.DATA_DIR / "cache" / "encoder-lessons", source=source,
        recipe=recipe, say=say,
    )  # fmt: skip
