"""What is found in a text and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the database says to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds, in plain words, and the row that says so: ``catalog.price:12``."""

    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in a sentence's plain form. ``mend``: the place and the words that would be true."""

    start: int
    end: int
    kind: str
    verdict: Verdict
    fact: Fact = Fact()
    mend: tuple[int, int, str] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it stands in the text: ``text[start:end]``."""

    text: str
    kind: str
    verdict: Verdict
    fact: str
    source: str
    start: int
    end: int

    def as_json(self) -> dict[str, str]:
        """Return what the contract promises, and the source."""
        return {
            "text": self.text,
            "kind": self.kind,
            "verdict": str(self.verdict),
            "fact": self.fact,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """``claims`` in the order of the text; ``clean`` holds what may be said."""

    claims: tuple[Claim, ...]
    clean: str

    @property
    def holds(self) -> bool:
        """Tell whether everything that is claimed is supported."""
        return all(one.verdict is Verdict.SUPPORTED for one in self.claims)


def judged(
    place: tuple[int, int],
    kind: str,
    holds: bool | None,
    fact: Fact = Fact(),
    mend: tuple[int, int, str] | None = None,
) -> Found:
    """Return a finding; ``holds`` None: nobody knows."""
    verdict = (
        Verdict.UNKNOWN if holds is None else Verdict.SUPPORTED if holds else Verdict.CONTRADICTED
    )
    return Found(*place, kind, verdict, fact, mend if holds is False else None)
