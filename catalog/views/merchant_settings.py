"""A shop's settings: what it is called, how it is reached, when people are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.editing.picturing import Uploads, said
from catalog.feeds.images import Pictures
from catalog.feeds.problems import Bad
from catalog.views._portal import member_view
from shopguide.accounts.models import Merchant, Role
from shopguide.accounts.shop_forms import (
    HolidayFormSet,
    HoursForm,
    SeenForm,
    ShopForm,
    holiday_rows,
    holidays_of,
    seen_of,
)


class LogoForm(forms.Form):
    """The shop's mark: a new one, or none any more."""

    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("A square picture, JPEG, PNG or WebP, up to 25 MB."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )
    remove = forms.BooleanField(label=gettext_lazy("Remove the logo"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view((Role.OWNER,))
def merchant_settings(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the settings; posted, keep them all or none and say what is wrong.

    409: somebody else has changed them since the page was drawn; what they changed is named.
    """
    sent = request.POST if request.method == "POST" else None
    with transaction.atomic():
        if sent is not None:
            merchant = Merchant.objects.select_for_update().get(pk=merchant.pk)
        return settings_page(request, merchant, sent)


def settings_page(request: HttpRequest, merchant: Merchant, sent: QueryDict | None) -> HttpResponse:
    """Keep what was sent if all of it is right and nobody was quicker; else show the page."""
    seen, now = SeenForm(sent), seen_of(merchant)
    changed = seen.changed_since(merchant) if sent is not None and seen.is_valid() else []
    parts: dict[str, Any] = {
        "shop": ShopForm(sent, instance=merchant),
        "logo": LogoForm(sent, request.FILES if sent is not None else None),
        "hours": HoursForm(sent, hours=merchant.hours),
        "holidays": HolidayFormSet(sent, initial=holiday_rows(merchant), prefix="holidays"),
    }
    # Every part is asked, so that all that is wrong is said at once.
    valid = [part.is_valid() for part in parts.values()]
    if all(valid) and not changed and take_logo(merchant, parts["logo"]):
        merchant.hours = parts["hours"].hours()
        merchant.holidays = holidays_of(parts["holidays"])
        parts["shop"].save()
        messages.success(request, _("The settings are kept. Shoppers see them from now on."))
        return redirect("merchant_settings", merchant.slug)
    if sent is not None:
        merchant = Merchant.objects.get(pk=merchant.pk)  # the frame shows what is kept
    moment = timezone.now()
    context = {
        "merchant": merchant,
        "nav": "settings",
        **parts,
        "wrong": wrong_of(parts) if sent is not None else [],
        "seen": SeenForm(initial={"seen": now}),
        "changed": theirs(merchant, changed),
        "open_now": merchant.open_at(moment),
        "opens_next": merchant.opens_after(moment),
        "zone": timezone.get_current_timezone_name(),
    }
    status = 409 if changed else 422 if sent is not None else 200
    return render(request, "catalog/merchant/settings.html", context, status=status)


def theirs(merchant: Merchant, names: Sequence[str]) -> list[dict[str, str]]:
    """Return what somebody else has changed: the settings' names, and what plain ones say now."""
    labels = {
        **ShopForm.Meta.labels,
        "currencies": _("Currencies you sell in"),
        "logo": _("Logo"),
        "hours": _("When people are there"),
        "holidays": _("Holidays"),
    }
    plain = {"name_zh", "name_en", "about_zh", "about_en", "email", "phone"}
    return [
        {
            "label": str(labels[name]),
            "value": str(getattr(merchant, name)) if name in plain
            else ", ".join(merchant.currencies) if name == "currencies" else "",
        }
        for name in names
    ]  # fmt: skip


def take_logo(merchant: Merchant, form: LogoForm) -> bool:
    """Store a new logo, or forget the old one; say at the field why one is not taken."""
    file: UploadedFile | None = form.cleaned_data["logo"]
    if file is None:
        merchant.logo = "" if form.cleaned_data["remove"] else merchant.logo
        return True
    try:
        merchant.logo = Pictures(Uploads([file]), merchant.pk).store("0").file
    except Bad as bad:
        form.add_error("logo", said(bad.fault))
        return False
    return True


def wrong_of(parts: dict[str, Any]) -> list[dict[str, str]]:
    """Return everything that is wrong, each with the field it is about."""
    rows = [parts["shop"], parts["logo"], parts["hours"], *parts["holidays"].forms]
    found = [
        {"field": form[name].id_for_label, "label": form[name].label, "text": str(text)}
        for form in rows
        for name, texts in form.errors.items()
        if name in form.fields
        for text in texts
    ]
    return found + [
        {"field": "", "label": "", "text": str(text)}
        for text in parts["holidays"].non_form_errors()
    ]
