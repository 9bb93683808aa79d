"""The product's settings, read when the services of the suite are up and their addresses known."""

from tests.services import bring_up

bring_up()

from shopguide.settings import *  # noqa: E402, F403

# A strong hash takes .7 s on purpose; a thousand tests sign somebody up.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
