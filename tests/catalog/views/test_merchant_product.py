"""The product form: what a person changes is written, nothing else, and no edit is lost."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import Settings

from catalog.models import (
    Media,
    Price,
    Product,
    ProductDraft,
    ProductText,
    RelatedProduct,
    Stock,
    Variant,
    Warehouse,
)
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_variant
from tests.catalog.views.conftest import Window
from tests.forms import form_of
from tests.people import browser

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ring nobody."""
    monkeypatch.setattr("catalog.tasks.index_products.delay", lambda pk: None)


class Editor:
    """Somebody with the hoodie's form open."""

    def __init__(self, window: Window, person: str = "mei") -> None:
        self.window = window
        self.client: Client = browser(getattr(window.people, person))
        self.url = f"/merchant/loom/products/{window.hoodie.pk}/"
        self.fields = form_of(self.page(), "product-form")

    def page(self) -> str:
        """Open the form."""
        response = self.client.get(self.url)
        assert response.status_code == 200
        return response.content.decode()

    def send(
        self, *, where: str = "", headers: dict[str, str] | None = None, **changes: Any
    ) -> Any:
        """Send the form with some fields changed; ``__`` in a name stands for a colon."""
        said = {key.replace("__", ":"): value for key, value in changes.items()}
        return self.client.post(self.url + where, self.fields | said, headers=headers)


@pytest.fixture
def mei(window: Window) -> Editor:
    """Return Mei with the form open."""
    return Editor(window)


def state(window: Window) -> list[Any]:
    """Return all that is stored of the hoodie."""
    with as_merchant(window.loom):
        mine = {"product": window.hoodie}
        return [
            list(rows.order_by("pk").values())
            for rows in (
                Product.objects.filter(pk=window.hoodie.pk), ProductText.objects.filter(**mine),
                Variant.objects.filter(**mine), Media.objects.filter(**mine),
                Price.objects.filter(variant__product=window.hoodie),
                Stock.objects.filter(variant__product=window.hoodie),
                RelatedProduct.objects.filter(**mine),
            )
        ]  # fmt: skip


def hoodie(window: Window) -> Product:
    """Return the hoodie as it is stored now."""
    with as_merchant(window.loom):
        return Product.objects.prefetch_related("texts", "variants__prices", "variants__stock",
                                                "media").get(pk=window.hoodie.pk)  # fmt: skip


def test_an_untouched_form_changes_nothing(window: Window, mei: Editor) -> None:
    before = state(window)
    assert mei.send().status_code == 302
    assert state(window) == before


def test_texts_are_saved_with_who_wrote_them(window: Window, mei: Editor) -> None:
    response = mei.send(title__en=" Crimson hoodie ", brand="Loom")
    assert response["Location"] == mei.url
    product = hoodie(window)
    texts = {text.locale: text for text in product.texts.all()}
    assert (product.brand, texts["en"].title) == ("Loom", "Crimson hoodie")
    assert (texts["en"].provenance, texts["en"].approved_by) == ("merchant", window.people.mei)
    assert texts["zh-hans"].approved_by is None, "not touched"


def test_prices_and_stock(window: Window, mei: Editor) -> None:
    first = Variant.objects.get(sku="HD/1")
    place = Warehouse.objects.filter(merchant=window.loom)
    with as_merchant(window.loom):
        place_pk = place.get().pk
    mei.send(**{
        f"price__{first.pk}__CNY": "88", f"was__{first.pk}__CNY": "120.5",
        f"price__{first.pk}__USD": "12.99", f"stock__{first.pk}__{place_pk}": "0",
    })  # fmt: skip
    with as_merchant(window.loom):
        prices = {one.currency: (one.amount, one.was) for one in
                  Price.objects.filter(variant=first).select_related("price_list")}  # fmt: skip
        assert Stock.objects.get(variant=first).quantity == 0
    assert prices == {
        "CNY": (Decimal("88.00"), Decimal("120.50")), "USD": (Decimal("12.99"), None)
    }  # fmt: skip
    again = Editor(window)
    again.send(**{f"price__{first.pk}__CNY": "", f"stock__{first.pk}__{place_pk}": ""})
    with as_merchant(window.loom):
        left = Price.objects.filter(variant=first).select_related("price_list")
        assert [one.currency for one in left] == ["USD"]
        assert not Stock.objects.filter(variant=first).exists()


