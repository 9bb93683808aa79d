"""``simulate``: shoppers with known tastes, for the demo and for judging what is recommended."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.simulating.judging import judge
from profiles.simulating.populating import PEOPLE, populate, remove
from profiles.simulating.visiting import end, visit
from profiles.sources.learning import learn

MOST = 5_000


class Command(BaseCommand):
    """Let simulated shoppers have been here, learn, show them lists, and measure those."""

    help = "Simulate shoppers with known tastes; they are anonymous, and can be taken out again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how many, what to do with them, and ``--json``."""
        parser.add_argument("--people", type=int, default=PEOPLE)
        parser.add_argument("--remove", action="store_true", help="take them out again")
        parser.add_argument("--judge", action="store_true", help="measure what they are shown")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add or remove, learn, and say what was done."""
        people = options["people"]
        if not 1 <= people <= MOST:
            raise CommandError(f"Give a number of people from 1 to {MOST}.")
        told: dict[str, Any]
        if options["remove"]:
            told = {"removed": remove(people)}
            end()
        elif options["judge"]:
            told = judge(people)
        else:
            told = dict(populate(people))
            if told["people"]:
                told["learnt"] = learn().card
                told |= visit()
        self.stdout.write(", ".join(f"{name} {value}" for name, value in told.items()))
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
