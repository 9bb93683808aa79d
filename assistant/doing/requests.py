"""What a tool is made of: the words, what was read of them, what was talked of before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.doing.outcome import Asker
from assistant.understanding import Reading


@dataclass(frozen=True)
class Talk:
    """The order that was talked of, what of it was, and what was wrong, if that was told.

    ``among``: the numbers of several orders that may be meant. ``options``: colours and sizes that
    were said before, newest last. ``kept``: lines ("variant", "quantity", "product") that
    wait to be put into the cart already;
    ``open``: things ("product", "quantity", "words") of which it was asked which make is meant.
    """

    order: str = ""
    goods: tuple[int, ...] = ()
    trouble: str = ""
    among: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    kept: tuple[Mapping[str, int], ...] = ()
    open: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Request:
    """What a tool is made of: the words, what was read of them, the products that are meant.

    ``avoided``: ids that are not to be offered again. ``pieces``: how many of each, where that was
    said of it.
    """

    asker: Asker
    reading: Reading
    products: tuple[int, ...] = ()
    question: str = ""
    avoided: tuple[int, ...] = field(default=())
    pieces: Mapping[int, int] = field(default_factory=dict)
    talk: Talk = field(default_factory=Talk)
