"""How the people of a shop did in a conversation, for apps."""

from __future__ import annotations

from uuid import UUID

from assistant.api.shapes_of_articles import StarsIn
from assistant.models import Conversation
from assistant.views._own import own
from shopguide.accounts.tenancy import as_shopper
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation


@operation("conversation_stars", tag="Assistant", body=StarsIn, answer=None, codes=["not_allowed"])
def conversation_stars(request: Asked, number: UUID) -> None:
    """Say how satisfied one was, once the people of the shop have closed the matter."""
    found = own(request._request, number)
    if found.resolved_at is None:
        raise Problem("not_allowed", state=str(found.handling))
    with as_shopper(found.shopper_id):
        Conversation.objects.filter(pk=found.pk).update(stars=request.sent["stars"])
