"""Drafts as their lists and their desk show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.presenting.cards import picture_url
from catalog.presenting.naming import html_lang
from marketing.copy.channels import ANGLES, CHANNELS, TONES
from marketing.copy.presenting.marking import both, dense, marked, notes_of
from marketing.copy.saying import doubt_said, fact_said, rule_said
from marketing.models import CopyVersion, Draft, DraftState
from shopguide.accounts.models import User

LANGUAGES = {"zh-hans": "中文", "en": "English"}
LOOKS = {
    DraftState.SUBMITTED: "warn",
    DraftState.APPROVED: "good",
    DraftState.PUBLISHED: "good",
    DraftState.SCHEDULED: "good",
    DraftState.REJECTED: "bad",
}


def channel_label(code: str) -> str:
    """Return what a channel is called; its code if nobody knows it any more."""
    return str(CHANNELS[code].label) if code in CHANNELS else code


def parts_of(draft: Draft) -> list[tuple[str, Any]]:
    """Return the names and labels of a draft's parts, in the channel's order."""
    if draft.channel not in CHANNELS:
        return [(name, name) for name in draft.parts]
    return [(name, part.label) for name, part in CHANNELS[draft.channel].parts.items()]


def draft_row(draft: Draft) -> dict[str, Any]:
    """Return one draft as lists show it; uses its prefetched product."""
    product = draft.product
    media = list(product.media.all())
    notes = notes_of(draft)
    parts = [
        (label, marked(name, str(draft.parts.get(name, "")), notes))
        for name, label in parts_of(draft)
    ]
    wrong = [one for one in notes if one["mark"] in ("blocked", "unfounded")]
    return {
        "pk": draft.pk,
        "url": reverse("merchant_copy_draft", args=[product.merchant.slug, draft.pk]),
        "title": product.title,
        "sku": product.sku,
        "image_url": picture_url(media[0].file) if media else "",
        "channel": channel_label(draft.channel),
        "language": LANGUAGES.get(draft.locale, draft.locale),
        "lang": html_lang(draft.locale),
        "angle": str(ANGLES.get(draft.angle, draft.angle)),
        "tone": str(TONES.get(draft.tone, draft.tone)),
        "parts": [{"label": label, "pieces": pieces} for label, pieces in parts],
        "excerpt": [{"label": label, "pieces": dense(pieces)} for label, pieces in parts],
        "text": draft.text,
        "state": draft.state,
        "state_label": draft.get_state_display(),
        "look": LOOKS.get(DraftState(draft.state), ""),
        "reason": draft.reason,
        "stopped": draft.stopped,
        "wrong": len(wrong),
        "warned": sum(one["mark"] == "warned" for one in notes),
        "doubted": len(draft.doubted),
        "facts": sum(one["mark"] == "fact" for one in notes),
        "score": round(draft.score * 100),
        "generated": bool(draft.writer),
        "at": draft.edited_at or draft.created_at,
        "publish_at": draft.publish_at,
        "by": name_of(draft.made_by, draft.writer),
    }


def name_of(person: User | None, writer: str) -> str:
    """Say who wrote a draft."""
    if person is None:
        return _("a model") if writer else _("a person who has left")
    return str(person.email)


def fact_rows(draft: Draft) -> list[dict[str, Any]]:
    """Return what a draft claims, each with its verdict and the fact behind it."""
    return [
        {
            "text": one.get("text", ""),
            "supported": one.get("verdict") == "supported",
            "fact": fact_said(one),
            "source": one.get("source", ""),
        }
        for one in draft.claims
    ]


def warning_rows(draft: Draft) -> list[dict[str, Any]]:
    """Return what may not, or had better not, stand in a draft, with the rule and a way out."""
    return [
        {
            "text": one.get("text", ""),
            "rule": rule_said(one)[0],
            "remedy": rule_said(one)[1],
            "mark": "blocked" if one.get("blocks", True) else "warned",
        }
        for one in draft.warnings
    ] + [
        {
            "text": one["text"], "rule": doubt_said(one)[0], "remedy": doubt_said(one)[1],
            "mark": "doubted",
        }
        for one in draft.doubted
    ]  # fmt: skip


def field_rows(draft: Draft, said: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return a draft's parts as fields, each with its limit."""
    rows = []
    for name, label in parts_of(draft):
        part = CHANNELS[draft.channel].parts[name]
        value = (said if said is not None else draft.parts).get(name, "")
        rows.append({
            "name": f"part:{name}", "id": f"part-{name}", "label": label, "value": value,
            "most": part.most.get(draft.locale, 0), "length": part.length(str(value)),
            "tall": part.most.get(draft.locale, 0) > (70 if draft.locale == "zh-hans" else 150),
        })  # fmt: skip
    return rows


def side_by_side(draft: Draft, live: dict[str, str]) -> list[dict[str, Any]]:
    """Return each part as it is live and as the draft has it."""
    return both(live, {name: str(text) for name, text in draft.parts.items()}, parts_of(draft))


def version_rows(versions: Sequence[CopyVersion]) -> list[dict[str, Any]]:
    """Return former texts of a place, each against the one before it."""
    rows = []
    for place, version in enumerate(versions):
        older = versions[place + 1].parts if place + 1 < len(versions) else {}
        labels = [(name, name) for name in version.parts or older]
        rows.append({
            "pk": version.pk, "number": version.number, "act": version.get_act_display(),
            "at": version.at, "by": version.by.email if version.by else "",
            "provenance": version.get_provenance_display(),
            "empty": not any(version.parts.values()),
            "rows": both(older, version.parts, labels), "newest": place == 0,
        })  # fmt: skip
    return rows
