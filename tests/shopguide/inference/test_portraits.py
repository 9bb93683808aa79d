"""The network of portraits: it learns what is there, is calibrated, kept, swapped under load."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from shopguide.inference import shelf
from shopguide.inference.errors import ModelMissing
from shopguide.inference.portraits import (
    SHELF,
    Portraits,
    Recipe,
    Seen,
    fit_portraits,
    in_use,
    line_of,
    sigmoid,
)

QUICK = Recipe(networks=1, rounds=50, batch=64, rate=8e-3, main=(4, 2), hidden=16)
LABELS = ("one", "two", "three")


def made(size: int, seed: int) -> tuple[Seen, np.ndarray, np.ndarray]:
    """Return rows whose type stands in the words and whose order stands in a number."""
    chance = np.random.default_rng(seed)
    types = chance.integers(0, 3, size)
    numbers = chance.normal(size=(size, 5)).astype(np.float32)
    words = np.eye(3, 8, dtype=np.float32)[types] + 0.3 * chance.normal(size=(size, 8))
    words[::7] = 0  # who never searched
    likely = (chance.random(size) < sigmoid(4.0 * numbers[:, 0] - 1)).astype(np.float32)
    things = chance.normal(size=(size, 8))
    return Seen(numbers, words.astype(np.float32), things.astype(np.float32)), types, likely


@pytest.fixture(scope="module")
def model() -> Portraits:
    """Return a model of 900 rows, some of an unknown type."""
    seen, types, likely = made(900, 1)
    types = np.where(np.arange(900) % 10 == 0, -1, types)
    found = fit_portraits(seen, types, likely, LABELS, groups=np.arange(900) // 2, recipe=QUICK)
    found.card = {"version": "a"}
    return found


def test_it_tells_types_and_orders_it_has_not_seen(model: Portraits) -> None:
    seen, types, likely = made(400, 2)
    chances, near = model.chances(seen)
    assert np.allclose(chances.sum(axis=1), 1) and ((near > 0) & (near < 1)).all()
    assert (chances.argmax(axis=1) == types).mean() > 0.7
    assert near[likely == 1].mean() > near[likely == 0].mean() + 0.15
    assert abs(near.mean() - likely.mean()) < 0.08


def test_the_same_seed_gives_the_same_model(model: Portraits) -> None:
    seen, types, likely = made(900, 1)
    types = np.where(np.arange(900) % 10 == 0, -1, types)
    again = fit_portraits(seen, types, likely, LABELS, groups=np.arange(900) // 2, recipe=QUICK)
    assert all(np.array_equal(again.arrays[name], value) for name, value in model.arrays.items())


def test_odd_numbers_give_chances_all_the_same(model: Portraits) -> None:
    wild = Seen(np.full((1, 5), 1e30, np.float32), np.zeros((1, 8), np.float32),
                np.zeros((1, 8), np.float32))  # fmt: skip
    chances, near = model.chances(wild)
    assert np.isfinite(chances).all() and np.isfinite(near).all()


def test_a_line_through_chances_is_found() -> None:
    chance = np.random.default_rng(3)
    x = chance.normal(size=4_000)
    slope, start = line_of(x, (chance.random(4_000) < sigmoid(0.5 * x + 1)).astype(np.float64))
    assert abs(slope - 0.5) < 0.15 and abs(start - 1) < 0.15


def test_it_is_kept_and_swapped_while_it_is_asked(model: Portraits, tmp_path: Path) -> None:
    assert in_use(tmp_path) is None
    place = tmp_path / SHELF
    place.mkdir()
    for name in ("a", "b"):
        model.card = {"version": name}
        model.save(place / name)
    shelf.use(place, "a")
    seen, _types, _likely = made(1, 4)
    wanted = model.chances(seen)[0]
    met: set[str] = set()
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            for _time in range(150):
                found = in_use(tmp_path)
                assert found is not None and np.allclose(found.chances(seen)[0], wanted)
                met.add(found.card["version"])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _n in range(3)]
    for one in threads:
        one.start()
    for turn in range(20):
        shelf.use(place, "ab"[turn % 2])
    for one in threads:
        one.join()
    assert not failed and met <= {"a", "b"}
    shelf.use(place, "a")
    assert in_use(tmp_path).card["version"] == "a"  # type: ignore[union-attr]


def test_a_broken_file_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="train shoppers"):
        Portraits.load(tmp_path)
