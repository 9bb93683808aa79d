"""A shop's webhooks: addresses, their secrets, and the log of what was sent to them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from shopguide.accounts.access import row_of
from shopguide.accounts.delivering import ping, redeliver, renew_secret, replay, secret_of
from shopguide.accounts.forms import ReplayForm, WebhookChangeForm, WebhookForm
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import DeliveryState, Kind, Merchant, Role, Webhook, WebhookDelivery
from shopguide.accounts.tenancy import as_merchant

OWNERS = (Role.OWNER,)
MOST = 20
PAGE = 50
DAY = datetime.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(OWNERS)
def merchant_webhooks(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the addresses; posted, add one."""
    form = WebhookForm(request.POST or None)
    with as_merchant(merchant):
        hooks = list(Webhook.objects.filter(merchant=merchant)[: MOST + 1])
        if request.method == "POST" and form.is_valid():
            if len(hooks) >= MOST:
                form.add_error(None, _("A shop can have twenty addresses at most."))
            else:
                made = Webhook.objects.create(
                    merchant=merchant,
                    url=form.cleaned_data["url"],
                    kinds=form.cleaned_data["kinds"],
                    created_by=request.user,  # type: ignore[misc]
                )
                messages.success(request, _("The address is told from now on."))
                return to_hook(merchant, made.pk)
    for hook in hooks:
        hook.told = named(hook.kinds)  # type: ignore[attr-defined]
    context = {"merchant": merchant, "nav": "webhooks", "form": form, "hooks": hooks}
    status = 422 if form.errors else 200
    return render(request, "accounts/merchant/webhooks.html", context, status=status)


def to_hook(merchant: Merchant, pk: int) -> HttpResponse:
    """Lead to an address's page."""
    return HttpResponseRedirect(reverse("merchant_webhook", args=[merchant.slug, pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(OWNERS)
def merchant_webhook(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show an address, its secret, and the newest deliveries; posted, change what it is told."""
    if request.method == "POST":
        return changed(request, merchant, pk)
    with as_merchant(merchant):
        hook = row_of(Webhook.objects.all(), merchant, pk=pk)
    first = {"url": hook.url, "kinds": hook.kinds, "seen": seen_as(hook)}
    return hook_page(request, merchant, hook, WebhookChangeForm(initial=first))


def changed(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Change an address and its kinds, unless somebody else has meanwhile."""
    form = WebhookChangeForm(request.POST)
    with as_merchant(merchant):
        rows = Webhook.objects.select_for_update()
        hook = row_of(rows, merchant, pk=pk)
        if not form.is_valid():
            return hook_page(request, merchant, hook, form, status=422)
        if form.cleaned_data["seen"] != seen_as(hook):
            sent = request.POST.copy()
            sent["seen"] = seen_as(hook)
            form.data = sent
            return hook_page(request, merchant, hook, form, status=409)
        hook.url, hook.kinds = form.cleaned_data["url"], form.cleaned_data["kinds"]
        hook.save(update_fields=["url", "kinds"])
    messages.success(request, _("Kept. It is told this from now on."))
    return to_hook(merchant, pk)


def seen_as(hook: Webhook) -> str:
    """Return what an address is now, by which a form knows whether it still is."""
    said = "\n".join([hook.url, *sorted(hook.kinds)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def named(kinds: Sequence[str]) -> list[str]:
    """Return kinds in words."""
    names = dict(Kind.choices)
    return [str(names.get(kind, kind)) for kind in kinds]


def hook_page(
    request: HttpRequest,
    merchant: Merchant,
    hook: Webhook,
    form: WebhookChangeForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show an address with its form; 409: somebody else has changed it, and how."""
    state = request.GET.get("state", "")
    with as_merchant(merchant):
        rows = WebhookDelivery.objects.filter(webhook=hook).select_related("event")
        rows = rows.filter(state=state) if state in DeliveryState.values else rows
        deliveries = list(rows[:PAGE])
    context = {
        "merchant": merchant,
        "nav": "webhooks",
        "hook": hook,
        "secret": secret_of(hook),
        "deliveries": deliveries,
        "state": state,
        "states": DeliveryState.choices,
        "form": form,
        "conflict": status == 409,
        "told": named(hook.kinds),
        "again": ReplayForm(initial={"since": timezone.localtime() - DAY}),
    }
    return render(request, "accounts/merchant/webhook.html", context, status=status)


@require_POST
@member_view(OWNERS)
def webhook_change(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Send a test, change the secret, stop, go on, or remove."""
    with as_merchant(merchant):
        hook = row_of(Webhook.objects.all(), merchant, pk=pk)
        if "remove" in request.POST:
            hook.delete()
            messages.success(request, _("The address is told nothing any more."))
            return HttpResponseRedirect(reverse("merchant_webhooks", args=[merchant.slug]))
        if "ping" in request.POST:
            ping(hook)
            messages.success(request, _("A test is on its way. Reload to see what is answered."))
        elif "secret" in request.POST:
            renew_secret(hook)
            messages.success(request, _("The secret is new. The former one signs for a day more."))
        elif "replay" in request.POST:
            again(request, hook)
        elif "switch" in request.POST:
            hook.active = not hook.active
            hook.save(update_fields=["active"])
            told = _("It is told again.") if hook.active else _("It is told nothing for now.")
            messages.success(request, told)
    return to_hook(merchant, pk)


def again(request: HttpRequest, hook: Webhook) -> None:
    """Send again what happened since a moment, and say how much that is."""
    form = ReplayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say from when on."))
        return
    count = replay(hook, form.cleaned_data["since"], failed=form.cleaned_data["failed"])
    words = ngettext("%(count)d event is sent again.", "%(count)d events are sent again.", count)
    messages.success(request, words % {"count": count})


@require_POST
@member_view(OWNERS)
def webhook_redeliver(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Send one event again."""
    with as_merchant(merchant):
        rows = WebhookDelivery.objects.select_related("webhook", "event")
        delivery = row_of(rows, merchant, pk=pk)
        redeliver(delivery)
    messages.success(request, _("It is sent again."))
    return to_hook(merchant, delivery.webhook_id)