def test_variants_options_and_a_new_one(window: Window, mei: Editor) -> None:
    first = Variant.objects.get(sku="HD/1")
    mei.send(**{
        f"option__{first.pk}__0": "Navy Blue", f"option__{first.pk}__1": "s",
        "new-sku__0": "HD-NEW", "option__new__0": "酒红", "option__new__1": "XL",
        "price__new__CNY": "129", "stock__new__0": "",
    })  # fmt: skip
    rows = {one.sku: one for one in hoodie(window).variants.all()}
    assert rows["HD/1"].options == {"colour": "Navy Blue", "size": "s"}
    assert rows["HD/1"].codes == {"colour": "navy", "size": "s"}
    assert rows["HD-NEW"].codes == {"colour": "burgundy", "size": "xl"}
    assert [one.amount for one in rows["HD-NEW"].prices.all()] == [Decimal("129.00")]
    Editor(window).send(option_names="Farbe, size")
    rows = {one.sku: one for one in hoodie(window).variants.all()}
    assert rows["HD-NEW"].options == {"Farbe": "酒红", "size": "xl"}, "as the others have it"


def test_a_variant_is_no_longer_offered(window: Window, mei: Editor) -> None:
    first = Variant.objects.get(sku="HD/1")
    del mei.fields[f"active:{first.pk}"]
    mei.send()
    assert not Variant.objects.filter(pk=first.pk, active=True).exists()


def test_the_first_stock_makes_a_warehouse(window: Window) -> None:
    with as_merchant(window.people.rival):
        Stock.objects.all().filter(merchant=window.people.rival).delete()
        Warehouse.objects.filter(merchant=window.people.rival).delete()
        mug = Product.objects.get(sku="RV-1")
        variant = mug.variants.get()
    rui = browser(window.people.rui)
    url = f"/merchant/rival/products/{mug.pk}/"
    fields = form_of(rui.get(url).content.decode(), "product-form")
    assert rui.post(url, fields | {f"stock:{variant.pk}:0": "7"}).status_code == 302
    with as_merchant(window.people.rival):
        assert Stock.objects.get(variant=variant).quantity == 7


def test_attributes_keep_their_types(window: Window, mei: Editor) -> None:
    mei.send(fact__material="cotton, 羊毛", fact__weight_g="500.5", fact__season="",
             **{"new-fact-name": "Made in", "new-fact-value": "Ningbo"})  # fmt: skip
    assert hoodie(window).attributes == {
        "material": ["cotton", "wool"], "weight_g": 500.5, "made_in": "Ningbo"
    }  # fmt: skip


def test_facts_are_read_and_written_in_the_readers_words(window: Window, mei: Editor) -> None:
    chinese = browser(window.people.mei, "zh-hans")
    fields = form_of(chinese.get(mei.url).content.decode(), "product-form")
    assert mei.fields["fact:material"] == "Cotton" and fields["fact:material"] == "棉"
    before = state(window)
    assert chinese.post(mei.url, fields).status_code == 302 and state(window) == before
    chinese.post(mei.url, fields | {"fact:material": "羊毛，加贝毛、纯棉"})
    assert hoodie(window).attributes["material"] == ["wool", "加贝毛", "cotton"]
    fields = form_of(chinese.get(mei.url).content.decode(), "product-form")
    assert fields["fact:material"] == "wool, 加贝毛, cotton", (
        "with a word of the shop's own as it is"
    )
    before = state(window)
    assert chinese.post(mei.url, fields).status_code == 302 and state(window) == before


