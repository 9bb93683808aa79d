"""ASGI entry: the embedded default serves everything from here."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
application = get_asgi_application()

from catalog.warming import warm_up_beside  # noqa: E402 - the apps are loaded now

warm_up_beside()
