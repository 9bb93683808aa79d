"""The knowledge base in the portal and its public pages, door by door."""

from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from assistant.knowledge import note_gap
from assistant.knowledge.articles import approve, revise, write
from assistant.models import Article, Gap
from shopguide.accounts.models import Membership, Role
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests.people import People, browser, make_people, make_user

pytestmark = pytest.mark.django_db
BASE = "/merchant/loom/knowledge/"
FIELDS = {"title": "Gift wrapping?", "body": "It is <b>$3</b>.", "kind": "faq", "language": "en"}
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Let nobody wait for a worker that is not there."""
    settings.ENCODER_ID = FakeEncoder().id
    monkeypatch.setattr("assistant.views.merchant_knowledge.query_vector", lambda text: None)
    monkeypatch.setattr("assistant.knowledge.tasks.encode_articles.delay", lambda pk: None)


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


@pytest.fixture
def article(people: People) -> Article:
    """Return an approved article with a newer version that waits."""
    found = approve(write(people.loom, title="Care", body="Wash at 30.", language="en"))
    return revise(found, title="Care", body="Wash at 40.")


@pytest.fixture
def agent(people: People) -> Client:
    """Return the browser of somebody who answers shoppers."""
    user = make_user("aki")
    Membership.objects.create(user=user, merchant=people.loom, role=Role.AGENT)
    return browser(user)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return unescape(response.content.decode())


def test_an_agent_writes_and_an_editor_approves(people: People, agent: Client) -> None:
    sent = agent.post(f"{BASE}new/", FIELDS)
    assert sent.status_code == 302
    where = sent["Location"]
    assert "Waits for approval" in page(agent, where)
    assert agent.post(f"{where}step/", {"step": "approve"}).status_code == 404
    public = where.replace("/merchant/", "/s/").replace("/knowledge/", "/help/")
    assert browser().get(public).status_code == 404
    edda = browser(people.edda)
    assert edda.post(f"{where}step/", {"step": "approve", "number": "1"}).status_code == 302
    assert "It is <b>$3</b>." in page(browser(), public)
    assert "It is $3" not in browser().get(public).content.decode()
    assert "Gift wrapping?" in page(browser(), "/s/loom/help/")


def test_versions_differ_are_restored_retired_and_deleted(people: People, article: Article) -> None:
    mei, where = browser(people.mei), f"{BASE}{article.pk}/"
    text = page(mei, where)
    assert "<ins>Wash at 40.</ins>" in text and "<del>Wash at 30.</del>" in text
    assert "<ins>Wash at 40.</ins>" in page(mei, f"{where}versions/2/")
    assert mei.get(f"{where}versions/9/").status_code == 404
    for step, state, latest in (("restore", "approved", 3), ("retire", "retired", 3)):
        mei.post(f"{where}step/", {"step": step, "number": "1"})
        with as_merchant(people.loom):
            article.refresh_from_db()
        assert (article.state, article.latest) == (state, latest)
    assert mei.post(f"{where}step/", {"step": "approve", "number": "77"}).status_code == 404
    assert mei.post(f"{where}step/", {"step": "delete"}).status_code == 302
    assert mei.get(where).status_code == 404


def test_two_at_once_and_nothing_to_read(people: People, article: Article) -> None:
    mei, where = browser(people.mei), f"{BASE}{article.pk}/"
    sent = FIELDS | {"number": "1"}
    late = mei.post(where, sent)
    assert late.status_code == 409 and "meanwhile" in late.content.decode()
    assert mei.post(where, sent | {"number": "2", "body": "\u200b"}).status_code == 422
    with as_merchant(people.loom):
        assert article.versions.count() == 2


def test_files_become_drafts_or_are_refused_with_a_remedy(people: People) -> None:
    edda = browser(people.edda)

    def send(name: str, content: bytes) -> tuple[int, str]:
        file = BytesIO(content)
        file.name = name
        response = edda.post(f"{BASE}upload/", {"file": file})
        return response.status_code, unescape(response.content.decode())

    assert send("a.md", "# 洗护\n冷水洗。".encode())[0] == 302
    assert send("faq.json", b'[{"question": "Q?", "answer": "A."}]')[0] == 302
    status, text = send("faq.json", b'[{"question": "Q?", "answer": "B."}, {"question": "x"}]')
    assert status == 200 and "0 new, 1 changed" in text and "missing" in text
    status, text = send("x.pdf", b"%PDF-no")
    assert status == 422 and "Paste its text" in text
    assert send("x.exe", b"MZ")[0] == 422
    with as_merchant(people.loom):
        assert set(Article.objects.values_list("title", "language", "live")) == {
            ("洗护", "zh-hans", 0), ("Q?", "en", 0),
        }  # fmt: skip


def test_the_test_box_shows_the_answer_and_its_passages(people: People, article: Article) -> None:
    text = page(browser(people.ana), f"{BASE}test/?q=care+wash&language=en")
    assert "Wash at 30." in text and "Wash at 40." not in text and "by words alone" in text
    assert "No answer" in page(browser(people.ana), f"{BASE}test/?q=helicopter+lessons")
    assert PAYLOAD not in browser(people.ana).get(f"{BASE}test/?q={PAYLOAD}").content.decode()


def test_gaps_lead_to_articles_and_go(people: People) -> None:
    note_gap("Student discount?", merchant=people.loom, language="en")
    note_gap("Ships to the moon?", merchant=people.loom, language="en")
    mei = browser(people.mei)
    with as_merchant(people.loom):
        first, second = Gap.objects.order_by("pk")
    assert "Student discount?" in page(mei, f"{BASE}gaps/")
    assert 'value="Student discount?"' in page(mei, f"{BASE}new/?gap={first.pk}")
    mei.post(f"{BASE}new/?gap={first.pk}", FIELDS)
    mei.post(f"{BASE}gaps/{second.pk}/close/")
    assert "No question is open" in page(mei, f"{BASE}gaps/")


@pytest.mark.parametrize("payload", [PAYLOAD, "<img src=x onerror=alert(1)>", "{{ 7|add:7 }}"])
def test_what_an_article_says_is_never_markup(people: People, payload: str) -> None:
    table = f"| {payload} | b |\n|---|---|\n| {payload} | c |"
    body = f"{payload}\n\n- {payload}\n\n{table}\n\n# {payload}"
    found = approve(write(people.loom, title=payload, body=body, language="en", asked=payload))
    for url in (f"/s/loom/help/{found.pk}/", "/s/loom/help/"):
        assert payload not in browser().get(url).content.decode() or payload.startswith("{")
    for url in (f"{BASE}{found.pk}/", f"{BASE}{found.pk}/versions/1/", BASE):
        text = browser(people.mei).get(url).content.decode()
        assert payload not in text or payload.startswith("{")


def test_the_list_is_narrowed_and_costs_the_same_however_long(
    people: People, article: Article, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        write(people.loom, title=f"Draft {number}", body="x", language="zh-hans", kind="manual")
    mei = browser(people.mei)
    text = page(mei, f"{BASE}?state=approved&kind=faq&language=en&q=care")
    assert "Care" in text and "Draft 1" not in text
    for odd in ("?page=99", "?page=x&state=x&kind=x", "?q=%00&language=zz", "?page=-1"):
        assert mei.get(BASE + odd).status_code == 200
    with django_assert_max_num_queries(22):
        assert "13 articles wait" in page(mei, BASE)


@pytest.mark.parametrize("person", ["rui", "sam"])
def test_others_get_404(people: People, article: Article, person: str) -> None:
    client = browser(getattr(people, person))
    for url in (BASE, f"{BASE}{article.pk}/", f"{BASE}new/", f"{BASE}gaps/", f"{BASE}test/"):
        assert client.get(url).status_code == 404
    theirs = f"/merchant/rival/knowledge/{article.pk}/"
    assert browser(people.rui).get(theirs).status_code == 404
    assert browser(people.rui).post(f"{theirs}step/", {"step": "delete"}).status_code == 404


def test_an_analyst_reads_and_writes_nothing(people: People, article: Article) -> None:
    ana = browser(people.ana)
    assert "New article" not in page(ana, BASE)
    assert "Approve:" not in page(ana, f"{BASE}{article.pk}/")
    assert ana.post(f"{BASE}{article.pk}/", FIELDS | {"number": "2"}).status_code == 404
    assert ana.get(f"{BASE}new/").status_code == 404
    assert ana.get(f"{BASE}upload/").status_code == 404


def test_anonymous_people_sign_in_and_methods_are_kept(people: People, article: Article) -> None:
    assert "/accounts/login/" in browser().get(BASE)["Location"]
    mei = browser(people.mei)
    assert mei.post(BASE).status_code == 405
    assert mei.get(f"{BASE}{article.pk}/step/").status_code == 405
    assert browser().post(f"/s/loom/help/{article.pk}/").status_code == 405
