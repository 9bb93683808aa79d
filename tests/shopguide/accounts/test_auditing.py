"""The log tells who changed what, by the database itself, and cannot be altered."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from catalog import tasks
from catalog.models import CatalogImport, Coupon, Price, ShippingMethod, Stock
from shopguide.accounts import auditing
from shopguide.accounts.acting import acting, actor
from shopguide.accounts.models import AuditEntry, Membership, Merchant
from shopguide.accounts.presenting import column, columns
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
LOG = "/merchant/loom/log/"


@pytest.fixture
def people() -> People:
    return make_people()


def entries(people: People, table: str) -> list[AuditEntry]:
    with as_merchant(people.loom):
        return list(AuditEntry.objects.filter(table=table).order_by("pk"))


def test_every_table_of_a_shop_is_watched_or_left_out_with_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns JOIN"
            " information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND column_name = 'merchant_id'"
            " AND table_type = 'BASE TABLE'"
        )
        there = {row[0] for row in cursor.fetchall()}
    said = auditing.said()
    unsaid = sorted(there - set(said["tables"]) - set(said["left_out"]))
    assert unsaid == [], "name them in shopguide/audited.toml"
    assert set(said["tables"]) - there <= {"accounts_merchant"}
    assert all(said["left_out"].values())


def test_every_column_that_is_told_has_a_name_in_both_languages() -> None:
    told = {column for columns in auditing.said()["tables"].values() for column in columns}
    assert told == set(columns()), "name them in shopguide/columns.toml"
    assert all(one["zh"] and not one["zh"].isascii() for one in columns().values())
    assert all(one["en"] and one["en"].isascii() for one in columns().values())
    with translation.override("zh-hans"):
        assert column("quantity") == "数量" and column("unheard_of") == "unheard_of"


def test_every_watched_table_has_its_triggers_and_every_column_exists() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
            " WHERE tgname LIKE 'audit\\_%' GROUP BY 1"
        )
        counts = dict(cursor.fetchall())
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns")
        columns = set(cursor.fetchall())
    said = auditing.said()
    for table, telling in said["tables"].items():
        assert counts[table] == (1 if table in said["only_updates"]["tables"] else 3), table
        assert {(table, one) for one in telling} <= columns, table
    secret = {"digest", "nonce", "password", "address", "note"}
    assert not secret & {one for telling in said["tables"].values() for one in telling}


def test_a_change_in_the_portal_is_told_with_before_and_after(people: People) -> None:
    product = make_product(people.loom, "A1", price="99.00")
    with acting(people.edda.pk, "web"), as_merchant(people.loom):
        Price.objects.filter(variant__product=product).update(amount=Decimal("89.00"))
    (*_made, change) = entries(people, "catalog_price")
    assert (change.actor, change.via, change.action) == (people.edda.pk, "web", "update")
    assert (change.before, change.after) == ({"amount": 99.0}, {"amount": 89.0})


def test_the_page_of_terms_is_told_through_the_whole_way(people: People) -> None:
    sent = {"adding": "coupon", "code": "spring", "kind": "percent", "value": "10", "minimum": "0"}
    edda = browser(people.edda)
    edda.post("/merchant/loom/terms/", sent)
    with as_merchant(people.loom):
        pk = Coupon.objects.get().pk
    edda.post(f"/merchant/loom/terms/coupon/{pk}/remove/")
    made, gone = entries(people, "catalog_coupon")
    assert {made.actor, gone.actor} == {people.edda.pk}
    assert (made.action, gone.action, made.row) == ("insert", "delete", str(pk))
    assert made.after["code"] == "SPRING"
    page = browser(people.mei).get(LOG).content.decode()
    assert "edda@example.com" in page and "SPRING" in page


def test_workers_and_commands_are_told_as_what_they_are(people: People) -> None:
    assert actor() == ("", "command")
    with acting(people.mei.pk), as_merchant(people.loom):
        ShippingMethod.objects.create(merchant=people.loom, code="x", currency="CNY", amount=1)
    with as_merchant(people.loom):
        ShippingMethod.objects.update(amount=2)
    told = [(one.actor, one.via) for one in entries(people, "catalog_shippingmethod")]
    assert told == [(people.mei.pk, "worker"), (None, "command")]


def test_an_import_is_told_as_the_work_of_whoever_asked_for_it(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(job: CatalogImport) -> None:
        with as_merchant(job.merchant_id):
            ShippingMethod.objects.create(merchant=people.loom, code="x", currency="CNY", amount=1)

    monkeypatch.setattr(tasks, "import_file", bring)
    for bell in (tasks.index_products, tasks.draw_pictures):
        monkeypatch.setattr(bell, "delay", lambda _pk: None)
    with as_merchant(people.loom):
        job = CatalogImport.objects.create(merchant=people.loom, asked_by=people.mei, file="x.csv")
    tasks.import_catalog(job.pk)
    told = [(one.actor, one.via) for one in entries(people, "catalog_shippingmethod")]
    assert told == [(people.mei.pk, "worker")]
    assert actor() == ("", "command"), "and nobody's afterwards"


def test_a_statement_about_very_many_rows_is_one_entry(people: People) -> None:
    product = make_product(people.loom, "A1")
    with as_merchant(people.loom):
        Coupon.objects.bulk_create(
            Coupon(merchant=people.loom, code=f"C{n}", kind="percent", value=5) for n in range(60)
        )
        Coupon.objects.filter(code="C1").update(value=6)
        Coupon.objects.filter(code="C1").update(value=6)  # changes nothing
    told = [(one.action, one.rows) for one in entries(people, "catalog_coupon")]
    assert told == [("insert", 60), ("update", 1)]
    assert product.pk


def test_what_shoppers_do_is_no_entry(people: People) -> None:
    make_product(people.loom, "A1", stock=5)
    before = len(entries(people, "catalog_stock"))
    for person in (people.sam.pk, people.rui.pk, None):
        with acting(person, "web"), as_merchant(people.loom):
            Stock.objects.update(quantity=4)
    assert len(entries(people, "catalog_stock")) == before
    with acting(people.edda.pk, "web"), as_merchant(people.loom):
        Stock.objects.update(quantity=3)
    assert len(entries(people, "catalog_stock")) == before + 1


@pytest.mark.parametrize("act", [
    "UPDATE accounts_auditentry SET via = 'x'", "DELETE FROM accounts_auditentry",
    "INSERT INTO accounts_auditentry (at, via, \"table\", row, action, rows)"
    " VALUES (now(), 'x', 'x', '', 'update', 1)",
    "ALTER TABLE accounts_auditentry DISABLE TRIGGER ALL",
])  # fmt: skip
def test_nobody_alters_the_log(people: People, act: str) -> None:
    with as_everyone():
        before = AuditEntry.objects.count()
    assert before
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    with as_everyone():
        assert AuditEntry.objects.count() == before


def test_a_rival_reads_nothing_and_nobody_without_a_tenant(people: People) -> None:
    assert entries(people, "accounts_membership")
    with as_merchant(people.rival):
        assert not AuditEntry.objects.filter(merchant=people.loom).exists()
    assert not AuditEntry.objects.exists()


def test_operators_are_told_too(people: People) -> None:
    people.sam.is_staff = people.sam.is_superuser = True
    people.sam.save()
    form = {"slug": "loom", "name_en": "Loom 2", "suspended_at_0": "", "suspended_at_1": "",
            "currencies": "CNY", "hours": "{}", "holidays": "[]"}  # fmt: skip
    browser(people.sam).post(f"/operator/accounts/merchant/{people.loom.pk}/change/", form)
    assert Merchant.objects.get(pk=people.loom.pk).name_en == "Loom 2"
    last = entries(people, "accounts_merchant")[-1]
    assert (last.actor, last.via) == (people.sam.pk, "operator")
    assert last.after["name_en"] == "Loom 2"


@pytest.mark.parametrize(("asked", "seen"), [
    ({}, True), ({"about": "accounts_membership"}, True), ({"about": "catalog_price"}, False),
    ({"action": "delete"}, False), ({"since": "2999-01-01"}, False),
    ({"until": "2999-01-01"}, True),
    ({"person": "999999"}, False), ({"person": "x", "since": "x", "before": "-1"}, True),
    ({"about": "\x00", "action": "' OR 1=1"}, True), ({"before": "1"}, False),
])  # fmt: skip
def test_filters(people: People, asked: dict[str, Any], seen: bool) -> None:
    page = browser(people.mei).get(LOG, asked)
    assert page.status_code == 200
    assert (">Team member" in page.content.decode().replace("\n", "").replace("  ", "")) or not seen
    assert ("No change fits" in page.content.decode()) is not seen


def test_membership_of_a_person_is_a_number(people: People) -> None:
    told = entries(people, "accounts_membership")[0]
    assert set(told.after) == {"user_id", "role", "suspended_at"}
    assert Membership.objects.filter(user_id=told.after["user_id"]).exists()
