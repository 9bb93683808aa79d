from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        """Make sure that the configured encoder has its vector index after each migration."""
        from catalog.models.embedding import make_vector_index

        post_migrate.connect(make_vector_index, sender=self)
