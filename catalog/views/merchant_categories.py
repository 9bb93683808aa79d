"""The shop's own categories: added, renamed, merged, deleted, and each of these taken back."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.arranging_forms import IntoForm, NamesForm, NewCategoryForm, names_of
from catalog.editing import arranging, defining
from catalog.editing.arranging import CannotArrange
from catalog.models import Arrangement, Category, Product
from catalog.presenting.arranging import arrangement_rows, category_rows, other_places
from catalog.search.addressing import LARGEST_ID
from catalog.tasks import index_products
from catalog.views._portal import member_view
from catalog.views.merchant_proposals import may_edit, person_of
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

LATEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@member_view()
def merchant_categories(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the shop's own tree and the shared categories it uses; add one."""
    editor = may_edit(request, merchant)
    if request.method == "POST" and not editor:
        raise Http404(_("There is no such page."))
    with as_merchant(merchant):
        usable = list(Category.objects.usable_by(merchant).order_by("path"))
        own = [one for one in usable if one.merchant_id]
        sent = request.POST if request.method == "POST" else None
        form = NewCategoryForm(other_places(own), sent, auto_id="new-%s")
        if sent is not None and form.is_valid():
            above = form.cleaned_data["parent"]
            parent = next((one for one in own if str(one.pk) == above), None)
            try:
                arranging.add(merchant, form.names(), parent, by=person_of(request))
                messages.success(request, _("Saved."))
                return redirect("merchant_categories", merchant.slug)
            except CannotArrange as problem:
                form.add_error(None, str(problem))
        context = {
            "merchant": merchant,
            "nav": "categories",
            "may_edit": editor,
            "rows": category_rows(merchant, usable, counts(merchant)),
            "form": form,
            "arrangements": latest(merchant, categories=True),
        }
    return render(
        request, "catalog/merchant/categories.html", context, status=422 if form.errors else 200
    )


def counts(merchant: Merchant) -> Counter[int]:
    """Return how many products stand in each category itself. One query."""
    rows = Product.objects.of(merchant).filter(deleted_at=None, category__isnull=False)
    return Counter(dict(rows.values_list("category").annotate(Count("pk")).order_by()))


def latest(merchant: Merchant, *, categories: bool) -> list[dict[str, Any]]:
    """Return what was done last to categories, or to attributes. One query."""
    rows = Arrangement.objects.filter(merchant=merchant).select_related("by").defer("was", "became")
    rows = rows.filter(kind__startswith="category") if categories else rows.exclude(
        kind__startswith="category"
    )  # fmt: skip
    return arrangement_rows(merchant, rows[:LATEST])


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_category(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show what stands on a category; rename it, merge it or delete it."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    with as_merchant(merchant):
        category = row_of(Category.objects.select_related("merchant", "parent"), merchant, pk=pk)
        page = Page(request, merchant, category)
        if request.method == "POST" and page.do(request.POST.get("do", "")):
            transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
            messages.success(request, _("Saved. It can be taken back below."))
            return redirect("merchant_categories", merchant.slug)
        context = page.context()
    wrong = page.names.errors or page.into.errors or page.wrong
    return render(request, "catalog/merchant/category.html", context, status=422 if wrong else 200)


class Page:
    """One category's page: its forms, and what is done with them."""

    def __init__(self, request: HttpRequest, merchant: Merchant, category: Category) -> None:
        self.request, self.merchant, self.category = request, merchant, category
        self.wrong = ""
        self.below = set(arranging.tree(category).values_list("pk", flat=True))
        usable = Category.objects.usable_by(merchant).order_by("path")
        self.places = [one for one in usable if one.pk not in self.below]
        done = request.POST.get("do") if request.method == "POST" else ""
        self.names = NamesForm(
            request.POST if done == "rename" else None, initial=names_of(category)
        )
        self.into = IntoForm(
            other_places(self.places), request.POST if done == "merge" else None, auto_id="into-%s"
        )

    def do(self, what: str) -> bool:
        """Do what was asked for; False if it cannot be done."""
        by = person_of(self.request)
        try:
            if what == "rename" and self.names.is_valid():
                arranging.rename(self.category, self.names.names(), by=by)
            elif what == "merge" and self.into.is_valid():
                chosen = self.into.cleaned_data["into"]
                into = next(one for one in self.places if str(one.pk) == chosen)
                arranging.dissolve(self.category, into, by=by)
            elif what == "delete":
                arranging.dissolve(self.category, self.category.parent, by=by)
            else:
                return False
        except CannotArrange as problem:
            self.wrong = str(problem)
            return False
        return True

    def context(self) -> dict[str, Any]:
        """Return what the page shows."""
        return {
            "merchant": self.merchant,
            "nav": "categories",
            "category": self.category,
            "weight": arranging.weight_of(self.category),
            "names": self.names,
            "into": self.into,
            "wrong": self.wrong,
        }


@require_POST
@member_view(CATALOGUE_EDITORS)
def arrangement_undo(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Take back what was done to categories or attributes."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    with as_merchant(merchant):
        rows = Arrangement.objects.select_related("merchant").select_for_update(of=("self",))
        arranged = row_of(rows, merchant, pk=pk)
        page = "merchant_categories" if arranged.of_categories else "merchant_attributes"
        if arranged.undone_at is None:
            undo = arranging.take_back if arranged.of_categories else defining.take_back
            try:
                undo(arranged)
                messages.success(request, taken_back(arranged))
            except CannotArrange as problem:
                messages.warning(request, str(problem))
        transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
    return redirect(page, merchant.slug)


def taken_back(arranged: Arrangement) -> str:
    """Return what to say once something was taken back."""
    if arranged.kept:
        return _("Taken back. %(count)d products were edited since and stay as they are.") % {
            "count": arranged.kept
        }
    return _("Taken back.")
