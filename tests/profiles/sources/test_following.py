"""What people one follows show: a source with its reason, gone when it is taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Product
from marketing.models import GroupList
from marketing.reaching import grouping, showing
from profiles.consenting import choose
from profiles.models import Following, Purpose
from profiles.recommending import recommend
from profiles.sources.following import NotFollowed, follow, followings, let_go
from profiles.sources.switching import Source, turn
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.profiles.test_for_you import agreeing

Shelves = dict[str, list[Product]]


@pytest.fixture
def lin(shelves: Shelves) -> Shopper:
    """Return somebody who shows a list with one mouse to their followers."""
    made = Shopper.objects.create()
    group = grouping.open_list(made, "Desk")
    grouping.add(group.code, made, shelves["mice"][5].pk)
    assert showing.show_as(group.code, made, "Lin")
    return made


def list_of(owner: Shopper) -> GroupList:
    """Return the owner's list."""
    with as_everyone():
        return GroupList.objects.get(shopper=owner)


def shown(shopper: Shopper) -> dict[int, tuple[str, str]]:
    """Return what a shopper is recommended by whom they follow, with the name."""
    return {
        one.product: (one.source, one.stated)
        for one in recommend(shopper, limit=24)
        if Source.FOLLOWED in one.sources
    }


def test_what_is_shown_is_recommended_with_its_reason(
    shelves: Shelves, shopper: Shopper, lin: Shopper
) -> None:
    mouse = shelves["mice"][5].pk
    assert shown(shopper) == {}
    before = {one.product: one.score for one in recommend(shopper, limit=24)}
    follow(shopper, lin)
    assert shown(shopper) == {mouse: ("followed", "Lin")}
    after = {one.product: one.score for one in recommend(shopper, limit=24)}
    assert after[mouse] > before.get(mouse, 0)
    turn(Source.FOLLOWED, on=False)
    assert shown(shopper) == {}


@pytest.mark.parametrize("how", ["no name", "closed", "taken off", "put out", "let go", "unfollow"])
def test_what_is_taken_back_is_gone_at_the_next_request(
    shelves: Shelves, shopper: Shopper, lin: Shopper, how: str
) -> None:
    group, mouse = list_of(lin), shelves["mice"][5].pk
    member = grouping.join(group.code, shopper, "Kim")
    follow(shopper, lin)
    assert mouse in shown(shopper)
    match how:
        case "no name":
            assert showing.show_as(group.code, lin, " ")
        case "closed":
            assert grouping.revoke(group.code, lin)
        case "taken off":
            assert grouping.take_off(group.code, lin, mouse)
        case "put out":
            assert grouping.put_out(group.code, lin, member.pk)
        case "let go":
            assert let_go(lin) == 1
        case _:
            with as_everyone():
                Following.objects.all().delete()
    assert shown(shopper) == {}


def test_what_others_put_on_the_list_is_not_shown(
    shelves: Shelves, shopper: Shopper, lin: Shopper
) -> None:
    group, kim = list_of(lin), Shopper.objects.create()
    grouping.join(group.code, kim, "Kim")
    grouping.add(group.code, kim, shelves["shoes"][0].pk)
    follow(shopper, lin)
    assert set(shown(shopper)) == {shelves["mice"][5].pk}
    with pytest.raises(NotFollowed):
        follow(lin, lin)
    assert not showing.show_as(group.code, kim, "Kim")


def test_the_pages_follow_and_leave(shelves: Shelves, client: Client, lin: Shopper) -> None:
    agreeing(client)
    group, other = list_of(lin), Client()
    page = client.get(reverse("group", args=[group.code])).content.decode()
    assert "Follow Lin" in page
    act = reverse("group_act", args=[group.code])
    assert client.post(act, {"act": "follow"}).status_code == 302
    assert "Because Lin, whom you follow, shares it" in (
        client.get(reverse("for_you")).content.decode()
    )
    (one,) = client.get(reverse("shared")).context["followings"]
    assert (one.name, one.products) == ("Lin", 1)
    end = reverse("following_end")
    for odd in ({}, {"following": "x"}, {"following": "9" * 30}):
        assert client.post(end, odd).status_code == 404
    assert other.post(end, {"following": one.pk}).status_code == 404
    assert client.post(end, {"following": one.pk}).status_code == 302
    assert not client.get(reverse("shared")).context["followings"]
    assert client.get(end).status_code == client.get(reverse("followers_end")).status_code == 405
    assert other.post(reverse("followers_end")).status_code == 302


def test_apps_follow_and_leave(shelves: Shelves, shopper: Shopper, lin: Shopper) -> None:
    code = list_of(lin).code
    app = Client()
    url = reverse("api_followings")
    made = app.post(url, {"list": code}, content_type="application/json")
    assert made.status_code == 201 and made.json()["name"] == "Lin"
    token = {"Shopper-Token": made["Shopper-Token"]}
    listed = app.get(url, headers=token).json()["items"]
    assert listed == [made.json()]
    one = reverse("api_following", args=[made.json()["number"]])
    assert app.delete(one).status_code == 404
    assert app.delete(one, headers=token).status_code == 204
    assert app.get(url, headers=token).json()["items"] == []
    for odd in ("nothing", "", "\x00"):
        answer = app.post(url, {"list": odd}, content_type="application/json")
        assert answer.status_code in {400, 404, 422}
    assert not followings(shopper) and not followings(None)
    choose(shopper, {Purpose.PERSONALISATION: False})
