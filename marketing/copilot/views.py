"""A shop asks its numbers in words; what should change is proposed, decided and taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.search.addressing import LARGEST_ID, clean_text
from catalog.tasks import index_products
from catalog.views._portal import member_view, role_in
from catalog.views.merchant_proposals import numbers, person_of
from marketing.copilot import deciding, offering
from marketing.copilot.answering import answer
from marketing.copilot.parsing import parse
from marketing.copilot.plans import Change, Misunderstood, Named, Plan
from marketing.copilot.proposing import propose, shown
from marketing.copilot.resolving import ShopNames
from marketing.copilot.wording import change_words, examples, in_words, refusal
from marketing.copy.tasks import write_brief
from marketing.figures.waiting import patient
from marketing.models import Proposal, Question
from marketing.models.question import LONGEST
from profiles.measuring import metrics_for
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

RECENT, CHANGES = 12, 8
# What an offer may ask for; the amounts are its own.
OFFERED = {("price", "percent", "-10"), ("stock", "add", "10"), ("copy", "brief", "")}


@require_http_methods(["GET", "HEAD", "POST"])
@member_view()
@patient
def merchant_copilot(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Take a question, or show where to put one, what was asked, and what waits for a yes."""
    if request.method == "POST":
        text = clean_text(request.POST.get("q", ""), LONGEST)
        if not text.strip():
            return redirect("merchant_copilot", merchant.slug)
        question = asked(request, merchant, text)
        return redirect("merchant_question", merchant.slug, question.pk)
    with as_merchant(merchant):
        context = around(request, merchant)
    return render(request, "marketing/merchant/copilot.html", context)


def asked(request: HttpRequest, merchant: Merchant, text: str) -> Question:
    """Keep a question with how it is read; a change that an editor asks for is proposed."""
    editor = role_in(request) in CATALOGUE_EDITORS
    with as_merchant(merchant):
        found = read(request, merchant, text)
        plan = found.as_json() if isinstance(found, Plan) else {}
        question = Question.objects.create(
            merchant=merchant, by=person_of(request), text=text, plan=plan,
            language=get_language() or "en",
        )  # fmt: skip
        if isinstance(found, Plan) and found.change and editor:
            propose(merchant, found, by=person_of(request), question=question)
    return question


def read(request: HttpRequest, merchant: Merchant, text: str) -> Plan | Misunderstood:
    """Read a question for this person. As the merchant."""
    metrics = metrics_for(role_in(request))
    return parse(text, ShopNames(merchant), timezone.localdate(), metrics)


def around(request: HttpRequest, merchant: Merchant) -> dict[str, Any]:
    """Return what stands around every answer. Two queries, as the merchant."""
    editor = role_in(request) in CATALOGUE_EDITORS
    recent = Question.objects.filter(merchant=merchant)[:RECENT]
    changes = Proposal.objects.of(merchant).select_related("by", "decided_by")[:CHANGES]
    return {
        "merchant": merchant,
        "nav": "copilot",
        "recent": list(recent),
        "changes": [change_row(one, editor) for one in changes],
        "examples": examples(metrics_for(role_in(request)), get_language() or "en"),
        "may_decide": editor,
    }


def change_row(one: Proposal, editor: bool) -> dict[str, Any]:
    """Return a proposal as the page shows it."""
    rows = shown(one)
    return {
        "pk": one.pk,
        "title": change_words(said(one)),
        "state": one.state,
        "state_label": one.get_state_display(),
        "by": one.by,
        "decided_by": one.decided_by,
        "at": one.undone_at or one.decided_at or one.made_at,
        "rows": rows[:10],
        "more": max(0, len(rows) - 10),
        "count": len(one.differences),
        "may_decide": editor and one.state == Proposal.State.PROPOSED,
        "may_undo": editor and one.state == Proposal.State.APPLIED,
        "question": one.question_id,
    }


def said(one: Proposal) -> Change:
    """Return a kept change as it was asked for."""
    kept = one.change
    if one.kind == "price":
        unit = "%" if kept["mode"] == "percent" else kept["currency"]
        return Change("price", kept["mode"], str(kept["amount"]), unit)
    if one.kind == "stock":
        return Change("stock", kept["mode"], str(kept["quantity"]))
    if one.kind == "status":
        return Change("status", "set", str(kept["value"]))
    if one.kind == "campaign":
        if kept["what"] == offering.MESSAGE:
            return Change("campaign", offering.MESSAGE)
        unit = "%" if kept["kind"] == "percent" else kept["currency"]
        return Change("campaign", offering.COUPON, str(kept["value"]), unit)
    return Change("copy", "brief", unit=str(kept.get("channel", "")))


