"""Trials of copy in the portal: their list, the wizard, and one trial with what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.presenting.cards import product_url
from catalog.views._portal import page_of
from catalog.views._results import show
from marketing.copy.examining import Refused
from marketing.copy.presenting.drafts import draft_row, side_by_side
from marketing.copy.publishing import live, place_of
from marketing.copy.views._desk import (
    PRODUCT,
    draft_of,
    known,
    may_write,
    person_of,
    ring_indexing,
)
from marketing.models import Draft, DraftState, Trial
from marketing.models.trial import TrialQuerySet
from marketing.trials.forms import TrialForm
from marketing.trials.minding import shown
from marketing.trials.planning import AIMS, LIFTS, Traffic, estimates, proposed, traffic
from marketing.trials.presenting import (
    arm_rows,
    chart,
    estimate_rows,
    guard_rows,
    pace_of,
    ranking_row,
    trial_row,
)
from marketing.trials.running import MOST_ARMS, Ending, Wanted, adopt, begin, end, roll_back
from marketing.trials.telling import AIMS as AIM_NAMES
from marketing.trials.telling import percent, told
from profiles.experiments.counting import met_by
from profiles.experiments.running import results
from profiles.models import Experiment, Stage
from profiles.models.experiment import Mode
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

LIST, NEW, ONE = (f"marketing/merchant/{name}.html" for name in ("trials", "trial_new", "trial"))
CHOICES = 30
RANKINGS = 3


def trials_of(merchant: Merchant) -> TrialQuerySet:
    """Return a shop's trials with what lists and pages show."""
    rows = Trial.objects.of(merchant).select_related("product", "experiment", "by", "decided_by")
    return rows.prefetch_related(*PRODUCT, "arms__draft")


