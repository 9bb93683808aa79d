"""A shop's keys: shown once, kept as a digest, renewed with an overlap, dead when revoked."""

import re
from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from shopguide.accounts.acting import acting
from shopguide.accounts.api import ApiKeyAuthentication, may
from shopguide.accounts.keys import OVERLAP, found, issue, renew, revoke
from shopguide.accounts.models import ApiKey, Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
KEYS = "/merchant/loom/keys/"


@pytest.fixture
def people() -> Iterator[People]:
    """Return everybody; that a key was acting is forgotten afterwards."""
    with acting(None):
        yield make_people()


def asked(secret: str, scheme: str = "Bearer") -> Request:
    """Return a request that came with a key."""
    return Request(
        RequestFactory().get("/api/v1/", headers={"Authorization": f"{scheme} {secret}"})
    )


def test_a_key_is_shown_once_and_kept_nowhere(people: People) -> None:
    mei = browser(people.mei)
    page = mei.post(KEYS, {"name": "Stock", "scopes": ["orders:read"]}).content.decode()
    match = re.search(r"sgk_[0-9a-f]{8}_[\w-]{43}", page)
    assert match
    secret = match[0]
    assert secret not in mei.get(KEYS).content.decode()
    assert secret[:12] in mei.get(KEYS).content.decode()
    with as_everyone():
        row = ApiKey.objects.get()
    assert secret not in str(vars(row)) and row.scopes == ["orders:read"]
    key = found(secret)
    assert key and key.merchant == people.loom
    with as_everyone():
        assert ApiKey.objects.get().last_used_at is not None


def test_only_the_whole_key_opens(people: People) -> None:
    _key, secret = issue(people.loom, "x", ["orders:read"], by=people.mei)
    for wrong in (secret[:-1], secret + "x", secret[:12], "sgk_", "", secret.upper(), "x" * 500):
        assert found(wrong) is None


def test_renewing_overlaps_for_a_day_and_revoking_is_at_once(people: People) -> None:
    old, secret = issue(people.loom, "x", ["orders:read"], by=people.mei)
    new, other = renew(old, by=people.mei)
    assert found(secret) and found(other) and new.replaces == old
    with as_merchant(people.loom):
        ApiKey.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    assert found(secret) is None and found(other)
    assert OVERLAP.total_seconds() == 86_400
    revoke(new)
    assert found(other) is None


def test_a_suspended_shops_keys_open_nothing(people: People) -> None:
    _key, secret = issue(people.loom, "x", ["orders:read"], by=people.mei)
    Merchant.objects.filter(pk=people.loom.pk).update(suspended_at=timezone.now())
    assert found(secret) is None


def test_the_door_of_the_api(people: People) -> None:
    _key, secret = issue(people.loom, "x", ["orders:read"], by=people.mei)
    door = ApiKeyAuthentication()
    user, key = door.authenticate(asked(secret)) or (None, None)
    assert user is not None and not user.is_authenticated and key
    request = asked(secret)
    request.auth = key
    assert may("orders:read")().has_permission(request, None)
    assert not may("orders:write")().has_permission(request, None)
    with pytest.raises(AuthenticationFailed):
        door.authenticate(asked(secret + "x"))
    assert door.authenticate(asked("other-token")) is None
    assert door.authenticate(asked(secret, "Basic")) is None


@pytest.mark.parametrize("sent", [
    {"name": "x"}, {"name": "", "scopes": ["orders:read"]}, {"name": "x", "scopes": ["root"]},
    {"name": "x" * 81, "scopes": ["orders:read"]}, {"name": "\x00", "scopes": ["orders:read"]},
])  # fmt: skip
def test_mistakes_make_no_key(people: People, sent: dict[str, object]) -> None:
    assert browser(people.mei).post(KEYS, sent).status_code == 422
    with as_everyone():
        assert not ApiKey.objects.exists()


def test_renew_and_revoke_by_the_page(people: People) -> None:
    key, secret = issue(people.loom, "x", ["orders:read"], by=people.mei)
    mei = browser(people.mei)
    page = mei.post(f"{KEYS}{key.pk}/renew/").content.decode()
    assert "sgk_" in page and secret not in page
    assert mei.post(f"{KEYS}{key.pk}/revoke/").status_code == 302
    assert found(secret) is None
    assert mei.post(f"{KEYS}{key.pk}/revoke/").status_code == 404
