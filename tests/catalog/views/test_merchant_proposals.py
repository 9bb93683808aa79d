"""Facts to confirm: with evidence, by people who may, and never a fact before that."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.extracting import propose_attributes
from catalog.models import AttributeProposal, Product
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE, DECIDE = "/merchant/loom/facts/", "/merchant/loom/facts/decide/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note which shops a worker is rung for."""
    rung: list[int] = []
    monkeypatch.setattr("catalog.tasks.index_products.delay", rung.append)
    return rung


@pytest.fixture
def coat(window: Window) -> Product:
    """Return a product whose texts state a material, in both languages, and a weight."""
    coat = make_product(
        window.loom, "CT-1", title="Wool coat", title_zh="羊毛大衣", description="It has 900 g."
    )
    propose_attributes(window.loom)
    return coat


def proposal(window: Window, **wanted: Any) -> AttributeProposal:
    """Return one of the shop's proposals."""
    with as_merchant(window.loom):
        found = AttributeProposal.objects.filter(product__sku="CT-1", **wanted).first()
    assert found
    return found


def facts(window: Window) -> dict[str, Any]:
    """Return what the coat states."""
    with as_merchant(window.loom):
        return dict(Product.objects.get(sku="CT-1").attributes)


def text_of(window: Window, query: str = "", language: str = "en") -> str:
    """Return Mei's list."""
    response = browser(window.people.mei, language).get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_works_with_evidence_of_both_languages(window: Window, coat: Product) -> None:
    page = text_of(window, "?code=material")
    assert "<mark>Wool</mark>" in page and "<mark>羊毛</mark>" in page
    assert page.count("data-reject") == 3, "the coat's, the scarf's and the hoodie's, each once"
    assert "Confirm all 3 facts in" in page
    assert "<mark>900 g</mark>" in text_of(window)
    assert facts(window) == {}


def test_speaks_chinese(window: Window, coat: Product) -> None:
    page = text_of(window, "?code=material", "zh-hans")
    assert "待确认的信息" in page and "羊毛" in page and "确认“材质”的全部 3 条" in page


def test_nothing_waits(window: Window) -> None:
    assert "Nothing waits for you" in text_of(window)
    assert "Nothing here yet" in text_of(window, "?verdict=rejected")


def test_editors_confirm(window: Window, coat: Product, no_queue: list[int],
                         django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
                         ) -> None:  # fmt: skip
    wool = proposal(window, code="material")
    with django_capture_on_commit_callbacks(execute=True):
        response = browser(window.people.edda).post(
            f"{PAGE}{wool.pk}/", {"verdict": "confirmed", "code": "material", "value": "Wool"}
        )
    assert response["Location"] == f"{PAGE}?code=material"
    assert facts(window) == {"material": ["wool"]}
    assert no_queue == [window.loom.pk]
    decided = proposal(window, pk=wool.pk)
    assert (decided.verdict, decided.decided_by) == ("confirmed", window.people.edda)
    assert "edda@example.com" in text_of(window, "?verdict=confirmed")


def test_reject_and_take_back(window: Window, coat: Product) -> None:
    wool = proposal(window, code="material")
    mei = browser(window.people.mei)
    mei.post(f"{PAGE}{wool.pk}/", {"verdict": "rejected"})
    assert facts(window) == {}
    assert "Wool coat" in text_of(window, "?verdict=rejected")
    assert "羊毛大衣" not in text_of(window, "?code=material")
    mei.post(f"{PAGE}{wool.pk}/", {"verdict": "open"})
    assert proposal(window, pk=wool.pk).verdict == "open"


def test_a_correction_is_checked(window: Window, coat: Product) -> None:
    weight = proposal(window, code="weight_g")
    mei = browser(window.people.mei)
    where = f"{PAGE}{weight.pk}/"
    response = mei.post(where, {"verdict": "confirmed", "value": "heavy"}, headers=HTMX)
    assert response.status_code == 422 and "digits only" in response.content.decode()
    assert mei.post(where, {"verdict": "confirmed", "value": "heavy"}).status_code == 302
    assert facts(window) == {}
    response = mei.post(where, {"verdict": "confirmed", "value": "950"}, headers=HTMX)
    assert "Take back" in response.content.decode()
    assert facts(window) == {"weight_g": 950}


