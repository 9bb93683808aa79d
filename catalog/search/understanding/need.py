"""What a shopper asked for, as data: slots, sort wish, corrections, and the words that remain.

For pages, the search verb, the assistant and `manage.py search`. A need never changes: taking a
chip away gives a new one. It holds no database row and asks none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from catalog.search.understanding.labels import label_of

Kind = Literal[
    "category", "brand", "colour", "size", "material", "occasion", "audience", "season", "feature",
    "pattern", "fit", "neckline", "sleeve", "heel", "style", "price", "rating", "measure", "sku",
    "word",
]  # fmt: skip
Sort = Literal["relevance", "price_asc", "price_desc", "rating", "newest"]
Place = tuple[int, int]


# Punctuation that belongs to no word or number.
_LOOSE = re.compile(r"[，。！？；、：…]|(?<!\w)[^\w\s\"″+#]+|[^\w\s\"″+#%]+(?!\w)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that was asked for, at [start, end) of the query.

    Several slots of one kind are alternatives ("red or blue"); negated ones all hold. ``value`` is
    a code of the lexicon, a category id of the shop, a brand, a SKU or, for ``word``, words that
    must not stand in a title. A price has ``minimum`` and ``maximum`` (inclusive) in ``currency``;
    a rating a ``minimum`` in stars; a measure both limits in ``unit``. ``known`` is False for a
    product type that the shop has no category for: rank by it, do not filter. ``wider``: the shop's
    category holds more than the type that was named.
    """

    kind: Kind
    value: str = ""
    negated: bool = False
    surface: str = ""
    start: int = 0
    end: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    currency_stated: bool = False
    unit: str = ""
    known: bool = True
    name_zh: str = ""
    name_en: str = ""
    wider: bool = False

    def label(self, locale: str) -> str:
        """Name the slot as a chip: "≤ ¥300", "红色", "not leather"."""
        return label_of(self, locale)

    def as_json(self, locale: str) -> dict[str, Any]:
        """Return the slot for machines; empty fields are left out."""
        limits = {"minimum": self.minimum, "maximum": self.maximum}
        fields: dict[str, Any] = {
            "kind": self.kind,
            "value": self.value,
            "negated": self.negated,
            "label": self.label(locale),
            "surface": self.surface,
            "start": self.start,
            "end": self.end,
        }
        if self.kind in ("price", "rating", "measure"):
            fields |= {
                name: None if limit is None else str(limit) for name, limit in limits.items()
            }
        if self.kind == "price":
            fields |= {"currency": self.currency, "currency_stated": self.currency_stated}
        if self.kind == "measure":
            fields["unit"] = self.unit
        if not self.known:
            fields["known"] = False
        return fields


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as another one; shown to the shopper, who can take it back."""

    said: str
    read: str
    start: int
    end: int
    reason: Literal["typo", "pinyin", "homophone"] = "typo"

    def as_json(self) -> dict[str, Any]:
        """Return the correction for machines."""
        return {"from": self.said, "to": self.read, "reason": self.reason}


@dataclass(frozen=True)
class Need:
    """A query and all that was understood of it.

    ``cuts``: places whose words are constraints or wishes and take no part in ranking;
    ``fillers``: places of polite and empty words, which only the vector may see.
    """

    query: str
    locale: str
    language: str
    slots: tuple[Slot, ...] = ()
    sort: Sort = "relevance"
    corrections: tuple[Correction, ...] = ()
    cuts: tuple[Place, ...] = ()
    fillers: tuple[Place, ...] = ()

    @cached_property
    def text(self) -> str:
        """Return the content words that are left for lexical ranking."""
        words = self._rendered((*self.cuts, *self.fillers), "")
        return " ".join(_LOOSE.sub(" ", words).split())

    @cached_property
    def sentence(self) -> str:
        """Return the query without constraint phrases, for the vector."""
        return self._rendered(self.cuts, " ,.?!;:，。？！；：、~")

    def of(self, kind: Kind, *, negated: bool = False) -> tuple[Slot, ...]:
        """Return the slots of one kind, wanted or unwanted."""
        return tuple(slot for slot in self.slots if slot.kind == kind and slot.negated is negated)

    @property
    def price(self) -> Slot | None:
        """Return the price slot; there is at most one."""
        return next(iter(self.of("price")), None)

    def without(self, index: int) -> Need:
        """Take away the slot at ``index`` and its words; IndexError if there is none."""
        gone = self.slots[index]
        slots = tuple(slot for slot in self.slots if slot is not gone)
        shared = any(slot.start < gone.end and gone.start < slot.end for slot in slots)
        cuts = self.cuts if shared else (*self.cuts, (gone.start, gone.end))
        return replace(self, slots=slots, cuts=cuts)

    def without_kind(self, kind: Kind) -> Need:
        """Take away every slot of one kind, wanted and unwanted."""
        need = self
        for index in reversed(range(len(self.slots))):
            if self.slots[index].kind == kind:
                need = need.without(index)
        return need

    def sorted_by(self, sort: Sort) -> Need:
        """Return the same need in another order."""
        return replace(self, sort=sort)

    def to_params(self) -> dict[str, str]:
        """Write the need as URL parameters ``q`` and ``need``, which restore it exactly."""
        from catalog.search.understanding.params import need_to_params

        return need_to_params(self)

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Need:
        """Read a need written by `to_params`; ParamsError for anything else."""
        from catalog.search.understanding.params import need_from_params

        return need_from_params(params)

    def as_json(self) -> dict[str, Any]:
        """Return the ``understood`` field of `manage.py search`."""
        return {
            "language": self.language,
            "text": self.text,
            "sentence": self.sentence,
            "sort": self.sort,
            "slots": [slot.as_json(self.locale) for slot in self.slots],
            "corrections": [correction.as_json() for correction in self.corrections],
        }

    def _rendered(self, removed: tuple[Place, ...], edges: str) -> str:
        """Write the query without the removed places, with corrections applied, in tidy spaces."""
        gone = bytearray(len(self.query))
        for start, end in removed:
            gone[start:end] = b"\1" * max(0, min(end, len(gone)) - start)
        words = " ".join("".join(self._pieces(gone)).split())
        return words.strip(edges).strip()

    def _pieces(self, gone: bytearray) -> Iterator[str]:
        replaced = {correction.start: correction for correction in self.corrections}
        place = 0
        while place < len(self.query):
            correction = replaced.get(place)
            if correction is not None and correction.end > place:
                if not gone[place]:
                    yield f" {correction.read} " if correction.read.isascii() else correction.read
                place = correction.end
                continue
            yield " " if gone[place] else self.query[place]
            place += 1
