"""What people did with which items, in order: what the sequence model of the shop learns from.

A deed is an item and what was done with it. What is held out of each history is the last item that
is another one than before: that somebody saves what they look at is no feat to foresee.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shopguide.inference.sequences.histories import Histories, Ids

UNKNOWN = -1


@dataclass(frozen=True)
class Names:
    """What the numbers of actions, kinds of items and types of people stand for."""

    actions: tuple[str, ...] = ("view",)
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deeds:
    """Histories with the action of each deed. ``kinds``: (catalogue,), ``types``: (users,).

    A kind or type of -1 is not known and teaches nothing.
    """

    histories: Histories
    actions: Ids
    kinds: Ids
    types: Ids
    names: Names = Names()

    @classmethod
    def of(
        cls,
        rows: Sequence[Sequence[tuple[int, int]]],
        catalogue: int,
        *,
        kinds: Ids | None = None,
        types: Ids | None = None,
        names: Names = Names(),
    ) -> Deeds:
        """Return deeds of rows of (item, action) numbers, a row a user."""
        histories = Histories.of([[item for item, _action in row] for row in rows], catalogue)
        actions = np.asarray([action for row in rows for _item, action in row], np.int64)
        nothing = np.full(catalogue, UNKNOWN, np.int64)
        nobody = np.full(len(histories), UNKNOWN, np.int64)
        return cls(
            histories, actions,
            nothing if kinds is None else kinds, nobody if types is None else types, names,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.histories)

    @property
    def acts(self) -> Histories:
        """Return the actions in the form of histories, so that both are cut and padded alike."""
        whole = self.histories
        return Histories(self.actions, whole.starts, max(1, len(self.names.actions)))

    def chosen(self, users: Ids) -> Deeds:
        """Return the deeds of these users, in their order."""
        return replace(
            self,
            histories=self.histories.chosen(users),
            actions=self.acts.chosen(users).items,
            types=self.types[users],
        )

    def shortened(self, by: Ids) -> Deeds:
        """Leave out the last so many deeds of each: (users,)."""
        return replace(
            self, histories=self.histories.shortened(by), actions=self.acts.shortened(by).items
        )

    def steps(self) -> Ids:
        """Return the places of deeds with another item than the one before: (found,)."""
        whole = self.histories
        users, items = whole.users, whole.items
        onward = (users[1:] == users[:-1]) & (items[1:] != items[:-1])
        return np.flatnonzero(onward) + 1

    def held_out(self, among: Ids | None = None) -> tuple[Deeds, Ids, Ids]:
        """Hold the last step of each out: what is left, whose it is, and the items taken.

        ``among``: users who are asked, all without it. Left are all deeds before that step, and of
        all others everything; (n,) users, (n,) items.
        """
        whole = self.histories
        steps = self.steps()
        last = np.full(len(self), UNKNOWN, np.int64)
        last[whole.users[steps]] = steps
        if among is not None:
            asked = np.zeros(len(self), bool)
            asked[among] = True
            last[~asked] = UNKNOWN
        users = np.flatnonzero(last != UNKNOWN)
        by = np.zeros(len(self), np.int64)
        by[users] = whole.starts[users + 1] - last[users]
        return self.shortened(by), users, whole.items[last[users]]
