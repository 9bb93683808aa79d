"""Every route × every identity × own, foreign and unknown objects is as the policy file says.

One set-up for all; each call is taken back. On the way each answer's headers are looked at, and no
GET may write.
"""

import logging
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import override_settings
from django.urls import URLPattern, reverse

from catalog.search.market import forget
from shopguide.accounts.tenancy import as_everyone
from tests.access.headers import faults_of
from tests.access.identities import STRANGERS, Crowd, ask, gather, shop_of
from tests.access.objects import KINDS, SENT, Three
from tests.access.policy import Door, Line, audience, doors, line_of, lines, routes
from tests.conftest import FULL

ROUTES = routes()
# Who comes to each door in the short run; in the full one everybody does. Foreign code keeps its
# own doors: of it we ask whether strangers and shoppers stay outside.
PRESENT = {
    "pages": ["anonymous", "guest", "verified", "owner", "disabled"],
    "portal": ["anonymous", "owner", "editor", "agent", "analyst", "rival", "suspended"],
    "api": ["anonymous", "guest", "verified", "disabled"],
    "systems": ["anonymous", "owner", "system", "bare", "rival_system"],
    "account": ["anonymous", "shopper", "operator"],
    "operator": ["anonymous", "owner", "operator"],
    "headless": ["anonymous", "shopper"],
}  # fmt: skip
# Kinds of which there is none to be had: a 404 says nothing of rights.
MISSING = ("picture", "nothing", "export_format", "return_picture")
# When somebody, or a key, was here last.
SESSIONS = r"\b(django_session|usersessions_usersession|accounts_apikey)\b"
WRITES = re.compile(
    rf"\s*(INSERT|UPDATE|DELETE|TRUNCATE)\b(?!.*{SESSIONS})", re.IGNORECASE | re.DOTALL
)
# Names of a route that a shop or Django's admin brings itself.
ADMIN = {"app_label": "accounts", "object_id": "1", "id": "1", "url": "x/",
                         "content_type_id": "1"}  # fmt: skip
MASKED = re.compile(
    rb'(name="csrfmiddlewaretoken" value=")[^"]*|"request_id": ?"[^"]*"|[0-9a-f]{32}'
)


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crowd]:
    """Return everybody; all is taken back in the end."""
    unlimited = override_settings(API_RATES=dict.fromkeys(settings.API_RATES, "0/60"))
    with django_db_blocker.unblock(), unlimited, transaction.atomic():
        logging.disable(logging.ERROR)  # thousands of refusals
        forget()
        people = gather()
        with as_everyone():
            people.objects = {kind: make(people) for kind, make in KINDS.items()}
        forget()
        yield people
        forget()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


