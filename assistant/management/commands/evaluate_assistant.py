"""``evaluate_assistant``: play scripted dialogues on this shop, graded by code."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.answering import Minds, Thought, thoughtless
from assistant.evaluating.cases import BadCase, Case, read_cases
from assistant.evaluating.playing import Failure, evaluate
from assistant.understanding.placing import Placed
from shopguide.inference.errors import InferenceError
from shopguide.reading import BadFile

SHOWN = 40


class Command(BaseCommand):
    """Play each case in a transaction that is rolled back; nothing stays in the shop."""

    help = (
        "Play scripted dialogues (JSONL) through the assistant and grade every answer by code: "
        "intent, products against the database, actions, hand-over, words, rows. Nothing stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files."""
        parser.add_argument("cases", metavar="CASES.jsonl", nargs="+", type=existing)
        parser.add_argument("--only", metavar="ID", help="cases whose id begins with this")
        parser.add_argument("--rules", action="store_true", help="load no model: rules and words")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play and report; a run in which a case fails ends well, its failures are listed."""
        cases: list[Case] = []
        for path in options["cases"]:
            try:
                cases += read_cases(path)
            except BadCase as error:
                raise CommandError(f"{path}: {error}") from error
            except BadFile as error:
                raise CommandError(str(error)) from error
        cases = [one for one in cases if one.id.startswith(options["only"] or "")]
        if not cases:
            raise CommandError("No case has an id that begins like that.")
        minds = Minds(think=thoughtless if options["rules"] else self._think)
        failures = evaluate(cases, minds, lambda done: self._tell(done, len(cases)))
        self._report(cases, failures, as_json=options["json"])

    def _tell(self, done: int, whole: int) -> None:
        if done % 25 == 0 or done == whole:
            self.stderr.write(f"  {done} of {whole}")

    def _report(self, cases: list[Case], failures: list[Failure], *, as_json: bool) -> None:
        passed = len(cases) - len(failures)
        if as_json:
            report = {"cases": len(cases), "passed": passed,
                      "failed": [one.as_json() for one in failures]}  # fmt: skip
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for one in failures[:SHOWN]:
            self.stdout.write(f"{one.case} · turn {one.turn}: {'; '.join(one.problems)}")
        self.stdout.write(
            f"{passed} of {len(cases)} cases passed ({100 * passed / len(cases):.1f} %)"
        )

    def _think(self, texts: Sequence[str], where: Placed | None = None) -> Thought:
        """Think in this process; without weights say so, and let rules do."""
        from assistant.tasks import read_message, thought_of

        try:
            found = read_message.run(list(texts), where.as_json() if where else None)
        except InferenceError as error:
            self.stderr.write(f"Reading by rules only. {error}")
            return Thought()
        return thought_of(texts, found)


def existing(text: str) -> Path:
    """Return the path of a file that is there."""
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file {text}")
    return path
