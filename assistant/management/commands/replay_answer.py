"""``replay_answer``: make a given answer again from its trace, and say what differs."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.answering import Minds, thoughtless
from assistant.replaying import NoSuchAnswer, Replayed, replay
from assistant.tasks import think_here


class Command(BaseCommand):
    """Answer again in a transaction that is rolled back: nothing is said to anybody."""

    help = (
        "Make an answer again from its trace (the message's number): inputs, versions, passages "
        "and claims, and what would be said otherwise today. Nothing stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the answer's number."""
        parser.add_argument("trace", metavar="TRACE", type=int, help="the answer's number")
        parser.add_argument("--rules", action="store_true", help="load no model: words alone")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay and report; a difference is no failure."""
        minds = Minds(think=thoughtless if options["rules"] else think_here)
        try:
            found = replay(options["trace"], minds)
        except NoSuchAnswer as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, default=str))
        else:
            self._tell(found)

    def _tell(self, found: Replayed) -> None:
        given = found.given
        self.stdout.write(f"Asked: {given['question']}")
        self.stdout.write(
            f"Read as {given['intent']}, {given['emotion']}; decided: {given['move']}"
        )
        self.stdout.write(f"Versions: {given['versions']}; written by {given['writer']}")
        for one in given["passages"]:
            self.stdout.write(f"  passage {one}")
        for one in given["claims"]:
            self.stdout.write(f"  claim {one}")
        self.stdout.write(f"Said:\n{given['text']}")
        if not found.differs:
            self.stdout.write("Made again, word for word.")
            return
        self.stdout.write(f"Different now: {', '.join(found.differs)}")
        self.stdout.write(f"Said now:\n{found.again['text']}")
