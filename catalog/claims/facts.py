"""What the ledger knows: products with offers, texts and opinions; shops with rules and coupons."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from catalog.claims.claim import Fact
from catalog.policies.deciding import Bought, first_fitting, rule_for
from catalog.policies.terms import STANDARD, Policy, Reason, Rule, Warranty

if TYPE_CHECKING:
    from catalog.claims.grounding import Ground

FEW = 5


@dataclass(frozen=True)
class PriceFact:
    """One price; ``was`` is the former one."""

    amount: Decimal
    was: Decimal | None = None
    source: str = ""


@dataclass(frozen=True)
class OfferFact:
    """One variant: options as vocabulary codes or the shop's words, prices by currency, stock."""

    sku: str
    options: Mapping[str, str]
    prices: Mapping[str, PriceFact]
    stock: int
    source: str = ""


@dataclass(frozen=True)
class ReviewFacts:
    """``stars``: how many gave how many; ``aspects``: for and against by aspect code."""

    stars: Mapping[int, int] = field(default_factory=dict)
    feelings: Mapping[str, int] = field(default_factory=dict)
    aspects: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many gave stars."""
        return sum(self.stars.values())

    @property
    def mean(self) -> Decimal | None:
        """Return the average of stars."""
        if not self.count:
            return None
        return Decimal(sum(star * many for star, many in self.stars.items())) / self.count

    @property
    def judged(self) -> int:
        """Return how many written reviews were read."""
        return sum(self.feelings.values())


@dataclass(frozen=True)
class ProductFacts:
    """One product as the database has it. ``texts``: what the shop wrote, title first."""

    pk: int
    sku: str
    shop: int
    titles: Mapping[str, str]
    brand: str = ""
    category: str = ""
    category_names: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    # The shop's own names and units of attributes: code → (unit, names).
    named: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    offers: tuple[OfferFact, ...] = ()
    texts: tuple[str, ...] = ()
    reviews: ReviewFacts = ReviewFacts()

    @property
    def source(self) -> str:
        """Return the product's row."""
        return f"catalog.product:{self.pk}"

    @cached_property
    def ground(self) -> Ground:
        """Return what the shop's own words and facts state, read once."""
        from catalog.claims.grounding import Ground

        return Ground(self)

    def prices(self, currency: str, offers: Collection[OfferFact] = ()) -> list[PriceFact]:
        """Return the prices in a currency, of all variants or of some, lowest first."""
        found = [one.prices[currency] for one in offers or self.offers if currency in one.prices]
        return sorted(found, key=lambda one: one.amount)

    def options(self, name: str) -> set[str]:
        """Return the values that variants have of an option."""
        return {one.options[name] for one in self.offers if name in one.options}

    def stock(self, offers: Collection[OfferFact] = ()) -> int:
        """Return how many are there, of all variants or of some."""
        return sum(one.stock for one in offers or self.offers)


@dataclass(frozen=True)
class MethodFact:
    """A way of shipping in one currency."""

    names: tuple[str, ...]
    currency: str
    amount: Decimal
    free_from: Decimal | None
    least: int
    most: int
    countries: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class CouponFact:
    """A coupon that can be used now."""

    code: str
    kind: str
    value: Decimal
    currency: str = ""
    minimum: Decimal = Decimal(0)
    ends: datetime.date | None = None
    source: str = ""


@dataclass(frozen=True)
class ShopFacts:
    """One shop: names, shipping, coupons and the policy that holds."""

    pk: int
    names: tuple[str, ...]
    methods: tuple[MethodFact, ...] = ()
    coupons: tuple[CouponFact, ...] = ()
    policy: Policy = STANDARD
    source: str = ""


