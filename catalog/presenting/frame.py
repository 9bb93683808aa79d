"""A page of results while it is put together: what was asked, found, and by which address."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.presenting.naming import reader
from catalog.search.addressing import NARROWING, Address
from catalog.search.market import CategoryEntry, Market, ShopEntry
from catalog.search.searching import Results


@dataclass(frozen=True)
class Frame:
    """``category`` and ``shop`` are what the page itself is about, as on a category's own page."""

    address: Address
    results: Results
    market: Market
    category: CategoryEntry | None = None
    shop: ShopEntry | None = None

    @property
    def narrowing(self) -> tuple[str, ...]:
        """Return the parameters by which this page can be narrowed."""
        own = {"shop"} if self.shop else set()
        return tuple(name for name in NARROWING if name not in own)

    def category_name(self, pk: int) -> str:
        """Return a category's name in the reader's language."""
        entry = self.market.categories.get(pk)
        return entry.names.get(reader()) or entry.path if entry else ""

    def shop_by(self, slug: str) -> ShopEntry | None:
        """Return an open shop by its address."""
        return next((shop for shop in self.market.shops.values() if shop.slug == slug), None)
