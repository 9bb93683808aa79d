"""``evaluate_recommender``: what comes next, by every peer and by ours, on the same sequences."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.events.importing import READERS
from profiles.lab.comparing import MODELS, compare
from profiles.lab.reading import read_material
from shopguide.reading import BadFile

MOST_SEEDS, LAST_SEED = 10, 1_000_000


class Command(BaseCommand):
    """Leave the last item of each history out, rank all items, see where it stands."""

    help = "Measure recommenders on sequences of items: full ranking, leave one out, peers beside."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files, the models, the seeds and ``--json``."""
        parser.add_argument(
            "--sequences", required=True, type=Path,
            help="a user a line (`user item item …`) or `user item` pairs in time order; .gz, .xz",
        )  # fmt: skip
        parser.add_argument(
            "--attributes", type=Path, help="a JSON object item → list of attributes; .gz, .xz"
        )
        parser.add_argument(
            "--format", choices=("sequences", *READERS), default="sequences",
            help="sequences, or a file of deeds: Amazon reviews, Taobao UserBehavior, plain",
        )  # fmt: skip
        parser.add_argument("--models", default=",".join(MODELS), help="some of them")
        parser.add_argument("--seeds", type=int, default=1, help="of ours; the mean is shown")
        parser.add_argument(
            "--first-seed", type=int, default=1, help="their first, to share seeds among machines"
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print a line a model."""
        models = [name for name in MODELS if name in options["models"].split(",")]
        if unknown := set(options["models"].split(",")) - {*MODELS}:
            shown = ", ".join(sorted(unknown))
            raise CommandError(f"Unknown models: {shown}. Choose of {', '.join(MODELS)}.")
        if not 1 <= options["seeds"] <= MOST_SEEDS:
            raise CommandError(f"Give 1 to {MOST_SEEDS} seeds.")
        if not 1 <= options["first_seed"] <= LAST_SEED:
            raise CommandError(f"The first seed is a number from 1 to {LAST_SEED}.")
        try:
            material = read_material(
                options["sequences"], options["attributes"], form=options["format"]
            )
        except BadFile as error:
            raise CommandError(str(error)) from error
        found = compare(
            material,
            models=models,
            seeds=range(options["first_seed"], options["first_seed"] + options["seeds"]),
            say=lambda line: self.stderr.write(f"  {line}"),
        )
        for name, protocols in found.items():
            shown = ", ".join(
                f"{protocol} HR@10 {one['hr@10']:.4f} NDCG@10 {one['ndcg@10']:.4f}"
                for protocol, one in protocols.items()
            )
            self.stdout.write(f"{name:20} {shown}")
        if options["json"]:
            self.stdout.write(json.dumps(found))
