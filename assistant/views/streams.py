"""The words of an answer as they are written: named events with ids, resumed where cut."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from assistant.models import Message
from assistant.streaming import BEAT_S, Listener, Place, words, written
from assistant.views._own import own_message
from shopguide.accounts.tenancy import as_shopper
from shopguide.work import State

LONGEST_S = 300
HEADERS = {
    "Cache-Control": "no-cache, no-transform, private",
    "X-Accel-Buffering": "no",
    "Content-Encoding": "identity",
}


@require_safe
def ask_stream(request: HttpRequest, number: UUID, pk: int) -> HttpResponseBase:
    """Stream an answer from where the reader was; it ends with the answer."""
    return streamed(request, own_message(request, number, pk))


def streamed(request: HttpRequest, found: Message) -> HttpResponseBase:
    """Return the stream of an answer, from where ``Last-Event-ID`` says."""
    last = request.headers.get("Last-Event-ID", "") or request.GET.get("after", "")
    follower = Follower(found.pk, str(found.conversation.shopper_id), Place.of(last))
    if not connection.in_atomic_block:
        connection.close()  # a stream is long, and the pool is small
    return StreamingHttpResponse(
        follower.events(), content_type="text/event-stream; charset=utf-8", headers=HEADERS
    )


@dataclass
class Row:
    """An answer's row as a reader sees it."""

    attempt: int
    text: str
    state: str


@dataclass
class Follower:
    """Follows one answer for one reader: the stream for speed, the row for truth."""

    message: int
    shopper: str
    place: Place

    async def events(self) -> AsyncIterator[bytes]:
        """Yield what the reader lacks, then what is new, until the answer ends."""
        listener = Listener(self.message)
        begun = beat = time.monotonic()
        try:
            await listener.begin()
            yield b"retry: 1000\n\n"
            while time.monotonic() - begun < LONGEST_S:
                row = await sync_to_async(self.row)()
                for event in self.lacking(row.attempt, row.text, 0):
                    yield event
                if row.state not in (State.QUEUED, State.RUNNING):
                    yield self.over(row)
                    return
                for one in await listener.wait():
                    for event in self.lacking(one["attempt"], one["text"], one["at"]):
                        yield event
                    if one["over"]:
                        break
                if time.monotonic() - beat >= BEAT_S:
                    beat = time.monotonic()
                    yield b": beat\n\n"
        finally:
            await listener.end()

    def lacking(self, attempt: int, text: str, at: int) -> list[bytes]:
        """Return the events that bring the reader further; a new attempt begins anew."""
        if attempt != self.place.attempt:
            if attempt < self.place.attempt:
                return []
            self.place = Place(attempt, 0)
            found = [written("again", {}, self.place)]
        else:
            found = []
        for place, event in words(self.place, text, at):
            self.place = place
            found.append(event)
        return found

    def over(self, row: Row) -> bytes:
        """Return the last event: how it ended."""
        names = {State.DONE: "done", State.CANCELLED: "stopped", State.FAILED: "failed"}
        return written("over", {"state": names.get(State(row.state), "done")}, self.place)

    def row(self) -> Row:
        """Read the row; one that is gone has ended."""
        try:
            with as_shopper(self.shopper):  # type: ignore[arg-type]
                rows = Message.objects.filter(pk=self.message)
                found = rows.values_list("attempts", "text", "state").first()
        finally:
            if not connection.in_atomic_block:
                connection.close()
        return Row(*found) if found else Row(self.place.attempt, "", State.CANCELLED)
