#!/usr/bin/env python
"""Django's command line, with the embedded services brought up where they are needed."""

import os
import sys

WITHOUT_SERVICES = {
    "check", "makemigrations", "help", "version", "collectstatic", "fetch_models",
    "makemessages", "compilemessages", "startapp", "evaluate_recommender",
    "--help", "-h", "--version",
}  # fmt: skip


def needs_services(argv: list[str]) -> bool:
    """Tell whether the command touches the database or the broker."""
    if os.environ.get("DATABASE_URL") or os.environ.get("BROKER_URL"):
        return False
    return len(argv) > 1 and argv[1] not in WITHOUT_SERVICES and not {"-h", "--help"} & set(argv)


# What looks at the tables' history or makes it itself.
WITH_OWN_TABLES = {"migrate", "showmigrations", "sqlmigrate", "squashmigrations", "test"}


def bring_tables() -> None:
    """Make the tables that the embedded database lacks; says so on standard error."""
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Bringing the tables of the embedded database up to date …", file=sys.stderr)
        call_command("migrate", verbosity=0, skip_checks=True)


def main() -> None:
    """Run one management command, inside a lease of the embedded services if it needs them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
    from django.core.management import execute_from_command_line

    if not needs_services(sys.argv):
        execute_from_command_line(sys.argv)
        return
    from shopguide.embedded import data_dir, ensure

    with ensure(data_dir()) as addresses:
        os.environ.update(addresses.environ())
        if sys.argv[1] not in WITH_OWN_TABLES:
            bring_tables()
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
