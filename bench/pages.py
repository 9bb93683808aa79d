"""Pages of the catalogue, as a visitor asks for them, beside django-oscar's on the same products.

`python -m bench.pages` brings the same goods (one variant each, one category) into a scratch
database of each side, on one Postgres, and asks both WSGI applications in their own processes, in
alternating rounds, without a server between. Told are statements and bytes of a page, the median
and 95th percentile of its time, and how many pages a second of the web process's processor time
makes. Oscar is set up as its documentation begins a shop, with templates kept in memory and a
lasting connection. The sizes show what grows with the catalogue.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench import peers
from bench.import_rows import (
    VARIANTS_A_PRODUCT,
    empty,
    products,
    scratch_database,
    services,
)
from bench.page_timing import looked_at, timed

RESULT = Path(__file__).parent / "results" / "pages.json"
SIZES, WARM_UP = (300, 3_000), 5
SHELVES = {"clothing": "Clothing", "clothing/tops": "Tops", "clothing/tops/t-shirts": "T-shirts"}
Ask = Callable[..., Any]
MOST_QUERIES, TIMES_FASTER = 4, 3.0


def main(arguments: list[str]) -> int:
    """Measure each size, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="of products")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=10, help="each page is asked in a round")
    options = parser.parse_args(arguments)
    answer: dict[str, Any] = {"rounds": options.rounds, "sizes": {}}
    with services(), scratch_database():
        for size in options.sizes:
            with tempfile.TemporaryDirectory() as folder, oscar_database() as environ:
                goods = written(Path(folder) / "goods.jsonl", size)
                with peers.Child("bench.oscar_pages", "oscar", environ) as child:
                    answer["sizes"][str(size)] = measure(goods, options, child)
            empty()
    print(table(answer))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(answer, indent=1) + "\n")
    return 0


def written(path: Path, count: int) -> Path:
    """Write goods of one variant each as our JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for said in products(count * VARIANTS_A_PRODUCT):
            first = said["variants"][0] | {"options": {}}
            said |= {"options": [], "variants": [first]}
            stream.write(json.dumps(said, ensure_ascii=False) + "\n")
    return path


@contextmanager
def oscar_database() -> Iterator[dict[str, str]]:
    """Make an empty database for the peer, yield how it is told of it, and drop it."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    owner, name = os.environ["MIGRATE_DATABASE_URL"], f"bench_oscar_{os.getpid()}"
    at = conninfo_to_dict(owner) | {"dbname": name}
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"OSCAR_DATABASE": json.dumps(at)}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure(goods: Path, options: argparse.Namespace, child: peers.Child) -> dict[str, Any]:
    """Bring the goods in on both sides, and ask for each page in alternating rounds."""
    from django.core.wsgi import get_wsgi_application

    app, mine = get_wsgi_application(), ours(goods)
    theirs = child.ask("load", str(goods))
    found: dict[str, Any] = {}
    for page, path in mine.items():
        sides: dict[str, tuple[Ask, Ask]] = {
            "ours": (partial(timed, app, path), partial(looked_at, app, path))
        }
        if there := theirs.get(page):
            sides["oscar"] = partial(child.ask, "time", there), partial(child.ask, "look", there)
        spent = rounds({side: ask for side, (ask, _look) in sides.items()}, options)
        found[page] = {side: look() | spent[side] for side, (_ask, look) in sides.items()}
    return found


def ours(goods: Path) -> dict[str, str]:
    """Import the goods into an empty shop, and return the addresses of pages."""
    from django.core.management import call_command
    from django.urls import reverse

    from catalog.models import Category, Product
    from shopguide.accounts.tenancy import as_everyone

    with as_everyone():  # shared by all shops, as a market place has them
        above = None
        for path, name in SHELVES.items():
            given = {"merchant": None, "path": path}
            above = Category.objects.get_or_create(**given, parent=above, name_en=name)[0]
    call_command("import_catalog", str(goods), merchant="bench", create_merchant=True, verbosity=0)
    call_command("index", verbosity=0)
    skus = Product.objects.order_by("pk").values_list("sku", flat=True)
    sku = skus[len(skus) // 2]
    shelf = reverse("category", args=[list(SHELVES)[-1]])
    return {
        "home": reverse("home"), "category": shelf, "category, page 5": f"{shelf}?page=5",
        "product": reverse("product", args=["bench", sku]),
    }  # fmt: skip


def rounds(sides: dict[str, Ask], options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Ask the sides in turns, the first alternating; medians over rounds of pages a CPU-second."""
    walls: dict[str, list[float]] = {side: [] for side in sides}
    rates: dict[str, list[float]] = {side: [] for side in sides}
    for ask in sides.values():
        ask(WARM_UP)
    for turn in range(options.rounds):
        for side in sorted(sides, reverse=bool(turn % 2)):
            spent = sides[side](options.times)
            walls[side] += spent["ms"]
            rates[side].append(options.times / spent["cpu_s"])
    return {
        side: {
            "p50_ms": round(statistics.median(walls[side]), 1),
            "p95_ms": round(statistics.quantiles(walls[side], n=20)[-1], 1),
            "pages_a_cpu_s": round(statistics.median(rates[side]), 1),
        }
        for side in sides
    }


def table(answer: dict[str, Any]) -> str:
    """Return the figures as lines, each page with its ratio to the peer's."""
    lines = [f"{'products':>9}  {'page':<17} {'':<6} queries  kB HTML  p50 ms  p95 ms  pages/CPU-s"]
    for size, pages in answer["sizes"].items():
        for page, sides in pages.items():
            for side, one in sides.items():
                told = ""
                if side == "ours" and "oscar" in sides:
                    ratio = one["pages_a_cpu_s"] / sides["oscar"]["pages_a_cpu_s"]
                    told = f"  {ratio:.1f} times {'met' if ratio >= TIMES_FASTER else 'missed'}"
                if side == "ours" and one["queries"] > MOST_QUERIES:
                    told += f"  more than {MOST_QUERIES} queries"
                lines.append(
                    f"{int(size):>9,}  {page:<17} {side:<6} {one['queries']:>7}"
                    f"  {one['bytes'] / 1e3:>7.1f}  {one['p50_ms']:>6.1f}  {one['p95_ms']:>6.1f}"
                    f"  {one['pages_a_cpu_s']:>11.1f}{told}"
                )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
