"""The app of kept answers."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    """What every endpoint shares."""

    name = "shopguide.rest"
    label = "rest"
    default_auto_field = "django.db.models.BigAutoField"
