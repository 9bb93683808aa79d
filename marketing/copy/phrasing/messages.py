"""Messages that come to a phone: push and text. A few words, one reason, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.adverts import (
    again,
    ends,
    headlines,
    left,
    reasons,
    shop_name,
    terms,
)
from marketing.copy.phrasing.pen import Pen

Parts = Mapping[str, Part]
LONGEST_ENDS = 24  # signs of a text message that are price, marks and the way out


def push(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a push message: a title that makes one look, one reason, and what a tap does."""
    name, part = pen.material.name, parts["body"]
    titles = [*_calls(pen), *headlines(pen, 18)]
    head = pen.first(parts["title"], *titles, *ends(name.short, 2), name.noun)
    pen.shown = head
    first = {"facts": [pen.costs()], "story": [pen.quote(), pen.liked_by()]}.get(pen.angle, [])
    told = pen.turned(part.limit(pen.material.locale))
    texts = [*first, *told, *reasons(pen, pen.figures(1)), *terms(pen)]
    texts = [one for one in texts if one and not again(one, head)]
    body = pen.packed(part, texts, most=2 if pen.angle == "facts" else 1)
    body = body or pen.first(part, *left([name.told, name.short], head))
    tap = pen.pick("tap", ("点开看看。", "点开看细节。"), ("Tap to see it.", "Tap for details."))
    return {"title": head, "body": _with(pen, part, body, tap)}


def _with(pen: Pen, part: Part, body: str, last: str) -> str:
    """Return a text with a last sentence, where there is room for it."""
    ended = body if re.search(r"[。.！!？?”]$", body) else f"{body}{'。' if pen.chinese else '.'}"
    longer = f"{ended}{'' if pen.chinese else ' '}{last}"
    return longer if body and part.length(longer) <= part.limit(pen.material.locale) else body


def _calls(pen: Pen) -> list[str]:
    """Return titles that speak to somebody who has the occasion, or name the price."""
    name, said = pen.material.name, pen.occasions(1)
    if pen.angle == "occasion" and said and name.noun:
        if pen.chinese:
            return [f"{said[0]}{name.verb}什么{name.noun}？"]
        return [f"For {said[0]}: {name.short}", f"For {said[0]}: {pen.a_noun()}"]
    if pen.angle == "facts" and pen.material.price:
        return [f"{one} {pen.material.price}" for one in (name.short, name.thing) if one]
    return []


def sms(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a text message: who sends it, what it is, one reason, the price, the way out."""
    name, part, most = pen.material.name, parts["body"], parts["body"].limit(pen.material.locale)
    shop = shop_name(pen)
    price = pen.material.price
    opening = f"【{shop}】{name.short}" if pen.chinese else f"{shop}: {name.short}"
    closing = "详情见商品页，拒收请回复R" if pen.chinese else "Reply STOP to opt out."
    cost = (f"，{price}" if pen.chinese else f", {price}") if price else ""
    pen.mentioned, pen.shown = True, name.short
    told = pen.turned(most - len(shop) - len(name.short) - LONGEST_ENDS)
    texts = [*told, *reasons(pen, pen.figures(1)), *terms(pen)]
    if pen.angle == "story":
        texts = [pen.liked_by(), pen.quote(), *texts]
    dot = "。" if pen.chinese else ". "
    for one in texts:
        said = pen.spoken(one).rstrip("。. ") if one else ""
        text = f"{opening}{cost}{dot}{said}{'' if said.endswith('”') else dot}{closing}"
        new = said and pen.allowed(said) and not again(said, name.short)
        if new and part.length(text) <= most:
            return {"body": text}
    return {"body": ""}
