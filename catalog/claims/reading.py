"""Read the ledger's facts out of the database: 14 queries at most, however many products.

Only live products and open shops: what a shopper may not see supports nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from catalog.claims.facts import (
    CouponFact,
    MethodFact,
    OfferFact,
    PriceFact,
    ProductFacts,
    ReviewFacts,
    ShopFacts,
)
from catalog.models import (
    AspectMention,
    Attribute,
    Coupon,
    Price,
    Product,
    Review,
    ReviewOpinion,
    ShippingMethod,
)
from catalog.policies.terms import STANDARD
from catalog.policies.versions import policies_of
from shopguide.accounts.models import Merchant

MOST_REVIEWS = 400  # whose words may be quoted, of each product


def read(
    products: Sequence[int], merchants: Sequence[int]
) -> tuple[tuple[ProductFacts, ...], tuple[ShopFacts, ...]]:
    """Return the facts of live products and of their shops and these, in the order asked."""
    rows = {
        one.pk: one
        for one in Product.objects.live()
        .filter(pk__in=products, merchant__in=Merchant.objects.active())
        .select_related("category")
        .prefetch_related(
            "texts",
            "variants",
            Prefetch("variants__prices", Price.objects.select_related("price_list")),
            "variants__stock",
        )
    }
    found = [rows[pk] for pk in products if pk in rows]
    shops = _shops(dict.fromkeys([*(one.merchant_id for one in found), *merchants]))
    reviews = _reviews([one.pk for one in found])
    named = _named(found)
    return tuple(_product(one, reviews[one.pk], named) for one in found), shops


def _product(product: Product, reviews: ReviewFacts, named: dict[Any, Any]) -> ProductFacts:
    texts = sorted((one for one in product.texts.all() if not one.arm), key=lambda t: t.locale)
    shared, own = named.get(None, {}), named.get(product.merchant_id, {})
    category = product.category
    return ProductFacts(
        pk=product.pk,
        sku=product.sku,
        shop=product.merchant_id,
        titles={one.locale: one.title for one in texts},
        brand=product.brand,
        category=category.path if category else "",
        category_names=tuple(filter(None, (category.name_zh, category.name_en)))
        if category
        else (),
        attributes=product.attributes,
        named={code: own.get(code) or shared[code] for code in product.attributes
               if code in own or code in shared},
        offers=tuple(_offer(one) for one in product.variants.all() if one.active),
        texts=tuple(text for one in texts for text in (one.title, one.description) if text),
        reviews=reviews,
    )  # fmt: skip


def _offer(variant: Any) -> OfferFact:
    prices = {
        one.currency: PriceFact(one.amount, one.was, f"catalog.price:{one.pk}")
        for one in variant.prices.all()
    }
    options = {str(name): str(value) for name, value in variant.options.items()}
    codes = {
        str(name): str(value) for name, value in variant.codes.items() if isinstance(value, str)
    }
    return OfferFact(
        variant.sku, options | codes, prices, variant.in_stock, f"catalog.variant:{variant.pk}"
    )


def _reviews(products: Sequence[int]) -> dict[int, ReviewFacts]:
    """Count stars, feelings and aspects, and fetch the words. Four queries."""
    stars: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Review.objects.filter(product__in=products).order_by()
    for pk, star, many in rows.values_list("product", "stars").annotate(Count("pk")):
        stars[pk][star] = many
    felt: dict[int, dict[str, int]] = defaultdict(dict)
    opinions = ReviewOpinion.objects.filter(product__in=products).order_by()
    for pk, feeling, many in opinions.values_list("product", "feeling").annotate(Count("pk")):
        felt[pk][feeling] = many
    aspects: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    mentions = AspectMention.objects.filter(product__in=products).order_by()
    for pk, name, good, bad in mentions.values_list("product", "aspect").annotate(
        praised=Count("review", filter=Q(polarity=1), distinct=True),
        blamed=Count("review", filter=Q(polarity=-1), distinct=True),
    ):
        aspects[pk][name] = (good, bad)
    words: dict[int, list[str]] = defaultdict(list)
    written = rows.written().order_by("-written_at", "-pk")
    for pk, title, body in written.values_list("product", "title", "body"):
        if len(words[pk]) < MOST_REVIEWS:
            words[pk] += [one for one in (title, body) if one]
    return {pk: ReviewFacts(stars[pk], felt[pk], aspects[pk], tuple(words[pk])) for pk in products}


def _named(products: Sequence[Product]) -> dict[Any, dict[str, tuple[str, tuple[str, ...]]]]:
    codes = {code for one in products for code in one.attributes}
    shops = {one.merchant_id for one in products}
    rows = Attribute.objects.filter(Q(merchant=None) | Q(merchant__in=shops), code__in=codes)
    found: dict[Any, dict[str, tuple[str, tuple[str, ...]]]] = defaultdict(dict)
    for one in rows:
        names = tuple(filter(None, (one.name_zh, one.name_en)))
        found[one.merchant_id][one.code] = (one.unit, names)
    return found


def _shops(asked: Iterable[int]) -> tuple[ShopFacts, ...]:
    """Read shops with shipping, coupons and policy. Four queries."""
    rows = {one.pk: one for one in Merchant.objects.active().filter(pk__in=list(asked))}
    methods: dict[int, list[MethodFact]] = defaultdict(list)
    for way in ShippingMethod.objects.filter(merchant__in=rows, active=True):
        methods[way.merchant_id].append(_method(way))
    coupons: dict[int, list[CouponFact]] = defaultdict(list)
    for coupon in Coupon.objects.filter(merchant__in=rows, active=True):
        if _usable(coupon):
            coupons[coupon.merchant_id].append(_coupon(coupon))
    policies = dict(zip(rows, policies_of([(pk, None) for pk in rows]), strict=True))
    return tuple(
        ShopFacts(
            pk,
            tuple(dict.fromkeys(filter(None, _names(rows[pk])))),
            tuple(methods[pk]),
            tuple(coupons[pk]),
            policies.get(pk, STANDARD),
            f"accounts.merchant:{pk}",
        )
        for pk in asked
        if pk in rows
    )


def _names(shop: Merchant) -> tuple[str, ...]:
    return tuple(str(getattr(shop, name, "") or "") for name in ("name_zh", "name_en", "name"))


def _method(way: ShippingMethod) -> MethodFact:
    return MethodFact(
        tuple(filter(None, (way.name_zh, way.name_en))), way.currency, way.amount, way.free_from,
        way.days_least, way.days_most, tuple(way.countries), f"catalog.shippingmethod:{way.pk}",
    )  # fmt: skip


def _usable(coupon: Coupon) -> bool:
    now = timezone.now()
    begun = coupon.starts_at is None or coupon.starts_at <= now
    over = coupon.ends_at is not None and coupon.ends_at <= now
    return begun and not over and (coupon.most_uses is None or coupon.used < coupon.most_uses)


def _coupon(coupon: Coupon) -> CouponFact:
    return CouponFact(
        coupon.code, coupon.kind, coupon.value, coupon.currency, coupon.minimum,
        coupon.ends_at.date() if coupon.ends_at else None, f"catalog.coupon:{coupon.pk}",
    )  # fmt: skip
