"""Stock advice: what to order again, why, and the forecast behind it. It only proposes."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Product
from catalog.presenting.buying import options_of
from catalog.presenting.paging import page_links
from catalog.search.addressing import clean_number, clean_text, one_of
from catalog.views._results import show
from marketing.models import ForecastRun, Incoming, StockTerms
from marketing.stocking import bringing, presenting
from marketing.stocking.advising import STATES
from marketing.stocking.forecasting import begin
from marketing.stocking.forms import IncomingForm, SalesForm, StockTermsForm
from marketing.stocking.listing import (
    Advised,
    advised,
    narrowed,
    newest_run,
    terms_of,
    waiting_run,
)
from marketing.stocking.tasks import make_forecast
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view, role_in
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PAGE, MOST_PAGES = 25, 100_000
BOM = "\ufeff"


@require_safe
@member_view()
def merchant_stock(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List products by how urgent it is to order them again."""
    return show(request, "marketing/merchant/stock.html", stock_page(request, merchant), "rows")


def stock_page(request: HttpRequest, merchant: Merchant, **forms: Any) -> dict[str, Any]:
    """Return what the list shows; ``forms``: those that came back with errors."""
    state, words = one_of(STATES, request.GET.get("state", "")), words_in(request)
    with as_merchant(merchant):
        run, waiting = newest_run(merchant), waiting_run(merchant)
        rows = advised(merchant, run) if run else []
        usual = terms_of(merchant)[None]
    named = narrowed(rows, words=words)
    kept = narrowed(named, state=state)
    pages = max(1, -(-len(kept) // PAGE))
    at = min(int(clean_number(request.GET.get("page", ""), MOST_PAGES) or 1), pages)
    kept_params = {name: said for name, said in (("state", state), ("q", words)) if said}

    def url(number: int) -> str:
        asked = urlencode(kept_params | ({"page": number} if number > 1 else {}))
        return reverse("merchant_stock", args=[merchant.slug]) + (f"?{asked}" if asked else "")

    page = {
        "rows": [presenting.row_of(merchant, one) for one in kept[(at - 1) * PAGE : at * PAGE]],
        "total": len(kept),
        "pages": page_links(at, pages, url),
        "state": state,
        "query": words,
        "narrowed": bool(kept_params),
        "params": urlencode(kept_params),
        "tabs": tabs(named, state, words),
        "run": run,
        "run_line": presenting.run_line(run) if run else "",
        "waiting": waiting,
    }
    return {
        "merchant": merchant,
        "nav": "stock",
        "page": page,
        "may_edit": role_in(request) in CATALOGUE_EDITORS,
        "terms_form": forms.get("terms_form") or StockTermsForm(initial=vars(usual)),
        "sales_form": forms.get("sales_form") or SalesForm(),
    }


def tabs(rows: list[Advised], chosen: str, words: str) -> list[dict[str, Any]]:
    """Return the states that occur, each with how many products are in it."""
    counts = [(state, sum(one.advice.state == state for one in rows)) for state in STATES]
    said = [("", _("All"), len(rows))]
    said += [(code, presenting.state_label(code), n) for code, n in counts if n or code == chosen]
    return [
        {
            "label": label,
            "count": count,
            "url": "?" + urlencode({k: v for k, v in (("state", code), ("q", words)) if v}),
            "selected": code == chosen,
        }
        for code, label, count in said
    ]


def words_in(request: HttpRequest) -> str:
    """Return what the list is searched for."""
    return clean_text(request.GET.get("q", ""), 60)


@require_safe
@member_view()
def merchant_stock_csv(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Send the list as a table."""
    state = one_of(STATES, request.GET.get("state", ""))
    with as_merchant(merchant):
        run = newest_run(merchant)
        rows = narrowed(advised(merchant, run), state=state, words=words_in(request))
    buffer = io.StringIO(BOM)
    buffer.seek(len(BOM))
    csv.writer(buffer).writerows(presenting.table(rows))
    name = f"stock-{merchant.slug}-{timezone.localdate():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_stock_forecast(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Ask for a new forecast."""
    run = begin(merchant, by=request.user)  # type: ignore[arg-type]
    make_forecast.delay(run.pk)
    messages.success(request, _("The forecast is being made. Reload the page in a moment."))
    return HttpResponseRedirect(reverse("merchant_stock", args=[merchant.slug]))


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_stock_terms(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Keep how the shop orders again, unless a product has terms of its own."""
    form = StockTermsForm(request.POST)
    if not form.is_valid():
        context = stock_page(request, merchant, terms_form=form)
        return render(request, "marketing/merchant/stock.html", context, status=422)
    keep_terms(merchant, None, form)
    messages.success(request, _("Your terms are kept. The advice follows them."))
    return HttpResponseRedirect(reverse("merchant_stock", args=[merchant.slug]))


def keep_terms(merchant: Merchant, product: Product | None, form: StockTermsForm) -> None:
    """Write terms in the place of the former ones."""
    with as_merchant(merchant):
        StockTerms.objects.update_or_create(
            merchant=merchant, product=product, defaults=form.cleaned_data
        )


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_stock_sales(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Bring in a table of former sales, and forecast anew with it."""
    form = SalesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            report = bringing.bring(merchant, bringing.text_of(form.cleaned_data["file"].read()))
        except bringing.Unreadable as error:
            form.add_error("file", str(error))
        else:
            tell(request, report)
            if report.kept:
                make_forecast.delay(begin(merchant, by=request.user).pk)  # type: ignore[arg-type]
            return HttpResponseRedirect(reverse("merchant_stock", args=[merchant.slug]))
    context = stock_page(request, merchant, sales_form=form)
    return render(request, "marketing/merchant/stock.html", context, status=422)


def tell(request: HttpRequest, report: bringing.Brought) -> None:
    """Say what came of an import."""
    if report.kept:
        messages.success(
            request,
            ngettext("%(count)s day of sales is kept.", "%(count)s days of sales are kept.",
                     report.kept) % {"count": report.kept},
        )  # fmt: skip
    if report.left_out:
        said = ngettext("%(count)s line was left out.", "%(count)s lines were left out.",
                        report.left_out) % {"count": report.left_out}  # fmt: skip
        messages.warning(request, " ".join([said, *report.problems[:3]]))
    if not report.kept and not report.left_out:
        messages.warning(request, _("The table has no lines."))


# --- One product ----------------------------------------------------------------------------------
def product_of(merchant: Merchant, pk: int) -> Product:
    """Return one of the shop's products, or 404. To be called as the shop."""
    return row_of(Product.objects.filter(deleted_at=None), merchant, pk=pk)


@require_safe
@member_view()
def merchant_stock_product(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show one product's forecast, the advice, and why."""
    with as_merchant(merchant):
        context = product_page(request, merchant, product_of(merchant, pk))
    return render(request, "marketing/merchant/stock_product.html", context)


def product_page(
    request: HttpRequest, merchant: Merchant, product: Product, **forms: Any
) -> dict[str, Any]:
    """Return what the page of a product shows. To be called as the shop."""
    run: ForecastRun | None = newest_run(merchant)
    found = advised(merchant, run, products=[product.pk])
    one = found[0] if found else None
    variants = product.variants.filter(active=True).prefetch_related("stock")
    return {
        "merchant": merchant,
        "nav": "stock",
        "product": product,
        "row": presenting.row_of(merchant, one) if one else None,
        "advice": one.advice if one else None,
        "chart": presenting.chart(one.demand, run) if one and one.demand and run else None,
        "reasons": presenting.reasons(one, run) if one else [],
        "run_line": presenting.run_line(run) if run else "",
        "variants": [
            {"sku": each.sku, "options": options_of(each), "count": each.in_stock}
            for each in variants
        ],
        "incoming": Incoming.objects.filter(product=product, closed_at=None),
        "today": timezone.localdate(),
        "may_edit": role_in(request) in CATALOGUE_EDITORS,
        "terms_form": forms.get("terms_form")
        or StockTermsForm(initial=vars(one.advice.terms) if one else {}),
        "incoming_form": forms.get("incoming_form")
        or IncomingForm(initial={"quantity": (one.advice.quantity or None) if one else None}),
    }


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_stock_product_terms(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Keep terms of one product, or go back to the shop's."""
    with as_merchant(merchant):
        product = product_of(merchant, pk)
        form = StockTermsForm(request.POST)
        if "usual" in request.POST:
            StockTerms.objects.filter(merchant=merchant, product=product).delete()
            messages.success(request, _("The shop's terms hold again."))
        elif form.is_valid():
            keep_terms(merchant, product, form)
            messages.success(request, _("The terms of this product are kept."))
        else:
            context = product_page(request, merchant, product, terms_form=form)
            return render(request, "marketing/merchant/stock_product.html", context, status=422)
    return HttpResponseRedirect(reverse("merchant_stock_product", args=[merchant.slug, pk]))


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_stock_incoming(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Note goods that were ordered."""
    with as_merchant(merchant):
        product = product_of(merchant, pk)
        form = IncomingForm(request.POST)
        if not form.is_valid():
            context = product_page(request, merchant, product, incoming_form=form)
            return render(request, "marketing/merchant/stock_product.html", context, status=422)
        form.instance.merchant, form.instance.product = merchant, product
        form.instance.by = request.user
        form.save()
    messages.success(request, _("Noted. The advice counts these pieces as on their way."))
    return HttpResponseRedirect(reverse("merchant_stock_product", args=[merchant.slug, pk]))


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_stock_arrived(
    request: HttpRequest, merchant: Merchant, pk: int, incoming: int
) -> HttpResponse:
    """Close goods on their way: they have come, or will not. Stock is entered elsewhere."""
    with as_merchant(merchant):
        rows = Incoming.objects.filter(product=product_of(merchant, pk), closed_at=None)
        found = row_of(rows, merchant, pk=incoming)
        found.closed_at = timezone.now()
        found.save(update_fields=["closed_at"])
    messages.success(request, _("They no longer count as on their way. Enter the stock that came."))
    return HttpResponseRedirect(reverse("merchant_stock_product", args=[merchant.slug, pk]))
