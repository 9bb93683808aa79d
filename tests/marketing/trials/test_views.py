"""Trials in the portal: the list, the wizard, one trial, and what may be done with it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import ProductText
from marketing.models import Trial
from marketing.trials.running import USUAL
from profiles.simulating.visiting import visit
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.marketing.trials.conftest import TRIED, Stall, crowd
from tests.marketing.trials.conftest import USUAL as WORDS
from tests.people import browser

HTMX = {"headers": {"HX-Request": "true"}}


def url(name: str, *args: object) -> str:
    """Return an address of the shop Loom's."""
    return reverse(f"merchant_{name}", args=["loom", *args])


def only() -> Trial:
    """Return the trial that there is."""
    with as_everyone():
        return Trial.objects.select_related("experiment").get()


@pytest.fixture
def edda(stall: Stall) -> Client:
    """Return the editor's browser."""
    return browser(stall.people.edda)


def test_from_an_approved_text_to_a_trial_in_one_click(stall: Stall, edda: Client) -> None:
    assert "Nothing is being tried" in edda.get(url("trials")).content.decode()
    draft = stall.approved()
    assert TRIED in edda.get(url("trial_new")).content.decode()
    begun = edda.post(url("trial_new"), {"draft": draft.pk})
    trial = only()
    assert begun.headers["Location"] == url("trial", trial.pk)
    assert trial.experiment.metric == "click" and trial.by == stall.people.edda
    said = edda.get(url("trial", trial.pk)).content.decode()
    assert "Nobody has met it yet" in said and TRIED.split(",")[0] in said
    assert WORDS in edda.get(url("trials")).content.decode()


def test_the_wizard_says_what_it_takes(stall: Stall, edda: Client) -> None:
    draft = stall.approved()
    said = edda.get(url("trial_new"), {"draft": draft.pk}).content.decode()
    assert "Which difference is worth finding?" in said and "nobody can say" in said
    assert "So few that the rate is borrowed from your shop." in said
    part = edda.get(url("trial_new"), {"draft": draft.pk, "aim": "cart", "mode": "bandit"}, **HTMX)
    assert b"<h1" not in part.content and b'value="cart" selected' in part.content
    edda.post(url("trial_new"), {
        "draft": draft.pk, "aim": "cart", "lift": "0.3", "mode": "bandit",
        "hypothesis": "People want\n to know how much it holds.",
    })  # fmt: skip
    trial = only()
    assert (trial.lift, trial.experiment.mode, trial.experiment.metric) == (0.3, "bandit", "cart")
    assert trial.hypothesis == "People want to know how much it holds."
    again = edda.get(url("trial_new"), {"draft": draft.pk}).content.decode()
    assert "being tried in this language already" in again
    refused = edda.post(url("trial_new"), {"draft": draft.pk}, follow=True).content.decode()
    assert "being tried in this language already" in refused


def test_odd_input_is_no_error(stall: Stall, edda: Client) -> None:
    draft = stall.approved()
    for odd in ("x", "-1", "99999999999999999999", "²", "1e3"):
        assert edda.get(url("trial_new"), {"draft": odd}).status_code == 404
        assert edda.post(url("trial_new"), {"draft": odd}).status_code == 404
    odd_wish = {"draft": draft.pk, "aim": "joy", "lift": "nan", "mode": "\x00", "others": "x"}
    assert edda.get(url("trial_new"), odd_wish).status_code == 200
    assert edda.post(url("trial_new"), odd_wish).status_code == 302
    assert edda.get(url("trials"), {"page": "zz", "state": "<"}).status_code == 200
    assert edda.post(url("trial_act", only().pk), {"do": "joy"}).status_code == 302
    assert edda.post(url("trial_act", only().pk), {"do": "adopt", "arm": "d0"}).status_code == 302
    assert only().ending == ""
    push = stall.approved(channel="push", parts={"title": "a", "body": "b"})
    assert (
        "cannot be tried there" in edda.get(url("trial_new"), {"draft": push.pk}).content.decode()
    )
    assert edda.post(url("trial_new"), {"draft": push.pk}).status_code == 302


