"""``load_demo``: our own market place, through the ordinary importer; twice is as once."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from catalog import demo
from catalog.clearing import FOLDER, remove_demo
from catalog.feeds.importing import import_file
from catalog.models import CatalogImport, Category, Coupon, ShippingMethod, Warehouse
from catalog.policies.terms import from_json
from catalog.policies.versions import write
from shopguide.accounts.models import Membership, Merchant, User
from shopguide.accounts.tenancy import as_everyone, as_merchant

# The shops' rules hold from here, so that what simulated shoppers bought earlier comes under them.
OPENED = datetime(2025, 1, 1, tzinfo=UTC)


class Command(BaseCommand):
    """Load people, categories, shops, products and pictures of the demo."""

    help = "Load the demo market place; what is already there and unchanged is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--remove``."""
        parser.add_argument(
            "--remove", action="store_true", help="remove the demo instead, with files and logins"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything, shop by shop, or remove it."""
        if options["remove"]:
            call_command("simulate", "--remove")
            gone = remove_demo()
            self.stderr.write(
                f"  removed {gone.shops} shops, {gone.products} products, {gone.pictures} pictures,"
                f" {gone.categories} categories, {gone.people} people"
            )
            return
        self._categories()
        shops = [self._merchant(entry) for entry in demo.merchants()]
        self._people({shop.slug: shop for shop in shops})
        for shop, entry in zip(shops, demo.merchants(), strict=True):
            self._selling(shop)
            self._warehouses(shop, entry["warehouses"])
            self._products(shop)

    def _categories(self) -> None:
        with as_everyone():
            for position, entry in enumerate(demo.categories()):
                above = entry["path"].rpartition("/")[0]
                Category.objects.update_or_create(
                    merchant=None,
                    path=entry["path"],
                    defaults={
                        "name_zh": entry["zh-hans"],
                        "name_en": entry["en"],
                        "position": position,
                        "parent": Category.objects.shared().filter(path=above).first()
                        if above
                        else None,
                    },
                )

    def _merchant(self, entry: dict[str, Any]) -> Merchant:
        merchant, _made = Merchant.objects.update_or_create(
            slug=entry["slug"],
            defaults={
                "name_zh": entry["name"].get("zh-hans", ""),
                "name_en": entry["name"].get("en", ""),
                "about_zh": entry["about"].get("zh-hans", ""),
                "about_en": entry["about"].get("en", ""),
                "currencies": entry["currencies"],
                "is_demo": True,
            },
        )
        return merchant

    def _people(self, shops: dict[str, Merchant]) -> None:
        crowd = demo.people()
        for entry in crowd["people"]:
            operator = entry["role"] == "operator"
            user, made = User.objects.get_or_create(
                email=entry["email"],
                defaults={
                    "first_name": entry["name"]["en"],
                    "is_staff": operator,
                    "is_superuser": operator,
                    "is_demo": True,
                },
            )
            if made:
                user.set_password(crowd["password"])
                user.save(update_fields=["password"])
            EmailAddress.objects.get_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
            if entry["merchant"]:
                Membership.objects.update_or_create(
                    user=user, merchant=shops[entry["merchant"]], defaults={"role": entry["role"]}
                )

    def _selling(self, shop: Merchant) -> None:
        terms = demo.selling().get(shop.slug, {"shipping": [], "coupons": []})
        with as_merchant(shop):
            for way in terms["shipping"]:
                for currency, (amount, free_from) in way["prices"].items():
                    ShippingMethod.objects.update_or_create(
                        merchant=shop,
                        code=way["code"],
                        currency=currency,
                        defaults={
                            "name_zh": way["zh-hans"],
                            "name_en": way["en"],
                            "amount": amount,
                            "free_from": free_from,
                            "days_least": way["days"][0],
                            "days_most": way["days"][1],
                        },
                    )
            if policy := terms.get("policy"):
                write(shop, from_json(policy), since=OPENED)
            for coupon in terms["coupons"]:
                Coupon.objects.update_or_create(merchant=shop, code=coupon["code"], defaults=coupon)

    def _warehouses(self, shop: Merchant, stores: list[dict[str, Any]]) -> None:
        """Name the warehouses, in both languages: the importer knows them by their codes only."""
        with as_merchant(shop):
            for store in stores:
                name = f"{store['name']['zh-hans']} · {store['name']['en']}"
                Warehouse.objects.update_or_create(
                    merchant=shop, code=store["code"], defaults={"name": name}
                )

    def _products(self, shop: Merchant) -> None:
        pictures = Path(settings.MEDIA_ROOT) / FOLDER / shop.slug
        self.stderr.write(f"  {shop.slug}: drawing pictures …")
        demo.pictures(shop.slug, pictures)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{shop.slug}.jsonl"
            with path.open("w", encoding="utf-8") as lines:
                for record in demo.products(shop.slug):
                    lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            with as_merchant(shop):
                job = CatalogImport.objects.create(
                    merchant=shop,
                    file=str(path),
                    file_name=path.name,
                    format=CatalogImport.Format.JSONL,
                    images=str(pictures),
                    state="running",
                )
            report = import_file(job)
            with as_merchant(shop):
                job.finish(stage="done")
        self.stderr.write(
            f"  {shop.slug}: {report.rows} rows, {report.created} new, {report.updated} changed,"
            f" {report.unchanged} unchanged, {report.failed} failed"
        )
        for problem in report.errors[:5]:
            self.stderr.write(f"    {problem}")
