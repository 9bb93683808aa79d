"""Copy that speaks to one person: email, a reply to reviews."""

from __future__ import annotations

from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.adverts import headlines, shop_name
from marketing.copy.phrasing.forming import gist, low, spaced
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.telling import lowered
from shopguide.writing.phrasing import listed

Parts = Mapping[str, Part]
FEWEST_TOLD = 2  # sentences or rows of the goods, without which there is no letter


def email(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a subject, a preview line and a letter: why it comes, the goods, one thing to do."""
    name = pen.material.name
    subject = pen.first(
        parts["subject"], *_subjects(pen), *headlines(pen, 25 if pen.chinese else 50)
    )
    texts = [*pen.prose(), *pen.clauses(), pen.praise(), pen.built(), pen.use(), pen.made_of(),
             pen.choice()]  # fmt: skip
    preview = pen.packed(parts["preview"], [one for one in texts if one], most=1)
    pen.anew()
    figures = pen.fresh_rows(5, pen.prose()[:3]) if pen.angle == "facts" else []
    opening = _opening(pen, figures)
    pen.mentioned = name.short in opening
    rows = pen.kept(figures) if len(figures) > 1 else []
    if pen.angle == "occasion" and pen.chinese:
        pen.used.add(gist(pen.used_at(pen.occasions(2))))  # the opening says it
    lead = [] if pen.angle in ("occasion", "story") else pen.lead()  # said by the opening
    made = [] if pen.own() else _made(pen, listed_too=bool(rows))
    told = pen.kept([*lead, *pen.prose()[:3], *made])
    told += [opening] if pen.angle == "occasion" and pen.occasions(1) else []
    rows = rows or pen.kept(pen.fresh_rows(5, told))
    points = "\n".join(f"· {one}" for one in rows) if len(rows) > 1 else ""
    quote = pen.kept([pen.quote()] if pen.angle != "facts" else [])
    service = pen.kept([pen.choice(), pen.costs(), pen.liked_by()])
    terms = pen.kept([pen.promise()])
    if len(told) + len(rows) < FEWEST_TOLD:
        return {"subject": subject, "preview": preview, "body": ""}
    ends = [_call(pen), f"{'祝好，' if pen.chinese else 'Best wishes,'}\n{shop_name(pen)}"]
    goods = [_run(pen, [one for one in told if one != opening]), points]
    if pen.angle == "facts" and points:
        goods = goods[::-1]
    blocks = [greeting(pen), opening, *goods, _run(pen, quote), _run(pen, service),
              _run(pen, terms), *ends]  # fmt: skip
    body = [one for one in blocks if one]
    most, part = parts["body"].limit(pen.material.locale), parts["body"]
    while len(body) > 5 and part.length("\n\n".join(body)) > most:
        del body[-3]
    return {
        "subject": subject,
        "preview": preview or pen.first(parts["preview"], name.told),
        "body": "\n\n".join(body),
    }


def _made(pen: Pen, *, listed_too: bool) -> list[str]:
    """Return sentences made of facts, for goods of which the shop has written nothing.

    ``listed_too``: the facts stand in a list already.
    """
    facts = [] if listed_too else [pen.built(), pen.made_of()]
    return [pen.praise(), pen.look(), *facts, pen.serves()]


def _subjects(pen: Pen) -> list[str]:
    """Return subjects as a letter has them: they say what the letter is about."""
    name, said = pen.material.name, pen.occasions(2)
    the = low(name.the)
    if pen.angle == "occasion" and said:
        when = "、".join(said) if pen.chinese else listed(said, chinese=False)
        return [f"{when}：说说{name.short}"] if pen.chinese else [
            f"For {when}: {the}", f"For {said[0]}: {the}"]  # fmt: skip
    if pen.angle == "story":
        return [spaced(f"写在信里的{name.short}") if pen.chinese else f"A note about {the}"]
    if pen.angle == "benefit" and pen.tags(2):
        tags = pen.tags(2)
        told = "、".join(tags) if pen.chinese else listed(
            [lowered(one) for one in tags], chinese=False
        )  # fmt: skip
        return [f"{name.short}{'：' if pen.chinese else ': '}{told}"]
    return []


def _opening(pen: Pen, figures: list[str]) -> str:
    """Return the sentence that says why the letter comes; ``figures``: the rows that follow."""
    name, said = pen.material.name, pen.occasions(2)
    the = low(name.the)
    scene = pen.scene() if pen.angle == "story" else ""
    if pen.chinese:
        wordings = [f"这封信想说说{name.short}。", f"这次跟您说说{name.short}。"]
        told = {"occasion": [spaced(f"{name.short}，{pen.used_at(said)}。")] if said else wordings,
                "facts": [f"{name.short}，先看几项数据。"] if len(figures) > 1 else wordings,
                "story": [f"{scene}这封信说的是{name.short}。"]}  # fmt: skip
        said = [spaced(one) for one in told.get(pen.angle, wordings)]
        return pen.say("opening", said, ())
    general = [f"A few words about {the}.", f"This letter is about {the}."]
    when = listed(said, chinese=False)
    told = {"occasion": [f"Something for {when}: {the}."] if said else general,
            "facts": [f"{name.the} in figures."] if len(figures) > 1 else general,
            "story": [f"{scene} This letter is about {the}."] if scene else general}  # fmt: skip
    return pen.say("opening", (), told.get(pen.angle, general))


def _call(pen: Pen) -> str:
    """Return the one thing that a letter asks for."""
    return pen.say(
        "call",
        ("想看看的话，商品页有图片和全部评价。", "图片和评价都在商品页，有空可以看看。"),
        ("Have a look at its page in our shop.", "Pictures and reviews are on its page.")
        if not pen.material.name.plural
        else ("Have a look at their page in our shop.", "Pictures and reviews are on their page."),
    )


def greeting(pen: Pen) -> str:
    """Return how a letter begins, by its tone."""
    return {
        "plain": ("您好：", "Hello,"),
        "warm": ("您好，好久不见：", "Hello, and thank you for reading us,"),
        "lively": ("嗨，你好！", "Hi there,"),
        "expert": ("您好：", "Hello,"),
    }[pen.tone][not pen.chinese]


def _run(pen: Pen, sentences: list[str]) -> str:
    return ("" if pen.chinese else " ").join(sentences)


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
    told = _reply(pen, [one.text for one in pen.material.lines if one.kind == "care"])
    ends = pen.pick(
        "reply-end",
        ("还有哪里不合适，请在订单页告诉我们。", "有任何问题，都可以在订单页联系我们。"),
        ("If something is not right, please write to us from your order page.",
         "Should anything be wrong, tell us on your order page."),
    )  # fmt: skip
    said = [thanks, *[one for one in told if one], ends]
    return {"reply": pen.packed(parts["reply"], said) if all(told) and told else ""}


def _reply(pen: Pen, notes: list[str]) -> list[str]:
    """Return what stands between thanks and the way to reach the shop, by the angle."""
    chinese = pen.chinese
    if pen.angle == "benefit":
        them = "they serve" if pen.material.name.plural else "it serves"
        return [f"您{pen.material.name.verb}得顺手，我们就放心了。" if chinese
                else f"We are glad that {them} you well."]  # fmt: skip
    if pen.angle == "occasion":
        return [f"打理上提醒一句：{notes[0]}" if chinese else f"A word on care: {low(notes[0])}"
                ] if notes else []  # fmt: skip
    if pen.angle == "facts":
        sorry = ("如果收到的和页面写的不一样，是我们没做好。" if chinese
                 else "If what arrived is not what the page says, that is our fault.")  # fmt: skip
        return [sorry, pen.promise()]
    return ["您写的这些，后来的买家也会看到。" if chinese
            else "What you wrote helps whoever reads it next."]  # fmt: skip
