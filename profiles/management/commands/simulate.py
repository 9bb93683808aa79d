"""``simulate``: shoppers with known tastes, for the demo and for judging what is recommended."""

import json
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string

from catalog.demonstrating import forget_searches
from profiles.sequence.learning import TooLittle, learn_sequence
from profiles.simulating.judging import judge
from profiles.simulating.populating import PEOPLE, number_of, populate, remove
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
            told = {"removed": remove(people), "searches": forget_searches()}
            end()
        elif options["judge"]:
            told = judge(people)
        else:
            told = dict(populate(people))
            told |= self.besides(people)
            if told["people"]:
                told["learnt"] = learn().card
                told["sequence"] = self.sequence()
                told |= visit()
        self.stdout.write(", ".join(f"{name} {value}" for name, value in told.items()))
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))

    def besides(self, people: int) -> dict[str, int]:
        """Let departments add what these shoppers did besides looking and buying, once.

        They name it in ``pasts`` of their app's configuration, so that this command leans on none.
        """
        shoppers = [number_of(number) for number in range(people)]
        told: dict[str, int] = {}
        for app in apps.get_app_configs():
            for path in getattr(app, "pasts", ()):
                told |= import_string(path)(shoppers, timezone.now())
        return told

    def sequence(self) -> dict[str, Any]:
        """Teach the sequence model on them, where there are enough."""
        try:
            return dict(learn_sequence(say=lambda line: self.stderr.write(f"  {line}")).card)
        except TooLittle as error:
            return {"too_little": str(error)}
