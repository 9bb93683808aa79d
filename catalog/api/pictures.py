"""Pictures that shoppers send, for apps: of what they give back, and of what they review.

One picture a request, as a form. It is drawn anew before it is kept; what is none is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404
from rest_framework.exceptions import ValidationError

from catalog.api.after_sales import (
    REVIEWS,
    fetched,
    own_review,
    own_review_shown,
    return_shown,
)
from catalog.api.shapes.after_sales import OwnReviewOut, PictureIn, ReturnOut
from catalog.models import ReturnPicture
from catalog.opinions import writing
from catalog.orders import returning
from catalog.orders.keeping import NotAllowed
from catalog.orders.picturing import NoRoom, NotAPicture, forget, store
from catalog.presenting.back import not_a_picture
from catalog.views.orders import own_order
from catalog.views.own_reviews import own_line
from catalog.views.returns import own_return, picture_file
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation


@contextmanager
def stored(request: Asked, root: Path, folder: str) -> Iterator[str]:
    """Keep the picture that was sent for as long as nothing fails; yield its name."""
    try:
        names = store([request.sent["picture"]], root, folder)
    except NotAPicture as error:
        raise ValidationError({"picture": [not_a_picture(error)]}) from error
    try:
        yield names[0]
    except BaseException:
        forget(root, names)
        raise


@operation("return_picture_add", tag="Returns", body=PictureIn, answer=ReturnOut, status=201,
           form=True, codes=["not_allowed", "full"])  # fmt: skip
def return_picture_add(request: Asked, number: str, back: str) -> dict[str, Any]:
    """Show the shop why: add a picture to a return that is not settled, four at most."""
    found = own_return(request._request, number, back)
    order = own_order(request._request, number)
    try:
        with stored(request, Path(settings.UPLOAD_ROOT), f"{order.merchant.slug}/back") as file:
            returning.add_picture(found, file)
    except NotAllowed as error:
        raise Problem("not_allowed", state=error.state) from error
    except NoRoom as error:
        raise Problem("full") from error
    return return_shown(fetched(request, order, back))


@operation("return_picture", tag="Returns", answer=None, sparse=False, media="image/webp")
def return_picture(request: Asked, number: str, back: str, pk: int) -> Any:
    """Send a picture of a return, to its shopper alone."""
    found = own_return(request._request, number, back)
    with as_shopper(shopper_of(request._request)):
        picture = ReturnPicture.objects.filter(back=found, pk=pk).first()
    return picture_file(picture)


@operation("review_picture_add", tag=REVIEWS, body=PictureIn, answer=OwnReviewOut, status=201,
           form=True, codes=["full"])  # fmt: skip
def review_picture_add(request: Asked, number: str, pk: int) -> dict[str, Any]:
    """Add a picture to one's review, four at most; the shop looks before it is shown."""
    order = own_order(request._request, number)
    line = own_line(request._request, order, pk)
    own = own_review(request, line)
    try:
        with stored(request, Path(settings.MEDIA_ROOT), str(order.merchant_id)) as file:
            writing.add_picture(own, file)
    except NoRoom as error:
        raise Problem("full") from error
    return own_review_shown(own_review(request, line))


@operation("review_picture_remove", tag=REVIEWS, answer=None)
def review_picture_remove(request: Asked, number: str, pk: int, picture: int) -> None:
    """Take a picture out of one's review."""
    order = own_order(request._request, number)
    own = own_review(request, own_line(request._request, order, pk))
    if not writing.remove_picture(own, picture):
        raise Http404
