"""How often somebody may ask: exact in every window, for all processes together.

For the doors of the API. A bucket holds the moments of the requests of its last window, in Valkey,
counted by one script; without Valkey each process counts for itself. A request that is refused is
counted nowhere.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)
WAIT_S = 0.5
MOST_BUCKETS = 50_000

# Trims each bucket, then takes a place in all of them or in none. Times are microseconds of the
# server's clock; as numbers they stay below 2^53, so Lua holds them exactly.
SCRIPT = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local full = 0
for i, key in ipairs(KEYS) do
    local quota, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local oldest = redis.call('LINDEX', key, 0)
    while oldest and tonumber(oldest) <= now - window do
        redis.call('LPOP', key)
        oldest = redis.call('LINDEX', key, 0)
    end
    if redis.call('LLEN', key) >= quota then full = 1 end
end
local told = {full}
for i, key in ipairs(KEYS) do
    local window = tonumber(ARGV[2 * i])
    if full == 0 then
        redis.call('RPUSH', key, string.format('%.0f', now))
        redis.call('PEXPIRE', key, math.ceil(window / 1000))
    end
    local oldest = redis.call('LINDEX', key, 0)
    told[#told + 1] = redis.call('LLEN', key)
    told[#told + 1] = oldest and (tonumber(oldest) + window - now) or 0
end
return told
"""


@dataclass(frozen=True)
class Policy:
    """So many requests in any window of so many seconds."""

    name: str
    quota: int
    window_s: int

    def __str__(self) -> str:
        return f'"{self.name}";q={self.quota};w={self.window_s}'


@dataclass(frozen=True)
class Standing:
    """What is left of a policy; ``reset_s``: until the oldest request leaves the window."""

    policy: Policy
    left: int
    reset_s: int

    def __str__(self) -> str:
        return f'"{self.policy.name}";r={self.left};t={self.reset_s}'


def policy(name: str) -> Policy | None:
    """Return the configured policy of a name, None where it is switched off."""
    quota, _slash, window = settings.API_RATES[name].partition("/")
    return Policy(name, int(quota), int(window)) if int(quota or 0) else None


def take(request: HttpRequest, buckets: Sequence[tuple[str, str]]) -> int | None:
    """Count a request in buckets (policy, whose); return seconds to wait if one is full.

    What is left is remembered on the request for the headers. One round trip.
    """
    asked = [(found, whose) for name, whose in buckets if (found := policy(name))]
    if not asked:
        return None
    full, counts = counted([(bucket(one, whose), one) for one, whose in asked])
    standings = [
        Standing(one, max(0, one.quota - count), math.ceil(reset_us / 1_000_000))
        for (one, _whose), (count, reset_us) in zip(asked, counts, strict=True)
    ]
    remember(request, standings)
    return max(one.reset_s for one in standings if not one.left) if full else None


def bucket(one: Policy, whose: str) -> str:
    """Return the name of a bucket; addresses of people do not stand in it."""
    return f"{one.name}:{salted_hmac('shopguide.rest.limiting', whose).hexdigest()[:32]}"


def remember(request: HttpRequest, standings: list[Standing]) -> None:
    """Keep what is left for the headers of the answer."""
    request._standings = [*standings_of(request), *standings]  # type: ignore[attr-defined]


def standings_of(request: HttpRequest) -> list[Standing]:
    """Return what is left of each policy that this request was counted by."""
    found: list[Standing] = getattr(request, "_standings", [])
    return found


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """Say in headers what is left and by which policies (RateLimit fields for HTTP)."""
    if told := standings_of(request):
        response["RateLimit-Policy"] = ", ".join(str(one.policy) for one in told)
        response["RateLimit"] = ", ".join(str(one) for one in told)


def counted(buckets: list[tuple[str, Policy]]) -> tuple[bool, list[tuple[int, int]]]:
    """Return whether a bucket is full, and each one's count and microseconds until one leaves."""
    if settings.CACHE_URL:
        try:
            return in_valkey(buckets)
        except redis.RedisError as error:
            log.warning("rates are counted by process: %s", type(error).__name__)
    return here.take(buckets)


def in_valkey(buckets: list[tuple[str, Policy]]) -> tuple[bool, list[tuple[int, int]]]:
    """Count in Valkey, for all processes. One round trip."""
    prefix = settings.CACHES["default"].get("KEY_PREFIX", "")
    told: list[Any] = script()(
        keys=[f"{prefix}:rate:{name}" for name, _policy in buckets],
        args=[number for _name, one in buckets for number in (one.quota, one.window_s * 1_000_000)],
    )
    return bool(told[0]), list(zip(told[1::2], told[2::2], strict=True))


@cache
def script() -> Any:
    """Return the script and its connection, once for a process."""
    client = redis.Redis.from_url(
        settings.CACHES["default"]["LOCATION"],
        socket_timeout=WAIT_S,
        socket_connect_timeout=WAIT_S,
    )
    return client.register_script(SCRIPT)


class Memory:
    """The same count in the memory of one process."""

    def __init__(self) -> None:
        self.moments: dict[str, deque[int]] = {}
        self.lock = threading.Lock()

    def take(self, buckets: list[tuple[str, Policy]]) -> tuple[bool, list[tuple[int, int]]]:
        """Count a request in all of the buckets or, when one is full, in none."""
        now = time.monotonic_ns() // 1_000
        with self.lock:
            if len(self.moments) > MOST_BUCKETS:
                self.moments.clear()
            held = [(self.trimmed(name, one, now), one) for name, one in buckets]
            full = any(len(moments) >= one.quota for moments, one in held)
            if not full:
                for moments, _one in held:
                    moments.append(now)
            return full, [
                (len(moments), moments[0] + one.window_s * 1_000_000 - now if moments else 0)
                for moments, one in held
            ]

    def trimmed(self, name: str, one: Policy, now: int) -> deque[int]:
        """Return a bucket without what has left its window."""
        moments = self.moments.setdefault(name, deque())
        while moments and moments[0] <= now - one.window_s * 1_000_000:
            moments.popleft()
        return moments


here = Memory()
