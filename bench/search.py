"""Hybrid search in one SQL statement against engines in process, on the same rows and words.

Run: ``python -m bench.search`` (``--full`` for 20,000, 60,000 and 200,000 products). Measures
`catalog.search.retrieving.retrieve` by class of query; beside it, in interleaved rounds, bm25s and
tantivy each fused with hnswlib, and the usual tutorial: all vectors in order of distance, then
LIKE. Encoding the query is the same for all and is left out. Recall comes before time. It makes a
database of its own and drops it.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import import_rows, peers
from bench.import_rows import scratch_database
from bench.search_corpus import Corpus, corpus
from bench.search_questions import QUERIES, Asked, questions, write

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "search.json"
ENCODER_ID = "bench-search"
SIZES, FULL_SIZES = (5_000, 20_000, 60_000), (20_000, 60_000, 200_000)
TOP = 50
OURS, TUTORIAL = "ours", "tutorial"
IN_PROCESS = ("bm25s", "tantivy")
# Goals of the design: recall, and growth from size to size.
LEAST_RECALL, MOST_SLOPE = 0.98, 0.25


def main(arguments: list[str]) -> int:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="20,000, 60,000 and 200,000 products")
    parser.add_argument("--sizes", type=int, nargs="+", help="other sizes")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-peers", action="store_true", help="measure the product alone")
    options = parser.parse_args(arguments)
    sizes = options.sizes or (FULL_SIZES if options.full else SIZES)
    with services(), scratch_database(), ExitStack() as stack:
        child = None if options.no_peers else stack.enter_context(peers.Child("bench.search_peers"))
        measured = {str(size): measure(size, options.rounds, child) for size in sizes}
    answer = {"rounds": options.rounds, "queries": QUERIES, "sizes": measured}
    answer["slopes"] = slopes(measured)
    print(table(answer))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(answer, indent=1) + "\n")
    return 0


# --- Services and peers ----------------------------------------------------------------------
@contextmanager
def services() -> Iterator[None]:
    """Use the services of imports, with the vectors of the bench as the encoder's."""
    os.environ["ENCODER_NAME"] = ENCODER_ID
    with import_rows.services():
        yield


# --- One size ----------------------------------------------------------------------------------
def measure(size: int, rounds: int, child: peers.Child | None) -> dict[str, Any]:
    """Load one size and time every class by every way."""
    from bench.search_loading import load, terms_of

    made = corpus(size)
    print(f"{size:,} products: loading …", file=sys.stderr, flush=True)
    built = load(made, ENCODER_ID)
    terms = [terms_of(row)[2] for row in made.rows]
    classes, asked = questions(made, terms)
    with tempfile.TemporaryDirectory() as folder:
        if child:
            write(Path(folder), made, terms, classes, asked)
            built |= {f"{name}_s": took for name, took in child.ask("load", folder).items()}
    ways = ways_of(classes, asked, child)
    times: dict[str, dict[str, list[list[float]]]] = {name: {} for name in classes}
    for turn in range(rounds + 1):  # the first warms every cache and is not counted
        for name in classes:
            for way, run in shuffled(ways, turn):
                seconds = run(name)
                if turn:
                    times[name].setdefault(way, []).append(seconds)
    figures = {name: summary(of_class) for name, of_class in times.items()}
    return {
        "built": built,
        # Beyond 1 a core was shared while we measured: compare ratios then, not milliseconds.
        "load_average": round(os.getloadavg()[0], 2),
        "recall": recalls(made, asked, child),
        "classes": figures,
    }


def shuffled(ways: Mapping[str, Any], turn: int) -> list[tuple[str, Any]]:
    """Return the ways in another order each round."""
    order = list(ways.items())
    random.Random(turn).shuffle(order)
    return order


# --- The ways ------------------------------------------------------------------------------------
Run = Callable[[str], list[float]]


def ways_of(
    classes: Mapping[str, Sequence[Asked]], asked: NDArray[np.float32], child: peers.Child | None
) -> dict[str, Run]:
    """Return what runs a class of queries and gives the seconds of each."""
    from catalog.search.retrieving import retrieve

    filters = filters_by_mask()
    ready = {
        name: [(query_of(one, asked), filters[one.mask]) for one in queries]
        for name, queries in classes.items()
    }

    def ours(name: str) -> list[float]:
        return [timed(partial(retrieve, query, under)) for query, under in ready[name]]

    def taught(name: str) -> list[float]:
        return [timed(partial(tutorial, one, asked)) for one in classes[name][:4]]

    ways: dict[str, Run] = {OURS: ours, TUTORIAL: taught}
    if child:
        ways |= {way: partial(child.ask, "run", way) for way in IN_PROCESS}
    return ways


def query_of(one: Asked, asked: NDArray[np.float32]) -> Any:
    """Return the question as search asks it: words with their parts, and a vector."""
    from catalog.search.signs import Query
    from catalog.search.wording import units_of

    units = units_of(one.text) if one.text else ()
    return Query(units=units, vector=asked[one.vector].tolist(), encoder_id=ENCODER_ID)


