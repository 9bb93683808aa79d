"""What Postgres itself refuses: words on a page that nobody has approved."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from catalog.models import ProductText, PublishedCopy
from marketing.models import CopyRules, Draft, Voice
from shopguide.accounts.tenancy import as_merchant
from tests.marketing.copy.conftest import WORDS, Desk, at_work

pytestmark = pytest.mark.django_db


def run(desk: Desk, statement: str, *values: Any) -> int:
    """Run a statement as the application's role, in a transaction of the shop."""
    with at_work(desk, desk.people.mei), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def submit(desk: Desk, draft: Draft) -> None:
    run(desk, "UPDATE marketing_draft SET state = 'submitted' WHERE id = %s", draft.pk)


def approve(desk: Desk, draft: Draft, person: Any, actor: Any) -> None:
    with at_work(desk, actor):
        Draft.objects.filter(pk=draft.pk).update(
            state="approved", approved_at=timezone.now(), decided_by=person
        )


def test_generated_words_without_an_approved_draft_are_refused(desk: Desk) -> None:
    text = "UPDATE catalog_producttext SET title = %s, provenance = 'generated' WHERE locale = 'en'"
    with pytest.raises(IntegrityError):
        run(desk, text, WORDS)
    draft = desk.draft()
    with pytest.raises(IntegrityError):
        run(desk, text, WORDS)
    submit(desk, draft)
    with pytest.raises(IntegrityError):
        run(desk, text, WORDS)
    approve(desk, draft, desk.people.mei, desk.people.mei)
    for words in (WORDS + "!", "Hoodie"):
        with pytest.raises(IntegrityError):
            run(desk, text, words)
    assert run(desk, text, WORDS) == 1
    with as_merchant(desk.loom):
        assert ProductText.objects.get(locale="en").title == WORDS
    with pytest.raises(IntegrityError):
        run(desk, "UPDATE catalog_producttext SET description = 'Cures colds.' WHERE locale = 'en'")
    with pytest.raises(IntegrityError):
        run(desk, text.replace("'en'", "'zh-hans'"), WORDS)


def test_an_arm_shows_approved_words_beside_what_everybody_reads(desk: Desk) -> None:
    draft = desk.draft()
    insert = (
        "INSERT INTO catalog_producttext"
        " (merchant_id, product_id, locale, title, description, provenance, arm)"
        " VALUES (%s, %s, 'en', %s, %s, 'generated', 'b')"
    )
    ours = (desk.loom.pk, desk.hoodie.pk)
    with pytest.raises(IntegrityError):
        run(desk, insert, *ours, WORDS, "Soft.")
    submit(desk, draft)
    approve(desk, draft, desk.people.mei, desk.people.mei)
    with pytest.raises(IntegrityError):
        run(desk, insert, *ours, WORDS, "Softer than all others.")
    assert run(desk, insert, *ours, WORDS, "Soft.") == 1


def test_other_places_too_want_exactly_the_approved_words(desk: Desk) -> None:
    parts = {"title": "Red hoodie", "meta": "A red cotton hoodie."}
    draft = desk.draft(channel="seo", parts=parts)

    def put(**fields: Any) -> None:
        said: dict[str, Any] = {"merchant": desk.loom, "product": desk.hoodie, "channel": "seo",
                                "locale": "en", "parts": parts, "draft_id": draft.pk}  # fmt: skip
        with as_merchant(desk.loom):
            PublishedCopy.objects.create(**(said | fields))

    with pytest.raises(IntegrityError):
        put()
    submit(desk, draft)
    approve(desk, draft, desk.people.mei, desk.people.mei)
    for wrong in ({"parts": parts | {"meta": "The best."}}, {"locale": "zh-hans"},
                  {"channel": "banner"}, {"provenance": "merchant"}, {"draft_id": 0}):  # fmt: skip
        with pytest.raises(IntegrityError):
            put(**wrong)
    put()
    with pytest.raises(IntegrityError):
        run(desk, "UPDATE catalog_publishedcopy SET parts = '{}'")


def test_only_a_person_of_the_shop_approves(desk: Desk) -> None:
    mei, ana, rui = desk.people.mei, desk.people.ana, desk.people.rui
    draft = desk.draft()
    with pytest.raises(IntegrityError):
        approve(desk, draft, mei, mei)  # it was not submitted
    submit(desk, draft)
    for person, actor in ((mei, None), (mei, ana), (ana, ana), (rui, rui), (None, mei)):
        with pytest.raises(IntegrityError):
            approve(desk, draft, person, actor)
    with at_work(desk, None):
        draft.refresh_from_db()
        assert (draft.state, draft.approved_at) == ("submitted", None)


def test_the_writer_does_not_approve_where_two_are_wanted(desk: Desk) -> None:
    mei, edda = desk.people.mei, desk.people.edda
    draft = desk.draft()
    with as_merchant(desk.loom):
        CopyRules.objects.create(merchant=desk.loom, four_eyes=True)
    with at_work(desk, edda):
        Draft.objects.filter(pk=draft.pk).update(edited_by=edda)
    submit(desk, draft)
    with pytest.raises(IntegrityError):
        approve(desk, draft, edda, edda)
    with pytest.raises(IntegrityError), at_work(desk, edda):
        Draft.objects.filter(pk=draft.pk).update(
            made_by=None, edited_by=None, state="approved", approved_at=timezone.now(),
            decided_by=edda,
        )  # fmt: skip
    approve(desk, draft, mei, mei)


def test_approved_words_do_not_change_and_states_are_not_skipped(desk: Desk) -> None:
    draft = desk.draft()
    for state in ("approved", "scheduled", "published", "replaced", "withdrawn"):
        with pytest.raises(IntegrityError):
            run(desk, "UPDATE marketing_draft SET state = %s, publish_at = now()", state)
    submit(desk, draft)
    approve(desk, draft, desk.people.mei, desk.people.mei)
    for change in ("parts = '{}'", "locale = 'zh-hans'", "writer = ''", "approved_at = now()",
                   "state = 'submitted'", "state = 'replaced'"):  # fmt: skip
        with pytest.raises(IntegrityError):
            run(desk, f"UPDATE marketing_draft SET {change}")
    with pytest.raises(IntegrityError):
        desk.draft(state="approved", approved_at=timezone.now())


def test_drafts_and_voices_are_the_shops_alone(desk: Desk) -> None:
    desk.draft()
    with as_merchant(desk.loom):
        Voice.objects.create(merchant=desk.loom, locale="en")
    with as_merchant(desk.people.rival):
        assert not Draft.objects.exists() and not Voice.objects.exists()
        assert Draft.objects.all().update(state="submitted") == 0
    assert not Draft.objects.exists()
