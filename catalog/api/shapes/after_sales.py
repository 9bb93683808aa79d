"""Shapes of what follows an order: the rules, returns, invoices, one's own reviews."""

from __future__ import annotations

from rest_framework import serializers

from catalog.api.shapes.buying import LARGEST
from catalog.models.back import ReturnKind, ReturnState
from catalog.models.buyer_review import Showing
from catalog.models.cart import MOST_OF_ONE
from catalog.opinions.writing import MOST_WORDS
from catalog.policies.deciding import Why
from catalog.policies.terms import Condition, Payer, Reason, Way
from shopguide.rest.paging import listed
from shopguide.work import State

NUMBER = "K7M2P-9QXRA"
MOMENT = "2026-03-04T08:00:00+08:00"


class DecisionOut(serializers.Serializer):
    """What the shop's rules say, and by which of them; `text` says it to the reader."""

    allowed = serializers.BooleanField()
    why = serializers.ChoiceField(choices=[one.value for one in Why])
    rule = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    until = serializers.DateField(allow_null=True)
    left = serializers.IntegerField(allow_null=True)

    example = {"allowed": True, "why": "allowed", "rule": "clothing", "until": "2026-03-11",
               "text": "Possible until March 11.", "left": 2}  # fmt: skip


class ReplacementOut(serializers.Serializer):
    """A variant that can be sent in its place."""

    variant = serializers.IntegerField()
    sku = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())

    example = {"variant": 413, "sku": "CL-HD-201-L", "options": {"size": "L"}}


class LineRulesOut(serializers.Serializer):
    """A line of an order and what may be done with it now."""

    line = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    left = serializers.IntegerField()
    refund = DecisionOut()
    faulty = DecisionOut()
    exchange = DecisionOut()
    warranty = DecisionOut()
    replacements = ReplacementOut(many=True)

    example = {"line": 91, "sku": "CL-HD-201-M", "title": "Fleece-lined hoodie", "quantity": 2,
               "left": 2}  # fmt: skip


class RulesOut(serializers.Serializer):
    """What may come back of an order, line by line."""

    items = LineRulesOut(many=True)


class BackItem(serializers.Serializer):
    """So many of a line; `wanted`: the variant to be sent in its place."""

    line = serializers.IntegerField(min_value=1, max_value=LARGEST)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_OF_ONE, default=1)
    wanted = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False)

    example = {"line": 91, "quantity": 1, "wanted": 413}


class ReturnIn(serializers.Serializer):
    """What comes back, why, and what for."""

    items = BackItem(many=True, min_length=1, max_length=100)  # type: ignore[call-arg]
    kind = serializers.ChoiceField(choices=ReturnKind.values, default=ReturnKind.REFUND.value)
    reason = serializers.ChoiceField(choices=[one.value for one in Reason])
    condition = serializers.ChoiceField(choices=[one.value for one in Condition])
    way = serializers.ChoiceField(
        choices=[one.value for one in Way],
        default=Way.ORIGINAL.value,
        help_text="how the money goes back",
    )
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")

    example = {"kind": "refund", "reason": "changed_mind", "condition": "unused",
               "way": "original", "note": "Too small."}  # fmt: skip


class BackLineOut(serializers.Serializer):
    """A line that comes back, by which rule, and who pays for the parcel."""

    line = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    rule = serializers.CharField(allow_blank=True)
    payer = serializers.ChoiceField(choices=[one.value for one in Payer])
    wanted = serializers.IntegerField(allow_null=True)

    example = {"line": 91, "sku": "CL-HD-201-M", "title": "Fleece-lined hoodie", "quantity": 1,
               "rule": "clothing", "wanted": None}  # fmt: skip


class ReturnPictureOut(serializers.Serializer):
    """A picture that shows why; `url` answers to its shopper alone."""

    id = serializers.IntegerField()
    url = serializers.CharField()

    example = {"id": 5, "url": f"/api/v1/orders/{NUMBER}/returns/R7M2P-9QXRA/pictures/5/"}


class ReturnEventOut(serializers.Serializer):
    """A step of a return; `note` is what was said with it."""

    kind = serializers.CharField()
    actor = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()

    example = {"kind": "return_asked", "actor": "shopper", "note": "", "at": MOMENT}


class RefundOut(serializers.Serializer):
    """What is paid back; `state` tells whether the money has gone."""

    amount = serializers.CharField()
    shipping_amount = serializers.CharField()
    currency = serializers.CharField()
    state = serializers.ChoiceField(choices=State.values)

    example = {"amount": "99.00", "shipping_amount": "0.00", "currency": "CNY", "state": "done"}


