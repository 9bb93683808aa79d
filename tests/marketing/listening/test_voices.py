"""The pages of what people say: trends, the words behind each number, alerts and what is done."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.opinions.judges import WordJudge
from catalog.opinions.judging import judge_reviews
from marketing.listening.judging import judge_mentions
from marketing.listening.tasks import ring_listening, take_mentions
from marketing.listening.turning import weigh_shop
from marketing.models import AlertWatch, Mention, MentionImport, OpinionAlert, Suspicion
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.marketing.listening.factories import make_alert, make_mention, make_review, plant
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/voices/"
SAID = f"{PAGE}said/"
COPIED = "这个杯子收到就是坏的，客服也不理人，千万别买"


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def mug(people: People) -> Product:
    return make_product(people.loom, "MUG-1", title="Green Mug", title_zh="青瓷杯")


@pytest.fixture
def heard(people: People, mug: Product) -> Product:
    """Let people talk, judge it and weigh it: a burst of smell, a copied text, one review."""
    plant(mug)
    for _n in range(3):
        make_mention(mug, COPIED, site="小红书")
    make_review(mug, "质量很好，<script>alert(1)</script>很喜欢", stars=5, days=2)
    judge_reviews(people.loom, judge=WordJudge())
    judge_mentions(people.loom, judge=WordJudge())
    weigh_shop(people.loom)
    return mug


@pytest.fixture
def mei(people: People) -> Iterator[Client]:
    yield browser(people.mei)


def test_the_overview_begins_with_alerts_and_counts_what_is_listed(
    heard: Product, mei: Client
) -> None:
    page = mei.get(PAGE).content.decode()
    assert "Complaints about the smell of “Green Mug”" in page
    assert "Doubted, not counted" in page and "Most complained of" in page
    for link, count in re.findall(r'href="([^"]*said=bad[^"]*)">(\d+)</a>', page):
        listed = mei.get(link.replace("&amp;", "&")).content.decode()
        assert f"{count} voice" in listed, (link, count)
    doubted = mei.get(f"{SAID}?only=doubtful").content.decode()
    assert "2 voices" in doubted and "The same words as another" in doubted


def test_the_same_page_in_chinese(heard: Product, people: People) -> None:
    page = browser(people.mei, "zh-hans").get(PAGE).content.decode()
    assert "舆情" in page and "青瓷杯" in page
    assert "Complaints" not in page


def test_words_are_shown_as_words_with_the_passage_marked(heard: Product, mei: Client) -> None:
    page = mei.get(f"{SAID}?aspect=quality").content.decode()
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert "<mark>质量很好</mark>" in page
    nothing = mei.get(f"{SAID}?source=news").content.decode()
    assert "Nobody says that" in nothing


@pytest.mark.parametrize(
    "query",
    ["?days=x&product=-1&aspect=;drop&source=x&only=x&said=x&page=0", "?product=99999999999999999",
     "?page=99999", "?days=28&days=7", "?page=%00&aspect=%00"],
)  # fmt: skip
def test_odd_addresses_break_nothing(heard: Product, mei: Client, query: str) -> None:
    assert mei.get(PAGE + query).status_code == 200
    assert mei.get(SAID + query).status_code == 200


def test_more_voices_cost_no_query_more(heard: Product, mei: Client, people: People) -> None:
    counts = []
    for _n in range(2):
        with CaptureQueriesContext(connection) as queries:
            mei.get(PAGE)
            mei.get(SAID)
        counts.append(len(queries))
        for n in range(6):
            make_mention(heard, f"Lovely colour, really soft, number {n}")
        judge_mentions(people.loom, judge=WordJudge())
    assert counts[0] == counts[1] <= 60


def test_an_alert_shows_its_evidence_and_is_taken_given_and_closed(
    heard: Product, mei: Client, people: People
) -> None:
    with as_merchant(people.loom):
        alert = OpinionAlert.objects.get(aspect="smell")
    url = f"{PAGE}alerts/{alert.pk}/"
    page = mei.get(url).content.decode()
    assert page.count("<mark>") == 8 and "异味" in page
    assert "By chance this would not happen once in a hundred years." in page
    assert "Draft of an answer" in page and "readonly" in page
    assert mei.post(f"{url}decide/", {"act": "give", "to": people.edda.pk}).status_code == 302
    assert "Being looked at" in mei.get(url).content.decode()
    wrong = mei.post(f"{url}decide/", {"act": "give", "to": people.rui.pk}, follow=True)
    assert "Choose what it was" in wrong.content.decode()
    mei.post(f"{url}decide/", {"act": "close", "outcome": "mended", "note": "New <glue>"})
    closed = mei.get(url).content.decode()
    assert "New &lt;glue&gt;" in closed and "Something was wrong, and is mended" in closed
    again = mei.post(f"{url}decide/", {"act": "close", "outcome": "known"}, follow=True)
    assert "Somebody else was faster." in again.content.decode()
    assert "No product is complained of more than usual." in mei.get(PAGE).content.decode()


def test_a_doubt_is_lifted_by_a_person_and_counts_again(
    heard: Product, mei: Client, people: People
) -> None:
    with as_merchant(people.loom):
        doubt = Suspicion.objects.filter(reasons__contains=["copy"]).first()
    assert doubt
    back = f"{SAID}?only=doubtful"
    sent = mei.post(f"{PAGE}doubts/{doubt.pk}/", {"count": "1", "next": back})
    assert sent["Location"] == back
    weigh_shop(people.loom)
    assert "1 voice" in mei.get(back).content.decode()
    away = mei.post(f"{PAGE}doubts/{doubt.pk}/", {"count": "0", "next": "//evil.example"})
    assert away["Location"] == PAGE


def test_each_member_says_whether_they_are_written_to(people: People, mei: Client) -> None:
    mei.post(f"{PAGE}watch/", {"watch": "1"})
    mei.post(f"{PAGE}watch/", {"watch": "1"})
    with as_merchant(people.loom):
        assert AlertWatch.objects.get().user == people.mei
    assert "No more emails" in mei.get(PAGE).content.decode()
    assert "Write to me" in browser(people.ana).get(PAGE).content.decode()
    mei.post(f"{PAGE}watch/", {"watch": "0"})
    with as_merchant(people.loom):
        assert not AlertWatch.objects.exists()


def test_a_file_comes_in_by_the_form_and_says_what_was_wrong(
    mug: Product, mei: Client, people: People, settings: object, tmp_path: object
) -> None:
    settings.UPLOAD_ROOT = tmp_path  # type: ignore[attr-defined]
    rows = (
        "text,time,sku,author\n有异味,2026-11-20,MUG-1,张三\n,2026-11-20,,\n青瓷杯很好看,nope,,\n"
    )
    file = SimpleUploadedFile("said.csv", rows.encode())
    assert mei.post(f"{PAGE}import/", {"file": file, "source": "forum"}).status_code == 302
    with as_merchant(people.loom):
        job = MentionImport.objects.get()
    take_mentions(job.pk)
    page = mei.get(f"{PAGE}import/").content.decode()
    assert "said.csv" in page and "There are no words." in page and "Line 4" in page
    with as_merchant(people.loom):
        kept = Mention.objects.get()
    assert (kept.product, kept.source, kept.text) == (mug, "forum", "有异味")
    assert "张三" not in str(vars(kept))
    assert not list(tmp_path.rglob("*.csv")) and not any(  # type: ignore[attr-defined]
        one.is_file()
        for one in tmp_path.rglob("*")  # type: ignore[attr-defined]
    )
    for bad in (b"", b"%PDF-1.4", b"sku,price\n1,2\n", b"\xff\xfe\x00"):
        sent = mei.post(f"{PAGE}import/", {"file": SimpleUploadedFile("x.csv", bad)})
        assert sent.status_code in (302, 422)
    ring_listening()


def test_roles_methods_and_rivals(heard: Product, people: People) -> None:
    with as_merchant(people.loom):
        alert = OpinionAlert.objects.get(aspect="smell")
    foreign = make_alert(make_product(people.rival, "R-1"))
    url = f"{PAGE}alerts/{alert.pk}/"
    ana = browser(people.ana)
    assert ana.get(url).status_code == 200 and "decide/" not in ana.get(url).content.decode()
    assert ana.post(f"{url}decide/", {"act": "give"}).status_code == 404
    assert ana.get(f"{PAGE}import/").status_code == 404
    for person in (people.rui, people.sam):
        assert browser(person).get(PAGE).status_code == 404
        assert browser(person).get(url).status_code == 404
    mei = browser(people.mei)
    assert mei.get(f"{PAGE}alerts/{foreign.pk}/").status_code == 404
    assert mei.get(f"{PAGE}alerts/{10**15}/").status_code == 404
    assert mei.post(PAGE).status_code == 405 and mei.get(f"{url}decide/").status_code == 405
