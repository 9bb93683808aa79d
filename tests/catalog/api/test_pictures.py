"""Pictures by the API: of a return and of a review, for their shopper alone, and none twice."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.models import BuyerReview, Return, ReturnPicture
from catalog.opinions.writing import decide
from shopguide.accounts.keys import issue
from shopguide.accounts.models import Scope
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.api.client import Generated
from tests.catalog.orders.conftest import ADDRESS
from tests.catalog.views.conftest import Window

pytestmark = pytest.mark.django_db


def picture(colour: str = "red", kind: str = "PNG") -> SimpleUploadedFile:
    """Return a picture as an app sends it."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, kind)
    return SimpleUploadedFile("shot.png", file.getvalue(), "image/png")


@pytest.fixture
def bought(shop: Window, settings: Any, tmp_path: Path) -> tuple[Generated, str, int]:
    """Return an app whose order was delivered, the order's number, and its line."""
    settings.UPLOAD_ROOT, settings.MEDIA_ROOT = tmp_path / "uploads", tmp_path / "media"
    app = Generated()
    app.call("cart_add", {"variant": shop.hoodie.variants.get(sku="HD-1-N").pk, "quantity": 2},
             currency="CNY")  # fmt: skip
    way = app.call("checkout")["payments"][-1]["code"]
    sent = {"shown": app.call("cart", currency="CNY")["shown"], "email": "lin@example.com",
            "address": ADDRESS, "payment": way}  # fmt: skip
    (order,) = app.call("order_place", sent, key=str(uuid.uuid4()), currency="CNY")["items"]
    _key, secret = issue(shop.loom, "till", list(Scope.values), by=None)
    till = Generated(Authorization=f"Bearer {secret}")
    for state in ("packed", "shipped", "delivered"):
        till.call("shop_order_step", {"state": state}, number=order["number"])
    return app, order["number"], order["lines"][0]["id"]


def asked(app: Generated, number: str, line: int) -> Any:
    """Ask for a return of one."""
    sent = {"items": [{"line": line, "quantity": 1}], "reason": "faulty", "condition": "used"}
    return app.call("return_ask", sent, number=number)


def files(root: Path) -> list[Path]:
    """Return the files below a folder."""
    return [one for one in root.rglob("*") if one.is_file()]


def test_a_return_is_shown_to_the_shop(bought: tuple[Generated, str, int], settings: Any) -> None:
    app, number, line = bought
    back = asked(app, number, line)
    assert (back["pictures"], back["refund"]) == ([], None) and "picture" in back["may"]
    assert (back["events"][0]["kind"], back["events"][0]["actor"]) == ("return_asked", "shopper")
    names = {"number": number, "back": back["number"]}
    key = str(uuid.uuid4())
    seen = app.call("return_picture_add", {"picture": picture()}, key=key, **names)
    (shot,) = seen["pictures"]
    assert app.call("return_picture_add", {"picture": picture()}, key=key, **names) == seen
    content = app.call("return_picture", id=shot["id"], **names)
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    with as_everyone():
        assert ReturnPicture.objects.get().file.startswith("loom/back/")
    for stranger in (Generated(), with_cart_of(line)):
        answer = refused(stranger, "return_picture", id=shot["id"], **names)
        assert answer.startswith("return_picture: 404")
    for colour in ("blue", "green", "white"):
        app.call("return_picture_add", {"picture": picture(colour)}, **names)
    assert "409" in refused(app, "return_picture_add", {"picture": picture("black")}, **names)
    assert len(files(settings.UPLOAD_ROOT)) == 4
    assert len(app.call("return", **names)["pictures"]) == 4
    assert "picture" not in app.call("returns")["items"][0]["may"]


def with_cart_of(_line: int) -> Generated:
    """Return another shopper's app, who has kept something of their own."""
    other = Generated()
    other.call("wish_add", {"merchant": "loom", "sku": "HD/1"})
    return other


def refused(app: Generated, name: str, body: Any = None, **given: Any) -> str:
    """Return how a call was refused."""
    with pytest.raises(AssertionError) as caught:
        app.call(name, body, **given)
    return str(caught.value)


def test_what_is_no_picture_is_not_kept(bought: tuple[Generated, str, int], settings: Any) -> None:
    app, number, line = bought
    names = {"number": number, "back": asked(app, number, line)["number"]}
    script = SimpleUploadedFile("x.svg", b"<svg onload=alert(1)>", "image/svg+xml")
    for sent in ({"picture": script}, {"picture": ""}, {"other": picture()},
                 {"picture": SimpleUploadedFile("x\x00.png", b"")}):  # fmt: skip
        assert " 400 " in refused(app, "return_picture_add", sent, **names)
    app.call("return_withdraw", **names)
    said = refused(app, "return_picture_add", {"picture": picture()}, **names)
    assert " 409 " in said and "not_allowed" in said
    with as_everyone():
        assert Return.objects.get().pictures.count() == 0
    assert files(settings.UPLOAD_ROOT) == []


def test_pictures_of_a_review_wait_for_a_look(bought: tuple[Generated, str, int]) -> None:
    app, number, line = bought
    names = {"number": number, "id": line}
    assert [one["line"] for one in app.call("reviews_waiting")["items"]] == [line]
    assert " 404 " in refused(app, "review_picture_add", {"picture": picture()}, **names)
    words = {"stars": 4, "title": "Warm"}
    assert app.call("review_write", words, **names)["state"] == "shown"
    assert app.call("reviews_waiting")["items"] == []
    seen = app.call("review_picture_add", {"picture": picture()}, **names)
    assert seen["state"] == "held" and len(seen["pictures"]) == 1
    # Other words do not bring a picture past the shop.
    assert app.call("review_write", words | {"title": "Very warm"}, **names)["state"] == "held"
    with as_everyone():
        decide(BuyerReview.objects.get(), show=True)
    assert app.call("review_write", words, **names)["state"] == "shown"
    shot = app.call("own_reviews")["items"][0]["pictures"][0]["id"]
    app.call("review_picture_remove", picture=shot, **names)
    assert app.call("own_reviews")["items"][0]["pictures"] == []
    assert " 404 " in refused(app, "review_picture_remove", picture=shot, **names)
