"""The audit log's triggers: which tables are watched, and what of a row is told.

`shopguide/audited.toml` lists them; after each migration the owner brings the triggers into line,
so a line in that file is all that a new table needs. Statement triggers: a statement that changes
thousands of rows costs one entry. A shopper's own acts (an order that takes stock) are no entries.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections, transaction

FILE = Path(__file__).resolve().parents[1] / "audited.toml"
MANY = 50  # rows of one statement, from which on only their number is told

TELLING = """
CREATE OR REPLACE FUNCTION accounts_telling(old jsonb, new jsonb, telling text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(key, CASE WHEN length(value::text) > 600
        THEN to_jsonb(left(value #>> '{}', 300) || '…') ELSE value END)
    FROM jsonb_each(old)
    WHERE key = ANY(telling) AND (new IS NULL OR value IS DISTINCT FROM new -> key)
$$
"""
AUDIT = """
CREATE OR REPLACE FUNCTION accounts_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who bigint := nullif(current_setting('shopguide.actor', true), '')::bigint;
    way text := coalesce(nullif(current_setting('shopguide.via', true), ''), 'database');
    telling text[] := TG_ARGV[0]::text[];
    shop text := TG_ARGV[1];
    changes jsonb;
    counts jsonb;
BEGIN
    -- The rows of an import are in its own journal, by which it can be taken back.
    IF nullif(current_setting('shopguide.journal', true), '') IS NOT NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT jsonb_object_agg(coalesce(s, ''), n) INTO counts FROM
            (SELECT to_jsonb(a)->>shop AS s, count(*) AS n FROM after a GROUP BY 1) c;
    ELSE
        SELECT jsonb_object_agg(coalesce(s, ''), n) INTO counts FROM
            (SELECT to_jsonb(b)->>shop AS s, count(*) AS n FROM before b GROUP BY 1) c;
    END IF;
    IF counts IS NULL THEN
        RETURN NULL;
    END IF;
    -- What shoppers do is in the order's own steps; here stands what the shop's people do.
    IF way IN ('web', 'api') AND NOT EXISTS (
        SELECT FROM accounts_membership m WHERE m.user_id = who AND counts ? m.merchant_id::text
    ) AND NOT EXISTS (SELECT FROM accounts_user u WHERE u.id = who AND u.is_staff)
      AND TG_TABLE_NAME NOT LIKE 'accounts_%' THEN
        RETURN NULL;
    END IF;
    IF (SELECT sum(value::int) FROM jsonb_each_text(counts)) > {many} THEN
        INSERT INTO accounts_auditentry
            (merchant_id, at, actor, via, "table", row, action, rows, before, after)
        SELECT nullif(key, '')::bigint, clock_timestamp(), who, way, TG_TABLE_NAME, '',
               lower(TG_OP), value::int, NULL, NULL
        FROM jsonb_each_text(counts);
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT jsonb_agg(jsonb_build_object('n', to_jsonb(a)) ORDER BY a.id) INTO changes
        FROM after a;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT jsonb_agg(jsonb_build_object('o', to_jsonb(b)) ORDER BY b.id) INTO changes
        FROM before b;
    ELSE
        SELECT jsonb_agg(jsonb_build_object('o', to_jsonb(b), 'n', to_jsonb(a)) ORDER BY a.id)
        INTO changes FROM after a JOIN before b USING (id);
    END IF;
    INSERT INTO accounts_auditentry
        (merchant_id, at, actor, via, "table", row, action, rows, before, after)
    SELECT nullif(coalesce(c->'n', c->'o')->>shop, '')::bigint, clock_timestamp(), who, way,
           TG_TABLE_NAME, coalesce(c->'n', c->'o')->>'id', lower(TG_OP), 1, t.old, t.new
    FROM jsonb_array_elements(changes) c,
         LATERAL (SELECT accounts_telling(c->'o', c->'n', telling) AS old,
                         accounts_telling(c->'n', c->'o', telling) AS new) t
    WHERE TG_OP <> 'UPDATE' OR t.old IS NOT NULL OR t.new IS NOT NULL;
    RETURN NULL;
END $$
"""
NEVER_CHANGED = """
CREATE OR REPLACE FUNCTION accounts_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER never_changed BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_never_changed()
"""
IMAGES = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}


@cache
def said() -> dict[str, Any]:
    """Return the file: ``tables`` with their telling columns, ``left_out`` with the reason."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def triggers() -> list[tuple[str, str]]:
    """Return each trigger as it should be, with its table."""
    found = []
    for table, columns in said()["tables"].items():
        shop = "id" if table == "accounts_merchant" else "merchant_id"
        listed = "{" + ",".join(columns) + "}"
        found += [
            (
                table,
                f"CREATE OR REPLACE TRIGGER audit_{event.lower()} AFTER {event} ON {table}"
                f" REFERENCING {image} FOR EACH STATEMENT"
                f" EXECUTE FUNCTION accounts_audit('{listed}', '{shop}')",
            )
            for event, image in IMAGES.items()
            if event == "UPDATE" or table not in said()["only_updates"]["tables"]
        ]
    return found


def install(sender: object = None, *, using: str = "owner", **kwargs: Any) -> None:
    """Bring the triggers into line with the file; nothing if they are. For ``post_migrate``.

    Tables that are not there yet get theirs after the migration that makes them.
    """
    functions = [TELLING, AUDIT.replace("{many}", str(MANY)), NEVER_CHANGED]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r'")
        there = {row[0] for row in cursor.fetchall()}
        if "accounts_auditentry" not in there:
            return  # migrated back beyond the log
        wanted = [statement for table, statement in triggers() if table in there]
        digest = hashlib.sha256("\n".join([*functions, *wanted]).encode()).hexdigest()
        if digest == installed(cursor):
            return
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'audit_%'"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
        for statement in [*functions, *wanted]:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON FUNCTION accounts_never_changed() IS '{digest}'")


def installed(cursor: Any) -> str:
    """Return the digest of what was installed last."""
    cursor.execute(
        "SELECT obj_description(oid) FROM pg_proc WHERE proname = 'accounts_never_changed'"
    )
    found = cursor.fetchone()
    return str(found[0]) if found else ""