def filters_by_mask() -> dict[str | None, Any]:
    """Return the filters that stand for the peers' masks."""
    from django.db import connection

    from catalog.search.filtering import Filters, PriceBound

    with connection.cursor() as cursor:
        cursor.execute("SELECT percentile_disc(0.2) WITHIN GROUP (ORDER BY amount)"
                       " FROM catalog_searchoffer")  # fmt: skip
        (limit,) = cursor.fetchone()
    return {
        None: Filters(),
        "price": Filters(price=PriceBound("USD", None, limit)),
        "brand": Filters(brands=("Brand07",)),
    }


def tutorial(one: Asked, asked: NDArray[np.float32]) -> None:
    """Search as most tutorials do: all distances in order, then LIKE, then both lists joined."""
    from django.db import connection, transaction

    from catalog.models.embedding import vector_literal

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(
            "SELECT document_id FROM catalog_embedding WHERE encoder_id = %s"
            " ORDER BY vector <=> %s::halfvec LIMIT 50",
            [ENCODER_ID, vector_literal(asked[one.vector].tolist())],
        )
        cursor.fetchall()
        if not one.text:
            return
        likes = [f"%{word}%" for word in one.text.lower().split()]
        cursor.execute(
            "SELECT product_id FROM catalog_searchdocument WHERE titles LIKE ANY(%s) LIMIT 50",
            [likes],
        )
        cursor.fetchall()


def recalls(
    made: Corpus, asked: NDArray[np.float32], child: peers.Child | None
) -> dict[str, float]:
    """Return recall@50 of each vector index against all distances."""
    from catalog.models import Product
    from catalog.search.filtering import Filters
    from catalog.search.retrieving import retrieve

    keys = {key: int(sku[1:]) for key, sku in Product.objects.values_list("pk", "sku")}
    exact = [set(np.argsort(-(made.vectors @ vector))[:TOP].tolist()) for vector in asked[:50]]

    def nearest(number: int) -> set[int]:
        found = retrieve(query_of(Asked("", number), asked), Filters())
        found.sort(key=lambda one: -(one.cosine or 0))
        return {keys[one.product] for one in found[:TOP]}

    ours = [nearest(number) for number in range(50)]
    found = {OURS: ours}
    if child:
        found["hnswlib"] = [set(ids) for ids in child.ask("recall")]
    return {
        way: round(statistics.mean(len(a & b) / TOP for a, b in zip(sets, exact, strict=True)), 4)
        for way, sets in found.items()
    }


# --- Figures -------------------------------------------------------------------------------------
def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def summary(by_way: Mapping[str, list[list[float]]]) -> dict[str, Any]:
    """Return p50 and p95 of each way, and the ratios to ours: medians over rounds."""
    figures: dict[str, Any] = {}
    for way, rounds in by_way.items():
        every = sorted(second * 1000 for one in rounds for second in one)
        figures[way] = {
            "p50_ms": round(statistics.median(every), 3),
            "p95_ms": round(every[int(0.95 * (len(every) - 1))], 3),
        }
    ours = [statistics.median(one) for one in by_way[OURS]]
    for way, rounds in by_way.items():
        ratios = [mine / statistics.median(one) for mine, one in zip(ours, rounds, strict=True)]
        figures[way]["ours_to_it"] = round(statistics.median(ratios), 3)
    return figures


def slopes(measured: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return for each class and way the slope of log time over log size."""
    sizes = [int(size) for size in measured]
    if len(sizes) < 2:
        return {}
    last = measured[str(sizes[-1])]["classes"]
    return {
        name: {
            way: round(
                float(np.polyfit(
                    np.log(sizes),
                    np.log([measured[str(s)]["classes"][name][way]["p50_ms"] for s in sizes]),
                    1,
                )[0]), 2)
            for way in last[name]
        }
        for name in last
    }  # fmt: skip


def table(answer: Mapping[str, Any]) -> str:
    """Return the figures for people."""
    lines = []
    for size, one in answer["sizes"].items():
        recall = ", ".join(f"{way} {value:.3f}" for way, value in one["recall"].items())
        lines.append(
            f"\n{int(size):,} products   recall@{TOP}: {recall} (goal {LEAST_RECALL})"
            f"   load {one['load_average']}"
        )
        for name, ways in one["classes"].items():
            cells = "  ".join(
                f"{way} {f['p50_ms']:.2f}/{f['p95_ms']:.2f} ms ({f['ours_to_it']:.2f})"
                for way, f in ways.items()
            )
            lines.append(f"  {name:<18}{cells}")
    lines.append(f"\nslopes (goal ≤ {MOST_SLOPE})")
    for name, ways in answer["slopes"].items():
        lines.append(f"  {name:<18}" + "  ".join(f"{way} {s:+.2f}" for way, s in ways.items()))
    lines.append("p50/p95, in brackets our time to it: below 1 we are faster.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
