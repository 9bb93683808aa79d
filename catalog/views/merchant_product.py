"""One product in its merchant's hands: made, edited, kept as a draft while typing, published."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.editing.saving import Outcome, base_of, keep_draft, save
from catalog.editing.sheet import Sheet, fingerprint, loaded, sheet_of
from catalog.forms import NewProductForm
from catalog.models import (
    Attribute,
    AttributeProposal,
    Category,
    Product,
    ProductDraft,
    ProductText,
    Variant,
    Warehouse,
)
from catalog.presenting.paging import page_links
from catalog.presenting.product_form import (
    NO_PLACE,
    VARIANTS_A_PAGE,
    Around,
    conflict_rows,
    currencies_of,
    form_url,
    product_form,
    public_url,
)
from catalog.presenting.worded import in_codes
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.tasks import index_products
from catalog.views._portal import member_view
from catalog.views.merchant_proposals import person_of
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

LONGEST_BASE = 400_000
TEMPLATE = "catalog/merchant/product.html"
Verdict = AttributeProposal.Verdict


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def product_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Make a draft product of a title and an article number, and open its form."""
    begun = {"title": clean_text(request.GET.get("title", ""), 500)}
    if (locale := request.GET.get("locale")) in ("en", "zh-hans"):
        begun["locale"] = locale
    form = NewProductForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            with as_merchant(merchant):
                made = make(merchant, request, form.cleaned_data)
            return redirect("merchant_product", merchant.slug, made.pk)
        except IntegrityError:
            form.add_error("sku", _("Another product has this article number."))
    context = {"merchant": merchant, "nav": "products", "form": form}
    status = 422 if form.errors else 200
    return render(request, "catalog/merchant/product_new.html", context, status=status)


