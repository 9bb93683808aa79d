"""Copy of the product page: title, selling points, description, what search engines show."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marketing.copy.channels import Part
from marketing.copy.phrasing.forming import as_titled, bare, low, stated
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.reading import Line, headless
from marketing.copy.phrasing.telling import IT, LOOKS, lowered
from marketing.copy.phrasing.words import word
from shopguide.writing.phrasing import listed

Parts = Mapping[str, Part]
FEWEST_POINTS = 3
FEWEST_BEFORE_TERMS = 3  # sentences of the goods, before the shop's own terms have a place
FEWEST_GROUPS = 3  # sentences that stay when an angle leaves some to its siblings
LONGEST_ADDED = 4  # words of a point that may stand in a title
OWN_POINTS = 3  # of the shop's sentences, before others have had their turn


def title(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a product's title: brand, name, and what the angle adds."""
    base = branded(pen)
    extra = _added(pen)
    joint = " " if pen.chinese else ", "
    candidates = [f"{base}{joint if pen.chinese or not one.startswith('for ') else ' '}{one}"
                  for one in extra]  # fmt: skip
    # The title as it stands is no proposal; a made one is, where the language has none.
    plain = [base, pen.material.name.told] if not pen.material.name.own else []
    plain = [one for one in plain if one.casefold() != pen.material.name.noun.casefold()]
    return {"title": pen.first(parts["title"], *candidates, *plain, *_rebranded(pen, base))}


def _rebranded(pen: Pen, base: str) -> list[str]:
    """Return the name with its brand, where the live title lacks it."""
    name = pen.material.name
    return [base] if base.casefold() != name.full.casefold() and name.brand else []


def branded(pen: Pen) -> str:
    """Return the name with its brand before it, once."""
    name = pen.material.name
    if not name.brand or name.brand.casefold() in name.short.casefold():
        return name.short
    return f"{name.brand} {name.short}"


def _added(pen: Pen) -> list[str]:
    """Return what a title can add by its angle, the longest first."""
    if pen.angle == "facts":
        said = [one if pen.chinese else bare(one) for one in pen.figures(6)]
        new = [one for one in said if _digits(one) not in _digits(pen.material.name.short)]
        new = new or [one if pen.chinese else low(one) for one in pen.traits(2)]
    elif pen.angle == "occasion":
        new = _occasions(pen)
    elif pen.angle == "benefit":
        new = pen.tags(2) or _stuff(pen)
    else:
        new = _person(pen)
    new = new or _else(pen)
    if not new:
        return []
    if pen.chinese:
        return [" ".join(new[:3]), " ".join(new[:2]), new[0]]
    joined = [
        listed(new[:2], chinese=False) if pen.angle != "facts" else ", ".join(new[:2]),
        new[0],
    ]
    people = pen.angle in ("occasion", "story") and new != _else(pen)
    return [f"for {one}" if people else one for one in joined]


def _else(pen: Pen) -> list[str]:
    """Return what a title can add where its angle has nothing: a point of the list, a look."""
    said = [as_titled(one) for one in pen.points() if 1 < len(one.split()) <= LONGEST_ADDED]
    looks = [one for each in LOOKS for one in pen.material.names(each)[:1] if one != "纯色"]
    looks = looks if pen.chinese else [as_titled(one) for one in looks]
    found = [*(said if not pen.chinese else []), *looks, *_stuff(pen)]
    name = pen.material.name.told.casefold()
    found = [one for one in found if one.casefold() not in name and pen.allowed(one)]
    turn = {"benefit": 0, "occasion": 1, "facts": 2, "story": 3}[pen.angle] % max(len(found), 1)
    return found[turn : turn + 1]


def _stuff(pen: Pen) -> list[str]:
    """Return what it is made of, as words of a title that names no feature."""
    names = pen.material.names("material")[:2] if pen.made_of() else []
    return [low(one) if not pen.chinese else one for one in names]