@require_safe
@member_view()
def merchant_trials(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the shop's trials, those that run first; htmx gets the list alone."""
    over = request.GET.get("state") == "over"

    def url(number: int) -> str:
        asked = {"state": "over" if over else "", "page": number if number > 1 else ""}
        kept = urlencode({name: value for name, value in asked.items() if value})
        return reverse("merchant_trials", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        mine = trials_of(merchant)
        running = mine.running()
        counts = (running.count(), mine.count())
        rows = mine.exclude(experiment__stage=Stage.RUNNING) if over else running
        found, total, pages = page_of(request, rows, url)
        met = met_by([one.experiment for one in found])
        context = {
            "merchant": merchant, "nav": "trials", "may_write": may_write(request),
            "rows": [trial_row(one, met.get(one.experiment_id, 0)) for one in found],
            "total": total, "pages": pages, "over": over, "rankings": rankings(),
            "tabs": [
                {"label": _("Running"), "count": counts[0], "selected": not over,
                 "url": reverse("merchant_trials", args=[merchant.slug])},
                {"label": _("Over"), "count": counts[1] - counts[0], "selected": over,
                 "url": reverse("merchant_trials", args=[merchant.slug]) + "?state=over"},
            ],
        }  # fmt: skip
    return show(request, LIST, context, "list")


def rankings() -> list[dict[str, Any]]:
    """Return the newest experiments on the market place's lists. Two queries each."""
    rows = Experiment.objects.filter(merchant=None, product=None).exclude(stage=Stage.DRAFT)
    return [ranking_row(one, results(one)) for one in rows[:RANKINGS]]


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_trial_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Choose an approved text to try and say what it is to show; begin it, with one click too."""
    sent = request.POST if request.method == "POST" else request.GET
    with as_merchant(merchant):
        draft = draft_of(merchant, number(sent.get("draft", ""))) if sent.get("draft") else None
        if draft is None:
            return render(request, NEW, choosing(merchant))
        others = siblings(draft)
        form = TrialForm(draft, others, sent) if draft.channel in AIMS else None
        if request.method != "POST":
            return show(request, NEW, wizard(merchant, draft, others, form), "estimate")
    return begun(request, merchant, draft, others, form)


def begun(
    request: HttpRequest,
    merchant: Merchant,
    draft: Draft,
    others: Sequence[Draft],
    form: TrialForm | None,
) -> HttpResponse:
    """Begin a trial, or say why not."""
    if form is not None:
        form.full_clean()
    said = form.cleaned_data if form is not None else {}
    chosen = [one for one in others if str(one.pk) in said.get("others", [])]
    wanted = Wanted(
        said.get("aim", ""), said.get("lift") or 0.0, said.get("mode", ""),
        said.get("hypothesis", ""),
    )  # fmt: skip
    try:
        trial = begin([draft, *chosen][: MOST_ARMS - 1], by=person_of(request), wanted=wanted)
    except Refused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.reasons[:5]]))
        new = reverse("merchant_trial_new", args=[merchant.slug])
        return redirect(f"{new}?draft={draft.pk}" if draft.channel in AIMS else new)
    ring_indexing(merchant)
    messages.success(request, _("The trial runs. Shoppers who agreed meet the texts from now on."))
    return redirect("merchant_trial", merchant.slug, trial.pk)


def number(said: str) -> int:
    """Return the id that was sent, or 404."""
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Http404(_("There is no such page."))
    return known(int(said))


def siblings(draft: Draft) -> list[Draft]:
    """Return other approved texts for the same place. As the merchant."""
    return list(Draft.objects.beside(draft).filter(state=DraftState.APPROVED)[:5])


def choosing(merchant: Merchant) -> dict[str, Any]:
    """Return the approved texts that can be tried, the newest first. As the merchant."""
    rows = Draft.objects.of(merchant).filter(state=DraftState.APPROVED, channel__in=AIMS)
    found = rows.select_related("product", "made_by").prefetch_related(*PRODUCT)[:CHOICES]
    return {
        "merchant": merchant, "nav": "trials", "draft": None,
        "choices": [draft_row(one) for one in found],
    }  # fmt: skip


def wizard(
    merchant: Merchant, draft: Draft, others: Sequence[Draft], form: TrialForm | None
) -> dict[str, Any]:
    """Return what the wizard shows of one draft, with what is proposed. As the merchant."""
    context: dict[str, Any] = {
        "merchant": merchant, "nav": "trials", "draft": draft, "row": draft_row(draft),
        "approved": draft.state == DraftState.APPROVED,
        "running": Trial.objects.of(merchant).running()
        .filter(product=draft.product_id, locale=draft.locale).first(),
    }  # fmt: skip
    if form is None:
        return context
    form.full_clean()
    said = form.cleaned_data
    aim = said.get("aim") or AIMS[draft.channel][0]
    mode = said.get("mode") or str(Mode.AB)
    arms = 2 + len(said.get("others", []))
    found = traffic(draft.product, aim)
    rows = estimates(found, arms, mode)
    lift = said.get("lift") or 0.0
    lift = lift if lift in [one.lift for one in rows] else proposed(rows).lift
    form = TrialForm(draft, others, initial={**said, "aim": aim, "mode": mode, "lift": lift})
    return context | {
        "form": form, "sides": side_by_side(draft, live(place_of(draft)).parts),
        "traffic": traffic_said(found, aim), "estimates": estimate_rows(rows, lift),
        "borrowed": found.borrowed, "lifts": LIFTS,
    }  # fmt: skip


def traffic_said(found: Traffic, aim: str) -> dict[str, str]:
    """Return a product's traffic in words."""
    return {
        "people": f"{found.people:,}", "aim": str(AIM_NAMES[aim]), "rate": percent(found.rate),
    }  # fmt: skip


@require_safe
@member_view()
def merchant_trial(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show one trial: what it shows, in words, figures and a chart, and what may be done."""
    with as_merchant(merchant):
        trial = row_of(trials_of(merchant), merchant, pk=known(pk))
        found = shown(trial)
        met = sum(one.people for one in found.totals.values())
        standing = trial.arms.filter(name=trial.winner).first()
        context = {
            "merchant": merchant, "nav": "trials", "trial": trial, "row": trial_row(trial, met),
            "may_write": may_write(request),
            "told": told(trial, found, pace_of(trial, met)),
            "arms": arm_rows(trial, found), "guards": guard_rows(trial, found),
            "chart": chart(trial, found), "aim": AIM_NAMES[trial.experiment.metric],
            "leader": found.decision.arm if found.decision.doing == "adopt" else "",
            "broken": found.decision.doing == "fault",
            "lift": percent(trial.lift), "rate": percent(trial.rate),
            "can_roll_back": trial.running
            or (trial.ending == Ending.ADOPTED and stands(standing.draft if standing else None)),
            "product_url": product_url(merchant.slug, trial.product.sku),
        }  # fmt: skip
    return show(request, ONE, context, "figures")


def stands(draft: Draft | None) -> bool:
    """Tell whether a draft's words are what everybody reads. As the merchant."""
    return draft is not None and live(place_of(draft)).draft_id == draft.pk


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_trial_act(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Stop a trial, adopt a text, or go back to what everybody read before."""
    doing, person = request.POST.get("do", ""), person_of(request)
    with as_merchant(merchant):
        trial = row_of(trials_of(merchant), merchant, pk=known(pk))
    try:
        if doing == "stop":
            end(trial, Ending.STOPPED, by=person)
            messages.success(request, _("Stopped. Everybody reads the usual text."))
        elif doing == "adopt":
            adopt(trial, request.POST.get("arm", "")[:40], by=person)
            messages.success(request, _("Adopted. Everybody reads it from now on."))
        elif doing == "back":
            roll_back(trial, by=person)
            messages.success(request, _("Rolled back. Everybody reads what stood there before."))
        ring_indexing(merchant)
    except Refused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.reasons[:5]]))
    return redirect("merchant_trial", merchant.slug, trial.pk)
