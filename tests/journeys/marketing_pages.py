"""Marketing's pages of the gallery: each address with its template and its made-up context."""

from collections.abc import Callable
from typing import Any

from tests.journeys import (
    copy_samples,
    figure_samples,
    listening_samples,
    reaching_samples,
    stocking_samples,
    trial_samples,
)
from tests.journeys.samples import SHOPS, say


def shop(nav: str, **fields: Any) -> dict[str, Any]:
    """Return what every portal page has, and ``fields``."""
    return {"merchant": {"name": say(*SHOPS[1]), "slug": "tingbu"}, "nav": nav} | fields


MARKETING: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "merchant/copy/": (
        "marketing/merchant/copy.html",
        lambda: shop("copy", **copy_samples.copies()),
    ),
    "merchant/copy/none/": (
        "marketing/merchant/copy.html",
        lambda: shop("copy", **copy_samples.copies(empty=True)),
    ),
    "merchant/copy/draft/": (
        "marketing/merchant/copy_draft.html",
        lambda: shop("copy", **copy_samples.desk()),
    ),
    "merchant/copy/draft/clash/": (
        "marketing/merchant/copy_draft.html",
        lambda: shop("copy", **copy_samples.desk("draft")),
    ),
    "merchant/copy/brief/": (
        "marketing/merchant/copy_brief.html",
        lambda: shop("copy", **copy_samples.brief()),
    ),
    "merchant/copy/brief/waiting/": (
        "marketing/merchant/copy_brief.html",
        lambda: shop("copy", **copy_samples.brief(over=False)),
    ),
    "merchant/copy/new/": (
        "marketing/merchant/copy_new.html",
        lambda: shop("copy", **copy_samples.chosen()),
    ),
    "merchant/copy/new/choose/": (
        "marketing/merchant/copy_new.html",
        lambda: shop("copy", **copy_samples.chosen(product=False)),
    ),
    "merchant/copy/history/": (
        "marketing/merchant/copy_history.html",
        lambda: shop("copy", **copy_samples.history()),
    ),
    "merchant/copy/job/": (
        "marketing/merchant/copy_job.html",
        lambda: shop("copy", **copy_samples.job()),
    ),
    "merchant/copy/job/done/": (
        "marketing/merchant/copy_job.html",
        lambda: shop("copy", **copy_samples.job(over=True)),
    ),
    "merchant/copy/many/": (
        "marketing/merchant/copy_many.html",
        lambda: shop("copy", **copy_samples.many()),
    ),
    "merchant/copy/rate/": (
        "marketing/merchant/copy_rate.html",
        lambda: shop("copy", **copy_samples.rate()),
    ),
    "merchant/copy/rate/none/": (
        "marketing/merchant/copy_rate.html",
        lambda: shop("copy", **copy_samples.rate(left=0)),
    ),
    "merchant/copy/voice/": (
        "marketing/merchant/copy_voice.html",
        lambda: shop("copy", **copy_samples.voice()),
    ),
    "merchant/copy/voice/read/": (
        "marketing/merchant/copy_voice.html",
        lambda: shop("copy", **copy_samples.voice(may=False)),
    ),
    "merchant/copy/review/": (
        "marketing/merchant/copy_review.html",
        lambda: shop("copy", **copy_samples.review()),
    ),
    "merchant/copy/review/none/": (
        "marketing/merchant/copy_review.html",
        lambda: shop("copy", **copy_samples.review(empty=True)),
    ),
    "merchant/improve/": (
        "marketing/merchant/improve.html",
        lambda: shop("improve", **copy_samples.improve()),
    ),
    "merchant/trials/": (
        "marketing/merchant/trials.html",
        lambda: shop("trials", **trial_samples.trials()),
    ),
    "merchant/trials/none/": (
        "marketing/merchant/trials.html",
        lambda: shop("trials", **trial_samples.trials(empty=True)),
    ),
    "merchant/trial/": (
        "marketing/merchant/trial.html",
        lambda: shop("trials", **trial_samples.trial()),
    ),
    "merchant/trial/harm/": (
        "marketing/merchant/trial.html",
        lambda: shop("trials", **trial_samples.trial("bad")),
    ),
    "merchant/trial/new/": (
        "marketing/merchant/trial_new.html",
        lambda: shop("trials", **trial_samples.trial_new()),
    ),
    "merchant/trial/new/choose/": (
        "marketing/merchant/trial_new.html",
        lambda: shop("trials", **trial_samples.trial_new(draft_known=False)),
    ),
    "merchant/segments/": (
        "marketing/merchant/segments.html",
        lambda: shop("segments", **reaching_samples.segments()),
    ),
    "merchant/segments/none/": (
        "marketing/merchant/segments.html",
        lambda: shop("segments", **reaching_samples.segments(empty=True)),
    ),
    "merchant/segment/": (
        "marketing/merchant/segment.html",
        lambda: shop("segments", **reaching_samples.segment()),
    ),
    "merchant/segment/wrong/": (
        "marketing/merchant/segment.html",
        lambda: shop("segments", **reaching_samples.segment(wrong=True)),
    ),
    "merchant/campaigns/": (
        "marketing/merchant/campaigns.html",
        lambda: shop("campaigns", **reaching_samples.campaigns()),
    ),
    "merchant/campaign/": (
        "marketing/merchant/campaign.html",
        lambda: shop("campaigns", **reaching_samples.planned()),
    ),
    "merchant/campaign/done/": (
        "marketing/merchant/campaign.html",
        lambda: shop("campaigns", **reaching_samples.planned("done")),
    ),
    "merchant/campaign/form/": (
        "marketing/merchant/campaign_form.html",
        lambda: shop("campaigns", **reaching_samples.campaign_form()),
    ),
    "merchant/campaign/form/first/": (
        "marketing/merchant/campaign_form.html",
        lambda: shop("campaigns", **reaching_samples.campaign_form(possible=False)),
    ),
    "merchant/campaign/preview/": (
        "marketing/merchant/campaign_preview.html",
        lambda: shop("campaigns", **reaching_samples.campaign_preview()),
    ),
    "merchant/campaign/preview/none/": (
        "marketing/merchant/campaign_preview.html",
        lambda: shop("campaigns", **reaching_samples.campaign_preview(empty=True)),
    ),
    "merchant/figures/": (
        "marketing/merchant/figures.html",
        lambda: shop("figures", **figure_samples.figures()),
    ),
    "merchant/figure/": (
        "marketing/merchant/figure.html",
        lambda: shop("figures", **figure_samples.figure()),
    ),
    "merchant/figure/few/": (
        "marketing/merchant/figure.html",
        lambda: shop("figures", **figure_samples.figure(few=True)),
    ),
    "merchant/figures/late/": (
        "marketing/merchant/figures_late.html",
        lambda: shop("figures", **figure_samples.market(late=True)),
    ),
    "merchant/copilot/": (
        "marketing/merchant/copilot.html",
        lambda: shop("copilot", **figure_samples.copilot()),
    ),
    "merchant/copilot/table/": (
        "marketing/merchant/copilot.html",
        lambda: shop("copilot", **figure_samples.copilot("table")),
    ),
    "merchant/copilot/chart/": (
        "marketing/merchant/copilot.html",
        lambda: shop("copilot", **figure_samples.copilot("chart")),
    ),
    "merchant/copilot/refused/": (
        "marketing/merchant/copilot.html",
        lambda: shop("copilot", **figure_samples.copilot("refused")),
    ),
    "merchant/voices/": (
        "marketing/merchant/voices.html",
        lambda: shop("voices", **listening_samples.voices()),
    ),
    "merchant/voices/none/": (
        "marketing/merchant/voices.html",
        lambda: shop("voices", **listening_samples.voices(empty=True)),
    ),
    "merchant/voices/said/": (
        "marketing/merchant/mentions.html",
        lambda: shop("voices", **listening_samples.mentions()),
    ),
    "merchant/voices/alert/": (
        "marketing/merchant/alert.html",
        lambda: shop("voices", **listening_samples.alert()),
    ),
    "merchant/voices/alert/closed/": (
        "marketing/merchant/alert.html",
        lambda: shop("voices", **listening_samples.alert("closed")),
    ),
    "merchant/voices/import/": (
        "marketing/merchant/mentions_import.html",
        lambda: shop("voices", **listening_samples.heard()),
    ),
    "merchant/stock/": (
        "marketing/merchant/stock.html",
        lambda: shop("stock", **stocking_samples.stock()),
    ),
    "merchant/stock/none/": (
        "marketing/merchant/stock.html",
        lambda: shop("stock", **stocking_samples.stock(made=False)),
    ),
    "merchant/stock/product/": (
        "marketing/merchant/stock_product.html",
        lambda: shop("stock", **stocking_samples.stock_product()),
    ),
    "merchant/stock/customs/": (
        "marketing/merchant/customs.html",
        lambda: shop("stock", **stocking_samples.customs()),
    ),
    "merchant/parcels/": (
        "marketing/merchant/parcels.html",
        lambda: shop("parcels", **stocking_samples.parcels()),
    ),
    "merchant/parcels/none/": (
        "marketing/merchant/parcels.html",
        lambda: shop("parcels", **stocking_samples.parcels(empty=True)),
    ),
    "operator/figures/": ("marketing/operator/figures.html", figure_samples.market),
    "operator/figures/late/": (
        "marketing/operator/figures.html",
        lambda: figure_samples.market(late=True),
    ),
    "operator/figure/": ("marketing/operator/figure.html", figure_samples.figure),
    "offers/": ("marketing/offers.html", reaching_samples.offers),
    "offers/none/": ("marketing/offers.html", lambda: reaching_samples.offers(agreed=False)),
    "offers/stop/": ("marketing/offer_stop.html", reaching_samples.offer_stop),
    "offers/stopped/": (
        "marketing/offer_stop.html",
        lambda: reaching_samples.offer_stop(stopped=True),
    ),
    "shared/": ("marketing/shared.html", reaching_samples.shared),
    "shared/none/": ("marketing/shared.html", lambda: reaching_samples.shared(empty=True)),
    "group/": ("marketing/group.html", reaching_samples.group),
    "group/theirs/": ("marketing/group.html", lambda: reaching_samples.group(own=False)),
    "order/parcel/": ("marketing/order_parcel.html", stocking_samples.order_parcel),
}
