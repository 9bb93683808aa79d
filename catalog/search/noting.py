"""Count what is searched for and what is opened from results, without knowing who did.

For the pages, which note, and the worker, which adds the notes up. A note goes to a list in the
cache (one round trip); if the cache is away it is lost, and the search never notices. What looks
like a person's data (an address of mail, a long number, a whole sentence) is not noted at all. The
table is bounded: so many queries a day and shop, for so many days.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from catalog.models import SearchCount
from catalog.search.addressing import Address, clean_text
from catalog.search.market import Market
from catalog.search.merchandising import key_of
from catalog.search.searching import Results
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

log = logging.getLogger(__name__)
LIST = "search-notes"
# About 20 MB of notes wait at most; the oldest give way.
MOST_WAITING = 100_000
AT_ONCE = 5_000
LONGEST = 80
# Queries of one shop on one day beyond these are not kept: nobody reads so far down a list.
MOST_A_DAY = 2_000
PRIVATE = re.compile(r"@|(?:\d[\s().-]?){7,}|https?:|www\.")
ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|curl|python", re.IGNORECASE)
MARKET, SHOP = SearchCount.Place.MARKET, SearchCount.Place.SHOP
Key = tuple[int | None, str, str, str, str]
_waiting: deque[str] = deque(maxlen=MOST_WAITING)  # where there is no shared cache


def note_search(request: HttpRequest, address: Address, scope: Market, results: Results) -> None:
    """Note a fresh question and whether anything was found; refining an answer is none."""
    query = address.first("q")
    fresh = {name for name, _value in address.params} <= {"q", "shop"}
    if not fresh or not by_a_person(request) or not harmless(query):
        return
    slugs = {shop.slug: shop.pk for shop in scope.shops.values()}
    shown = sorted({slugs[hit.merchant] for hit in results.hits if hit.merchant in slugs})
    note(request, query, scope.merchant, shown=shown, empty=not results.total)


def note_click(request: HttpRequest, shop: Merchant) -> None:
    """Note that one of a shop's products was opened, if the browser says: from results."""
    path, said = came_from(request)
    asked_of = said.get("shop", "")
    own = path == reverse("shop", args=[shop.slug])
    if not (own or path == reverse("search")) or not by_a_person(request):
        return
    within = own or asked_of == shop.slug
    query = clean_text(said.get("q", ""), 500)
    if harmless(query) and (within or not asked_of):
        note(request, query, shop.pk if within else None, shown=[shop.pk], clicked=True)