class PictureIn(serializers.Serializer):
    """One picture: JPEG, PNG, WebP or GIF. It is drawn anew, without place and time."""

    picture = serializers.FileField()

    example = {"picture": "(the file)"}


class ReturnOut(serializers.Serializer):
    """A return or an exchange; `may` are the steps that the shopper may take now.

    `sent_carrier` and `sent_tracking` are of the parcel with the replacement.
    """

    number = serializers.CharField()
    order = serializers.CharField()
    kind = serializers.ChoiceField(choices=ReturnKind.values)
    state = serializers.ChoiceField(choices=ReturnState.values)
    reason = serializers.ChoiceField(choices=[one.value for one in Reason])
    condition = serializers.ChoiceField(choices=[one.value for one in Condition])
    way = serializers.ChoiceField(choices=[one.value for one in Way])
    note = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True)
    carrier = serializers.CharField(allow_blank=True)
    tracking = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    sent_carrier = serializers.CharField(allow_blank=True)
    sent_tracking = serializers.CharField(allow_blank=True)
    lines = BackLineOut(many=True)
    pictures = ReturnPictureOut(many=True)
    events = ReturnEventOut(many=True)
    refund = RefundOut(allow_null=True)
    may = serializers.ListField(
        child=serializers.ChoiceField(choices=["withdraw", "send", "picture"])
    )

    example = {"number": "R7M2P-9QXRA", "order": NUMBER, "note": "Too small.", "answer": "",
               "carrier": "", "tracking": "", "sent_carrier": "", "sent_tracking": "",
               "asked_at": MOMENT, "may": ["withdraw", "picture"]}  # fmt: skip


ReturnsOut = listed(ReturnOut, "ReturnPage")


class ParcelIn(serializers.Serializer):
    """The parcel by which something comes back."""

    carrier = serializers.RegexField(r"\S", max_length=80)
    tracking = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")

    example = {"carrier": "SF", "tracking": "SF1234567890"}


class InvoiceIn(serializers.Serializer):
    """What an invoice is to say."""

    title = serializers.CharField(max_length=120)
    tax_number = serializers.RegexField(
        r"^[0-9A-Za-z .-]{5,40}$", required=False, help_text="companies need one"
    )
    email = serializers.EmailField()

    example = {"title": "Lin Trading Ltd.", "tax_number": "91330106MA2XXXXX", "email":
               "lin@example.com"}  # fmt: skip


class InvoiceOut(serializers.Serializer):
    """What was asked for; `number` once the shop has written it."""

    title = serializers.CharField()
    tax_number = serializers.CharField(allow_blank=True)
    email = serializers.CharField()
    number = serializers.CharField(allow_blank=True)

    example = {**InvoiceIn.example, "number": ""}


class ReviewIn(serializers.Serializer):
    """Stars, and words if there are any."""

    stars = serializers.IntegerField(min_value=1, max_value=5)
    title = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    body = serializers.CharField(
        max_length=MOST_WORDS, required=False, allow_blank=True, default=""
    )
    author = serializers.CharField(
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
        help_text="the name that everybody reads, or nothing",
    )

    example = {"stars": 5, "title": "Warm", "body": "Soft after three washes.", "author": "Lin"}


class ReviewPictureOut(serializers.Serializer):
    """A picture of a review."""

    id = serializers.IntegerField()
    url = serializers.CharField()

    example = {"id": 9, "url": "/media/3/4f1c.webp"}


class OwnReviewOut(serializers.Serializer):
    """One's own review; `state` says whether everybody sees it."""

    order = serializers.CharField()
    line = serializers.IntegerField()
    product = serializers.CharField()
    stars = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True)
    author = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=Showing.values)
    changed_at = serializers.DateTimeField()
    pictures = ReviewPictureOut(many=True)

    example = {"order": NUMBER, "line": 91, "product": "Fleece-lined hoodie", "stars": 5,
               "title": "Warm", "body": "Soft after three washes.", "author": "Lin",
               "changed_at": MOMENT}  # fmt: skip


OwnReviewsOut = listed(OwnReviewOut, "OwnReviewPage")


class ToReviewOut(serializers.Serializer):
    """A delivered line that has no review yet."""

    order = serializers.CharField()
    line = serializers.IntegerField()
    product = serializers.CharField()

    example = {"order": NUMBER, "line": 91, "product": "Fleece-lined hoodie"}


ToReviewPage = listed(ToReviewOut, "ToReviewPage")
