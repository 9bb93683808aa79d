"""What shops tell everybody, and stars for their people, by the API."""

import uuid

import pytest
from django.utils import timezone

from assistant.knowledge.articles import approve, write
from assistant.models import Conversation
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import _signer
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.api.client import Generated
from tests.people import make_people

pytestmark = pytest.mark.django_db
BODY = "# Back\nWithin 14 days.\n\n1. Ask\n2. Send\n\n| Size | cm |\n|---|---|\n| M | 52 |\n\n- one"


def test_articles_are_read_as_blocks_once_approved() -> None:
    people = make_people()
    with as_merchant(people.loom):
        made = write(people.loom, title="Sending back", body=BODY, language="en", by=people.mei)
    app = Generated()
    assert app.call("articles", merchant="loom")["items"] == []
    with as_merchant(people.loom):
        approve(made, by=people.mei)
    (brief,) = app.call("articles", merchant="loom")["items"]
    assert (brief["title"], brief["language"]) == ("Sending back", "en")
    # Nothing is written in Chinese: a Chinese reader gets what there is.
    chinese = Generated(**{"Accept-Language": "zh-hans"})
    assert chinese.call("articles", merchant="loom")["items"] == [brief]
    found = app.call("article", merchant="loom", id=brief["id"])
    kinds = [one["kind"] for one in found["blocks"]]
    assert kinds == ["heading", "text", "steps", "table", "list"]
    assert found["blocks"][3]["head"] == ["Size", "cm"]
    assert found["blocks"][3]["rows"] == [["M", "52"]]
    for shop, pk in (("rival", brief["id"]), ("none", brief["id"]), ("loom", 10**9)):
        with pytest.raises(AssertionError, match=" 404 "):
            app.call("article", merchant=shop, id=pk)


def test_stars_once_the_people_of_the_shop_have_closed_it() -> None:
    shopper = Shopper.objects.create()
    with as_everyone():
        chat = Conversation.objects.create(shopper=shopper)
    app = Generated(**{"Shopper-Token": _signer.sign(str(shopper.pk))})
    with pytest.raises(AssertionError, match=" 409 "):
        app.call("conversation_stars", {"stars": 4}, number=chat.pk)
    with as_everyone():
        Conversation.objects.filter(pk=chat.pk).update(resolved_at=timezone.now())
    app.call("conversation_stars", {"stars": 4}, number=chat.pk)
    with as_everyone():
        assert Conversation.objects.get().stars == 4
    for stars in (0, 6, "x", None):
        with pytest.raises(AssertionError, match=" 400 "):
            app.call("conversation_stars", {"stars": stars}, number=chat.pk)
    for whose, number in ((Generated(), chat.pk), (app, uuid.uuid4())):
        with pytest.raises(AssertionError, match=" 404 "):
            whose.call("conversation_stars", {"stars": 4}, number=number)
