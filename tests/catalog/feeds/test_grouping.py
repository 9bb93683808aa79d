"""Rows of one product, brought together."""

import random

from catalog.feeds.grouping import Groups


def test_groups_come_in_the_order_of_their_first_row() -> None:
    groups = Groups()
    for line, key in enumerate("BABCA"):
        groups.add(line, f"{key}{line}", key, [key, str(line)])
    assert [[line for line, _cells in group] for group in groups] == [[0, 2], [1, 4], [3]]


def test_children_go_to_the_parent_that_names_them_wherever_it_stands() -> None:
    groups = Groups()
    groups.add(1, "P-1", "P-1", ["child"])
    groups.add(2, "Q", "Q", ["other"])
    groups.belong(["P-1", "P-2"], "P")
    groups.add(3, "P", "P", ["parent"])
    groups.add(4, "P-2", "P-2", ["child"])
    assert [[line for line, _cells in group] for group in groups] == [[1, 3, 4], [2]]


def test_shuffled_rows_make_the_same_groups() -> None:
    rows = [(line, str(line // 7)) for line in range(12_000)]
    random.Random(3).shuffle(rows)
    groups = Groups()
    for place, (line, key) in enumerate(rows):
        groups.add(place, "", key, [line])
    assert groups.count == 12_000
    found = sorted(sorted(cells[0] for _place, cells in group) for group in groups)
    assert found == [list(range(n * 7, min(n * 7 + 7, 12_000))) for n in range(1715)]
