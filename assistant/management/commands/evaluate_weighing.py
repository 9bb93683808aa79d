"""``evaluate_weighing``: how well it is told what is asked where one thing is talked of."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.weighing import measuring
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Weigh every written line by what other voices taught; learn with --fit."""

    help = "Measure weighing: each voice by weights of the others, and one that taught nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--fit`` and ``--json``."""
        parser.add_argument("--fit", action="store_true", help="learn the weights anew, keep them")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        from assistant.understanding import intents
        from shopguide.backends import encoder

        try:
            model = encoder()
        except InferenceError as error:
            raise CommandError(str(error)) from error
        said = measuring.lines()

        def hear(texts: Any, where: Any) -> Any:
            found = intents.hear(texts, where=where)
            if None in found:
                raise CommandError("No head of intents is in use.")
            return [(one.intent, one.odds) for one in found if one]

        rows = measuring.tried(said, hear, model.encode_queries, model.encode_documents)
        kept, found = measuring.learn(rows)
        for voice, figures in found.items():
            self.stderr.write(f"  {voice}: {figures}")
        self.stderr.write(f"  from {kept['least']} on")
        if options["fit"]:
            measuring.save(kept)
        if options["json"]:
            self.stdout.write(json.dumps(found))
