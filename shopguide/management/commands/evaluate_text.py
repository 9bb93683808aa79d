"""``evaluate_text``: train a text classifier on one file, measure it on another, beside peers.

Departments name their tasks in ``text_tasks`` of their app's configuration.
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


def text_tasks() -> dict[str, str]:
    """Return the path of each task's evaluation, from all departments."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        found |= getattr(app, "text_tasks", {})
    return found


class Command(BaseCommand):
    """Nothing is kept but the vectors of the texts, so that a second run is quick."""

    help = "Train on --train, measure on --test, with tf-idf regression and majority beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the task, the files, their columns and ``--json``."""
        parser.add_argument(
            "task", choices=sorted(text_tasks()), metavar="TASK", help="%(choices)s"
        )
        parser.add_argument("--train", required=True, type=Path, help="labelled CSV or JSONL")
        parser.add_argument("--test", required=True, type=Path, help="labelled CSV or JSONL")
        parser.add_argument("--text-column", default="", help="several with commas between")
        parser.add_argument("--label-column", default="")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        run: Callable[..., dict[str, Any]] = import_string(text_tasks()[options["task"]])
        try:
            answer = run(options, lambda line: self.stderr.write(f"  {line}"))
        except (ValueError, InferenceError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"  {answer}")
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
