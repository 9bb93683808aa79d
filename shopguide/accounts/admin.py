"""Operator's view of people and shops."""

from django.contrib import admin

from shopguide.accounts.models import Membership, Merchant, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People: who they are and whether they may sign in."""

    list_display = ["email", "is_active", "is_staff", "date_joined"]
    search_fields = ["email"]
    fields = ["email", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    readonly_fields = ["last_login"]


@admin.register(Merchant)
class MerchantAdmin(admin.ModelAdmin):
    """Shops: names, currencies, suspension."""

    list_display = ["slug", "name_en", "name_zh", "suspended_at"]
    search_fields = ["slug", "name_en", "name_zh"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who has which role in which shop."""

    list_display = ["user", "merchant", "role"]
    autocomplete_fields = ["user", "merchant"]
