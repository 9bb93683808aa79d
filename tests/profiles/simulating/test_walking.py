"""Simulated shoppers: the same from the same seed, and true to what they love."""

from collections import Counter
from datetime import UTC, datetime

from profiles.simulating.walking import ONWARD, Thing, World

NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORLD = World([Thing(10 * kind + n, kind, n / 9) for kind in range(1, 9) for n in range(10)])


def test_the_same_seed_gives_the_same_past() -> None:
    one, other = (list(WORLD.walk(WORLD.persona(4), NOW)) for _time in range(2))
    assert one == other and one
    assert one != list(WORLD.walk(WORLD.persona(5), NOW))
    assert all(step.at < NOW for step in one)
    assert [step.at for step in one] == sorted(step.at for step in one)


def test_they_do_what_they_love() -> None:
    loved = Counter[int]()
    for number in range(60):
        persona = WORLD.persona(number)
        for step in WORLD.walk(persona, NOW):
            loved[persona.loves.index(step.kind) if step.kind in persona.loves else -1] += 1
    assert loved[0] > loved[1] > loved[2]
    assert loved[0] + loved[1] + loved[2] > (1 - ONWARD - 0.1) * loved.total()


def test_truth_is_known() -> None:
    persona = WORLD.persona(1)
    best = max(WORLD.things.values(), key=lambda one: WORLD.likes(persona, one))
    assert best.kind == persona.loves[0]
    other = next(one for one in WORLD.things.values() if one.kind not in persona.loves)
    assert WORLD.likes(persona, other) == 0.0
