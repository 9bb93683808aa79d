"""Named people for tests: what each may do is what each test is about.

Mei owns the shop Loom, Edda edits its catalogue, Ana reads its numbers; Rui owns another shop;
Sam buys.
"""

from dataclasses import dataclass

from django.test import Client

from shopguide.accounts.models import Membership, Merchant, Role, User


@dataclass(frozen=True)
class People:
    """Everybody, and the two shops."""

    loom: Merchant
    rival: Merchant
    mei: User
    edda: User
    ana: User
    rui: User
    sam: User


def make_people() -> People:
    """Save both shops and everybody in them."""
    loom = Merchant.objects.create(
        slug="loom", name_en="Loom", name_zh="织物", currencies=["CNY", "USD"]
    )
    rival = Merchant.objects.create(slug="rival", name_en="Rival", currencies=["USD"])
    people = {name: make_user(name) for name in ("mei", "edda", "ana", "rui", "sam")}
    for name, shop, role in (
        ("mei", loom, Role.OWNER),
        ("edda", loom, Role.EDITOR),
        ("ana", loom, Role.ANALYST),
        ("rui", rival, Role.OWNER),
    ):
        Membership.objects.create(user=people[name], merchant=shop, role=role)
    return People(loom, rival, **people)


def make_user(name: str) -> User:
    """Save a person."""
    return User.objects.create_user(f"{name}@example.com")


def browser(person: User | None = None, language: str = "en") -> Client:
    """Return somebody's browser, signed in or not, in a language."""
    client = Client()
    if person:
        client.force_login(person)
    client.cookies["language"] = language
    return client
