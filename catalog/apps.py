from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = gettext_lazy("Catalogue")
    # What `manage.py train` and `manage.py evaluate_text` find here.
    trainers = {"sentiment": "catalog.opinions.commanding.train_sentiment"}
    # What `manage.py simulate` lets its shoppers have done besides looking and buying.
    pasts = ("catalog.demonstrating.afterwards",)
    text_tasks = {"sentiment": "catalog.opinions.commanding.evaluate_sentiment"}

    def ready(self) -> None:
        """Make sure that the configured encoder has its vector index after each migration."""
        from catalog.models.embedding import make_vector_index

        post_migrate.connect(make_vector_index, sender=self)
