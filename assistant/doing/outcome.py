"""Who asks, what came of it, and what has still to be confirmed. Plain values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shopguide.accounts.models import Shopper, User


@dataclass(frozen=True)
class Asker:
    """Who is asking and where from.

    ``shopper``: None for a browser that has kept nothing; it has no orders. ``product`` and
    ``merchant``: of the page the question was asked on. ``vectors``: of what was asked, by its
    words, (dimensions,), where a model was there to make them.
    """

    shopper: Shopper | None
    language: str = "en"
    currency: str = "USD"
    country: str = ""
    product: int | None = None
    merchant: int | None = None
    vectors: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def chinese(self) -> bool:
        """Tell whether answers are Chinese."""
        return self.language.casefold().startswith("zh")

    @property
    def user(self) -> User | None:
        """Return the signed-in person, None for an anonymous shopper."""
        return self.shopper.user if self.shopper is not None else None


@dataclass(frozen=True)
class Confirmation:
    """A write that waits for a yes. ``arguments`` are JSON; ``key``: done once, however often.

    ``says``: what the button says, in the asker's language. It grants nothing: everything is asked
    again when it is confirmed.
    """

    tool: str
    version: int
    arguments: Mapping[str, Any]
    says: str
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    def as_json(self) -> dict[str, Any]:
        """Return the confirmation as a conversation keeps it."""
        return {
            "tool": self.tool,
            "version": self.version,
            "arguments": dict(self.arguments),
            "says": self.says,
            "key": self.key,
        }

    @classmethod
    def from_json(cls, stored: object) -> Confirmation | None:
        """Read a confirmation, None for what is none."""
        if not isinstance(stored, Mapping):
            return None
        arguments, key = stored.get("arguments"), stored.get("key")
        try:
            number = str(uuid.UUID(str(key)))
            version = int(stored.get("version", 0))
        except (ValueError, TypeError):
            return None
        if not isinstance(arguments, Mapping) or not isinstance(stored.get("tool"), str):
            return None
        return cls(stored["tool"], version, dict(arguments), str(stored.get("says", "")), number)


@dataclass(frozen=True)
class Outcome:
    """What is to be said: an act of `shopguide.writing.acts` and its facts, ready to be read.

    ``products``: ids of live products it is about. ``merchants``: ids of the shops. ``actions``:
    codes of what the shopper can do next. ``trace``: exact values behind the words, as JSON.
    """

    act: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    products: tuple[int, ...] = ()
    needs_confirmation: Confirmation | None = None
    merchants: tuple[int, ...] = ()
    actions: tuple[str, ...] = ()
    trace: Mapping[str, Any] = field(default_factory=dict)


class BadArguments(ValueError):
    """A tool was called with what it does not take; the message says which argument."""
