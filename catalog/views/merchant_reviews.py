"""A shop's reviews: what waits for a look, and answers in public."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.concerns import worrying_reviews
from catalog.models import BuyerReview, Review
from catalog.models.buyer_review import Showing
from catalog.opinions.writing import MOST_REPLY, NotWritten, decide, reply
from catalog.presenting.cards import product_url
from catalog.presenting.own_reviews import review_row
from catalog.search.addressing import clean_stars, clean_text
from catalog.views._portal import member_view, page_of
from catalog.views.merchant_orders import ORDER_KEEPERS
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import role_in
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@require_safe
@member_view()
def merchant_reviews(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List what is held, then what is shown, the newest first, by stars and by answered or not."""
    stars = clean_stars(request.GET.get("stars", ""))
    unanswered = request.GET.get("answer") == "none"
    look = request.GET.get("look") == "1"

    def url(number: int) -> str:
        asked = {"stars": stars, "answer": "none" if unanswered else "",
                 "look": "1" if look else "",
                 "page": number if number > 1 else ""}  # fmt: skip
        kept = urlencode({name: value for name, value in asked.items() if value})
        return reverse("merchant_reviews", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        held = BuyerReview.objects.filter(merchant=merchant, state=Showing.HELD)
        rows = worrying_reviews(merchant) if look else Review.objects.filter(merchant=merchant)
        rows = rows.select_related("product").prefetch_related("product__texts")
        rows = rows.filter(stars=int(float(stars))) if stars else rows
        rows = rows.filter(reply="") if unanswered else rows
        found, total, pages = page_of(request, rows.order_by("-written_at", "-pk"), url)
        page = {
            "held": [
                review_row(one)
                for one in held.select_related("line__order").prefetch_related("pictures")[:100]
            ],
            "rows": [
                {
                    "pk": one.pk,
                    "product": one.product.title,
                    "url": product_url(merchant.slug, one.product.sku) + f"#review-{one.pk}",
                    "stars": one.stars,
                    "title": one.title,
                    "body": one.body,
                    "author": one.author,
                    "written_at": one.written_at,
                    "reply": one.reply,
                    "about": f"product={one.product_id}&channel=review_reply&locale={one.language}",
                }
                for one in found
            ],
            "total": total,
            "pages": pages,
            "stars": stars,
            "unanswered": unanswered,
            "look": look,
        }
    may_draft = role_in(request) in CATALOGUE_EDITORS
    context = {"merchant": merchant, "nav": "reviews", "page": page, "may_draft": may_draft}
    return render(request, "catalog/merchant/reviews.html", context)


@require_POST
@member_view(ORDER_KEEPERS)
def merchant_review_decide(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show a held review, or not."""
    with as_merchant(merchant):
        own = row_of(BuyerReview.objects.all(), merchant, pk=pk)
    try:
        decide(own, show=request.POST.get("decision") == "show")
        messages.success(request, _("It is decided."))
    except NotWritten:
        messages.error(request, _("Somebody else was faster."))
    return HttpResponseRedirect(reverse("merchant_reviews", args=[merchant.slug]))


@require_POST
@member_view(ORDER_KEEPERS)
def merchant_review_reply(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Answer a review in public, or take the answer back."""
    with as_merchant(merchant):
        review = row_of(Review.objects.all(), merchant, pk=pk)
    text = clean_text(request.POST.get("reply", ""), MOST_REPLY)
    reply(merchant, review, text)
    messages.success(request, _("Your answer is shown.") if text else _("Your answer is gone."))
    return HttpResponseRedirect(reverse("merchant_reviews", args=[merchant.slug]) + f"#review-{pk}")
