"""Lists kept with others and links passed on, by the API: the code lets in, the owner puts out."""

from typing import Any

import pytest

from marketing.models import GroupItem
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.api.client import Generated
from tests.catalog.api.conftest import fresh_market, no_model, people, window
from tests.catalog.views.conftest import Window

__all__ = ["fresh_market", "no_model", "people", "window"]
pytestmark = pytest.mark.django_db
HOODIE = {"merchant": "loom", "sku": "HD/1"}
IN_PATH = {"merchant": "loom", "sku": "HD~2f1"}


def refused(app: Generated, name: str, body: Any = None, **given: Any) -> str:
    """Return how a call was refused."""
    with pytest.raises(AssertionError) as caught:
        app.call(name, body, **given)
    return str(caught.value)


def test_two_keep_a_list_and_its_owner_closes_it(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    ida, kim, eve = Generated(), Generated(), Generated()
    code = ida.call("group_make", {"name": "Us"})["code"]
    assert ida.call("group_add", HOODIE | {"note": "in red"}, code=code)["items"][0]["removable"]
    seen = kim.call("group", code=code)
    assert (seen["own"], seen["joined"], seen["items"][0]["note"]) == (False, False, "in red")
    assert seen["items"][0]["removable"] is False
    kim.call("wish_add", HOODIE)
    assert "not_joined" in refused(kim, "group_add", HOODIE, code=code)
    kim.call("group_join", {"name": "Kim"}, code=code)
    seen = kim.call("group_join", {"name": "Kimi"}, code=code)
    assert (seen["joined"], seen["people"]) == (True, [{"id": None, "name": "Kimi"}])
    assert " 404 " in refused(kim, "group_take_off", code=code, **IN_PATH)
    assert " 404 " in refused(kim, "group_change", {"open": False}, code=code)
    (one,) = ida.call("group", code=code)["people"]
    assert " 404 " in refused(kim, "group_put_out", code=code, id=one["id"])
    ida.call("group_put_out", code=code, id=one["id"])
    assert " 404 " in refused(kim, "group", code=code)
    assert eve.call("group", code=code)["name"] == "Us"
    assert ida.call("group_change", {"open": False}, code=code)["open"] is False
    assert " 404 " in refused(eve, "group", code=code)
    assert ida.call("group", code=code)["items"]
    opened = ida.call("group_change", {"open": True}, code=code)
    assert opened["code"] != code and eve.call("group", code=opened["code"])
    assert " 404 " in refused(ida, "group", code=code)
    assert [one["own"] for one in ida.call("groups")["items"]] == [True]
    assert kim.call("groups")["items"] == []
    ida.call("group_take_off", code=opened["code"], **IN_PATH)
    with as_everyone():
        assert not GroupItem.objects.exists()


def test_a_link_leads_to_its_product_until_it_is_revoked(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "marketing.api.reaching.note_following.delay", lambda *said: counted.append(said)
    )
    ida, kim = Generated(), Generated()
    code = ida.call("share_make", HOODIE)["code"]
    assert kim.call("share_follow", code=code)["sku"] == "HD/1"
    assert counted == [(code, "")]
    ida.call("share_revoke", code=code)
    assert " 404 " in refused(kim, "share_follow", code=code)
    assert " 404 " in refused(kim, "share_follow", code="nothing")
