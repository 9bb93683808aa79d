"""Ask a WSGI application for pages in its own process, and time them; plain Python, for both sides.

No server stands between: what is timed is the application with its database.
"""

import io
import time
from collections.abc import Callable
from typing import Any

App = Callable[[dict[str, Any], Callable[..., Any]], Any]


def get(app: App, path: str) -> tuple[str, bytes]:
    """Ask for a page as a visitor without cookies; return its status and its body."""
    said: list[str] = []
    place, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": place, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_ACCEPT": "text/html",
        "HTTP_ACCEPT_LANGUAGE": "en", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0), "wsgi.multithread": False,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    answer = app(environ, lambda status, headers, error=None: said.append(status))
    try:
        return said[0], b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()


def timed(app: App, path: str, times: int) -> dict[str, Any]:
    """Return the milliseconds of each asking, and the processor seconds of this process for all."""
    walls, began = [], time.process_time()
    for _turn in range(times):
        start = time.perf_counter()
        status, _body = get(app, path)
        walls.append((time.perf_counter() - start) * 1e3)
        if not status.startswith("200"):
            raise SystemExit(f"{path} answers {status}")
    return {"ms": walls, "cpu_s": time.process_time() - began}


def looked_at(app: App, path: str) -> dict[str, Any]:
    """Return what one asking costs in statements, and how many bytes of HTML come of it."""
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        status, body = get(app, path)
    return {"status": status, "queries": len(seen), "bytes": len(body)}
