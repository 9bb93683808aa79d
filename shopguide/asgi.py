"""ASGI entry: the embedded default serves everything from here."""

import os

from django.core.asgi import get_asgi_application
from django.core.signals import request_started

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
application = get_asgi_application()

from catalog.warming import warm_up_beside  # noqa: E402 - the apps are loaded only now

request_started.connect(warm_up_beside)
