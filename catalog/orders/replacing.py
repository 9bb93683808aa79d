"""What an exchange sends in place of what comes back: chosen, set aside, sent, or put back.

For `returning`. Only another variant of the same product is given, and none that costs more today:
an exchange moves no money. Stock leaves when the exchange is approved. To be called as the shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import F

from catalog.models import Price, Return, Stock, Variant
from catalog.models.back import ReturnKind
from catalog.orders.asking import Asking, LineNow, NotReturned


def wanted_variants(asking: Asking, lines: Mapping[int, LineNow]) -> dict[int, Variant]:
    """Return what is wanted for each line; NotReturned for what is no fair exchange."""
    found = {}
    for item in asking.items:
        choices = {one.pk: one for one in replacements(lines[item.line])}
        if item.wanted not in choices:
            raise NotReturned("wanted", lines[item.line].line)
        found[item.line] = choices[item.wanted]
    return found


def replacements(now: LineNow) -> list[Variant]:
    """Return what a line may be exchanged for: the same again, or what costs no more. 3 queries."""
    line = now.line
    if line.variant_id is None:
        return []
    rows = Variant.objects.filter(product__variants=line.variant_id, active=True)
    variants = list(rows.prefetch_related("stock").distinct())
    currency = line.order.currency
    most = max(line.unit_amount, lowest(line.variant_id, currency) or Decimal(0))
    return [
        one
        for one in variants
        if one.in_stock
        and (one.pk == line.variant_id or (lowest(one.pk, currency) or most + 1) <= most)
    ]


def lowest(variant: int, currency: str) -> Decimal | None:
    """Return today's price of a variant."""
    rows = Price.objects.filter(variant=variant, price_list__currency=currency)
    found: Decimal | None = rows.order_by("amount").values_list("amount", flat=True).first()
    return found


def take_replacements(back: Return) -> None:
    """Set aside what an exchange sends; NotReturned when there are not as many any more."""
    if back.kind != ReturnKind.EXCHANGE:
        return
    for line in back.lines.select_related("line").order_by("wanted", "pk"):
        rows = Stock.objects.select_for_update().filter(variant=line.wanted_id, quantity__gt=0)
        needed, taken = line.quantity, {}
        for row in rows.order_by("pk"):
            here = min(row.quantity, needed)
            if here:
                taken[str(row.pk)] = here
                needed -= here
                Stock.objects.filter(pk=row.pk).update(quantity=F("quantity") - here)
        if needed:
            raise NotReturned("not_enough", line.line)
        line.taken = taken
        line.save(update_fields=["taken"])


def give_back_replacements(back: Return) -> None:
    """Put back what was set aside."""
    for line in back.lines.all():
        for pk, count in sorted(line.taken.items()):
            Stock.objects.filter(pk=int(pk)).update(quantity=F("quantity") + count)
        if line.taken:
            line.taken = {}
            line.save(update_fields=["taken"])
