"""Reviews by those who bought: written from the order's page, listed in the account."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import BuyerReview, Order, OrderLine
from catalog.opinions.writing import MOST_WORDS, NotWritten, Words, delete, write
from catalog.orders.picturing import NotAPicture, store
from catalog.presenting.back import not_a_picture
from catalog.presenting.own_reviews import not_written, review_row
from catalog.views.carts import private
from catalog.views.orders import own_order
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper

STARS = [(str(count), "★" * count) for count in (5, 4, 3, 2, 1)]
MOST_SHOWN = 100


class ReviewForm(forms.Form):
    """Stars, and words if somebody has any."""

    stars = forms.ChoiceField(label=gettext_lazy("Stars"), choices=STARS, widget=forms.RadioSelect)
    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)
    body = forms.CharField(
        label=gettext_lazy("Your review"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    author = forms.CharField(
        label=gettext_lazy("Name to show"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Everybody reads it. A first name or nothing is enough."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private
def order_review(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Write or change the review of one delivered line."""
    order = own_order(request, number)
    line = own_line(request, order, pk)
    with as_shopper(shopper_of(request)):
        own = BuyerReview.objects.filter(line=line).prefetch_related("pictures").first()
    known = {name: getattr(own, name) for name in ReviewForm.base_fields} if own else {}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=known)
    wrong, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            answer = keep_words(request, order, line, form)
            if isinstance(answer, HttpResponse):
                return answer
            wrong, status = answer, 409
    page = {"number": number, "title": line.title, "own": review_row(own) if own else None,
            "wrong": wrong, "line": line.pk}  # fmt: skip
    context = {"page": page, "form": form}
    return render(request, "catalog/order_review.html", context, status=status)


def own_line(request: HttpRequest, order: Order, pk: int) -> OrderLine:
    """Return a line of this order, or 404."""
    with as_shopper(shopper_of(request)):
        found = OrderLine.objects.filter(order=order, pk=pk).select_related("variant").first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def keep_words(
    request: HttpRequest, order: Order, line: OrderLine, form: ReviewForm
) -> HttpResponse | str:
    """Keep the review; return the way on, or why not."""
    said = form.cleaned_data
    staying = {one for one in request.POST.getlist("kept") if one.isdecimal() and len(one) < 19}
    try:
        pictures = store(
            request.FILES.getlist("pictures"), Path(settings.MEDIA_ROOT), f"{order.merchant_id}"
        )
        words = Words(
            int(said["stars"]), said["title"], said["body"], said["author"], pictures,
            tuple(int(one) for one in staying),
        )  # fmt: skip
        own = write(order, line, words)
    except NotAPicture as error:
        return not_a_picture(error)
    except NotWritten as error:
        return not_written(error.code)
    if own.state == "shown":
        messages.success(request, _("Thank you. Everybody can read your review now."))
    else:
        messages.success(request, _("Thank you. Somebody looks at it before it is shown."))
    return HttpResponseRedirect(reverse("order", args=[order.number]))


@require_POST
@private
def order_review_delete(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a review back."""
    line = own_line(request, own_order(request, number), pk)
    with as_shopper(shopper_of(request)):
        own = BuyerReview.objects.filter(line=line).first()
    try:
        if own is None:
            raise NotWritten("no_such")
        delete(own)
        messages.success(request, _("Your review is deleted."))
    except NotWritten:
        messages.error(request, _("The review was gone already."))
    return HttpResponseRedirect(reverse("order", args=[number]))


@require_safe
@private
def account_reviews(request: HttpRequest) -> HttpResponse:
    """List what somebody has reviewed, and what waits for a review."""
    shopper, rows, waiting = shopper_of(request), [], []
    if shopper is not None:
        with as_shopper(shopper):
            mine = BuyerReview.objects.filter(shopper=shopper).select_related("line__order")
            rows = [review_row(one) for one in mine.prefetch_related("pictures")[:MOST_SHOWN]]
            open_lines = OrderLine.objects.filter(
                order__shopper=shopper, order__state="delivered", buyer_review=None
            ).exclude(variant=None)
            waiting = [
                {
                    "title": line.title,
                    "url": reverse("order_review", args=[line.order.number, line.pk]),
                }
                for line in open_lines.select_related("order").order_by("-pk")[:MOST_SHOWN]
            ]
    page = {"rows": rows, "waiting": waiting}
    return render(request, "catalog/own_reviews.html", {"page": page, "nav": "account_reviews"})
