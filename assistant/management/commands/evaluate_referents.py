"""``evaluate_referents``: play scenes and report how often the right thing was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.answering import Minds, Thought, thoughtless
from assistant.evaluating.referents import Outcome, played, scenes_in
from assistant.management.commands.evaluate_assistant import existing
from assistant.understanding.placing import Placed
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Play each line in a transaction that is rolled back; nothing stays in the shop."""

    help = (
        "Play scenes (what was shown, what is said) through the assistant and report by kind of "
        "reference and by voice how often the answer was about just what was meant."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files."""
        parser.add_argument("scenes", metavar="SCENES.txt", nargs="+", type=existing)
        parser.add_argument("--rules", action="store_true", help="load no model: rules and words")
        parser.add_argument("--failed", action="store_true", help="list the lines that failed")
        parser.add_argument("--only", default="", help="lines of this kind of reference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play and report."""
        try:
            lines = [one for path in options["scenes"] for one in scenes_in(path)]
        except ValueError as error:
            raise CommandError(str(error)) from error
        lines = [one for one in lines if one.kind.startswith(options["only"])]
        minds = Minds(think=thoughtless if options["rules"] else self._think)
        try:
            outcomes = played(lines, minds)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["failed"]:
            for one in outcomes:
                if not one.fits:
                    self.stdout.write(told(one))
        for name, parts in (("kind", [one.line.kind for one in outcomes]),
                            ("voice", [one.line.voice for one in outcomes])):  # fmt: skip
            self.stdout.write(shares(name, parts, outcomes))
        right = sum(one.fits for one in outcomes)
        self.stdout.write(f"{right} of {len(outcomes)} ({100 * right / len(outcomes):.1f} %)")

    def _think(self, texts: Sequence[str], where: Placed | None = None) -> Thought:
        """Think in this process; without weights let rules do."""
        from assistant.tasks import read_message, thought_of

        try:
            found = read_message.run(list(texts), where.as_json() if where else None)
        except InferenceError:
            return Thought()
        return thought_of(texts, found)


def told(one: Outcome) -> str:
    """Return a failed line: what was said, what was meant, what was understood."""
    meant, about = " ".join(one.line.meant), " ".join(one.about)
    answer = one.answer.replace("\n", " ")[:100]
    return f"{one.line.kind} | {one.line.say} | {meant} | {about} | {one.intent} | {answer}"


def shares(name: str, parts: Sequence[str], outcomes: Sequence[Outcome]) -> str:
    """Return one line of accuracies: "kind: look 12/40, one 30/60"."""
    whole = Counter(parts)
    right = Counter(part for part, one in zip(parts, outcomes, strict=True) if one.fits)
    return f"{name}: " + ", ".join(f"{part} {right[part]}/{whole[part]}" for part in sorted(whole))
