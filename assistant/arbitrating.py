"""Weigh what a head hears against what the one thing that is talked of could answer.

For answering, before a message is read: whatever is decided from it agrees with the outcome. It
asks the database for one page; no model runs here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.doing.evidence import evidence_for, page_of
from assistant.doing.offering import codes_in
from assistant.models import Conversation
from assistant.remembering import products_in
from assistant.state import State
from assistant.understanding.deciding import HEARD
from assistant.understanding.languages import ZH
from assistant.understanding.placing import Placed
from assistant.weighing import family_of, weighed


def arbitrated(
    told: tuple[str, float],
    odds: Mapping[str, float],
    *,
    text: str,
    where: Placed,
    vector: Sequence[float] | None,
    product: int | None,
    language: str,
) -> tuple[str, float]:
    """Return the intent that a message comes to and its chance; ``told`` where that stands.

    ``product``: the one that is talked of, None where there is none. Two queries, or none.
    """
    if product is None or where.place != "one" or codes_in(text):  # a code is a shop's
        return told
    page = evidence_for(text, page_of(product, language), vector)
    found = weighed(odds, where, page.chance, chinese=language == ZH)
    if found is None or family_of(found[0]) == family_of(told[0]):
        return told
    return found[0], max(found[1], HEARD)


def the_one(conversation: Conversation, state: State) -> int | None:
    """Return the one product that is talked of; None for several or none. One query or two.

    To be called where the shopper's rows may be seen.
    """
    skus = state.focus or tuple(one.sku for one in state.visible) or (state.page,)
    return products_in(conversation).get(skus[0]) if len(skus) == 1 else None
