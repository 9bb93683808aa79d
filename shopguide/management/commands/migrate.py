"""Migrate as the owner of the tables, then let the application's role use them."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate

from shopguide.accounts.tenancy import grant_to_app
from shopguide.migrating import adding_in_place


class Command(Migrate):
    """Django's ``migrate`` with ``--database owner`` as its default."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Make the owner's connection the default one."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant."""
        with adding_in_place():
            super().handle(*args, **options)
        grant_to_app(options["database"])
