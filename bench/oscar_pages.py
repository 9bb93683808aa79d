"""The peer of ``bench.pages``, in its own environment: django-oscar with the same products.

Reads one JSON command a line and answers with one: ``load`` products, ``look`` at a page,
``time`` it.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.oscar_settings"

import django

from bench.page_timing import App, looked_at, timed


def load(path: str) -> dict[str, str]:
    """Make the tables, bring the products in, and return the addresses of pages."""
    from django.core.management import call_command
    from oscar.core.loading import get_model

    call_command("migrate", verbosity=0)
    product, category = get_model("catalogue", "Product"), get_model("catalogue", "Category")
    kind = get_model("catalogue", "ProductClass").objects.create(name="Goods")
    shelf = category.add_root(name="T-shirts")
    shop = get_model("partner", "Partner").objects.create(name="bench")
    said = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    made = [
        product(
            title=one["title"]["en"], slug=one["sku"].lower(), upc=one["sku"], product_class=kind,
            description=one["description"]["en"],
        )
        for one in said
    ]  # fmt: skip
    product.objects.bulk_create(made)
    get_model("catalogue", "ProductCategory").objects.bulk_create(
        get_model("catalogue", "ProductCategory")(product=one, category=shelf) for one in made
    )
    get_model("partner", "StockRecord").objects.bulk_create(
        get_model("partner", "StockRecord")(
            product=goods, partner=shop, partner_sku=one["sku"], price=price(one), num_in_stock=9,
        )
        for goods, one in zip(made, said, strict=True)
    )  # fmt: skip
    call_command("rebuild_index", interactive=False, verbosity=0)
    first = shelf.get_absolute_url()
    return {
        "category": first, "category, page 5": f"{first}?page=5",
        "product": made[len(made) // 2].get_absolute_url(),
    }  # fmt: skip


def price(said: dict[str, Any]) -> str:
    """Return the price of a product's first variant."""
    return str(said["variants"][0]["prices"]["CNY"])


def main() -> None:
    """Answer commands until there are none."""
    django.setup()
    from django.core.wsgi import get_wsgi_application

    app: App = get_wsgi_application()
    commands = {"load": load, "look": lambda path: looked_at(app, path),
                "time": lambda path, times: timed(app, path, times)}  # fmt: skip
    for line in sys.stdin:
        name, *rest = json.loads(line)
        print(json.dumps(commands[name](*rest)), flush=True)


if __name__ == "__main__":
    main()
