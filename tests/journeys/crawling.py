"""Every page that somebody can come to, found by following links from where they begin.

One address is kept for each page and each way in which it is drawn (the templates it was made
of), so that a shop of ten thousand products is a hundred pages. It presses no button.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""<a\s[^>]*?href="([^"#]+)""")
# Where a link is an act or another program's page.
PASSED_OVER = re.compile(r"/(static|media|admin|api|accounts)/|/operator/(?!figures/)")
# How many addresses of one page are read in search of another way in which it is drawn.
MOST_READ = 3


@dataclass(frozen=True)
class Found:
    """One page: where it is, the name of its route, and the templates it was made of."""

    path: str
    route: str
    templates: frozenset[str]


def crawl(client: Client, starts: Iterable[str]) -> list[Found]:
    """Follow links from ``starts`` as whoever ``client`` is; return one address a page."""
    found: dict[tuple[str, frozenset[str]], Found] = {}
    waiting, known, read = deque(starts), set(starts), Counter[tuple[str, bool]]()
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        kind = (route, "?" in path)
        if not route or read[kind] >= MOST_READ:
            continue
        read[kind] += 1
        answer = client.get(path)
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        used = frozenset(one.name for one in answer.templates if one.name)
        found.setdefault((route, used), Found(path, route, used))
        for link in LINK.findall(answer.content.decode()):
            there = urljoin(path, unescape(link))
            if there not in known and there.startswith("/") and not PASSED_OVER.match(there):
                known.add(there)
                waiting.append(there)
    return list(found.values())


def route_of(path: str) -> str:
    """Return the name of the route that an address belongs to, nothing where there is none."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
