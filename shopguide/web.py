"""What every page shares: language and theme of the request, page data, request ids, health."""

import logging
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
THEMES = ("light", "dark")
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class HtmxRequest(HttpRequest):
    """A request after our middleware."""

    htmx: HtmxDetails
    request_id: str
    currency: str


class Silent:
    """Keeps nothing of what is done; stands in where nobody set ``request.log``."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_arguments: None


def log_of(request: HttpRequest) -> Any:
    """Return what keeps this shopper's deeds: `profiles.middleware.Log` after our middleware."""
    return getattr(request, "log", None) or Silent()


def taste_of(request: HttpRequest) -> list[float] | None:
    """Return what this shopper is after: (dimensions,), None for who did not agree to be known."""
    asked: Callable[[], list[float] | None] = getattr(request, "taste", lambda: None)
    return asked()


class Usual:
    """Lets everybody read what everybody reads; stands in where nobody set ``request.arms``."""

    def of(self, product: int, locale: str) -> None:
        """Return no text under test."""

    def titles(self, products: object, locale: str) -> dict[int, str]:
        """Return no titles under test."""
        return {}


def arms_of(request: HttpRequest) -> Any:
    """Return which texts under test somebody meets: `profiles.experiments.meeting.Arms`."""
    return getattr(request, "arms", None) or Usual()


class PatientRedisCache(RedisCache):
    """A cache that is never a reason for an error page: a broken one is an empty one."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except Exception as error:
            log.warning("cache read failed: %s", type(error).__name__)
            return default

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(key, value, *args, **kwargs)
        except Exception as error:
            log.warning("cache write failed: %s", type(error).__name__)


class RequestIdMiddleware:
    """Give each request an id: echoed to the caller, shown on error pages, written in logs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("Request-Id", "")
        request_id = sent if REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["Request-Id"] = request_id
        return response


class LanguageMiddleware:
    """Choose the language: ``?lang=``, else the cookie, else what the browser asks for.

    A language chosen by ``?lang=`` is remembered, so that a shared address opens in its language.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "").lower()
        known = {code for code, _ in settings.LANGUAGES}
        language = asked if asked in known else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if asked in known and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != asked:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite="Lax",
                secure=settings.PRODUCTION,
            )
        response.headers.setdefault("Vary", "")
        return response


def currency_of(request: HttpRequest) -> str:
    """Return the shopper's currency: chosen by cookie, else the language's own."""
    chosen = request.COOKIES.get("currency", "")
    if chosen in settings.CURRENCIES:
        return chosen
    language = translation.get_language() or settings.LANGUAGE_CODE
    return settings.CURRENCY_OF_LANGUAGE.get(language, "USD")


def theme_of(request: HttpRequest) -> str:
    """Return ``light``, ``dark`` or nothing (the system decides)."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def shop_context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the language links, theme and currency."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    links = []
    for code, _name in settings.LANGUAGES:
        query = request.GET.copy()
        query["lang"] = code
        links.append(
            {
                "code": code,
                "name": {"zh-hans": "简体中文", "en": "English"}[code],
                "url": f"{request.path}?{query.urlencode()}",
                "selected": code == language,
            }
        )
    return {
        "languages": links,
        "theme": theme_of(request),
        "rail": request.COOKIES.get("rail") == "narrow",
        "keys_off": request.COOKIES.get("keys") == "off",
        "currency": currency_of(request),
        "currencies": settings.CURRENCIES,
        "request_id": getattr(request, "request_id", ""),
        # The demo's pictures are there exactly as long as the demo is: no query on every page.
        "demo": (Path(settings.MEDIA_ROOT) / "demo").is_dir(),
    }


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say what the process can reach; 503 until the database answers and is migrated."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
        database = "ok"
    except Exception as error:
        log.warning("not ready: %s", error)
        database = "unreachable"
    return JsonResponse(
        {"database": database, "search": reverse("search")}, status=200 if database == "ok" else 503
    )
