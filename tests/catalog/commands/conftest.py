"""The demo market place, as the search tests load it."""

from tests.catalog.search.conftest import demo_market

__all__ = ["demo_market"]
