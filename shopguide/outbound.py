"""The one way out: fetch an address that somebody else gave us, and reach nobody inside by it.

For pictures of feeds, for webhooks, and for whatever else is reached by address. It resolves a name
once, refuses it if any of its addresses is not a public one, and connects to just that address;
each redirect is looked at anew. Time, size and redirects have limits. No proxy, no cookie, no
Django.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

MOST_REDIRECTS = 3
TIMEOUT_S = 15.0
MOST_BYTES = 25 << 20
LONGEST_ADDRESS = 2_000
LONGEST_ANSWER = 1_000
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
PIECE = 1 << 16
STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
# IPv6 networks that stand for an IPv4 address: NAT64, 6to4, Teredo, IPv4-compatible.
CARRIERS = [
    ipaddress.ip_network(each)
    for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]


class Outbound(Exception):
    """The address was not fetched. The message is for a log, never for a shopper."""


class Blocked(Outbound):
    """The address leads, or could lead, to something that is not public."""


class TooLarge(Outbound):
    """There is more than may be fetched."""


class Unreachable(Outbound):
    """Nobody answers there, or not with what was asked for."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. ``url``: where it was found in the end."""

    url: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to something sent: its status, and the beginning of its words."""

    status: int
    text: str


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host; raise `Unreachable` for one without any."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} has no address") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the open Internet, whatever way it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if (
            address.scope_id
            or address.is_site_local
            or any(address in network for network in CARRIERS)
        ):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def fetch(
    url: str,
    *,
    most_bytes: int = MOST_BYTES,
    timeout_s: float = TIMEOUT_S,
    accept: str = "*/*",
    resolve: Resolve = resolved,
    public: Callable[[Address], bool] = is_public,
    ports: dict[str, int] | None = None,
) -> Fetched:
    """Fetch an http(s) address; raise an `Outbound` error.

    ``timeout_s``: for all of it, redirects included. ``public``: which addresses may be reached;
    ``ports``: the only port of each scheme.
    """
    deadline = time.monotonic() + timeout_s
    for _hop in range(MOST_REDIRECTS + 1):
        hop = _Hop(url, resolve, public, ports or PORTS)
        answer = hop.get(deadline, most_bytes, accept)
        if isinstance(answer, Fetched):
            return answer
        if hop.scheme == "https" and urlsplit(answer).scheme == "http":
            raise Blocked(f"{hop.host} leads to an address without encryption")
        url = answer
    raise Unreachable(f"{hop.host} leads on too often")


def send(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    timeout_s: float = TIMEOUT_S,
    resolve: Resolve = resolved,
    public: Callable[[Address], bool] = is_public,
    ports: dict[str, int] | None = None,
) -> Answered:
    """POST to an http(s) address, follow nothing, and return what was said; or an `Outbound`."""
    deadline = time.monotonic() + timeout_s
    hop = _Hop(url, resolve, public, ports or PORTS)
    with hop.connected(deadline) as connection:
        sent = {"Accept-Encoding": "identity", "User-Agent": "ShopGuide"} | headers
        connection.request("POST", _quoted(hop.path), body=body, headers=sent)
        answer = connection.getresponse()
        words = answer.read1(LONGEST_ANSWER)
    return Answered(answer.status, words.decode("utf-8", "replace").replace("\0", ""))


@contextmanager
def streaming(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    timeout_s: float = TIMEOUT_S,
    most_bytes: int = MOST_BYTES,
    resolve: Resolve = resolved,
    public: Callable[[Address], bool] = is_public,
    ports: dict[str, int] | None = None,
) -> Iterator[Iterator[bytes]]:
    """POST to an http(s) address and give its answer in pieces as they come; follow nothing.

    Only an answer of 200 is given; all of it must have come within ``timeout_s``.
    """
    deadline = time.monotonic() + timeout_s
    hop = _Hop(url, resolve, public, ports or PORTS)
    with hop.connected(deadline) as connection:
        sent = {"Accept-Encoding": "identity", "User-Agent": "ShopGuide"} | headers
        connection.request("POST", _quoted(hop.path), body=body, headers=sent)
        answer = connection.getresponse()
        if answer.status != 200:
            raise Unreachable(f"{hop.host} answers {answer.status}")
        yield _pieces(answer, hop.host, most_bytes, deadline)


def _pieces(
    answer: http.client.HTTPResponse, host: str, most_bytes: int, deadline: float
) -> Iterator[bytes]:
    """Yield what comes until the end, the limit or the deadline."""
    seen = 0
    while piece := answer.read1(PIECE):
        seen += len(piece)
        if seen > most_bytes:
            raise TooLarge(f"{host} has more than {most_bytes} bytes")
        if time.monotonic() > deadline:
            raise Unreachable(f"{host} takes too long")
        yield piece
    if answer.length:
        raise Unreachable(f"{host} hung up before the end")


def check(url: str, *, resolve: Resolve = resolved) -> None:
    """Raise an `Outbound` error for an address that would never be reached."""
    _Hop(url, resolve, is_public, PORTS)


class _Hop:
    """One address, checked and pinned."""

    def __init__(
        self,
        url: str,
        resolve: Resolve,
        public: Callable[[Address], bool],
        ports: dict[str, int],
    ) -> None:
        if len(url) > LONGEST_ADDRESS or STRANGE.search(url):
            raise Blocked("the address holds what no address holds")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise Blocked("this is not an address") from error
        if parts.scheme not in ports or not parts.hostname:
            raise Blocked("only http and https are fetched")
        if parts.username is not None or parts.password is not None:
            raise Blocked("an address with a user is not fetched")
        self.url, self.scheme = url, parts.scheme
        self.port = ports[parts.scheme] if port is None else port
        if self.port != ports[parts.scheme]:
            raise Blocked(f"port {self.port} is not fetched from")
        self.host = _ascii(parts.hostname)
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.address = self._pinned(resolve, public)

    def _pinned(self, resolve: Resolve, public: Callable[[Address], bool]) -> str:
        """Return the one address to connect to; all that the name has must be public."""
        found = resolve(self.host, self.port)
        if not found:
            raise Unreachable(f"{self.host} has no address")
        for each in found:
            try:
                known = ipaddress.ip_address(each)
            except ValueError as error:
                raise Blocked(f"{self.host} has a strange address") from error
            if not public(known):
                raise Blocked(f"{self.host} is not public")
        return found[0]

    def get(self, deadline: float, most_bytes: int, accept: str) -> Fetched | str:
        """Return what is there, or where the answer leads."""
        with self.connected(deadline) as connection:
            headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "ShopGuide"}
            connection.request("GET", _quoted(self.path), headers=headers)
            return self._answer(connection.getresponse(), most_bytes, deadline)

    @contextmanager
    def connected(self, deadline: float) -> Iterator[http.client.HTTPConnection]:
        """Give a connection until the deadline; whatever goes wrong with it is `Unreachable`."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise Unreachable(f"{self.host} takes too long")
        connection = self._connection(left)
        watch = threading.Timer(left, _hang_up, [connection])
        watch.daemon = True
        watch.start()
        try:
            yield connection
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
            raise Unreachable(f"{self.host}: {type(error).__name__}") from error
        finally:
            watch.cancel()
            connection.close()

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        if self.scheme == "https":
            return _PinnedTls(self.host, self.port, self.address, timeout_s)
        return _Pinned(self.host, self.port, self.address, timeout_s)

    def _answer(
        self, answer: http.client.HTTPResponse, most_bytes: int, deadline: float
    ) -> Fetched | str:
        if answer.status in REDIRECTS:
            return urljoin(self.url, answer.getheader("Location") or "")
        if answer.status != 200:
            raise Unreachable(f"{self.host} answers {answer.status}")
        if answer.getheader("Content-Encoding", "identity").lower() != "identity":
            raise Unreachable(f"{self.host} sends packed what was asked for plain")
        if int(answer.getheader("Content-Length") or 0) > most_bytes:
            raise TooLarge(f"{self.host} has more than {most_bytes} bytes")
        pieces = bytearray()
        while piece := answer.read1(PIECE):
            pieces += piece
            if len(pieces) > most_bytes:
                raise TooLarge(f"{self.host} has more than {most_bytes} bytes")
            if time.monotonic() > deadline:
                raise Unreachable(f"{self.host} takes too long")
        if answer.length:
            raise Unreachable(f"{self.host} hung up before the end")
        return Fetched(self.url, bytes(pieces), answer.getheader("Content-Type", ""))


class _Pinned(http.client.HTTPConnection):
    """Connects to one address, whatever the host's name would resolve to by now."""

    def __init__(self, host: str, port: int, address: str, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._address = address

    def connect(self) -> None:
        """Open the connection."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _PinnedTls(_Pinned):
    """The same, encrypted; the certificate must be the host's."""

    def connect(self) -> None:
        """Open the connection and prove who is there."""
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _hang_up(connection: http.client.HTTPConnection) -> None:
    """End a connection that drips on beyond its time."""
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _ascii(host: str) -> str:
    """Return a host's name as DNS has it."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Blocked("this is not the name of a host") from error


def _quoted(path: str) -> str:
    """Return a path without letters that no request line may hold."""
    return quote(path, safe="/%:=&?~#+!$,;'@()*[]")
