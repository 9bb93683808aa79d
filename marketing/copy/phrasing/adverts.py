"""Copy that is seen for a second: banner and search ad; headlines and reasons for others too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from marketing.copy.channels import Part
from marketing.copy.phrasing.forming import as_titled, bare, gist, low, spaced, stated
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.words import word
from shopguide.writing.phrasing import listed

Parts = Mapping[str, Part]
_FIGURE = re.compile(r"\d[\d,]*\.\d+|\d{2}[\d,]*")
BARE = ("benefit", "story")
FEWEST_OWN = 2  # sentences of the shop; with fewer its terms may stand in an advert
LONGEST_BEFORE = 7  # signs of what stands before a Chinese noun
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
    most = parts["line"].limit(pen.material.locale)
    named = [_named(pen)] if headline in _opening(pen) else []  # a scene does not say what it is
    line = pen.first(
        parts["line"],
        *named,
        *_lines(pen, most),
        *([] if pen.said(full) or again(full, headline) else [full]),
    )
    button = pen.pick("button", *BUTTONS[pen.tone])
    return {"headline": headline, "line": line, "button": button}


def _named(pen: Pen) -> str:
    """Return the name with when it is used: 卡欧仕帽子，旅行能戴; "Cotton Hat, for travel"."""
    name, said = pen.material.name.short, pen.occasions(2)
    if not said:
        return name
    if pen.chinese:
        return spaced(f"{name}，{pen.used_at(said)}")
    return f"{name}, for {listed(said, chinese=False)}"


def headlines(pen: Pen, most: int) -> list[str]:
    """Return what a short line can say, by the angle, the most telling first."""
    said = [*(_chinese(pen, most) if pen.chinese else _english(pen)), pen.material.name.short]
    # A bare noun is no headline for an angle that has nothing of its own to say.
    name = pen.material.name
    noun = name.noun if pen.chinese else f" {as_titled(name.noun)}"
    branded = [spaced(f"{name.brand}{noun}")] if name.brand and name.noun else []
    return [*said, *branded, *([_capital(name.noun)] if pen.angle in BARE else [])]


def _chinese(pen: Pen, most: int) -> list[str]:
    name, noun = pen.material.name, pen.material.name.thing
    clause = pen.clause(most)
    if pen.angle == "occasion":
        said = pen.occasions(2)
        heads = [f"{pen.used_at(said[:many])}的{noun}" for many in (2, 1) if said[many - 1 :]]
        return [*(heads if noun else []), *_for_whom(pen)]
    if pen.angle == "facts":
        names = [name.short, noun] if noun else [name.short]
        rows = [f"{one}，{row}" for one in names for row in _new_figures(pen)]
        return [*rows, *_of_what(pen), *_like(pen)]
    if pen.angle == "benefit":
        told = pen.clause(most - len(name.this) - 1)
        own = f"{name.this}，{told}" if told and noun else ""
        return [pen.described(2), own, pen.described(1), *_like(pen)]
    return [clause, *_styled(pen), *_opening(pen), name.short]


def _english(pen: Pen) -> list[str]:
    name, thing = pen.material.name, _capital(pen.a_noun())
    if pen.angle == "occasion":
        said = pen.occasions(2)
        heads = [" and ".join(said), said[0]] if said else []
        found = [f"{thing} for {one}" for one in heads if thing]
        return [*found, *(f"{name.short} for {one}" for one in heads), *_for_whom(pen)]
    if pen.angle == "facts":
        names = [name.short, *ends(name.short, 2), _capital(name.noun)]
        rows = [f"{one}: {_lower(bare(row))}" for one in names if one
                for row in _new_figures(pen)]  # fmt: skip
        return [*rows, *_of_what(pen), *_like(pen)]
    if pen.angle == "benefit":
        said = [pen.a_noun(pen.adjectives(many)) for many in (2, 1) if pen.tags(1)]
        also = [f"{name.short}: {pen.adjectives(1)}"] if pen.tags(1) else []
        return [*[_capital(one) for one in said if one], *also, *pen.heads()]
    return [*pen.heads(), *_styled(pen), *_opening(pen), name.short]


def _opening(pen: Pen) -> list[str]:
    """Return the beginning of a scene, for goods of which the shop has told little."""
    scene = pen.scene() if len(pen.own()) < FEWEST_OWN else ""
    return [re.split(r"[。.]", scene)[0]] if scene else []


def _like(pen: Pen) -> list[str]:
    """Return headlines of what the list of facts says: 圆顶、弯檐的帽子, "Mouse: 3 buttons"."""
    said, name = pen.traits(2), pen.material.name
    if not said or not name.thing:
        return []
    if not pen.chinese:
        return [f"{one}: {said[0]}" for one in (name.short, _capital(name.noun)) if one]
    few = [one for one in said if len(one) <= LONGEST_BEFORE and not re.search(r"[\d产]", one)]
    return [spaced(f"{'、'.join(few[:many])}的{name.thing}") for many in (2, 1) if few[many - 1 :]]


def _styled(pen: Pen) -> list[str]:
    """Return a headline of its style."""
    name, styles = pen.material.name, pen.material.names("style")[:1]
    if not styles or not name.noun or styles[0].casefold() in name.told.casefold():
        return []
    if pen.chinese:
        end = "" if styles[0].endswith(("风", "风格", "式", "款")) else "风"
        return [f"{styles[0]}{end}{name.noun}"] if len(styles[0]) > 1 else []
    return [_capital(pen.a_noun(low(styles[0]).removesuffix(" style")))]


def _for_whom(pen: Pen) -> list[str]:
    """Return a headline of people, for goods that state no occasion."""
    whom, name = pen.whom(), pen.material.name
    if not whom:
        return []
    if not pen.chinese:
        return [f"{name.short} for {whom}"]
    tags = [word("audiences", one, "tag_zh") for one in pen.material.values("audience")[:1]]
    tag = tags[0] if tags else ""
    kind = [f"{tag}{name.thing}"] if tag and tag[0] not in name.told else []
    return [*kind, f"适合{whom}的{name.thing}"]


def _of_what(pen: Pen) -> list[str]:
    """Return a headline of what it is made of, for goods that state no figure."""
    name, names = pen.material.name, pen.material.names("material")[:2]
    told = name.told.casefold()
    if not pen.made_of() or not name.thing or any(one.casefold() in told for one in names):
        return []
    if pen.chinese:
        return [spaced(f"{'、'.join(names)}做的{name.thing}")]
    said = listed([low(one) for one in names], chinese=False)
    return [f"{name.short} in {said}"]


def _new_figures(pen: Pen) -> list[str]:
    """Return the first facts in figures that the name does not hold."""
    name = pen.material.name.told.casefold()
    return [one for one in pen.figures(6) if not stated(one, name)][:3]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _lines(pen: Pen, most: int) -> list[str]:
    """Return what can stand below a headline, without its full stop."""
    clauses = [one.rstrip("。.") for one in pen.turned(most)]
    built = pen.built()
    made = {
        "benefit": [pen.praise(), built, pen.made_of(), pen.choice(), *pen.figures(2)],
        "occasion": [pen.present(), pen.choice(), built, pen.praise(), pen.made_of(), pen.use()],
        "facts": [built, pen.made_of(), *pen.figures(2), pen.choice(), pen.praise()],
        "story": [pen.liked_by(), pen.choice(), pen.look(), built, pen.praise(), pen.made_of(),
                  pen.use()],
    }[pen.angle]  # fmt: skip
    made += [pen.use(), pen.look(), *pen.besides(), *terms(pen)]
    said = [one.rstrip("。.") for one in (*clauses, *made) if one]
    return [one for one in said if not pen.said(one) and not again(one, pen.shown)]


def again(text: str, shown: str) -> bool:
    """Tell whether a text, or a figure of it, stands in the headline above it."""
    if gist(text) in gist(shown):
        return True
    return bool(set(_FIGURE.findall(text)) & set(_FIGURE.findall(shown)))


def search_ad(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a headline and a description that fit a results page's ads."""
    name, head = pen.material.name, parts["headline"]
    said = [*headlines(pen, 15), *_short_names(pen)]
    thing = [name.short, name.noun] if pen.chinese else [name.short, _capital(name.noun)]
    price = [f"{one} {pen.material.price}" for one in thing if one and pen.material.price]
    first = price if pen.angle == "facts" else []
    headline = pen.first(head, *first, *said, *ends(name.short, 2), name.noun)
    pen.shown = headline
    told = " ".join(pen.own()).casefold()
    figures = [f"{one}{'。' if pen.chinese else '.'}" for one in pen.figures(2)
               if not stated(one, told)]  # fmt: skip
    made = [*reasons(pen, figures), *pen.besides(), *terms(pen)]
    most = 45 if pen.chinese else 90
    texts = [one for one in (*pen.turned(most), *made) if not again(one, headline)]
    return {
        "headline": headline,
        "description": pen.packed(parts["description"], [one for one in texts if one], most=2)
        or pen.first(parts["description"], *left([name.told, name.short], headline)),
    }


