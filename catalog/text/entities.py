"""Name the things in a text: brand, product type, attribute values, money, quantity, model number.

For search understanding, imports and the assistant. Brands come from a list the caller gives; it
never invents a brand or a product type that is not in a vocabulary.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.lexicon import lexicon
from catalog.lexicon.english import words
from catalog.lexicon.folding import HAN_CHARACTER, align, fold
from catalog.text import units

MODEL_VERSION = "entities-rules-1"
_CURRENCIES = {
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "人民币": "CNY", "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD",
    "dollars": "USD", "dollar": "USD", "bucks": "USD", "€": "EUR", "eur": "EUR", "欧元": "EUR",
    "euros": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP", "hk$": "HKD", "hkd": "HKD",
    "港币": "HKD", "港元": "HKD", "円": "JPY", "日元": "JPY", "jpy": "JPY",
}  # fmt: skip
_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
_BEFORE = r"us\$|hk\$|[¥$€£]|rmb\s|cny\s?|usd\s?|eur\s?|gbp\s?"
_AFTER = "|".join(sorted((re.escape(c) for c in _CURRENCIES if c not in "¥$€£"), key=len)[::-1])
_MONEY = re.compile(
    rf"(?P<sign>{_BEFORE})\s?(?P<first>{_AMOUNT})(?P<k1>[k万千](?![a-z0-9]))?"
    rf"|(?<![\d.a-z])(?P<second>{_AMOUNT})(?P<k2>[k万千])?\s?(?P<unit>{_AFTER})(?![a-z])"
)
_THOUSANDS = {"k": 1000, "千": 1000, "万": 10_000}
_MODEL = re.compile(
    r"(?<![a-z0-9])(?=[a-z0-9\-_/.]*\d)(?=[a-z0-9\-_/.]*[a-z])"
    r"[a-z0-9]+(?:[-_/.][a-z0-9]+)*(?![a-z0-9])"
)
_NOT_MODEL = re.compile(
    r"^(\d+(st|nd|rd|th|s|x|k|d|p|g|m|l|in|pcs|pc|pack|way|piece|ply|hz|hrs?|mins?|yrs?|oz)|"
    r"\d+-(in|pack|piece|way|inch|year|day|tier|ply|speed|cup|hour|person|pocket|layer|stage)\b.*|"
    r"[2-6]?x{0,3}[sl]|\d+(\.\d+)?[x*]\d+.*|ipx?\d+|upf\d+\+?|spf\d+\+?|\d+%.*|"
    r"(usb|wifi|bluetooth|bt|mp|size|no|vol|type|pack|set|step|day|level|grade)-?\d+(\.\d+)?)$"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing: kind, normal value, its place in the text, confidence 0 to 1.

    kind: brand, product_type, money, quantity, model, or a lexicon dimension such as colour.
    value: brand as listed, lexicon code, "199 CNY", "500ml", model in capitals.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All entities of a text, in order, without overlaps, and the version that found them."""

    entities: tuple[Entity, ...]
    model_version: str = MODEL_VERSION

    def of(self, kind: str) -> tuple[Entity, ...]:
        """Return the entities of one kind."""
        return tuple(entity for entity in self.entities if entity.kind == kind)


class Names:
    """A list of proper names, for example a shop's brands, prepared for finding in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index the names; "Nike/耐克" counts as both its halves."""
        self._han: dict[str, str] = {}
        self._latin: dict[tuple[str, ...], str] = {}
        for name in names:
            for form in (name, *name.split("/")):
                self._add(form.strip(), name)
        self._longest = max(map(len, self._han), default=0)
        self._most = max(map(len, self._latin), default=0)

    def _add(self, form: str, name: str) -> None:
        folded = fold(form)
        if HAN_CHARACTER.search(folded) and len(folded) > 1:
            self._han.setdefault(folded, name)
        elif parts := tuple(word for word, _, _ in words(folded)):
            self._latin.setdefault(parts, name)

    def find(self, folded: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and listed name of each name in folded text; overlaps included."""
        for start in range(len(folded) if self._han else 0):
            for end in range(start + 2, min(start + self._longest, len(folded)) + 1):
                if folded[start:end] in self._han:
                    yield start, end, self._han[folded[start:end]]
        split = words(folded) if self._latin else []
        for first in range(len(split)):
            for last in range(first, min(first + self._most, len(split))):
                parts = tuple(word for word, _, _ in split[first : last + 1])
                if parts in self._latin:
                    yield split[first][1], split[last][2], self._latin[parts]


def entities(text: str, brands: Names | Iterable[str] = ()) -> Reading:
    """Find the entities of ``text``; ``brands`` are the names that count as brands.

    Prepare a long list once as ``Names``. Where readings overlap, money and quantities win over
    brands, brands over vocabulary, vocabulary over model numbers; within a kind the longer wins.
    """
    folded, offsets = align(text)
    names = brands if isinstance(brands, Names) else Names(brands)
    layers = (_money(folded), _quantities(folded), _brands(folded, names), _lexical(folded),
              _models(folded))  # fmt: skip
    taken: set[int] = set()
    found: list[tuple[int, int, str, str, float]] = []
    for layer in layers:
        for candidate in sorted(layer, key=lambda c: (c[0] - c[1], c[0])):
            places = range(candidate[0], candidate[1])
            if taken.isdisjoint(places):
                taken.update(places)
                found.append(candidate)
    return Reading(tuple(_entity(text, offsets, candidate) for candidate in sorted(found)))


def _entity(text: str, offsets: list[int], candidate: "Candidate") -> Entity:
    start, end, kind, value, confidence = candidate
    left, right = offsets[start], offsets[end]
    return Entity(kind, value, text[left:right], left, right, confidence)


Candidate = tuple[int, int, str, str, float]  # start, end, kind, value, confidence


def _money(folded: str) -> Iterator[Candidate]:
    for match in _MONEY.finditer(folded):
        number = Decimal((match["first"] or match["second"]).replace(",", ""))
        number *= _THOUSANDS.get(match["k1"] or match["k2"] or "", 1)
        currency = _CURRENCIES[(match["sign"] or match["unit"]).strip()]
        yield match.start(), match.end(), "money", f"{units.plain(number)} {currency}", 0.95


def _quantities(folded: str) -> Iterator[Candidate]:
    for quantity in units.quantities(folded):
        yield quantity.start, quantity.end, "quantity", " x ".join(quantity.written), 0.9


def _brands(folded: str, names: Names) -> Iterator[Candidate]:
    for start, end, name in names.find(folded):
        yield start, end, "brand", name, 0.95 if end - start > 2 else 0.7


def _lexical(folded: str) -> Iterator[Candidate]:
    for span in lexicon().match(folded):
        kind = "product_type" if span.dimension == "category" else span.dimension
        yield span.start, span.end, kind, span.code, 0.75 if span.also else 0.9


def _models(folded: str) -> Iterator[Candidate]:
    for match in _MODEL.finditer(folded):
        if len(match[0]) >= 3 and not _NOT_MODEL.match(match[0]):
            yield match.start(), match.end(), "model", match[0].upper(), 0.7
