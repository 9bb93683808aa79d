"""What happens across apps when somebody signs in: what the browser kept becomes the person's.

Wiring, called by Django's signal. A failure here never stops a sign-in.
"""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpRequest

from assistant.models import Conversation
from catalog.models import BuyerReview, Letter, Order
from catalog.orders import addressing, wishing
from catalog.orders.carting import merge
from marketing.reaching import handing_over
from profiles import contacting, noting
from profiles.consenting import carry_over
from shopguide.accounts.models import Shopper, User
from shopguide.accounts.shopping import cookie_shopper
from shopguide.accounts.tenancy import as_everyone

log = logging.getLogger(__name__)


def join(source: Shopper, user: User) -> Shopper:
    """Give what an anonymous shopper keeps to a person; the anonymous one is gone."""
    with transaction.atomic():
        target, _new = Shopper.objects.get_or_create(user=user)
        for each in (merge, wishing.merge, addressing.merge, carry_over, noting.merge,
                     contacting.merge, handing_over.merge):  # fmt: skip
            each(source, target)
        with as_everyone():
            for model in (Order, Letter, BuyerReview, Conversation):
                model._default_manager.filter(shopper=source).update(shopper=target)
            source.delete()  # and what it still has goes along
    return target


def on_sign_in(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Join what this browser kept to who has just signed in."""
    try:
        source = cookie_shopper(request)
        if source is not None:
            request._shopper = join(source, user)  # type: ignore[attr-defined]
    except Exception:
        log.exception("what a browser kept could not be joined at sign-in")


user_logged_in.connect(on_sign_in, dispatch_uid="shopguide.joining")
