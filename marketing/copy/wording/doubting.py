"""The second reading: sentences that are probably against a rule, though no rule found a word.

For workers and commands, which have the encoder; pages only ask which reader is in use. A doubt is
a mark for the person who decides, with the rule that is probably meant. It bans nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.lexicon.folding import fold
from catalog.opinions.judges import Head, TextEncoder, suffix
from marketing.copy.forms import sentences
from marketing.copy.wording.finding import breaches
from marketing.copy.wording.learning import LABELS, SHELF, odds_of
from shopguide.inference.shelf import current

FEWEST = 4  # signs; less says nothing


@dataclass(frozen=True)
class Doubt:
    """A sentence, ``text[start:end]`` of its text, that is probably against the rule ``code``."""

    code: str
    text: str
    start: int
    end: int


def reader_in_use(models: Path, encoder_id: str) -> str:
    """Name the reader in use here, loading nothing; nothing where none was learned yet."""
    found = current(models / SHELF)
    return found.name if found and found.name.endswith(suffix(encoder_id)) else ""


class SecondReader:
    """Reads by the encoder and the trained head. ``id``: its version."""

    def __init__(self, version: str, head: Head, encoder: TextEncoder) -> None:
        self.id, self.head, self.encoder = version, head, encoder
        self.threshold = float(head.card["threshold"])

    def doubts(self, texts: Sequence[str]) -> list[list[Doubt]]:
        """Return what of each text is in doubt; sentences with a finding of the rules are none."""
        told = [(place, start, said) for place, text in enumerate(texts)
                for start, said in _standing(text) if not breaches(said)]  # fmt: skip
        found: list[list[Doubt]] = [[] for _ in texts]
        if not told:
            return found
        said = [one[2] for one in told]
        chances = self.head.chances(
            [fold(one) for one in said], *self.head.read(self.encoder, said)
        )
        for (place, start, words), row, odds in zip(told, chances, odds_of(chances), strict=True):
            if odds > self.threshold:
                code = LABELS[1 + int(row[1:].argmax())]
                found[place].append(Doubt(code, words, start, start + len(words)))
        return found


def _standing(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a text with where they begin."""
    found, at = [], 0
    for one in sentences(text):
        at = text.index(one, at)
        if len(one) >= FEWEST:
            found.append((at, one))
        at += len(one)
    return found
