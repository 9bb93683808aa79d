"""A conversation with a real worker behind it, in Chromium: streamed, stopped, cut, handed over."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone
from playwright.sync_api import Page, expect

from assistant import tasks
from assistant.models import Message
from catalog.indexing import index_products
from catalog.search.market import forget
from shopguide.accounts.tenancy import as_everyone
from shopguide.celery import app
from tests.catalog.factories import make_category, make_product
from tests.conftest import FULL
from tests.journeys import market
from tests.journeys.conftest import Visit
from tests.people import People, make_people
from tests.people import browser as signed_in

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
PAUSE_S = 0.7
QUEUE = f"asking-{os.getpid()}"


@dataclass
class Stage:
    """A served shop, and the worker that answers in it."""

    address: str
    people: People
    worker: subprocess.Popen[bytes] | None = None

    def work(self) -> None:
        """Start a worker."""
        database = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "tests.journeys.slow_worker"]
        self.worker = subprocess.Popen([*command, database, QUEUE, str(PAUSE_S)])
        until = time.monotonic() + (300 if FULL else 120)
        while not app.control.ping(destination=[f"{QUEUE}@journeys"], timeout=0.5):
            assert self.worker.poll() is None and time.monotonic() < until, "no worker"

    def kill(self) -> None:
        """End the worker as a machine that loses its power would."""
        if self.worker is not None:
            self.worker.send_signal(signal.SIGKILL)
            self.worker.wait()

    def window(self, visit: Open, person: Any = None) -> Visit:
        """Open a window, as a person of the shop if one is named."""
        opened = visit(self.address)
        if person is not None:
            name = settings.SESSION_COOKIE_NAME
            session = signed_in(person).cookies[name].value
            opened.context.add_cookies([{"name": name, "value": session, "url": self.address}])
        return opened


def ring(pk: int) -> None:
    """Ring on this test's own queue."""
    from django.db import transaction

    transaction.on_commit(lambda: tasks.answer_message.apply_async((pk,), queue=QUEUE), robust=True)


def shelves(people: People) -> None:
    """Put three shirts on the shelf, and make them findable."""
    shirts = make_category("clothing/t-shirts", name_en="T-shirts", name_zh="T恤")
    for sku, title in (("T1", "Plain T-Shirt"), ("T2", "Striped T-Shirt"), ("T3", "Linen T-Shirt")):
        make_product(people.loom, sku, title=title, price="59.00", category=shirts)
    index_products(people.loom)
    forget()


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Serve a shop by the server that the product has, with a worker of its own."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.views.asking.ring", ring)
        people = make_people()
        shelves(people)
        get_resolver().url_patterns  # noqa: B018 - all pages are imported here, as the product does
        served = ASGIStaticFilesHandler(get_asgi_application())
        server = uvicorn.Server(
            uvicorn.Config(served, host="127.0.0.1", port=0, log_level="error", lifespan="off")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        found = Stage(f"http://127.0.0.1:{port}", people)
        found.work()
        yield found
        found.kill()
        server.should_exit = True
        thread.join(timeout=10)
        market.empty()


def say(page: Page, text: str) -> None:
    """Type something and send it."""
    page.fill("#ask-text", text)
    page.press("#ask-text", "Enter")


def being_written(page: Page) -> Any:
    """Wait until an answer has words and is not whole, and return it."""
    words = page.locator(".words[data-stream]").last
    expect(words).to_contain_text("T-", timeout=30_000)
    return words


def answers(page: Page) -> Any:
    """Return the answers that are whole."""
    return page.locator(".bubble.assistant .ask-answer")


def last_row() -> Message:
    """Return the newest answer as it is kept."""
    with as_everyone():
        found: Message = Message.objects.filter(voice="assistant").latest("pk")
        return found


def test_streamed_stopped_cut_shared_and_handed_over(visit: Open, stage: Stage) -> None:
    window = stage.window(visit, stage.people.sam)
    page = window.go("/ask/")
    say(page, "T-shirt")
    words = being_written(page)
    begun = words.inner_text()
    expect(answers(page)).to_have_count(1, timeout=30_000)  # it was followed to its end
    assert len(answers(page).last.inner_text()) > len(begun)

    say(page, "T-shirt under 100")
    being_written(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    stopped = last_row()
    assert stopped.state == "cancelled"

    say(page, "another T-shirt")
    being_written(page)
    page.reload()  # cut: the words so far are there at once, the rest comes
    second = stage.window(visit, stage.people.sam).go(page.url.split(stage.address)[-1])
    for one in (page, second):
        expect(one.locator(".words[data-stream]")).to_have_count(0, timeout=30_000)
    assert answers(page).last.inner_text() == answers(second).last.inner_text()
    assert last_row().state == "done" and last_row().attempts == 1

    page.get_by_role("button", name="A person, please").click()
    expect(page.get_by_text("Waiting for a person of Loom")).to_be_visible(timeout=30_000)
    desk = stage.window(visit, stage.people.mei).go("/merchant/loom/inbox/")
    desk.locator("#rows tbody a").first.click()
    desk.fill("#chat-text", "Good morning, Mei here.")
    desk.get_by_role("button", name="Send").click()
    reply = page.locator(".bubble.agent", has_text="Good morning, Mei here.")
    expect(reply).to_be_visible(timeout=15_000)
    say(page, "Thanks, Mei")
    expect(desk.locator("#chat-log")).to_contain_text("Thanks, Mei", timeout=15_000)

    back = page.get_by_role("button", name="Back to the assistant")
    back.click()
    expect(back).to_have_count(0)  # until then it is the person of the shop who is written to
    before = answers(page).count()
    say(page, "T-shirt")
    expect(answers(page)).to_have_count(before + 1, timeout=30_000)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.views.asking.allowed", lambda _request, _shopper: False)
        say(page, "one more T-shirt")
        expect(page.get_by_text("That was a lot at once.")).to_be_visible()
        expect(page.locator("#ask-text")).to_have_value("one more T-shirt")  # nothing is lost
    # News of a conversation that comes while its page is left finds nothing to stand in.
    complaints = [one for one in window.complaints if "oobErrorNoTarget" not in one]
    assert not complaints and not window.strangers


@pytest.mark.skipif(not FULL, reason="a worker dies and another begins: make test-all")
def test_a_killed_worker_s_answer_completes_once(visit: Open, stage: Stage) -> None:
    page = stage.window(visit).go("/ask/")
    say(page, "T-shirt")
    being_written(page)
    stage.kill()
    row = last_row()
    assert row.state == "running" and row.text
    with as_everyone():  # what half a minute of silence does
        Message.objects.filter(pk=row.pk).update(lease_until=timezone.now())
    stage.work()
    tasks.answer_message.apply_async((row.pk,), queue=QUEUE)
    expect(page.locator(".words[data-stream]")).to_have_count(0, timeout=60_000)
    ended = last_row()
    assert (ended.pk, ended.state, ended.attempts) == (row.pk, "done", 2)
    assert ended.text.startswith(row.text[:10]) and ended.text.count(row.text[:10]) == 1
    assert answers(page).count() == 1
