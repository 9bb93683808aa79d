"""``parse_address``: read an address as people paste it, in Chinese or English, into its parts."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.places.reading import read_place


class Command(BaseCommand):
    """Print the parts of an address, and what a parcel still needs."""

    help = "Read an address into name, telephone, province, city, district, street, building, room."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the text."""
        parser.add_argument("text", metavar="TEXT")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        place = read_place(options["text"])
        if options["json"]:
            found = asdict(place) | {"missing": place.lacking}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for name, said in asdict(place).items():
            if said:
                self.stdout.write(f"{name:12} {said}")
        if place.lacking:
            self.stdout.write(f"missing      {', '.join(place.lacking)}")
