"""Everything of a person is found, handed over, and forgotten; nothing that a dump could show."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from catalog.models import Address, Alert, CartLine, Letter, Order, OrderEvent, Variant, WishItem
from catalog.models.order import Actor
from profiles import tracing
from profiles.consenting import choose
from profiles.erasing import erase, found_in_database, verified
from profiles.exporting import gather
from profiles.models import Erasure, Export
from profiles.tasks import erase_person, export_person, ring_leaving
from profiles.tracing import Person, look, ways
from shopguide.accounts.inviting import invite
from shopguide.accounts.models import Membership, Shopper, User
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.factories import make_merchant, make_product
from tests.people import browser, make_user

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Zyqwanda Canarybird", "zyqwanda.canary@example.com"
PHONE, STREET = "+86-139-5550-7731", "Canarystreet 7731 b"
CANARIES = ("zyqwanda", "canarybird", "5550-7731", "canarystreet")
PLACE = {"name": NAME, "phone": PHONE, "country": "CN", "city": "杭州市", "street": STREET}


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Keep files of these tests to themselves."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture
def person() -> Person:
    """Return somebody who has left traces everywhere."""
    user = User.objects.create_user(EMAIL, "a-long-password-1", first_name="Zyqwanda")
    shopper, guest = Shopper.objects.create(user=user), Shopper.objects.create()
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    UserSession.objects.create(user=user, ip="127.0.0.9", session_key="k", user_agent="Canarybird")
    shop = make_merchant()
    product = make_product(shop, "A1")
    Membership.objects.create(user=user, merchant=shop, role="analyst")
    invite(make_merchant("other"), EMAIL, "editor", user, "en", "https://x")
    choose(shopper, {"marketing": True})
    with as_everyone():
        variant = Variant.objects.get(product=product)
        for who in (shopper, guest):
            order = Order.objects.create(
                merchant=shop, shopper=who, currency="CNY", items_amount=5, total_amount=5,
                email=EMAIL.title(), address=PLACE, payment_provider="test",
            )  # fmt: skip
            OrderEvent.objects.create(
                merchant=shop, order=order, kind="placed", actor=Actor.SHOPPER, user=user,
                note=f"Ring at {STREET}",
            )  # fmt: skip
        CartLine.objects.create(shopper=shopper, merchant=shop, variant=variant)
        WishItem.objects.create(shopper=shopper, product=product)
        Address.objects.create(shopper=shopper, **PLACE)
        Alert.objects.create(
            shopper=shopper, product=product, kind="stock", currency="CNY", email=EMAIL
        )
        Letter.objects.create(
            shopper=shopper, kind="placed", key="k", to=EMAIL, language="en", facts={"to": NAME}
        )
    client = browser(user)
    client.get("/")
    call_command("sendtestemail", EMAIL)
    return Person(user, shopper, mentioned=True)


def dump() -> str:
    """Return every row of every table as text, as the role that may see all."""
    text = io.StringIO()
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r'"
                       " AND relnamespace = 'public'::regnamespace")  # fmt: skip
        for (table,) in cursor.fetchall():
            if table != "accounts_auditentry":
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                text.writelines(row[0].lower() + "\n" for row in cursor.fetchall())
            else:
                cursor.execute("SET LOCAL shopguide.everyone = 'on'")
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                text.writelines(row[0].lower() + "\n" for row in cursor.fetchall())
    return text.getvalue()


def valkey() -> bytes:
    """Return every key and value of the cache's server."""
    client = getattr(getattr(cache, "_cache", None), "get_client", None)
    if client is None:
        return b""
    server = client()
    found = b""
    for key in server.scan_iter(count=1000):
        kind = server.type(key)
        found += key + (server.get(key) or b"" if kind == b"string" else b"")
    return found


def test_every_way_to_a_person_is_listed() -> None:
    _ways, unlisted = look()
    assert unlisted == [], "say in profiles/personal.toml what is done with them"
    names = {way.name for way in ways()}
    assert set(tracing.listed()["ways"]) == names - set(tracing.listed()["mentions"])
    assert [way.name for way in ways() if way.do == "keep" and not way.reason] == []
    assert {way.do for way in ways()} <= {"erase", "keep", "forget"}


def test_a_table_that_nobody_listed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = tracing.listed()
    fewer = {name: line for name, line in known["ways"].items() if name != "catalog.Cart.shopper"}
    monkeypatch.setattr(tracing, "listed", lambda: {**known, "ways": fewer})
    assert look.__wrapped__()[1] == ["catalog.Cart.shopper"]


def test_the_canaries_are_there_to_be_found(person: Person) -> None:
    text = dump()
    assert all(canary in text for canary in CANARIES)
    with as_everyone():
        assert len(found_in_database({EMAIL})) >= 6


def test_nothing_of_the_person_is_left(person: Person, settings: Settings) -> None:
    with as_everyone():
        orders = list(Order.objects.values_list("number", "total_amount"))
    said = erase(person)
    text = dump()
    assert [canary for canary in CANARIES if canary in text] == []
    assert [canary for canary in CANARIES if canary.encode() in valkey().lower()] == []
    assert not list(Path(settings.EMAIL_FILE_PATH).glob("*"))
    assert said["remaining"] == 0
    assert said["tables"]["catalog_address"] == 1 and said["tables"]["accounts_user"] == 1
    with as_everyone():  # statistics stay
        assert list(Order.objects.values_list("number", "total_amount")) == orders
        assert set(Order.objects.values_list("email", flat=True)) == {""}
    assert said["kept"]["catalog_order"]["rows"] == 2 and said["kept"]["catalog_order"]["reason"]
    assert not any(canary in json.dumps(said).lower() for canary in CANARIES)


