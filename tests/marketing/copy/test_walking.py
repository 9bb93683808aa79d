"""Whatever people do in whatever order: no state is illegal, and nothing unapproved is live."""

import datetime
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import ProductText, PublishedCopy
from marketing.copy.deciding import Conflict, approve, copied, edit, reject, submit, take_back
from marketing.copy.examining import Refused
from marketing.copy.publishing import (
    publish,
    publish_due,
    reconsider,
    restore,
    schedule,
    unschedule,
    withdraw,
)  # fmt: skip
from marketing.models import CopyRules, CopyVersion, Draft
from shopguide.accounts.acting import acting
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_merchant
from tests.conftest import FULL
from tests.marketing.copy.conftest import Desk
from tests.marketing.copy.test_life import FINE, check

pytestmark = pytest.mark.django_db
STEPS = 2_000 if FULL else 60
# The second check finds fault with every other draft's words.
CHECKS = (FINE, FINE, check("word 1", "word 3"))
Step = Callable[[Draft, User, Random], Any]


def one_restored(draft: Draft, person: User, dice: Random) -> None:
    with as_merchant(draft.merchant_id):
        found = list(CopyVersion.objects.select_related("draft").order_by("pk"))
    if found:
        restore(dice.choice(found), by=person, examine=dice.choice(CHECKS))


def swept(_draft: Draft, _person: User, dice: Random) -> None:
    publish_due(examine=dice.choice(CHECKS))


def planned(draft: Draft, person: User, _dice: Random) -> None:
    schedule(draft, timezone.now() + datetime.timedelta(milliseconds=30), by=person)


STEPS_OF: tuple[Step, ...] = (
    lambda one, who, dice: edit(one, {"title": f"word {dice.randrange(9)}"},
                                version=dice.choice((one.version, 1)), by=who, examine=FINE),
    lambda one, who, dice: submit(one, by=who, examine=dice.choice(CHECKS)),
    lambda one, who, dice: approve(one, by=who, examine=dice.choice(CHECKS)),
    lambda one, who, dice: publish(one, by=who, examine=dice.choice(CHECKS)),
    lambda one, who, _dice: reject(one, "no", by=who),
    lambda one, who, _dice: take_back(one, by=who),
    lambda one, who, dice: withdraw(one, by=who, examine=dice.choice(CHECKS)),
    lambda one, who, dice: reconsider(one, by=who, examine=dice.choice(CHECKS)),
    lambda one, who, _dice: unschedule(one, by=who),
    planned, swept, one_restored,
)  # fmt: skip


def test_any_walk_is_legal(desk: Desk) -> None:
    dice = Random(20_261_122)
    with as_merchant(desk.loom):
        CopyRules.objects.create(merchant=desk.loom, four_eyes=True)
    drafts = [desk.draft(parts={"title": f"word {n}"}) for n in range(4)]
    drafts.append(copied(drafts[0], by=desk.people.mei))
    done = 0
    for _ in range(STEPS):
        step, draft = dice.choice(STEPS_OF), dice.choice(drafts)
        person = dice.choice((desk.people.mei, desk.people.edda))
        with as_merchant(desk.loom):
            draft.refresh_from_db()
        try:
            with acting(person.pk, "web"):
                step(draft, person, dice)
            done += 1
        except (Refused, Conflict):
            pass
        nothing_unapproved_is_live(desk)
    assert done > STEPS / 6, "most of the walk would be refusals"


def nothing_unapproved_is_live(desk: Desk) -> None:
    with as_merchant(desk.loom):
        text = ProductText.objects.get(product=desk.hoodie, locale="en", arm="")
        drafts = {one.pk: one for one in Draft.objects.all()}
        for copy in PublishedCopy.objects.all():
            assert drafts[copy.draft_id].approved and drafts[copy.draft_id].parts == copy.parts
    live = [one for one in drafts.values() if one.state == "published"]
    assert len(live) <= 1
    if text.provenance == "generated":
        assert text.title in {one.text for one in drafts.values() if one.approved}
    else:
        assert text.title == "Hoodie"
    for one in drafts.values():
        if one.approved and one.decided_by_id:
            assert one.decided_by_id not in one.authors
