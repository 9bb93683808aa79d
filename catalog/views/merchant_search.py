"""The shop's own search in its merchant's hands: what stands first, and what words mean.

The preview is the shop's search itself, asked by the same function with the rules of the moment.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.merchandising_forms import CLEAR, RuleForm, ScheduledForm, SynonymForm
from catalog.models import Product, SearchRule, SearchSynonym
from catalog.presenting.merchandising import absent, preview_rows, rule_rows, synonym_rows
from catalog.presenting.naming import reader
from catalog.search.addressing import Address, clean_text
from catalog.search.market import market
from catalog.search.merchandising import PIN, key_of
from catalog.taking_back import rows_token
from catalog.views import _results
from catalog.views._portal import member_view
from catalog.views._results import found
from catalog.views.merchant_proposals import may_edit, numbers, person_of
from catalog.views.merchant_undo import say_undoable
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_SHOWN, MOST_NEAREST = 200, 5
TEMPLATE = "catalog/merchant/search.html"


@require_safe
@member_view()
def merchant_search(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show a query's results as shoppers get them in the shop, and all rules and synonyms."""
    return page(request, merchant, clean_text(request.GET.get("q", ""), 200))


def page(
    request: HttpRequest,
    merchant: Merchant,
    query: str,
    *,
    synonym_form: SynonymForm | None = None,
    wrong: str = "",
) -> HttpResponse:
    """Return the page; 422 with what is wrong."""
    at = moment_of(request)
    with as_merchant(merchant):
        rules = SearchRule.objects.filter(merchant=merchant).select_related("product__merchant")
        every = list(rules.prefetch_related("product__texts")[:MOST_SHOWN])
        words = list(SearchSynonym.objects.filter(merchant=merchant)[:MOST_SHOWN])
        editor = may_edit(request, merchant)
    context = {
        "merchant": merchant,
        "nav": "search",
        "may_edit": editor,
        "query": query,
        "at": request.GET.get("at", "") if at else "",
        "preview": preview(request, merchant, query, at, every) if query else None,
        "rules": rule_rows(every, at or timezone.now()),
        "synonyms": synonym_rows(words, at or timezone.now()),
        "schedule": ScheduledForm(auto_id=False),
        "synonym_form": synonym_form or SynonymForm(auto_id="synonym-%s", initial=spoken(request)),
        "nearest": nearest(request, merchant, query) if query and editor else [],
        "wrong": wrong,
    }
    bad = bool(wrong or (synonym_form and synonym_form.errors))
    return render(request, TEMPLATE, context, status=422 if bad else 200)


def spoken(request: HttpRequest) -> dict[str, str]:
    """Return what the synonym's form begins with: the word that a link names."""
    word, locale = clean_text(request.GET.get("say", ""), 80), request.GET.get("locale", "")
    if not word:
        return {}
    return {"said": word, "locale": locale if locale in ("en", "zh-hans") else reader()}


def nearest(request: HttpRequest, merchant: Merchant, query: str) -> list[str]:
    """Return titles of the products whose meaning is nearest to a word that a link names."""
    if not spoken(request):
        return []
    vector = _results.query_vector(query)
    if vector is None:
        return []
    rows = Product.objects.of(merchant).live().nearest(vector, encoder_id=settings.ENCODER_ID)
    with as_merchant(merchant):
        return [one.title for one in rows.prefetch_related("texts")[:MOST_NEAREST]]


def moment_of(request: HttpRequest) -> datetime.datetime | None:
    """Return the moment for which the preview is asked, None for now."""
    try:
        moment = parse_datetime(request.GET.get("at", "")[:40])
    except ValueError:
        return None
    if moment is None or not 1970 < moment.year < 3000:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def preview(
    request: HttpRequest,
    merchant: Merchant,
    query: str,
    at: datetime.datetime | None,
    rules: list[SearchRule],
) -> dict[str, Any]:
    """Ask the shop's search with its rules, and without them for comparison."""
    scope, address = market(merchant.pk), Address("", (("q", query),))
    with_rules = found(request, address, scope, at=at)
    without = found(request, address, scope, ruled=False)
    mine = {rule.product_id: rule for rule in rules if rule.key == key_of(query)}
    return {
        "rows": preview_rows(with_rules, without, mine, at or timezone.now()),
        "total": with_rules.total,
        "absent": absent(with_rules, mine.values(), at or timezone.now()),
        "shop_url": f"{reverse('shop', args=[merchant.slug])}?{urlencode({'q': query})}",
    }


