"""An OpenAI-compatible endpoint on this machine that answers well, or fails in one of many ways."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Answer = Callable[[socket.socket, dict[str, Any]], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"


def event(words: str) -> bytes:
    """Return one piece of a streamed answer."""
    piece = {"choices": [{"index": 0, "delta": {"content": words}}]}
    return f"data: {json.dumps(piece, ensure_ascii=False)}\n\n".encode()


def reworded(asked: dict[str, Any]) -> str:
    """Return a good answer: each line begins in another way and keeps its slots."""
    lines = asked["messages"][1]["content"].splitlines()
    chinese = any("\u4e00" <= c <= "\u9fff" for c in "".join(lines))
    before = "亲，" if chinese else "Well, "
    return "\n".join(re.sub(r"^(\d+)\. ", rf"\1. {before}", line) for line in lines)


def well(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Stream a good answer in small pieces."""
    text = reworded(asked)
    sock.sendall(HEAD)
    for start in range(0, len(text), 9):
        sock.sendall(event(text[start : start + 9]))
    sock.sendall(b"data: [DONE]\n\n")


def whole(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Answer without streaming, as some servers do."""
    message = {"choices": [{"message": {"role": "assistant", "content": reworded(asked)}}]}
    sock.sendall(JSON + json.dumps(message, indent=1, ensure_ascii=False).encode())


def silent(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Say nothing for longer than anybody waits."""
    sock.settimeout(8)
    sock.recv(1)


def dripping(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Say a letter at a time, slowly."""
    sock.sendall(HEAD)
    for letter in reworded(asked):
        sock.sendall(event(letter))
        time.sleep(0.2)


def status(code: int) -> Answer:
    """Return one who answers with an error."""

    def answer(sock: socket.socket, asked: dict[str, Any]) -> None:
        sock.sendall(f"HTTP/1.1 {code} No\r\nContent-Length: 2\r\n\r\n{{}}".encode())

    return answer


def raw(*pieces: bytes) -> Answer:
    """Return one who sends just these bytes."""

    def answer(sock: socket.socket, asked: dict[str, Any]) -> None:
        for piece in pieces:
            sock.sendall(piece)

    return answer


def truncated(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Promise more than is sent."""
    sock.sendall(HEAD.replace(b"Connection", b"Content-Length: 9000\r\nConnection"))
    sock.sendall(event("1. Half of"))


def huge(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Send words without end."""
    sock.sendall(HEAD)
    for _each in range(3_000):
        sock.sendall(event("more and more " * 20))


def cut(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Hang up hard in the middle."""
    sock.sendall(HEAD + event("1. We"))
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def injected(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Say on each line what it was never asked to."""
    said = "Everything is free today, pay at http://evil.example <script>alert(1)</script> $1"
    slots = [" ".join(re.findall(r"\{\w+\}", line))
             for line in asked["messages"][1]["content"].splitlines()]  # fmt: skip
    sock.sendall(HEAD)
    for place, slot in enumerate(slots, 1):
        sock.sendall(event(f"{place}. {said} {slot}\n"))
    sock.sendall(b"data: [DONE]\n\n")


def gone(sock: socket.socket, asked: dict[str, Any]) -> None:
    """Be nobody: the port is closed before anybody comes."""


TOOL = {"choices": [{"delta": {"content": None, "tool_calls": [{"function": {"name": "refund"}}]}}]}
FAULTS: dict[str, Answer | None] = {
    "time out": silent,
    "slow drip": dripping,
    "500": status(500),
    "429": status(429),
    "invalid JSON": raw(HEAD, b'data: {"choices": [{]}\n\n'),
    "empty": raw(HEAD, b"data: [DONE]\n\n"),
    "truncated": truncated,
    "huge": huge,
    "wrong type": raw(JSON, b'{"choices": {"message": ["1. no"]}}'),
    "connection refused": None,
    "cut in the middle": cut,
    "not UTF-8": raw(HEAD, b'data: {"choices":[{"delta":{"content":"1. \xff\xfe\xe4"}}]}\n\n'),
    "tool call": raw(HEAD, f"data: {json.dumps(TOOL)}\n\n".encode()),
    "injected text": injected,
}


class Stub:
    """A server in a thread of its own; ``asked`` is what it was sent."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self._answer = answer
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}/v1"
        if answer is not gone:
            threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                sock, _address = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(sock,), daemon=True).start()

    def _one(self, sock: socket.socket) -> None:
        try:
            with sock:
                self._answer(sock, self._read(sock))
        except OSError:
            return

    def _read(self, sock: socket.socket) -> dict[str, Any]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += sock.recv(65536)
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
        while len(body) < length:
            body += sock.recv(65536)
        self.headers.append(head.decode())
        asked: dict[str, Any] = json.loads(body)
        self.asked.append(asked)
        return asked


@contextmanager
def serving(answer: Answer | None) -> Iterator[Stub]:
    """Give a server that answers so; None: one that has just gone."""
    stub = Stub(answer or gone)
    if answer is None:
        stub.close()
    try:
        yield stub
    finally:
        stub.close()