class Calls:
    """Calls one route as somebody and notes what is wrong with the answers."""

    def __init__(self, crowd: Crowd, name: str, line: Line) -> None:
        self.crowd, self.name, self.line = crowd, name, line
        self.door: Door = doors()[line.door]
        self.faults: list[str] = []
        self.count = 0

    @property
    def three(self) -> Three:
        """Return ours, theirs and nobody's of what the address names."""
        if not self.line.object:
            return {}, None, None
        return self.crowd.objects[self.line.object]

    def names_for(self, who: str) -> dict[str, Any] | None:
        """Return what is somebody's own: for kinds that persons have, theirs or nobody's."""
        ours = self.three[0]
        return ours["by"].get(who) if "by" in ours else ours

    def path(self, names: dict[str, Any], slug: str) -> str:
        """Return the address."""
        pattern: URLPattern = ROUTES[self.name]
        wanted = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        wanted |= {"pk"} if self.line.object == "passkey" else set()  # of the address above it
        known = (ADMIN if self.door.name == "operator" else {}) | {"slug": slug} | names
        kwargs = {key: known[key] for key in wanted if key in known}
        if not pattern.name and self.door.name == "operator":
            return f"{self.door.prefix}nothing/x/"
        if not pattern.name:
            return self.door.prefix + {"serve": "media/"}.get(self.name, "") + kwargs["path"]
        return reverse(self.name, kwargs=kwargs)

    def call(self, who: str, method: str, path: str, sent: str | bytes = "") -> Any:
        """Call and take back; note bad headers and writes of a GET."""
        self.count += 1
        written: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if WRITES.match(sql):
                written.append(sql[:60])
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(note):
            answer = ask(self.crowd, who, method, path, sent)
            if answer.streaming and not answer.is_async:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        where = f"{method} {path} as {who}"
        if method == "GET" and written:
            self.faults.append(f"{where} wrote: {written[0]}")
        signed_in = who not in STRANGERS and who != "anonymous"
        self.faults += [f"{where}: {fault}" for fault in faults_of(answer, signed_in=signed_in)]
        if answer.status_code >= 500:
            self.faults.append(f"{where}: {answer.status_code}")
        return answer

    @property
    def present(self) -> list[str]:
        """Return who comes to this door: everybody to ours, a few to foreign code's."""
        if FULL:
            return list(self.crowd.apps if self.door.name == "systems" else self.crowd.browsers)
        return PRESENT["headless" if self.name.startswith("headless") else self.door.name]

    def expect(self, who: str, method: str) -> None:
        """Call with one's own object, and compare with what the file says."""
        if self.line.audiences[method] == "flow":
            self.call(who, method, self.path(self.names_for(who) or {}, "loom"))
            return
        names = self.names_for(who)
        let_in = who in audience(self.line.audiences[method]) and names is not None
        let_in = let_in and not (who == "disabled" and self.line.dead)
        let_in = let_in and not (who == "rival_system" and self.line.object)
        if names is None:
            names = self.three[1] or {}
        slug = shop_of(self.crowd, who).slug if self.door.name == "portal" else "loom"
        path = self.path(names, slug)
        answer = self.call(who, method, path, SENT.get(self.name, ""))
        if let_in:
            refused = {401, 403, 404, 405} if self.strict else {401}
            refused -= {403} if self.line.proof else set()
            if answer.status_code in refused or to_sign_in(answer):
                self.faults.append(f"{method} {path} refuses {who}: {answer.status_code}")
        elif not self.refusal(answer, who):
            self.faults.append(f"{method} {path} admits {who}: {answer.status_code}")

    @property
    def strict(self) -> bool:
        """Tell whether nothing is missing for whoever is let in: of foreign code we only know."""
        ours = self.door.name in ("pages", "portal", "api", "systems")
        return ours and self.line.object not in MISSING and not self.name.startswith("headless")

    def refusal(self, answer: Any, who: str) -> bool:
        """Tell whether an answer is the door's refusal of this identity."""
        if who == "rival_system":
            return answer.status_code in (400, 404)  # it looks in its own shop only
        if who == "bare":
            return bool(answer.status_code == self.door.bare)
        if who == "disabled" and self.line.dead:
            return bool(answer.status_code == self.line.dead)
        if self.door.name == "api" and answer.status_code == 400:
            return True  # what was sent is read before the object is: the same for everybody
        wanted = self.line.stranger if who in STRANGERS else self.door.person
        if who == "suspended":
            wanted = self.door.suspended
        if wanted != 302 and ("by" in self.three[0] or self.line.object == "nothing"):
            wanted = 404  # whoever they are: it is not theirs
        return to_sign_in(answer) if wanted == 302 else bool(answer.status_code == wanted)

    def expect_like_unknown(self, who: str, method: str) -> None:
        """Call with somebody else's object, and with none: the same answer to the byte."""
        _ours, theirs, none = self.three
        if none is None:
            return
        sent = SENT.get(self.name, "")
        nobody = self.call(who, method, self.path(none, "loom"), sent)
        read_first = self.door.name in ("api", "systems") and nobody.status_code == 400
        if nobody.status_code != 404 and not read_first:
            self.faults.append(f"{method} {nobody.request['PATH_INFO']} is {nobody.status_code}")
        if theirs is None:
            return
        foreign = self.call(who, method, self.path(theirs, "loom"), sent)
        if told(foreign) != told(nobody):
            where = f"{method} {foreign.request['PATH_INFO']} tells {who} it is there"
            self.faults.append(f"{where}: {differing(told(foreign), told(nobody))}")

    def expect_no_other_method(self) -> None:
        """Call with the methods that are not in the line: 405 for insiders, no more for others."""
        for method in {"GET", "POST", "DELETE"} - set(self.line.audiences):
            inside = next((who for name in self.line.audiences.values()
                           for who in sorted(audience(name)) if self.names_for(who)
                           is not None and who not in ("suspended", "disabled")), None)  # fmt: skip
            if inside is None:
                continue
            answer = self.call(inside, method, self.path(self.names_for(inside) or {}, "loom"))
            if answer.status_code != 405:
                self.faults.append(f"{method} {self.name} as {inside}: {answer.status_code}")


