"""One shop of the demo market place, committed, so that a served site can see it."""

import json
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from catalog import demo
from catalog.feeds.importing import import_file
from catalog.indexing import index_products
from catalog.models import CatalogImport, Category
from catalog.search.market import forget
from shopguide.accounts.models import Membership, Merchant, Role, User
from shopguide.accounts.tenancy import as_everyone, as_merchant

SHOP = "cloudloom"
OWNER = "merchant@example.com"
PASSWORD = "shopguide-demo"
PICTURED = ("clothing/tops/hoodies", "clothing/dresses")


def fill(folder: Path) -> None:
    """Load the categories, one shop with its pictures and its owner, and make it searchable."""
    with as_everyone():
        for entry in demo.categories():
            above = Category.objects.filter(path=entry["path"].rpartition("/")[0]).first()
            Category.objects.create(
                path=entry["path"],
                name_zh=entry["zh-hans"],
                name_en=entry["en"],
                parent=above,
            )
    shop = Merchant.objects.create(
        slug=SHOP, name_zh="云织", name_en="Cloudloom", currencies=["CNY", "USD"]
    )
    owner = User.objects.create_user(OWNER, PASSWORD)
    EmailAddress.objects.create(user=owner, email=OWNER, verified=True, primary=True)
    Membership.objects.create(user=owner, merchant=shop, role=Role.OWNER)
    bring(shop, folder)
    index_products(shop)
    forget()


def bring(shop: Merchant, folder: Path) -> None:
    """Import the shop's own catalogue, as an upload would be; what is looked at has pictures."""
    pictures = Path(settings.MEDIA_ROOT) / "demo" / SHOP
    records = list(demo.products(SHOP))
    drawn = {record["sku"] for record in records if record["category"] in PICTURED}
    demo.pictures(SHOP, pictures, skus=drawn)
    for record in records:
        record["media"] = record["media"] if record["sku"] in drawn else []
    path = folder / f"{SHOP}.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with as_merchant(shop):
        job = CatalogImport.objects.create(
            merchant=shop,
            file=str(path),
            file_name=path.name,
            format=CatalogImport.Format.JSONL,
            images=str(pictures),
            state="running",
        )
    import_file(job)
    with as_merchant(shop):
        job.finish(stage="done")


def empty() -> None:
    """Take everything out again and let go of the connections."""
    call_command("flush", database="owner", verbosity=0, interactive=False, allow_cascade=True)
    forget()
    connections.close_all()
