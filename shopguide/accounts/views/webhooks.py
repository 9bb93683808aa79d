"""A shop's webhooks: addresses, their secrets, and the log of what was sent to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shopguide.accounts.access import row_of
from shopguide.accounts.delivering import ping, redeliver, renew_secret, secret_of
from shopguide.accounts.forms import WebhookForm
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import DeliveryState, Kind, Merchant, Role, Webhook, WebhookDelivery
from shopguide.accounts.tenancy import as_merchant

OWNERS = (Role.OWNER,)
MOST = 20
PAGE = 50


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
    names = dict(Kind.choices)
    for hook in hooks:
        hook.told = [names.get(kind, kind) for kind in hook.kinds]  # type: ignore[attr-defined]
    context = {"merchant": merchant, "nav": "webhooks", "form": form, "hooks": hooks}
    status = 422 if form.errors else 200
    return render(request, "accounts/merchant/webhooks.html", context, status=status)


def to_hook(merchant: Merchant, pk: int) -> HttpResponse:
    """Lead to an address's page."""
    return HttpResponseRedirect(reverse("merchant_webhook", args=[merchant.slug, pk]))


@require_safe
@member_view(OWNERS)
def merchant_webhook(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show an address, its secret, and the newest deliveries."""
    state = request.GET.get("state", "")
    with as_merchant(merchant):
        hook = row_of(Webhook.objects.all(), merchant, pk=pk)
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
    }
    return render(request, "accounts/merchant/webhook.html", context)


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
        elif "switch" in request.POST:
            hook.active = not hook.active
            hook.save(update_fields=["active"])
            told = _("It is told again.") if hook.active else _("It is told nothing for now.")
            messages.success(request, told)
    return to_hook(merchant, pk)


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
