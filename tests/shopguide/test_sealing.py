"""Secrets in the database: unreadable without the keys, readable through a change of keys."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from shopguide import sealing
from shopguide.accounts.delivering import secret_of, secrets_of
from shopguide.accounts.models import Webhook
from shopguide.sealing import Unsealable, reseal, seal, unseal
from tests.people import browser, make_user


@pytest.fixture(autouse=True)
def no_hurry(settings: Any) -> None:
    """Let a code hold for a moment longer than a busy machine takes."""
    settings.MFA_TOTP_TOLERANCE = 1


def now_code(secret: str) -> str:
    """Return what an app shows at this moment."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def test_what_is_sealed_is_read_for_its_purpose_only(settings: Any) -> None:
    sealed = seal("JBSWY3DPEHPK3PXP 雨", "a")
    assert "JBSWY3DP" not in sealed and seal("x", "a") != seal("x", "a")
    assert unseal(sealed, "a") == "JBSWY3DPEHPK3PXP 雨"
    end = "A" if sealed[-5] != "A" else "B"
    for wrong in ("", "plain", sealed.removeprefix("sealed:"), "sealed:", "sealed:é",
                  sealed[:-5] + end + sealed[-4:]):  # fmt: skip
        with pytest.raises(Unsealable):
            unseal(wrong, "a")
    with pytest.raises(Unsealable):
        unseal(sealed, "b")
    settings.SECRET_KEY = "another"
    with pytest.raises(Unsealable):
        unseal(sealed, "a")


def test_keys_change_without_a_moment_in_which_nothing_is_read(settings: Any) -> None:
    settings.SEALING_KEYS = ["first"]
    sealed = seal("x", "a")
    settings.SEALING_KEYS = ["second", "first"]
    assert unseal(sealed, "a") == "x"
    anew = reseal(sealed, "a")
    assert anew != sealed and reseal(anew, "a") == anew
    settings.SEALING_KEYS = ["second"]
    assert unseal(anew, "a") == "x"
    with pytest.raises(Unsealable):
        reseal(sealed, "a")
    settings.SEALING_KEYS = []
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "third", ["second"]
    assert unseal(anew, "a") == "x"


@pytest.mark.django_db
def test_the_table_holds_no_secret_and_codes_open(settings: Any) -> None:
    user, secret = make_user("mei"), generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).generate_codes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert secret not in kept and not re.search(r"\b[0-9a-f]{80}\b", kept)
    assert kept.count(sealing.MARK) == 2 and not any(code in kept for code in codes)
    row = Authenticator.objects.get(type="totp")
    assert TOTP(row).validate_code(now_code(secret))
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).validate_code(codes[3])


@pytest.mark.django_db
def test_where_the_key_is_gone_no_code_fits_and_no_page_fails(settings: Any) -> None:
    user, secret = make_user("mei"), generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).generate_codes()
    settings.SEALING_KEYS = ["lost the others"]
    row = Authenticator.objects.get(type="totp")
    for guess in (now_code(secret), now_code(""), now_code("A" * 32)):
        assert not TOTP(row).validate_code(guess)
    kept = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    assert not kept.validate_code(codes[0])
    user.set_password("a-long-password-1")
    user.save()
    client = browser()
    client.post("/accounts/login/", {"login": user.email, "password": "a-long-password-1"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": now_code(secret)})
    assert answer.status_code in (200, 302) and "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_command_brings_all_under_the_newest_key(settings: Any, capsys: Any) -> None:
    settings.SEALING_KEYS = ["first"]
    user, secret = make_user("mei"), generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    settings.SEALING_KEYS = ["second", "first"]
    call_command("reseal", "--json")
    call_command("reseal", "--json")
    assert [line for line in capsys.readouterr().out.splitlines() if line] == [
        '{"rows": 2, "changed": 2, "lost": 0}', '{"rows": 2, "changed": 0, "lost": 0}'
    ]  # fmt: skip
    settings.SEALING_KEYS = ["second"]
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(now_code(secret))
    settings.SEALING_KEYS = ["third"]
    with pytest.raises(CommandError, match="2 can be read by none"):
        call_command("reseal")


@pytest.mark.django_db
def test_rows_of_before_are_sealed_by_the_migration_and_opened_by_its_reverse() -> None:
    from importlib import import_module

    migration = import_module("shopguide.accounts.migrations.0005_second_steps_sealed")
    user, secret = make_user("mei"), generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    Authenticator.objects.create(
        user=user, type="recovery_codes", data={"migrated_codes": ["12345678"], "seed": "ab"}
    )
    schema_editor = type("Editor", (), {"connection": connection})
    migration.seal_all(apps, schema_editor)
    migration.seal_all(apps, schema_editor)
    assert secret not in str(list(Authenticator.objects.values_list("data")))
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(now_code(secret))
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).validate_code("12345678")
    Authenticator.objects.filter(type="recovery_codes").delete()
    migration.open_all(apps, schema_editor)
    assert Authenticator.objects.get().data == {"secret": secret}


def test_a_webhooks_secret_outlives_a_change_of_the_installations_key(settings: Any) -> None:
    hook = Webhook(number="0" * 32, generation=1)
    before = secret_of(hook)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert secrets_of(hook) == [secret_of(hook), before] and secret_of(hook) != before
