"""Carry the words of an answer from the worker that writes it to whoever reads along.

A Valkey stream per message carries the words; the row is the truth. Each event says where in the
text its words begin, so a reader that comes late, comes back or hears twice has the same text. With
no stream, or a broken one, a reader asks the row. For tasks and for the event view.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from redis import Redis, RedisError
from redis.asyncio import Redis as AsyncRedis

log = logging.getLogger(__name__)
KEPT_S = 600
BEAT_S = 10.0
# How long a reader waits for the stream before it asks the row, and without a stream.
LOOK_S, LOOK_ALONE_S = 2.0, 0.25
EVENT_ID = re.compile(r"([0-9]{1,3})\.([0-9]{1,7})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """How far somebody has read: of which attempt, and how many characters."""

    attempt: int = 0
    at: int = 0

    @classmethod
    def of(cls, event_id: str) -> Place:
        """Read a ``Last-Event-ID``; the beginning for anything else."""
        found = EVENT_ID.fullmatch(event_id.strip())
        return cls(int(found[1]), int(found[2])) if found else cls()

    def __str__(self) -> str:
        return f"{self.attempt}.{self.at}"


class Tell(Protocol):
    """How a worker tells what is new: words from a place on, or that it is over."""

    def __call__(self, text: str, *, at: int, over: bool = False) -> None:
        """Tell it to whoever reads along; never an error."""
        ...


def silent(text: str, *, at: int, over: bool = False) -> None:
    """Tell nobody: for commands and tests."""


def key_of(message: int) -> str:
    """Return the name of a message's stream."""
    return f"{settings.CACHES['default'].get('KEY_PREFIX', 'shopguide')}:answer:{message}"


def url() -> str:
    """Return the address of Valkey as its client wants it; empty without one."""
    return str(settings.CACHE_URL).replace("redis+socket://", "unix://")


@lru_cache(maxsize=1)
def client() -> Redis | None:
    """Return this process's client, None where there is no Valkey."""
    return Redis.from_url(url(), socket_timeout=1, socket_connect_timeout=1) if url() else None


class Teller:
    """Tells the words of one attempt at a message. A broken stream is nothing but slower."""

    def __init__(self, message: int, attempt: int) -> None:
        self.message, self.attempt = message, attempt

    def __call__(self, text: str, *, at: int, over: bool = False) -> None:
        """Add an event to the stream."""
        valkey = client()
        if valkey is None:
            return
        fields = {"attempt": self.attempt, "at": at, "text": text, "over": int(over)}
        try:
            pipe = valkey.pipeline(transaction=False)
            pipe.xadd(key_of(self.message), fields, maxlen=2_000)  # type: ignore[arg-type]
            pipe.expire(key_of(self.message), KEPT_S)
            pipe.execute()
        except (RedisError, OSError) as error:
            log.warning("an answer goes on without its stream: %s", type(error).__name__)


class Listener:
    """Waits for news of one message; without a stream it only sleeps."""

    def __init__(self, message: int) -> None:
        self.message, self.last = message, "$"
        self.valkey: Any = None
        if url():
            self.valkey = AsyncRedis.from_url(url(), socket_connect_timeout=1)

    async def begin(self) -> None:
        """Hear everything that is told from now on."""
        if self.valkey is None:
            return
        try:
            newest = await self.valkey.xrevrange(key_of(self.message), count=1)
            self.last = newest[0][0] if newest else "0"
        except (RedisError, OSError):
            await self.end()

    async def wait(self) -> list[dict[str, Any]]:
        """Return what was told meanwhile, nothing after a while; then the row should be asked."""
        import asyncio

        if self.valkey is None:
            await asyncio.sleep(LOOK_ALONE_S)
            return []
        try:
            found = await self.valkey.xread(
                {key_of(self.message): self.last}, count=200, block=int(LOOK_S * 1000)
            )
        except (RedisError, OSError):
            await self.end()
            return []
        entries = found[0][1] if found else []
        if entries:
            self.last = entries[-1][0]
        return [event_of(fields) for _number, fields in entries]

    async def end(self) -> None:
        """Give the connection back."""
        valkey, self.valkey = self.valkey, None
        if valkey is not None:
            await valkey.aclose()


def event_of(fields: dict[bytes, bytes]) -> dict[str, Any]:
    """Return an entry of the stream as plain values."""
    return {
        "attempt": int(fields.get(b"attempt", b"0")),
        "at": int(fields.get(b"at", b"0")),
        "text": fields.get(b"text", b"").decode("utf-8", "replace"),
        "over": fields.get(b"over") == b"1",
    }


def written(event: str, value: dict[str, Any], place: Place) -> bytes:
    """Return one event as it goes over the wire."""
    told = json.dumps(value, ensure_ascii=False)
    return f"id: {place}\nevent: {event}\ndata: {told}\n\n".encode()


def words(place: Place, text: str, at: int) -> Iterator[tuple[Place, bytes]]:
    """Yield what of a text a reader at a place lacks, with where it is then."""
    end = at + len(text)
    if at <= place.at < end:
        new = text[place.at - at :]
        after = Place(place.attempt, end)
        yield after, written("words", {"at": place.at, "text": new}, after)
