"""``fetch_models``: put the pinned model weights into ``MODELS_DIR``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shopguide.inference import weights
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Download, verify and convert model weights; do nothing when they are there."""

    help = "Fetch the pinned model weights, verify their checksums and convert them to safetensors."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare ``--only`` and ``--json``."""
        parser.add_argument(
            "--only", choices=sorted(weights.CATALOGUE), metavar="NAME", help="fetch one model"
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, only: str | None, json: bool, **options: Any) -> None:
        """Fetch the default set, or the one asked for."""
        names = [only] if only else weights.DEFAULT_SET
        try:
            fetched = {name: self._fetch(name) for name in names}
        except InferenceError as error:
            raise CommandError(str(error)) from error
        if json:
            self.stdout.write(_as_json(fetched))

    def _fetch(self, name: str) -> weights.FetchedModel:
        return weights.fetch(name, Path(settings.MODELS_DIR), progress=self.stderr.write)


def _as_json(fetched: dict[str, weights.FetchedModel]) -> str:
    models = {
        name: {"dir": str(model.dir), "sha256": model.sha256, "source": model.source}
        for name, model in fetched.items()
    }
    return json.dumps({"models": models})
