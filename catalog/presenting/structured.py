"""A product page said once more for machines, in the same words and numbers (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

STOCK = {"in": "InStock", "low": "LimitedAvailability", "out": "OutOfStock", "choose": "InStock"}
# What could end the script element or start another.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def structured_data(
    page: dict[str, Any],
    crumbs: Sequence[dict[str, str]],
    url: str,
    absolute: Callable[[str], str],
    locale: str,
) -> SafeString:
    """Return the JSON-LD of a product page from what the page shows."""
    return safe_json([product_data(page, url, absolute, locale), crumb_data(crumbs, absolute)])


def site_data(absolute: Callable[[str], str]) -> SafeString:
    """Return the JSON-LD of the home page: what the site is called and where it is searched."""
    home, search = absolute(reverse("home")), absolute(reverse("search"))
    return safe_json(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "ShopGuide",
            "url": home,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term}}"},
                "query-input": "required name=search_term",
            },
        }
    )


def place_data(crumbs: Sequence[dict[str, str]], absolute: Callable[[str], str]) -> SafeString:
    """Return the JSON-LD of a category: the way to it."""
    return safe_json(crumb_data(crumbs, absolute))


def product_data(
    page: dict[str, Any], url: str, absolute: Callable[[str], str], locale: str
) -> dict[str, Any]:
    """Return the product: names, pictures, price, stars."""
    reviews = page["reviews"]
    said = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page["title"],
        "sku": page["sku"],
        "url": absolute(url),
        "inLanguage": page["lang"] or locale,
        "image": [absolute(picture["url"]) for picture in page["media"]],
        "description": strip_tags(str(page["description"])).strip(),
        "brand": {"@type": "Brand", "name": page["brand"]} if page["brand"] else None,
        "offers": offer_data(page, absolute(url)),
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": str(reviews["average"]),
            "reviewCount": reviews["count"],
        }
        if reviews["count"]
        else None,
    }
    return {name: value for name, value in said.items() if value}


def offer_data(page: dict[str, Any], url: str) -> dict[str, Any] | None:
    """Return the price as it is shown: one price, or from the lowest to the highest."""
    offer = page["offer"]
    if not offer:
        return None
    common: dict[str, Any] = {
        "url": url,
        "priceCurrency": offer["currency"],
        "seller": {"@type": "Organization", "name": page["merchant"]["name"]},
    }
    if stock := STOCK.get(page["stock"]["state"]):
        common["availability"] = f"https://schema.org/{stock}"
    if page.get("shipping"):
        common["shippingDetails"] = [shipping_data(way) for way in page["shipping"]]
    if page.get("returns"):
        common["hasMerchantReturnPolicy"] = return_data(page["returns"])
    if page["price_from"]:
        ends = {"lowPrice": str(offer["low"]), "highPrice": str(offer["high"])}
        return {"@type": "AggregateOffer", **common, **ends}
    return {"@type": "Offer", **common, "price": str(offer["low"])}


def shipping_data(way: dict[str, Any]) -> dict[str, Any]:
    """Return one way of shipping: its price, its days and where it leads."""
    days = {"@type": "QuantitativeValue", "minValue": way["least"], "maxValue": way["most"]}
    said = {
        "@type": "OfferShippingDetails",
        "shippingRate": {
            "@type": "MonetaryAmount",
            "value": str(way["amount"]),
            "currency": way["currency"],
        },
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "transitTime": {**days, "unitCode": "DAY"},
        },
    }
    if way["to"]:
        said["shippingDestination"] = {"@type": "DefinedRegion", "addressCountry": way["to"]}
    return said


def return_data(terms: dict[str, Any]) -> dict[str, Any]:
    """Return whether, how long and at whose cost it may come back."""
    if not terms["days"]:
        category = "https://schema.org/MerchantReturnNotPermitted"
        return {"@type": "MerchantReturnPolicy", "returnPolicyCategory": category}
    fees = "FreeReturn" if terms["free"] else "ReturnFeesCustomerResponsibility"
    return {
        "@type": "MerchantReturnPolicy",
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": terms["days"],
        "returnMethod": "https://schema.org/ReturnByMail",
        "returnFees": f"https://schema.org/{fees}",
    }


def crumb_data(crumbs: Sequence[dict[str, str]], absolute: Callable[[str], str]) -> dict[str, Any]:
    """Return the way to the page, from home as it is shown."""
    home = {"name": _("Home"), "url": reverse("home")}
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": crumb["name"],
                **({"item": absolute(crumb["url"])} if crumb["url"] else {}),
            }
            for place, crumb in enumerate([home, *crumbs], start=1)
        ],
    }


def safe_json(said: Any) -> SafeString:
    """Return JSON that can stand in a script element."""
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(ESCAPES))  # noqa: S308
