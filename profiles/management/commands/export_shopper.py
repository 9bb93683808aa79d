"""``export_shopper``: everything known of a person, in one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.exporting import folder, gather, write
from profiles.tracing import Person
from shopguide.accounts.models import Shopper, User


class Command(BaseCommand):
    """Write a zip with each table's rows and the files of one person."""

    help = "Write everything that is known of a person to a zip."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the person, the file and ``--json``."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--file", type=Path, default=None, help="default: DATA_DIR/exports")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather, write, and say how much it is."""
        person = person_of(options["email"])
        self.stderr.write("  reading every table with a way to the person …")
        told = gather(person)
        target = options["file"] or folder() / f"{person.user.pk if person.user else 0}.zip"
        write(told, target)
        answer = {
            "tables": told.tables,
            "vectors": told.vectors,
            "files": len(told.files),
            "file": str(target),
        }
        self.stderr.write(f"  {sum(told.tables.values())} rows in {target}")
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))


def person_of(email: str) -> Person:
    """Return the person with this address, with what merely names it; CommandError for nobody."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise CommandError(f"There is no account with “{email}”. Check the spelling.")
    return Person(user, Shopper.objects.filter(user=user).first(), mentioned=True)
