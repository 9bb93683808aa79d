"""A shop's campaigns: written, previewed, released, cancelled, and what they brought."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import Product
from catalog.views._portal import member_view, page_of, role_in
from marketing.models import Campaign, CampaignStage
from marketing.reaching.campaign_form import CampaignForm, first_of, words_taken
from marketing.reaching.gathering import cancel
from marketing.reaching.presenting import message
from marketing.reaching.presenting.campaigns import result_of, row_of, stage_said, ways_said
from marketing.reaching.releasing import faults_of, release
from profiles.consenting import held
from profiles.segments.counting import reach, wanted
from profiles.segments.telling import explained, people, reached
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.access import row_of as own_row
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant

PER_PAGE = 15
NAMES = {"zh-hans": "中文", "en": "English"}


@require_safe
@member_view()
def merchant_campaigns(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the campaigns, the newest first, with what each brought."""
    with as_merchant(merchant):
        rows = Campaign.objects.filter(merchant=merchant).select_related("segment", "merchant")
        found, total, pages = page_of(
            request, rows, lambda number: f"{request.path}?page={number}", size=PER_PAGE
        )
    context = {
        "merchant": merchant,
        "nav": "campaigns",
        "rows": [row_of(one) for one in found],
        "total": total,
        "pages": pages,
        "may_edit": role_in(request) in CATALOGUE_EDITORS,
    }
    return render(request, "marketing/merchant/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def campaign_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Write a new campaign, perhaps to a segment or about a product that is named."""
    first: dict[str, Any] = {"segment": request.GET.get("segment", "")[:20]}
    first["skus"] = request.GET.get("sku", "")[:100]
    return campaign_form(request, merchant, None, first)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def campaign_edit(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Change a campaign that is still a draft."""
    found = campaign_of(merchant, pk)
    if found.stage != CampaignStage.DRAFT:
        messages.error(request, _("A released campaign is not changed any more."))
        return to_page(found)
    with as_merchant(merchant):
        first = first_of(found)
    return campaign_form(request, merchant, found, first)


def campaign_form(
    request: HttpRequest, merchant: Merchant, found: Campaign | None, first: dict[str, Any]
) -> HttpResponse:
    """Show the form; keep what was sent, or fill in approved words first."""
    sent = request.POST if request.method == "POST" else None
    with as_merchant(merchant):
        form = CampaignForm(merchant, sent, initial=first)
        taking = sent is not None and sent.get("act") == "take"
        if taking:
            form = with_words(merchant, form, sent)  # type: ignore[arg-type]
        elif sent is not None and form.is_valid():
            kept = form.save(found, int(request.user.pk or 0))
            messages.success(request, _("The draft is kept. Look at it, then release it."))
            return to_page(kept)
        has_segments = form.fields["segment"].queryset.exists()  # type: ignore[attr-defined]
        context = {
            "merchant": merchant, "nav": "campaigns", "campaign": found, "form": form,
            "texts": [(code, name, form.texts(code)) for code, name in NAMES.items()],
            "has_segments": has_segments,
            "skus": list(Product.objects.live().filter(merchant=merchant)
                         .order_by("sku").values_list("sku", flat=True)[:200]),
        }  # fmt: skip
        status = 422 if sent is not None and not taking else 200
        return render(request, "marketing/merchant/campaign_form.html", context, status=status)


def with_words(merchant: Merchant, form: CampaignForm, sent: dict[str, Any]) -> CampaignForm:
    """Return the form with the words of the chosen draft filled in, nothing judged yet."""
    form.full_clean()
    draft = form.cleaned_data.get("take")
    filled = {name: sent.getlist(name) for name in form.fields if name in sent}  # type: ignore[attr-defined]
    first = {name: values if name == "ways" else values[-1] for name, values in filled.items()}
    return CampaignForm(merchant, initial=first | (words_taken(draft) if draft else {}))


def campaign_of(merchant: Merchant, pk: int) -> Campaign:
    """Return this shop's campaign, or 404."""
    with as_merchant(merchant):
        rows = Campaign.objects.select_related(
            "merchant", "segment__seed", "coupon", "made_by", "released_by"
        )
        found: Campaign = own_row(rows, merchant, pk=pk)
    return found


def to_page(campaign: Campaign) -> HttpResponse:
    """Lead to a campaign's page."""
    slug = campaign.merchant.slug
    return HttpResponseRedirect(reverse("merchant_campaign", args=[slug, campaign.pk]))


@require_safe
@member_view()
def merchant_campaign(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show a campaign: whom, what, when, what keeps it back, what it brought."""
    found = campaign_of(merchant, pk)
    draft = found.stage == CampaignStage.DRAFT
    counts = reach(wanted(found.segment)) if found.open or draft else None
    with as_merchant(merchant):
        about = list(Product.objects.filter(pk__in=found.products).prefetch_related("texts"))
        said = explained(found.segment)
    context = {
        "merchant": merchant, "nav": "campaigns", "campaign": found, "said": said,
        "stage": stage_said(found), "ways": ways_said(found), "about": about,
        "counts": {"people": people(counts.people), "ways": reached(counts)} if counts else None,
        "faults": faults_of(found) if draft else [],
        "result": result_of(found) if found.started_at else None,
        "may_edit": role_in(request) in CATALOGUE_EDITORS,
    }  # fmt: skip
    context["blocked"] = any(one.blocks for one in context["faults"])  # type: ignore[attr-defined]
    return render(request, "marketing/merchant/campaign.html", context)


@require_POST
@member_view(CATALOGUE_EDITORS)
def campaign_act(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Release a draft, cancel what goes out, copy a campaign, or throw a draft away."""
    found, act = campaign_of(merchant, pk), request.POST.get("act", "")
    if act == "release" and found.stage == CampaignStage.DRAFT:
        stopping = release(found, request.user)  # type: ignore[arg-type]
        if stopping:
            messages.error(request, _("It cannot go out: %(why)s") % {"why": stopping[0].text})
        else:
            messages.success(request, _("It is released."))
    elif act == "cancel" and found.open:
        stopped = cancel(found)
        messages.success(
            request, _("Cancelled. Messages that did not go out: %(count)s.") % {"count": stopped}
        )
    elif act == "copy":
        with as_merchant(merchant):
            return to_page(copied(found, int(request.user.pk or 0)))
    elif act == "remove" and found.stage == CampaignStage.DRAFT:
        with as_merchant(merchant):
            Campaign.objects.filter(pk=found.pk, stage=CampaignStage.DRAFT).delete()
        messages.success(request, _("The draft is thrown away."))
        return HttpResponseRedirect(reverse("merchant_campaigns", args=[merchant.slug]))
    return to_page(found)


def copied(found: Campaign, by: int) -> Campaign:
    """Save a campaign anew as a draft with a split of its own."""
    form = {one.name: getattr(found, one.attname) for one in Campaign._meta.concrete_fields}
    kept = ("name", "ways", "texts", "products", "personal", "holdout", "cap", "window_days")
    return Campaign.objects.create(
        merchant=found.merchant, segment=found.segment, coupon=found.coupon, made_by_id=by,
        salt=f"{found.salt[:15]}{found.pk}"[:32], **{name: form[name] for name in kept},
    )  # fmt: skip


@require_safe
@member_view(CATALOGUE_EDITORS)
def campaign_preview(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show the messages as a reader gets them: of a language, or oneself if one agreed.

    The readers are examples: no customer's own mail is shown to a shop.
    """
    found = campaign_of(merchant, pk)
    language = request.GET.get("as", "")
    if language not in ("en", "zh-hans", "me"):
        language = next(iter(found.texts), "zh-hans")
    reader = Shopper.objects.filter(user=request.user.pk).first() if language == "me" else None
    if reader is not None and not held(reader).personalisation:
        reader = None
    spoken = (translation.get_language() or "en") if language == "me" else language
    context = {
        "merchant": merchant, "nav": "campaigns", "campaign": found, "shown_as": language,
        "email": email_shown(found, spoken, reader), "notice": notice_shown(found, spoken),
        "known": reader is not None,
    }  # fmt: skip
    return render(request, "marketing/merchant/campaign_preview.html", context)


def email_shown(campaign: Campaign, language: str, reader: Shopper | None) -> dict[str, Any] | None:
    """Return the email as a page for the preview, None if there is none."""
    words = message.words_of(campaign, language, "email") if "email" in campaign.ways else None
    if words is None:
        return None
    with translation.override(words[0]):
        page = message.page_of(campaign, words[1], message.preview_links(campaign), reader)
        text = message.written(page, words[0]).body
    return page | {"text": text, "language": words[0]}


def notice_shown(campaign: Campaign, language: str) -> dict[str, Any] | None:
    """Return the notice for app and site, None if there is none."""
    ways = {"push", "site"} & set(campaign.ways)
    words = message.words_of(campaign, language, "push") if ways else None
    if words is None:
        return None
    with translation.override(words[0]):
        coupon = message.coupon_said(campaign.coupon) if campaign.coupon else None
    return {"title": words[1]["title"], "body": words[1]["line"], "language": words[0],
            "code": coupon["code"] if coupon else ""}  # fmt: skip
