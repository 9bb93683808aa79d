"""Articles that a shop's own rules write: returns, warranty, shipping, changes, invoices.

For the sweep and the demo. Every number comes from the terms that hold; the articles are approved
as they are made, for code wrote them, and made anew when the terms change. Whoever answers about
one order asks `catalog.policies` instead; this is what holds for all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import translation

from assistant.knowledge.articles import approve, retire, write
from assistant.models import Article, ArticleVersion
from assistant.models.article import LANGUAGES, Kind, Source, State
from catalog.models import Category, ShippingMethod
from catalog.models.order import OrderState
from catalog.models.product import Product
from catalog.policies.terms import Policy, Rule, Warranty
from catalog.policies.versions import policy_of
from catalog.presenting.money import money, number
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

SUBJECTS = ("returns", "warranty", "shipping", "changes", "invoices")


@lru_cache(maxsize=1)
def sentences() -> dict[str, dict[str, Any]]:
    """Return the sentences by language."""
    return tomllib.loads((Path(__file__).parent / "terms.toml").read_text("utf-8"))


def write_terms(merchant: Merchant) -> int:
    """Bring the articles that come from a shop's terms up to date; return how many changed."""
    policy, ways = policy_of(merchant), shipping_of(merchant)
    changed = 0
    for code, _name in LANGUAGES:
        with translation.override(code):
            for subject in SUBJECTS:
                body = body_of(subject, merchant, policy, ways, sentences()[code])
                changed += _bring(merchant, code, subject, body)
    return changed


def outdated(merchant: Merchant) -> bool:
    """Tell whether an article says something else than the terms do."""
    policy, ways = policy_of(merchant), shipping_of(merchant)
    with as_merchant(merchant):
        mine = Article.objects.filter(merchant=merchant, source=Source.TERMS)
        kept = dict(mine.exclude(state=State.RETIRED).values_list("key", "pk"))
        live = {
            version.article_id: version.body
            for version in ArticleVersion.objects.filter(article__in=kept.values()).order_by(
                "article", "number"
            )
        }
    for code, _name in LANGUAGES:
        with translation.override(code):
            for subject in SUBJECTS:
                body = body_of(subject, merchant, policy, ways, sentences()[code])
                if body.strip() != live.get(kept.get(_key(subject, code), 0), ""):
                    return True
    return False


def _key(subject: str, language: str) -> str:
    return f"terms:{subject}:{language}"


def _bring(merchant: Merchant, language: str, subject: str, body: str) -> bool:
    """Write and approve one article, or take it away if there is nothing to say."""
    key = _key(subject, language)
    with as_merchant(merchant):
        mine = Article.objects.filter(merchant=merchant, language=language, key=key)
        before = mine.first()
    if not body.strip():
        if before is None or before.state == State.RETIRED:
            return False
        retire(before)
        return True
    said = sentences()[language]
    article = write(
        merchant, title=said[subject], body=body, asked=said.get(f"{subject}_asked", ""),
        language=language, kind=Kind.POLICY, source=Source.TERMS, key=key,
    )  # fmt: skip
    if article.live == article.latest:
        return False
    approve(article)
    return True


def shipping_of(merchant: Merchant) -> list[ShippingMethod]:
    """Return the shop's ways of shipping that hold."""
    with as_merchant(merchant):
        rows = ShippingMethod.objects.filter(merchant=merchant, active=True)
        return list(rows.order_by("code", "currency"))


def body_of(
    subject: str,
    merchant: Merchant,
    policy: Policy,
    ways: list[ShippingMethod],
    said: dict[str, Any],
) -> str:
    """Return what an article says, in the reader's language."""
    lines: dict[str, Iterable[str]] = {
        "returns": returns(merchant, policy, said),
        "warranty": warranties(merchant, policy, said),
        "shipping": shipping(policy, ways, said) if ways else (),
        "changes": changes(policy, said),
        "invoices": (said["has_invoices" if policy.invoices else "no_invoices"],),
    }
    return "\n".join(lines[subject])


def returns(merchant: Merchant, policy: Policy, said: dict[str, Any]) -> Iterator[str]:
    """Say each rule under whom it is for; then how to ask, and what happens."""
    for rule in policy.rules:
        if not (whom := _whom(merchant, rule, said)):
            continue
        yield f"## {whom}"
        yield join(said, _rule(rule, said))
        yield ""
    yield f"## {said['returns']}"
    handled = said["automatic" if policy.automatic else "by_hand"]
    yield join(said, [said["how"], handled, said[f"back_{policy.shipping_back}"]])


