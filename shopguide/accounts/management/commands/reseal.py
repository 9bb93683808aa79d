"""``reseal``: encrypt kept secrets by the newest key, after the keys of the settings changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Until it has run, the former key must stay among the settings."""

    help = "Encrypt the secrets of second steps by the newest key; run again it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--json``."""
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal anew, and say what came of it."""
        from shopguide.accounts.sealed import reseal_second_steps

        count = reseal_second_steps()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(count)))
        else:
            self.stdout.write(f"{count.rows} second steps, {count.changed} sealed anew")
        if count.lost:
            raise CommandError(
                f"{count.lost} can be read by none of the keys; add the key that sealed them to "
                "SEALING_KEYS (or SECRET_KEY_FALLBACKS) and run this again"
            )