def test_options_are_read_and_written_in_the_readers_words(window: Window, mei: Editor) -> None:
    first = Variant.objects.get(sku="HD/1")
    colour, size = f"option:{first.pk}:0", f"option:{first.pk}:1"
    chinese = browser(window.people.mei, "zh-hans")
    fields = form_of(chinese.get(mei.url).content.decode(), "product-form")
    assert [fields[one] for one in ("option_names", colour, size)] == ["颜色、尺码", "红色", "M码"]
    assert [mei.fields[one] for one in ("option_names", colour)] == ["Colour, Size", "Red"]
    before = state(window)
    assert chinese.post(mei.url, fields).status_code == 302 and state(window) == before
    said = {"option_names": "颜色，尺码、Cut", colour: "藏青", size: "均码款"}
    chinese.post(mei.url, fields | said)
    assert hoodie(window).option_names == ["colour", "size", "Cut"]
    first.refresh_from_db()
    assert first.options == {"colour": "藏青", "size": "均码款"}, "a shop's own words stay"
    assert first.codes["colour"] == "navy"
    again = form_of(chinese.get(mei.url).content.decode(), "product-form")
    chinese.post(mei.url, again | {colour: "红色"})
    first.refresh_from_db()
    assert first.options["colour"] == "red", "as the other variants have it"


def test_a_picture_says_which_variants_it_shows(window: Window, mei: Editor) -> None:
    with as_merchant(window.loom):
        Media.objects.filter(product=window.hoodie).update(options={"colour": "light-blue"})
    assert "Shows: Light blue" in mei.page() and ">Shows: light-blue" not in mei.page()


def test_a_clash_of_facts_is_told_in_the_readers_words(window: Window, mei: Editor) -> None:
    Editor(window, "edda").send(fact__material="wool")
    page = mei.send(fact__material="Linen").content.decode()
    assert "Wool" in page and "Linen" in page and ">wool<" not in page
    mei.fields = form_of(page, "product-form")
    assert mei.fields["fact:material"] == "Linen"
    assert mei.send().status_code == 302
    assert hoodie(window).attributes["material"] == ["linen"]


def test_pictures_words_order_and_removal(window: Window, mei: Editor, settings: Settings,
                                          tmp_path: Path) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    files = []
    for colour in ("red", "navy"):
        picture = BytesIO()
        Image.new("RGB", (40, 30), colour).save(picture, "PNG")
        files.append(SimpleUploadedFile(f"../{colour}.png", picture.getvalue()))
    assert mei.send(pictures=files).status_code == 302
    media = list(hoodie(window).media.all())
    assert len(media) == 3
    assert all((tmp_path / one.file).exists() and ".." not in one.file for one in media[1:])
    again = Editor(window)
    again.send(**{f"order__{media[2].pk}": "1", f"alt_zh__{media[2].pk}": "深蓝色卫衣",
                  f"remove__{media[0].pk}": "1"})  # fmt: skip
    left = list(hoodie(window).media.all())
    assert [one.pk for one in left] == [media[2].pk, media[1].pk]
    assert left[0].alt_zh == "深蓝色卫衣"


def test_a_bad_picture_saves_nothing(window: Window, mei: Editor) -> None:
    before = state(window)
    bad = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>")
    response = mei.send(brand="Other", pictures=bad)
    assert response.status_code == 422 and "x.png: " in response.content.decode()
    assert 'value="Other"' in response.content.decode()
    assert state(window) == before


def test_related_products_by_number(window: Window, mei: Editor) -> None:
    mei.send(related="SC-1\r\nTS-1")
    with as_merchant(window.loom):
        rows = RelatedProduct.objects.filter(product=window.hoodie)
        assert [one.other.sku for one in rows.select_related("other")] == ["SC-1", "TS-1"]
    before = state(window)
    for number in ("RV-1", "HD/1", "nothing"):
        response = Editor(window).send(related=number)
        assert response.status_code == 422 and number in response.content.decode()
    assert state(window) == before