def reasons(pen: Pen, figures: Sequence[str]) -> list[str]:
    """Return short sentences of facts, as the angle orders them."""
    built, choice, praise, made = pen.built(), pen.choice(), pen.praise(), pen.made_of()
    return {
        "benefit": [praise, built, made, choice, pen.present(), pen.use(), pen.look()],
        "occasion": [pen.present(), choice, built, praise, made, pen.use(), pen.look()],
        "facts": [built, made, choice, *figures, pen.use(), praise, pen.look()],
        "story": [pen.look(), pen.liked_by(), choice, built, praise, made, pen.use()],
    }[pen.angle]


def _short_names(pen: Pen) -> list[str]:
    name = pen.material.name
    noun = name.noun if pen.chinese else as_titled(name.noun)
    tagged = [f"{one}{'' if pen.chinese else ' '}{noun}" for one in pen.tags(2) if noun]
    return [name.short, *tagged, f"{name.brand} {noun}" if name.brand and noun else "", noun]


def left(texts: Sequence[str], shown: str) -> list[str]:
    """Return the texts that do not stand in the headline above them."""
    return [one for one in texts if not again(one, shown)]


def ends(text: str, fewest: int) -> list[str]:
    """Return the ends of a name by whole words, the longest first: what a thing is stands last."""
    words = text.split(" ")
    return [" ".join(words[first:]) for first in range(1, len(words) - fewest + 1)]


def terms(pen: Pen) -> list[str]:
    """Return the shop's terms, a reason to look only where the shop has told little."""
    return [pen.promise()] if len(pen.own()) < FEWEST_OWN else []


def shop_name(pen: Pen) -> str:
    """Return the shop's name in the language, as far as it has one."""
    shop = pen.material.product.merchant
    return (shop.name_zh if pen.chinese else shop.name_en) or shop.name
