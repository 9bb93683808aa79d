"""Copy for social places: a note, an article, a short post. The shop speaks, no made-up user."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.adverts import headlines, shop_name
from marketing.copy.phrasing.adverts import terms as terms_of
from marketing.copy.phrasing.forming import spaced, stated
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.telling import IT
from shopguide.writing.phrasing import plural

Parts = Mapping[str, Part]
FEWEST_TOLD = 2  # sentences of the goods, without which there is no note and no article
MARKS = {"plain": "▫️", "warm": "🤍", "lively": "✨", "expert": "📌"}
FEWEST_BEFORE_TERMS = 2  # sentences of the goods, before the shop's own terms have a place


def social_xhs(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a note: a hook, short lines, what to know first, a question, topics."""
    title = pen.first(parts["title"], *_hooks(pen), *headlines(pen, 20))
    opening = pen.kept([_opening(pen, title), *pen.prose()[:1]])
    own = " ".join(pen.own())
    numbers = [one for one in pen.figures(4) if not stated(one, own)][:2]
    said = [*(numbers if pen.angle == "facts" else []), *pen.prose()[1:4], *_also(pen)]
    points = [pen.spoken(one) for one in pen.kept(_listed(one) for one in said)]
    notes = pen.kept(pen.notes()[:2] if pen.angle in ("occasion", "story") else pen.notes()[2:3])
    quote = pen.kept([pen.quote()] if pen.angle in ("benefit", "story") else [])
    ends = pen.kept([pen.choice(), pen.costs()])
    told = [one for one in opening if one != pen.scene()]
    if len([*told, *points, *notes]) < FEWEST_TOLD:
        return {"title": title, "body": ""}
    blocks = ["\n".join(opening), "\n".join(f"{MARKS[pen.tone]} {one}" for one in points)]
    blocks += [f"入手前先知道：{''.join(notes)}" if notes else "", "".join(quote), "".join(ends),
               _question(pen), _tags_zh(pen)]  # fmt: skip
    return {"title": title, "body": _within(parts["body"], pen, [one for one in blocks if one])}


def _hooks(pen: Pen) -> list[str]:
    """Return titles that make one stop, by the angle: a question, a scene, what to look at."""
    name, said, thing = pen.material.name, pen.occasions(2), pen.material.name.thing
    if not thing:
        return []
    if pen.angle == "occasion":
        whom = pen.whom()
        end = f"什么{name.noun}？" if name.noun else f"的{thing}怎么挑？"
        asked = [f"{'、'.join(said[:many])}{name.verb}{end}" for many in (2, 1)
                 if said[many - 1 :]]  # fmt: skip
        return [*asked, *([f"{whom}的{thing}怎么挑？"] if whom else [])]
    if pen.angle == "facts":
        numbers = len(pen.figures(2)) > 1
        return [f"挑{thing}，先看这几个数" if numbers else f"{thing}怎么挑？先看这几点"]
    if pen.angle == "benefit":
        tags = "、".join(pen.tags(2))
        clause = pen.clause(18 - len(thing))
        return [f"{thing}｜{one}" for one in (clause, tags) if one]
    return [pen.scene().rstrip("。"), f"店里的{name.short}"]


def _opening(pen: Pen, title: str) -> str:
    """Return how a note begins: with the scene, or with what the title has asked."""
    scene = pen.scene()
    if pen.angle in ("story", "occasion") and scene and scene.rstrip("。") != title:
        return scene
    return pen.praise() if pen.angle == "benefit" and len(pen.features(2)) > 1 else ""


def _listed(text: str) -> str:
    """Return a sentence as a line of a list: without its subject and its stop."""
    return re.sub(f"^{IT}(?:，|是)?", "", text).rstrip("。")


def _question(pen: Pen) -> str:
    """Return what a note asks its readers."""
    name, said = pen.material.name, pen.occasions(1)
    if pen.angle == "occasion" and said:
        return f"你{said[0]}{name.verb}的是什么{name.noun}？评论区聊聊。"
    return {
        "facts": "还想知道什么，评论区问我们。", "story": "你有没有过这样的时候？评论区聊聊。"
    }.get(pen.angle, "你平时怎么挑？评论区聊聊。")  # fmt: skip


def _also(pen: Pen) -> list[str]:
    """Return what the other angles begin with, as far as a note has room for it."""
    if len(pen.own()) > 3:
        return [pen.use()]
    own = " ".join(pen.own())
    rows = [one for one in pen.figures(4) if not stated(one, own)][:2]
    told = {
        "benefit": [pen.made_of(), pen.built(), pen.use()],
        "occasion": [pen.praise(), pen.built(), pen.look(), *rows[:1], pen.use()],
        "facts": [*rows, pen.built(), pen.look(), pen.praise()],
        "story": [pen.praise(), pen.look(), pen.use(), pen.built()],
    }
    return [one for one in told[pen.angle] if one]


def _tags_zh(pen: Pen) -> str:
    name = pen.material.name
    words = [name.noun or name.thing, *pen.occasions(2), *pen.material.names("style")[:1]]
    tags = dict.fromkeys(re.sub(r"[\W_]+", "", one) for one in words if one)
    return " ".join(f"#{one}" for one in tags if one and pen.allowed(f"#{one}"))


