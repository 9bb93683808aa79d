"""``api_schema``: write the schema of the API, or say what in it would break the apps there are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SNAPSHOT = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.json"


class Command(BaseCommand):
    """The file is the promise; the suite compares it with what the code says."""

    help = "Write docs/api/openapi.json. What would break apps is refused without --breaking."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--check``, ``--breaking`` and ``--json``."""
        parser.add_argument("--check", action="store_true", help="compare only, write nothing")
        parser.add_argument("--breaking", action="store_true", help="write even so")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, then write."""
        from shopguide.api import as_text, whole_schema
        from shopguide.rest.breaking import breaking

        old = json.loads(SNAPSHOT.read_text("utf-8")) if SNAPSHOT.exists() else None
        broken = breaking(old, whole_schema()) if old else []
        for line in broken:
            self.stderr.write(line)
        if broken and not options["breaking"]:
            raise CommandError(
                f"{len(broken)} changes would break apps; keep the old beside the new,"
                " or write them with --breaking"
            )
        if not options["check"]:
            SNAPSHOT.parent.mkdir(parents=True, exist_ok=True)
            SNAPSHOT.write_text(as_text(), "utf-8")
        if options["json"]:
            told = {"file": str(SNAPSHOT), "breaking": broken, "written": not options["check"]}
            self.stdout.write(json.dumps(told))
