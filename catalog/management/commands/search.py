"""``search``: ask the shop a sentence as a shopper would, and see how it was understood."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from catalog.presenting.answers import as_json
from catalog.search.addressing import Address, clean_text
from catalog.search.asking import asked_of
from catalog.search.market import Market, market
from catalog.search.searching import Results, search
from shopguide.accounts.models import Merchant
from shopguide.inference.errors import InferenceError

MOST_CHARACTERS = 500
MOST_HITS = 200


class Command(BaseCommand):
    """Search in this process: the encoder is loaded here, and without its weights words must do."""

    help = (
        "Search the shop for a sentence in Chinese or English. Shows how the sentence was "
        "understood, the products found, facets, and what to relax if nothing fits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the sentence and where to look."""
        parser.add_argument("query", metavar="QUERY")
        parser.add_argument(
            "--locale", default="en", choices=[code for code, _name in settings.LANGUAGES]
        )
        parser.add_argument("--merchant", metavar="SLUG", help="look in one shop only")
        parser.add_argument("--limit", type=int, default=10, help="how many products to show")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print."""
        if not 1 <= options["limit"] <= MOST_HITS:
            raise CommandError(f"--limit must be from 1 to {MOST_HITS}.")
        scope = market(_merchant(options["merchant"]))
        with translation.override(options["locale"]):
            results = self._search(options["query"], scope, options)
            answer = as_json(results, scope)
            if options["json"]:
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            else:
                self._show(answer)

    def _search(self, query: str, scope: Market, options: dict[str, Any]) -> Results:
        address = Address("", (("q", clean_text(query, MOST_CHARACTERS)),))
        currency = settings.CURRENCY_OF_LANGUAGE[options["locale"]]
        asked = asked_of(
            address, scope, locale=options["locale"], currency=currency, size=options["limit"]
        )
        vector = self._vector(asked.need.sentence) if asked.need.text else None
        return search(asked, scope, vector=vector, encoder_id=settings.ENCODER_ID)

    def _vector(self, sentence: str) -> list[float] | None:
        """Return the sentence's vector; without weights say so, and let words do."""
        from shopguide.backends import encoder

        try:
            vector: list[float] = encoder().encode_queries([sentence])[0].tolist()
        except InferenceError as error:
            self.stderr.write(f"Searching by words only. {error}")
            return None
        return vector

    def _show(self, answer: dict[str, Any]) -> None:
        labels = [slot["label"] for slot in answer["understood"]["slots"]]
        if labels:
            self.stdout.write("Understood: " + " · ".join(labels))
        for hit in answer["hits"]:
            price = f"{hit['currency']} {hit['price']}" if hit["price"] else "no price"
            self.stdout.write(
                f"{hit['score']:.3f}  {hit['merchant']}/{hit['sku']}  {hit['title']}  {price}"
            )
        self.stdout.write(f"{answer['total']} found")
        for way in answer["relaxed"]:
            self.stdout.write(f"Without {' and '.join(way['without'])}: {way['gain']} found")


def _merchant(slug: str | None) -> int | None:
    """Return an open shop's id; an unknown one is a mistake to be told."""
    if slug is None:
        return None
    found = Merchant.objects.active().filter(slug=slug).first()
    if found is None:
        known = ", ".join(Merchant.objects.active().values_list("slug", flat=True)[:8])
        raise CommandError(f"There is no shop “{slug}”. Name one of: {known or '(none yet)'}.")
    return found.pk