def test_all_of_an_attribute_as_counted(window: Window, coat: Product) -> None:
    newest = proposal(window, code="weight_g").pk + 1_000_000
    mei = browser(window.people.mei)
    response = mei.post(DECIDE, {"all": "material", "newest": 0, "verdict": "confirmed"})
    assert facts(window) == {}, "nothing that the page has not counted"
    response = mei.post(
        DECIDE, {"all": "material", "newest": newest, "verdict": "confirmed"}, follow=True
    )
    assert "3 facts confirmed." in response.content.decode()
    assert facts(window) == {"material": ["wool"]}
    with as_merchant(window.loom):
        assert Product.objects.get(sku="SC-1").attributes == {"material": ["wool"]}


def test_the_chosen_ones(window: Window, coat: Product) -> None:
    chosen = [proposal(window, code=code).pk for code in ("material", "weight_g")]
    mei = browser(window.people.mei)
    page = mei.post(DECIDE, {"pk": [*chosen, "x", "9" * 30], "verdict": "rejected"}, follow=True)
    assert "2 facts rejected." in page.content.decode()
    page = mei.post(DECIDE, {"pk": chosen, "verdict": "rejected"}, follow=True)
    assert "Nothing was chosen" in page.content.decode()
    page = mei.post(DECIDE, {"verdict": "nonsense", "all": "\0"}, follow=True)
    assert "Nothing was chosen" in page.content.decode()


def test_staff_read_and_only_editors_decide(window: Window, coat: Product) -> None:
    wool = proposal(window, code="material")
    ana = browser(window.people.ana)
    page = ana.get(PAGE)
    assert page.status_code == 200 and "<mark>Wool</mark>" in page.content.decode()
    assert 'name="verdict"' not in page.content.decode()
    assert ana.post(f"{PAGE}{wool.pk}/", {"verdict": "confirmed"}).status_code == 404
    assert ana.post(DECIDE, {"pk": wool.pk, "verdict": "confirmed"}).status_code == 404
    assert facts(window) == {}


@pytest.mark.parametrize("person", ["rui", "sam"])
def test_rivals_and_shoppers_get_404(window: Window, coat: Product, person: str) -> None:
    wool = proposal(window, code="material")
    other = browser(getattr(window.people, person))
    assert other.get(PAGE).status_code == 404
    assert other.post(f"{PAGE}{wool.pk}/", {"verdict": "confirmed"}).status_code == 404
    assert other.post(DECIDE, {"pk": wool.pk, "verdict": "confirmed"}).status_code == 404
    assert facts(window) == {}


def test_a_rival_cannot_decide_through_its_own_shop(window: Window, coat: Product) -> None:
    wool = proposal(window, code="material")
    rui = browser(window.people.rui)
    where = "/merchant/rival/facts/"
    assert rui.post(f"{where}{wool.pk}/", {"verdict": "confirmed"}).status_code == 404
    rui.post(f"{where}decide/", {"pk": wool.pk, "verdict": "confirmed"})
    assert proposal(window, pk=wool.pk).verdict == "open"


def test_anonymous_people_sign_in(window: Window) -> None:
    assert browser().get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"


def test_bad_ids_and_parts(window: Window, coat: Product) -> None:
    mei = browser(window.people.mei)
    assert mei.post(f"{PAGE}999999/", {"verdict": "confirmed"}).status_code == 404
    assert mei.post(f"{PAGE}{'9' * 25}/", {"verdict": "confirmed"}).status_code == 404
    for query in ("?code=%00", "?code=none", "?verdict=x&page=-3", "?page=99999999999999999999"):
        assert "Wool coat" in text_of(window, query), query


def test_wrong_methods(window: Window, coat: Product) -> None:
    mei = browser(window.people.mei)
    assert mei.post(PAGE).status_code == 405
    assert mei.get(DECIDE).status_code == 405
    assert mei.get(f"{PAGE}{proposal(window).pk}/").status_code == 405


def test_htmx_gets_the_list(window: Window, coat: Product) -> None:
    part = browser(window.people.mei).get(PAGE, headers=HTMX).content.decode()
    assert 'id="list"' in part and "<html" not in part


def test_evidence_is_text_and_never_markup(window: Window) -> None:
    make_product(window.loom, "X-1", title="Wool <script>alert(1)</script> coat")
    propose_attributes(window.loom)
    page = text_of(window)
    assert "&lt;script&gt;" in page and "<script>alert" not in page


def test_query_count_does_not_grow(window: Window, coat: Product) -> None:
    mei = browser(window.people.mei)
    counts = []
    for more in (1, 18):
        for number in range(more):
            make_product(window.loom, f"M{more}-{number}", title="Linen shirt, 200 g")
        propose_attributes(window.loom)
        with CaptureQueriesContext(connection) as queries:
            mei.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24
