"""Judge other rules of what stands first, on lists that were drawn with known chances."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from profiles.experiments.off_policy import Estimate
from profiles.sources.exploring import AFTER, choices, judged

DAYS = 14


class Command(BaseCommand):
    """Say what the usual first, the one believed best and one by lot would have brought."""

    help = "Judge what stands first in lists, from lists drawn with LISTS_CURIOUS above 0."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--json``."""
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print for each rule how many firsts would have been opened, with an interval."""
        now = timezone.now()
        found = choices(now - timedelta(days=DAYS), now - AFTER)
        told = judged(found) if found else {}
        self.stdout.write(f"{len(found)} lists of {DAYS} days")
        for rule, by in told.items():
            for name, one in by.items():
                self.stdout.write(f"{rule:8}{name:8}{said(one)}")
        if options["json"]:
            rules = {rule: {name: shown(one) for name, one in by.items()}
                     for rule, by in told.items()}  # fmt: skip
            self.stdout.write(json.dumps({"lists": len(found), "rules": rules}))


def said(one: Estimate) -> str:
    """Return an estimate with its interval, or why there is none."""
    return one.refused or f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"


def shown(one: Estimate) -> dict[str, Any]:
    """Return an estimate as JSON."""
    if one.refused:
        return {"refused": one.refused}
    return {"value": one.value, "low": one.low, "high": one.high, "effective": one.effective}
