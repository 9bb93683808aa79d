"""``evaluate_knowledge``: how well shops' knowledge answers questions whose article is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.knowledge import measuring
from assistant.knowledge.judging import WITH_SENSE, WORDS_ONLY, scale_for
from shopguide.reading import BadFile


class Command(BaseCommand):
    """Ask every question in its shop, with vectors and without; change nothing but with --fit."""

    help = "Measure answers: on our own questions by style of author, or on files of yours."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare files, ``--fit`` and ``--json``."""
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE",
            help="TSV: shop, language, article key (- for none), words of the answer, question",
        )  # fmt: skip
        parser.add_argument(
            "--fit",
            action="store_true",
            help="keep the numbers that judge, fitted on all questions",
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        try:
            asked = (
                measuring.questions(options["files"])
                if options["files"]
                else measuring.own_questions()
            )
        except BadFile as error:
            raise CommandError(str(error)) from error
        found = self._measured(asked, fit=options["fit"], own=not options["files"])
        for name, rows in found.items():
            for style, figures in rows.items():
                self.stderr.write(f"  {name} {style}: {figures}")
        if options["json"]:
            self.stdout.write(json.dumps(found))

    def _measured(
        self, asked: list[measuring.Question], *, fit: bool, own: bool
    ) -> dict[str, dict[str, dict[str, float]]]:
        from shopguide.backends import encoder

        model = encoder()
        texts = list(dict.fromkeys(one.text for one in asked))
        vectors = dict(zip(texts, model.encode_queries(texts).tolist(), strict=True))
        tried = {
            "sense": measuring.ask(asked, vectors.__getitem__),
            "words": measuring.ask(asked, None),
        }
        if not tried["sense"]:
            raise CommandError("None of the shops is here. Load the demo and its knowledge first.")
        names = {"sense": WITH_SENSE, "words": WORDS_ONLY}
        if fit:
            scales = {name: measuring.fit(rows, names[name]) for name, rows in tried.items()}
            measuring.save(scales["sense"], scales["words"])
        if own:
            return {name: measuring.by_style(rows, names[name]) for name, rows in tried.items()}
        kept = {"sense": True, "words": False}
        return {
            name: {"all": measuring.figures(rows, scale_for(model.id, with_sense=kept[name]))}
            for name, rows in tried.items()
        }
