"""Operator's view of people and shops: who they are, which are open, and the way to suspend one."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from shopguide.accounts.models import Device, Membership, Merchant, SecondStep, User

MOST_AT_ONCE = 100

# Nobody has rights by groups: shops have roles, operators are staff. allauth's own pages would show
# secrets and the keys of sessions.
admin.site.unregister([Group, Authenticator, UserSession])


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People: who they are and whether they may sign in."""

    list_display = ["email", "first_name", "is_active", "is_staff", "shops", "last_login",
                    "date_joined"]  # fmt: skip
    list_filter = ["is_active", "is_staff", "last_login", "date_joined"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["-date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name"]}),
        (gettext_lazy("Rights"), {"fields": ["is_active", "is_staff"]}),
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Count the shops of each person in the same query."""
        return super().get_queryset(request).annotate(shop_count=Count("memberships"))

    @admin.display(description=gettext_lazy("shops"), ordering="shop_count")
    def shops(self, user: User) -> int:
        """Return in how many shops a person works."""
        return int(user.shop_count)  # type: ignore[attr-defined]


class Suspended(admin.SimpleListFilter):
    """Open shops, or suspended ones."""

    title = gettext_lazy("state")
    parameter_name = "suspended"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the two states."""
        return [("0", gettext_lazy("Open")), ("1", gettext_lazy("Suspended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Merchant]) -> QuerySet[Merchant]:
        """Keep the shops in the chosen state."""
        if self.value() not in ("0", "1"):
            return queryset
        return queryset.filter(suspended_at__isnull=self.value() == "0")


class SuspendForm(forms.Form):
    """Why; the members of the shop read it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=AdminTextareaWidget({"rows": 4}),
        help_text=gettext_lazy("The people of the shop read it. Say what they can do about it."),
    )


@admin.register(Merchant)
class MerchantAdmin(admin.ModelAdmin):
    """Shops: names, currencies, suspension with its reason."""

    list_display = ["slug", "name_en", "name_zh", "is_open", "people", "created_at"]
    list_filter = [Suspended, "created_at"]
    search_fields = ["slug", "name_en", "name_zh", "email"]
    ordering = ["slug"]
    actions = ["ask_to_suspend", "open_again"]
    fieldsets = [
        (None, {"fields": ["slug", "name_en", "name_zh", "about_en", "about_zh", "currencies"]}),
        (gettext_lazy("Contact"), {"fields": ["email", "phone", "language"]}),
        (gettext_lazy("Suspension"), {"fields": ["suspended_at", "suspended_reason"]}),
    ]
    readonly_fields = ["suspended_at", "suspended_reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Merchant]:
        """Count the members of each shop in the same query."""
        return super().get_queryset(request).annotate(member_count=Count("memberships"))

    @admin.display(description=gettext_lazy("Open"), boolean=True, ordering="suspended_at")
    def is_open(self, shop: Merchant) -> bool:
        """Tell whether shoppers can find the shop."""
        return shop.suspended_at is None

    @admin.display(description=gettext_lazy("people"), ordering="member_count")
    def people(self, shop: Merchant) -> int:
        """Return how many people work for a shop."""
        return int(shop.member_count)  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        """Add the page that asks for the reason of a suspension."""
        page = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.suspend))
        return [path("suspend/", page, name="suspend_shops"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Suspend the chosen shops…"), permissions=["change"])
    def ask_to_suspend(self, request: HttpRequest, queryset: QuerySet[Merchant]) -> HttpResponse:
        """Lead to the page that asks why."""
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:MOST_AT_ONCE])
        return redirect(f"{reverse('admin:suspend_shops')}?shops={chosen}")

    @admin.action(description=gettext_lazy("Open the chosen shops again"), permissions=["change"])
    def open_again(self, request: HttpRequest, queryset: QuerySet[Merchant]) -> None:
        """Take a suspension back; search finds the shop again within a minute."""
        chosen = list(queryset.values_list("pk", flat=True))
        closed = Merchant.objects.filter(pk__in=chosen, suspended_at__isnull=False)
        opened = closed.update(suspended_at=None, suspended_reason="")
        words = ngettext("%(count)d shop is open again.", "%(count)d shops are open again.", opened)
        messages.success(request, words % {"count": opened})

    def suspend(self, request: HttpRequest) -> HttpResponse:
        """Say what a suspension does and to whom, ask why; posted, do it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        wanted = [part for part in request.GET.get("shops", "").split(",") if part.isdecimal()]
        numbers = [int(part) for part in wanted[:MOST_AT_ONCE] if len(part) < 19]
        shops = list(Merchant.objects.active().filter(pk__in=numbers))
        form = SuspendForm(request.POST if request.method == "POST" else None)
        if shops and form.is_valid():
            return self._suspend(request, shops, form.cleaned_data["reason"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Suspend shops"),
            "opts": self.model._meta,
            "shops": shops,
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "accounts/operator/suspend.html", context, status=status)

    def _suspend(self, request: HttpRequest, shops: list[Merchant], reason: str) -> HttpResponse:
        rows = Merchant.objects.active().filter(pk__in=[shop.pk for shop in shops])
        done = rows.update(suspended_at=timezone.now(), suspended_reason=reason)
        words = ngettext("%(count)d shop is suspended.", "%(count)d shops are suspended.", done)
        messages.success(request, words % {"count": done})
        return redirect("admin:accounts_merchant_changelist")


class SignInAdmin(admin.ModelAdmin):
    """What belongs to how somebody signs in: seen, and taken away; never made or changed here."""

    list_select_related = ["user"]
    search_fields = ["user__email"]
    ordering = ["-created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: people do so themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: people do so themselves."""
        return False

    @admin.display(description=gettext_lazy("person"), ordering="user__email")
    def person(self, row: Any) -> str:
        """Return whose it is."""
        return str(row.user)

    @admin.display(description=gettext_lazy("since"), ordering="created_at")
    def since(self, row: Any) -> Any:
        """Return since when it is there."""
        return row.created_at


@admin.register(SecondStep)
class SecondStepAdmin(SignInAdmin):
    """Second steps: removing one lets somebody who has lost it set up another."""

    list_display = ["person", "kind", "since", "last_used"]
    list_filter = ["type"]
    fields = readonly_fields = ("person", "kind", "since", "last_used")

    @admin.display(description=gettext_lazy("kind"), ordering="type")
    def kind(self, row: SecondStep) -> str:
        """Return what it is."""
        return str(row.get_type_display())

    @admin.display(description=gettext_lazy("last used"), ordering="last_used_at")
    def last_used(self, row: SecondStep) -> Any:
        """Return when it was used last."""
        return row.last_used_at


@admin.register(Device)
class DeviceAdmin(SignInAdmin):
    """Devices: removing one signs it out at once."""

    list_display = ["person", "browser", "address", "since", "last_seen"]
    fields = readonly_fields = ("person", "browser", "address", "since", "last_seen")

    @admin.display(description=gettext_lazy("browser"))
    def browser(self, row: Device) -> str:
        """Return what the browser says of itself."""
        return str(row.user_agent)

    @admin.display(description=gettext_lazy("address"), ordering="ip")
    def address(self, row: Device) -> str:
        """Return from where it came."""
        return str(row.ip)

    @admin.display(description=gettext_lazy("last seen"), ordering="last_seen_at")
    def last_seen(self, row: Device) -> Any:
        """Return when it was here last."""
        return row.last_seen_at

    def delete_model(self, request: HttpRequest, obj: Device) -> None:
        """Sign the device out."""
        obj.end()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Device]) -> None:
        """Sign these devices out."""
        for one in queryset:
            one.end()


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who has which role in which shop."""

    list_display = ["user", "merchant", "role", "suspended_at", "created_at"]
    list_filter = ["role", ("suspended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "merchant"]
    search_fields = ["user__email", "merchant__slug", "merchant__name_en", "merchant__name_zh"]
    autocomplete_fields = ["user", "merchant"]
    ordering = ["merchant__slug", "role"]