def back(merchant: Merchant, query: str) -> HttpResponse:
    """Lead back to the query that was worked on."""
    url = reverse("merchant_search", args=[merchant.slug])
    return redirect(f"{url}?{urlencode({'q': query})}" if query else url)


@require_POST
@member_view(CATALOGUE_EDITORS)
def search_rule(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Pin, boost or bury a product for a query, or take the rule away."""
    form = RuleForm(request.POST)
    query = clean_text(request.POST.get("q", ""), 200)
    if not form.is_valid():
        wrong = next(iter(form.errors.values()))[0]
        return page(request, merchant, query, wrong=str(wrong))
    said = form.cleaned_data
    with as_merchant(merchant):
        products = Product.objects.of(merchant).filter(deleted_at=None)
        lookup = {"pk": said["product"]} if said["product"] else {"sku": said["sku"]}
        product = products.filter(**lookup).first()
        if product is not None:
            rule(merchant, product, said, request)
    if product is None:
        wrong = _("No product of yours has this article number.")
        return page(request, merchant, query, wrong=wrong)
    return back(merchant, said["q"])


def rule(merchant: Merchant, product: Product, said: dict[str, Any], request: HttpRequest) -> None:
    """Write one rule. A pinned product that is pinned again moves one place up."""
    key = key_of(said["q"])
    mine = SearchRule.objects.filter(merchant=merchant, key=key)
    if said["action"] == CLEAR:
        remove(request, merchant, list(mine.filter(product=product)))
        return
    pins = list(mine.filter(action=PIN).order_by("position", "pk"))
    places = [one.product_id for one in pins]
    position = (mine.filter(action=PIN).aggregate(Max("position"))["position__max"] or 0) + 1
    if said["action"] == PIN and product.pk in places:
        move_up(pins, places.index(product.pk))
        return
    SearchRule.objects.update_or_create(
        merchant=merchant, key=key, product=product,
        defaults={"query": said["q"], "action": said["action"], "position": min(position, 30_000),
                  "starts_at": said["starts_at"], "ends_at": said["ends_at"],
                  "by": person_of(request)},
    )  # fmt: skip


def remove(
    request: HttpRequest, merchant: Merchant, rows: Sequence[SearchRule | SearchSynonym]
) -> None:
    """Remove rows and say how many, with the way back. As the merchant."""
    if not rows:
        return
    token = rows_token(merchant, rows, "merchant_search")
    for row in rows:
        row.delete()
    words = ngettext("%(count)d entry is removed.", "%(count)d entries are removed.", len(rows))
    say_undoable(request, merchant, words % {"count": len(rows)}, token)


def move_up(pins: list[SearchRule], place: int) -> None:
    """Let a pinned product change places with the one before it."""
    if place:
        pins[place - 1], pins[place] = pins[place], pins[place - 1]
    for number, one in enumerate(pins, 1):
        one.position = number
    SearchRule.objects.bulk_update(pins, ["position"])


@require_POST
@member_view(CATALOGUE_EDITORS)
def search_synonym(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Say what a word means in the shop's search, or take it back."""
    query = clean_text(request.POST.get("q", ""), 200)
    if gone := numbers(request.POST.getlist("remove")):
        with as_merchant(merchant):
            rows = SearchSynonym.objects.filter(merchant=merchant, pk__in=gone)
            remove(request, merchant, list(rows))
        return back(merchant, query)
    form = SynonymForm(request.POST, auto_id="synonym-%s")
    if not form.is_valid():
        return page(request, merchant, query, synonym_form=form)
    said = form.cleaned_data
    with as_merchant(merchant):
        SearchSynonym.objects.update_or_create(
            merchant=merchant, locale=said["locale"], said=said["said"],
            defaults={"meant": said["meant"].strip(), "starts_at": said["starts_at"],
                      "ends_at": said["ends_at"], "by": person_of(request)},
        )  # fmt: skip
    messages.success(request, _("Shoppers find it from now on."))
    return back(merchant, query)
