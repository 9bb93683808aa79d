"""What stands beside the price of a product: keeping it, being told of it, its shop's rules."""

from __future__ import annotations

from typing import Any

from catalog.choosing import Choice
from catalog.models import Product
from catalog.policies.deciding import Bought, first_fitting, rule_for
from catalog.policies.terms import Policy, Reason
from catalog.presenting.policies import rule_line, shipping_line, warranty_line


def keep_line(
    product: Product,
    choice: Choice,
    page: dict[str, Any],
    *,
    wished: bool,
    currency: str,
    email: str,
) -> dict[str, Any]:
    """Return the heart's state, and of what somebody may want to be told."""
    offer, sold_out = page["offer"], page["stock"]["state"] == "out"
    return {
        "product": product.pk,
        "variant": choice.variant.pk if choice.variant else 0,
        "wished": wished,
        "watch": "stock" if sold_out else "price" if offer else "",
        "currency": offer["currency"] if offer else currency,
        "email": email,
    }


def rules_of(policy: Policy, product: Product, category: str) -> list[str]:
    """Return what the shop's rules say of a product before it is bought."""
    bought = Bought(product.sku, 1, "", category)
    rule = rule_for(policy, bought, Reason.CHANGED_MIND)
    warranty = first_fitting(policy.warranties, bought)
    said = [rule_line(rule) if rule else "", warranty_line(warranty) if warranty else ""]
    return [one for one in [*said, shipping_line(policy)] if one]