def make(merchant: Merchant, request: HttpRequest, said: dict[str, str]) -> Product:
    """Save a draft product with its text and its one variant."""
    product = Product.objects.create(merchant=merchant, sku=said["sku"])
    ProductText.objects.create(
        merchant=merchant, product=product, locale=said["locale"], title=said["title"],
        approved_by=person_of(request),
    )  # fmt: skip
    Variant.objects.create(merchant=merchant, product=product, sku=said["sku"])
    return product


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_product(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show a product's form; save what was changed, and show what somebody else changed too."""
    with as_merchant(merchant):
        product = product_of(merchant, pk)
        if request.method != "POST":
            return opened(request, product)
        outcome = save(
            product,
            sent(request, product),
            seen(request),
            by=person_of(request),
            pictures=request.FILES.getlist("pictures"),
        )
        if outcome.saved:
            transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
            messages.success(request, told(request, outcome))
            return redirect(f"{form_url(product)}{at_page(request)}")
        return refused(request, outcome)


def product_of(merchant: Merchant, pk: int) -> Product:
    """Return this shop's product, or 404. To be called as the merchant."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    found = row_of(Product.objects.filter(deleted_at=None), merchant, pk=pk)
    return loaded(found)


def sent(request: HttpRequest, product: Product) -> dict[str, str]:
    """Return what the form sent; facts and options that were changed by their codes."""
    base = seen(request)
    return {
        key: text if fingerprint(text) == base.get(key) else in_codes(key, text, product)
        for key, text in ((key, str(sent)) for key, sent in request.POST.items())
    }


def seen(request: HttpRequest) -> dict[str, str]:
    """Return the fingerprints of what the sender's form showed; nothing if they cannot be read."""
    text = request.POST.get("base", "")
    try:
        base = json.loads(text) if len(text) <= LONGEST_BASE else None
    except (ValueError, RecursionError):
        base = None
    if not isinstance(base, dict):
        return {}
    return {key: mark for key, mark in base.items() if isinstance(mark, str) and "\0" not in key}


def told(request: HttpRequest, outcome: Outcome) -> str:
    """Return what to say after a save: also that others' changes were kept."""
    base = seen(request)
    others = [
        key for key, value in outcome.theirs.items() if base.get(key, fingerprint(value))
        != fingerprint(value) and key not in outcome.merge.changes
    ]  # fmt: skip
    if others:
        return _("Saved. What somebody else changed meanwhile was kept.")
    return _("Saved.")


def opened(request: HttpRequest, product: Product) -> HttpResponse:
    """Show the form with the person's unsaved changes in it, if there are any."""
    theirs = sheet_of(product)
    draft = ProductDraft.objects.filter(product=product, by=person_of(request)).first()
    values = theirs | (draft.changes if draft else {})
    context = form_context(request, product, values, theirs, {})
    if draft:
        base = json.loads(context["form"]["base"])
        kept = {key: mark for key, mark in base_of(theirs, draft).items() if key in base}
        context["form"]["base"] = json.dumps(base | kept, separators=(",", ":"))
        context["draft"] = draft
    return render(request, TEMPLATE, context)


def refused(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Show the form as it was sent, with what is wrong or what somebody else has changed."""
    theirs, merged = outcome.theirs, outcome.merge
    fresh = {
        key: str(text)
        for key, text in request.POST.items()
        if key.startswith("new-") or ":new:" in key
    }
    mine = merged.changes | fresh
    context = form_context(request, outcome.product, theirs | mine, theirs, outcome.wrong)
    form = context["form"]
    lists = {key: form[key]["options"] for key in ("status", "category")}
    context["conflicts"] = conflict_rows(form, merged.conflicts, mine, lists)
    context["gone"] = bool(merged.gone)
    context["unsaved"] = bool(request.FILES)
    return render(request, TEMPLATE, context, status=409 if merged.conflicts else 422)


def form_context(
    request: HttpRequest, product: Product, values: Sheet, theirs: Sheet, wrong: dict[str, str]
) -> dict[str, Any]:
    """Return what the page shows. Seven queries beyond the product's own."""
    around = around_of(product, page_number(request))
    form = product_form(product, around, values, theirs, wrong)
    pages = -(-form["total_variants"] // VARIANTS_A_PAGE)
    return {
        "merchant": product.merchant,
        "nav": "products",
        "product": product,
        "form": form,
        "public_url": public_url(product),
        "pages": page_links(around.page, pages, lambda number: f"?variants={number}"),
    }


def around_of(product: Product, page: int) -> Around:
    """Read what the form chooses from, and which facts a person has confirmed."""
    merchant = product.merchant
    confirmed = AttributeProposal.objects.filter(product=product, verdict=Verdict.CONFIRMED)
    places = list(Warehouse.objects.filter(merchant=merchant).order_by("code"))
    used = {price.currency for variant in product.variants.all() for price in variant.prices.all()}
    return Around(
        categories=list(Category.objects.usable_by(merchant)),
        definitions={
            one.code: one
            for one in Attribute.objects.usable_by(merchant).filter(code__in=product.attributes)
        },
        confirmed={one.code: one for one in confirmed.select_related("decided_by")},
        warehouses=[(one.pk, str(one)) for one in places] or [(NO_PLACE, _("Warehouse"))],
        currencies=currencies_of(product, used),
        page=page,
    )


def page_number(request: HttpRequest) -> int:
    """Return which page of variants is shown."""
    return int(clean_number(request.GET.get("variants", ""), 10_000) or 1)


def at_page(request: HttpRequest) -> str:
    """Return the address part of the page of variants."""
    number = page_number(request)
    return f"?variants={number}" if number > 1 else ""


@require_POST
@member_view(CATALOGUE_EDITORS)
def product_draft(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Keep what was typed so far, or throw it away; htmx gets a line that says so."""
    with as_merchant(merchant):
        product = product_of(merchant, pk)
        if "discard" in request.POST:
            ProductDraft.objects.filter(product=product, by=person_of(request)).delete()
            return redirect(form_url(product))
        draft = keep_draft(product, sent(request, product), seen(request), by=person_of(request))
    if request.htmx:  # type: ignore[attr-defined]
        context = {"kept_at": timezone.localtime(draft.saved_at) if draft else None}
        return render(request, f"{TEMPLATE}#kept", context)
    messages.success(request, _("Your changes are kept as a draft; shoppers do not see them."))
    return redirect(form_url(product))
