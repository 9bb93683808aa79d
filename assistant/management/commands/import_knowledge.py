"""``import_knowledge``: articles of a shop's knowledge base from a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.knowledge.documents import MOST_BYTES
from assistant.knowledge.encoding import encode_parts
from assistant.knowledge.importing import Report, import_file
from assistant.knowledge.samples import load_knowledge
from assistant.models.article import LANGUAGES, Kind
from catalog.feeds.problems import Refused
from shopguide.accounts.models import Merchant


class Command(BaseCommand):
    """Import, approve, encode; importing again makes versions of what has changed."""

    help = "Import knowledge: questions and answers (json, jsonl, csv), guidelines, documents."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file, the shop and how it is taken."""
        parser.add_argument("file", nargs="?", type=Path, help="plain, .gz or .xz")
        parser.add_argument("--merchant", default="", help="the shop's address")
        parser.add_argument("--create-merchant", action="store_true")
        parser.add_argument("--language", choices=[code for code, _name in LANGUAGES], default="")
        parser.add_argument("--kind", choices=Kind.values, default="")
        parser.add_argument(
            "--draft", action="store_true", help="a person approves it in the portal"
        )
        parser.add_argument(
            "--demo", action="store_true", help="load the demo shops' own knowledge"
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        found = self._demo() if options["demo"] else self._file(options)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write(", ".join(f"{n} {name}" for name, n in found.items() if n != []))

    def _demo(self) -> dict[str, Any]:
        changed = encoded = 0
        for shop in Merchant.objects.filter(is_demo=True):
            changed += load_knowledge(shop)
            encoded += self._encode(shop)
            self.stderr.write(f"  {shop.slug}")
        return {"changed": changed, "encoded": encoded}

    def _file(self, options: dict[str, Any]) -> dict[str, Any]:
        path: Path | None = options["file"]
        slug = options["merchant"]
        if path is None or not slug:
            raise CommandError("Give a file and --merchant SLUG, or --demo.")
        shop = Merchant.objects.filter(slug=slug).first()
        if shop is None and options["create_merchant"]:
            shop = Merchant.objects.create(slug=slug, name_en=slug)
        if shop is None:
            raise CommandError(f"There is no shop {slug}. Add --create-merchant to open it.")
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CommandError(f"{path.name} is larger than 10 MB. Import it in parts.")
            report = self._import(shop, path, options)
        except (OSError, Refused) as error:
            raise CommandError(str(error)) from error
        encoded = 0 if options["draft"] else self._encode(shop)
        return (
            {"articles": report.created + report.updated + report.unchanged}
            | asdict(report)
            | {"encoded": encoded}
        )

    def _import(self, shop: Merchant, path: Path, options: dict[str, Any]) -> Report:
        def tell(done: int) -> None:
            if done % 50 == 0:
                self.stderr.write(f"  {done} articles")

        return import_file(
            shop, path.name, path.read_bytes(), language=options["language"],
            kind=options["kind"], live=not options["draft"], progress=tell,
        )  # fmt: skip

    def _encode(self, shop: Merchant) -> int:
        from shopguide.backends import encoder

        return encode_parts(shop, encoder=encoder())
