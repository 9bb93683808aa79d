"""Committed rows, for tests in which another connection or process must see them."""

import pytest


@pytest.fixture
def committed_rows(transactional_db: None) -> None:
    """Let the test commit, and empty the tables afterwards."""
