"""What a product's facts and the shop's own words state, read once for each product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from catalog.claims.numerals import plain_form
from catalog.claims.patterns import worded
from catalog.claims.quantities import MEASURES, Amount, amounts, names_of, unit_of
from catalog.lexicon import DIMENSIONS, Span, lexicon

if TYPE_CHECKING:
    from catalog.claims.facts import ProductFacts

NEGATION = worded(
    r"(?:\b(?:not?|never|without|isn't|aren't|doesn't|don't|won't|can't|free (?:of|from)"
    r"|lack(?:s|ing)?|miss(?:es|ing)|nor|"
    r"neither|none|anything but|far from|hardly|scarcely|by no means|instead of|rather than)\b"
    r"|n't\b|(?<!有)没(?!关系|问题|事|说)|并非|绝非|[谈算称]不上|毫[不无]|无需|无|非|未"
    r"|(?<![能是会])不|免|缺[少乏]?了?)"
    r"(?! only| just| merely)[^,，。;；]{0,8}$"
    r"|\b(?:lacks?|lacking|misses|missing)(?: (?:is|are|being|a|an|the|any|in)){1,3}\s?$"
    # a verb that is denied denies its whole clause: "does not come in", "don't expect it to be"
    r"|(?:(?:\b|(?='))(?:does|do|did|is|are|was|were|will|can|could|would|should|has|have|'s"
    r"|'re) not|n't)"
    r"(?! only| just| merely)(?: (?!but\b)(?:[a-z'-]+|□+)){0,6}\s?$"
)

# Where the vocabulary's own words deny nothing: stainless steel is 不锈钢, wireless 无线.
_DENIES = worded(r"[不无免非未没]|\bno[n-]|\bfree\b|\bnot?\b|less\b")
_HAN = re.compile(r"[\u3400-\u9fff]")
_END = re.compile(r"[。！？；\n]|[.!?;](?=\s)")


def codes_of(attributes: Mapping[str, Any], dimension: str) -> list[str]:
    """Return the codes that attributes state of a dimension, in their order.

    A file may state several in a row ("Nylon Polyester"), or under a name of its own that begins
    with the dimension's ("features_bags"): such words are read as the vocabulary reads them.
    """
    found: list[str] = []
    for code, rows in attributes.items():
        own = code == dimension
        if not own and code.split("_")[0] not in (dimension, f"{dimension}s"):
            continue
        for one in rows if isinstance(rows, list) else [rows]:
            spans = []
            if isinstance(one, str) and not (own and lexicon().value(dimension, one)):
                spans = lexicon().match(one, (dimension,))
            found += [span.code for span in spans] or ([str(one)] if own else [])
    return list(dict.fromkeys(found))


class Measure:
    """An attribute that is a number: its code, names, numbers in base units, how it is written."""

    def __init__(self, code: str, stated: Any, unit: str, names: tuple[str, ...]) -> None:
        """Bring a stated number, or a list of them, to base units."""
        self.code, self.unit, self.names = code, unit, names
        rows = stated if isinstance(stated, list) else [stated]
        self.stated = [Decimal(str(one)) for one in rows]
        base, factor = MEASURES.get(unit, ("", Decimal(1)))
        self.base, self.factor = base, factor
        self.values = [one * factor for one in self.stated]

    def text(self, locale: str) -> str:
        """Return it in words, for people who look at the ledger."""
        numbers = "/".join(f"{one:f}" for one in self.stated)
        alike = (one for one in self.names if one.isascii() == (locale == "en"))
        name = next(alike, self.names[0] if self.names else self.code)
        return f"{name} {numbers} {self.unit}".strip()

    def named_in(self, words: str) -> int:
        """Return how long the longest of its names in these words is; 0 for none."""
        return max((len(one) for one in self.names if _stands(one, words)), default=0)


class Ground:
    """One product's texts in plain form, its vocabulary codes and its measures."""

    def __init__(self, product: ProductFacts) -> None:
        """Keep the product; everything is read when it is first asked for."""
        self.product = product
        self._told_at: dict[tuple[str, str], list[tuple[str, int]]] = {}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the shop's words in plain form, each title and description."""
        return tuple(plain_form(text)[0] for text in self.product.texts)

    @cached_property
    def stated(self) -> dict[str, set[str]]:
        """Return the codes of confirmed facts and of variants by dimension."""
        found: dict[str, set[str]] = {}
        for dimension in DIMENSIONS:
            if codes := codes_of(self.product.attributes, dimension):
                found[dimension] = set(codes)
        for offer in self.product.offers:
            for name, own in offer.options.items():
                found.setdefault(name, set()).add(own)
        return found

    @cached_property
    def told(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Return the codes that the shop's words affirm, and those that they deny."""
        affirmed: dict[str, set[str]] = {}
        denied: dict[str, set[str]] = {}
        for text in (*self.texts, *(plain_form(n)[0] for n in self.product.category_names)):
            spans = lexicon().match(text, DIMENSIONS)
            for span in spans:
                negated = denied_before(text[max(0, span.start - 40) : span.start], spans)
                side = denied if negated else affirmed
                for dimension, code in ((span.dimension, span.code), *span.also):
                    side.setdefault(dimension, set()).add(code)
                    if not negated:
                        self._told_at.setdefault((dimension, code), []).append((text, span.start))
        return affirmed, denied

    def words(self, dimension: str, code: str, locale: str) -> str:
        """Return a sentence of the shop that affirms a code, rather one in this language."""
        affirmed, _denied = self.told
        known = code in affirmed.get(dimension, set())
        return _told(self._told_at[dimension, code], locale) if known else ""

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Return the attributes that are numbers."""
        found = []
        for code, rows in self.product.attributes.items():
            numbers = rows if isinstance(rows, list) else [rows]
            if not numbers or not all(_number(one) for one in numbers):
                continue
            unit, own = self.product.named.get(code, ("", ()))
            found.append(Measure(code, rows, unit_of(code, unit), names_of(code, own)))
        return tuple(found)

    @cached_property
    def amounts(self) -> tuple[tuple[str, Amount], ...]:
        """Return the numbers with units of the shop's words, each with its text."""
        return tuple((text, one) for text in self.texts for one in amounts(text))

    def beside(self, asked: Amount) -> Iterator[str]:
        """Yield what stands around the same number with the same unit in the shop's words."""
        for text, one in self.amounts:
            if _alike(one, asked):
                yield text[max(0, one.start - 28) : one.end + 28]

    def sentence(self, asked: Amount, locale: str) -> str:
        """Return a sentence of the shop with the same number and unit, rather in this language."""
        return _told([(t, one.start) for t, one in self.amounts if _alike(one, asked)], locale)

    def says(self, words: str) -> bool:
        """Tell whether the shop's words hold these, in plain form."""
        return any(_stands(words, text) for text in self.texts)


def denied_before(words: str, spans: Sequence[Span]) -> bool:
    """Tell whether what stands before a word denies it; names of values among it deny nothing."""
    for one in spans:
        if one.surface in words and _DENIES.search(one.surface):
            words = words.replace(one.surface, "□" * len(one.surface))
    return bool(NEGATION.search(words))


def _number(one: object) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool)


def _alike(one: Amount, other: Amount) -> bool:
    return (one.base, one.values, one.upper) == (other.base, other.values, other.upper)


def _told(places: Sequence[tuple[str, int]], locale: str) -> str:
    """Return the sentence at the first of some places in texts, those of a language before all."""
    fitting = [one for one in places if bool(_HAN.search(one[0])) is (locale != "en")]
    return _sentence(*(fitting or places)[0]) if places else ""


def _sentence(text: str, place: int) -> str:
    """Return the sentence of a text in plain form that a place is in."""
    ends = [one.end() for one in _END.finditer(text)]
    start = max((end for end in ends if end <= place), default=0)
    end = min((end for end in ends if end > place), default=len(text))
    return text[start:end].strip()


def _stands(words: str, text: str) -> bool:
    if not words:
        return False
    if words[0].isascii() and words[0].isalpha():
        return bool(re.search(rf"(?<![a-z]){re.escape(words)}", text))
    return words in text
