"""Lists: diverse, with room for others, the same again, and nothing that fits nobody."""

from profiles.sources.arranging import (
    SAME_KIND,
    Candidate,
    Settings,
    Term,
    arrange,
    packed,
    unpacked,
)


def candidate(product: int, score: float, **more: object) -> Candidate:
    """Return a product with one term."""
    facts = {"category": product % 3, "brand": "", "merchant": 1, "interest": 0, "shown": 0}
    return Candidate(product, **{**facts, **more}, terms=[Term("content", score, 1 + product % 5)])  # type: ignore[arg-type]


def numbers(found: list[Candidate]) -> list[int]:
    """Return which products a list holds."""
    return [one.product for one in found]


def kinds(diversity: float) -> int:
    """Return how many kinds a list of six holds, where one kind scores a little better."""
    rows = [candidate(n, 1.0 - 0.01 * n, category=0 if n < 6 else n) for n in range(14)]
    found = arrange(rows, Settings(6, diversity=diversity))
    return len({one.category for one in found})


def test_best_first_and_what_fits_nobody_is_left_out() -> None:
    rows = [candidate(1, 0.2), candidate(2, 0.9), candidate(3, -1.0), candidate(4, 0.05)]
    assert numbers(arrange(rows, Settings(9, diversity=0.0))) == [2, 1]


def test_the_dial_moves_diversity_one_way() -> None:
    counts = [kinds(dial / 10) for dial in range(0, 10, 3)]
    assert counts == sorted(counts) and counts[0] < counts[-1]


def test_no_kind_fills_a_list_and_no_shop() -> None:
    rows = [candidate(n, 1.0, category=7, merchant=n % 2) for n in range(20)]
    assert len(arrange(rows, Settings(9))) == SAME_KIND
    rows = [candidate(n, 1.0 - n / 100, category=n, merchant=1 + (n > 15)) for n in range(20)]
    rows = [Candidate(*list(vars(one).values())[:6], [Term("popular", one.score)]) for one in rows]
    found = arrange(rows, Settings(10))
    assert sum(one.merchant == 1 for one in found) == 6 and len(found) == 10


def test_what_is_new_gets_its_place() -> None:
    rows = [candidate(n, 1.0 - n / 100, category=n) for n in range(20)]
    new = candidate(99, 0.05, category=99)
    new.terms.append(Term("new", 0.01))
    assert numbers(arrange([*rows, new], Settings(10)))[5] == 99
    assert len(arrange([*rows, new], Settings(10))) == 10
    assert 99 not in numbers(arrange([*rows, new], Settings(5)))
    new.terms.append(Term("stated", -2.0))
    assert 99 not in numbers(arrange([*rows, new], Settings(10)))


def test_what_nobody_opens_rests() -> None:
    rows = [candidate(1, 0.9, shown=12), candidate(2, 0.8, shown=11)]
    assert numbers(arrange(rows, Settings(5))) == [2]


def test_the_reason_sums_what_one_deed_did() -> None:
    one = Candidate(1, 1, "", 1, 1, 0, [Term("kind", 0.3, 4), Term("content", 0.4, 4),
                                        Term("trending", 0.6), Term("ease", 0.5, 2)])  # fmt: skip
    assert (one.reason.signal, one.reason.source, one.reason.amount) == (4, "content", 0.7)
    assert one.sources == ["trending", "ease", "content", "kind"]
    assert Candidate(1, 1, "", 1, 1, 0).reason.source == ""


def test_packed_and_unpacked_gives_the_same_list() -> None:
    rows = [candidate(n, (n * 37 % 11) / 7, brand="b" * (n % 2)) for n in range(30)]
    settings = Settings(12, diversity=0.4)
    again, same = unpacked(packed(rows, settings))
    assert same == settings and numbers(arrange(again, same)) == numbers(arrange(rows, settings))
