"""Versions of the taught encoder: which there are, which is in use, the way back.

A version is a directory below ``MODELS_DIR/encoder``; the file ``current`` names the one in use,
which settings read when a process starts. A version's vectors stand beside the others', so going
to and fro encodes nothing twice.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError

from catalog.encoding import encode_products
from catalog.models import Embedding
from catalog.models.embedding import index_vectors
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.shelf import POINTER, taught, use, versions

if TYPE_CHECKING:
    from shopguide.inference.encoder import EncoderSpec

Say = Callable[[str], None]
BASE = "base"
BEFORE = "before"
KEPT = 3  # newest; each is as large as its base


class Unknown(ValueError):
    """There is no such version."""


def shelf() -> Path:
    """Return where versions stand."""
    return Path(settings.MODELS_DIR) / "encoder"


def in_use() -> str:
    """Return the version that processes take at their next start; ``base`` without one."""
    found = taught(shelf(), spec_of_base().label)
    return BASE if found is None else found.name


def put_in_use(version: str) -> None:
    """Let processes that start from now on use a version, or ``base``. Errors: Unknown."""
    if version != BASE:
        card_of(version)
    before = in_use()
    if before != version:
        shelf().mkdir(parents=True, exist_ok=True)
        (shelf() / BEFORE).write_text(before, "utf-8")
    if version == BASE:
        (shelf() / POINTER).unlink(missing_ok=True)
    else:
        use(shelf(), version)


def before() -> str:
    """Return what was in use before; ``base`` where nothing was or it is gone."""
    try:
        name = (shelf() / BEFORE).read_text("utf-8").strip()
    except OSError:
        return BASE
    return name if name in versions(shelf()) else BASE


def named(asked: str) -> str:
    """Return the version that a whole name or its end means. Errors: Unknown."""
    if asked == BASE:
        return BASE
    found = [one for one in versions(shelf()) if asked in (one, one.rpartition("+")[2])]
    if not found:
        raise Unknown(f"There is no version {asked} of the encoder.")
    return found[0]


def card_of(version: str) -> dict[str, Any]:
    """Return a version's card. Errors: Unknown."""
    if version not in versions(shelf()):
        raise Unknown(f"There is no version {version} of the encoder.")
    try:
        card: dict[str, Any] = json.loads((shelf() / version / "card.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unknown(f"The card of {version} cannot be read.") from error
    return card


def listed() -> list[dict[str, Any]]:
    """Return all versions, newest first, and the base."""
    used = in_use()
    rows = [
        {
            "version": name, "in_use": name == used, "seed": card["seed"],
            "ndcg@10": card["metrics"]["mean"]["tuned"]["ndcg@10"],
            "base": card["metrics"]["mean"]["base"]["ndcg@10"],
            "held_back": card["held_back"],
        }
        for name in versions(shelf())
        if (card := card_of(name))
    ]  # fmt: skip
    return [*rows, {"version": BASE, "in_use": used == BASE, "held_back": ""}]


def spec_of_base() -> EncoderSpec:
    """Describe the encoder as the settings name it, without what the market taught."""
    from shopguide.inference.encoder import EncoderSpec

    return EncoderSpec(**settings.ENCODER_BASE)


def encode_all(version: str, say: Say) -> int:
    """Give all live products their vectors by a version beside those they have; return how many.

    What changes meanwhile is encoded by workers once they use it.
    """
    from dataclasses import replace

    from shopguide.inference.building import build_encoder

    spec = spec_of_base()
    if version != BASE:
        spec = replace(spec, model=shelf() / version, name=version, revision=None)
    encoder = build_encoder(spec)
    done = sum(encode_products(merchant, encoder=encoder) for merchant in Merchant.objects.active())
    say(f"{done} texts encoded by {encoder.id}")
    try:
        index_vectors(encoder.id, encoder.dimensions)
    except DatabaseError:
        say("Its vectors have no index yet. Run: python manage.py migrate")
    return done


def prune() -> None:
    """Take away versions that are neither new nor in use, nor were in use before."""
    held = {in_use(), before(), *versions(shelf())[:KEPT]}
    for name in versions(shelf()):
        if name not in held:
            with as_everyone():
                Embedding.objects.filter(encoder_id=name).delete()
            shutil.rmtree(shelf() / name)
