"""A draft's life: edited, submitted, decided, published, planned, taken down, restored."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import ProductText, PublishedCopy, Variant
from marketing.copy.briefing import again, begin, write
from marketing.copy.deciding import (
    Conflict,
    approve,
    copied,
    discard,
    edit,
    reject,
    submit,
    take_back,
)  # fmt: skip
from marketing.copy.examining import Refused
from marketing.copy.publishing import (
    Live,
    live,
    place_of,
    publish,
    publish_due,
    reconsider,
    restore,
    schedule,
    unschedule,
    versions,
    withdraw,
)  # fmt: skip
from marketing.models import CopyRules, CopyVersion, Draft
from shopguide.accounts.acting import acting
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.marketing.copy.conftest import WORDS, Desk

pytestmark = pytest.mark.django_db


@dataclass
class Found:
    """What a check says: everything holds but the words that it was told of."""

    claims: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def publishable(self) -> bool:
        return not self.claims and not self.warnings


def check(*bad: str) -> Any:
    """Return a check that finds fault with these words only."""

    def examine(parts: Any, **_about: Any) -> Found:
        text = " ".join(parts.values())
        return Found([{"text": one, "verdict": "contradicted", "fact": "It is not so."}
                      for one in bad if one in text])  # fmt: skip

    return examine


FINE = check()


def do(person: User, verb: Any, *args: Any, **named: Any) -> Any:
    """Let a signed-in person do something."""
    with acting(person.pk, "web"):
        return verb(*args, by=person, **named)


def approved(desk: Desk, **fields: Any) -> Draft:
    """Return a draft that Edda submitted and Mei approved."""
    draft = do(desk.people.edda, submit, desk.draft(**fields), examine=FINE)
    found: Draft = do(desk.people.mei, approve, draft, examine=FINE)
    return found


def published(desk: Desk, **fields: Any) -> Draft:
    """Return a draft that stands in its place."""
    draft = approved(desk, **fields)
    do(desk.people.mei, publish, draft, examine=FINE)
    with as_merchant(desk.loom):
        draft.refresh_from_db()
    return draft


def now_live(desk: Desk, draft: Draft) -> Live:
    with as_merchant(desk.loom):
        return live(place_of(draft))


def history(desk: Desk, draft: Draft) -> list[tuple[int, str, str]]:
    with as_merchant(desk.loom):
        return [(one.number, one.act, one.text) for one in versions(place_of(draft))][::-1]


def state(desk: Desk, draft: Draft) -> str:
    with as_merchant(desk.loom):
        return Draft.objects.get(pk=draft.pk).state


def test_words_go_to_their_place_and_history_keeps_what_was_there(desk: Desk) -> None:
    draft = published(desk)
    with as_merchant(desk.loom):
        text = ProductText.objects.get(locale="en")
        assert (text.title, text.description, text.provenance) == (WORDS, "Soft.", "generated")
        assert text.approved_by == desk.people.mei
        assert PublishedCopy.objects.get().draft_id == draft.pk
    assert state(desk, draft) == "published"
    assert history(desk, draft) == [(1, "found", "Hoodie"), (2, "published", WORDS)]


def test_two_editors_notice_each_other(desk: Desk) -> None:
    draft, edda, mei = desk.draft(), desk.people.edda, desk.people.mei
    changed = do(mei, edit, draft, {"title": "Mei's words"}, version=1, examine=FINE)
    assert (changed.version, changed.edited_by) == (2, mei)
    with pytest.raises(Conflict) as conflict:
        do(edda, edit, draft, {"title": "Edda's words"}, version=1, examine=FINE)
    assert conflict.value.theirs.text == "Mei's words"
    same = do(edda, edit, draft, {"title": "Mei's words", "evil": "x"}, version=1, examine=FINE)
    assert same.version == 2, "the same words are no conflict and no change"


def test_what_does_not_hold_is_not_submitted_approved_or_published(desk: Desk) -> None:
    bad = check("cotton")
    draft = desk.draft()
    with pytest.raises(Refused) as refusal:
        do(desk.people.edda, submit, draft, examine=bad)
    assert refusal.value.reasons == ["“cotton”: It is not so."]
    assert state(desk, draft) == "draft"
    with as_merchant(desk.loom):
        assert Draft.objects.get().unsupported, "the marks are kept for the desk"
    do(desk.people.edda, submit, draft, examine=FINE)
    with pytest.raises(Refused):
        do(desk.people.mei, approve, draft, examine=bad)
    do(desk.people.mei, approve, draft, examine=FINE)
    with pytest.raises(Refused):
        do(desk.people.mei, publish, draft, examine=bad)
    assert state(desk, draft) == "approved" and now_live(desk, draft).parts["title"] == "Hoodie"


def test_a_price_that_changed_stops_the_real_check(desk: Desk) -> None:
    with as_merchant(desk.loom):
        amount = Variant.objects.get(product=desk.hoodie).prices.get().amount
    words = {"title": f"卫衣，{amount:.0f} 元", "body": "红色卫衣。"}
    draft = do(desk.people.edda, submit, desk.draft(channel="push", locale="zh-hans", parts=words),
               examine=real())  # fmt: skip
    draft = do(desk.people.mei, approve, draft, examine=real())
    with as_merchant(desk.loom):
        Variant.objects.get(product=desk.hoodie).prices.update(amount=amount + 20)
    with pytest.raises(Refused) as refusal:
        do(desk.people.mei, publish, draft, examine=real())
    assert any(f"{amount:.0f}" in one for one in refusal.value.reasons)
    assert now_live(desk, draft) == Live({})


def real() -> Any:
    from marketing.copy.checking import examine

    return examine


def test_rejected_with_a_reason_and_mended(desk: Desk) -> None:
    draft, mei, edda = desk.draft(), desk.people.mei, desk.people.edda
    do(edda, submit, draft, examine=FINE)
    with pytest.raises(Refused):
        do(mei, reject, draft, "  ")
    do(mei, reject, draft, "Says  too little")
    with as_merchant(desk.loom):
        kept = Draft.objects.get()
    assert (kept.state, kept.reason, kept.decided_by) == ("rejected", "Says too little", mei)
    do(edda, edit, draft, {"title": "More"}, version=1, examine=FINE)
    assert do(edda, submit, draft, examine=FINE).reason == ""
    with pytest.raises(Refused):
        do(mei, publish, draft, examine=FINE)


def test_four_eyes_and_the_threshold(desk: Desk) -> None:
    edda, mei = desk.people.edda, desk.people.mei
    with as_merchant(desk.loom):
        CopyRules.objects.create(merchant=desk.loom, four_eyes=True, threshold=0.99)
    draft = do(edda, submit, desk.draft(), examine=FINE)
    with pytest.raises(Refused):
        do(edda, approve, draft, examine=FINE)
    with pytest.raises(Refused):
        do(mei, approve, draft, examine=FINE, together=True)
    assert do(mei, approve, draft, examine=FINE).state == "approved"


def test_planned_words_go_live_by_themselves_or_say_why_not(desk: Desk) -> None:
    mei, soon = desk.people.mei, timezone.now() + datetime.timedelta(minutes=5)
    fine, stale = approved(desk), approved(desk, channel="description",
                                           parts={"description": "Costs 5."})  # fmt: skip
    for wrong in (timezone.now(), timezone.now() + datetime.timedelta(days=400)):
        with pytest.raises(Refused):
            do(mei, schedule, fine, wrong)
    for draft in (fine, stale):
        do(mei, schedule, draft, soon)
    assert publish_due(examine=FINE) == 0
    with as_merchant(desk.loom):
        Draft.objects.update(publish_at=timezone.now())
    assert publish_due(examine=check("Costs 5")) == 1
    assert (state(desk, fine), state(desk, stale)) == ("published", "approved")
    with as_merchant(desk.loom):
        assert "Costs 5" in Draft.objects.get(pk=stale.pk).stopped
        assert CopyVersion.objects.get(act="published").by is None
    do(mei, schedule, stale, soon)
    assert do(mei, unschedule, stale).state == "approved"


def test_taken_down_what_was_there_before_comes_back(desk: Desk) -> None:
    first, second = published(desk), published(desk, parts={"title": "Second words"})
    assert state(desk, first) == "replaced"
    do(desk.people.mei, withdraw, second, examine=FINE)
    assert now_live(desk, second).parts == {"title": WORDS}
    assert (state(desk, first), state(desk, second)) == ("published", "withdrawn")
    do(desk.people.mei, withdraw, first, examine=FINE)
    assert now_live(desk, first) == Live({"title": "Hoodie"})
    with as_merchant(desk.loom):
        assert ProductText.objects.get(locale="en").provenance == "merchant"
        assert not PublishedCopy.objects.exists()
    points = published(desk, channel="bullets", parts={"bullets": "Red\nSoft"})
    do(desk.people.mei, withdraw, points, examine=FINE)
    assert now_live(desk, points) == Live({})


def test_a_former_text_that_no_longer_holds_is_passed_over(desk: Desk) -> None:
    published(desk)
    second = published(desk, parts={"title": "Second words"})
    do(desk.people.mei, withdraw, second, examine=check("cotton"))
    assert now_live(desk, second).parts == {"title": "Hoodie"}


def test_any_version_is_restored_if_it_still_holds(desk: Desk) -> None:
    first, second = published(desk), published(desk, parts={"title": "Second words"})
    with as_merchant(desk.loom):
        found, written = versions(place_of(first)).order_by("number")[:2]
    with pytest.raises(Refused):
        do(desk.people.mei, restore, written, examine=check("cotton"))
    do(desk.people.mei, restore, written, examine=FINE)
    assert now_live(desk, first).parts == {"title": WORDS}
    assert (state(desk, first), state(desk, second)) == ("published", "replaced")
    do(desk.people.mei, restore, found, examine=FINE)
    assert now_live(desk, first) == Live({"title": "Hoodie"})
    assert [act for _n, act, _text in history(desk, first)] == [
        "found", "published", "published", "restored", "restored",
    ]  # fmt: skip
    assert state(desk, first) == "replaced"


def test_what_a_person_wrote_over_it_is_kept_as_a_version(desk: Desk) -> None:
    draft = published(desk)
    with as_merchant(desk.loom):
        ProductText.objects.filter(locale="en").update(title="By hand", provenance="merchant")
    assert now_live(desk, draft) == Live({"title": "By hand"})
    do(desk.people.mei, withdraw, draft, examine=FINE)
    assert now_live(desk, draft).parts == {"title": "By hand"}, "it was not the draft's any more"
    published(desk, parts={"title": "Third"})
    assert (3, "found", "By hand") in history(desk, draft)


def test_title_and_description_are_told_apart(desk: Desk) -> None:
    title = published(desk)
    body = published(desk, channel="description", parts={"description": "A soft red hoodie."})
    do(desk.people.mei, withdraw, title, examine=FINE)
    with as_merchant(desk.loom):
        text = ProductText.objects.get(locale="en")
    assert (text.title, text.description) == ("Hoodie", "A soft red hoodie.")
    assert text.provenance == "generated", "the description still is"
    do(desk.people.mei, withdraw, body, examine=FINE)
    with as_merchant(desk.loom):
        assert ProductText.objects.get(locale="en").provenance == "merchant"


def test_undo_of_a_decision(desk: Desk) -> None:
    mei, edda = desk.people.mei, desk.people.edda
    draft = published(desk)
    assert do(mei, reconsider, draft, examine=FINE).state == "submitted"
    assert now_live(desk, draft).parts == {"title": "Hoodie"}
    do(mei, reject, draft, "No")
    assert do(mei, reconsider, draft).state == "submitted"
    do(mei, approve, draft, examine=FINE)
    assert do(mei, reconsider, draft).approved_at is None
    do(edda, take_back, draft)
    do(edda, discard, draft)
    with pytest.raises(Refused):
        do(edda, submit, draft, examine=FINE)
    settled = published(desk)
    with pytest.raises(Refused):
        do(edda, discard, settled)
    assert do(edda, copied, settled).state == "draft"


def test_a_brief_is_written_by_the_real_writer_once(desk: Desk) -> None:
    from marketing.copy.composing import compose

    with as_merchant(desk.loom):
        brief = begin(desk.loom, desk.hoodie, by=desk.people.edda, channel="description",
                      locale="en")  # fmt: skip
    assert write(claimed(brief), compose=compose) >= 1
    with as_merchant(desk.loom):
        drafts = list(brief.drafts.all())
        more = again(brief, by=desk.people.edda)
    assert len({one.text for one in drafts}) == len(drafts)
    assert all(not one.unsupported and one.score > 0.5 for one in drafts)
    assert {one.made_by for one in drafts} == {desk.people.edda}
    assert write(claimed(more), compose=compose) == 0, "the same words are not drafted again"
    with as_merchant(desk.loom):
        more.refresh_from_db()
    assert more.state == "failed" and more.failure


def claimed(job: Any) -> Any:
    with as_everyone():
        return type(job).objects.claim(job.pk)
