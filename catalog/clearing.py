"""Remove the demo market place: shops, products, pictures, uploads and people, and nothing else.

For operators, by a page or by ``load_demo --remove``. A shop is of the demo when its row says so.
It never touches a real shop, nor a category, person or picture that one needs.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from catalog import demo
from catalog.models import Category, Media, Product
from catalog.models.order import Order
from catalog.search.market import forget
from shopguide.accounts.models import Membership, Merchant, User
from shopguide.accounts.tenancy import as_everyone

FOLDER = "demo"  # of the pictures, below MEDIA_ROOT


@dataclass(frozen=True)
class Extent:
    """How much the demo is."""

    shops: int = 0
    products: int = 0
    categories: int = 0
    people: int = 0
    pictures: int = 0

    def __bool__(self) -> bool:
        return any((self.shops, self.products, self.categories, self.people, self.pictures))


def demo_shops() -> QuerySet[Merchant]:
    """Return the shops that are marked as demo."""
    return Merchant.objects.filter(is_demo=True)


def demo_people() -> QuerySet[User]:
    """Return the demo's logins; one who has joined a real shop since is no longer of the demo."""
    emails = [person["email"] for person in demo.people()["people"]]
    real = Membership.objects.filter(user=OuterRef("pk"), merchant__is_demo=False)
    return User.objects.filter(~Exists(real), email__in=emails)


def demo_extent() -> Extent:
    """Return what :func:`remove_demo` would remove. Five queries; categories as they stand now."""
    with as_everyone():
        shops = demo_shops()
        return Extent(
            shops=shops.count(),
            products=Product.objects.filter(merchant__in=shops).count(),
            categories=_demo_categories().count(),
            people=demo_people().count(),
            pictures=Media.objects.filter(merchant__in=shops).count(),
        )


def remove_demo() -> Extent:
    """Remove the demo whole, or change nothing; return what is gone.

    Rows go in one transaction, files once it is committed. Orders placed with a demo shop go with
    it. Cost: some seconds for the demo as it is shipped.
    """
    with transaction.atomic(), as_everyone():
        shops = list(demo_shops().select_for_update())
        files = _files(shops)
        counts = {
            "shops": len(shops),
            "products": Product.objects.filter(merchant__in=shops).count(),
            "people": demo_people().count(),
        }
        demo_people().delete()
        Order.objects.filter(merchant__in=shops).delete()
        for category in Category.objects.filter(merchant__in=shops).order_by("-path"):
            category.delete()  # leaves first: a category keeps the one above it
        Merchant.objects.filter(pk__in=[shop.pk for shop in shops]).delete()
        counts["categories"] = _remove_categories()
        used = set(Media.objects.filter(file__in=files).values_list("file", flat=True))
        gone = [file for file in files if file not in used]
        transaction.on_commit(partial(_remove_files, gone, [shop.slug for shop in shops]))
    transaction.on_commit(forget)
    return Extent(**counts, pictures=len(gone))


def _files(shops: Sequence[Merchant]) -> list[str]:
    """Return the pictures of these shops, below ``MEDIA_ROOT``."""
    media = Media.objects.filter(merchant__in=shops)
    return list(media.order_by().values_list("file", flat=True).distinct())


def _demo_categories() -> QuerySet[Category]:
    return Category.objects.shared().filter(path__in=[entry["path"] for entry in demo.categories()])


def _remove_categories() -> int:
    """Remove the demo's categories that hold neither products nor categories, leaves first."""
    removed = 0
    for category in _demo_categories().order_by("-path"):
        if not category.products.exists() and not category.children.exists():
            category.delete()
            removed += 1
    return removed


def _remove_files(files: Iterable[str], slugs: Iterable[str]) -> None:
    """Remove pictures, the demo's own folder and the shops' uploads."""
    media = Path(settings.MEDIA_ROOT)
    for file in files:
        path = media / file
        path.unlink(missing_ok=True)
        if path.parent != media and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    shutil.rmtree(media / FOLDER, ignore_errors=True)
    for slug in slugs:
        shutil.rmtree(Path(settings.UPLOAD_ROOT) / slug, ignore_errors=True)
