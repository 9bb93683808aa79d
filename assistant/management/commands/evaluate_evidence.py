"""``evaluate_evidence``: how well the sentence of a page is found that answers a question."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.doing.evidence import measuring
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Ask every written question of its page, with vectors and by words; learn with --fit."""

    help = "Measure evidence: each voice by weights of the others, and one that taught nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--fit`` and ``--json``."""
        parser.add_argument("--fit", action="store_true", help="learn the weights anew, keep them")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        from shopguide.backends import encoder

        asked = measuring.questions()
        try:
            model = encoder()
        except InferenceError as error:
            raise CommandError(str(error)) from error
        ways = {
            model.id: (measuring.SENSE, model.encode_queries, model.encode_documents),
            "words": (measuring.WORDS, None, None),
        }
        found: dict[str, Any] = {}
        kept = {}
        for name, (signs, queries, documents) in ways.items():
            rows = measuring.tried(asked, queries, documents)
            found[name] = measuring.by_voice(rows, signs)
            kept[name] = measuring.learn(rows, signs)
            for voice, figures in found[name].items():
                self.stderr.write(f"  {name} {voice}: {figures}")
        if options["fit"]:
            measuring.save(kept)
        if options["json"]:
            self.stdout.write(json.dumps(found))
