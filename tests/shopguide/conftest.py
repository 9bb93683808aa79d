"""What these tests share."""

from tests.committing import committed_rows

__all__ = ["committed_rows"]