def question_of(merchant: Merchant, pk: int) -> Question:
    """Return this shop's question, or 404. As the merchant."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    return row_of(Question.objects.all(), merchant, pk=pk)


@require_safe
@member_view()
@patient
def merchant_question(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show how a question was understood, the numbers as of now, and what may be done."""
    now, editor = timezone.now(), role_in(request) in CATALOGUE_EDITORS
    with as_merchant(merchant):
        question = question_of(merchant, pk)
        plan = Plan.of(question.plan)
        may = {one.code for one in metrics_for(role_in(request))}
        if plan is not None and not may.issuperset(plan.metrics):
            plan = None
        own = Proposal.objects.of(merchant).filter(question=question)
        context = around(request, merchant) | {
            "question": question,
            "own": [change_row(one, editor) for one in own.select_related("by", "decided_by")],
        }
        if plan is None:
            context["refused"] = refused(read(request, merchant, question.text))
        elif plan.change:
            context |= proposed(request, merchant, plan, bool(context["own"]))
    if plan is not None:
        context["words"] = in_words(plan, now)
        if not plan.change:
            context["answer"] = answer(merchant, plan, now, editor=editor)
    return render(request, "marketing/merchant/copilot.html", context)


def refused(found: Plan | Misunderstood) -> tuple[str, str]:
    """Return why a question has no answer."""
    if isinstance(found, Misunderstood):
        return refusal(found)
    return _("This question can be read now."), _("Ask it again.")


def proposed(request: HttpRequest, merchant: Merchant, plan: Plan, there: bool) -> dict[str, Any]:
    """Return why a change was not proposed; nothing where it was. As the merchant."""
    if there:
        return {}
    if role_in(request) not in CATALOGUE_EDITORS:
        return {"refused": (_("Changes are proposed by owners and editors."), "")}
    with transaction.atomic():
        found = propose(merchant, plan, by=person_of(request))
        transaction.set_rollback(True)
    if isinstance(found, Misunderstood):
        return {"refused": refusal(found)}
    return {"refused": (_("This change could not be proposed then."), _("Ask it again."))}


@require_POST
@member_view(CATALOGUE_EDITORS)
@patient
def question_propose(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Propose what an answer offers, for the products that stand in it."""
    offer = tuple(request.POST.get(name, "") for name in ("kind", "mode", "amount"))
    with as_merchant(merchant):
        question = question_of(merchant, pk)
        products = tuple(sorted(numbers(request.POST.getlist("product"))))[:50]
        if offer not in OFFERED or not products:
            messages.warning(request, _("Choose one of the offered changes."))
            return redirect("merchant_question", merchant.slug, pk)
        kind, mode, amount = offer
        change = Change(kind, mode, amount, "%" if mode == "percent" else "")
        plan = Plan("change", change=change, names=(Named("product", products, ""),))
        found = propose(merchant, plan, by=person_of(request), question=question)
    if isinstance(found, Misunderstood):
        messages.warning(request, " ".join(refusal(found)))
    return redirect("merchant_question", merchant.slug, pk)


@require_POST
@member_view(CATALOGUE_EDITORS)
def change_decide(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Apply a proposal, dismiss it, or take it back."""
    doing = {"apply": deciding.apply, "dismiss": deciding.dismiss, "undo": deciding.undo}
    act = doing.get(request.POST.get("do", ""))
    with as_merchant(merchant):
        if pk > LARGEST_ID:
            raise Http404(_("There is no such page."))
        found = row_of(Proposal.objects.all(), merchant, pk=pk)
    try:
        if act is None:
            raise deciding.NotNow("unclear")
        done = act(merchant, found.pk, by=person_of(request))
    except deciding.NotNow as problem:
        messages.warning(request, not_now(problem.why))
    else:
        ring(merchant, done)
        messages.success(request, told(done))
    if found.question_id:
        return redirect("merchant_question", merchant.slug, found.question_id)
    return redirect("merchant_copilot", merchant.slug)


def ring(merchant: Merchant, done: Proposal) -> None:
    """Tell workers what there is to do now."""
    if done.state == Proposal.State.APPLIED:
        for brief in done.made.get("briefs", []):
            transaction.on_commit(partial(write_brief.delay, brief), robust=True)
    transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)


def not_now(why: str) -> str:
    """Say why a decision could not be carried out; nothing was changed."""
    return {
        "unclear": _("Choose what is to be done with it."),
        "decided": _("Somebody has decided this already."),
        "changed": _("Somebody has changed these products since, so nothing was done. Ask again."),
        "used": _("Somebody has gone on working with it, so nothing was taken back."),
    }[why]


def told(done: Proposal) -> str:
    """Say what was done."""
    return {
        "applied": _("Done. It can be taken back as a whole."),
        "dismissed": _("Dismissed. Nothing was changed."),
        "undone": _("Taken back. Everything is as it was."),
    }[done.state]
