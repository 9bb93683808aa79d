"""The shop's attributes: defined, merged, deleted, their values renamed; each can be taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.arranging_forms import AttributeForm, IntoForm, ValueForm, written
from catalog.editing import defining
from catalog.editing.arranging import CannotArrange
from catalog.editing.checking import Invalid, fact_value
from catalog.lexicon import DIMENSIONS
from catalog.models import Attribute
from catalog.presenting.arranging import attribute_rows, value_rows
from catalog.presenting.facts import fact_name
from catalog.tasks import index_products
from catalog.views._portal import member_view
from catalog.views.merchant_categories import latest
from catalog.views.merchant_proposals import may_edit, person_of
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


def definitions_of(merchant: Merchant) -> dict[str, Attribute]:
    """Return the definitions that hold for a shop, by code. One query."""
    return {one.code: one for one in Attribute.objects.usable_by(merchant)}


@require_http_methods(["GET", "HEAD", "POST"])
@member_view()
def merchant_attributes(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what facts the shop's products state and how each is written; define a new one."""
    editor = may_edit(request, merchant)
    if request.method == "POST" and not editor:
        raise Http404(_("There is no such page."))
    sent = request.POST if request.method == "POST" else None
    form = AttributeForm(sent, auto_id="new-%s")
    with as_merchant(merchant):
        known = definitions_of(merchant)
        if sent is not None and form.is_valid() and (code := form.code()):
            if code in known or code in DIMENSIONS:
                form.add_error("name_en", _("There is an attribute with this name already."))
            else:
                defining.define(merchant, code, form.definition(), by=person_of(request))
                messages.success(request, _("Saved."))
                return redirect("merchant_attributes", merchant.slug)
        context = {
            "merchant": merchant,
            "nav": "attributes",
            "may_edit": editor,
            "rows": attribute_rows(merchant, known, defining.codes_of(merchant)),
            "form": form,
            "arrangements": latest(merchant, categories=False),
        }
    return render(
        request, "catalog/merchant/attributes.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_attribute(request: HttpRequest, merchant: Merchant, code: str) -> HttpResponse:
    """Show one attribute and its values; define it, merge it, delete it, rename a value."""
    if "\0" in code or len(code) > 100:
        raise Http404(_("There is no such page."))
    with as_merchant(merchant):
        page = Page(request, merchant, code)
        if request.method == "POST" and page.do(request.POST.get("do", "")):
            transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
            messages.success(request, _("Saved. It can be taken back below."))
            return redirect("merchant_attributes", merchant.slug)
        context = page.context()
    status = 422 if request.method == "POST" else 200
    return render(request, "catalog/merchant/attribute.html", context, status=status)


class Page:
    """One attribute's page: its forms, and what is done with them."""

    def __init__(self, request: HttpRequest, merchant: Merchant, code: str) -> None:
        self.request, self.merchant, self.code = request, merchant, code
        self.known = definitions_of(merchant)
        self.definition = self.known.get(code)
        self.count = defining.stating(merchant, code).count()
        own = self.definition is not None and self.definition.merchant_id
        if not (self.count or own):
            raise Http404(_("There is no such page."))
        self.wrong = ""
        done = request.POST.get("do") if request.method == "POST" else ""
        begun = self.definition or Attribute(code=code, name_en=fact_name(code, None))
        self.form = AttributeForm(
            request.POST if done == "define" else None, initial=written(begun)
        )
        others = [
            (one, fact_name(one, self.known.get(one)))
            for one in sorted({*self.known, *DIMENSIONS} - {code})
        ]
        self.into = IntoForm(others, request.POST if done == "merge" else None, auto_id="into-%s")
        self.value = ValueForm(request.POST if done == "value" else None, auto_id="value-%s")

    @property
    def fixed(self) -> bool:
        """Tell whether search itself defines it: its values are words of the vocabulary."""
        return self.code in DIMENSIONS

    def do(self, what: str) -> bool:
        """Do what was asked for; False if it cannot be done."""
        by, shop = person_of(self.request), self.merchant
        try:
            if what == "define" and not self.fixed and self.form.is_valid():
                defining.define(shop, self.code, self.form.definition(), by=by)
            elif what == "merge" and self.into.is_valid():
                defining.merge(shop, self.code, self.into.cleaned_data["into"], by=by)
            elif what == "delete":
                defining.remove(shop, self.code, by=by)
            elif what == "value" and self.value.is_valid():
                self.rename_value()
            else:
                return False
        except (CannotArrange, Invalid) as problem:
            self.wrong = str(problem)
            return False
        return True

    def rename_value(self) -> None:
        """Rename one value to another that is written as the attribute wants it."""
        said = self.value.cleaned_data
        new = fact_value(self.code, said["new"], self.definition, None)
        new = new[0] if isinstance(new, list) else new
        if new is None:
            raise CannotArrange(_("Write a value."))
        by = person_of(self.request)
        defining.rename_value(self.merchant, self.code, said["old"], new, by=by)

    def context(self) -> dict[str, Any]:
        """Return what the page shows."""
        return {
            "merchant": self.merchant,
            "nav": "attributes",
            "code": self.code,
            "name": fact_name(self.code, self.definition),
            "fixed": self.fixed,
            "count": self.count,
            "values": value_rows(defining.values_of(self.merchant, self.code), self.definition),
            "form": self.form,
            "into": self.into,
            "value_form": self.value,
            "wrong": self.wrong,
        }
