"""A real Chromium for the journeys, and pages that remember what went wrong on them."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from shopguide.accounts.models import User
from tests.conftest import FULL

# Playwright keeps an event loop in this thread; Django would take every query for an async one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The program itself first: Debian's wrapper adds switches for a person's desktop.
NAMES = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The status of an error page, the worker that these windows keep out, and a lazy shelf that was
# still on its way when its page was left.
ON_PURPOSE = (
    "Failed to load resource", "Service Worker registration blocked",
    "htmx:sendAbort", "htmx:afterRequest",
)  # fmt: skip
# How long is waited for what comes by itself: the suite shares its machine with lint and types,
# the full run with trainings. What is quick by promise is timed where it is promised.
PATIENCE_MS = 90_000 if FULL else 30_000
expect.set_options(timeout=PATIENCE_MS)
# A person types after a page has come, a program while its scripts are still on the way.
MARKS_LOADED = "addEventListener('load', () => document.documentElement.dataset.loaded = 'yes')"
COMING = "html:not([data-loaded])"
INSTALL = "Chromium is missing. On Debian or Ubuntu: apt-get install chromium fonts-noto-cjk"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium; without one skip, or fail where a gate must not be green."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(INSTALL)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield chromium
        chromium.close()


class Visit:
    """One browser window on one site, with what it complained about and whom it called."""

    def __init__(self, browser: Browser, site: str, *, language: str, **options: Any) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        # Only the test of being offline lets the worker in: it would fetch its parts every time.
        options = {"service_workers": "block", **options}
        self.context = browser.new_context(base_url=site, **options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_cookies([{"name": "language", "value": language, "url": site}])
        self.page: Page = self.context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.see)
        if options.get("java_script_enabled", True):
            self.context.add_init_script(MARKS_LOADED)
            coming = self.page.locator(COMING)
            self.page.add_locator_handler(coming, lambda: self.page.wait_for_load_state("load"))

    def hear(self, message: Any) -> None:
        """Keep errors and warnings, among them every breach of the content security policy."""
        if message.type in ("error", "warning") and not message.text.startswith(ON_PURPOSE):
            self.complaints.append(message.text)

    def see(self, request: Any) -> None:
        """Keep requests that leave the site."""
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.site).netloc:
            self.strangers.append(request.url)

    def sign_in(self, email: str) -> Page:
        """Let somebody be signed in here, without the form, which has tests of its own."""
        client, name = Client(), settings.SESSION_COOKIE_NAME
        client.force_login(User.objects.get(email=email))
        value = client.cookies[name].value
        self.context.add_cookies([{"name": name, "value": value, "url": self.site}])
        return self.page

    def go(self, path: str) -> Page:
        """Open a path of the site, with its pictures and scripts; a failing one is an error."""
        answer = self.page.goto("/" + path.lstrip("/"), wait_until="load")
        assert answer is not None and answer.status < 500, f"{path}: {answer and answer.status}"
        return self.page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a window: ``visit(site, language=…, viewport=…, …)``."""
    opened: list[Visit] = []

    def open_window(site: str, *, language: str = "en", **options: Any) -> Visit:
        opened.append(Visit(browser, site, language=language, **options))
        return opened[-1]

    yield open_window
    for window in opened:
        window.context.close()


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Serve every page with made-up contexts, without a database; return the address."""
    with override_settings(ROOT_URLCONF="tests.journeys.gallery"):
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
