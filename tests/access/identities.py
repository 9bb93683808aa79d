"""Everybody who may come to a door, signed in the way they really are.

Mei owns the loom, Edda edits, Aki answers its customers, Ana reads; Rui owns the rival, Sol a shop
that is suspended, Lea has left the loom. Sam and Vera buy, Vera with a proven address; Dora's
account is closed though her session is not. Otto runs the market place. Three systems come with
keys: the loom's, one of the loom's that may do nothing, the rival's.
"""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils import timezone

from shopguide.accounts.keys import issue
from shopguide.accounts.models import Membership, Merchant, Role, Scope, Shopper, User
from shopguide.accounts.shopping import COOKIE, HEADER, _signer

PEOPLE = {
    "shopper": "sam", "verified": "vera", "owner": "mei", "editor": "edda", "agent": "aki",
    "analyst": "ana", "rival": "rui", "suspended": "sol", "left": "lea", "disabled": "dora",
    "operator": "otto",
}  # fmt: skip
ROLES = {"owner": Role.OWNER, "editor": Role.EDITOR, "agent": Role.AGENT, "analyst": Role.ANALYST}
STRANGERS = ("anonymous", "guest", "disabled")


@dataclass
class Crowd:
    """Three shops and everybody, with a browser and an app for each."""

    loom: Merchant
    rival: Merchant
    closed: Merchant
    users: dict[str, User]
    guest: Shopper
    buyer: Shopper
    browsers: dict[str, Client] = field(default_factory=dict)
    apps: dict[str, dict[str, str]] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    # Of each kind of object ours, theirs, nobody's (tests/access/objects.py).
    objects: dict[str, Any] = field(default_factory=dict)


def gather() -> Crowd:
    """Save everybody and sign them in. About 80 queries."""
    shops = [
        Merchant.objects.create(slug=slug, name_en=slug.title(), currencies=["CNY"])
        for slug in ("loom", "rival", "closed")
    ]
    loom, rival, closed = shops
    users = {who: User.objects.create_user(f"{name}@example.com") for who, name in PEOPLE.items()}
    for who, role in ROLES.items():
        Membership.objects.create(user=users[who], merchant=loom, role=role)
    Membership.objects.create(user=users["rival"], merchant=rival, role=Role.OWNER)
    Membership.objects.create(user=users["suspended"], merchant=closed, role=Role.OWNER)
    Merchant.objects.filter(pk=closed.pk).update(suspended_at=timezone.now())
    User.objects.filter(pk=users["operator"].pk).update(is_staff=True, is_superuser=True)
    for who, user in users.items():
        EmailAddress.objects.create(
            user=user, email=user.email, verified=who != "shopper", primary=True
        )
    guest = Shopper.objects.create()
    buyer = Shopper.objects.create(user=users["verified"])
    crowd = Crowd(loom, rival, closed, users, guest, buyer)
    sign_in(crowd)
    every = list(Scope.values)
    keys = (("system", loom, every), ("bare", loom, []), ("rival_system", rival, every))
    for who, shop, scopes in keys:
        crowd.apps[who] = {"Authorization": f"Bearer {issue(shop, who, scopes, by=None)[1]}"}
    User.objects.filter(pk=users["disabled"].pk).update(is_active=False)
    return crowd


def sign_in(crowd: Crowd) -> None:
    """Give everybody a browser with their session, and an app with its token."""
    handler = Client().handler  # loaded once for all
    for who in ("anonymous", "guest", *crowd.users):
        client, headers = Client(), {}
        client.handler = handler
        if who in crowd.users:
            client.force_login(crowd.users[who])
            headers["X-Session-Token"] = str(client.session.session_key)
        if who == "guest":
            kept = _signer.sign(str(crowd.guest.pk))
            client.cookies[COOKIE] = kept
            headers[HEADER] = kept
        client.cookies["language"] = "en"
        crowd.browsers[who], crowd.apps[who] = client, headers
        crowd.cookies[who] = {name: one.value for name, one in client.cookies.items()}


def shop_of(crowd: Crowd, who: str) -> Merchant:
    """Return the shop at whose door somebody stands: their suspended one, else the loom."""
    return crowd.closed if who == "suspended" else crowd.loom


def ask(crowd: Crowd, who: str, method: str, path: str, body: Any = None) -> Any:
    """Call an address as somebody: with cookies, or with tokens below /api/."""
    if path.startswith("/api/"):
        app = crowd.browsers["anonymous"]
        app.cookies = SimpleCookie()
        kind = MULTIPART_CONTENT if isinstance(body, bytes) else "application/json"
        return app.generic(
            method, path, body or "{}", content_type=kind,
            headers={"Accept-Language": "en"} | crowd.apps[who],
        )  # fmt: skip
    client = crowd.browsers[who]
    client.cookies = SimpleCookie(crowd.cookies[who])  # as if nothing had been answered before
    if method == "GET":
        return client.get(path)
    return client.generic(
        method, path, body or "", content_type="application/x-www-form-urlencoded"
    )