def _occasions(pen: Pen) -> list[str]:
    if pen.chinese:
        gift = any(word("occasions", one, "gift") for one in pen.material.values("occasion"))
        return [*pen.occasions(2), *(["送礼"] if gift else [])]
    return [re.sub(r"\b(?!the\b|a\b|and\b)[a-z]", lambda one: one[0].upper(), each)
            for each in pen.occasions(2)]  # fmt: skip


def _person(pen: Pen) -> list[str]:
    """Return for whom and for which season, as words of a title."""
    field = "tag_zh" if pen.chinese else "en"
    name, joint = pen.material.name.told.casefold(), "" if pen.chinese else " and "
    codes = pen.material.values("audience")
    anybody = {"adults", "unisex"} & set(codes)
    people = [] if anybody else [word("audiences", one, field) for one in codes]
    seasons = [one for one in pen.material.values("season")
               if word("seasons", one, "en") and one != "all-season"]  # fmt: skip
    named = [word("seasons", one, "zh" if pen.chinese else "en") for one in seasons]
    season = [] if len(named) > 2 else [joint.join(
        one[:1] if pen.chinese and len(named) > 1 else one for one in named)]  # fmt: skip
    people = people if pen.chinese else [one[:1].upper() + one[1:] for one in people]
    said = [*[one for one in people if one][:1], *season]
    said += pen.material.names("style")[:1] if pen.chinese else []
    # 男款 after 男鞋 says nothing.
    return [one for one in said if one and (one[0] if pen.chinese else one.casefold()) not in name]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _digits(text: str) -> str:
    return " ".join(re.findall(r"\d[\d.]*", text)) or text


