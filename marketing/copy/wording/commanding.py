"""What ``manage.py train wording`` and ``manage.py check_wording`` do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from marketing.copy.wording.doubting import Doubt, SecondReader
from marketing.copy.wording.finding import breaches
from marketing.copy.wording.learning import LAWFUL, SHELF, Say, learn_own
from shopguide.reading import opened


@dataclass(frozen=True)
class Read:
    """One sentence: its label where the file has one, the rules it breaks, and what is in doubt."""

    text: str
    label: str
    broken: list[str]
    doubts: list[Doubt]

    @property
    def found(self) -> bool:
        """Tell whether anything was found in it, by a rule or by the second reader."""
        return bool(self.broken or self.doubts)


def train_wording(options: dict[str, Any], say: Say) -> dict[str, Any]:
    """Learn the labelled sentences; return the head's card."""
    from shopguide.backends import encoder

    return learn_own(Path(settings.MODELS_DIR), encoder=encoder(), say=say)


def reader() -> SecondReader | None:
    """Return the second reader in use here; None where none was learned."""
    from shopguide.backends import encoder, head

    kept = head(SHELF)
    return SecondReader(*kept, encoder()) if kept else None


def check(path: Path, second: SecondReader | None) -> list[Read]:
    """Read a file's lines, "label<tab>text" or the text alone; "#" and "=" begin no sentence."""
    with opened(path) as lines:
        rows = [line.rstrip("\n").rpartition("\t") for line in lines if line[:1] not in "#=\n"]
    texts = [text for _label, _tab, text in rows]
    doubts = second.doubts(texts) if second else [[] for _ in texts]
    return [
        Read(text, label, sorted({one.rule.code for one in breaches(text)}), doubted)
        for (label, _tab, text), doubted in zip(rows, doubts, strict=True)
    ]


def figures(rows: Sequence[Read]) -> dict[str, int]:
    """Count what was found among the unlawful and the lawful, by the rules and by both readers."""
    unlawful = [one for one in rows if one.label not in ("", LAWFUL)]
    lawful = [one for one in rows if one.label == LAWFUL]
    return {
        "unlawful": len(unlawful),
        "found_by_rules": sum(bool(one.broken) for one in unlawful),
        "found": sum(one.found for one in unlawful),
        "lawful": len(lawful),
        "false_by_rules": sum(bool(one.broken) for one in lawful),
        "false": sum(one.found for one in lawful),
    }
