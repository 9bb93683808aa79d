"""What these tests share."""

from tests.catalog.demo_market import demo_database, demo_market
from tests.committing import committed_rows

__all__ = ["committed_rows", "demo_database", "demo_market"]