def test_a_winner_is_told_adopted_and_rolled_back(stall: Stall, edda: Client) -> None:
    trial = stall.trial(lift=0.5)
    arm = trial.experiment.arms[1][0]
    for days_ago in (3, 1):
        crowd(trial, USUAL, 150, 22, days_ago=days_ago)
        crowd(trial, arm, 150, 50, days_ago=days_ago)
    address = url("trial", trial.pk)
    said = edda.get(address).content.decode()
    assert "Text B does better" in said and "33.3%" in said and "14.7%" in said
    assert 'class="interval good"' in said and "share of people so far" in said
    chinese = browser(stall.people.edda, language="zh-hans").get(address).content.decode()
    assert "文案 B 更好" in chinese
    with CaptureQueriesContext(connection) as asked:
        part = edda.get(address, **HTMX)
    assert b"<h1" not in part.content and len(asked) < 60
    edda.post(url("trial_act", trial.pk), {"do": "adopt", "arm": arm})
    with as_merchant(stall.loom):
        titles = ProductText.objects.filter(product=stall.kettle, locale="en")
        assert [one.title for one in titles] == [TRIED]
    said = edda.get(address).content.decode()
    assert "Text B is what everybody reads now" in said and "Roll back" in said
    edda.post(url("trial_act", trial.pk), {"do": "back"})
    with as_merchant(stall.loom):
        assert titles.get().title == WORDS
    assert "Rolled back" in edda.get(address).content.decode()
    assert "Rolled back" in edda.get(url("trials") + "?state=over").content.decode()


def test_few_people_are_told_as_few_and_a_broken_split_as_broken(
    stall: Stall, edda: Client
) -> None:
    trial = stall.trial()
    crowd(trial, USUAL, 4, 1)
    said = edda.get(url("trial", trial.pk)).content.decode()
    assert "Not enough data yet: about" in said and "days to go" in said and "25.0%" not in said
    crowd(trial, USUAL, 400, 40)
    said = edda.get(url("trial", trial.pk)).content.decode()
    assert "People were not split as planned" in said and "Adopt it" not in said
    edda.post(url("trial_act", trial.pk), {"do": "stop"})
    assert only().ending == "stopped" and only().decided_by == stall.people.edda


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["How varied the lists", "As until now", "More varied"]),
     ("zh-hans", ["推荐列表的多样程度", "与以往相同", "更多样"])],
)  # fmt: skip
def test_what_the_market_place_tries_has_names_in_both_languages(
    stall: Stall, language: str, said: list[str]
) -> None:
    visit(people=0)
    page = browser(stall.people.edda, language=language).get(url("trials")).content.decode()
    assert [one for one in said if one not in page] == []
    assert "as it is" not in page and ">diverse<" not in page


def test_who_may_look_and_who_may_act(stall: Stall) -> None:
    trial = stall.trial()
    ana, rui, sam = (browser(getattr(stall.people, name)) for name in ("ana", "rui", "sam"))
    for page in (url("trials"), url("trial", trial.pk)):
        assert ana.get(page).status_code == 200 and b'name="do"' not in ana.get(page).content
        assert rui.get(page).status_code == sam.get(page).status_code == 404
        assert ana.post(page).status_code == 405
        assert browser().get(page).status_code == 302
    act = url("trial_act", trial.pk)
    assert ana.post(act, {"do": "stop"}).status_code == ana.get(url("trial_new")).status_code == 404
    assert rui.post(act, {"do": "stop"}).status_code == 404
    own = reverse("merchant_trial", args=["rival", trial.pk])
    assert rui.get(own).status_code == 404
    assert rui.post(own + "act/", {"do": "stop"}).status_code == 404
    theirs = reverse("merchant_trial_new", args=["rival"])
    assert rui.post(theirs, {"draft": stall.approved("X").pk}).status_code == 404
    edda = browser(stall.people.edda)
    assert edda.get(url("trial", 10**18)).status_code == edda.get(url("trial", 10**30)).status_code
    assert edda.get(act).status_code == 405 and only().ending == ""
