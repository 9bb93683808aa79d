"""Approved words go to their place, and any text that stood there can come back.

For the portal, the sweep and trials. Titles and descriptions go to `ProductText`, every channel to
`PublishedCopy`; each step is a `CopyVersion`. What no longer holds is not published. Functions open
their own transaction as the shop and raise `Refused`; they ring nobody: product texts get their
revision from the database.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product, ProductText, PublishedCopy
from catalog.models.product import Provenance
from marketing.copy.deciding import locked, take_back
from marketing.copy.examining import Examine, Refused, examined, reasons_of
from marketing.models import CopyVersion, Draft, DraftState
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_everyone, as_merchant

IN_TEXT = ("title", "description")
FARTHEST = datetime.timedelta(days=366)
Act = CopyVersion.Act


@dataclass(frozen=True)
class Live:
    """What stands in a place now: its parts, who wrote them, and the draft behind them if any."""

    parts: dict[str, str]
    provenance: str = Provenance.MERCHANT
    draft_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a text stands: a product, a channel and a language."""

    merchant_id: int
    product_id: int
    channel: str
    locale: str

    @property
    def key(self) -> dict[str, Any]:
        """Return the place as the columns of every table that has it."""
        return {
            "merchant_id": self.merchant_id, "product_id": self.product_id,
            "channel": self.channel, "locale": self.locale,
        }  # fmt: skip


def place_of(row: Draft | CopyVersion) -> Place:
    """Return where a draft or version belongs."""
    return Place(row.merchant_id, row.product_id, row.channel, row.locale)


def live(place: Place) -> Live:
    """Return what everybody reads in a place now. At most two queries; as the merchant."""
    copy = PublishedCopy.objects.filter(**place.key, arm="").first()
    if place.channel not in IN_TEXT:
        return Live(dict(copy.parts), copy.provenance, copy.draft_id) if copy else Live({})
    text = text_of(place)
    words = getattr(text, place.channel, "") if text else ""
    parts = {place.channel: words} if words else {}
    if copy and copy.parts == parts:
        return Live(parts, copy.provenance, copy.draft_id)
    typed = text.provenance if text and text.provenance != Provenance.GENERATED else ""
    return Live(parts, typed or Provenance.MERCHANT)


def text_of(place: Place) -> ProductText | None:
    """Return the product's text in the place's language. One query."""
    return ProductText.objects.filter(product=place.product_id, locale=place.locale, arm="").first()


def publish(draft: Draft, *, by: User | None, examine: Examine | None = None) -> CopyVersion:
    """Put an approved draft's words in their place, if they still hold; return the version.

    ``by`` None: the sweep, at the time that a person has set.
    """
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.APPROVED, DraftState.SCHEDULED)
        hold(now, examine)
        place = place_of(now)
        remember(place)
        stand(place, now)
        stood = Live(dict(now.parts), provenance_of(now), now.pk)
        return note(place, Act.PUBLISHED, stood, draft=now, by=by)


def hold(draft: Draft, examine: Examine | None) -> None:
    """Check that a draft's claims hold at this moment; `Refused` names those that do not."""
    if not examined(draft, examine or examiner()).publishable:
        raise Refused(_("Something in it no longer holds, so it was not published."),
                      reasons_of(draft))  # fmt: skip


def examiner() -> Examine:
    """Return the real check, loaded when it is first needed."""
    from marketing.copy.checking import examine

    return examine


def provenance_of(draft: Draft) -> str:
    """Return who is said to have written a draft: a model, if one had a hand in it."""
    return Provenance.GENERATED if draft.writer else Provenance.MERCHANT


def stand(place: Place, draft: Draft) -> None:
    """Let a draft's words stand in their place, and the one before it be replaced."""
    write(place, draft.parts, provenance_of(draft), draft)
    others = Draft.objects.beside(draft).filter(state=DraftState.PUBLISHED)
    others.update(state=DraftState.REPLACED)
    draft.state, draft.published_at = DraftState.PUBLISHED, timezone.now()
    draft.publish_at, draft.stopped = None, ""
    draft.save()


