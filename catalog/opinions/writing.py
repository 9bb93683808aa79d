"""Buyers write of what was delivered to them: once for each line, changed and deleted at will.

For the review page and the API. What needs no look is shown at once: a public `Review` row follows,
which search, digests and judges read like any other; what is held or deleted has none. A shop
answers, and may show what was held; it cannot hide what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from catalog.models import BuyerReview, Order, OrderLine, Review, ReviewPicture
from catalog.models.buyer_review import Showing
from catalog.opinions.moderating import concerns
from catalog.orders.asking import delivered_at
from catalog.orders.picturing import MOST, NoRoom
from catalog.text.languages import language_of
from shopguide.accounts.delivering import announce
from shopguide.accounts.models import Kind, Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_WORDS, MOST_REPLY = 5000, 2000


class NotWritten(Exception):
    """No review. ``code``: not_delivered, no_product, stars, empty or no_such."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Words:
    """What a buyer says. ``author``: the name that everybody reads, "" for none."""

    stars: int
    title: str = ""
    body: str = ""
    author: str = ""
    pictures: tuple[str, ...] = field(default=())
    # Pictures of before that stay; None keeps all.
    kept: tuple[int, ...] | None = None


def write(order: Order, line: OrderLine, words: Words) -> BuyerReview:
    """Write or change the review of a delivered line; NotWritten says why not."""
    if not 1 <= words.stars <= 5:
        raise NotWritten("stars")
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        if delivered_at(held) is None:
            raise NotWritten("not_delivered")
        if line.variant is None:
            raise NotWritten("no_product")
        text = f"{words.title}\n{words.body}".strip()
        why = list(concerns(f"{text}\n{words.author}"))
        if words.pictures:
            why.append("picture")
        if not words.pictures and pictures_unseen(line, words.kept):
            why.append("picture")
        own, new = BuyerReview.objects.select_for_update().update_or_create(
            line=line,
            defaults={
                "merchant_id": held.merchant_id,
                "shopper_id": held.shopper_id,
                "product_id": line.variant.product_id,
                "stars": words.stars,
                "title": words.title[:300],
                "body": words.body[:MOST_WORDS],
                "language": spoken(text) if text else held.language,
                "author": words.author[:120],
                "state": Showing.HELD if why else Showing.SHOWN,
                "why": why,
                "changed_at": timezone.now(),
            },
        )
        change_pictures(own, words)
        follow(own)
        tell(own, Kind.REVIEW_WRITTEN if new else Kind.REVIEW_CHANGED)
    return own


def tell(own: BuyerReview, kind: str) -> None:
    """Tell the shop's own systems of a review, never its words: they go when their writer goes."""
    content = {
        "order": own.line.order.number,
        "sku": own.line.sku,
        "stars": own.stars,
        "state": own.state,
    }
    announce(own.merchant_id, kind, f"review:{own.pk}", content)


def pictures_unseen(line: OrderLine, kept: tuple[int, ...] | None) -> bool:
    """Tell whether pictures stay that the shop has not let pass: other words change nothing."""
    rows = ReviewPicture.objects.filter(own__line=line, own__why__contains=["picture"])
    stay = rows.exclude(own__state=Showing.SHOWN)
    return (stay if kept is None else stay.filter(pk__in=kept)).exists()


def add_picture(own: BuyerReview, file: str) -> ReviewPicture:
    """Add a stored picture; the review is held until somebody has looked. NoRoom beyond `MOST`."""
    with as_merchant(own.merchant_id):
        held = BuyerReview.objects.select_for_update().get(pk=own.pk)
        if held.pictures.count() >= MOST:
            raise NoRoom
        made = ReviewPicture.objects.create(merchant_id=held.merchant_id, own=held, file=file)
        held.state, held.changed_at = Showing.HELD, timezone.now()
        held.why = sorted({*held.why, "picture"})
        held.save(update_fields=["state", "why", "changed_at"])
        follow(held)
        tell(held, Kind.REVIEW_CHANGED)
    return made


def remove_picture(own: BuyerReview, pk: int) -> bool:
    """Take a picture out of a review; its words stay as they are. False if there is no such one."""
    with as_merchant(own.merchant_id):
        BuyerReview.objects.select_for_update().get(pk=own.pk)
        return bool(ReviewPicture.objects.filter(own=own, pk=pk).delete()[0])


def spoken(text: str) -> str:
    """Return the language of a review as reviews know it: Chinese of both scripts is one."""
    found = language_of(text).language
    return "zh-hans" if found.startswith("zh") else found


def change_pictures(own: BuyerReview, words: Words) -> None:
    """Keep the pictures that stay and add the new ones."""
    if words.kept is not None:
        own.pictures.exclude(pk__in=words.kept).delete()
    own.pictures.bulk_create(
        own.pictures.model(merchant_id=own.merchant_id, own=own, file=file)
        for file in words.pictures
    )


def delete(own: BuyerReview) -> None:
    """Take a review back, for its buyer; nothing of it stays."""
    with as_merchant(own.merchant_id):
        held = BuyerReview.objects.select_for_update().filter(pk=own.pk).first()
        if held is None:
            raise NotWritten("no_such")
        public = held.review
        tell(held, Kind.REVIEW_DELETED)
        held.delete()
        if public:
            public.delete()


def follow(own: BuyerReview) -> None:
    """Let the public row be what the buyer's is: there and the same, or not there."""
    public = own.review
    if own.state != Showing.SHOWN:
        if public:
            own.review = None
            own.save(update_fields=["review"])
            public.delete()
        return
    fields = {
        "merchant_id": own.merchant_id,
        "product_id": own.product_id,
        "stars": own.stars,
        "title": own.title,
        "body": own.body,
        "language": own.language,
        "author": own.author,
        "written_at": own.written_at,
    }
    if public:
        Review.objects.filter(pk=public.pk).update(**fields)
        return
    own.review = Review.objects.create(source_id=f"buyer:{own.pk}", **fields)
    own.save(update_fields=["review"])


def decide(own: BuyerReview, *, show: bool) -> BuyerReview:
    """Show a review that was held, or not; NotWritten for one that is not held."""
    with as_merchant(own.merchant_id):
        held = BuyerReview.objects.select_for_update().get(pk=own.pk)
        if held.state != Showing.HELD:
            raise NotWritten("no_such")
        held.state = Showing.SHOWN if show else Showing.REFUSED
        held.save(update_fields=["state"])
        follow(held)
        tell(held, Kind.REVIEW_DECIDED)
    return held


def reply(merchant: Merchant, review: Review, text: str) -> Review:
    """Answer a review in public as its shop; no text takes the answer back."""
    with as_merchant(merchant):
        held = Review.objects.select_for_update().get(pk=review.pk, merchant=merchant)
        held.reply = text.strip()[:MOST_REPLY]
        held.replied_at = timezone.now() if held.reply else None
        held.save(update_fields=["reply", "replied_at"])
    return held


def files_of(reviews: Sequence[BuyerReview]) -> list[str]:
    """Return the files of these reviews' pictures, below ``MEDIA_ROOT``."""
    return [one.file for own in reviews for one in own.pictures.all()]
