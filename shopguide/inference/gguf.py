"""Read a GGUF file: its metadata, and its tensors brought back from blocks to floats.

For ``converting_causal``, once after a download. Reads bytes and runs nothing.
Source: the GGUF specification, version 3, and the block layouts of ggml.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.errors import ModelUnsupported

Floats = NDArray[np.float32]

_SCALARS = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q",
    12: "<d",
}  # fmt: skip
_STRING, _ARRAY = 8, 9
_MOST_DEPTH = 2
BLOCK = 32  # weights in a block


@dataclass(frozen=True)
class _Kind:
    """How a type of tensor is stored: one block's layout, its weights, and the way back."""

    layout: np.dtype[Any]
    weights: int
    floats: Callable[[NDArray[Any]], Floats]


def _halves(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Take two weights out of each byte: the low halves first. (n, 16) -> (n, 32)."""
    return np.concatenate([nibbles & 15, nibbles >> 4], axis=1)


def _fifth_bits(high: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Take 32 bits apart, the lowest first, each in the fifth place. (n,) -> (n, 32)."""
    bits = (high[:, None] >> np.arange(BLOCK, dtype=np.uint32)) & 1
    return (bits << 4).astype(np.uint8)


def _scaled(blocks: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """Return whole numbers times their block's scale."""
    return whole.astype(np.float32) * blocks["scale"].astype(np.float32)[:, None]


def _above(blocks: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """Return whole numbers times their block's scale, from its least value up."""
    return _scaled(blocks, whole) + blocks["least"].astype(np.float32)[:, None]


_SCALE, _LEAST = ("scale", "<f2"), ("least", "<f2")
_HIGH, _NIBBLES = ("high", "<u4"), ("nibbles", "u1", 16)
_KINDS = {
    0: _Kind(np.dtype("<f4"), 1, lambda one: one.astype(np.float32)),
    1: _Kind(np.dtype("<f2"), 1, lambda one: one.astype(np.float32)),
    2: _Kind(  # Q4_0
        np.dtype([_SCALE, _NIBBLES]), BLOCK,
        lambda one: _scaled(one, _halves(one["nibbles"]).astype(np.int8) - 8),
    ),
    3: _Kind(  # Q4_1
        np.dtype([_SCALE, _LEAST, _NIBBLES]), BLOCK,
        lambda one: _above(one, _halves(one["nibbles"])),
    ),
    6: _Kind(  # Q5_0
        np.dtype([_SCALE, _HIGH, _NIBBLES]), BLOCK,
        lambda one: _scaled(
            one, (_halves(one["nibbles"]) | _fifth_bits(one["high"])).astype(np.int8) - 16
        ),
    ),
    7: _Kind(  # Q5_1
        np.dtype([_SCALE, _LEAST, _HIGH, _NIBBLES]), BLOCK,
        lambda one: _above(one, _halves(one["nibbles"]) | _fifth_bits(one["high"])),
    ),
    8: _Kind(  # Q8_0
        np.dtype([_SCALE, ("bytes", "i1", BLOCK)]), BLOCK, lambda one: _scaled(one, one["bytes"])
    ),
}  # fmt: skip


class GGUFFile:
    """One file, read at once. ``meta``: its metadata; ``shapes``: tensors by name, rows first."""

    def __init__(self, path: Path) -> None:
        self.raw = path.read_bytes()
        self.name = path.name
        try:
            self._read()
        except (struct.error, UnicodeDecodeError, IndexError, OverflowError) as error:
            raise ModelUnsupported(f"{path.name} is broken off or no GGUF file.") from error

    def _read(self) -> None:
        magic, version, tensors, pairs = struct.unpack_from("<4sIQQ", self.raw, 0)
        if magic != b"GGUF" or version not in (2, 3):
            raise ModelUnsupported(f"{self.name} is no GGUF file of version 2 or 3.")
        self._at = 24
        self.meta: dict[str, Any] = {}
        for _ in range(pairs):
            key = self._string()
            self.meta[key] = self._value(self._number("<I"))
        self.shapes: dict[str, tuple[int, ...]] = {}
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            name = self._string()
            sizes = [self._number("<Q") for _ in range(self._number("<I"))]
            self.shapes[name] = tuple(reversed(sizes))
            self._places[name] = (self._number("<I"), self._number("<Q"))
        step = int(self.meta.get("general.alignment", 32))
        self._start = -(-self._at // step) * step

    def _number(self, layout: str) -> Any:
        (found,) = struct.unpack_from(layout, self.raw, self._at)
        self._at += struct.calcsize(layout)
        return found

    def _string(self) -> str:
        length = self._number("<Q")
        text = self.raw[self._at : self._at + length]
        if len(text) < length:
            raise IndexError(length)
        self._at += length
        return text.decode("utf-8")

    def _value(self, kind: int, depth: int = 0) -> Any:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY and depth < _MOST_DEPTH:
            inner, many = self._number("<I"), self._number("<Q")
            return [self._value(inner, depth + 1) for _ in range(many)]
        if kind not in _SCALARS:
            raise ModelUnsupported(f"{self.name} holds a value of an unknown kind ({kind}).")
        return self._number(_SCALARS[kind])

    def floats(self, name: str) -> Floats:
        """Read a tensor back: as many dimensions as it has, the last one being contiguous."""
        if name not in self._places:
            raise ModelUnsupported(f"{self.name} has no tensor {name!r}.")
        kind, offset = self._places[name]
        if kind not in _KINDS:
            raise ModelUnsupported(f"{self.name} stores {name!r} in a way not known here ({kind}).")
        stored, shape = _KINDS[kind], self.shapes[name]
        blocks = int(np.prod(shape)) // stored.weights
        try:
            raw = np.frombuffer(self.raw, stored.layout, blocks, self._start + offset)
        except ValueError as error:
            raise ModelUnsupported(f"{self.name} is broken off at {name!r}.") from error
        return stored.floats(raw).reshape(shape)
