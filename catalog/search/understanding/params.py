"""Write a need into URL parameters and read it back exactly.

For chips, which are plain links, and for searches that people share. What comes in from a URL is
checked part by part; it can ask for a strange search, never for a broken one.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from catalog.search.understanding.need import Correction, Kind, Need, Slot, Sort

VERSION = 1
MOST_BYTES = 20_000  # a need of the longest query stays well below this
MOST_SLOTS = 64


class ParamsError(ValueError):
    """The parameters were not written by this version of the shop: read the query again."""


def need_to_params(need: Need) -> dict[str, str]:
    """Write ``q`` (the query as typed) and ``need`` (all the rest, URL-safe)."""
    packed = [
        VERSION,
        need.locale,
        need.language,
        need.sort,
        [_packed_slot(slot) for slot in need.slots],
        [[c.said, c.read, c.start, c.end, c.reason] for c in need.corrections],
        [place for span in need.cuts for place in span],
        [place for span in need.fillers for place in span],
    ]
    raw = json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    squeezed = base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")
    return {"q": need.query, "need": squeezed}


def _packed_slot(slot: Slot) -> list[Any]:
    flags = int(slot.negated) + 2 * int(slot.currency_stated) + 4 * int(not slot.known)
    flags += 8 * int(slot.wider)
    limits = [None if limit is None else str(limit) for limit in (slot.minimum, slot.maximum)]
    packed: list[Any] = [slot.kind, slot.value, slot.start, slot.end, flags]
    packed += [*limits, slot.currency, slot.unit, slot.name_zh, slot.name_en]
    while packed[-1] in ("", None):
        packed.pop()
    return packed


def need_from_params(params: Mapping[str, str]) -> Need:
    """Read what `need_to_params` wrote; ParamsError if it is missing, foreign or damaged."""
    query = params.get("q", "")
    try:
        packed = json.loads(_unsqueezed(params["need"]))
        version, locale, language, sort, slots, corrections, cuts, fillers = packed
        if version != VERSION or sort not in get_args(Sort) or len(slots) > MOST_SLOTS:
            raise ParamsError("another version")
        return Need(
            query,
            _text(locale),
            _text(language),
            tuple(_slot(row, query) for row in slots),
            sort,
            tuple(_correction(row, len(query)) for row in corrections),
            _places(cuts, len(query)),
            _places(fillers, len(query)),
        )
    except (KeyError, TypeError, ValueError, IndexError, zlib.error, InvalidOperation) as error:
        raise ParamsError("not a need") from error
    except RecursionError as error:
        raise ParamsError("not a need") from error


def _unsqueezed(text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(base64.urlsafe_b64decode(padded.encode("ascii")), MOST_BYTES)
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ParamsError("too long")
    return raw


def _slot(row: list[Any], query: str) -> Slot:
    row = [*row, *([""] * (11 - len(row)))]
    kind, value, start, end, flags, low, high, currency, unit, name_zh, name_en = row
    if kind not in get_args(Kind) or not 0 <= flags < 16:
        raise ParamsError("no such slot")
    start, end = _place(start, end, len(query))
    return Slot(
        kind,
        _text(value),
        bool(flags & 1),
        query[start:end],
        start,
        end,
        _limit(low),
        _limit(high),
        _text(currency),
        bool(flags & 2),
        _text(unit),
        not flags & 4,
        _text(name_zh),
        _text(name_en),
        bool(flags & 8),
    )


def _correction(row: list[Any], length: int) -> Correction:
    said, read, start, end, reason = row
    if reason not in ("typo", "pinyin", "homophone"):
        raise ParamsError("no such reason")
    start, end = _place(start, end, length)
    return Correction(_text(said), _text(read), start, end, reason)


def _limit(text: Any) -> Decimal | None:
    if text in (None, ""):
        return None
    limit = Decimal(_text(text))
    if not (limit.is_finite() and 0 <= limit < Decimal(10) ** 12):
        raise ParamsError("no such amount")
    return limit


def _places(flat: list[Any], length: int) -> tuple[tuple[int, int], ...]:
    if len(flat) % 2:
        raise ParamsError("half a place")
    return tuple(_place(flat[i], flat[i + 1], length) for i in range(0, len(flat), 2))


def _place(start: Any, end: Any, length: int) -> tuple[int, int]:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length):
        raise ParamsError("no such place")
    return start, end


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ParamsError("not a text")
    return value
