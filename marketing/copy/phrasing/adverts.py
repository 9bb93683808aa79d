"""Copy that is seen for a second: banner, search ad, push message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from marketing.copy.channels import Part
from marketing.copy.phrasing.forming import bare, gist, low, spaced, stated
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.words import word
from shopguide.writing.phrasing import listed

Parts = Mapping[str, Part]
_FIGURE = re.compile(r"\d[\d,]*\.\d+|\d{2}[\d,]*")
BARE = ("benefit", "story")
BUTTONS = {
    "plain": (("去看看", "看细节"), ("See the details", "Have a look")),
    "warm": (("慢慢看", "了解一下"), ("Take a look", "Find out more")),
    "lively": (("这就去看", "去逛逛"), ("Show me", "Let me see")),
    "expert": (("看参数", "看规格"), ("See the facts", "Compare facts")),
}


def banner(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a headline, a line below and a button."""
    headline = pen.first(parts["headline"], *headlines(pen, 16 if pen.chinese else 40))
    full = pen.material.name.told
    pen.shown = headline
    line = pen.first(
        parts["line"], *_lines(pen), *([] if pen.said(full) or _again(full, headline) else [full])
    )
    button = pen.pick("button", *BUTTONS[pen.tone])
    return {"headline": headline, "line": line, "button": button}


def headlines(pen: Pen, most: int) -> list[str]:
    """Return what a short line can say, by the angle, the most telling first."""
    said = [*(_chinese(pen, most) if pen.chinese else _english(pen)), pen.material.name.short]
    # A bare noun is no headline for an angle that has nothing of its own to say.
    return [*said, *([pen.material.name.noun.capitalize()] if pen.angle in BARE else [])]


def _chinese(pen: Pen, most: int) -> list[str]:
    name, noun = pen.material.name, pen.material.name.thing
    clause = pen.clause(most)
    if pen.angle == "occasion":
        said = pen.occasions(2)
        heads = [f"{pen.used_at(said[:many])}的{noun}" for many in (2, 1) if said[many - 1 :]]
        return [*(heads if noun else []), *_for_whom(pen)]
    if pen.angle == "facts":
        names = [name.short, noun] if noun else [name.short]
        return [*(f"{one}，{row}" for one in names for row in _new_figures(pen)), *_of_what(pen)]
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
        return [*found, *(f"{name.short} for {one}" for one in heads), *_for_whom(pen)]
    if pen.angle == "facts":
        names = [name.short, *_ends(name.short, 2), name.noun.capitalize()]
        rows = [f"{one}: {_lower(bare(row))}" for one in names if one
                for row in _new_figures(pen)]  # fmt: skip
        return [*rows, *_of_what(pen)]
    if pen.angle == "benefit":
        said = [pen.a_noun(pen.adjectives(many)) for many in (2, 1) if pen.tags(1)]
        also = [f"{name.short}: {pen.adjectives(1)}"] if pen.tags(1) else []
        return [*[_capital(one) for one in said if one], *also, *pen.heads()]
    return [*pen.heads(), name.short]


def _for_whom(pen: Pen) -> list[str]:
    """Return a headline of people, for goods that state no occasion."""
    whom, name = pen.whom(), pen.material.name
    if not whom:
        return []
    if not pen.chinese:
        return [f"{name.short} for {whom}"]
    tags = [word("audiences", one, "tag_zh") for one in pen.material.values("audience")[:1]]
    tag = tags[0] if tags else ""
    kind = [f"{tag}{name.thing}"] if tag and tag[0] not in name.full else []
    return [*kind, f"适合{whom}的{name.thing}"]


def _of_what(pen: Pen) -> list[str]:
    """Return a headline of what it is made of, for goods that state no figure."""
    name, names = pen.material.name, pen.material.names("material")[:2]
    told = name.full.casefold()
    if not pen.made_of() or not name.thing or any(one.casefold() in told for one in names):
        return []
    if pen.chinese:
        return [spaced(f"{'、'.join(names)}做的{name.thing}")]
    said = listed([low(one) for one in names], chinese=False)
    return [f"{name.short} in {said}"]


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
    return [one for one in said if not pen.said(one) and not _again(one, pen.shown)]


def _again(text: str, shown: str) -> bool:
    """Tell whether a text, or a figure of it, stands in the headline above it."""
    if gist(text) in gist(shown):
        return True
    return bool(set(_FIGURE.findall(text)) & set(_FIGURE.findall(shown)))


def search_ad(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a headline and a description that fit a results page's ads."""
    name, head = pen.material.name, parts["headline"]
    said = [*headlines(pen, 15), *_short_names(pen)]
    thing = [name.short, name.noun] if pen.chinese else [name.short, name.noun.capitalize()]
    price = [f"{one} {pen.material.price}" for one in thing if one and pen.material.price]
    first = price if pen.angle == "facts" else []
    headline = pen.first(head, *first, *said, *_ends(name.short, 2), name.noun)
    pen.shown = headline
    told = " ".join(pen.own()).casefold()
    figures = [f"{one}{'。' if pen.chinese else '.'}" for one in pen.figures(2)
               if not stated(one, told)]  # fmt: skip
    made = [pen.praise(), pen.made_of(), pen.choice(), pen.present(), pen.use()]
    if pen.angle == "occasion":
        made = [pen.present(), pen.choice(), pen.praise(), pen.made_of(), pen.use()]
    if pen.angle == "facts":
        made = [pen.made_of(), pen.choice(), *figures, pen.use(), pen.praise()]
    texts = [one for one in (*pen.own(), *made) if not _again(one, headline)]
    return {
        "headline": headline,
        "description": pen.packed(parts["description"], [one for one in texts if one], most=2)
        or pen.first(parts["description"], *_left([name.told, name.short], headline)),
    }


def _short_names(pen: Pen) -> list[str]:
    name = pen.material.name
    noun = name.noun if pen.chinese else name.noun.title()
    tagged = [f"{one}{'' if pen.chinese else ' '}{noun}" for one in pen.tags(2) if noun]
    return [name.short, *tagged, f"{name.brand} {noun}" if name.brand and noun else "", noun]


def _left(texts: Sequence[str], shown: str) -> list[str]:
    """Return the texts that do not stand in the headline above them."""
    return [one for one in texts if not _again(one, shown)]


def _ends(text: str, fewest: int) -> list[str]:
    """Return the ends of a name by whole words, the longest first: what a thing is stands last."""
    words = text.split(" ")
    return [" ".join(words[first:]) for first in range(1, len(words) - fewest + 1)]


def push(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a push message: what it is, and one reason to look."""
    name = pen.material.name
    titles = headlines(pen, 18)
    head = pen.first(parts["title"], *titles, *_ends(name.short, 2), name.noun)
    pen.shown = head
    texts = [*pen.own(), pen.praise(), pen.made_of(), pen.choice(), pen.use()]
    texts = [one for one in texts if not _again(one, head)]
    texts = [pen.costs(), *texts] if pen.angle == "facts" else texts
    body = pen.packed(parts["body"], [one for one in texts if one], most=2)
    return {
        "title": head,
        "body": body or pen.first(parts["body"], *_left([name.told, name.short], head)),
    }
