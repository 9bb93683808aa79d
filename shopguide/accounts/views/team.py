"""A shop's team: who is in it, as what; inviting, suspending, leaving, a new owner."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shopguide.accounts.access import row_of
from shopguide.accounts.forms import InviteForm, RoleForm
from shopguide.accounts.guarding import member_view
from shopguide.accounts.inviting import NotInvited, invite, take_back
from shopguide.accounts.models import Invitation, Membership, Merchant, Role
from shopguide.accounts.teaming import LastOwner, change_role, hand_over, remove, suspend
from shopguide.accounts.tenancy import as_merchant

OWNERS = (Role.OWNER,)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(OWNERS)
def merchant_team(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the team and the open invitations; posted, invite somebody."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and invited(request, merchant, form):
        return to_team(merchant)
    with as_merchant(merchant):
        waiting = list(Invitation.objects.open().filter(merchant=merchant))
    team = Membership.objects.filter(merchant=merchant).select_related("user")
    context = {
        "merchant": merchant,
        "nav": "team",
        "form": form,
        "team": list(team.order_by("created_at", "pk")),
        "waiting": waiting,
        "roles": Role.choices,
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/merchant/team.html", context, status=status)


def invited(request: HttpRequest, merchant: Merchant, form: InviteForm) -> bool:
    """Invite; if that cannot be, the form says why."""
    sent = form.cleaned_data
    try:
        invite(
            merchant, sent["email"], sent["role"], request.user,  # type: ignore[arg-type]
            get_language() or "en", request.build_absolute_uri("/").rstrip("/"),
        )  # fmt: skip
    except NotInvited:
        form.add_error("email", _("This person is in the team already."))
        return False
    messages.success(request, _("The invitation is on its way. It holds for seven days."))
    return True


def to_team(merchant: Merchant) -> HttpResponse:
    """Lead back to the page."""
    return HttpResponseRedirect(reverse("merchant_team", args=[merchant.slug]))


@require_POST
@member_view(OWNERS)
def team_uninvite(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Take an invitation back."""
    with as_merchant(merchant):
        take_back(row_of(Invitation.objects.open(), merchant, pk=pk))
    messages.success(request, _("The invitation opens nothing any more."))
    return to_team(merchant)


@require_POST
@member_view(OWNERS)
def team_change(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Change a member: role, suspension, or out of the team."""
    member = row_of(Membership.objects.select_related("user"), merchant, pk=pk)
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            remove(member)
            said = _("%(person)s is no longer in the team.")
        elif "suspend" in request.POST:
            suspend(member)
            said = _("%(person)s may do nothing in this shop for now.")
        elif "reinstate" in request.POST:
            suspend(member, until_told=False)
            said = _("%(person)s may work here again.")
        elif form.is_valid():
            change_role(member, form.cleaned_data["role"])
            said = _("%(person)s has another role from the next click on.")
        else:
            messages.error(request, _("There is no such role."))
            return to_team(merchant)
        messages.success(request, said % {"person": member.user.email})
    except LastOwner:
        messages.error(request, _("A shop needs an owner. Make somebody else the owner first."))
    return to_team(merchant)


@require_POST
@member_view()
def team_leave(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Leave the team oneself."""
    try:
        remove(request.membership)  # type: ignore[attr-defined]
    except LastOwner:
        messages.error(request, _("A shop needs an owner. Make somebody else the owner first."))
        return to_team(merchant)
    messages.success(request, _("You have left %(shop)s.") % {"shop": merchant.name})
    return HttpResponseRedirect(reverse("merchant"))


@require_POST
@member_view(OWNERS)
def team_hand_over(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Make another member the owner, after one has proven again who one is."""
    return handed_over(request, merchant, pk)


@reauthentication_required
def handed_over(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Hand over; asked for the password first if it was not typed of late."""
    successor = row_of(Membership.objects.select_related("user"), merchant, pk=pk)
    here: Membership = request.membership  # type: ignore[attr-defined]
    if successor == here:
        messages.error(request, _("You are the owner already."))
        return to_team(merchant)
    hand_over(here, successor)
    said = _("%(person)s owns the shop now. You stay as editor.")
    messages.success(request, said % {"person": successor.user.email})
    return HttpResponseRedirect(reverse("merchant"))
