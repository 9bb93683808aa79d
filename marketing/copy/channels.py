"""Where copy goes, what each place takes, and the ways of saying it.

A channel has parts ("headline", "body"), each with the most characters a language's text may have.
Limits are those of the places themselves where they state one, else what they show before cutting.
Plain data, for everybody who writes, checks, shows or publishes copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHINESE, ENGLISH = "zh-hans", "en"
BOTH = (CHINESE, ENGLISH)


@dataclass(frozen=True)
class Part:
    """One field of a channel: its name for people, and its least and most characters by locale.

    ``wide``: full-width characters count two, as ad systems count; else every character is one.
    ``lines``: how many lines it is meant to have, 0 for free; ``each``: the most of one line.
    """

    label: str | Promise
    most: Mapping[str, int]
    wide: bool = False
    lines: int = 0
    each: Mapping[str, int] | None = None

    def limit(self, locale: str) -> int:
        """Return the most characters in a language."""
        return self.most[locale]

    def length(self, text: str) -> int:
        """Count a text as this part counts."""
        if not self.wide:
            return len(text)
        return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


@dataclass(frozen=True)
class Channel:
    """A place that copy is for.

    ``html``: whether it is shown as paragraphs on a page (still plain text here: markup is made
    by the page). ``price``: whether a price may be part of it; one that stands for long may not,
    for the price would change under it. ``hashtags``: whether words with # belong to it.
    """

    code: str
    label: str | Promise
    parts: Mapping[str, Part]
    locales: tuple[str, ...] = BOTH
    html: bool = False
    price: bool = False
    hashtags: bool = False

    def speaks(self, locale: str) -> bool:
        """Tell whether the channel exists in a language."""
        return locale in self.locales


def _both(chinese: int, english: int) -> dict[str, int]:
    return {CHINESE: chinese, ENGLISH: english}


_BODY, _HEADLINE = _("Body text"), _("Headline")
_ALL = (
    # 60 Chinese characters: what Tmall and JD take (30 and 45 Chinese characters, two units
    # each); 150: Google Merchant Center's limit for a title.
    Channel("title", _("Product title"), {"title": Part(_("Title"), _both(60, 150))}),
    # Five lines as on Amazon; 200 characters a line is what most categories allow there.
    Channel(
        "bullets",
        _("Selling points"),
        {"bullets": Part(_("Points"), _both(300, 900), lines=5, each=_both(60, 180))},
    ),
    # Google takes 5,000 characters; nobody reads them. Long enough for six short paragraphs.
    Channel(
        "description",
        _("Description"),
        {"description": Part(_("Description"), _both(1200, 3000))},
        html=True,
    ),
    # What a results page shows before it cuts: about 600 px of title, 920 px of description;
    # 60 and 155 Latin letters, 30 and 78 Chinese characters.
    Channel(
        "seo",
        _("Search engines"),
        {
            "title": Part(_("SEO title"), _both(30, 60)),
            "meta": Part(_("SEO description"), _both(78, 155)),
        },
    ),
    # One glance: what fits a phone's width in the house's display size in two lines.
    Channel(
        "banner",
        _("Banner"),
        {
            "headline": Part(_HEADLINE, _both(16, 40)),
            "line": Part(_("Line below"), _both(30, 80)),
            "button": Part(_("Button"), _both(6, 18)),
        },
        price=True,
    ),
    # Google responsive search ads: headline 30, description 90, a full-width character counting
    # two; so 15 and 45 characters in Chinese.
    Channel(
        "search_ad",
        _("Search ad"),
        {
            "headline": Part(_HEADLINE, _both(30, 30), wide=True),
            "description": Part(_("Description"), _both(90, 90), wide=True),
        },
        price=True,
    ),
    # 小红书: title 20 characters, body 1,000.
    Channel(
        "social_xhs",
        _("Post, Xiaohongshu style"),
        {"title": Part(_("Title"), {CHINESE: 20}), "body": Part(_BODY, {CHINESE: 1000})},
        (CHINESE,),
        price=True,
        hashtags=True,
    ),
    # 微信公众号: title 64, summary 120 characters; the text: a phone screen or two.
    Channel(
        "social_wechat",
        _("Article, WeChat style"),
        {
            "title": Part(_("Title"), {CHINESE: 64}),
            "summary": Part(_("Summary"), {CHINESE: 120}),
            "body": Part(_BODY, {CHINESE: 1500}),
        },
        (CHINESE,),
        price=True,
    ),
    # 朋友圈: six lines of a phone are shown before the text is folded, some 20 characters each.
    Channel(
        "moments",
        _("WeChat Moments"),
        {"body": Part(_BODY, {CHINESE: 120})},
        (CHINESE,),
        price=True,
    ),
    # X takes 280 characters, and so does everything longer.
    Channel(
        "social_en",
        _("Short post, English"),
        {"body": Part(_BODY, {ENGLISH: 280})},
        (ENGLISH,),
        price=True,
        hashtags=True,
    ),
    # Subject: what a phone shows of one; preview text: what stands beside it in the list.
    Channel(
        "email",
        _("Email message"),
        {
            "subject": Part(_("Subject"), _both(25, 50)),
            "preview": Part(_("Preview line"), _both(40, 90)),
            "body": Part(_BODY, _both(800, 1600)),
        },
        price=True,
    ),
    # iOS cuts a banner at about four lines, Android at one; the first words must do.
    Channel(
        "push",
        _("Push message"),
        {"title": Part(_("Title"), _both(18, 40)), "body": Part(_BODY, _both(50, 120))},
        price=True,
    ),
    # One message: 70 characters with Chinese, 160 without; sender first, the way out last.
    Channel("sms", _("Text message"), {"body": Part(_BODY, _both(70, 160))}, price=True),
    # Cues for a host of a stream, one a line: opening, the thing, proofs, questions, closing.
    Channel(
        "livestream",
        _("Live-stream outline"),
        {"script": Part(_("Outline"), _both(1200, 2400))},
        price=True,
    ),
    # What the review pages of market places take; long answers are not read.
    Channel(
        "review_reply",
        _("Reply to reviews"),
        {"reply": Part(_("Reply"), _both(300, 600))},
    ),
)
CHANNELS: dict[str, Channel] = {one.code: one for one in _ALL}


# What a text sets out from; siblings of one brief differ in it.
ANGLES: dict[str, str | Promise] = {
    "benefit": _("What it is good for"),
    "occasion": _("When it is needed"),
    "facts": _("The facts"),
    "story": _("A story from the day"),
}

TONES: dict[str, str | Promise] = {
    "plain": _("Plain"),
    "warm": _("Warm"),
    "lively": _("Lively"),
    "expert": _("For experts"),
}


def channels_of(locale: str) -> list[Channel]:
    """Return the channels that exist in a language, in the order in which they are offered."""
    return [one for one in CHANNELS.values() if one.speaks(locale)]
