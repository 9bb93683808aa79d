"""``versions``: what is learnt, by version: list, card, switch, canary, shadow, way back."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from profiles.encoder import versions as encoder
from profiles.models import Trained
from profiles.sequence.versions import (
    Impossible,
    back,
    find,
    switch,
    told,
    try_on,
    watch_beside,
)
from profiles.sequence.watching import figures_of
from profiles.sources.switching import NEIGHBOURS, SEQUENCE
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.errors import InferenceError

ENCODER = "encoder"
KINDS = (SEQUENCE, NEIGHBOURS, "reranker", ENCODER)


class Command(BaseCommand):
    """Show versions, or change which one is at work; pages follow from the next request on."""

    help = "List versions of what is learnt, print a card, switch, try on a share, watch, go back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the kind, what to do, and ``--json``."""
        parser.add_argument("kind", nargs="?", choices=KINDS, default=SEQUENCE)
        doing = parser.add_mutually_exclusive_group()
        doing.add_argument("--card", metavar="VERSION", help="print a version's card")
        doing.add_argument("--live", metavar="VERSION", help="put a version live")
        doing.add_argument("--back", action="store_true", help="put back the one before")
        doing.add_argument("--canary", metavar="VERSION", help="try on --share of people")
        doing.add_argument("--shadow", metavar="VERSION", help="score and log, not show")
        doing.add_argument("--no-shadow", metavar="VERSION", help="no longer watch")
        parser.add_argument("--share", type=float, default=0.1, help="of shoppers; 0 ends a canary")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked and show what is at work."""
        kind = options["kind"]
        if kind == ENCODER:
            self.handle_encoder(options)
            return
        try:
            with transaction.atomic(), as_everyone():
                card = self.do(kind, options)
        except Impossible as error:
            raise CommandError(f"{error} See: manage.py versions {kind}") from error
        if card is not None:
            self.stdout.write(json.dumps(card, ensure_ascii=False, indent=None if options["json"]
                                         else 2))  # fmt: skip
            return
        rows = [shown(one) for one in Trained.objects.filter(kind=kind).order_by("-version")]
        for row in rows:
            self.stdout.write(
                f"{row['version']:>5}  {row['state']:7} {row['made_at']}  quality {row['quality']}"
                f"  {row['held_back'] or row['taken_back']}"
            )
        if options["json"]:
            self.stdout.write(json.dumps({"kind": kind, "versions": rows}, ensure_ascii=False))

    def do(self, kind: str, options: dict[str, Any]) -> dict[str, Any] | None:
        """Carry out what was asked; return a card where one was asked for."""
        if options["back"]:
            back(kind)
        elif options["card"] is not None:
            found = find(kind, number(options["card"]))
            return shown(found) | {"card": found.card}
        elif options["live"] is not None:
            switch(find(kind, number(options["live"])))
        elif options["canary"] is not None:
            try_on(find(kind, number(options["canary"])), options["share"])
        elif options["shadow"] is not None:
            watch_beside(find(kind, number(options["shadow"])))
        elif options["no_shadow"] is not None:
            watch_beside(find(kind, number(options["no_shadow"])), on=False)
        return None

    def handle_encoder(self, options: dict[str, Any]) -> None:
        """List versions of the taught encoder, print a card, switch or go back."""
        if any(options[one] is not None for one in ("canary", "shadow", "no_shadow")):
            raise CommandError(
                "All search by one encoder. Use --live VERSION, --back, or --card VERSION."
            )
        try:
            if options["card"] is not None:
                card = encoder.card_of(encoder.named(options["card"]))
                self.stdout.write(
                    json.dumps(card, ensure_ascii=False, indent=None if options["json"] else 2)
                )
                return
            if options["live"] is not None or options["back"]:
                self.switch_encoder(
                    encoder.before() if options["back"] else encoder.named(options["live"])
                )
        except (ValueError, InferenceError) as error:
            raise CommandError(f"{error} See: manage.py versions encoder") from error
        rows = encoder.listed()
        for row in rows:
            found = f"nDCG@10 {row['ndcg@10']} (base {row['base']})" if "base" in row else ""
            state = "in use" if row["in_use"] else ""
            self.stdout.write(f"{row['version']:32} {state:7} {found}  {row['held_back']}".rstrip())
        if options["json"]:
            self.stdout.write(json.dumps({"kind": ENCODER, "versions": rows}, ensure_ascii=False))

    def switch_encoder(self, version: str) -> None:
        """Let a version have seen everything, then let it be used."""
        encoder.encode_all(version, lambda line: self.stderr.write(f"  {line}"))
        encoder.put_in_use(version)
        self.stderr.write(f"{version} is in use from the next start of site and workers on.")


def number(said: str | int) -> int:
    """Return a version's number. Errors: Impossible."""
    if not str(said).isdecimal() or len(str(said)) > 9:
        raise Impossible(f"{said} is not a version's number.")
    return int(said)


def shown(made: Trained) -> dict[str, Any]:
    """Return a version with how it did lately."""
    lately = figures_of(made)
    return told(made) | {"deeds": lately.deeds, "foreseen": round(lately.ndcg, 4)}
