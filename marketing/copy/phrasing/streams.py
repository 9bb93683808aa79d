"""The outline of a live stream: what the host does and says, a cue a line, only what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from marketing.copy.channels import Part
from marketing.copy.phrasing.forming import stated
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.telling import IT

Parts = Mapping[str, Part]
FEWEST_CUES = 2  # that tell of the goods; price and terms alone are no stream
# What a host does with the thing in hand, by what one does with it.
_HANDS = {
    "穿": ("上身走两步，转身给后背", "Wear it, take a few steps and turn round"),
    "戴": ("戴上，镜头给侧面", "Put it on and turn to the side"),
    "背": ("背上，调一下肩带", "Put it on and set the strap"),
    "喝": ("现场泡一份，给汤色特写", "Make a cup and show it close"),
    "吃": ("拆一份，给切面特写", "Open one and show it close"),
    "用": ("拿在手里转一圈，给近景", "Turn it in your hands, close to the camera"),
}

ON_FEET = "穿上走两步，镜头给脚面"


def livestream(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write an outline for a host: what to do in brackets, then what to say."""
    own = pen.own()
    half = max(1, len(own) // 2)
    made = [pen.built(), pen.made_of()]
    rows = [one for one in pen.fresh_rows(5, [*own, *made]) if not stated(one, _spoken(pen, made))]
    rows = rows if len(rows) > 1 or re.search(r"\d", "".join(rows)) else []
    goods = {
        "detail": (("细节", "Close up"), own[:half]),
        "worth": (("亮点", "Worth showing"), [*own[half:], pen.serves()]),
        "built": (("做法", "How it is made"), made),
        "rows": (("数据", "Figures"), [_list(pen, rows)]),
        "buyers": (("口碑", "Buyers"), [pen.liked_by(), pen.quote()]),
    }
    order = {
        "benefit": ("detail", "worth", "built", "rows", "buyers"),
        "occasion": ("worth", "detail", "built", "rows", "buyers"),
        "facts": ("rows", "built", "detail", "worth", "buyers"),
        "story": ("buyers", "detail", "worth", "built", "rows"),
    }[pen.angle]
    opening = _cue(pen, ("开场", "Opening"), _opening(pen))
    told = [_cue(pen, *goods[one]) for one in order]
    rest = [
        _cue(pen, ("款式", "Choice"), [pen.choice()]),
        _cue(pen, ("提醒", "Good to know"), pen.notes()[:3]),
        _cue(pen, ("价格", "Price"), [pen.material.price]),
        _cue(pen, ("售后", "After the sale"), [pen.promise()]),
    ]
    if len([one for one in (opening, *told) if one]) < FEWEST_CUES:
        return {"script": ""}
    hand, ask = _hands(pen), _ask(pen)
    lines = [one for one in (opening, hand, *told, ask, *rest) if one]
    part = parts["script"]
    while len(lines) > 2 and part.length("\n".join(lines)) > part.limit(pen.material.locale):
        lines.pop()
    return {"script": "\n".join(lines)}


def _cue(pen: Pen, names: tuple[str, str], texts: list[str]) -> str:
    said = pen.kept(texts)
    if not said:
        return ""
    return f"{names[not pen.chinese]}{_colon(pen)}{('' if pen.chinese else ' ').join(said)}"


def _colon(pen: Pen) -> str:
    return "：" if pen.chinese else ": "


def _hands(pen: Pen) -> str:
    """Return what the host does before the first detail."""
    name = pen.material.name
    feet = name.verb == "穿" and name.thing.endswith(("鞋", "靴", "袜"))
    done = ON_FEET if feet else _HANDS.get(name.verb, _HANDS["用"])[not pen.chinese]
    done = done.replace(" it", " them") if name.plural else done
    return f"{('动作', 'Action')[not pen.chinese]}{_colon(pen)}{done}{'。' if pen.chinese else '.'}"


def _ask(pen: Pen) -> str:
    """Return what the host asks the viewers."""
    name, said = pen.material.name, pen.occasions(2)
    if pen.chinese:
        asked = f"问问大家{said[0]}{name.verb}的是什么{name.noun}" if said else "问问大家想先看哪里"
        return f"互动：{asked}，念几条弹幕，照着商品页回答。"
    asked = f"Ask what people use for {said[0]}" if said else "Ask what people want to see first"
    return f"Viewers: {asked}, and answer from the product page."


def _opening(pen: Pen) -> list[str]:
    """Return what the host begins with, by the angle."""
    shown = _shown(pen, pen.praise())
    return {
        "benefit": [shown],
        "occasion": [pen.serves()],
        "facts": [shown],
        "story": [pen.scene() or pen.use(), shown],
    }[pen.angle]


def _spoken(pen: Pen, texts: Sequence[str]) -> str:
    return " ".join([pen.material.name.told, *texts]).casefold()


def _list(pen: Pen, rows: list[str]) -> str:
    if not rows:
        return ""
    if pen.chinese:
        return "，".join(one.replace("：", " ") for one in rows) + "。"
    return "; ".join(rows) + "."


def _shown(pen: Pen, praise: str) -> str:
    """Return praise as a host says it, with the thing in hand: 来看这件外套，又暖又轻。"""
    if not (pen.chinese and praise.startswith(IT)):
        return praise
    looks = ("来看", "先看", "今天说说")
    return f"{pen.pick('look', looks, ())}{pen.this()}，{praise.removeprefix(IT)}"
