"""Copy that is seen for a second: banner, search ad, push message."""

from __future__ import annotations

from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.forming import stated
from marketing.copy.phrasing.pen import Pen

Parts = Mapping[str, Part]
BUTTONS = {
    "plain": (("去看看", "看细节"), ("See the details", "Have a look")),
    "warm": (("慢慢看", "了解一下"), ("Take a look", "Find out more")),
    "lively": (("这就去看", "去逛逛"), ("Show me", "Let me see")),
    "expert": (("看参数", "看规格"), ("See the facts", "Compare facts")),
}


def banner(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a headline, a line below and a button."""
    headline = pen.first(parts["headline"], *headlines(pen, 16 if pen.chinese else 40))
    full = pen.material.name.full
    line = pen.first(parts["line"], *_lines(pen), *([] if pen.said(full) else [full]))
    button = pen.pick("button", *BUTTONS[pen.tone])
    return {"headline": headline, "line": line, "button": button}


def headlines(pen: Pen, most: int) -> list[str]:
    """Return what a short line can say, by the angle, the most telling first."""
    return [*(_chinese(pen, most) if pen.chinese else _english(pen)),
            pen.material.name.short, pen.material.name.noun.capitalize()]  # fmt: skip


def _chinese(pen: Pen, most: int) -> list[str]:
    name, noun = pen.material.name, pen.material.name.noun
    clause = pen.clause(most)
    if pen.angle == "occasion":
        said = pen.occasions(2)
        both = f"{'、'.join(said)}都顾到的{noun}" if len(said) > 1 and noun else ""
        return [both, f"为{said[0]}准备的{noun}" if said and noun else ""]
    if pen.angle == "facts":
        names = [name.short, noun] if noun else [name.short]
        return [f"{one}，{row}" for one in names for row in _new_figures(pen)]
    if pen.angle == "benefit":
        told = pen.clause(most - len(name.this) - 1)
        own = f"{name.this}，{told}" if told and noun else ""
        return [pen.described(2), own, pen.described(1)]
    return [clause, name.short]


def _english(pen: Pen) -> list[str]:
    name, thing = pen.material.name, _capital(pen.a_noun())
    if pen.angle == "occasion":
        said = pen.occasions(2)
        heads = [" and ".join(said), said[0]] if said else []
        found = [f"{thing} for {one}" for one in heads if thing]
        return [*found, *(f"{name.short} for {one}" for one in heads)]
    if pen.angle == "facts":
        names = [name.short, name.noun.capitalize()] if name.noun else [name.short]
        return [f"{one}: {_lower(row)}" for one in names for row in _new_figures(pen)]
    if pen.angle == "benefit":
        said = [pen.a_noun(pen.adjectives(many)) for many in (2, 1) if pen.tags(1)]
        return [*[_capital(one) for one in said if one], *pen.heads()]
    return [*pen.heads(), name.short]


def _new_figures(pen: Pen) -> list[str]:
    """Return the first facts in figures that the name does not hold."""
    name = pen.material.name.full.casefold()
    return [one for one in pen.figures(6) if not stated(one, name)][:3]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _lines(pen: Pen) -> list[str]:
    """Return what can stand below a headline, without its full stop."""
    clauses = [one.rstrip("。.") for one in pen.own()]
    made = {
        "benefit": [pen.praise(), pen.made_of(), pen.choice(), *pen.figures(2)],
        "occasion": [pen.present(), pen.choice(), pen.praise(), pen.made_of(), pen.use()],
        "facts": [pen.made_of(), *pen.figures(2), pen.choice(), pen.praise()],
        "story": [pen.choice(), pen.praise(), pen.made_of(), pen.use()],
    }[pen.angle]
    said = [one.rstrip("。.") for one in (*clauses, *made) if one]
    return [one for one in said if not pen.said(one)]


def search_ad(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a headline and a description that fit a results page's ads."""
    name, head = pen.material.name, parts["headline"]
    said = [*headlines(pen, 15), *_short_names(pen)]
    thing = [name.short, name.noun] if pen.chinese else [name.short, name.noun.capitalize()]
    price = [f"{one} {pen.material.price}" for one in thing if one and pen.material.price]
    first = price if pen.angle == "facts" else []
    made = [pen.praise(), pen.made_of(), pen.choice(), pen.present(), pen.use()]
    if pen.angle == "occasion":
        made = [pen.present(), pen.choice(), pen.praise(), pen.made_of(), pen.use()]
    if pen.angle == "facts":
        made = [pen.made_of(), pen.choice(), *pen.figures(2), pen.use(), pen.praise()]
    texts = [*pen.own(), *made, "、".join(pen.tags(3)) if pen.chinese else ""]
    headline = pen.first(head, *first, *said, *_cut(name.short, head, pen))
    return {
        "headline": headline,
        "description": pen.packed(parts["description"], [one for one in texts if one], most=2)
        or pen.first(parts["description"], name.full, name.short),
    }


def _short_names(pen: Pen) -> list[str]:
    name = pen.material.name
    noun = name.noun if pen.chinese else name.noun.title()
    tagged = [f"{one}{'' if pen.chinese else ' '}{noun}" for one in pen.tags(2) if noun]
    return [name.short, *tagged, f"{name.brand} {noun}" if name.brand and noun else "", noun]


def _cut(text: str, part: Part, pen: Pen) -> list[str]:
    """Return the beginning of a name that fits, by whole words."""
    words = text.split(" ")
    return [" ".join(words[:many]) for many in range(len(words) - 1, 0, -1)]


def push(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a push message: what it is, and one reason to look."""
    name = pen.material.name
    titles = headlines(pen, 18)
    texts = [*pen.own(), pen.praise(), pen.made_of(), pen.choice(), pen.use()]
    texts = [pen.costs(), *texts] if pen.angle == "facts" else texts
    head = pen.first(parts["title"], *titles, *_cut(name.short, parts["title"], pen))
    body = pen.packed(parts["body"], [one for one in texts if one], most=2)
    return {"title": head, "body": body or pen.first(parts["body"], name.full, name.short)}