def write(place: Place, parts: Mapping[str, str], provenance: str, draft: Draft | None) -> None:
    """Write words to where they are read; empty ones are taken away."""
    rows = PublishedCopy.objects.filter(**place.key, arm="")
    if place.channel in IN_TEXT:
        write_text(place, parts.get(place.channel, ""), provenance, draft)
    if draft is None or not any(parts.values()):
        rows.delete()
        return
    PublishedCopy.objects.update_or_create(
        **place.key, arm="",
        defaults={"parts": dict(parts), "provenance": provenance, "draft_id": draft.pk,
                  "approved_by": draft.decided_by, "published_at": timezone.now()},
    )  # fmt: skip


def write_text(place: Place, words: str, provenance: str, draft: Draft | None) -> None:
    """Write a title or description; the row says “generated” while either of the two is."""
    text = text_of(place)
    if place.channel == "title" and not words:
        raise Refused(_("A product keeps its title: publish or restore another one instead."))
    if text is None and place.channel == "description":
        raise Refused(_("The product has no title in this language yet. Publish a title first."))
    other = "description" if place.channel == "title" else "title"
    rows = ProductText.objects.filter(product=place.product_id, locale=place.locale, arm="")
    said = {
        place.channel: words,
        "provenance": provenance,
        "approved_by": draft.decided_by if draft else (text.approved_by if text else None),
    }
    if text is None:
        ProductText.objects.create(
            merchant_id=place.merchant_id, product_id=place.product_id, locale=place.locale, **said
        )  # fmt: skip
        return
    rows.update(**said)
    # A person's words beside a model's: written first, so that the database sees whose they are.
    if provenance != Provenance.GENERATED and is_generated(place, other, text):
        rows.update(provenance=Provenance.GENERATED)


def is_generated(place: Place, channel: str, text: ProductText) -> bool:
    """Tell whether the text's other half is a model's words as they were published."""
    return PublishedCopy.objects.filter(
        product=place.product_id, locale=place.locale, channel=channel, arm="",
        provenance=Provenance.GENERATED, parts={channel: getattr(text, channel)},
    ).exists()  # fmt: skip


def versions(place: Place) -> Any:
    """Return every text that stood in a place, the newest first."""
    return CopyVersion.objects.filter(**place.key).order_by("-number")


def note(
    place: Place, act: str, stood: Live, *, draft: Draft | None, by: User | None
) -> CopyVersion:
    """Write a version down, numbered on; the product is locked, so numbers do not meet."""
    last = versions(place).values_list("number", flat=True).first() or 0
    return CopyVersion.objects.create(
        **place.key,
        number=last + 1,
        act=act,
        parts=stood.parts,
        provenance=stood.provenance,
        draft=draft,
        by=by,
    )


def remember(place: Place) -> Live:
    """Lock the product, and keep what stands in a place if no version has it. As the merchant."""
    Product.objects.select_for_update(of=("self",)).get(pk=place.product_id)
    now = live(place)
    latest = versions(place).first()
    if (now.parts or latest) and (latest is None or latest.parts != now.parts):
        draft = Draft.objects.filter(pk=now.draft_id or 0).first()
        note(place, Act.FOUND, now, draft=draft, by=None)
    return now


def schedule(draft: Draft, at: datetime.datetime, *, by: User) -> Draft:
    """Plan an approved draft for a moment to come, within a year."""
    now = timezone.now()
    if not now < at <= now + FARTHEST:
        raise Refused(_("Choose a time between now and a year from now."))
    with as_merchant(draft.merchant_id):
        planned = locked(draft, DraftState.APPROVED, DraftState.SCHEDULED)
        if planned.state == DraftState.SCHEDULED:
            planned.state = DraftState.APPROVED
            planned.save()
        planned.state, planned.publish_at, planned.stopped = DraftState.SCHEDULED, at, ""
        planned.save()
    return planned


def unschedule(draft: Draft, *, by: User | None, why: str = "") -> Draft:
    """Take a plan away; the approval stays. ``why``: what kept the sweep from publishing."""
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.SCHEDULED)
        now.state, now.publish_at, now.stopped = DraftState.APPROVED, None, why[:500]
        now.save()
    return now


