"""Hold copy against everything that it must keep to, whoever wrote it.

For the composer before a draft is shown, for the draft's pages before it is submitted, and for
publishing, which refuses what is not `Examined.publishable`. It asks the database only through the
claim ledger, and no model takes part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import get_language

from catalog.claims import Ledger, Verdict, check
from catalog.models import Product
from marketing.copy import forms
from marketing.copy.channels import CHANNELS
from marketing.copy.wording import breaches

# What stays out of a text; everything else is for a person to weigh.
BLOCKING = frozenset({
    "length", "empty", "unknown_part", "markup", "contact", "language", "control",
    "absolute", "medical", "financial", "green", "rivals", "dignity", "price", "authority",
    "decency",
})  # fmt: skip


class Voice(Protocol):
    """A shop's voice in one language, as far as copy needs it."""

    words_to_use: list[str]
    words_to_avoid: list[str]


@dataclass(frozen=True)
class Examined:
    """What a text claims and what is wrong with it.

    ``claims``: text, kind, verdict, fact, source, and where: part, start, end within the part.
    ``warnings``: code, text, rule, remedy, blocks, and where. Both are ready for JSON.
    """

    claims: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unsupported(self) -> list[dict[str, Any]]:
        """Return the claims that no fact stands behind."""
        return [one for one in self.claims if one["verdict"] != Verdict.SUPPORTED]

    @property
    def blocking(self) -> list[dict[str, Any]]:
        """Return the warnings that keep a text from being published."""
        return [one for one in self.warnings if one["blocks"]]

    @property
    def publishable(self) -> bool:
        """Tell whether every claim has its fact and nothing forbids the text."""
        return not self.unsupported and not self.blocking


def ledger_for(products: Sequence[Product], locale: str) -> Ledger:
    """Read what may be said of products and their shops; one ledger serves many texts."""
    return Ledger.of(
        products=[one.pk for one in products],
        merchants=[one.merchant_id for one in products],
        currency=settings.CURRENCY_OF_LANGUAGE.get(locale, "CNY"),
        locale=locale,
    )


def examine(
    text: Mapping[str, str] | str,
    *,
    product: Product,
    channel: str,
    locale: str,
    voice: Voice | None = None,
    ledger: Ledger | None = None,
) -> Examined:
    """Check a text's claims, wording, lengths, form, language and voice.

    ``text``: the channel's parts, or one text for the only part. ``ledger``: read already, where
    many texts of a product are checked; else it is read here. KeyError for an unknown channel.
    Cost: about 1 ms a sentence.
    """
    parts = as_parts(text, channel)
    known = ledger or ledger_for([product], locale)
    claims: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    for name, words in parts.items():
        claims += _claims(name, words, locale, known)
        warnings += _wording(name, words)
    warnings += [
        _warning(one.code, one.text, (one.rule, one.remedy), (one.part, one.start, one.end))
        for one in forms.faults(parts, CHANNELS[channel], locale, names=_names(product))
    ]
    warnings += _voice(parts, voice)
    return Examined(claims, warnings)


def as_parts(text: Mapping[str, str] | str, channel: str) -> dict[str, str]:
    """Return a text by the channel's parts; a bare text goes to the first."""
    if isinstance(text, str):
        return {next(iter(CHANNELS[channel].parts)): text}
    return {str(name): str(words or "") for name, words in text.items()}


def _names(product: Product) -> list[str]:
    """Return what may stand in another script: brand, titles, the shop's name."""
    texts = [one.title for one in product.texts.all()]
    shop = product.merchant
    return [*texts, product.brand, shop.name_zh, shop.name_en, product.sku]


def _claims(part: str, words: str, locale: str, ledger: Ledger) -> list[dict[str, Any]]:
    found = check(words, language=locale, ledger=ledger, unread=True).claims
    return [
        {**one.as_json(), "part": part, "start": one.start, "end": one.end}
        for one in found
    ]  # fmt: skip


def _wording(part: str, words: str) -> list[dict[str, Any]]:
    reader = get_language() or settings.LANGUAGE_CODE
    return [
        _warning(
            one.rule.code,
            one.text,
            (one.rule.told("law", reader), one.rule.told("remedy", reader)),
            (part, one.start, one.end),
        )
        for one in breaches(words)
    ]


def _voice(parts: Mapping[str, str], voice: Voice | None) -> list[dict[str, Any]]:
    """Mark the words that the shop does not use."""
    if voice is None:
        return []
    found = []
    for name, words in parts.items():
        for start, end in forms.standing(voice.words_to_avoid, words):
            place = (name, start, end)
            found.append(_warning("voice", words[start:end], forms.told("voice"), place))
    return found


def _warning(
    code: str, text: str, told: tuple[str, str], place: tuple[str, int, int]
) -> dict[str, Any]:
    part, start, end = place
    return {
        "code": code, "text": text, "rule": told[0], "remedy": told[1], "part": part,
        "start": start, "end": end, "blocks": code in BLOCKING,
    }  # fmt: skip