@pytest.mark.parametrize(
    "change",
    [
        {"title__en": "", "title__zh-hans": ""},
        {"title__en": "x" * 501},
        {"status": "sold"},
        {"category": "999999999999999999999"},
        {"category": "-1"},
        {"brand": "x" * 121},
        {"fact__weight_g": "heavy"},
        {"fact__weight_g": "nan"},
        {"option_names": "a, A"},
        {"new-fact-name": "!!!", "new-fact-value": "x"},
        {"new-sku__0": "HD-1-L"},
        {"new-sku__0": "NEW-1", "option__new__0": "red", "option__new__1": "m"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    window: Window, mei: Editor, change: dict[str, str]
) -> None:
    before = state(window)
    response = mei.send(**(change | {"brand": change.get("brand", "Other")}))
    assert response.status_code == 422
    assert "data-errors" in response.content.decode()
    assert state(window) == before


@pytest.mark.parametrize("amount", ["-1", "1.234", "nan", "inf", "1e99", "９９9x", "0x1", "十"])
def test_prices_that_are_none(window: Window, mei: Editor, amount: str) -> None:
    first = Variant.objects.get(sku="HD/1")
    before = state(window)
    assert mei.send(**{f"price__{first.pk}__CNY": amount}).status_code == 422
    assert mei.send(**{f"was__{first.pk}__CNY": "1"}).status_code == 422
    assert state(window) == before


def test_two_editors_of_different_fields_both_stand(window: Window, mei: Editor) -> None:
    edda = Editor(window, "edda")
    edda.send(brand="Edda's")
    page = mei.client.post(mei.url, mei.fields | {"title:en": "Mei's"}, follow=True)
    assert "What somebody else changed meanwhile was kept." in page.content.decode()
    assert (hoodie(window).brand, hoodie(window).text("en").title) == ("Edda's", "Mei's")  # type: ignore[union-attr]


def test_two_editors_of_one_field_are_shown_both(window: Window, mei: Editor) -> None:
    Editor(window, "edda").send(brand="Edda's", category="")
    before = state(window)
    response = mei.send(brand="Mei's", title__en="Mei's hoodie")
    page = response.content.decode()
    assert response.status_code == 409 and state(window) == before
    assert "Edda&#x27;s" in page and "Mei&#x27;s" in page
    mei.fields = form_of(page, "product-form")
    assert (mei.fields["brand"], mei.fields["title:en"]) == ("Mei's", "Mei's hoodie")
    assert mei.fields["category"] == "", "theirs, where there was no clash"
    mei.send(take__brand="1")
    assert (hoodie(window).brand, hoodie(window).text("en").title) == ("Edda's", "Mei's hoodie")  # type: ignore[union-attr]


def test_saving_again_keeps_mine(window: Window, mei: Editor) -> None:
    Editor(window, "edda").send(brand="Edda's")
    mei.fields = form_of(mei.send(brand="Mei's").content.decode(), "product-form")
    assert mei.send().status_code == 302
    assert hoodie(window).brand == "Mei's"


def test_a_draft_is_kept_while_typing_and_comes_back(window: Window, mei: Editor) -> None:
    before = state(window)
    part = mei.send(where="draft/", headers=HTMX, brand="Typing", **{"new-sku__0": "HD-9"})
    assert "Kept as a draft at" in part.content.decode() and "<html" not in part.content.decode()
    assert state(window) == before
    again = Editor(window)
    assert "unsaved changes" in again.page()
    assert (again.fields["brand"], again.fields["new-sku:0"]) == ("Typing", "HD-9")
    assert Editor(window, "edda").fields["brand"] == "Loom & Co", "nobody else sees it"
    again.send(**{"option__new__0": "green", "option__new__1": "m"})
    assert hoodie(window).brand == "Typing"
    with as_merchant(window.loom):
        assert not ProductDraft.objects.exists()


def test_a_draft_notices_what_others_saved_since(window: Window, mei: Editor) -> None:
    mei.send(where="draft/", brand="Mei's")
    Editor(window, "edda").send(brand="Edda's")
    again = Editor(window)
    assert again.send().status_code == 409
    assert hoodie(window).brand == "Edda's"


def test_a_draft_is_thrown_away(window: Window, mei: Editor) -> None:
    assert mei.send(where="draft/", brand="Typing").status_code == 302
    mei.client.post(mei.url + "draft/", {"discard": "1"})
    assert Editor(window).fields["brand"] == "Loom & Co"
    mei.send(where="draft/", headers=HTMX)
    with as_merchant(window.loom):
        assert not ProductDraft.objects.exists(), "nothing typed, nothing kept"


def test_publish_and_archive(window: Window, mei: Editor) -> None:
    mei.send(status="archived")
    assert browser().get("/p/loom/HD%2F1/").status_code == 404
    Editor(window).send(status="live")
    with as_merchant(window.loom):
        assert Product.objects.get(pk=window.hoodie.pk).status == "live"


def test_a_new_product_begins_as_a_draft(window: Window) -> None:
    mei = browser(window.people.mei)
    where = "/merchant/loom/products/new/"
    assert "It begins as a draft" in mei.get(where).content.decode()
    response = mei.post(where, {"title": "棉被", "locale": "zh-hans", "sku": "QU-1"})
    with as_merchant(window.loom):
        made = Product.objects.get(sku="QU-1")
        assert (made.status, made.title, made.variants.count()) == ("draft", "棉被", 1)
    assert response["Location"] == f"/merchant/loom/products/{made.pk}/"
    for wrong in ({"sku": "HD/1"}, {"sku": ""}, {"title": "x" * 501}, {"locale": "fr"}):
        fields = {"title": "T", "locale": "en", "sku": "QU-2"} | wrong
        assert mei.post(where, fields).status_code == 422, wrong


@pytest.mark.parametrize("person", ["ana", "rui", "sam"])
def test_others_get_404(window: Window, mei: Editor, person: str) -> None:
    other = browser(getattr(window.people, person))
    before = state(window)
    for where in (mei.url, mei.url + "draft/", "/merchant/loom/products/new/"):
        assert other.post(where, mei.fields | {"brand": "x"}).status_code == 404
    assert other.get(mei.url).status_code == 404
    assert state(window) == before


def test_a_rival_cannot_edit_it_as_its_own(window: Window, mei: Editor) -> None:
    rui = browser(window.people.rui)
    where = f"/merchant/rival/products/{window.hoodie.pk}/"
    assert rui.get(where).status_code == 404
    assert rui.post(where, mei.fields).status_code == 404


def test_anonymous_people_sign_in(window: Window, mei: Editor) -> None:
    assert browser().get(mei.url)["Location"].startswith("/accounts/login/")


def test_bad_ids_and_methods(window: Window, mei: Editor) -> None:
    client = mei.client
    assert client.get("/merchant/loom/products/99999999/").status_code == 404
    assert client.get(f"/merchant/loom/products/{'9' * 25}/").status_code == 404
    assert client.put(mei.url).status_code == 405
    assert client.get(mei.url + "draft/").status_code == 405
    assert client.get(mei.url + "?variants=-3").status_code == 200


@pytest.mark.parametrize(
    "base", ["", "{", "[]", "null", "[" * 5000, '{"brand": 3}', '{"a\\u0000":"x"}']
)
def test_a_form_without_its_base_writes_nothing(window: Window, mei: Editor, base: str) -> None:
    before = state(window)
    assert mei.send(base=base, brand="Other").status_code in (302, 422)
    assert state(window) == before


def test_hostile_fields_do_no_harm(window: Window, mei: Editor) -> None:
    stranger = Variant.objects.get(sku="RV-1")
    mei.send(**{f"price__{stranger.pk}__CNY": "1", f"sku__{stranger.pk}": "STOLEN",
                "description__en": "\0<script>alert(1)</script>"})  # fmt: skip
    stranger.refresh_from_db()
    assert stranger.sku == "RV-1"
    text = hoodie(window).texts.get(locale="en")
    assert text.description == "<script>alert(1)</script>"
    assert "<script>alert" not in mei.page()


def test_query_count_does_not_grow(window: Window, mei: Editor) -> None:
    counts = []
    for more in (0, 20):
        for number in range(more):
            make_variant(
                window.hoodie, f"V{number}", options={"colour": "red", "size": f"{number}"}
            )
        with CaptureQueriesContext(connection) as queries:
            mei.client.get(mei.url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_many_variants_are_on_pages_and_all_are_kept(window: Window, mei: Editor) -> None:
    for number in range(60):
        make_variant(window.hoodie, f"V{number}", options={"colour": "red", "size": f"{number}"})
    before = state(window)
    first = Editor(window)
    assert 'href="?variants=2"' in first.page()
    first.send()
    assert state(window) == before
