"""What a product on sale or being prepared may lack, as conditions that lists and counts share."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

# So few of a variant are said to be running out.
FEW = 3


def pictured() -> Exists:
    """Return whether a product has a picture."""
    from catalog.models.media import Media

    return Exists(Media.objects.filter(product=OuterRef("pk")))


def priced() -> Exists:
    """Return whether a product can be bought for a price."""
    from catalog.models.offer import Price

    return Exists(Price.objects.filter(variant__product=OuterRef("pk"), variant__active=True))


def written(locale: str) -> Exists:
    """Return whether a product has a text in a language."""
    from catalog.models.product import ProductText

    return Exists(ProductText.objects.filter(product=OuterRef("pk"), locale=locale, arm=""))


def running_out() -> Exists:
    """Return whether a product has a variant of which few or none are left in all warehouses.

    A variant whose stock nobody counts is never running out.
    """
    from catalog.models.product import Variant

    counted = Variant.objects.filter(
        product=OuterRef("pk"), active=True, stock__isnull=False
    ).annotate(left=Coalesce(Sum("stock__quantity"), 0))
    return Exists(counted.filter(left__lte=FEW))


# Code of a lack: what it is called, and the condition of the products that have it.
LACKS: dict[str, tuple[object, Callable[[], Q]]] = {
    "stock": (_("Running out"), lambda: Q(running_out(), status="live")),
    "picture": (_("Without a picture"), lambda: Q(~pictured())),
    "price": (_("Without a price"), lambda: Q(~priced())),
    "translation": (
        _("In one language only"),
        lambda: Q(~(Q(written("zh-hans")) & Q(written("en")))),
    ),
}


def lacks(code: str) -> Q:
    """Return the condition of the products that lack something; those put away lack nothing."""
    return LACKS[code][1]() & ~Q(status="archived") & Q(deleted_at=None)
