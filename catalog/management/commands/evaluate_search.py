"""``evaluate_search``: measure search on a judged catalogue through the product's own path."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.search.evaluating import MODES, evaluate, read_judged
from shopguide.inference.errors import InferenceError
from shopguide.reading import BadFile


class Command(BaseCommand):
    """Import a catalogue into a scratch shop, ask the queries, compare with the judgements."""

    help = "Measure lexical, vector and hybrid search on a judged catalogue."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files, the modes and ``--json``."""
        parser.add_argument("--catalog", required=True, type=Path, help="JSONL, or TSV id⇥text")
        parser.add_argument("--queries", required=True, type=Path, help="TSV id⇥text, or the CSV")
        parser.add_argument("--qrels", type=Path, help="TREC qrels, or a CSV query,docid,rating")
        parser.add_argument("--modes", default=",".join(MODES), help="some of " + ", ".join(MODES))
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print a line a mode."""
        from shopguide.backends import encoder

        modes = options["modes"].split(",")
        if unknown := set(modes) - set(MODES):
            raise CommandError(
                f"Unknown modes: {', '.join(unknown)}. Choose of {', '.join(MODES)}."
            )
        try:
            judged = read_judged(options["queries"], options["qrels"] or options["queries"])
            answer = evaluate(
                options["catalog"],
                judged,
                encoder=encoder(),
                cache=settings.DATA_DIR / "cache",
                modes=modes,
                say=lambda line: self.stderr.write(f"  {line}"),
            )
        except (BadFile, InferenceError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer))
