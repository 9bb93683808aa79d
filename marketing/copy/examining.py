"""What the life of copy asks of those who write and check it: two functions and their answers.

The real ones are `composing.compose` and `checking.examine`; verbs take them as arguments, so that
each can be tried with a fake. Nothing here writes to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from marketing.copy.channels import CHANNELS
from marketing.copy.measuring import measure
from marketing.copy.saying import fact_said, rule_said
from marketing.models import Draft, Voice

Noted = Mapping[str, Any]


class Examined(Protocol):
    """What was found in a text: its claims with their facts, and what may not stand there."""

    @property
    def claims(self) -> Sequence[Noted]: ...
    @property
    def warnings(self) -> Sequence[Noted]: ...
    @property
    def publishable(self) -> bool: ...


class Written(Protocol):
    """One variant as a writer gives it."""

    @property
    def parts(self) -> Mapping[str, str]: ...
    @property
    def angle(self) -> str: ...
    @property
    def claims(self) -> Sequence[Noted]: ...
    @property
    def warnings(self) -> Sequence[Noted]: ...
    @property
    def writer(self) -> str: ...
    @property
    def quality(self) -> Mapping[str, float]: ...


Examine = Callable[..., Examined]
Compose = Callable[..., Iterable[Written]]
NO_FACT = _("No fact of the product says so.")


class Refused(Exception):
    """This cannot be done with a draft; the message says why, in the reader's language.

    ``reasons``: the claims and warnings behind it, each in a sentence.
    """

    def __init__(self, said: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(said)
        self.reasons = list(reasons)


def voice_of(merchant_id: int, locale: str) -> Voice | None:
    """Return how a shop sounds in a language; None if it has not said. One query."""
    return Voice.objects.filter(merchant=merchant_id, locale=locale).first()


def examined(draft: Draft, examine: Examine) -> Examined:
    """Check a draft's words against what holds now, and note what was found. As the merchant."""
    product = Product.objects.for_cards().get(pk=draft.product_id)
    found = examine(
        draft.parts,
        product=product,
        channel=draft.channel,
        locale=draft.locale,
        voice=voice_of(draft.merchant_id, draft.locale),
    )
    draft.claims = [dict(one) for one in found.claims]
    draft.warnings = [dict(one) for one in found.warnings]
    draft.quality = dict(measure(draft.parts, CHANNELS[draft.channel], draft.locale))
    return found


def blocking(draft: Draft) -> list[Noted]:
    """Return the warnings that keep a text from being published."""
    return [one for one in draft.warnings if one.get("blocks", True)]


def reasons_of(draft: Draft) -> list[str]:
    """Return what keeps a text from being published, a sentence each."""
    unfounded = [f"“{one.get('text', '')}”: {fact_said(one) or NO_FACT}"
                 for one in draft.unsupported]  # fmt: skip
    forbidden = [f"“{one.get('text', '')}”: {rule_said(one)[0]}" for one in blocking(draft)]
    return unfounded + forbidden