def came_from(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """Return the path and the parameters of the page of ours that led here, if the browser says."""
    try:
        address = urlsplit(request.headers.get("Referer", "")[:4_000])
        said = parse_qs(address.query, max_num_fields=60)
    except ValueError:
        return "", {}
    if address.netloc != request.get_host():
        return "", {}
    return address.path, {name: values[-1] for name, values in said.items()}


def by_a_person(request: HttpRequest) -> bool:
    """Tell whether a page is opened by somebody: not by a robot, in advance, or once more."""
    headers = request.headers
    again = headers.get("Cache-Control", "") in ("max-age=0", "no-cache")
    ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    # A product's page asks for its own part again when an option is chosen.
    part = "HX-Request" in headers and "HX-Boosted" not in headers
    restored = "HX-History-Restore-Request" in headers
    return not (again or ahead or part or restored or ROBOT.search(headers.get("User-Agent", "")))


def harmless(query: str) -> bool:
    """Tell whether a query may be kept: short, and nothing by which a person could be known."""
    return 0 < len(query) <= LONGEST and not PRIVATE.search(query) and bool(key_of(query))


def note(request: HttpRequest, query: str, shop: int | None, **what: Any) -> None:
    """Put one note into the list. Never an error, never a wait."""
    locale = getattr(request, "LANGUAGE_CODE", "en")
    today = timezone.localdate().isoformat()
    line = json.dumps({"day": today, "locale": locale, "query": query, "shop": shop, **what})
    try:
        client, key = shared()
        if client is None:
            _waiting.append(line)
            return
        with client.pipeline(transaction=False) as pipe:
            pipe.rpush(key, line)
            pipe.ltrim(key, -MOST_WAITING, -1)
            pipe.execute()
    except Exception as error:  # counting is never a reason for an error page
        log.warning("a search was not counted: %s", type(error).__name__)


def shared() -> tuple[Any, str]:
    """Return the cache that all processes share, and the list's key; None without one."""
    cache = caches["default"]
    if not isinstance(cache, RedisCache):
        return None, ""
    key = cache.make_and_validate_key(LIST)
    return cache._cache.get_client(key, write=True), key


def taken(most: int = AT_ONCE) -> list[str]:
    """Take the oldest notes out of the list."""
    client, key = shared()
    if client is None:
        return [_waiting.popleft() for _number in range(min(most, len(_waiting)))]
    return [line.decode() for line in client.lpop(key, most) or []]


def count_notes() -> int:
    """Add waiting notes to the table, in one statement for each batch; return how many.

    A worker that dies in between loses at most a batch: these are statistics.
    """
    done = 0
    while lines := taken():
        counts, written = added_up(lines)
        with as_everyone():
            keep(within_bounds(counts), written)
        done += len(lines)
    return done


def added_up(lines: Iterable[str]) -> tuple[dict[Key, list[int]], dict[Key, str]]:
    """Return asked, empty and clicks by whom, place, day, language and query; and as written."""
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    written: dict[Key, str] = {}
    for line in lines:
        said = json.loads(line)
        clicked, empty = bool(said.get("clicked")), bool(said.get("empty"))
        for whose, place in rows_of(said):
            key = (whose, place, said["day"], said["locale"][:10], key_of(said["query"]))
            count = counts[key]
            count[0] += not clicked
            count[1] += empty
            count[2] += clicked
            written[key] = said["query"][:200]
    return counts, written


def rows_of(said: Mapping[str, Any]) -> list[tuple[int | None, str]]:
    """Return which rows a note counts in: the shop's own, or the market's and each shown shop's."""
    if said["shop"] is not None:
        return [(said["shop"], SHOP)]
    return [(None, MARKET), *((shop, MARKET) for shop in said["shown"])]


def within_bounds(counts: dict[Key, list[int]]) -> dict[Key, list[int]]:
    """Leave out shops that are gone, and new queries of a shop that has its fill of the day."""
    shops = {key[0] for key in counts if key[0] is not None}
    there = {None, *Merchant.objects.filter(pk__in=shops).values_list("pk", flat=True)}
    rows = SearchCount.objects.filter(day__in={key[2] for key in counts})
    known: dict[tuple[int | None, str, str], set[tuple[str, str]]] = defaultdict(set)
    for whose, place, day, locale, word in rows.values_list(
        "merchant_id", "place", "day", "locale", "key"
    ).iterator(5_000):
        known[whose, place, day.isoformat()].add((locale, word))
    kept = {}
    for key, count in counts.items():
        mine = known[key[:3]]
        if key[0] in there and (key[3:] in mine or len(mine) < MOST_A_DAY):
            mine.add(key[3:])
            kept[key] = count
    return kept


ADD = """
INSERT INTO catalog_searchcount
    (merchant_id, place, day, locale, key, query, asked, empty, clicks)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[],
                     %s::int[], %s::int[], %s::int[])
ON CONFLICT (merchant_id, place, day, locale, key) DO UPDATE SET
    query = excluded.query,
    asked = catalog_searchcount.asked + excluded.asked,
    empty = catalog_searchcount.empty + excluded.empty,
    clicks = catalog_searchcount.clicks + excluded.clicks
"""


def keep(counts: Mapping[Key, list[int]], written: Mapping[Key, str]) -> None:
    """Add counts to their rows, in an order that no other worker can cross. One statement."""
    rows = sorted(counts, key=lambda key: (key[0] or 0, *key[1:]))
    if not rows:
        return
    columns = [list(column) for column in zip(*rows, strict=True)]
    numbers = [list(column) for column in zip(*(counts[key] for key in rows), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [*columns, [written[key] for key in rows], *numbers])


def forget_searches(days: int) -> int:
    """Delete counts that are older than so many days; return how many rows."""
    oldest = timezone.localdate() - datetime.timedelta(days=days)
    with as_everyone():
        return int(SearchCount.objects.filter(day__lt=oldest)._raw_delete("default"))
