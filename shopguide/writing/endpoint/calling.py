"""Ask an OpenAI-compatible endpoint for chat completions, streamed, and read only words from it."""

from __future__ import annotations

import codecs
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from shopguide.outbound import Outbound, streaming
from shopguide.writing.endpoint.guarding import Breaker, Budget, MemoryCounts
from shopguide.writing.plan import Holds
from shopguide.writing.rewriting import Asked, Rewriter, WriterFailed

egress = logging.getLogger("shopguide.egress")
MOST_BYTES = 200_000
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Endpoint:
    """Where to ask. ``url`` up to and without ``/chat/completions``; the operator's own choice.

    ``first_s``: how long the first words may take; ``total_s``: the whole answer.
    """

    url: str
    model: str
    key: str = ""
    first_s: float = 1.5
    total_s: float = 2.5
    temperature: float = 0.4


def endpoint_writer(
    endpoint: Endpoint,
    *,
    holds: Holds = lambda _text: False,
    breaker: Breaker | None = None,
    budget: Budget | None = None,
) -> Rewriter:
    """Return a writer that rephrases by an endpoint, with its guards."""
    guard = breaker or Breaker()
    purse = budget or Budget(200_000, MemoryCounts())

    def model(asked: Asked) -> Iterator[str]:
        if not guard.allows():
            raise WriterFailed("resting after failures")
        # A token is at least a byte; what is meant here is a bound, not a bill.
        if not purse.take(len((asked.system + asked.lines).encode()) // 3 + asked.tokens):
            raise WriterFailed("the day's tokens are spent")
        yield from _guarded(_called(endpoint, asked), guard)

    return Rewriter(endpoint.model, model, holds=holds, total_s=endpoint.total_s)


def _guarded(words: Iterator[str], guard: Breaker) -> Iterator[str]:
    """Pass words on, and tell the breaker how it went."""
    said = False
    try:
        for one in words:
            said = said or bool(one.strip())
            yield one
    except WriterFailed:
        guard.failed()
        raise
    if said:
        guard.succeeded()
    else:
        guard.failed()
        raise WriterFailed("nothing was said")


def _called(endpoint: Endpoint, asked: Asked) -> Iterator[str]:
    body = json.dumps(
        {
            "model": endpoint.model,
            "messages": [
                {"role": "system", "content": asked.system},
                {"role": "user", "content": asked.lines},
            ],
            "max_tokens": asked.tokens,
            "temperature": endpoint.temperature,
            "stream": True,
        },
        ensure_ascii=False,
    ).encode()
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    begun, received, status = time.monotonic(), 0, "ok"
    try:
        for piece in _pieces(endpoint, body, headers, min(asked.timeout_s, endpoint.total_s)):
            received += len(piece)
            yield piece
    except GeneratorExit:
        status = "stopped"
        raise
    except WriterFailed as error:
        status = str(error)
        raise
    finally:
        egress.info(
            "host=%s model=%s sent_bytes=%d received_characters=%d seconds=%.2f outcome=%s",
            urlsplit(endpoint.url).hostname, endpoint.model, len(body), received,
            time.monotonic() - begun, status,
        )  # fmt: skip


def _pieces(
    endpoint: Endpoint, body: bytes, headers: dict[str, str], timeout_s: float
) -> Iterator[str]:
    """Yield words as they come, streamed as events or whole; every failure is WriterFailed."""
    parts = urlsplit(endpoint.url)
    port = parts.port or PORTS.get(parts.scheme, 0)
    deadline = time.monotonic() + min(endpoint.first_s, timeout_s)
    try:
        with streaming(
            endpoint.url.rstrip("/") + "/chat/completions",
            body,
            headers,
            timeout_s=timeout_s,
            most_bytes=MOST_BYTES,
            public=lambda _address: True,  # the operator named it; a model next door is usual
            ports={parts.scheme: port},
        ) as answer:
            yield from _words(_in_time(answer, deadline))
    except Outbound as error:
        raise WriterFailed(str(error)) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise WriterFailed(f"not what was agreed: {type(error).__name__}") from error


def _in_time(answer: Iterator[bytes], first: float) -> Iterator[bytes]:
    """Pass bytes on; the first must come in time."""
    begun = False
    for piece in answer:
        if not begun and time.monotonic() > first:
            raise WriterFailed("the first words are late")
        begun = True
        yield piece


def _words(answer: Iterator[bytes]) -> Iterator[str]:
    """Yield what is said: from server-sent events, or from one JSON object."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    held, events, done = "", False, False
    for piece in answer:
        held += decoder.decode(piece)
        while "\n" in held:
            line, _, rest = held.partition("\n")
            if not (events or line.startswith(("data:", ":", "event:")) or not line.strip()):
                break  # not events: one object, which may have line breaks
            held, events = rest, events or line.startswith("data:")
            said = line.removeprefix("data:").strip() if line.startswith("data:") else ""
            if said == "[DONE]":
                done = True
            elif said:
                yield _delta(json.loads(said))
    decoder.decode(b"", final=True)
    if not events and held.strip():
        yield _content(json.loads(held)["choices"][0]["message"])
    elif events and not done and held.strip():
        raise WriterFailed("cut off in the middle")


def _delta(event: dict[str, object]) -> str:
    choices = event["choices"]
    if not isinstance(choices, list):
        raise TypeError("choices")
    if not choices:
        return ""
    return _content(choices[0].get("delta") or choices[0]["message"])


def _content(message: dict[str, object]) -> str:
    """Return the words of a message; a wish to call a tool is none of ours."""
    if message.get("tool_calls") or message.get("function_call"):
        raise WriterFailed("it wants to call a tool")
    content = message.get("content")
    if content is not None and not isinstance(content, str):
        raise TypeError("content")
    return content or ""
