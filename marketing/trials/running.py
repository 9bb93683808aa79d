"""A trial's life: begun with approved words, minded by the sweep, ended or adopted by a person.

For the portal and the worker. What shoppers meet is `PublishedCopy` and `ProductText` with the name
of an arm, chosen by `request.arms`; the database takes no words there that nobody approved. The
moment an experiment stops, everybody reads the usual text. Raises `Refused` with a reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import ProductText, PublishedCopy
from marketing.copy import publishing
from marketing.copy.channels import CHANNELS
from marketing.copy.deciding import locked
from marketing.copy.examining import Examine, Refused
from marketing.copy.publishing import IN_TEXT, live, place_of, provenance_of
from marketing.models import CopyVersion, Draft, DraftState, Trial, TrialArm
from marketing.trials.planning import AIMS, LIFTS, estimate, estimates, proposed, traffic
from profiles.experiments.running import start_on_text, stop
from profiles.models.experiment import Mode
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_merchant

Ending = Trial.Ending
# The usual text's name among the arms.
USUAL = "now"
MOST_ARMS = 4
# What must not rise while something else does: goods sent back, bad reviews. Fewer purchases are
# less margin, for the price is the same for all.
GUARDS = ("return", "complaint")


@dataclass(frozen=True)
class Wanted:
    """What a person wants to know; what is left out is proposed from the product's traffic."""

    aim: str = ""
    lift: float = 0.0
    mode: str = Mode.AB
    hypothesis: str = ""


def begin(
    drafts: Sequence[Draft],
    *,
    by: User | None,
    wanted: Wanted | None = None,
    examine: Examine | None = None,
) -> Trial:
    """Try approved drafts of one place beside the usual text, from the next page on."""
    wanted = wanted or Wanted()
    if not 1 <= len(drafts) < MOST_ARMS:
        raise Refused(_("Choose one to three texts to try."))
    with as_merchant(drafts[0].merchant_id):
        texts = [checked(draft, drafts[0], examine) for draft in drafts]
        return begun(texts, by, wanted)


def checked(draft: Draft, first: Draft, examine: Examine | None) -> Draft:
    """Return a draft as it stands, if it may be tried; `Refused` says why not."""
    now = locked(draft, DraftState.APPROVED)
    if place_of(now) != place_of(first):
        raise Refused(_("Texts that are compared belong to one product, channel and language."))
    if now.channel not in AIMS:
        raise Refused(
            _("Shoppers do not meet “%(channel)s” on the site, so it cannot be tried there.")
            % {"channel": CHANNELS[now.channel].label}
        )
    if now.parts == live(place_of(now)).parts:
        raise Refused(_("This is what everybody reads already."))
    publishing.hold(now, examine)
    return now


def begun(texts: Sequence[Draft], by: User | None, wanted: Wanted) -> Trial:
    """Write a trial down and let shoppers meet it. As the merchant."""
    first = texts[0]
    aim = wanted.aim if wanted.aim in AIMS[first.channel] else AIMS[first.channel][0]
    found, arms = traffic(first.product, aim), len(texts) + 1
    mode = Mode(wanted.mode) if wanted.mode in Mode.values else Mode.AB
    planned = (
        estimate(found, wanted.lift, arms, mode)
        if wanted.lift in LIFTS and found.rate * (1 + wanted.lift) < 1
        else proposed(estimates(found, arms, mode))
    )
    names = [USUAL, *(f"d{text.pk}" for text in texts)]
    guards = [*GUARDS, *(["purchase"] if aim != "purchase" else [])]
    try:
        with transaction.atomic():
            experiment = start_on_text(
                first.merchant, dict.fromkeys(names, 1 / arms), mode=mode,
                code=f"copy-{uuid.uuid4().hex[:12]}", name=str(first.product.sku)[:120],
                product=first.product, channel=first.channel, locale=first.locale,
                metric=aim, guardrails=guards,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            _("A text of this product is being tried in this language already.")
        ) from None
    trial = Trial.objects.create(
        merchant_id=first.merchant_id, product_id=first.product_id, channel=first.channel,
        locale=first.locale, experiment=experiment, by=by, control=live(place_of(first)).parts,
        hypothesis=" ".join(wanted.hypothesis.split())[:300], rate=found.rate,
        lift=planned.lift, people=planned.people, days=planned.days,
    )  # fmt: skip
    for text, name in zip(texts, names[1:], strict=True):
        put_on(trial, text, name)
    return trial