@dataclass(frozen=True)
class Ledger:
    """Everything that may be said at this moment.

    ``given``: texts that code made for this answer, such as a cart's total: what stands in them is
    true. ``said``: the shopper's own words, which may be quoted back. ``passages``: the shop's
    words that are cited, each with its row; they support what is no price, stock or discount.
    ``reckoned``: whole sentences that code made from the rows; such a sentence holds as it stands.
    """

    products: tuple[ProductFacts, ...] = ()
    shops: tuple[ShopFacts, ...] = ()
    currency: str = "CNY"
    locale: str = "zh-hans"
    given: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    passages: tuple[Fact, ...] = ()
    reckoned: tuple[str, ...] = ()
    today: datetime.date | None = None

    @staticmethod
    def of(
        *,
        products: Iterable[int] = (),
        merchants: Iterable[int] = (),
        currency: str,
        locale: str,
        given: Sequence[str] = (),
        said: Sequence[str] = (),
        passages: Sequence[Fact] = (),
        reckoned: Sequence[str] = (),
    ) -> Ledger:
        """Read all facts of live products and their shops, by primary key. At most 14 queries."""
        from catalog.claims.reading import read

        return Ledger(
            *read(list(dict.fromkeys(products)), list(dict.fromkeys(merchants))),
            currency=currency,
            locale=locale,
            given=tuple(given),
            said=tuple(said),
            passages=tuple(passages),
            reckoned=tuple(reckoned),
            today=datetime.datetime.now(tz=datetime.UTC).date(),
        )

    def shops_of(self, products: Collection[ProductFacts]) -> tuple[ShopFacts, ...]:
        """Return the shops of products, all shops for none."""
        wanted = {one.shop for one in products}
        return tuple(one for one in self.shops if not wanted or one.pk in wanted)

    def shop(self, product: ProductFacts) -> ShopFacts | None:
        """Return a product's shop."""
        return next((one for one in self.shops if one.pk == product.shop), None)

    @cached_property
    def twins(self) -> dict[int, tuple[int, ...]]:
        """Return for each product the others that bear a title of its."""
        bearing: dict[str, list[int]] = {}
        for one in self.products:
            for title in set(one.titles.values()):
                bearing.setdefault(title, []).append(one.pk)
        found: dict[int, tuple[int, ...]] = {}
        for same in bearing.values():
            for pk in same if len(same) > 1 else ():
                found[pk] = found.get(pk, ()) + tuple(one for one in same if one != pk)
        return found

    @cached_property
    def given_numbers(self) -> frozenset[Decimal]:
        """Return all numbers that stand in what code made."""
        from catalog.claims.numerals import numbers_of

        return frozenset(number for text in self.given for number in numbers_of(text))

    @cached_property
    def passages_folded(self) -> tuple[tuple[str, Fact], ...]:
        """Return the cited pages in plain form, each with its row."""
        from catalog.claims.numerals import plain_form

        return tuple((plain_form(one.text)[0], one) for one in self.passages)

    @cached_property
    def reckoned_folded(self) -> tuple[str, ...]:
        """Return the sentences that code made, in plain form."""
        from catalog.claims.numerals import plain_form

        return tuple(plain_form(text)[0] for text in self.reckoned)

    @cached_property
    def given_folded(self) -> tuple[str, ...]:
        """Return what code made, in plain form."""
        from catalog.claims.numerals import plain_form

        return tuple(plain_form(text)[0].strip(" 。.!！") for text in self.given if text.strip())


def rule_of(
    shop: ShopFacts, product: ProductFacts | None, reason: Reason = Reason.CHANGED_MIND
) -> Rule | None:
    """Return the rule by which a product comes back."""
    return rule_for(shop.policy, line_of(product), reason)


def warranty_of(shop: ShopFacts, product: ProductFacts | None) -> Warranty | None:
    """Return the warranty on a product."""
    return first_fitting(shop.policy.warranties, line_of(product))


def line_of(product: ProductFacts | None) -> Bought:
    """Return a product as the rules see it."""
    if product is None:
        return Bought("", 1, "delivered")
    return Bought(product.sku, 1, "delivered", category=product.category)
