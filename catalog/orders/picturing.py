"""Storing pictures that shoppers send: drawn anew, without place and time, under a random name.

For returns and reviews. `NotAPicture` names the file and why it is not taken; then nothing is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from catalog.feeds.images import EFFORT, MOST_FILE_BYTES, QUALITY, draw, draw_whole
from catalog.feeds.problems import Bad, Fault

MOST = 4


class NotAPicture(Exception):
    """A file that is not taken, or None when there are too many."""

    def __init__(self, name: str, fault: Fault | None = None) -> None:
        super().__init__(name)
        self.name, self.fault = name, fault


class NoRoom(Exception):
    """There are as many pictures as there may be."""


def forget(root: Path, names: Sequence[str]) -> None:
    """Remove stored pictures for which there came to be no row."""
    for name in names:
        (root / name).unlink(missing_ok=True)


def store(files: Sequence[UploadedFile], root: Path, folder: str) -> tuple[str, ...]:
    """Store pictures below ``root/folder`` and return their names below ``root``."""
    if len(files) > MOST:
        raise NotAPicture("")
    drawn = []
    for file in files:
        try:
            if (file.size or 0) > MOST_FILE_BYTES:
                raise Bad(Fault.PICTURE_LARGE, "")
            drawn.append(draw(file.read()))
        except Bad as bad:
            raise NotAPicture((file.name or "")[:80], bad.fault) from bad
    names = []
    for picture in drawn:
        name = f"{folder}/{secrets.token_hex(16)}.webp"
        draw_whole(root / name, picture, "WEBP", quality=QUALITY, method=EFFORT)
        names.append(name)
    return tuple(names)
