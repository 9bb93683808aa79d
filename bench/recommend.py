"""How fast lists are made, how that grows, and what an epoch of the sequence model costs.

`python -m bench.recommend` fills a scratch database with a made-up market place of each size and
shoppers with a past, learns from them as the worker does, and times what the product itself does:
a list, a list right after a new deed, the home page's shelf through all of Django, and a portrait.
Sizes of the market place and numbers of shoppers grow apart, so that each has its own slope.

An epoch of our sequence model (batches of like length, shared negatives) is timed beside the same
network as it is usually trained: every history padded to the longest, softmax over all items. The
rounds alternate, and the median of each is told.
"""

import argparse
import json
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.import_rows import scratch_database
from bench.search import ENCODER_ID, services
from bench.search_corpus import Corpus, corpus

RESULT = Path(__file__).parent / "results" / "recommend.json"
SIZES, PEOPLE, DEEDS = (2_000, 20_000), (100, 400), 30
LIST = 12
KINDS_EACH = 3
GOAL_MS = 150.0
# The histories of an epoch: users, items, the longest.
USERS, ITEMS, LONGEST, BATCH = 4_000, 5_000, 50, 128


def main(arguments: list[str]) -> int:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--people", type=int, nargs=2, default=list(PEOPLE))
    parser.add_argument("--rounds", type=int, default=5, help="of an epoch, each way")
    parser.add_argument("--lists", type=int, default=60, help="that are timed for each size")
    options = parser.parse_args(arguments)
    answer: dict[str, Any] = {"epoch": epochs(options.rounds)}
    print(told_epochs(answer["epoch"]), flush=True)
    with services(), scratch_database():
        answer["serving"] = [serving(size, options.people, options.lists) for size in options.sizes]
    answer["slopes"] = slopes(answer["serving"])
    print(table(answer))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(answer, indent=1) + "\n")
    return 0


# --- Serving ----------------------------------------------------------------------------------
def serving(size: int, people: list[int], lists: int) -> dict[str, Any]:
    """Fill one size and time it with few shoppers, then with many."""
    from bench.search_loading import load

    print(f"{size:,} products: loading …", file=sys.stderr, flush=True)
    made = corpus(size)
    load(made, ENCODER_ID)
    nobody()
    keys = in_kinds(made)
    found: dict[str, Any] = {"products": size, "by_people": []}
    there = 0
    for count in sorted(people):
        shoppers = with_pasts(made, keys, there, count)
        there = count
        found["by_people"].append({"people": count, **timed_lists(shoppers[:lists], keys)})
        print(f"  {count} shoppers: {found['by_people'][-1]}", file=sys.stderr, flush=True)
    return found


def nobody() -> None:
    """Forget the shoppers of the size before, and what they did."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('shopguide.everyone', 'on', false)")
        cursor.execute("TRUNCATE accounts_shopper CASCADE")


def in_kinds(made: Corpus) -> list[int]:
    """Give each product the category of its kind; return the products' keys."""
    from django.db import connections

    from catalog.models import SearchDocument

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('shopguide.everyone', 'on', false)")
        cursor.execute(
            "UPDATE catalog_searchdocument SET categories ="
            " ARRAY[1000 + substr(facets->'material'->>0, 5)::bigint], card = jsonb_build_object("
            " 'sku', 'S' || product_id, 'merchant', 'bench', 'titles',"
            " jsonb_build_object('en', left(titles, 60)), 'pictures', '[]'::jsonb)"
        )
    return list(SearchDocument.objects.order_by("product").values_list("product", flat=True))


