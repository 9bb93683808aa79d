"""All addresses: the shopper site at the root, the portal, the operator's admin, health."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from shopguide import joining, offline, preferences, style, web
from shopguide.pictures import serve

__all__ = ["joining", "urlpatterns"]  # signing in joins what the browser kept

handler400 = "shopguide.failing.bad_request"
handler500 = "shopguide.failing.server_error"

urlpatterns = [
    path("", include("catalog.urls")),
    path("", include("shopguide.accounts.urls")),
    path("", include("profiles.urls")),
    path("", include("assistant.urls")),
    path("", include("marketing.urls")),
    path("accounts/", include("allauth.urls")),
    path("preferences/", preferences.preferences, name="preferences"),
    path("offline/", offline.offline, name="offline"),
    path("style/", style.style, name="style"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("worker.js", offline.worker, name="worker"),
    path("api/", include("shopguide.api")),
    path("operator/", admin.site.urls),
    path("livez", web.live, name="live"),
    path("readyz", web.ready, name="ready"),
    re_path(r"^media/(?P<path>.*)$", require_safe(serve), {"document_root": settings.MEDIA_ROOT}),
]
