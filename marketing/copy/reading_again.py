"""Drafts read a second time: doubts about wording, for the person who decides.

For the worker that has the encoder, and for pages that ask whether it is still to come. Rules have
read each draft before; what is marked here keeps nothing from being approved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from marketing.copy.wording.doubting import Doubt, reader_in_use
from marketing.models import Draft
from shopguide.accounts.tenancy import as_merchant

BATCH = 16  # drafts that are read together


class Reads(Protocol):
    """What reading again needs of a reader."""

    id: str

    def doubts(self, texts: Sequence[str]) -> list[list[Doubt]]:
        """Return what of each text is in doubt."""
        ...


def reader_here() -> str:
    """Name the reader in use on this machine, loading nothing; nothing where there is none."""
    return reader_in_use(Path(settings.MODELS_DIR), settings.ENCODER_ID)


def read_again(merchant_id: int, reader: Reads) -> int:
    """Read a shop's undecided drafts that changed since they were read; return how many."""
    done = 0
    while True:
        with as_merchant(merchant_id):
            rows = Draft.objects.filter(merchant=merchant_id).unread(reader.id)
            batch = list(rows.order_by("pk")[:BATCH])
        if not batch:
            return done
        places = [(draft, name) for draft in batch for name in draft.parts]
        said = reader.doubts([str(draft.parts[name]) for draft, name in places])
        found: dict[int, list[dict[str, Any]]] = {draft.pk: [] for draft in batch}
        for (draft, name), doubts in zip(places, said, strict=True):
            found[draft.pk] += [{**asdict(one), "part": name} for one in doubts]
        with as_merchant(merchant_id):
            for draft in batch:
                # Of the version that was read: who edits meanwhile is read again.
                Draft.objects.filter(pk=draft.pk).update(
                    doubts=found[draft.pk], read_by=f"{draft.version}:{reader.id}"
                )
        done += len(batch)
