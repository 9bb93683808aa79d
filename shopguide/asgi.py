"""ASGI entry: the embedded default serves everything from here."""

import os

from django.core.asgi import get_asgi_application
from django.core.signals import request_started
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
application = get_asgi_application()

from catalog.warming import warm_up_beside  # noqa: E402 - the apps are loaded only now

request_started.connect(warm_up_beside)

# All pages are imported here, in one thread: first requests at the same moment must not meet
# half-made modules.
get_resolver().url_patterns  # noqa: B018
