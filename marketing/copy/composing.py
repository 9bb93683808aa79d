"""Compose copy: several texts of one product for one channel, each with its claims and faults.

For drafts, bulk jobs, trials and the command ``write_copy``. It writes only what the claim ledger
supports, leaves sentences out rather than fill a place, and publishes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalog.claims import Ledger, Verdict
from catalog.lexicon import lexicon
from catalog.models import Product
from marketing.copy.channels import ANGLES, CHANNELS, TONES, Channel, Part
from marketing.copy.checking import Voice, examine, ledger_for
from marketing.copy.measuring import alike, measure
from marketing.copy.phrasing import adverts, letters, messages, pages, posts, streams
from marketing.copy.phrasing.forming import gist
from marketing.copy.phrasing.material import Material, gathered
from marketing.copy.phrasing.pen import Pen
from marketing.copy.rephrasing import rephrased
from shopguide.writing import Realiser, Writer

MOST_VARIANTS = 8
REALISER = "realiser"
_CALLED = re.compile(r"\b(?:the|this|these|it|they|a|an)\b|这(?:一款)?")
TOO_ALIKE_AGAIN = 0.6  # the same where the angle is the same: it must tell something else
TOO_ALIKE = 0.8  # of their pairs of words; what is shared by two texts of which one is enough
_SHAPES: dict[str, Callable[[Pen, Mapping[str, Part]], dict[str, str]]] = {
    "title": pages.title,
    "bullets": pages.bullets,
    "description": pages.description,
    "seo": pages.seo,
    "banner": adverts.banner,
    "search_ad": adverts.search_ad,
    "push": messages.push,
    "sms": messages.sms,
    "social_xhs": posts.social_xhs,
    "social_wechat": posts.social_wechat,
    "moments": posts.moments,
    "social_en": posts.social_en,
    "email": letters.email,
    "livestream": streams.livestream,
    "review_reply": letters.review_reply,
}


class CannotCompose(ValueError):
    """What was asked for makes no sense; ``args[0]`` says why, for people."""


_TAG = re.compile(r"#[^\s#]+")


@dataclass(frozen=True)
class Composed:
    """One text. ``claims``, ``warnings``: as in `checking.Examined`; ``quality``: `measuring`'s."""

    parts: dict[str, str]
    angle: str
    claims: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    writer: str = REALISER
    quality: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the whole text, part below part."""
        return "\n".join(one for one in self.parts.values() if one)


def compose(
    product: Product,
    *,
    channel: str,
    locale: str,
    tone: str = "plain",
    variants: int = 3,
    voice: Voice | None = None,
    segment: str = "",
    season: str = "",
    writer: Writer | None = None,
    ledger: Ledger | None = None,
) -> list[Composed]:
    """Write up to ``variants`` texts, no two alike, each from another angle; see `begun`."""
    return list(begun(
        product, channel=channel, locale=locale, tone=tone, variants=variants, voice=voice,
        segment=segment, season=season, writer=writer, ledger=ledger,
    ))  # fmt: skip


def begun(
    product: Product,
    *,
    channel: str,
    locale: str,
    tone: str = "plain",
    variants: int = 3,
    voice: Voice | None = None,
    segment: str = "",
    season: str = "",
    writer: Writer | None = None,
    ledger: Ledger | None = None,
) -> Iterator[Composed]:
    """Read what may be said, at once, and return the texts one by one as they are made.

    ``product``: on sale, with its texts. ``segment``, ``season``: words that move what the product
    states of them to the front. ``writer``: may rephrase sentence by sentence; without one, or
    where its words do not hold, the realiser's stay. Fewer texts where the facts do not carry more.
    Error: CannotCompose, at once. Cost: about 20 queries, at once; the texts ask for none, so no
    transaction need be open while a model writes.
    """
    place = _asked(channel, locale, tone)
    known = ledger or ledger_for([product], locale)
    wished = _wished(f"{segment} {season}")
    material = gathered(product, locale, known, wished=wished)
    if material is None:
        raise CannotCompose(_("The product is not on sale, so nothing may be said of it."))
    brief = _Brief(material, place, tone, min(max(variants, 1), MOST_VARIANTS), voice, writer)
    return iter(()) if material.name.foreign else brief.texts()


@dataclass(frozen=True)
class _Brief:
    """What is to be written, with everything that is needed for it."""

    material: Material
    place: Channel
    tone: str
    most: int
    voice: Voice | None
    writer: Writer | None

    def texts(self) -> Iterator[Composed]:
        """Yield texts by one angle after another until there are enough."""
        found: list[Composed] = []
        for seed in range(2 * len(ANGLES)):
            for angle in ANGLES:
                pen = _pen(self.material, angle, self.tone, str(seed), self.voice)
                parts = _tidy(_SHAPES[self.place.code](pen, self.place.parts))
                if not _new(parts, found, self.place, angle):
                    continue
                one = _examined(_finished(parts, pen, self.place, self.writer), pen,
                                self.place.code, self.voice)  # fmt: skip
                if not _holds(one):
                    continue
                found.append(one)
                yield one
                if len(found) == self.most:
                    return


def _asked(channel: str, locale: str, tone: str) -> Channel:
    """Return the channel, or tell what of a brief makes no sense and what would."""
    if channel not in CHANNELS:
        told = _("No channel “%(what)s”. There are: %(names)s.")
        raise CannotCompose(told % {"what": channel, "names": ", ".join(CHANNELS)})
    place = CHANNELS[channel]
    if not place.speaks(locale):
        told = _("“%(what)s” is not written in “%(locale)s”, only in %(names)s.")
        names = ", ".join(place.locales)
        raise CannotCompose(told % {"what": channel, "locale": locale, "names": names})
    if tone not in TONES:
        told = _("No tone “%(what)s”. There are: %(names)s.")
        raise CannotCompose(told % {"what": tone, "names": ", ".join(TONES)})
    return place


def _pen(material: Material, angle: str, tone: str, seed: str, voice: Voice | None) -> Pen:
    liked: Sequence[str] = voice.words_to_use if voice else ()
    avoided: Sequence[str] = voice.words_to_avoid if voice else ()
    key = f"{material.facts.sku}\x1f{seed}"
    return Pen(material, angle, tone, key, liked, avoided)


def _wished(words: str) -> frozenset[tuple[str, str]]:
    """Return what a segment and a season name of occasions, people, seasons and features."""
    spans = lexicon().match(words, ("occasion", "audience", "season", "feature"))
    return frozenset((one.dimension, one.code) for one in spans)


def _tidy(parts: dict[str, str]) -> dict[str, str]:
    """Take away what was left between words when something had nothing to say."""
    return {
        name: re.sub(r"[ \t]{2,}", " ", re.sub(r"\n{3,}", "\n\n", words)).strip()
        for name, words in parts.items()
    }


def _new(
    parts: Mapping[str, str], found: Sequence[Composed], place: Channel, angle: str = ""
) -> bool:
    """Tell whether every part says something, tags apart, and no text before is much the same."""
    if not all(_TAG.sub("", parts.get(name, "")).strip() for name in place.parts):
        return False
    told = _told(parts)
    return all(
        _differs(told, _told(one.parts), TOO_ALIKE_AGAIN if one.angle == angle else TOO_ALIKE)
        for one in found
    )


def _told(parts: Mapping[str, str]) -> str:
    """Return what a text says: without its button, and without how it calls the goods."""
    text = "\n".join(words for name, words in parts.items() if name != "button")
    return _CALLED.sub("", text.casefold())


def _differs(one: str, other: str, most: float) -> bool:
    return gist(one) != gist(other) and alike(one, other) <= most


def _finished(parts: dict[str, str], pen: Pen, place: Channel, writer: Writer | None) -> Composed:
    """Let a model rephrase what the realiser wrote, if there is one."""
    if writer is None or isinstance(writer, Realiser):
        return Composed(parts, pen.angle)
    words, name = rephrased(parts, pen, place, writer)
    return Composed(words, pen.angle, writer=name)


def _holds(one: Composed) -> bool:
    """Tell whether a text may stay: a name may claim what no fact states, 网红 or 旅行."""
    supported = all(each["verdict"] == Verdict.SUPPORTED for each in one.claims)
    return supported and not any(each["blocks"] for each in one.warnings)


def _examined(one: Composed, pen: Pen, channel: str, voice: Voice | None) -> Composed:
    material = pen.material
    checked = examine(
        one.parts, product=material.product, channel=channel, locale=material.locale, voice=voice,
        ledger=material.ledger,
    )  # fmt: skip
    quality = measure(one.parts, CHANNELS[channel], material.locale)
    return Composed(one.parts, one.angle, checked.claims, checked.warnings, one.writer, quality)
