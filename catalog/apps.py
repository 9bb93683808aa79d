from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "catalog"
    # What `manage.py train` and `manage.py evaluate_text` find here.
    trainers = {"sentiment": "catalog.opinions.commanding.train_sentiment"}
    text_tasks = {"sentiment": "catalog.opinions.commanding.evaluate_sentiment"}

    def ready(self) -> None:
        """Make sure that the configured encoder has its vector index after each migration."""
        from catalog.models.embedding import make_vector_index

        post_migrate.connect(make_vector_index, sender=self)
