"""``train``: train one of the product's models on labelled files, or on what every machine has.

Departments name their models in ``trainers`` of their app's configuration, so that this command
leans on none of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from shopguide.inference.errors import InferenceError


def trainers() -> dict[str, str]:
    """Return the path of each model's trainer, from all departments."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        found |= getattr(app, "trainers", {})
    return found


class Command(BaseCommand):
    """Train, keep the result as a version, put it in use, and say what it is made of."""

    help = "Train a model; the version it makes is in use from then on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the model, its files and ``--json``."""
        parser.add_argument(
            "model", choices=sorted(trainers()), metavar="MODEL", help="%(choices)s"
        )
        parser.add_argument(
            "--data",
            nargs="+",
            type=Path,
            default=[],
            help="labelled CSV or JSONL; encoder: a question and a product's text a row",
        )
        parser.add_argument("--text-column", default="", help="several with commas between")
        parser.add_argument("--label-column", default="")
        parser.add_argument("--merchant", default="", metavar="SLUG", help="writer: whose copy")
        parser.add_argument(
            "--if-lacking",
            action="store_true",
            help="intent, without files: do nothing where a head is in use that still holds",
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--seeds", type=int, default=1, help="encoder: how many, one after the other"
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, and print the model's card."""
        run: Callable[..., dict[str, Any]] = import_string(trainers()[options["model"]])
        if options["if_lacking"] and (options["model"] != "intent" or options["data"]):
            raise CommandError("--if-lacking is for `train intent` without --data.")
        try:
            card = run(options, lambda line: self.stderr.write(f"  {line}"))
        except (ValueError, InferenceError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(card, ensure_ascii=False))
        else:
            self.stdout.write(f"{card['version']}: {card['metrics']} in {card['seconds']} s")
