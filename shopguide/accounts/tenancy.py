"""Whose rows are visible: the tenant, held by Postgres for one transaction.

Row-level security reads three transaction-local settings: ``shopguide.tenant`` (a merchant's id),
``shopguide.shopper`` (a shopper's id) and ``shopguide.everyone`` (sweeps and operators). Nothing is
kept on a pooled connection: each block sets and restores its own. Blocks that write for a shop also
tell who is acting (``shopguide.actor``, ``shopguide.via``), for the audit log. Migrations declare
policies with :class:`RowSecurity`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from shopguide.accounts.acting import actor
from shopguide.accounts.models import Merchant, Shopper


class OwnerMigrates:
    """Database router: all reads and writes go to ``default``; only migrations use ``owner``."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, first: object, second: object, **hints: Any) -> bool:
        return True


SET_SQL = """
WITH before AS MATERIALIZED (SELECT coalesce(current_setting(%(name)s, true), '') AS value)
SELECT value, set_config(%(name)s, %(value)s, true) FROM before
"""


@contextmanager
def _setting(name: str, value: str) -> Iterator[None]:
    """Hold a setting for a block: one statement, one more where a block around it has another."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SET_SQL, {"name": name, "value": value})
        before = cursor.fetchone()[0]
        yield
        if before != value and not outermost:  # the end of a transaction is the end of its settings
            cursor.execute("SELECT set_config(%s, %s, true)", [name, before])


@contextmanager
def as_merchant(merchant: Merchant | int) -> Iterator[None]:
    """Open a transaction in which this shop's rows, and only its own, can be written and read.

    Public reading of live products stays possible. After an error the transaction rolls back,
    and with it the setting.
    """
    number = merchant if isinstance(merchant, int) else merchant.pk
    with _setting("shopguide.tenant", str(number)):
        tell_actor()
        yield


def tell_actor() -> None:
    """Tell the open transaction who is acting. One statement."""
    person, via = actor()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('shopguide.actor', %s, true), set_config('shopguide.via', %s, true)",
            [person, via],
        )


@contextmanager
def as_shopper(shopper: Shopper | UUID | None) -> Iterator[None]:
    """Open a transaction in which this shopper's own rows can be seen; nobody's for None."""
    number = shopper.pk if isinstance(shopper, Shopper) else shopper
    with _setting("shopguide.shopper", str(number or "")):
        yield


@contextmanager
def as_everyone() -> Iterator[None]:
    """Open a transaction that sees every shop's rows: for sweeps, operators and erasure only."""
    with _setting("shopguide.everyone", "on"):
        tell_actor()
        yield


TENANT = "merchant_id = nullif(current_setting('shopguide.tenant', true), '')::bigint"
SHOPPER = "shopper_id = nullif(current_setting('shopguide.shopper', true), '')::uuid"
# Written by triggers of the owner only.
READ_ONLY = ("accounts_auditentry",)
EVERYONE = "coalesce(current_setting('shopguide.everyone', true), '') = 'on'"


class RowSecurity(Operation):
    """Migration operation: put one table under row-level security.

    ``owner``: SQL condition under which a row may be read and written, the shop's own rows unless
    it is said otherwise. ``read``: under which others may read it besides (``"true"`` for public
    projections).
    """

    reversible = True

    def __init__(self, table: str, *, read: str = "", owner: str = TENANT) -> None:
        self.table, self.read, self.owner = table, read, owner

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models' state."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Enable and force the policies."""
        writable = f"({self.owner}) OR {EVERYONE}"
        readable = writable + (f" OR ({self.read})" if self.read else "")
        for statement in (
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {self.table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY reading ON {self.table} FOR SELECT USING ({readable})",
            f"CREATE POLICY adding ON {self.table} FOR INSERT WITH CHECK ({writable})",
            f"CREATE POLICY changing ON {self.table} FOR UPDATE"
            f" USING ({writable}) WITH CHECK ({writable})",
            f"CREATE POLICY removing ON {self.table} FOR DELETE USING ({writable})",
        ):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Remove the policies."""
        for policy in ("reading", "adding", "changing", "removing"):
            schema_editor.execute(f"DROP POLICY {policy} ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        """Say what the operation does, for ``migrate --plan``."""
        return f"Row-level security on {self.table}"


def grant_to_app(using: str) -> None:
    """Let the application's role use what the owner's migrations made; nothing if they are one."""
    app = str(settings.DATABASES["default"].get("USER") or "")
    owner = connections[using]
    if not app or app == owner.settings_dict.get("USER"):
        return
    with owner.cursor() as cursor:
        quoted = owner.ops.quote_name(app)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table in READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")