def social_wechat(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write an article: title, summary, and a text in sections with headings."""
    name = pen.material.name
    title = pen.first(parts["title"], *_titles(pen), *headlines(pen, 30), name.told)
    pen.anew()
    own = [*pen.prose(), pen.praise(), pen.built(), pen.look(), pen.use()]
    summary = pen.packed(parts["summary"], [one for one in own if one], most=2)
    pen.anew()
    lead = pen.kept([*pen.lead(), *pen.own()[:1]])
    lines = [one.text for one in pen.material.lines if one.kind in ("fact", "use", "detail")]
    made = [pen.praise(), pen.look(), pen.built(), pen.serves()]
    body = pen.kept(lines if len(lines) > 1 else [*lines, *made])
    rows = pen.kept(pen.fresh_rows(5, [*lead, *body]))
    rows = rows if len(rows) > 1 else []
    notes = pen.kept(pen.notes())
    told = [*lead, *body, *notes]
    terms = [pen.promise()] if len(told) > FEWEST_BEFORE_TERMS else []
    quotes = pen.kept([pen.liked_by(), pen.quote()])
    service = pen.kept([pen.choice(), pen.costs(), *terms])
    if len([*told, *rows]) < FEWEST_TOLD:
        return {"title": title, "summary": summary, "body": ""}
    sections = {
        "细节": "".join(body), "几项数据": "\n".join(f"· {one}" for one in rows),
        "买过的人怎么说": "".join(quotes), "买之前想请您知道": "".join(notes),
        "怎么买": "".join(service),
    }  # fmt: skip
    order = ["细节", "几项数据", "买过的人怎么说", "买之前想请您知道", "怎么买"]
    if pen.angle in ("facts", "story"):  # figures first, or what others say
        order.insert(0, order.pop(1 if pen.angle == "facts" else 2))
    blocks = ["".join(lead), *(f"◎ {one}\n{sections[one]}" for one in order if sections[one]),
              "更多图片和评价在商品页。", shop_name(pen)]  # fmt: skip
    blocks = [one for one in blocks if one]
    return {
        "title": title,
        "summary": summary or pen.first(parts["summary"], name.told),
        "body": _within(parts["body"], pen, blocks),
    }


def _titles(pen: Pen) -> list[str]:
    name, clause = pen.material.name, pen.clause(20)
    said = pen.occasions(2)
    return {
        "benefit": [f"{name.short}：{clause}" if clause else ""],
        "occasion": [spaced(f"{name.short}，{pen.used_at(said)}") if said else ""],
        "facts": [f"{name.short}的几个数字" if len(pen.figures(2)) > 1 else ""],
        "story": [spaced(f"店里的{name.short}")],
    }[pen.angle]


def moments(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write what a shopkeeper posts to friends: a few plain lines, no topics, no headings."""
    name, part = pen.material.name, parts["body"]
    opening = {
        "benefit": f"说说店里的{name.short}。", "occasion": _asking(pen),
        "facts": f"{name.short}。",
        "story": pen.scene() or f"今天拿出来看的是{name.short}。",
    }[pen.angle]  # fmt: skip
    first = pen.first(part, opening, f"说说店里的{name.short}。")
    if name.short not in first:
        first = f"{first}\n{name.short}："
    pen.mentioned = True
    texts = [*pen.prose(), pen.praise(), pen.built(), pen.look(), pen.made_of(), pen.use(),
             *terms_of(pen)]  # fmt: skip
    if pen.angle == "facts":
        own = " ".join(pen.own())
        texts = [*(f"{one}。" for one in pen.figures(4) if not stated(one, own)), *texts]
    cost = pen.material.price
    last = f"\n{cost}，想看的点商品页。" if cost else "\n想看的点商品页。"
    quote = pen.quote() if pen.angle in ("benefit", "story") else ""
    room = part.limit(pen.material.locale) - len(first) - len(last)
    said = pen.packed(Part(part.label, {pen.material.locale: room}), [one for one in texts if one],
                      most=2)  # fmt: skip
    more = f"\n{quote}" if said and quote and len(said) + len(quote) < room else ""
    return {"body": f"{first}{said}{more}{last}" if said else ""}


def _asking(pen: Pen) -> str:
    """Return whom it is for, by the occasion."""
    said, name = pen.occasions(2), pen.material.name
    if not (said and name.thing):
        return ""
    if name.short == name.thing:
        return f"{name.short}，{pen.used_at(said)}。"
    return f"想找{pen.used_at(said)}的{name.thing}，可以看看{name.short}："


def social_en(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a short post with one or two hashtags."""
    name, part = pen.material.name, parts["body"]
    tags = " ".join(f"#{_camel(one)}" for one in _topics(pen))
    use = pen.use() if pen.angle != "occasion" else ""  # which begins with it
    texts = [*pen.lead(), *pen.prose(), pen.praise(), pen.built(), use, pen.choice()]
    if not any(name.short in one or IT in one for one in texts[:1]):
        texts = [f"{name.short}.", *texts]
        pen.mentioned = True  # so that what follows says "it"
    texts += [pen.costs()]
    if pen.angle == "facts":
        texts.insert(1, pen.costs())
    if pen.angle == "story":
        texts = [*pen.lead(), f"{name.short}.", *pen.prose(), pen.praise(), pen.costs()]
        pen.mentioned = True
    room = Part(part.label, {pen.material.locale: part.limit(pen.material.locale) - len(tags) - 2})
    said = pen.packed(room, [one for one in texts if one], most=4)
    return {"body": f"{said}\n{tags}" if tags and said else said}


def _topics(pen: Pen) -> list[str]:
    noun = pen.material.name.noun
    said = [noun if pen.material.name.plural else plural(noun, 2)] if noun else []
    return [*said, *[one.removeprefix("the ") for one in pen.occasions(1)]][:2]


def _camel(words: str) -> str:
    return "".join(one.capitalize() for one in re.findall(r"[A-Za-z0-9]+", words))


def _within(part: Part, pen: Pen, blocks: list[str]) -> str:
    while len(blocks) > 1 and part.length("\n\n".join(blocks)) > part.limit(pen.material.locale):
        del blocks[-2 if len(blocks) > 2 else -1]
    return "\n\n".join(blocks)
