"""``evaluate_sequence``: the sequence model where the truth is known, every figure of the docs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

PARTS = ("entropy", "transfer", "tasks", "drift")
MOST_SEEDS = 10


class Command(BaseCommand):
    """Let shoppers go by a known rule, and see what the model finds of it."""

    help = "Measure the sequence model on shoppers that go by a known rule."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what is measured, the seeds and ``--json``."""
        parser.add_argument("--only", default=",".join(PARTS), help="some of %(default)s")
        parser.add_argument("--seeds", type=int, default=3, help="of the new shop")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print a line a part."""
        from profiles.lab import foreseeing

        wanted = options["only"].split(",")
        if unknown := set(wanted) - set(PARTS):
            raise CommandError(f"Unknown: {', '.join(sorted(unknown))}. Choose of {PARTS}.")
        if not 1 <= options["seeds"] <= MOST_SEEDS:
            raise CommandError(f"Give 1 to {MOST_SEEDS} seeds.")
        found: dict[str, Any] = {}
        for name in wanted:
            part = getattr(foreseeing, name)
            found[name] = part(options["seeds"]) if name == "transfer" else part()
            found[name].pop("places", None)
            self.stdout.write(f"{name}: {found[name]}")
        if options["json"]:
            self.stdout.write(json.dumps(found))
