"""``fairness``: quality by group of shoppers, exposure against merit by shop, and the band."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.lab.fairness import as_json, fairness
from profiles.lab.trying import MOST_TRIED, try_band
from profiles.sources.banding import switch, weigh_shops

MOST_DAYS = 90


class Command(BaseCommand):
    """Report what lists did, try what the band would do to them, switch it."""

    help = "Say how fair recommendations are to shoppers and shops; switch the band of exposure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the time, the band, the trial and ``--json``."""
        parser.add_argument("--days", type=int, default=28)
        parser.add_argument("--band", choices=("on", "off"), help="keep exposure near merit")
        parser.add_argument("--width", type=float, help="how far from merit; .25 usually")
        parser.add_argument(
            "--try", dest="people", type=int, default=0, metavar="PEOPLE",
            help="make lists for so many, without the band and with it; nothing is shown",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch, report, try."""
        self.refuse(options)
        if options["band"]:
            switch(on=options["band"] == "on", wide=options["width"])
            weigh_shops()
        told = as_json(fairness(options["days"]))
        if options["people"]:
            told["tried"] = try_band(options["people"], options["width"])
        for name, one in told["groups"].items():
            self.stdout.write(f"{name:8} {one['people']:6} people, opened {one['opened']:.1%}")
        for slug, one in told["shops"].items():
            self.stdout.write(
                f"{slug:20} shown {one['exposure']:6.1%}  merits {one['merit']:6.1%}"
                f"  ratio {one['ratio']:.2f}{'  small' if one['small'] else ''}"
            )
        self.stdout.write(f"distance of exposure from merit: {told['spread']:.3f}")
        if options["json"]:
            self.stdout.write(json.dumps(told))

    def refuse(self, options: dict[str, Any]) -> None:
        """Refuse what makes no sense."""
        if not 1 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"Give 1 to {MOST_DAYS} days.")
        if not 0 <= options["people"] <= MOST_TRIED:
            raise CommandError(f"Try it for 1 to {MOST_TRIED} people.")
        if options["width"] is not None and not 0.01 <= options["width"] <= 5:
            raise CommandError("Give a width from 0.01 to 5.")
