"""Who meets which arm: always the same one, without asking or keeping anything. No Django."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def place_of(salt: str, who: str) -> float:
    """Return somebody's place between 0 and 1, as good as drawn by lot, the same every time."""
    digest = hashlib.sha256(f"{salt}:{who}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def arm_of(arms: Mapping[str, float], salt: str, who: str) -> str:
    """Return the arm of somebody. ``arms``: their shares, of any sum above 0."""
    total = sum(arms.values())
    if total <= 0:
        raise ValueError("no arm has a share")
    left = place_of(salt, who) * total
    for arm, share in arms.items():
        if (left := left - share) < 0:
            return arm
    return list(arms)[-1]