def _rule(rule: Rule, said: dict[str, Any]) -> Iterator[str]:
    if not rule.return_days and not rule.exchange_days:
        yield said["not_taken"]
        return
    if rule.return_days:
        yield said["return_days"].format(days=rule.return_days)
    if rule.exchange_days:
        yield said["exchange_days"].format(days=rule.exchange_days)
    yield said[rule.condition]
    yield said[rule.payer]
    if rule.fee_percent:
        yield said["fee"].format(percent=number(rule.fee_percent))
    if rule.return_days:
        yield said["ways"].format(ways=said["comma"].join(said[way] for way in rule.ways))


def _whom(merchant: Merchant, row: Rule | Warranty, said: dict[str, Any]) -> str:
    """Return what a row is for: goods by name, or the reasons; nothing for goods that are gone."""
    named = [*_categories(merchant, row.categories), *_products(merchant, row.skus)]
    if row.categories or row.skus:
        return str(said["for_some"].format(what=said["comma"].join(named))) if named else ""
    reasons = isinstance(row, Rule) and row.reasons
    return str(said["for_reasons" if reasons else "for_all"])


def _categories(merchant: Merchant, paths: tuple[str, ...]) -> list[str]:
    if not paths:
        return []
    with as_merchant(merchant):
        rows = Category.objects.usable_by(merchant).filter(path__in=paths)
        names = {row.path: row.name for row in rows}
    # A category that has left the tree sells nothing; its path is no name for shoppers.
    return [names[path] for path in paths if path in names]


def _products(merchant: Merchant, skus: tuple[str, ...]) -> list[str]:
    if not skus:
        return []
    language = translation.get_language() or "en"
    with as_merchant(merchant):
        rows = Product.objects.filter(merchant=merchant, sku__in=skus)
        texts = rows.filter(texts__locale=language).values_list("sku", "texts__title")
        names = dict(texts)
    return [names.get(sku, sku) for sku in skus]


def warranties(merchant: Merchant, policy: Policy, said: dict[str, Any]) -> Iterator[str]:
    """Say each warranty under the goods that it is for."""
    given = [one for one in policy.warranties if one.months]
    for one in given:
        remedies = said["comma"].join(said[remedy] for remedy in one.remedies)
        whom = _whom(merchant, one, said)
        if not whom:
            continue
        if len(given) > 1 or one.categories or one.skus:
            yield f"## {whom}"
        yield said["months"].format(months=one.months, remedies=remedies)
        yield ""
    if given:
        yield said["covers"]


def shipping(policy: Policy, ways: list[ShippingMethod], said: dict[str, Any]) -> Iterator[str]:
    """Say what each way costs and how long it takes; then when orders leave."""
    told: set[str] = set()
    for way in ways:
        name, price = str(way), money(way.amount, way.currency)
        if way.free_from is None:
            yield said["costs"].format(way=name, price=price)
        else:
            free = money(way.free_from, way.currency)
            yield said["costs_free"].format(way=name, price=price, free=free)
        if way.code not in told:
            told.add(way.code)
            yield _time(way, name, said)
            where = said["comma"].join(way.countries)
            yield said["countries" if where else "everywhere"].format(way=name, countries=where)
        yield ""
    yield said["cut_off"].format(hour=policy.cut_off.strftime("%H:%M"))
    days = said["comma"].join(said["days"][day] for day in policy.workdays)
    yield said["workdays"].format(days=days)


def _time(way: ShippingMethod, name: str, said: dict[str, Any]) -> str:
    one = way.days_least == way.days_most == 1
    text = said["takes_one" if one else "takes"]
    return str(text.format(way=name, least=way.days_least, most=way.days_most))


def changes(policy: Policy, said: dict[str, Any]) -> Iterator[str]:
    """Say until when an order can be cancelled or sent elsewhere."""
    for kind, states in (("cancel", policy.cancel), ("readdress", policy.readdress)):
        names = said["comma"].join(str(OrderState(state).label) for state in states)
        yield said[kind].format(states=names) if states else said[f"no_{kind}"]
    yield said["after"]


def join(said: dict[str, Any], lines: Iterable[str]) -> str:
    """Put sentences together as the language does."""
    return ("" if said["comma"] == "、" else " ").join(lines)