def publish_due(*, examine: Examine | None = None, most: int = 100) -> int:
    """Publish every planned draft whose time has come; one that no longer holds says so."""
    with as_everyone():
        due = list(Draft.objects.due().order_by("publish_at", "pk")[:most])
    done = 0
    for draft in due:
        try:
            publish(draft, by=None, examine=examine)
            done += 1
        except Refused as refusal:
            stop(draft, " ".join([str(refusal), *refusal.reasons]))
    return done


def stop(draft: Draft, why: str) -> None:
    """Note on a planned draft why it was not published, unless a person was faster."""
    try:
        unschedule(draft, by=None, why=why)
    except Refused:
        return


def withdraw(draft: Draft, *, by: User, examine: Examine | None = None) -> Draft:
    """Take a text down: what stood there before comes back. An unpublished approval ends."""
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.APPROVED, DraftState.SCHEDULED, DraftState.PUBLISHED)
        stood = now.state == DraftState.PUBLISHED
        now.approved_at = now.approved_at if stood else None
        now.state, now.publish_at = DraftState.WITHDRAWN, None
        now.save()
        if stood:
            step_back(now, by, examine)
    return now


def step_back(draft: Draft, by: User, examine: Examine | None) -> None:
    """Let what stood before a draft stand again: the newest other text that may."""
    place = place_of(draft)
    stood = remember(place)
    if stood.draft_id != draft.pk:
        return  # somebody has written over it: there is nothing of it to take down
    for version in versions(place).exclude(draft=draft):
        if version.parts != stood.parts and usable(version, examine):
            put_back(version, Act.WITHDRAWN, by)
            return
    write(place, {}, Provenance.MERCHANT, None)
    note(place, Act.WITHDRAWN, Live({}), draft=None, by=by)


def usable(version: CopyVersion, examine: Examine | None) -> bool:
    """Tell whether a former text may stand again: a person's own, or approved and still true."""
    if version.draft is None:
        return version.provenance != Provenance.GENERATED
    if version.draft.state == DraftState.WITHDRAWN:
        return False  # a person has taken it down
    try:
        hold(version.draft, examine)
    except Refused:
        return False
    return version.draft.approved


def restore(version: CopyVersion, *, by: User, examine: Examine | None = None) -> CopyVersion:
    """Let a former text stand again, if what it claims still holds; return the new version."""
    with as_merchant(version.merchant_id):
        remember(place_of(version))
        if version.draft is not None:
            version.draft = locked(version.draft)
            if not version.draft.approved:
                raise Refused(_("The approval of this text has ended. Submit it again."))
            hold(version.draft, examine)
        elif version.provenance == Provenance.GENERATED and any(version.parts.values()):
            raise Refused(_("The draft behind this version is gone, so nobody answers for it."))
        return put_back(version, Act.RESTORED, by)


def put_back(version: CopyVersion, act: str, by: User | None) -> CopyVersion:
    """Write a former version's words to their place and note it."""
    place, draft = place_of(version), version.draft
    if draft is not None and draft.state != DraftState.PUBLISHED:
        stand(place, draft)
    else:
        write(place, version.parts, version.provenance, draft)
        if draft is None:
            Draft.objects.filter(**place.key, state=DraftState.PUBLISHED).update(
                state=DraftState.REPLACED
            )
    stood = Live(dict(version.parts), version.provenance)
    return note(place, act, stood, draft=draft, by=by)


def reconsider(draft: Draft, *, by: User, examine: Examine | None = None) -> Draft:
    """Undo a decision: the draft waits again, and what it had published is taken down."""
    with as_merchant(draft.merchant_id):
        now = locked(draft)
        if now.state in (DraftState.PUBLISHED, DraftState.SCHEDULED):
            now = withdraw(now, by=by, examine=examine)
        if now.state in (DraftState.APPROVED, DraftState.WITHDRAWN):
            now = take_back(now, by=by)
        now = locked(now, DraftState.DRAFT, DraftState.REJECTED)
        now.state, now.submitted_at = DraftState.SUBMITTED, draft.submitted_at or timezone.now()
        now.reason, now.decided_by, now.decided_at = "", None, None
        now.save()
    return now
