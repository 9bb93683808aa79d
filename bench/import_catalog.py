"""How fast a catalogue comes in: our import beside three ways to write the same rows.

`python -m bench.import_catalog` measures, in one run and on one database,

- a loop of ``update_or_create``, as most shops' importers do it, row by row or product by product;
- ``bulk_create(update_conflicts=True)``, the fastest that Django has of its own; once more with
  our triggers' work ``deferred`` to the end, which is more than a peer would know to do;
- raw ``COPY`` into tables that are equal to ours in columns, indexes, checks and foreign keys,
  without row-level security or triggers: the floor under which no import of these rows can go;
- our loader, from typed records, and our whole verb, from the file.

All end with the same rows: products, texts in two languages, variants, prices, stock and what
search offers. A row is a variant with everything that belongs to it. The way that writes least
often (the loop) is measured on fewer rows. It makes a database of its own and drops it.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.import_peers import bulk, loop, loop_by_product, raw_copy
from bench.import_rows import (
    VARIANTS_A_PRODUCT,
    empty,
    new_shop,
    products,
    records_of,
    scratch_database,
    services,
    timed,
)

SIZES = (2_000, 20_000, 100_000)
LOOP_ROWS = 400
ROUNDS = 3
FORMATS = ("jsonl", "csv", "tsv", "xml")
RESULTS = Path(__file__).parent / "results" / "import.json"
GOALS = {"loop": 100.0, "bulk_create": 2.0, "raw_copy": 0.6}


def ours_from_records(count: int) -> tuple[float, float]:
    """Load typed records with our loader: into an empty shop, and once more unchanged."""
    from catalog.feeds.loading import Loader
    from catalog.feeds.problems import Problems
    from catalog.feeds.references import References

    shop = new_shop()
    records = records_of(count)

    def work() -> None:
        problems = Problems(100)
        loader = Loader(References(shop), problems)
        start = 0
        while part := records[start : start + loader.room // VARIANTS_A_PRODUCT]:
            loader.references.prepare(part, {})
            loader.load(part)
            start += len(part)
        if problems.count or loader.counts["failed"]:
            raise SystemExit(f"our import refused rows: {problems.first[:3]}")

    return timed(work), timed(work)


def ours_from_file(count: int, path: Path) -> float:
    """Run the whole verb on a JSON Lines file."""
    from catalog.feeds.importing import import_file
    from catalog.models import CatalogImport
    from shopguide.accounts.tenancy import as_merchant

    shop = new_shop()
    with path.open("w", encoding="utf-8") as stream:
        for said in products(count):
            stream.write(json.dumps(said, ensure_ascii=False) + "\n")
    with as_merchant(shop):
        row = CatalogImport.objects.create(merchant=shop, file=str(path), file_name=path.name)
    return timed(lambda: import_file(row))


def resident_mb() -> float:
    """Return the most memory that this process has held."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def slope(seconds: dict[int, float]) -> float:
    """Return the exponent of time over rows from the second size to the largest."""
    sizes = sorted(seconds)
    small, large = sizes[-2], sizes[-1]
    return math.log(seconds[large] / seconds[small]) / math.log(large / small)


def whole_import(path: Path, shop: str) -> tuple[float, float]:
    """Run ``import_catalog`` into a new shop: seconds, and its peak of resident megabytes.

    In a process of its own, from /proc: what getrusage says of a child starts at its parent's peak.
    """
    import subprocess

    code = (
        "import re, sys; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'import_catalog', sys.argv[1], '--merchant', sys.argv[2],"
        " '--create-merchant', '--skip-checks']);"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), shop], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, float(done.stdout.splitlines()[-1])


def memory(
    count: int, folder: Path, formats: Sequence[str] = FORMATS
) -> dict[str, dict[str, float]]:
    """Return seconds and peak memory of a first import in each format; JSON Lines always."""
    from catalog.feeds.exporting import export_file
    from shopguide.accounts.models import Merchant

    path = folder / "jsonl.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for said in products(count):
            stream.write(json.dumps(said, ensure_ascii=False) + "\n")
    found = {"jsonl": whole_import(path, "memory-jsonl")}
    shop = Merchant.objects.get(slug="memory-jsonl")
    for name, format in (("csv", "own"), ("tsv", "google"), ("xml", "google")):
        if name not in formats:
            continue
        path = folder / f"{name}.{name}"
        export_file(shop, path, format=format)
        found[name] = whole_import(path, f"memory-{name}")
        seconds, megabytes = found[name]
        print(f"  {name:6} {seconds:6.1f} s {megabytes:6.0f} MB", file=sys.stderr)
    return {
        name: {"seconds": round(seconds, 1), "resident_mb": round(megabytes)}
        for name, (seconds, megabytes) in found.items()
    }


