"""``check_wording``: what a file of sentences says that copy may not say."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketing.copy.wording.commanding import check, figures, reader
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Read each line by the rules and by the second reader, and count where lines are labelled."""

    help = (
        "Read each line of a file as copy: which rules of wording it breaks, and what the second "
        "reader doubts. Lines of the form LABEL<tab>TEXT, with - for lawful, are counted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        try:
            second = reader()
            rows = check(options["file"], second)
        except InferenceError as error:
            raise CommandError(str(error)) from error
        if second is None:
            self.stderr.write("No second reader was learned here: manage.py train wording.")
        counted = figures(rows)
        if options["json"]:
            self.stdout.write(
                json.dumps({"rows": [asdict(one) for one in rows], **counted}, ensure_ascii=False)
            )
            return
        for one in rows:
            said = [*one.broken, *(f"{each.code}?" for each in one.doubts)]
            self.stdout.write(f"{', '.join(said) or '-'}\t{one.text}")
        self.stdout.write(", ".join(f"{name} {value}" for name, value in counted.items()))
