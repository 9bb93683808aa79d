"""A shop's people: invited once, changed, suspended, gone; and always one owner left."""

from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from shopguide.accounts.inviting import NotInvited, accept, invite, opened, post, token_of
from shopguide.accounts.models import Invitation, Membership, Role, User
from shopguide.accounts.tasks import ring_people, send_invitation
from shopguide.accounts.teaming import LastOwner, change_role, hand_over, remove, suspend
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.people import People, browser, make_people, make_user

pytestmark = pytest.mark.django_db
TEAM = "/merchant/loom/team/"


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    """Return everybody; nobody answers a bell."""
    monkeypatch.setattr("shopguide.accounts.inviting.ring", lambda pk: None)
    return make_people()


def invited(people: People, email: str = "ida@example.com", role: str = "editor") -> Invitation:
    return invite(people.loom, email, role, people.mei, "en", "https://shop.example")


def place(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_an_owner_invites_by_the_page_and_a_worker_writes(people: People) -> None:
    mei = browser(people.mei)
    answer = mei.post(TEAM, {"email": "Ida@Example.com", "role": "agent"})
    assert answer.status_code == 302
    with as_everyone():
        made = Invitation.objects.get()
    send_invitation(made.pk)
    ring_people()  # a letter goes once
    (letter,) = mail.outbox
    assert letter.to == ["ida@example.com"] and "Loom" in letter.subject
    link = next(word for word in letter.body.split() if word.startswith("http"))
    ida = make_user("ida")
    client = browser(ida)
    assert "Accept" in client.get(urlsplit(link).path).content.decode()
    assert client.post(urlsplit(link).path)["Location"] == "/merchant/loom/start/"
    assert place(ida).role == "agent"
    assert EmailAddress.objects.get(user=ida).verified
    assert browser(make_user("eve")).post(urlsplit(link).path).status_code == 404  # used


def test_a_link_is_for_one_address_and_proves_itself(people: People) -> None:
    made = invited(people)
    with pytest.raises(NotInvited):
        accept(made, people.rui)
    token = token_of(made)
    for wrong in (token[:-1], token + "x", "", "a:b:c", token.replace(":", ".")):
        assert opened(wrong) is None
    page = browser(people.rui).get(f"/invitations/{token}/").content.decode()
    assert "another address" in page and "Accept" not in page
    assert "/accounts/login/?next=" in browser().get(f"/invitations/{token}/").content.decode()


@pytest.mark.parametrize("change", ["revoked_at", "accepted_at", "expires_at"])
def test_what_is_over_opens_nothing(people: People, change: str) -> None:
    made = invited(people)
    with as_merchant(people.loom):
        Invitation.objects.update(**{change: timezone.now()})
    assert opened(token_of(made)) is None
    assert browser().get(f"/invitations/{token_of(made)}/").status_code == 404
    with pytest.raises(NotInvited):
        accept(made, make_user("ida"))


def test_inviting_again_makes_the_former_letter_useless(people: People) -> None:
    first = invited(people)
    second = invited(people, role="analyst")
    assert first.pk == second.pk and opened(token_of(first)) is None
    found = opened(token_of(second))
    assert found and found.role == "analyst"
    with pytest.raises(NotInvited):
        invited(people, people.edda.email)


def test_a_letter_speaks_the_language_of_the_page(people: People) -> None:
    browser(people.mei, "zh-hans").post(TEAM, {"email": "ida@example.com", "role": "editor"})
    with as_everyone():
        post(Invitation.objects.select_related("merchant").get())
    assert "团队" in mail.outbox[0].subject


def test_roles_change_at_the_next_click(people: People) -> None:
    edda = browser(people.edda)
    assert edda.get("/merchant/loom/terms/").status_code == 200
    browser(people.mei).post(f"{TEAM}{place(people.edda).pk}/", {"role": "analyst"})
    assert edda.get("/merchant/loom/terms/").status_code == 404
    browser(people.mei).post(f"{TEAM}{place(people.edda).pk}/", {"suspend": "1"})
    assert edda.get("/merchant/loom/products/").status_code == 404
    browser(people.mei).post(f"{TEAM}{place(people.edda).pk}/", {"reinstate": "1"})
    assert edda.get("/merchant/loom/products/").status_code == 200
    browser(people.mei).post(f"{TEAM}{place(people.edda).pk}/", {"remove": "1"})
    assert edda.get("/merchant/loom/products/").status_code == 404


@pytest.mark.parametrize("way", ["role", "suspend", "remove", "leave"])
def test_a_shop_keeps_an_owner(people: People, way: str) -> None:
    mei = place(people.mei)
    with pytest.raises(LastOwner):
        {
            "role": lambda: change_role(mei, "editor"),
            "suspend": lambda: suspend(mei),
            "remove": lambda: remove(mei),
            "leave": lambda: remove(Membership.objects.get(pk=mei.pk)),
        }[way]()
    now = place(people.mei)
    assert (now.role, now.suspended_at) == (Role.OWNER, None)


def test_the_shop_is_handed_over_after_a_password(people: People) -> None:
    people.mei.set_password("a-long-password-1")
    people.mei.save()
    client = browser(people.mei)
    path = f"{TEAM}{place(people.edda).pk}/owner/"
    assert "reauthenticate" in client.post(path)["Location"]
    assert place(people.edda).role == Role.EDITOR
    client.post("/accounts/reauthenticate/", {"password": "a-long-password-1"})
    client.post(path)
    assert (place(people.edda).role, place(people.mei).role) == (Role.OWNER, Role.EDITOR)
    with pytest.raises(LastOwner):
        hand_over(place(people.edda), place(people.edda))


def test_members_may_leave(people: People) -> None:
    assert browser(people.ana).post(f"{TEAM}leave/")["Location"] == "/merchant/"
    assert not Membership.objects.filter(user=people.ana).exists()


@pytest.mark.parametrize("sent", [
    {"role": "god"}, {}, {"role": "\x00"}, {"role": "owner", "merchant": "2", "user": "1"},
])  # fmt: skip
def test_odd_posts_do_no_harm(people: People, sent: dict[str, str]) -> None:
    answer = browser(people.mei).post(f"{TEAM}{place(people.edda).pk}/", sent)
    assert answer.status_code == 302
    now = place(people.edda)
    assert now.merchant == people.loom and now.role in ("editor", "owner")
    assert browser(people.mei).post(TEAM, {"email": "x", "role": "god"}).status_code == 422


# --- The second step ---------------------------------------------------------------------------
def test_an_owner_without_a_second_step_sets_it_up_first(
    people: People, settings: Settings
) -> None:
    settings.SECOND_STEP = True
    for path in ("/merchant/loom/products/", TEAM, "/merchant/loom/log/"):
        assert browser(people.mei).get(path)["Location"] == "/accounts/2fa/"
    assert browser(people.mei).post(TEAM, {"email": "x@y.zz", "role": "editor"}).status_code == 302
    assert not mail.outbox
    assert browser(people.edda).get("/merchant/loom/products/").status_code == 200
    User.objects.filter(pk=people.mei.pk).update(is_demo=True)
    assert "without two-step" in browser(people.mei).get(TEAM).content.decode()
    User.objects.filter(pk=people.mei.pk).update(is_demo=False)
    Authenticator.objects.create(user=people.mei, type="recovery_codes", data={})
    assert browser(people.mei).get(TEAM).status_code == 302  # codes alone are no second step
    Authenticator.objects.create(user=people.mei, type="totp", data={"secret": "x"})
    assert browser(people.mei).get(TEAM).status_code == 200


def test_an_operator_signs_in_by_the_one_door_with_a_second_step(settings: Settings) -> None:
    settings.SECOND_STEP = True
    otto = make_user("otto")
    User.objects.filter(pk=otto.pk).update(is_staff=True, is_superuser=True)
    assert (
        browser()
        .get("/operator/login/?next=/operator/")["Location"]
        .startswith("/accounts/login/?next=")
    )
    for path in ("/operator/", "/operator/accounts/user/", "/operator/accounts/user/add/"):
        assert browser(otto).get(path)["Location"] == "/accounts/2fa/"
    Authenticator.objects.create(user=otto, type="totp", data={"secret": "x"})
    assert browser(otto).get("/operator/accounts/user/").status_code == 200


@pytest.mark.parametrize("path", ["/accounts/login/", "/api/v1/auth/app/v1/auth/login"])
def test_a_second_step_is_asked_for_whichever_way_one_comes(people: People, path: str) -> None:
    people.mei.set_password("a-long-password-1")
    people.mei.save()
    Authenticator.objects.create(user=people.mei, type="totp", data={"secret": "x" * 16})
    said = {"login": people.mei.email, "email": people.mei.email, "password": "a-long-password-1"}
    client = browser()
    if path.startswith("/api/"):
        answer = client.post(path, said, content_type="application/json")
        assert answer.status_code == 401
        flows = {flow["id"] for flow in answer.json()["data"]["flows"]}
        assert "mfa_authenticate" in flows
    else:
        assert "2fa" in client.post(path, said)["Location"]
        assert client.get(TEAM)["Location"].startswith("/accounts/login/")
