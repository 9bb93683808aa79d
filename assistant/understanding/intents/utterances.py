"""Our own labelled utterances: what teaches the intents, and what they are measured on.

``spoken/<language>/*.toml`` teaches: one family of intents a file, under each intent the words of
several people, with a line of dashes between them. ``heldout/<language>.toml`` was written apart,
by another hand, ``heldout/rough-<language>.toml`` in dialect, slang and jest; both train nothing.
``placed/<language>/*.toml`` is said at a place of a conversation, which stands before the words
("list,one: is it washable"); of it ``placed/heldout/`` trains nothing: ``<language>.toml``, terse
or rambling, and ``plain-<language>.toml``, as most people type; ``placed/pages/`` is asked of one
thing on its page. All of it was written for this project.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

from assistant.understanding.intents.names import MEANINGS
from assistant.understanding.placing import PLACES, Place

HERE = Path(__file__).parent
LANGUAGES = ("zh-hans", "en")
Kept = Literal[
    "spoken", "held_out", "rough", "placed", "paged", "placed_held_out", "placed_plain"
]  # fmt: skip
ROUGH = 9  # the voice of those who speak in dialect, slang and jest
SOURCE = "utterances of shoppers, written for this project"


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says, what for, and who of those who wrote it (``voice``).

    ``place``: where in a conversation it is said, "" where that is not told.
    """

    text: str
    intent: str
    language: str
    voice: int = 0
    place: Place | Literal[""] = ""


@lru_cache(maxsize=8)
def utterances(language: str = "", *, kept: Kept = "spoken") -> tuple[Utterance, ...]:
    """Return the utterances of one language or of all, in the order of their files."""
    wanted = (language,) if language else LANGUAGES
    return tuple(one for name in wanted for path in _files(name, kept) for one in _read(path, name))


def _files(language: str, kept: Kept) -> list[Path]:
    if kept in ("spoken", "placed"):
        return sorted((HERE / kept / language).glob("*.toml"))
    if kept == "paged":
        return [HERE / "placed" / "pages" / f"{language}.toml"]
    if kept in ("placed_held_out", "placed_plain"):
        plain = "plain-" if kept == "placed_plain" else ""
        return sorted((HERE / "placed" / "heldout").glob(f"{plain}{language}.toml"))
    rough = "rough-" if kept == "rough" else ""
    return [HERE / "heldout" / f"{rough}{language}.toml"]


def _read(path: Path, language: str) -> Iterator[Utterance]:
    for intent, block in tomllib.loads(path.read_text("utf-8")).items():
        if intent not in MEANINGS:
            raise ValueError(f"{path.name}: no such intent: {intent}")
        voice = ROUGH if path.stem == "manners" else 0
        for line in block.splitlines():
            if set(line.strip()) == {"-"}:
                voice += 1
            elif line.strip():
                yield from _said(line.strip(), Utterance("", intent, language, voice), path)


def _said(line: str, one: Utterance, path: Path) -> Iterator[Utterance]:
    """Read a line as an utterance, at each of its places where it has some."""
    if "placed" not in path.parts:
        yield replace(one, text=line)
        return
    places, _, text = line.partition(":")
    for place in places.split(","):
        if place.strip() not in PLACES or not text.strip():
            raise ValueError(f"{path.name}: no such place: {line}")
        yield replace(one, text=text.strip(), place=cast("Place", place.strip()))


def fingerprint(kept: Kept = "spoken") -> str:
    """Return a short hash of all that teaches."""
    digest = sha256()
    for one in utterances(kept=kept):
        place = f"\0{one.place}" * bool(one.place)
        digest.update(f"{one.intent}\0{one.voice}\0{one.text}{place}\n".encode())
    return digest.hexdigest()[:12]
