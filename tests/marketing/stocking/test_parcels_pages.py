"""Carriers' texts, addresses and texts for customs in the portal."""

import uuid

import pytest

from catalog.models import Order
from marketing.models import CustomsText, DeliveryNote
from marketing.stocking.telling import told_to_shopper
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_category, make_product
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/parcels/"


@pytest.fixture
def people() -> People:
    """Return everybody."""
    return make_people()


def order(people: People, **fields: object) -> Order:
    """Save a shipped order of the loom."""
    with as_merchant(people.loom):
        return Order.objects.create(
            merchant=people.loom, shopper=Shopper.objects.create(), checkout=uuid.uuid4(),
            state="shipped", currency="CNY", items_amount=10, total_amount=10,
            email="sam@example.com", payment_provider="test", **fields,
        )  # fmt: skip


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_texts_are_read_tied_and_settled(people: People) -> None:
    one = order(people, number="ABCDE-FGHJK", tracking="SF1234567890")
    edda = browser(people.edda)
    sent = "\n".join([
        "SF1234567890 收件人拒收，电话13800138000", "abcde-fghjk damaged in transit",
        "ZZZZZ-ZZZZZ Out for delivery", "", "\0 ",
    ])  # fmt: skip
    page = text(edda.post(f"{PAGE}notes/", {"text": sent}, follow=True))
    assert "3 texts are read." in page and "2 of them belong to an order" in page
    with as_merchant(people.loom):
        notes = {note.kind: note for note in DeliveryNote.objects.all()}
    assert set(notes) == {"refused", "damaged", "out"}
    assert notes["refused"].order_id == notes["damaged"].order_id == one.pk
    assert "138****8000" in notes["refused"].text
    assert len(edda.get(PAGE).context["page"]["rows"]) == 2
    assert len(edda.get(PAGE, {"state": "all"}).context["page"]["rows"]) == 3
    pk = notes["refused"].pk
    assert edda.post(f"{PAGE}notes/{pk}/", {"settled": "1"}).status_code == 302
    assert edda.post(f"{PAGE}notes/{notes['damaged'].pk}/", {"kind": "lost"}).status_code == 302
    edda.post(f"{PAGE}notes/{notes['damaged'].pk}/", {"kind": "nonsense"})
    with as_merchant(people.loom):
        assert DeliveryNote.objects.get(pk=pk).settled_at
        changed = DeliveryNote.objects.get(pk=notes["damaged"].pk)
        assert (changed.kind, changed.acts, changed.because) == ("lost", "shop", "")
        assert DeliveryNote.objects.waiting().count() == 1


def test_a_rivals_order_is_not_tied(people: People) -> None:
    order(people, number="ABCDE-FGHJK")
    rui = browser(people.rui)
    rui.post("/merchant/rival/parcels/notes/", {"text": "ABCDE-FGHJK damaged"})
    with as_merchant(people.rival):
        assert DeliveryNote.objects.get().order_id is None


def test_an_address_is_read_and_not_kept(people: People) -> None:
    sent = {"address": "张三 13800138000 浙江省杭州市西湖区文三路138号"}
    page = text(browser(people.ana, "zh-hans").post(f"{PAGE}address/", sent))
    assert "<td>文三路138号</td>" in page and "<td>西湖区</td>" in page
    for odd in ("", "\0", "<b>" * 900):
        assert browser(people.ana).post(f"{PAGE}address/", {"address": odd}).status_code == 200