def to_sign_in(answer: Any) -> bool:
    """Tell whether an answer leads to the page where one signs in."""
    return answer.status_code == 302 and urlsplit(answer["Location"]).path == "/accounts/login/"


def told(answer: Any) -> tuple[int, dict[str, str], bytes]:
    """Return all that an answer tells, without what the request itself brought."""
    path = answer.request["PATH_INFO"].encode()
    skipped = {"Request-Id", "Content-Length", "Expires"}
    headers = {name: value for name, value in answer.items() if name not in skipped}
    return answer.status_code, headers, MASKED.sub(rb"\1", answer.content.replace(path, b"/"))


def differing(one: Any, other: Any) -> str:
    """Return where two answers part."""
    if one[:2] != other[:2]:
        return str({*map(str, one[1].items())} ^ {*map(str, other[1].items())} or one[0])
    here = next((n for n, (a, b) in enumerate(zip(one[2], other[2], strict=False)) if a != b), 0)
    return f"{one[2][here - 30 : here + 30]!r} {other[2][here - 30 : here + 30]!r}"


def test_every_route_has_its_line() -> None:
    missing = sorted(name for name in ROUTES if line_of(name) is None)
    assert missing == [], "add their lines to shopguide/policy.toml"


def test_every_line_has_its_route() -> None:
    used = {line.name for name in ROUTES if (line := line_of(name))}
    assert sorted(set(lines()) - used) == []
    assert {line.object for line in lines().values()} - {""} <= set(KINDS)


@pytest.mark.parametrize("name", sorted(name for name in ROUTES if line_of(name)))
def test_a_route_is_as_the_policy_says(
    crowd: Crowd, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = line_of(name)
    assert line
    calls = Calls(crowd, name, line)
    for method, group in line.audiences.items():
        with monkeypatch.context() as patch:
            # Who may is the view's to say; what it looks like is not asked here.
            patch.setattr(Template, "render", lambda self, *_args, **_named: "drawn")
            for who in calls.present:
                calls.expect(who, method)
        inside = [who for who in ("editor", "owner", "guest", "system") if who in audience(group)]
        if line.object and inside:
            calls.expect_like_unknown(inside[0], method)
    if calls.door.name not in ("account", "operator") and not name.startswith("headless"):
        calls.expect_no_other_method()
    assert calls.faults == []


def test_the_portal_hides_which_shops_there_are(crowd: Crowd) -> None:
    """A shop that somebody is no member of answers as one that does not exist."""
    differing, chance = [], random.Random(5)
    names = sorted(ROUTES) if FULL else chance.sample(sorted(ROUTES), len(ROUTES) // 6)
    for name in names:
        line = line_of(name)
        if line and line.door == "portal" and "slug" in ROUTES[name].pattern.converters:
            calls = Calls(crowd, name, line)
            method = next(iter(line.audiences))
            ours, unknown = (
                calls.call("rival", method, calls.path(calls.names_for("owner") or {}, slug))
                for slug in ("loom", "no-such-shop")
            )
            if told(ours) != told(unknown):
                differing.append(name)
    assert differing == []


def test_there_are_enough_cells() -> None:
    cells = sum(len(line.audiences) * 13 for name in ROUTES if (line := line_of(name)))
    assert cells >= 1_800
