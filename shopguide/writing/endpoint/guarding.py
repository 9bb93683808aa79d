"""What stands between us and an endpoint: a breaker for its faults, a budget for its cost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol


class Breaker:
    """Opens after ``faults`` failures in a row, for ``rest_s``; then one call may try again."""

    def __init__(
        self, *, faults: int = 3, rest_s: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin closed."""
        self._most, self._rest_s, self._clock = faults, rest_s, clock
        self._faults, self._until = 0, 0.0
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Tell whether a call may be made now; when it has rested, to one caller only."""
        with self._lock:
            if self._faults < self._most:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._rest_s
            return True

    def succeeded(self) -> None:
        """Close again."""
        with self._lock:
            self._faults = 0

    def failed(self) -> None:
        """Count a failure; the last one of too many opens."""
        with self._lock:
            self._faults += 1
            if self._faults >= self._most:
                self._until = self._clock() + self._rest_s


class Counts(Protocol):
    """Numbers that every process shares, each for some seconds."""

    def add(self, key: str, amount: int, seconds: int) -> int:
        """Add to a number and return it; a new one begins at 0 and ends after so many seconds."""
        ...


class MemoryCounts:
    """Numbers of this process alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any."""
        self._rows: dict[str, tuple[int, float]] = {}
        self._clock, self._lock = clock, threading.Lock()

    def add(self, key: str, amount: int, seconds: int) -> int:
        """Add to a number and return it."""
        with self._lock:
            held, until = self._rows.get(key, (0, 0.0))
            if self._clock() >= until:
                held, until = 0, self._clock() + seconds
            self._rows[key] = (held + amount, until)
            return held + amount


class Budget:
    """Tokens of a day, for everybody together. They are taken before a call is made."""

    DAY_S = 86_400

    def __init__(self, tokens_a_day: int, counts: Counts) -> None:
        """Keep the limit; 0 is none at all."""
        self._most, self._counts = tokens_a_day, counts

    def take(self, tokens: int) -> bool:
        """Take tokens if there are so many left; what was refused is given back."""
        if self._counts.add("writer:tokens", tokens, self.DAY_S) <= self._most:
            return True
        self._counts.add("writer:tokens", -tokens, self.DAY_S)
        return False
