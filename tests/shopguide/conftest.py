"""What these tests share."""

from tests.committing import committed_rows, quiet_migrations

__all__ = ["committed_rows", "quiet_migrations"]
