"""Copy for social places: a note, an article, a short post. The shop speaks, no made-up user."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.adverts import headlines
from marketing.copy.phrasing.forming import spaced
from marketing.copy.phrasing.letters import signature
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.telling import IT
from shopguide.writing.phrasing import plural

Parts = Mapping[str, Part]
FEWEST_BEFORE_TERMS = 2  # sentences of the goods, before the shop's own terms have a place


def social_xhs(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a note of short lines with hashtags."""
    title = pen.first(parts["title"], *headlines(pen, 20))
    lead = pen.kept([*pen.lead(), *pen.own()[:1]])
    said = [*pen.own()[1:4], *_also(pen)]
    points = pen.kept(one.rstrip("。") for one in said)
    mark = "✨" if pen.tone == "lively" else "·"
    notes = pen.kept(pen.notes()[:2] if pen.angle in ("occasion", "story") else pen.notes()[2:3])
    quote = [pen.quote()] if pen.angle in ("benefit", "story") else []
    ends = pen.kept([*quote, pen.choice(), pen.costs()])
    blocks = ["".join(lead), "\n".join(f"{mark} {one}" for one in points)]
    blocks += [f"入手前先知道：{''.join(notes)}" if notes else "", "".join(ends), _tags_zh(pen)]
    return {"title": title, "body": _within(parts["body"], pen, [one for one in blocks if one])}


def _also(pen: Pen) -> list[str]:
    """Return what the other angles begin with, as far as a note has room for it."""
    if len(pen.own()) > 3:
        return [pen.use()]
    rows = pen.figures(2)
    told = {
        "benefit": [pen.made_of(), pen.use()],
        "occasion": [pen.praise(), *rows[:1]],
        "facts": [*rows, pen.look(), pen.praise()],
        "story": [pen.praise(), pen.look(), pen.use()],
    }
    return told[pen.angle]


def _tags_zh(pen: Pen) -> str:
    name = pen.material.name
    words = [name.noun, *pen.occasions(2), *pen.material.names("style")[:1]]
    tags = dict.fromkeys(re.sub(r"[\W_]+", "", one) for one in words if one)
    return " ".join(f"#{one}" for one in tags if one and pen.allowed(f"#{one}"))


def social_wechat(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write an article: title, summary, text."""
    name = pen.material.name
    title = pen.first(parts["title"], *_titles(pen), *headlines(pen, 30), name.told)
    own = [*pen.own(), pen.praise(), pen.use()]
    summary = pen.packed(parts["summary"], [one for one in own if one], most=2)
    pen.anew()
    lead = pen.kept([*pen.lead(), *pen.own()[:1]])
    lines = [one.text for one in pen.material.lines if one.kind in ("fact", "use", "detail")]
    body = pen.kept(lines if len(lines) > 1 else [*lines, pen.praise(), pen.serves()])
    rows = pen.kept(pen.fresh_rows(5, [*lead, *body]))
    facts = "\n".join(["数据：", *(f"· {one}" for one in rows)]) if len(rows) > 1 else ""
    notes = pen.kept(pen.notes())
    terms = [pen.promise()] if len([*lead, *body, *notes]) > FEWEST_BEFORE_TERMS else []
    service = pen.kept([pen.choice(), pen.costs(), pen.liked_by(), *terms])
    blocks = ["".join(lead), "".join(body), facts, "".join(pen.kept([pen.quote()])),
              f"买之前想请您知道：{''.join(notes)}" if notes else "", "".join(service),
              signature(pen)]  # fmt: skip
    blocks = [one for one in blocks if one]
    if pen.angle == "facts" and facts:
        blocks.remove(facts)
        blocks.insert(1, facts)
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
        "occasion": [spaced(f"{'、'.join(said)}，说说{name.short}") if said else ""],
        "facts": [f"{name.short}的几个数字" if len(pen.figures(2)) > 1 else ""],
        "story": [spaced(f"店里的{name.short}")],
    }[pen.angle]


def social_en(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a short post with one or two hashtags."""
    name, part = pen.material.name, parts["body"]
    tags = " ".join(f"#{_camel(one)}" for one in _topics(pen))
    use = pen.use() if pen.angle != "occasion" else ""  # which begins with it
    texts = [*pen.lead(), *pen.own(), pen.praise(), use, pen.choice()]
    if not any(name.short in one or IT in one for one in texts[:1]):
        texts = [f"{name.short}.", *texts]
        pen.mentioned = True  # so that what follows says "it"
    texts += [pen.costs()]
    if pen.angle == "facts":
        texts.insert(1, pen.costs())
    if pen.angle == "story":
        texts = [*pen.lead(), f"{name.short}.", *pen.own(), pen.praise(), pen.costs()]
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
