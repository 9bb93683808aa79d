"""``listen``: judge what was said and look for bursts of complaints, now."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketing.listening.chatting import hear_chats
from marketing.listening.commanding import listen_now, shop_of
from shopguide.accounts.models import Merchant


class Command(BaseCommand):
    """One cycle of listening for one shop, or all."""

    help = "Judge a shop's reviews and mentions and raise alerts for bursts of complaints."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the shop."""
        parser.add_argument("--merchant", metavar="SLUG", default="", help="one shop; else all")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Listen and report."""
        slug = options["merchant"]
        shops = [shop_of(slug)] if slug else list(Merchant.objects.active())
        hear_chats()
        found: dict[str, Any] = {"judged": 0, "doubted": 0, "new": 0, "alerts": []}
        for shop in shops:
            for name, value in listen_now(shop).items():
                found[name] += value
        for alert in found["alerts"]:
            self.stderr.write("{merchant} {sku}: {aspect}, {seen} where {expected} are usual"
                              .format_map(alert))  # fmt: skip
        shown = f"judged {found['judged']}, doubted {found['doubted']}, new alerts {found['new']}"
        self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else shown)
