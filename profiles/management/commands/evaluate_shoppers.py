"""``evaluate_shoppers``: how well types and orders are told, beside a forest, tf-idf, majority."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.portraits.commanding import evaluate
from profiles.portraits.training import JUDGED, PEOPLE
from shopguide.inference.errors import InferenceError

FEWEST, MOST = 60, 20_000


class Command(BaseCommand):
    """Train on simulated shoppers, judge on others who search in other words."""

    help = "Measure the model of shoppers' types and orders beside its peers, with intervals."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how many learn and are judged, the seed and ``--json``."""
        parser.add_argument("--people", type=int, default=PEOPLE, help="simulated, to learn from")
        parser.add_argument("--judged", type=int, default=JUDGED, help="simulated, to be judged on")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and print a line a model."""
        if not all(FEWEST <= options[name] <= MOST for name in ("people", "judged")):
            raise CommandError(f"Give numbers of people from {FEWEST} to {MOST}.")
        try:
            found = evaluate(options, lambda line: self.stderr.write(f"  {line}"))
        except (ValueError, InferenceError) as error:
            raise CommandError(str(error)) from error
        for name, figures in found["models"].items():
            lead = found["leads"].get(name)
            ahead = f"  ours +{lead['by']} ({lead['low']} to {lead['high']})" if lead else ""
            self.stdout.write(f"{name:18} {figures}{ahead}")
        if "random_forest" not in found["models"]:
            self.stderr.write("  no forest: pip install scikit-learn to have it beside")
        if options["json"]:
            self.stdout.write(json.dumps(found))
