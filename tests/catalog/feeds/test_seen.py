"""The small set of SKUs."""

import random

from catalog.feeds.seen import Seen


def test_it_knows_what_was_added_and_nothing_else() -> None:
    seen = Seen()
    numbers = random.Random(7).sample(range(10**6), 20_000)
    for number in numbers:
        seen.add(f"SKU-{number}")
    assert len(seen) == 20_000
    assert all(f"SKU-{number}" in seen for number in numbers)
    assert not any(f"OTHER-{number}" in seen for number in numbers)


def test_adding_twice_changes_nothing() -> None:
    seen = Seen()
    seen.add("A1")
    seen.add("A1")
    assert len(seen) == 1
