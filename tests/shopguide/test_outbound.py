"""Nothing inside can be reached by an address that somebody gives us."""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shopguide.outbound import Blocked, Outbound, TooLarge, Unreachable, fetch, is_public

INSIDE = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/",
    "http://0x7f000001/", "http://0177.0.0.1/", "http://0x7f.1/", "http://017700000001/",
    "http://0/", "http://0.0.0.0/", "http://127.255.255.254/", "http://localhost/",
    "http://localhost.localdomain/", "http://LOCALHOST/", "http://[::1]/", "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/",
    "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fe80::1%25lo]/",
    "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[ff02::1]/", "http://[fec0::1]/",
    "http://[2001:db8::1]/", "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/",
    "http://172.31.255.255/", "http://192.168.0.1/", "http://192.168.1.1/",
    "http://169.254.169.254/", "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/", "http://2852039166/", "http://0xa9fea9fe/",
    "http://100.64.0.1/", "http://192.0.0.1/", "http://192.0.2.1/", "http://198.18.0.1/",
    "http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://240.0.0.1/",
    "http://255.255.255.255/", "http://user@127.0.0.1/", "http://user:pass@example.com/",
    "http://example.com@127.0.0.1/", "http://127.0.0.1#@example.com/",
    "http://127.0.0.1:80\\@example.com/", "http://example.com:22/", "http://example.com:6379/",
    "https://example.com:80/", "http://example.com:0/", "http://example.com:99999/",
    "http://example.com:x/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_x",
    "data:text/plain,x", "ftp://example.com/", "dict://127.0.0.1/", "ldap://127.0.0.1/",
    "jar:http://127.0.0.1/!/", "//127.0.0.1/", "http:///x", "http://", "javascript:1",
    "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://[::1/", "http://]/", "about:blank",
]  # fmt: skip
ODD = [
    "http://example.com/\r\nHost: 127.0.0.1", "http://example.com\r\n.evil/",
    "http://exa mple.com/",
    "http://example.com\0.evil/", "http://127.0.0.1\t/", "", "x", "http://" + "a" * 3_000,
]  # fmt: skip


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note every connection that is tried; none is made."""
    tried: list[Any] = []

    def dial(address: Any, *_more: Any, **_named: Any) -> Any:
        tried.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "create_connection", dial)
    return tried


@pytest.mark.parametrize("url", [*INSIDE, *ODD])
def test_nobody_inside_is_reached(url: str, dialled: list[Any]) -> None:
    assert len(INSIDE) + len(ODD) >= 70
    with pytest.raises(Outbound):
        fetch(url, resolve=local_names)
    assert dialled == []


def local_names(host: str, port: int) -> list[str]:
    """Resolve as the system does what needs no name server."""
    if host.lower().startswith("localhost"):
        return ["127.0.0.1"]
    if host == "example.com":
        return ["93.184.215.14"]
    try:
        found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
    except OSError as error:
        raise Unreachable(host) from error
    return [str(entry[4][0]) for entry in found]


@pytest.mark.parametrize(
    "addresses",
    [["93.184.215.14", "10.0.0.1"], ["127.0.0.1"], ["::1", "93.184.215.14"], ["nonsense"], []],
)
def test_a_name_with_any_inner_address_is_refused(addresses: list[str], dialled: list[Any]) -> None:
    with pytest.raises((Blocked, Unreachable)):
        fetch("http://example.com/", resolve=lambda _host, _port: addresses)
    assert dialled == []


def test_a_name_is_resolved_once_and_that_address_is_dialled(dialled: list[Any]) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    with pytest.raises(Unreachable):
        fetch("https://example.com/a", resolve=lambda _host, _port: next(answers))
    assert dialled == [("93.184.215.14", 443)]


def test_public_addresses_are_public() -> None:
    for each in ("93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"):
        assert is_public(ipaddress.ip_address(each))


class Answer(BaseHTTPRequestHandler):
    """Answers as its path says."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        getattr(self, "say_" + self.path.strip("/").split("?")[0].replace("/", "_"))()

    def say(self, content: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def say_picture(self) -> None:
        self.say(b"pixels", Content_Type="image/png")

    def say_gone(self) -> None:
        self.say(b"", 404)

    def say_inside(self) -> None:
        self.say(b"", 302, Location="http://169.254.169.254/latest/")

    def say_file(self) -> None:
        self.say(b"", 302, Location="file:///etc/passwd")

    def say_around(self) -> None:
        self.say(b"", 302, Location="/around")

    def say_moved(self) -> None:
        self.say(b"", 301, Location="/picture")

    def say_large(self) -> None:
        self.say(b"x" * 5_000)

    def say_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _piece in range(100):
            self.wfile.write(b"x" * 1_000)

    def say_short(self) -> None:
        self.say(b"half", Content_Length="100")
        self.close_connection = True

    def say_packed(self) -> None:
        self.say(b"x", Content_Encoding="gzip")

    def say_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _piece in range(50):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def say_nonsense(self) -> None:
        self.wfile.write(b"\x00\xff not http\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_said: Any) -> None:
        """Keep quiet."""


@contextmanager
def served() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.handle_error = lambda *_from: None  # type: ignore[method-assign]
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[ThreadingHTTPServer]:
    """Serve answers on this machine, taken for a public host below."""
    with served() as server:
        yield server


def get(site: ThreadingHTTPServer, path: str, **options: Any) -> Any:
    """Fetch from the test's own server as if it were public; nothing else inside is."""
    port = site.server_address[1]
    return fetch(
        f"http://pictures.example/{path}", ports={"http": port, "https": 443},
        resolve=names, public=lambda at: str(at) == "127.0.0.1" or is_public(at), **options,
    )  # fmt: skip


def names(host: str, port: int) -> list[str]:
    """Resolve the test's own server, and others as the system does."""
    return ["127.0.0.1"] if host == "pictures.example" else local_names(host, port)


def test_a_picture_comes_with_its_type(site: ThreadingHTTPServer) -> None:
    fetched = get(site, "picture?w=1")
    assert (fetched.content, fetched.content_type) == (b"pixels", "image/png")
    assert site.asked[-1][1].startswith("pictures.example")  # type: ignore[attr-defined]


def test_a_redirect_is_followed_and_looked_at_anew(site: ThreadingHTTPServer) -> None:
    assert get(site, "moved").url == "http://pictures.example/picture"
    for path in ("inside", "file"):
        with pytest.raises(Blocked):
            get(site, path)
    with pytest.raises(Unreachable, match="too often"):
        get(site, "around")


def test_limits_of_size_and_time(site: ThreadingHTTPServer) -> None:
    for path in ("large", "endless"):
        with pytest.raises(TooLarge):
            get(site, path, most_bytes=2_000)
    began = time.monotonic()
    with pytest.raises(Unreachable):
        get(site, "drip", timeout_s=0.5)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("path", ["gone", "short", "packed", "nonsense"])
def test_what_is_no_whole_answer_is_unreachable(site: ThreadingHTTPServer, path: str) -> None:
    with pytest.raises(Unreachable):
        get(site, path)