def test_neighbours_keep_everything(person: Person) -> None:
    other = make_user("neighbour")
    keeper = Shopper.objects.create(user=other)
    with as_everyone():
        Address.objects.create(
            shopper=keeper, **(PLACE | {"name": "Ann", "street": "1", "phone": "2"})
        )
        choose(keeper, {"training": True})
    before = gather(Person(other, keeper)).tables
    erase(person)
    assert gather(Person(other, keeper)).tables == before


def test_a_certificate_cannot_be_changed(person: Person) -> None:
    said = erase(person)
    assert verified(said)
    assert not verified(said | {"remaining": 1})
    assert not verified(said | {"signature": "0" * 64})


def test_an_unproven_address_does_not_reach_others_orders(person: Person) -> None:
    assert person.shopper
    erase(Person(person.user, person.shopper, mentioned=False))
    with as_everyone():
        assert Order.objects.filter(email__iexact=EMAIL).count() == 1


def test_the_commands_say_what_the_contract_wants(person: Person, tmp_path: Path) -> None:
    out = io.StringIO()
    target = tmp_path / "all.zip"
    call_command("export_shopper", EMAIL.upper(), file=target, json=True, stdout=out)
    told = json.loads(out.getvalue().splitlines()[-1])
    assert set(told) >= {"tables", "vectors", "files"}
    assert {way.table for way in ways()} <= set(told["tables"])
    assert told["tables"]["catalog_order"] == 2 and told["tables"]["catalog_address"] == 1
    with zipfile.ZipFile(target) as packed:
        words = packed.read("data.json").decode()
    assert STREET in words and PHONE in words
    assert "pbkdf2" not in words and "password" not in words and '"secret"' not in words
    out = io.StringIO()
    call_command("erase_shopper", EMAIL, json=True, stdout=out)
    gone = json.loads(out.getvalue().splitlines()[-1])
    assert gone["remaining"] == 0 and verified(gone["certificate"])
    call_command("erase_shopper", verify=Path(gone["certificate_file"]))
    with pytest.raises(CommandError, match="no account"):
        call_command("erase_shopper", EMAIL)
    with pytest.raises(CommandError, match="no certificate"):
        call_command("erase_shopper", verify=target)


def test_who_comes_back_with_a_backup_is_forgotten_again(person: Person) -> None:
    call_command("erase_shopper", EMAIL)
    User.objects.create_user(EMAIL)
    call_command("erase_shopper", again=True)
    assert not User.objects.filter(email=EMAIL).exists()


def test_an_export_is_made_by_a_worker_and_sent_to_its_shopper_only(person: Person) -> None:
    client = browser(person.user)
    assert client.post("/privacy/export/").status_code == 302
    with as_everyone():
        job = Export.objects.get()
    export_person(job.pk)
    path = f"/privacy/export/{job.number}/"
    answer = client.get(path)
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert STREET in packed.read("data.json").decode()
    assert browser(make_user("rui")).get(path).status_code == 404
    assert browser().get(path).status_code == 404
    with as_everyone():
        Export.objects.update(finished_at=timezone.now() - timezone.timedelta(days=8))
    ring_leaving()
    assert client.get(path).status_code == 404


def test_a_wish_waits_is_taken_back_or_done(person: Person) -> None:
    client = browser(person.user)
    page = client.post("/privacy/erase/", {"wait": "0"})
    assert "reauthenticate" in page["Location"]  # a password is asked for first
    with as_everyone():
        waits = Erasure.objects.create(
            shopper=person.shopper, due_at=timezone.now() + timezone.timedelta(days=7)
        )
    erase_person(waits.pk)
    assert User.objects.filter(email=EMAIL).exists()  # not yet due
    client.post("/privacy/stay/")
    with as_everyone():
        Erasure.objects.filter(pk=waits.pk).update(due_at=timezone.now())
    erase_person(waits.pk)
    assert User.objects.filter(email=EMAIL).exists()  # taken back
    with as_everyone():
        wish = Erasure.objects.create(shopper=person.shopper)
    erase_person(wish.pk)
    assert not User.objects.filter(email=EMAIL).exists()
    page = browser().get(f"/privacy/erased/{wish.number}/").content.decode()
    assert "You are forgotten" in page and EMAIL not in page


def test_a_browser_without_an_account_is_forgotten_too() -> None:
    client = browser()
    client.post("/privacy/", {"marketing": "on"})
    answer = client.post("/privacy/erase/", {"wait": "0"})
    with as_everyone():
        wish = Erasure.objects.get()
    assert str(wish.number) in answer["Location"]
    erase_person(wish.pk)
    assert not Shopper.objects.exists()


def test_the_shop_keeps_its_rows(person: Person) -> None:
    shop_rows: dict[str, Any] = {}
    with as_everyone():
        shop_rows["before"] = Variant.objects.count()
    erase(person)
    with as_everyone():
        assert Variant.objects.count() == shop_rows["before"]
