"""Pages of categories and attributes: what they state, what they do, who may."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Arrangement, Attribute, Category, Product
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
CATEGORIES, ATTRIBUTES = "/merchant/loom/categories/", "/merchant/loom/attributes/"


def own(window: Window, path: str = "knits", parent: Category | None = None) -> Category:
    """Save a category of the shop's own, with the scarf in it."""
    with as_merchant(window.loom):
        made = Category.objects.create(
            merchant=window.loom, path=path, name_en=path.title(), parent=parent
        )
        Product.objects.filter(pk=window.scarf.pk).update(category=made)
    return made


def of_scarf(window: Window) -> str | None:
    """Return the scarf's category."""
    with as_merchant(window.loom):
        found = Product.objects.select_related("category").get(pk=window.scarf.pk).category
    return found.path if found else None


def last(window: Window) -> Arrangement:
    """Return what was done last."""
    with as_merchant(window.loom):
        return Arrangement.objects.filter(merchant=window.loom).latest("pk")


def test_a_category_is_added_renamed_merged_and_given_back(window: Window) -> None:
    edda = browser(window.people.edda)
    added = {"name_zh": "针织", "name_en": "Knits", "parent": ""}
    assert edda.post(CATEGORIES, added)["Location"] == CATEGORIES
    with as_merchant(window.loom):
        knits = Category.objects.get(merchant=window.loom)
        Product.objects.filter(pk=window.scarf.pk).update(category=knits)
    page = f"{CATEGORIES}{knits.pk}/"
    shown = edda.get(page).content.decode()
    assert "1 product in it" in shown and "1 product stays without a category." in shown
    edda.post(page, {"do": "rename", "name_zh": "", "name_en": "Woollens"})
    assert "Woollens" in edda.get(CATEGORIES).content.decode()
    edda.post(page, {"do": "merge", "into": window.tops.pk})
    assert of_scarf(window) == "clothing/tops"
    done = last(window)
    listed = edda.get(CATEGORIES).content.decode()
    assert f"{done.get_kind_display()}: Woollens → Tops" in listed
    undo = f"/merchant/loom/arrangements/{done.pk}/undo/"
    assert undo in listed
    assert edda.post(undo)["Location"] == CATEGORIES and of_scarf(window) == "knits"
    assert edda.post(undo).status_code == 302 and of_scarf(window) == "knits"
    assert "针织衫" not in listed
    chinese = browser(window.people.mei, "zh-hans").get(CATEGORIES).content.decode()
    assert "添加类目" in chinese and "合并类目" in chinese


def test_a_category_is_deleted(window: Window) -> None:
    knits = own(window)
    mei = browser(window.people.mei)
    mei.post(f"{CATEGORIES}{knits.pk}/", {"do": "delete"})
    assert of_scarf(window) is None
    mei.post(f"/merchant/loom/arrangements/{last(window).pk}/undo/")
    assert of_scarf(window) == "knits"


@pytest.mark.parametrize(
    "sent",
    [{"do": "rename", "name_zh": "", "name_en": ""}, {"do": "merge", "into": "999999"},
     {"do": "merge"}, {"do": "explode"}, {}, {"do": "rename", "name_en": "x" * 121}],
)  # fmt: skip
def test_what_cannot_be_done_to_a_category_changes_nothing(
    window: Window, sent: dict[str, str]
) -> None:
    knits = own(window)
    response = browser(window.people.mei).post(f"{CATEGORIES}{knits.pk}/", sent)
    assert response.status_code in (200, 422) and of_scarf(window) == "knits"
    with as_merchant(window.loom):
        assert not Arrangement.objects.exists()


