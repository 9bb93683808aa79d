"""Committed rows, for tests in which another connection or process must see them."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate


@pytest.fixture
def quiet_migrations(django_db_setup: None) -> Iterator[None]:
    """Make no vector index while tables are emptied: the application's role may not."""
    from catalog.models.embedding import make_vector_index

    catalog = apps.get_app_config("catalog")
    post_migrate.disconnect(make_vector_index, sender=catalog)
    yield
    post_migrate.connect(make_vector_index, sender=catalog)


@pytest.fixture
def committed_rows(quiet_migrations: None, transactional_db: None) -> None:
    """Let the test commit, and empty the tables afterwards."""
