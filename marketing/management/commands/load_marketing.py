"""``load_marketing``: what the demo's shops said, tried, sent, heard and have in stock."""

import json
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

# In this order: what is tried and sent was written before.
WINGS = ("copy", "trials", "reaching", "listening", "stocking")


class Command(BaseCommand):
    """Fill the demo's portal, wing by wing; what is filled already is left as it is."""

    help = "Give the demo's shops drafts, trials, campaigns, alerts and forecasts, as demo data."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the wings and ``--json``."""
        parser.add_argument("--only", choices=WINGS, help="one wing")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill each wing, and say what is new."""
        told: dict[str, dict[str, int]] = {}
        for wing in [options["only"]] if options["only"] else WINGS:
            told[wing] = dict(import_module(f"marketing.{wing}.demonstrating").demonstrate())
            new = ", ".join(f"{name} {count}" for name, count in told[wing].items())
            self.stdout.write(f"{wing}: {new or 'nothing new'}")
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