def put_on(trial: Trial, draft: Draft, name: str) -> None:
    """Let a draft's words be what those in an arm read. As the merchant."""
    place = place_of(draft)
    TrialArm.objects.create(
        merchant_id=trial.merchant_id, trial=trial, name=name, draft=draft, parts=draft.parts
    )  # fmt: skip
    if draft.channel in IN_TEXT:
        usual = publishing.text_of(place)
        if usual is None:
            raise Refused(_("The product has no text in this language to compare with."))
        words = {"title": usual.title, "description": usual.description} | draft.parts
        ProductText.objects.update_or_create(
            merchant_id=place.merchant_id, product_id=place.product_id, locale=place.locale,
            arm=name,
            defaults={**words, "provenance": provenance_of(draft),
                      "approved_by": draft.decided_by},
        )  # fmt: skip
    PublishedCopy.objects.update_or_create(
        **place.key, arm=name,
        defaults={"parts": dict(draft.parts), "provenance": provenance_of(draft),
                  "draft_id": draft.pk, "approved_by": draft.decided_by,
                  "published_at": timezone.now()},
    )  # fmt: skip


def take_off(trial: Trial) -> None:
    """Remove the words that those in the arms read. As the merchant."""
    names = [arm.name for arm in trial.arms.all()]
    mine = {"product": trial.product_id, "locale": trial.locale, "arm__in": names}
    ProductText.objects.filter(**mine).delete()
    PublishedCopy.objects.filter(**mine, channel=trial.channel).delete()


def end(trial: Trial, ending: str, *, by: User | None = None, winner: str = "") -> Trial:
    """End a running trial: everybody reads the usual text from the next page on."""
    with as_merchant(trial.merchant_id):
        now = Trial.objects.select_for_update(of=("self",)).select_related("experiment")
        trial = now.get(pk=trial.pk)
        if not stop(trial.experiment, f"{ending} {winner}".strip()):
            raise Refused(_("This trial is over already."))
        take_off(trial)
        trial.ending, trial.winner = ending, winner or trial.winner
        trial.decided_by, trial.ended_at = by, timezone.now()
        trial.save(update_fields=["ending", "winner", "decided_by", "ended_at"])
    return trial


def adopt(trial: Trial, name: str, *, by: User, examine: Examine | None = None) -> Trial:
    """Let an arm's words be what everybody reads, and end the trial; a person's decision."""
    with as_merchant(trial.merchant_id):
        arm = trial.arms.select_related("draft").filter(name=name).first()
        if arm is None or arm.draft is None:
            raise Refused(_("The draft behind this text is gone."))
        version = publishing.publish(arm.draft, by=by, examine=examine)
        if trial.experiment.stage == "running":
            trial = end(trial, Ending.ADOPTED, by=by, winner=name)
        trial.ending, trial.winner, trial.decided_by = Ending.ADOPTED, name, by
        trial.before = version.number - 1
        trial.save(update_fields=["ending", "winner", "decided_by", "before"])
    return trial


def roll_back(trial: Trial, *, by: User, examine: Examine | None = None) -> Trial:
    """Go back to what everybody read before: end a running trial, or take a winner down again."""
    if trial.experiment.stage == "running":
        return end(trial, Ending.BACK, by=by)
    if trial.ending != Ending.ADOPTED:
        raise Refused(_("There is nothing to roll back: everybody reads the usual text."))
    with as_merchant(trial.merchant_id):
        arm = trial.arms.select_related("draft").filter(name=trial.winner).first()
        draft = arm.draft if arm else None
        if draft is None or live(place_of(draft)).draft_id != draft.pk:
            raise Refused(_("Another text stands there by now; its history has every version."))
        before = CopyVersion.objects.filter(**place_of(draft).key, number=trial.before or 0).first()
        if before is not None and any(before.parts.values()):
            publishing.restore(before, by=by, examine=examine)
        else:
            publishing.withdraw(draft, by=by, examine=examine)
        trial.ending, trial.decided_by, trial.ended_at = Ending.BACK, by, timezone.now()
        trial.save(update_fields=["ending", "decided_by", "ended_at"])
    return trial
