"""The product's settings, read when the services of the suite are up and their addresses known."""

from tests.services import bring_up

bring_up()

from shopguide.settings import *  # noqa: E402, F403

# A strong hash takes .7 s on purpose; a thousand tests sign somebody up.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests of rates set their own; all others ask as often as they like.
API_RATES = dict.fromkeys(API_RATES, "0")  # noqa: F405

SECOND_STEP = False  # tests of the second step turn it on
# Otherwise each client looks through all static files when it is made: 40 ms.
WHITENOISE_AUTOREFRESH = True