def with_pasts(made: Corpus, keys: list[int], start: int, count: int) -> list[Any]:
    """Let shoppers have looked around, learn from all, and return all of them."""
    from django.utils import timezone

    from profiles.consenting import choose
    from profiles.models import Event, Purpose
    from profiles.sources.learning import learn
    from shopguide.accounts.models import Shopper
    from shopguide.accounts.tenancy import as_everyone

    kinds: dict[int, list[int]] = {}
    for key, row in zip(keys, made.rows, strict=True):
        kinds.setdefault(row.kind, []).append(key)
    now, events = timezone.now(), []
    for number in range(start, count):
        chance = random.Random(number)
        shopper = Shopper.objects.create(pk=uuid.UUID(int=number + 1))
        choose(shopper, {Purpose.PERSONALISATION: True, Purpose.TRAINING: True})
        loved = chance.sample(sorted(kinds), KINDS_EACH)
        for _deed in range(DEEDS):
            at = now - timedelta(minutes=chance.uniform(60, 60_000))
            what = chance.choice(("view", "view", "view", "save", "cart"))
            product = chance.choice(kinds[chance.choice(loved)])
            events.append(Event(shopper=shopper, kind=what, product=product, at=at))
    with as_everyone():
        Event.objects.bulk_create(events, batch_size=2_000)
        began = time.perf_counter()
        learn()
        print(f"  learnt in {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
    return list(Shopper.objects.order_by("pk"))


def timed_lists(shoppers: list[Any], keys: list[int]) -> dict[str, dict[str, float]]:
    """Time what a shopper waits for, each once a shopper, after one round that warms up."""
    from django.conf import settings
    from django.core.signing import Signer
    from django.test import Client
    from django.urls import reverse

    from profiles.models import Event
    from profiles.recommending import listed
    from shopguide.accounts.shopping import COOKIE
    from shopguide.accounts.tenancy import as_everyone

    settings.ALLOWED_HOSTS = ["*"]
    client, url = Client(), reverse("for_you_shelf")
    signer = Signer(salt="shopguide.shopper")

    def after_a_deed(shopper: Any) -> None:
        with as_everyone():
            Event.objects.create(shopper=shopper, kind="view", product=random.choice(keys))
        listed(shopper, limit=LIST, keep=True)

    def shelf(shopper: Any) -> None:
        client.cookies[COOKIE] = signer.sign(str(shopper.pk))
        answer = client.get(url)
        assert answer.status_code == 200

    def portrait(shopper: Any) -> None:
        portrayed(shopper)

    ways: dict[str, Callable[[Any], Any]] = {
        "list": lambda one: listed(one, limit=LIST, keep=True),
        "list_after_a_deed": after_a_deed,
        "home_shelf": shelf,
        "portrait": portrait,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for warm in (True, False):
        for one in shoppers[: 5 if warm else None]:
            for name, work in ways.items():
                began = time.perf_counter()
                work(one)
                if not warm:
                    times[name].append((time.perf_counter() - began) * 1e3)
    return {name: summary(found) for name, found in times.items()}


def portrayed(shopper: Any) -> None:
    """Make a portrait anew, as the worker does after a deed: reading, model, evidence, storing."""
    from django.conf import settings
    from django.utils import timezone

    from profiles.portraits.portraying import portray

    portray(shopper, model_of(str(settings.ENCODER_ID)), at=timezone.now())


_models: dict[str, Any] = {}


def model_of(encoder: str) -> Any:
    """Return a model of portraits of the usual size, taught by lot: only its cost matters."""
    from profiles.portraits.features import NAMES
    from profiles.simulating.phrases import TYPES
    from shopguide.inference.portraits import Recipe, Seen, fit_portraits

    if encoder not in _models:
        draw = np.random.default_rng(1)
        numbers = draw.normal(size=(300, len(NAMES))).astype(np.float32)
        words, things = (draw.normal(size=(300, 384)).astype(np.float32) for _n in range(2))
        made = fit_portraits(
            Seen(numbers, words, things), draw.integers(0, len(TYPES), 300),
            draw.integers(0, 2, 300).astype(np.float32), TYPES, groups=np.arange(300),
            recipe=Recipe(rounds=2),
        )  # fmt: skip
        made.card = {"version": "bench", "encoder": encoder}
        _models[encoder] = made
    return _models[encoder]


def summary(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds."""
    ordered = sorted(times)
    place = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return {"p50": round(statistics.median(ordered), 1), "p95": round(ordered[place], 1)}


def slopes(found: list[dict[str, Any]]) -> dict[str, float]:
    """Return by how much a list's median grows with items and with people: 1 is in proportion."""
    told = {}
    if len(found) > 1:
        few, many = found[0], found[-1]
        told["items"] = growth(
            few["by_people"][-1]["list"]["p50"], many["by_people"][-1]["list"]["p50"],
            few["products"], many["products"],
        )  # fmt: skip
    first, last = found[-1]["by_people"][0], found[-1]["by_people"][-1]
    told["people"] = growth(
        first["list"]["p50"], last["list"]["p50"], first["people"], last["people"]
    )
    return told


def growth(few: float, many: float, small: int, large: int) -> float:
    """Return the exponent by which time grows with size."""
    return round(float(np.log(many / few) / np.log(large / small)), 3) if large > small else 0.0


# --- An epoch -----------------------------------------------------------------------------------
def epochs(rounds: int) -> dict[str, float]:
    """Time an epoch of ours and of the padded baseline in turns; medians in seconds."""
    from shopguide.inference.sequences.attention import Shape
    from shopguide.inference.sequences.histories import Histories
    from shopguide.inference.sequences.teaching import Recipe, teach

    draw = np.random.default_rng(7)
    lengths = np.clip(np.round(draw.lognormal(2.0, 0.6, USERS)), 3, LONGEST).astype(int)
    famous = 1 / np.arange(1, ITEMS + 1) ** 0.7
    rows = [draw.choice(ITEMS, size, p=famous / famous.sum()) for size in lengths]
    histories = Histories.of(rows, ITEMS)
    shape = Shape(longest=LONGEST)
    times: dict[str, list[float]] = {"ours": [], "padded": []}
    for turn in range(rounds + 1):
        for name in ("ours", "padded") if turn % 2 else ("padded", "ours"):
            began = time.perf_counter()
            if name == "ours":
                teach(histories, shape=shape, recipe=Recipe(epochs=1))
            else:
                padded_epoch(histories, lengths, shape)
            if turn:  # the first of each warms up
                times[name].append(time.perf_counter() - began)
    ours, theirs = (statistics.median(times[name]) for name in ("ours", "padded"))
    return {"users": USERS, "items": ITEMS, "mean_length": round(float(lengths.mean()), 2),
            "rounds": rounds, "ours_s": round(ours, 3), "padded_s": round(theirs, 3),
            "times_faster": round(theirs / ours, 2)}  # fmt: skip


def padded_epoch(histories: Any, lengths: NDArray[np.int64], shape: Any) -> None:
    """Train the same network for an epoch the usual way: full padding, softmax over all items."""
    import torch
    from torch.nn import functional

    from shopguide.inference.sequences.attention import NextItem, padded
    from shopguide.inference.sequences.teaching import one_thread

    with one_thread():
        torch.manual_seed(1)
        model = NextItem(histories.catalogue, shape).train()
        optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, betas=(0.9, 0.98))
        order = np.random.default_rng(1).permutation(len(histories))
        for start in range(0, len(order), BATCH):
            rows, sizes = padded(histories.chosen(order[start : start + BATCH]), shape.longest)
            rows = functional.pad(rows, (0, shape.longest - rows.shape[1]))
            table = model.embed(torch.arange(histories.catalogue))
            states = model(rows[:, :-1], table)  # (n, longest - 1, d)
            real = torch.arange(shape.longest - 1)[None] < (sizes - 1)[:, None]
            logits = states @ functional.normalize(table, dim=-1).T / shape.temperature
            wanted = rows[:, 1:].masked_fill(~real, -100)
            loss = functional.cross_entropy(logits.flatten(0, 1), wanted.flatten())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()


# --- Telling ------------------------------------------------------------------------------------
def told_epochs(found: dict[str, float]) -> str:
    """Say what an epoch costs."""
    return (
        f"one epoch, {found['users']:,} users, {found['items']:,} items, {found['mean_length']}"
        f" items each: ours {found['ours_s']} s, padded {found['padded_s']} s,"
        f" {found['times_faster']} times as fast"
    )


def table(answer: dict[str, Any]) -> str:
    """Return the figures as lines."""
    lines = [f"{'products':>9} {'shoppers':>9}  what                 p50 ms  p95 ms   goal"]
    for one in answer["serving"]:
        for row in one["by_people"]:
            for name, found in row.items():
                if name != "people":
                    met = "met" if found["p95"] <= GOAL_MS else "missed"
                    lines.append(
                        f"{one['products']:>9,} {row['people']:>9,}  {name:20} {found['p50']:6.1f}"
                        f"  {found['p95']:6.1f}   {met}"
                    )
    grown = ", ".join(f"{name} {slope}" for name, slope in answer["slopes"].items())
    return "\n".join([*lines, f"a list grows with (1: in proportion): {grown}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
