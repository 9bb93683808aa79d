"""The address on which the product is served, and whether it is free and answers."""

import os
import socket
import urllib.error
import urllib.request

from shopguide.embedded.errors import EmbeddedError

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 (only when the user asks for it)
HERE = {"127.0.0.1", "::1", "localhost"}


def host() -> str:
    """Return HOST: the interface to listen on, by default this machine alone."""
    return os.environ.get("HOST") or "127.0.0.1"


def port() -> int:
    """Return PORT, by default 8000."""
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise EmbeddedError(f"PORT={asked} is no port.", "give a number from 1 to 65535.")
    return int(asked)


def address() -> str:
    """Return the address to print: a name, because passkeys do not work on a number."""
    at = host()
    if at in EVERYWHERE | HERE:
        at = "localhost"
    return f"http://[{at}]:{port()}" if ":" in at else f"http://{at}:{port()}"


def probe_url(path: str) -> str:
    """Return where the runner itself asks for ``path``."""
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host(), host())  # noqa: S104
    return f"http://[{at}]:{port()}{path}" if ":" in at else f"http://{at}:{port()}{path}"


def allowed_hosts() -> str:
    """Return the host names the product answers to when it listens beyond this machine."""
    if host() in EVERYWHERE:
        return "*"
    return ",".join(["localhost", "127.0.0.1", "[::1]", host()])


def check_port_free() -> None:
    """Refuse a port or host that cannot be listened on, before any long work."""
    at, number = host(), port()
    try:
        family, kind, _, _, place = socket.getaddrinfo(at, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen(1)
    except socket.gaierror as error:
        raise EmbeddedError(f"HOST={at} is unknown.", "leave HOST away or name one.") from error
    except PermissionError as error:
        raise EmbeddedError(
            f"Port {number} is reserved for the system.", "choose another: make demo PORT=8001"
        ) from error
    except OSError as error:
        raise EmbeddedError(
            f"{at}:{number} cannot be listened on ({error.strerror}).",
            f"end the program that uses it, or choose another: make demo PORT={number % 65535 + 1}",
        ) from error


def is_ready(*, wait_s: float = 2) -> bool:
    """Tell whether the product says that it is ready."""
    try:
        with urllib.request.urlopen(probe_url("/readyz"), timeout=wait_s) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
