"""Lists of ways in that must stay shut: forged posts, foreign addresses, odd hosts, guessing."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.urls.converters import UUIDConverter
from pytest_django import Settings

from shopguide.accounts.models import Membership, Role, User
from tests.access.policy import line_of, routes
from tests.people import browser, make_people, make_user

pytestmark = pytest.mark.django_db
# One click in a letter: the word in the address is the proof, and mail programs send it themselves.
PROVEN_OTHERWISE = {"alert_stop"}
NO_TOKEN = str(uuid.UUID(int=0))
ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "http:evil.example", "https:/evil.example", "javascript:alert(1)",
    "data:text/html,x", "/\t/evil.example", "\t//evil.example", "http://testserver@evil.example/",
    "https://testserver.evil.example/", "//testserver@evil.example", " //evil.example",
    "/%0d%0aLocation:evil", "http://[::1]/", "ftp://evil.example", "//evil%2eexample",
    "https://evil.example\\@testserver/",
]  # fmt: skip
HOSTS = ["evil.example", "testserver.evil.example", "evil.example:80", "testserver@evil.example",
         "", "a b", "127.0.0.1.nip.example"]  # fmt: skip


def test_a_post_without_our_token_does_nothing() -> None:
    """Below /api/ no cookie opens anything, so there is nothing to forge."""
    client, forged = Client(enforce_csrf_checks=True), []
    client.force_login(make_people().mei)
    for name, pattern in routes().items():
        line = line_of(name)
        if name in PROVEN_OTHERWISE:
            continue
        if line and "POST" in line.audiences and line.door in ("pages", "portal", "account"):
            wanted = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
            known = {"slug": "loom", "pk": 1, "number": "AAAAA-AAAAA", "back": "AAAAA-AAAAA",
                     "key": "x", "uidb36": "1", "token": NO_TOKEN, "code": "x"}  # fmt: skip
            if isinstance(pattern.pattern.converters.get("number"), UUIDConverter):
                known["number"] = NO_TOKEN
            if name.startswith("mfa_") and "webauthn" in name:
                wanted |= {"pk"} if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else set()
            if wanted - set(known):
                continue
            answer = client.post(reverse(name, kwargs={key: known[key] for key in wanted}))
            if answer.status_code != 403:
                forged.append((name, answer.status_code))
    assert forged == []


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_sent_elsewhere(where: str) -> None:
    sam = make_user("sam")
    sam.set_password("a-long-password-1")
    sam.save()
    client = browser()
    answers = [
        client.post("/preferences/", {"theme": "dark", "next": where}),
        client.post("/cart/add/", {"variant": "1", "next": where}),
        client.post(
            "/accounts/login/",
            {"login": sam.email, "password": "a-long-password-1", "next": where},
        ),
        browser(sam).post("/accounts/logout/", {"next": where}),
        browser().get("/operator/login/", {"next": where}),
    ]
    for answer in answers[:4]:
        assert answer.status_code in (200, 302)
        assert "evil.example" not in answer.get("Location", "").partition("?")[0]
        assert not answer.get("Location", "/").startswith(("//", "\\", "javascript", "data"))
    assert answers[4]["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("host", HOSTS)
def test_a_strange_host_is_refused(host: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = Client(headers={"Host": host}).get("/accounts/password/reset/")
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_guessing_a_password_ends_after_a_few(settings: Settings) -> None:
    cache.clear()
    make_user("sam")
    client, statuses = Client(), []
    for guess in range(12):
        sent = {"login": "sam@example.com", "password": f"guess-{guess}"}
        # A made-up header of a proxy that is not ours changes nothing.
        headers = {"X-Forwarded-For": f"203.0.113.{guess}"}
        statuses.append(client.post("/accounts/login/", sent, headers=headers).status_code)
    assert (
        statuses[-1] == 429 or "Too many" in client.post("/accounts/login/", sent).content.decode()
    )
    cache.clear()


def test_nobody_makes_themselves_more_than_they_are() -> None:
    client = browser()
    sent = {"email": "eve@example.com", "password1": "a-long-password-1",
            "password2": "a-long-password-1", "is_staff": "1", "is_superuser": "on",
            "is_demo": "1", "role": "owner", "merchant": "1", "id": "1"}  # fmt: skip
    client.post("/accounts/signup/", sent)
    eve = User.objects.get(email="eve@example.com")
    assert (eve.is_staff, eve.is_superuser, eve.is_demo) == (False, False, False)
    assert not Membership.objects.filter(user=eve).exists()
    assert not EmailAddress.objects.filter(user=eve, verified=True).exists()
    people = make_people()
    terms = {"adding": "coupon", "code": "A", "kind": "percent", "value": "5", "minimum": "0",
             "merchant": people.rival.pk, "used": "99", "id": "7"}  # fmt: skip
    browser(people.mei).post("/merchant/loom/terms/", terms)
    from catalog.models import Coupon
    from shopguide.accounts.tenancy import as_everyone

    with as_everyone():
        made = Coupon.objects.get()
    assert (made.merchant, made.used) == (people.loom, 0)
    assert Membership.objects.get(user=people.edda).role == Role.EDITOR


def test_a_production_setting_is_clean() -> None:
    env = {name: os.environ[name] for name in os.environ if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | {
        "SHOPGUIDE_PRODUCTION": "1", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "ALLOWED_HOSTS": "shop.example", "DJANGO_SETTINGS_MODULE": "shopguide.settings",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
