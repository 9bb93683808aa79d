"""The pages of copy: who may what, what they show, and what odd requests get."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import ProductText, SearchCount
from marketing.copy.tasks import write_brief, write_many
from marketing.models import Brief, BulkJob, CopyRules, CopyVersion, Draft, Rating, Voice
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.marketing.copy.conftest import WORDS, Desk
from tests.people import browser

pytestmark = pytest.mark.django_db
COPY = "/merchant/loom/copy/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Note what workers are rung for; nobody answers."""
    rung: list[int] = []
    for task in ("write_brief", "write_many", "read_drafts"):
        monkeypatch.setattr(f"marketing.copy.tasks.{task}.delay", rung.append)
    monkeypatch.setattr("catalog.tasks.index_products.delay", rung.append)
    yield rung


def page(client: Client, path: str, status: int = 200, **sent: Any) -> str:
    response = client.post(path, sent) if sent else client.get(path)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def act(client: Client, draft: Draft, **sent: str) -> str:
    """Do something with a draft and return the desk with what it says."""
    response = client.post(f"{COPY}{draft.pk}/act/", sent, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def only(desk: Desk, model: Any) -> Any:
    with as_merchant(desk.loom):
        return model.objects.get()


def test_the_list_by_state_and_filters(desk: Desk) -> None:
    desk.draft()
    desk.draft(locale="zh-hans", channel="banner", state="submitted",
               parts={"headline": "红色卫衣", "line": "柔软", "button": "看看"})  # fmt: skip
    ana, mei = browser(desk.people.ana), browser(desk.people.mei, "zh-hans")
    shown = page(ana, COPY)
    assert WORDS in shown and "红色卫衣" in shown and "2 drafts" in shown
    assert f"{COPY}new/" not in shown, "analysts read"
    assert "个草稿" in page(mei, COPY)
    for query, count in (("state=submitted", 1), ("channel=banner", 1), ("locale=en", 1),
                         ("q=HD-1", 2), ("q=卫衣", 2), ("q=nothing", 0),
                         ("state=<x>&channel=%00&locale=fr", 2)):  # fmt: skip
        assert page(ana, f"{COPY}?{query}").count('class="copy-row"') == count, query
    fragment = ana.get(COPY, headers=HTMX).content.decode()
    assert fragment.lstrip().startswith("<div") and "<html" not in fragment


def test_queries_do_not_grow_with_the_list(desk: Desk) -> None:
    ana = browser(desk.people.ana)
    counts = []
    for number in (1, 5):
        for _ in range(number):
            desk.draft()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(ana, COPY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


def test_from_a_product_to_variants(desk: Desk, no_queue: list[int],
                                    django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    edda = browser(desk.people.edda)
    assert "Hoodie" in page(edda, f"{COPY}new/?q=hood")
    assert "No product found" in page(edda, f"{COPY}new/?q=nothing")
    form = page(edda, f"{COPY}new/?product={desk.hoodie.pk}&channel=description&locale=en")
    assert '<option value="description" selected>' in form
    spoken = page(edda, f"{COPY}new/?product={desk.hoodie.pk}")
    assert '<option value="en" selected>' in spoken, "it is told in English only"
    asked = {"product": desk.hoodie.pk, "channel": "social_xhs", "locale": "en", "tone": "plain",
             "variants": 2}  # fmt: skip
    assert "does not exist in this language" in page(edda, f"{COPY}new/", 422, **asked)
    with django_capture_on_commit_callbacks(execute=True):
        page(edda, f"{COPY}new/", 302, **(asked | {"channel": "description"}))
    brief = only(desk, Brief)
    assert no_queue == [brief.pk] and brief.by == desk.people.edda
    waiting = page(edda, f"{COPY}briefs/{brief.pk}/")
    assert "every 1s" in waiting
    write_brief(brief.pk)
    done = page(edda, f"{COPY}briefs/{brief.pk}/")
    assert "every 1s" not in done and "Compare and edit" in done
    page(edda, f"{COPY}briefs/{brief.pk}/again/", 302, tone="lively")
    with as_merchant(desk.loom):
        assert Brief.objects.filter(tone="lively").exists()
        assert Draft.objects.filter(brief=brief).count() == 2


def test_the_desk_marks_edits_and_shows_the_other_editor(desk: Desk) -> None:
    draft = desk.draft(channel="description", parts={"description": "Soft."})
    desk_url = f"{COPY}{draft.pk}/"
    edda, mei, ana = (browser(one) for one in (desk.people.edda, desk.people.mei, desk.people.ana))
    shown = page(edda, desk_url)
    assert 'name="part:description"' in shown and "Submit for approval" in shown
    assert "copy-form" not in page(ana, desk_url).split("checked")[0]
    sent = {"part:description": "The best hoodie in the world, 100% silk.", "version": "1"}
    kept = edda.post(f"{desk_url}keep/", sent, headers=HTMX)
    fragment = kept.content.decode()
    assert 'class="blocked"' in fragment and 'name="version" value="2"' in fragment
    assert 'class="unfounded"' in fragment and "Kept at" in fragment
    assert "cannot be submitted" in act(edda, draft, act="submit")
    conflict = page(mei, desk_url, 409, **{"part:description": "Cotton.", "version": "1"})
    assert "Somebody else changed the same" in conflict and ">Cotton." in conflict
    late = mei.post(f"{desk_url}keep/", {"part:description": "C", "version": "1"}, headers=HTMX)
    assert "Yours are not kept" in late.content.decode()
    page(mei, desk_url, 302, **{"part:description": "Cotton.", "version": "2"})
    assert only(desk, Draft).text == "Cotton."
    assert "<del>" in page(edda, desk_url)


def test_from_submission_to_the_shop_window_and_back(desk: Desk) -> None:
    draft = desk.draft(parts={"title": "Red cotton hoodie"})
    edda, mei = browser(desk.people.edda), browser(desk.people.mei)
    with as_merchant(desk.loom):
        CopyRules.objects.create(merchant=desk.loom, four_eyes=True)
    assert "Submitted" in act(edda, draft, act="submit")
    assert "somebody else to approve" in act(edda, draft, act="approve_publish")
    assert "It is live" not in act(edda, draft, act="publish")
    assert "Sent back" in act(mei, draft, act="reject", reason="More facts")
    assert "More facts" in page(edda, f"{COPY}{draft.pk}/")
    act(edda, draft, act="submit")
    assert "Choose a day and a time" in act(mei, draft, act="approve") + act(
        mei, draft, act="schedule", at="nonsense"
    )
    assert "between now and a year" in act(mei, draft, act="schedule", at="0001-01-01T00:00")
    assert "It is live." in act(mei, draft, act="publish")
    with as_merchant(desk.loom):
        assert ProductText.objects.get(locale="en").title == "Red cotton hoodie"
        found = CopyVersion.objects.get(act="found")
    history = page(mei, f"{COPY}{draft.pk}/history/")
    assert "Version 2" in history and "Restore" in history
    page(mei, f"{COPY}versions/{found.pk}/restore/", 302, x="1")
    with as_merchant(desk.loom):
        assert ProductText.objects.get(locale="en").title == "Hoodie"
    assert "Thrown away" not in act(mei, draft, act="discard")
    assert "Begin" in act(mei, draft, act="nothing"), "an unknown act does nothing"
    assert act(mei, draft, act="copy") and "Thrown away" in act(mei, desk.draft(), act="discard")


def test_decided_by_keyboard_one_after_another(desk: Desk) -> None:
    drafts = [
        desk.draft(state="submitted", quality={"score": 0.9}, parts={"title": f"Red hoodie {word}"})
        for word in ("A", "B", "C")
    ]
    low = desk.draft(state="submitted", quality={"score": 0.1}, parts={"title": "Hoodie D"})
    mei = browser(desk.people.mei)
    queue = page(mei, f"{COPY}review/")
    assert queue.count("data-approve") == 3 and "Below your threshold" in queue

    def decide(draft: Draft, **sent: str) -> Any:
        return mei.post(f"{COPY}{draft.pk}/decide/", sent, headers=HTMX)

    row = decide(drafts[0], act="approve").content.decode()
    assert "data-undo" in row and "data-touched" in row and ">Live<" in row
    assert "data-approve" in decide(drafts[0], act="undo").content.decode()
    assert decide(drafts[1], act="reject", reason="").status_code == 422
    assert "Sent back" in decide(drafts[1], act="reject", reason="Dull").content.decode()
    refused = decide(low, act="approve")
    assert refused.status_code == 422 and "below your threshold" in refused.content.decode()
    many = {"pk": [str(one.pk) for one in (*drafts, low)], "only": "1"}
    answer = mei.post(f"{COPY}review/decide/", many, follow=True).content.decode()
    assert "2 drafts approved." in answer and "2 drafts stay" in answer
    with as_merchant(desk.loom):
        assert sorted(Draft.objects.values_list("state", flat=True)) == [
            "approved", "approved", "rejected", "submitted",
        ]  # fmt: skip


def test_many_products_estimated_written_and_stopped(desk: Desk) -> None:
    for number in range(3):
        make_product(desk.loom, f"T-{number}", title=f"Cotton shirt {number}",
                     attributes={"material": ["cotton"]})  # fmt: skip
    edda, url = browser(desk.people.edda), f"{COPY}many/"
    assert "4</strong> products" in page(edda, url)
    asked = {"channels": ["title", "social_xhs"], "locales": ["en"], "tone": "plain"}
    assert "Write 4 texts" in page(edda, url, 200, step="count", **asked)
    assert page(edda, url, 422, step="count", tone="plain")
    page(edda, url, 302, step="begin", **asked)
    job = only(desk, BulkJob)
    assert "every 1s" in page(edda, f"{url}{job.pk}/")
    write_many(job.pk)
    write_many(job.pk)
    done = only(desk, BulkJob)
    assert (done.state, done.visited, done.percent) == ("done", 4, 100)
    with as_merchant(desk.loom):
        states = list(Draft.objects.values_list("state", flat=True))
    assert len(states) == done.written > 0 and set(states) <= {"draft", "submitted"}
    assert "Decide one by one" in page(edda, f"{url}{job.pk}/")
    page(edda, url, 302, step="begin", **asked)
    with as_merchant(desk.loom):
        second = BulkJob.objects.exclude(pk=job.pk).get()
    page(edda, f"{url}{second.pk}/stop/", 302, x="1")
    write_many(second.pk)
    with as_merchant(desk.loom):
        second.refresh_from_db()
        assert (second.state, second.visited) == ("cancelled", 0)
        assert Draft.objects.count() == len(states)


def test_voice_rules_and_ratings(desk: Desk) -> None:
    mei, edda = browser(desk.people.mei), browser(desk.people.edda)
    voice = {"locale": "en", "en-tone": "warm", "en-words_to_avoid": "cheap, deal\ncheap",
             "en-words_to_use": ""}  # fmt: skip
    page(edda, f"{COPY}voice/", 302, **voice)
    assert only(desk, Voice).words_to_avoid == ["cheap", "deal"]
    assert "cheap, deal" in page(edda, f"{COPY}voice/")
    assert page(edda, f"{COPY}voice/", 422, locale="en", **{"en-tone": "<b>"})
    page(edda, f"{COPY}rules/", 404, four_eyes="on", percent="70")
    page(mei, f"{COPY}rules/", 302, four_eyes="on", percent="70")
    assert (only(desk, CopyRules).four_eyes, only(desk, CopyRules).threshold) == (True, 0.7)
    page(mei, f"{COPY}rules/", 302, percent="700")
    assert only(desk, CopyRules).threshold == 0.7
    draft = desk.draft(writer="realiser")
    assert WORDS in page(mei, f"{COPY}rate/") and "realiser" not in page(mei, f"{COPY}rate/")
    for client, grade in ((mei, "4"), (edda, "2"), (edda, "3"), (mei, "9")):
        page(client, f"{COPY}rate/", 302, draft=str(draft.pk), grade=grade, fault="nonsense")
    with as_merchant(desk.loom):
        assert sorted(Rating.objects.values_list("grade", flat=True)) == [3, 4]
    assert "You have rated them all" in page(mei, f"{COPY}rate/")


def test_weak_texts_with_their_reasons_become_briefs(desk: Desk) -> None:
    make_product(desk.loom, "EMPTY", title="Cotton shirt", attributes={"material": ["cotton"]})
    make_product(desk.loom, "SILENT", title="Shirt", description="A shirt. " * 20)
    with as_merchant(desk.loom):
        SearchCount.objects.create(merchant=desk.loom, place="shop", day="2100-01-01", locale="en",
                                   key="cotton shirt", query="cotton shirt", asked=14)  # fmt: skip
    edda, ana = browser(desk.people.edda), browser(desk.people.ana)
    shown = page(edda, "/merchant/loom/improve/")
    assert "No description" in shown and "Thin" in shown and "No text in this language" in shown
    assert "searched 14 times" in shown and "material" in shown.lower()
    assert "Write better" not in page(ana, "/merchant/loom/improve/")
    sent = {"product": str(desk.hoodie.pk), "locale": "en", "channel": "description"}
    page(edda, "/merchant/loom/improve/brief/", 302, **sent)
    assert [one["code"] for one in only(desk, Brief).why] == ["thin"]
    for wrong, status in (({"locale": "fr"}, 302), ({"channel": "x"}, 302), ({"product": ""}, 302),
                          ({"product": "0"}, 404), ({"product": "9" * 30}, 404)):  # fmt: skip
        page(edda, "/merchant/loom/improve/brief/", status, **(sent | wrong))
    assert only(desk, Brief), "nothing else was begun"


def test_others_and_odd_requests_are_turned_away(desk: Desk) -> None:
    draft = desk.draft()
    with as_merchant(desk.people.rival):
        theirs = Draft.objects.create(
            merchant=desk.people.rival, channel="title", locale="en", parts={"title": "Theirs"},
            product=make_product(desk.people.rival, "RV-1", title="Mug"),
        )  # fmt: skip
    mei, rui, sam = (browser(one) for one in (desk.people.mei, desk.people.rui, desk.people.sam))
    for path in ("", f"{draft.pk}/", f"{draft.pk}/history/", "review/", "many/", "voice/"):
        for stranger in (rui, sam):
            page(stranger, f"{COPY}{path}", 404)
        assert browser().get(f"{COPY}{path}").status_code == 302
        assert mei.delete(f"{COPY}{path}").status_code == 405
    for pk in (theirs.pk, 10**9, 10**30):
        page(mei, f"{COPY}{pk}/", 404)
        page(mei, f"{COPY}{pk}/act/", 404, act="submit")
        page(mei, f"{COPY}{pk}/decide/", 404, act="approve")
    page(browser(desk.people.ana), f"{COPY}{draft.pk}/act/", 404, act="submit")
    odd = {"part:title": "\x00" + "词" * 30_000, "version": "nonsense"}
    page(mei, f"{COPY}{draft.pk}/", 409, **odd)
    page(mei, f"{COPY}{draft.pk}/", 302, **(odd | {"version": "1"}))
    script = {"part:title": "<script>alert(1)</script>", "version": "2"}
    page(mei, f"{COPY}{draft.pk}/", 302, **script)
    assert "<script>alert(1)" not in page(mei, f"{COPY}{draft.pk}/")