def test_an_attribute_is_defined_and_its_values_put_in_order(window: Window) -> None:
    make_product(window.loom, "AT-1", title="Coat", attributes={"lining": "cottn"})
    edda = browser(window.people.edda)
    page = f"{ATTRIBUTES}lining/"
    assert "1 product states it" in edda.get(page).content.decode()
    fields = {
        "do": "define", "name_zh": "里料", "name_en": "Lining", "kind": "text", "unit": "",
        "allowed": "cotton | 棉 | Cotton\nsilk",
    }  # fmt: skip
    assert edda.post(page, fields)["Location"] == ATTRIBUTES
    assert "not allowed" in edda.get(page).content.decode()
    wrong = edda.post(page, {"do": "value", "old": "cottn", "new": "wool"})
    assert wrong.status_code == 422 and "Write one of the allowed values" in wrong.content.decode()
    edda.post(page, {"do": "value", "old": "cottn", "new": "棉"})
    with as_merchant(window.loom):
        product = Product.objects.get(sku="AT-1")
        assert product.attributes == {"lining": "cotton"}
    edda.post(page, {"do": "delete"})
    with as_merchant(window.loom):
        assert Product.objects.get(sku="AT-1").attributes == {}
    assert edda.post(f"/merchant/loom/arrangements/{last(window).pk}/undo/")["Location"] == (
        ATTRIBUTES
    )
    with as_merchant(window.loom):
        assert Product.objects.get(sku="AT-1").attributes == {"lining": "cotton"}
        assert Attribute.objects.get(merchant=window.loom, code="lining").name_zh == "里料"
    shown = browser(window.people.mei, "zh-hans").get(page).content.decode()
    assert "里料" in shown and "棉" in shown


def test_a_new_attribute_and_one_of_search(window: Window) -> None:
    mei = browser(window.people.mei)
    fields = {"name_zh": "", "name_en": "Heel height", "kind": "number", "unit": "mm"}
    assert mei.post(ATTRIBUTES, fields)["Location"] == ATTRIBUTES
    assert mei.post(ATTRIBUTES, fields).status_code == 422
    assert mei.post(ATTRIBUTES, fields | {"name_en": "!"}).status_code == 422
    page = mei.get(f"{ATTRIBUTES}material/").content.decode()
    assert "Search filters by this attribute" in page and 'value="define"' not in page
    for sent in (
        {"do": "define", "name_en": "x", "kind": "text"},
        {"do": "merge", "into": "lining"},
    ):
        assert mei.post(f"{ATTRIBUTES}material/", sent).status_code == 422
    with as_merchant(window.loom):
        assert not Attribute.objects.filter(merchant=window.loom, code="material").exists()


def test_who_may(window: Window) -> None:
    knits = own(window)
    with as_merchant(window.loom):
        done = Arrangement.objects.create(merchant=window.loom, kind="category_rename", subject="x")
    pages = [f"{CATEGORIES}{knits.pk}/", f"{ATTRIBUTES}material/",
             f"/merchant/loom/arrangements/{done.pk}/undo/"]  # fmt: skip
    for name in ("ana", "rui", "sam"):
        person = browser(getattr(window.people, name))
        assert [person.post(page, {"do": "delete"}).status_code for page in pages] == [404] * 3
        for page in (CATEGORIES, ATTRIBUTES):
            assert person.get(page).status_code == (200 if name == "ana" else 404)
            assert person.post(page, {"name_en": "x"}).status_code == 404
    rui = browser(window.people.rui)
    assert rui.post(f"/merchant/rival/categories/{knits.pk}/", {"do": "delete"}).status_code == 404
    assert rui.post(f"/merchant/rival/arrangements/{done.pk}/undo/").status_code == 404
    assert browser().get(CATEGORIES)["Location"].startswith("/accounts/login/")
    mei = browser(window.people.mei)
    assert mei.get(pages[2]).status_code == 405 and mei.put(CATEGORIES).status_code == 405
    for odd in (
        f"{CATEGORIES}{2**70}/",
        f"{CATEGORIES}{window.tops.pk}/",
        f"{ATTRIBUTES}nothing/",
        f"{ATTRIBUTES}{'x' * 200}/",
        f"{ATTRIBUTES}%00/",
        "/merchant/loom/categories/0/",
    ):
        assert mei.get(odd).status_code == 404, odd
    with as_everyone():
        assert Category.objects.filter(pk=knits.pk).exists()


def test_query_counts_do_not_grow(window: Window) -> None:
    mei = browser(window.people.mei)
    counts: dict[str, list[int]] = {CATEGORIES: [], ATTRIBUTES: []}
    for number in range(2):
        own(window, f"knits{number}")
        make_product(window.loom, f"N-{number}", attributes={f"fact_{number}": "x"})
        for page, seen in counts.items():
            mei.get(page)
            with CaptureQueriesContext(connection) as queries:
                text = mei.get(page).content.decode()
            seen.append(len(queries))
            assert re.search(r"Knits0|fact 0|Fact 0", text)
    assert all(first == second for first, second in counts.values())