def bullets(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write up to five points, each a whole thought; the angle decides what stands first."""
    part = parts["bullets"]
    longest = (part.each or {}).get(pen.material.locale, 200)
    own, figures = pen.points(), pen.figures(2)
    candidates = [
        *_leading_points(pen), *own[:OWN_POINTS], *_made_points(pen), *own[OWN_POINTS:]
    ]  # fmt: skip
    said: list[str] = []
    for one in candidates:
        point = _point(one, pen)
        if one in figures and stated(one, " ".join(said).casefold()):
            continue
        if point and len(point) <= longest and pen.kept([point]):
            said.append(point)
        if len(said) == part.lines:
            break
    return {"bullets": "\n".join(said) if len(said) > 1 else ""}


def _point(text: str, pen: Pen) -> str:
    """Return a sentence as a point: without its subject and its stop."""
    said = text.rstrip("。.").replace(". ", "; ")
    if pen.chinese:
        return re.sub(f"{IT}(?:，|是)?", "", said)
    return headless(said.replace(IT, "They" if pen.material.name.plural else "It"))


def _leading_points(pen: Pen) -> list[str]:
    if pen.angle == "occasion":
        return [*pen.own("use")[:1], pen.use()][:: 1 if pen.own("use") else -1]
    if pen.angle == "facts":
        told = " ".join(pen.own()).casefold()
        rows = [one for one in pen.figures(6) if not stated(one, told)][:3]
        if not pen.chinese:
            rows = [rows[0], *(low(one) for one in rows[1:])] if rows else []
        return [("，" if pen.chinese else ", ").join(rows)] if len(rows) > 1 else []
    if pen.angle == "benefit":
        if len(pen.own()) < FEWEST_POINTS:
            return _each(pen)
        tags = pen.tags(3)
        return ["、".join(tags) if pen.chinese else _small(tags)] if len(tags) > 1 else []
    return [pen.quote()]


def _each(pen: Pen) -> list[str]:
    """Return what it does, two features a point: one word alone is no point."""
    said = [_stated(one) for one in pen.features(4)]
    joint = "，" if pen.chinese else ", "
    pairs = [joint.join(said[place : place + 2]) for place in range(0, len(said), 2)]
    return [one[:1].upper() + one[1:] for one in pairs]


def _small(tags: list[str]) -> str:
    """Return English features as a point: "BPA-free, soft and food-grade"."""
    said = listed([lowered(one) for one in tags], chinese=False)
    return said[:1].upper() + said[1:]


def _stated(feature: str) -> str:
    """Return what a feature says without its verb of being: "is warm", 是无线的."""
    return re.sub(r"^是(.+)的$", r"\1", re.sub(r"^(?:is|are) ", "", feature))


def _made_points(pen: Pen) -> list[str]:
    whom = pen.whom()
    look = [] if len(pen.own()) > 2 else [pen.look()]
    people = [f"适合{whom}" if pen.chinese else f"For {whom}"] if whom else []
    made, figures = [_made_of(pen)], pen.figures(2)
    rest = [pen.liked_by(), pen.present(), *_of_rows(pen), *pen.besides()]
    if pen.angle == "occasion":
        return [pen.use(), *people, pen.choice(), *look, *rest, *made, *figures]
    if pen.angle == "facts":
        return [*made, *figures, pen.choice(), *look, *people, pen.use(), *rest]
    return [*look, *made, pen.use(), *people, pen.choice(), *figures, *rest]


def _of_rows(pen: Pen) -> list[str]:
    """Return what the list of facts says as two points, where the shop has written little."""
    said = pen.traits(6) if len(pen.own()) < FEWEST_POINTS else []
    joint = "，" if pen.chinese else ", "
    rows = [joint.join(said[:3]), joint.join(said[3:])]
    return [one[:1].upper() + one[1:] for one in rows if one]


def _made_of(pen: Pen) -> str:
    """Return the materials as a point."""
    if not pen.made_of():
        return ""
    names = pen.material.names("material")
    if pen.chinese:
        return f"材质：{listed(names, chinese=True)}"
    low = [one if one.isupper() else one[:1].lower() + one[1:] for one in names]
    return f"Made of {listed(low, chinese=False)}"


def description(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write a description: lead, what it is like, facts, what to know, service."""
    points = {one.text for one in pen.material.lines if one.bullet}
    lead = pen.kept([*pen.lead(), *[one for one in pen.own()[:1] if one not in points]])
    body = pen.kept([*_in_order(pen), *([] if pen.own() else _told(pen))])
    quote = pen.kept([pen.quote()] if pen.angle in ("story", "benefit") else [])
    notes = pen.kept(pen.notes())
    rows = pen.fresh_rows(6, [*lead, *body, *notes])
    opening = [] if pen.angle == "story" else lead  # a scene tells nothing of the goods
    terms = [pen.promise()] if len([*opening, *body, *notes]) >= FEWEST_BEFORE_TERMS else []
    service = pen.kept([pen.choice(), pen.liked_by(), *terms])
    if not [*opening, *body, *notes, _facts_block(pen, rows)]:
        return {"description": ""}  # nor do rules of the shop
    said = {
        "lead": _run(pen, lead), "body": _run(pen, body), "facts": _facts_block(pen, rows),
        "quote": _run(pen, quote), "notes": _run(pen, notes), "service": _run(pen, service),
    }  # fmt: skip
    # What stands where, by the angle: figures first, a buyer's word early, or what to know.
    order = {
        "benefit": ("lead", "body", "quote", "facts", "notes", "service"),
        "occasion": ("lead", "body", "notes", "facts", "service"),
        "facts": ("facts", "lead", "body", "service", "notes"),
        "story": ("lead", "quote", "body", "notes", "facts", "service"),
    }[pen.angle]
    if pen.angle == "facts" and not said["facts"]:
        order = ("lead", "body", "service", "notes")
    blocks = [said[one] for one in order if said[one]]
    return {"description": _within(parts["description"], pen, blocks)}


def _in_order(pen: Pen) -> list[str]:
    """Return the shop's sentences that tell, with those that lean on them, in its order.

    Where there are many, an angle leaves to its siblings what tells another thing: the facts leave
    out small touches, the benefit when it is used, the occasion figures.
    """
    groups: list[list[Line]] = []
    for one in pen.material.lines:
        if one.kind in ("fact", "use", "detail"):
            if groups and one.leans:
                groups[-1].append(one)
            else:
                groups.append([one])
    other = {"facts": "detail", "benefit": "use", "occasion": "fact"}.get(pen.angle, "")
    kept = [each for each in groups if each[0].kind != other]
    chosen = kept if len(kept) >= FEWEST_GROUPS else groups
    return [one.text for each in chosen for one in each]


def _told(pen: Pen) -> list[str]:
    """Return sentences made of facts, for a product without words of its own, as the angle goes."""
    whom = pen.whom()
    be = "are" if pen.material.name.plural else "is"
    people = (f"{IT}适合{whom}。" if pen.chinese else f"{IT} {be} for {whom}.") if whom else ""
    serves = pen.serves()
    if people and serves and not pen.chinese:
        serves, people = f"{serves[:-1]}, and {be} meant for {whom}.", ""
    said = {"praise": pen.praise(), "look": pen.look(), "serves": serves,
            "made": pen.made_of(), "whom": people, "built": pen.built(4)}  # fmt: skip
    besides = pen.besides()
    order = {
        "benefit": ("praise", "made", "look", "built", "whom", "serves"),
        "occasion": ("serves", "whom", "praise", "look", "built", "made"),
        "facts": ("built", "made", "look", "praise", "whom", "serves"),
        "story": ("serves", "look", "built", "made", "praise", "whom"),
    }[pen.angle]
    told = [said[one] for one in order if said[one]]
    return [*told, *besides] if told else []  # a colour alone is no description


def _facts_block(pen: Pen, rows: list[str]) -> str:
    if len(rows) < 2:
        return ""
    counted = any(re.search(r"\d", one) for one in rows)
    head = pen.pick("rows", ("几项数据：", "规格："), ("In figures:", "The facts:"))
    head = head if counted else "细节：" if pen.chinese else "The details:"
    return "\n".join([head, *(f"· {one}" for one in rows)])


def _run(pen: Pen, sentences: list[str]) -> str:
    """Put sentences in a row; what the shop wrote as points stays a list below."""
    points = {one.text for one in pen.material.lines if one.bullet}
    row = ("" if pen.chinese else " ").join(one for one in sentences if one not in points)
    listing = [f"· {one.rstrip('.。')}" for one in sentences if one in points]
    return "\n".join([row, *listing]).strip()


def _within(part: Part, pen: Pen, blocks: list[str]) -> str:
    """Join paragraphs, the last of which give way where the place is too small."""
    while len(blocks) > 1 and part.length("\n\n".join(blocks)) > part.limit(pen.material.locale):
        blocks = blocks[:-1]
    return "\n\n".join(blocks)


def seo(pen: Pen, parts: Parts) -> dict[str, str]:
    """Write what a page of search results shows."""
    shop = pen.material.product.merchant
    shop_name = (shop.name_zh if pen.chinese else shop.name_en) or shop.name
    base, bar = pen.material.name.short, "｜" if pen.chinese else " | "
    extra = _added(pen)[-1:]
    joint = " " if pen.chinese or (extra and extra[0].startswith("for ")) else ", "
    titles = [f"{base}{joint}{one}{bar}{shop_name}" for one in extra]
    titles += [f"{base}{joint}{one}" for one in extra]
    titles += [f"{base}{bar}{shop_name}", base, _capital(pen.material.name.noun)]
    lead = [pen.liked_by()] if pen.angle == "story" else pen.lead()  # who searches wants no scene
    meta = [*lead, *pen.prose(), *pen.clauses(), pen.praise(), pen.use(), pen.made_of(),
            pen.built(), pen.choice()]  # fmt: skip
    return {
        "title": pen.first(parts["title"], *titles),
        "meta": pen.packed(parts["meta"], meta, most=3) or pen.first(parts["meta"], base),
    }
