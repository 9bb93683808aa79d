"""Find which of a shop's products somebody speaks of: by number, by name, by words.

For `importing`. It keeps silent rather than guess: words that two products answer are of neither,
and a mention without a product is of the shop as a whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from catalog.lexicon.folding import HAN_CHARACTER, fold
from catalog.models import Product, ProductText, Variant
from shopguide.accounts.models import Merchant

SHORTEST_ZH, SHORTEST_EN, SHORTEST_CODE = 3, 4, 4
START = 3
WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


@dataclass
class Names:
    """What a shop's products are called. Built once for a file; three queries."""

    codes: dict[str, int] = field(default_factory=dict)
    titles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    starts: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, merchant: Merchant) -> Names:
        """Read the names of a shop's products. To be called as the merchant."""
        names = cls()
        products = Product.objects.filter(merchant=merchant, deleted_at=None)
        brands: dict[int, str] = {}
        for pk, sku, brand in products.values_list("pk", "sku", "brand"):
            names.codes[fold(sku)] = pk
            brands[pk] = fold(brand or "")
        variants = Variant.objects.filter(product__in=products)
        for pk, sku in variants.values_list("product_id", "sku"):
            names.codes.setdefault(fold(sku), pk)
        texts = ProductText.objects.filter(product__in=products).exclude(title="")
        for pk, title in texts.values_list("product_id", "title"):
            names.add(pk, fold(title), brands[pk])
        return names

    def add(self, product: int, title: str, brand: str) -> None:
        """Let a product be found by its title, with its brand and without."""
        self.titles[product].add(title)
        bare = title.removeprefix(brand).strip(" ·-—,，") if brand else title
        for name in {title, bare}:
            if len(name) >= (SHORTEST_ZH if HAN_CHARACTER.search(name) else SHORTEST_EN):
                self.starts[name[:START]].append((name, product))

    def find(self, *, code: str = "", words: str = "", text: str = "") -> int | None:
        """Return the one product that is meant; None for none and for several."""
        if code and (known := self.codes.get(fold(code).strip())):
            return known
        for said in (fold(words), fold(text)):
            if said and (found := self._named(said) or self._coded(said)):
                return found
        return self._by_words(fold(f"{code} {words}"))

    def _named(self, said: str) -> int | None:
        """Return the product with the longest name in the words, if only it has that name."""
        found: dict[int, set[int]] = defaultdict(set)
        for place in range(len(said) - START + 1):
            for name, product in self.starts.get(said[place : place + START], ()):
                if said.startswith(name, place):
                    found[len(name)].add(product)
        return _only(found[max(found)]) if found else None

    def _coded(self, said: str) -> int | None:
        """Return the product whose number stands in the words."""
        tokens = re.findall(r"[a-z0-9][a-z0-9_\-./]{2,60}", said)
        hits = {self.codes[one] for one in tokens
                if one in self.codes and len(one) >= SHORTEST_CODE
                and any(sign.isdigit() for sign in one)}  # fmt: skip
        return _only(hits)

    def _by_words(self, said: str) -> int | None:
        """Return the only product whose title has all the words."""
        words = [one for one in WORD.findall(said) if len(one) > 1 or HAN_CHARACTER.match(one)]
        if not words:
            return None
        return _only({pk for pk, titles in self.titles.items()
                      if any(all(one in title for one in words) for title in titles)})  # fmt: skip


def _only(found: set[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None
