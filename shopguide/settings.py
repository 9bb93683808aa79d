"""Settings, all of them overridable by environment variables (docs/settings.md lists each).

Without ``DATABASE_URL`` and ``BROKER_URL`` the embedded services are used; ``manage.py`` brings
them up before Django reads this file and passes their addresses in the environment.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from shopguide.inference.shelf import taught

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# An empty variable is one that make or a container passed on without a value.
DATA_DIR = Path(env("DATA_DIR", default="") or BASE_DIR / "var").expanduser().resolve()
PRODUCTION = env.bool("SHOPGUIDE_PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)


def secret_key() -> str:
    """Return the configured key, or one made once for this data directory."""
    if configured := env("SECRET_KEY", default=""):
        return str(configured)
    if PRODUCTION:
        raise environ.ImproperlyConfigured("Set SECRET_KEY: production never makes its own.")
    from shopguide.checks import local_secret_key

    return local_secret_key(DATA_DIR)


SECRET_KEY = secret_key()
# Former keys: what they signed still holds while a new one is being brought in.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# What encrypts secrets in the database, the newest first; without any, SECRET_KEY does.
SEALING_KEYS = env.list("SEALING_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "shopguide.accounts.operator_config.OperatorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "csp",
    "shopguide",
    "shopguide.accounts",
    "shopguide.rest",
    "catalog",
    "profiles",
    "assistant",
    "marketing",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shopguide.web.RequestIdMiddleware",
    "shopguide.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shopguide.web.LanguageMiddleware",
    "shopguide.rest.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shopguide.accounts.acting.ActingMiddleware",
    "shopguide.accounts.shopping.ShopperMiddleware",
    "profiles.middleware.ProfileMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shopguide.accounts.second_step.SecondStepMiddleware",
]

ROOT_URLCONF = "shopguide.urls"
WSGI_APPLICATION = "shopguide.wsgi.application"
ASGI_APPLICATION = "shopguide.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "shopguide.web.shop_context",
            ],
        },
    }
]

# --- Postgres: shop_app runs under row-level security, shop_owner migrates -----------------
SESSION_SETTINGS = (
    # Filtered vector scans go on until enough rows fit; measured .98 recall at a 5 % filter.
    "-c hnsw.iterative_scan=relaxed_order -c hnsw.ef_search=160 "
    "-c statement_timeout={statement} -c lock_timeout={lock} "
    "-c idle_in_transaction_session_timeout=60000"
)


def database(variable: str, *, statement_ms: int, lock_ms: int) -> dict[str, object]:
    """Read one database address and give it our session settings."""
    config: dict[str, object] = dict(env.db_url(variable, default="postgres:///shopguide"))
    config["ENGINE"] = "django.db.backends.postgresql"
    config["CONN_HEALTH_CHECKS"] = True
    options = dict(config.get("OPTIONS") or {})  # type: ignore[call-overload]
    options["options"] = SESSION_SETTINGS.format(statement=statement_ms, lock=lock_ms)
    config["OPTIONS"] = options
    return config


# The web allows a statement five seconds; workers and commands set STATEMENT_TIMEOUT_MS higher.
DATABASES = {
    "default": database(
        "DATABASE_URL",
        statement_ms=env.int("STATEMENT_TIMEOUT_MS", default=600_000),
        lock_ms=env.int("LOCK_TIMEOUT_MS", default=30_000),
    ),
    "owner": database("MIGRATE_DATABASE_URL", statement_ms=0, lock_ms=60_000)
    if env("MIGRATE_DATABASE_URL", default="")
    else database("DATABASE_URL", statement_ms=0, lock_ms=60_000),
}
if env.bool("DATABASE_POOL", default=False):
    DATABASES["default"]["OPTIONS"]["pool"] = {  # type: ignore[index]
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=10),
        "timeout": 5,
    }
DATABASE_ROUTERS = ["shopguide.accounts.tenancy.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Broker, results, cache ----------------------------------------------------------------
BROKER_URL = env("BROKER_URL", default="memory://")
RESULT_URL = env("RESULT_URL", default="cache+memory://")
CACHE_URL = env("CACHE_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "shopguide.web.PatientRedisCache",
        "LOCATION": CACHE_URL.replace("redis+socket://", "unix://"),
        "KEY_PREFIX": env("CACHE_PREFIX", default="shopguide"),
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- People --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = env("ACCOUNT_EMAIL_VERIFICATION", default="optional")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "shopguide.accounts.adapters.AccountAdapter"
LOGIN_REDIRECT_URL = "/"
MFA_ADAPTER = "shopguide.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ShopGuide"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Owners of shops and operators need a second step; the demo's logins never do.
SECOND_STEP = env.bool("SECOND_STEP", default=True)
# So many proxies of ours stand in front: whose word about a visitor's address is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
LOGIN_URL = "account_login"
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
# Where the site is, for addresses in letters.
SITE_URL = env("SITE_URL", default="http://localhost:8000")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ShopGuide <shop@localhost>")

# --- Language, time, money -----------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "shopguide" / "locale"]
FORMAT_MODULE_PATH = ["shopguide.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
# The share of lists in which another than the usual one may stand first, with its chance logged.
LISTS_CURIOUS = env.float("LISTS_CURIOUS", default=0.0)
TIME_ZONE = env("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True
CURRENCIES = ["CNY", "USD", "EUR", "GBP", "HKD", "JPY"]
CURRENCY_OF_LANGUAGE = {"zh-hans": "CNY", "en": "USD"}

# --- Files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
UPLOAD_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- How long things are kept ----------------------------------------------------------------
# Former values of bulk edits and imports, by which these can be taken back.
UNDO_DAYS = env.int("UNDO_DAYS", default=30)
# Counts of what is searched for; they hold nobody's id.
SEARCH_COUNT_DAYS = env.int("SEARCH_COUNT_DAYS", default=90)
WEBHOOK_DAYS = env.int("WEBHOOK_DAYS", default=60)
# No more than so many messages of all shops together to one person in so many days.
OUTREACH_MOST = env.int("OUTREACH_MOST", default=4)
OUTREACH_DAYS = env.int("OUTREACH_DAYS", default=7)

# --- Ways of paying, in the order in which they are offered (catalog/orders/paying.py) -------
PAYMENT_PROVIDERS = env.list(
    "PAYMENT_PROVIDERS", default=["on_delivery"] if PRODUCTION else ["on_delivery", "test"]
)

# --- Models: a directory or a hub id; nothing is fetched at run time ------------------------
MODELS_DIR = Path(env("MODELS_DIR", default="") or DATA_DIR / "models")
MODELS_OFFLINE = env.bool("MODELS_OFFLINE", default=True)
ENCODER = {
    "model": env("ENCODER_MODEL", default="") or str(MODELS_DIR / "e5-small-q4"),
    "name": env("ENCODER_NAME", default=""),
    "revision": env("ENCODER_REVISION", default="") or None,
    "query_prompt": env("ENCODER_QUERY_PROMPT", default="query: "),
    "document_prompt": env("ENCODER_DOCUMENT_PROMPT", default="passage: "),
    "dimensions": env.int("ENCODER_DIMENSIONS", default=384),
    "dtype": env("ENCODER_DTYPE", default="auto"),
    "device": env("ENCODER_DEVICE", default="cpu"),
    "threads": env.int("ENCODER_THREADS", default=1),
    "offline": MODELS_OFFLINE,
}
# Stored with each vector, as the encoder itself names it. The number type is not part of it: the
# vectors of one model may be compared whatever they were computed in.
ENCODER_ID = (ENCODER["name"] or Path(str(ENCODER["model"])).name) + (
    f"@{ENCODER['revision']}" if ENCODER["revision"] else ""
)
# As it came; what the market taught it (`train encoder`, `versions encoder`) is used where there
# is a version of this very encoder in use.
ENCODER_BASE = dict(ENCODER)
if _taught := taught(MODELS_DIR / "encoder", ENCODER_ID):
    ENCODER_ID = _taught.name
    ENCODER |= {"model": str(_taught), "name": _taught.name, "revision": None}
RERANKER_MODEL = env("RERANKER_MODEL", default="")
# A shopper waits this long for the vector of a new query; after that words alone must do.
QUERY_VECTOR_WAIT_S = env.float("QUERY_VECTOR_WAIT_S", default=0.6)

# Who phrases answers: "realiser" by rules, "local" a model of the inference worker, "endpoint" an
# OpenAI-compatible address. Nothing leaves this machine unless an endpoint is named.
WRITER = {
    "kind": env("WRITER", default="realiser"),
    "model": env("WRITER_MODEL", default=""),
    "revision": env("WRITER_REVISION", default="") or None,
    "url": env("WRITER_URL", default=""),
    "key": env("WRITER_KEY", default=""),
    "first_s": env.float("WRITER_FIRST_S", default=1.5),
    "total_s": env.float("WRITER_TOTAL_S", default=2.5),
    "copy_s": env.float("WRITER_COPY_S", default=60.0),
    "tokens_a_day": env.int("WRITER_TOKENS_A_DAY", default=200_000),
    "threads": env.int("WRITER_THREADS", default=1),
    "offline": MODELS_OFFLINE,
}

# --- Security ------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# --- The API ---------------------------------------------------------------------------------
# So many requests in any window of so many seconds, "requests/seconds"; 0 counts none.
API_RATES = {
    "ip": env("API_RATE_IP", default="1200/60"),
    "person": env("API_RATE_PERSON", default="300/60"),
    "write": env("API_RATE_WRITE", default="120/60"),
    "key": env("API_RATE_KEY", default="1200/60"),
    # Messages to the assistant: of one shopper, and from one address.
    "chat": env("CHAT_RATE", default="20/60"),
    "chat_ip": env("CHAT_RATE_IP", default="120/60"),
}
API_BODY_BYTES = env.int("API_BODY_BYTES", default=1024 * 1024)
API_ANSWERS_KEPT_HOURS = env.int("API_ANSWERS_KEPT_HOURS", default=24)
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    # What a door (shopguide/rest/doors.py) does not set itself; no cookies open anything.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "shopguide.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
HEADLESS_CLIENTS = ("app",)
SPECTACULAR_SETTINGS = {
    "TITLE": "ShopGuide",
    "DESCRIPTION": "All that a shopper can do, for apps. Amounts are text; times are ISO 8601."
    " Every answer that reads heeds `fields=a,b` (members of the answer, of each item in a list)"
    " and then lacks the other members. Parameters that are not named here mean nothing.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_PATCH": False,
    "POSTPROCESSING_HOOKS": ["shopguide.rest.schema.finish"],
    "PATH_CONVERTER_OVERRIDES": {
        "num": {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
        "sku": {"type": "string", "minLength": 1, "maxLength": 100},
        "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,60}$"},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
}
