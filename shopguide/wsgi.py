"""WSGI entry: pages and API in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
application = get_wsgi_application()

from catalog.warming import warm_up_beside  # noqa: E402 - the apps are loaded now

warm_up_beside()