def measure(sizes: Sequence[int], rounds: int, folder: Path) -> dict[str, Any]:
    """Measure all, the peers of one round after another; keep each one's median."""
    taken: dict[str, dict[int, list[float]]] = {}

    def note(name: str, size: int, seconds: float) -> None:
        taken.setdefault(name, {}).setdefault(size, []).append(seconds)
        print(f"  {name:22} {size:>9,} rows {size / seconds:>10,.0f} rows/s", file=sys.stderr)

    for size in sizes:
        for _round in range(rounds):
            note("bulk_create", size, bulk(size))
            note("bulk_create_deferred", size, bulk(size, deferred=True))
            fresh, again = ours_from_records(size)
            note("ours", size, fresh)
            note("ours_unchanged", size, again)
            note("raw_copy", size, raw_copy(size))
            note("raw_copy_no_keys", size, raw_copy(size, keys=False))
            note("ours_whole_file", size, ours_from_file(size, folder / "bench.jsonl"))
    for _round in range(rounds):
        note("loop", LOOP_ROWS, loop(LOOP_ROWS))
        note("loop_by_product", LOOP_ROWS, loop_by_product(LOOP_ROWS))
    seconds = {n: {s: statistics.median(t) for s, t in by.items()} for n, by in taken.items()}
    return summary(seconds, sizes, whole=memory(max(sizes), folder))


def summary(
    seconds: dict[str, dict[int, float]], sizes: Sequence[int], *, whole: dict[str, Any]
) -> dict[str, Any]:
    """Return speeds, ratios, slopes and memory, with the goals beside them."""
    speeds = {n: {s: s / t for s, t in by.items()} for n, by in seconds.items()}
    largest = max(sizes)
    ours = speeds["ours"][largest]
    peers = {name: by.get(largest, by.get(LOOP_ROWS)) for name, by in speeds.items()}
    return {
        "rows": largest,
        "rows_per_second": {
            n: {str(s): round(v) for s, v in by.items()} for n, by in speeds.items()
        },
        "ratios": {n: round(ours / speed, 2) for n, speed in peers.items() if n != "ours"},
        "goals": GOALS,
        "slope": {
            name: round(slope(seconds[name]), 3)
            for name in ("ours", "ours_whole_file", "bulk_create", "raw_copy")
            if len(sizes) > 1
        },
        "whole_import_seconds": round(seconds["ours_whole_file"][largest], 1),
        "whole_import": whole,
        "resident_mb": max(each["resident_mb"] for each in whole.values()),
        "processors": os.cpu_count(),
    }


def show(found: dict[str, Any]) -> None:
    """Print the table."""
    sizes = sorted({int(size) for by in found["rows_per_second"].values() for size in by})
    print(f"{'rows/s':24}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ours is ×':>12}")
    for name, by in found["rows_per_second"].items():
        cells = "".join(f"{by.get(str(size), ''):>12}" for size in sizes)
        print(f"{name:24}{cells}{found['ratios'].get(name, ''):>12}")
    print("slope: " + ", ".join(f"{name} {value}" for name, value in found["slope"].items()))
    print(
        f"{found['rows']:,} rows from the file: {found['whole_import_seconds']} s,"
        f" {found['resident_mb']} MB resident"
    )


def main() -> None:
    """Measure, print, write the JSON."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--memory", action="store_true", help="only whole imports, by size and format"
    )
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    options = parser.parse_args()
    with services(), scratch_database(), tempfile.TemporaryDirectory() as folder:
        if options.memory:
            for size in options.sizes:
                print(size, json.dumps(memory(size, Path(folder), options.formats)), flush=True)
                empty()
            return
        found = measure(options.sizes, options.rounds, Path(folder))
    show(found)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
