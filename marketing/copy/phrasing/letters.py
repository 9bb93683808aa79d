"""Copy that speaks to somebody: e-mail, a live stream's outline, a reply to reviews."""

from __future__ import annotations

from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.adverts import headlines
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.telling import IT

Parts = Mapping[str, Part]


def email(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a subject, a preview line and a letter in plain text."""
    subject = pen.first(parts["subject"], *headlines(pen, 25 if pen.chinese else 50))
    texts = [*pen.own(), pen.praise(), pen.use(), pen.made_of(), pen.choice()]
    preview = pen.packed(parts["preview"], [one for one in texts if one], most=1)
    pen.anew()
    blocks = [greeting(pen), _run(pen, pen.kept([*pen.lead(), *pen.own()[:3]])), ""]
    blocks[2] = _points(pen, blocks[1])
    quote = pen.kept([pen.quote()] if pen.angle != "facts" else [])
    blocks += [_run(pen, quote), _run(pen, pen.kept([pen.choice(), pen.costs(), pen.liked_by()]))]
    terms = [pen.promise()] if len(pen.own()) > 1 else []
    blocks += [_run(pen, pen.kept(terms)), signature(pen)]
    body = [one for one in blocks if one]
    most, part = parts["body"].limit(pen.material.locale), parts["body"]
    while len(body) > 3 and part.length("\n\n".join(body)) > most:
        del body[-2]
    return {
        "subject": subject,
        "preview": preview or pen.first(parts["preview"], pen.material.name.told),
        "body": "\n\n".join(body),
    }


def greeting(pen: Pen) -> str:
    """Return how a letter begins, by its tone."""
    return {
        "plain": ("您好：", "Hello,"),
        "warm": ("您好，好久不见：", "Hello, and thank you for reading us,"),
        "lively": ("嗨，你好！", "Hi there,"),
        "expert": ("您好：", "Hello,"),
    }[pen.tone][not pen.chinese]


def signature(pen: Pen) -> str:
    """Return how a letter ends: the shop's name."""
    shop = pen.material.product.merchant
    name = (shop.name_zh if pen.chinese else shop.name_en) or shop.name
    return name if pen.chinese else f"{name}"


def _points(pen: Pen, told: str) -> str:
    """Return facts that were not told as a short list, where there are at least two."""
    rows = pen.kept(pen.fresh_rows(5, [told]))
    if len(rows) < 2:
        return ""
    return "\n".join(f"· {one}" for one in rows)


def _run(pen: Pen, sentences: list[str]) -> str:
    return ("" if pen.chinese else " ").join(sentences)


def livestream(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write an outline for a host: a cue a line, only with what is known."""
    own = pen.own()
    half = max(1, len(own) // 2)
    cues = [
        (("开场", "Opening"), [pen.scene() or pen.use(), _shown(pen, pen.praise())]),
        (("细节", "Close up"), own[:half]),
        (("亮点", "Worth showing"), [*own[half:], pen.serves()]),
        (("数据", "Figures"), [_list(pen, pen.fresh_rows(5, own))]),
        (("款式", "Choice"), [pen.choice()]),
        (("口碑", "Buyers"), [pen.liked_by(), pen.quote()]),
        (("提醒", "Good to know"), pen.notes()[:3]),
        (("价格", "Price"), [pen.material.price]),
        (("售后", "After the sale"), [pen.promise()]),
    ]
    lines, part = [], parts["script"]
    if pen.angle == "facts":
        cues.insert(1, cues.pop(3))
    if pen.angle == "benefit":
        cues[0] = (cues[0][0], [_shown(pen, pen.praise())])
    if pen.angle == "occasion":
        cues[0] = (cues[0][0], [pen.serves()])
    colon = "：" if pen.chinese else ": "
    for names, texts in cues:
        said = pen.kept(texts)
        if said:
            lines.append(f"{names[not pen.chinese]}{colon}{_run(pen, said)}")
    while len(lines) > 2 and part.length("\n".join(lines)) > part.limit(pen.material.locale):
        lines.pop()
    return {"script": "\n".join(lines)}


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


def review_reply(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write an answer that a shop can give under reviews of this product."""
    name = pen.material.name
    thanks = pen.pick(
        "thanks",
        (f"谢谢您买{name.this if name.noun else name.short}，也谢谢您写下感受。",
         "谢谢您花时间写评价。", "您的评价我们看到了，谢谢。"),
        ("Thank you for taking the time to write.", "Thank you for your review.",
         "Thank you for telling us how it went."),
    )  # fmt: skip
    notes = pen.notes()
    told = _reply(pen, notes)
    ends = pen.pick(
        "reply-end",
        ("还有哪里不合适，请在订单页告诉我们。", "有任何问题，都可以在订单页联系我们。"),
        ("If something is not right, please write to us from your order page.",
         "Should anything be wrong, tell us on your order page."),
    )  # fmt: skip
    said = [thanks, *[one for one in told if one], ends]
    return {"reply": pen.packed(parts["reply"], said)}


def _reply(pen: Pen, notes: list[str]) -> list[str]:
    """Return what stands between thanks and the way to reach the shop, by the angle."""
    chinese = pen.chinese
    if pen.angle == "benefit":
        return ["您用得顺手，我们就放心了。" if chinese else "We are glad to hear how it is used."]
    if pen.angle == "occasion":
        return ["打理上提醒一句：" + notes[-1] if chinese else notes[-1]] if notes else []
    if pen.angle == "facts":
        sorry = ("如果收到的和页面写的不一样，是我们没做好。" if chinese
                 else "If what arrived is not what the page says, that is our fault.")  # fmt: skip
        return [sorry, pen.promise()]
    return ["您写的这些，后来的买家也会看到。" if chinese
            else "What you wrote helps whoever reads it next."]  # fmt: skip