def test_customs_texts_are_proposed_from_facts_and_approved_by_a_person(people: People) -> None:
    product = make_product(
        people.loom, "TS-1", title="The best T-shirt", category=make_category("clothing/tops"),
        attributes={"material": ["cotton"], "weight_g": 180}, brand="Loom",
    )  # fmt: skip
    url, edda = f"/merchant/loom/stock/{product.pk}/customs/", browser(people.edda)
    page = text(edda.get(url))
    for said in ('value="garment"', 'value="cotton"', 'value="棉"', 'value="180 g"'):
        assert said.casefold() in page.casefold()
    assert "Country of origin is missing." in page and "best T-shirt" not in page.split("<form")[2]
    sent = {"locale": "en", "goods": "T-shirt", "material": "cotton", "use": "clothing",
            "origin": "China"}  # fmt: skip
    for odd, why in (
        ({"origin": ""}, "Country of origin is missing."), ({"goods": "gift"}, "so general a word"),
        ({"material": "棉"}, "not in the language"), ({"goods": "premium T-shirt"}, "praises"),
        ({"code": "12AB"}, "6, 8, 10 or 12 digits"), ({"locale": "fr"}, "Choose a language."),
    ):  # fmt: skip
        response = edda.post(url, sent | odd)
        assert response.status_code == 422
        if "locale" not in odd:
            assert why in text(response)
    with as_merchant(people.loom):
        assert not CustomsText.objects.exists()
    assert edda.post(url, sent | {"code": "610910"}).status_code == 302
    with as_merchant(people.loom):
        kept = CustomsText.objects.get()
        assert (kept.approved_by, kept.code, kept.parts["origin"]) == (
            people.edda, "610910", "China",
        )  # fmt: skip
        product.brand = "Other"
        product.save()
    assert "The product has changed since" in text(edda.get(url))


def test_no_code_is_ever_proposed(people: People) -> None:
    product = make_product(people.loom, "TS-1", category=make_category("clothing/tops"))
    page = browser(people.edda).get(f"/merchant/loom/stock/{product.pk}/customs/")
    assert [side["code"] for side in page.context["sides"]] == ["", ""]


def test_doors(people: People) -> None:
    with as_merchant(people.loom):
        note = DeliveryNote.objects.create(merchant=people.loom, text="x", kind="lost", acts="shop")
    product = make_product(people.loom, "TS-1")
    customs = f"/merchant/loom/stock/{product.pk}/customs/"
    for path in (PAGE, customs):
        assert browser(people.rui).get(path).status_code == 404
        assert browser(people.sam).get(path).status_code == 404
        assert browser().get(path).status_code == 302
    assert browser(people.ana).get(customs).status_code == 404
    assert browser(people.ana).get(PAGE).status_code == 200
    for path in (f"{PAGE}notes/", f"{PAGE}notes/{note.pk}/"):
        assert browser(people.ana).post(path, {"settled": "1"}).status_code == 404
        assert browser(people.edda).get(path).status_code == 405
    rui = browser(people.rui)
    assert (
        rui.post(f"/merchant/rival/parcels/notes/{note.pk}/", {"settled": "1"}).status_code == 404
    )
    assert browser(people.edda).post(f"{PAGE}notes/1000000000/").status_code == 404
    part = browser(people.edda).get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="rows"' in part


def test_an_orders_page_tells_what_carriers_wrote(people: People) -> None:
    """The shop reads who must act, its shopper what is theirs to do; nobody else finds it."""
    one = order(people, number="ABCDE-FGHJK")
    Shopper.objects.filter(pk=one.shopper_id).update(user=people.sam)
    sent = "ABCDE-FGHJK 派送失败，收件人不在家\nABCDE-FGHJK damaged in transit"
    browser(people.edda).post(f"{PAGE}notes/", {"text": sent})
    ours, theirs = "/merchant/loom/orders/ABCDE-FGHJK/parcel/", "/orders/ABCDE-FGHJK/parcel/"
    shop = text(browser(people.ana).get(ours))
    assert "派送失败" in shop and "claim from the carrier" in shop
    sam = browser(people.sam)
    page = text(sam.get(theirs))
    assert "Agree on another day" in page and "<h1>" in page and "claim" not in page
    part = text(sam.get(theirs, headers={"HX-Request": "true"}))
    assert "派送失败" in part and "<html" not in part
    told = told_to_shopper(Shopper.objects.get(pk=one.shopper_id), "ABCDE-FGHJK") or []
    assert {one["kind"]: bool(one["todo"]) for one in told} == {"absent": True, "damaged": False}
    for who, path in ((people.rui, ours), (people.sam, ours), (people.edda, theirs)):
        assert browser(who).get(path).status_code == 404
    assert browser(people.edda).get(ours.replace("ABCDE", "ZZZZZ")).status_code == 404
    assert sam.get(theirs.replace("ABCDE", "ZZZZZ")).status_code == 404
    assert sam.post(theirs).status_code == browser(people.edda).post(ours).status_code == 405
