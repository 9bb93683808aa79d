"""``erase_shopper``: forget a person, and say so in a signed certificate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.erasing import erase, keep_certificate, to_forget_again, verified
from profiles.management.commands.export_shopper import person_of


class Command(BaseCommand):
    """Rows, vectors, files and sessions go at once; what the law keeps loses its name."""

    help = "Forget a person and print the certificate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the person, ``--verify``, ``--again`` and ``--json``."""
        parser.add_argument("email", metavar="EMAIL", nargs="?", default="")
        parser.add_argument("--verify", type=Path, help="check a certificate instead")
        parser.add_argument(
            "--again",
            action="store_true",
            help="after restoring a backup: forget everybody for whom there is a certificate",
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, check, or forget again."""
        if options["verify"]:
            self._verify(options["verify"])
            return
        if options["again"]:
            people = to_forget_again()
        elif options["email"]:
            people = [user for user in [person_of(options["email"]).user] if user]
        else:
            raise CommandError("Say whom: erase_shopper EMAIL, or --again, or --verify FILE.")
        for user in people:
            said = erase(person_of(user.email))
            place = keep_certificate(said)
            self.stderr.write(f"  forgotten; {said['remaining']} left; certificate: {place}")
            if options["json"]:
                told = ("tables", "vectors", "files", "kept", "remaining")
                answer = {name: said[name] for name in told}
                answer |= {"certificate": said, "certificate_file": str(place)}
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            if said["remaining"]:
                raise CommandError("Something is left. The database names it: search it.")
        if options["again"]:
            self.stderr.write(f"  {len(people)} forgotten again")

    def _verify(self, path: Path) -> None:
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} is no certificate: {error}") from error
        if not verified(said):
            raise CommandError(f"{path} is not ours, or was changed.")
        self.stderr.write(f"  {path} is ours: erased at {said['erased_at']}")
