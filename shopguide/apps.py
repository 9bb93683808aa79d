from django.apps import AppConfig


class ShopguideConfig(AppConfig):
    name = "shopguide"

    def ready(self) -> None:
        """Load Celery with Django and register our system checks."""
        from shopguide import celery, checks  # noqa: F401
