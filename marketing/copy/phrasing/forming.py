"""The form of sentences: what two share, verb phrases as a list, clauses that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marketing.copy.phrasing.material import Material
from shopguide.writing.phrasing import listed

_VERB = re.compile(r"[能可有带支用装]")
_UNDERSTOOD = re.compile(r"^(?:(?:Net |Total )?Weight|(?:Battery )?Capacity|Volume|Power) (?=\d)")
_HAS = re.compile(r"(?:has|have) ")
_PEOPLES = re.compile(
    r"(?:Japan|Kore|Chin|Fren|Italia|Nordi|Scandi|Europ|America|Briti|Engli|Bohemi|India|Moroc|Turki)",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?:is|are) (?!a )")


def gist(text: str) -> str:
    """Return a text by which it is known again: its letters and digits."""
    return re.sub(r"[\W_]+", "", text.casefold())


def stated(row: str, told: str) -> bool:
    """Tell whether the numbers of a row "name: value", or its words, stand in a text already."""
    value = re.split(r"[：:]\s?", row, maxsplit=1)[-1].casefold()
    numbers = re.findall(r"\d+(?:\.\d+)?", value)
    if numbers:
        return all(re.search(rf"(?<![\d.]){re.escape(one)}(?![\d.]*\d)", told) for one in numbers)
    return all(one.strip() in told for one in re.split(r"[、,]", value) if one.strip())


def merged(phrases: Sequence[str]) -> str:
    """Return English verb phrases in a row, those with "is" drawn together before the others."""
    states = [one.split(" ", 1)[1] for one in phrases if _STATE.match(one)]
    verbs = [one for one in phrases if not (_STATE.match(one) or _HAS.match(one))]
    had = [one.split(" ", 1) for one in phrases if _HAS.match(one)]
    if had:
        verbs.append(f"{had[0][0]} {listed([one[1] for one in had], chinese=False)}")
    if not states:
        return listed(verbs, chinese=False)
    be = "are" if any(one.startswith("are ") for one in phrases) else "is"
    row = f"{be} {listed(states, chinese=False)}"
    if not verbs:
        return row
    if len(states) == 1 and len(verbs) > 1:
        return listed([row, *verbs], chinese=False)
    return f"{row}{',' if len(states) > 1 else ''} and {listed(verbs, chinese=False)}"


def together(clauses: Sequence[str]) -> list[str]:
    """Return ways to say Chinese clauses in one breath: 又保暖又轻便, 保暖，还能折叠."""
    if len(clauses) < 2:
        return [*clauses]
    first, second = sorted(clauses[:2], key=lambda one: bool(_VERB.match(one)))
    if _VERB.match(second):
        return [f"{first}，还{second}", f"{first}，{second}"]
    if max(len(first), len(second)) <= 3 and not _VERB.match(first):
        both = f"{first}、{second}"
        return [f"又{first}又{second}", both] if len(first) == len(second) else [both]
    return [f"{first}，{second}"]


def whole(clause: str, material: Material) -> bool:
    """Tell whether a Chinese clause reads as a whole thing, and says more than a measure."""
    if re.search(r"\d", clause) or clause in material.name.full:
        return False
    bare = clause
    for one in material.names("material"):
        bare = bare.replace(one, "")
    return len(bare) > 3 and not re.search(
        r"^(?:它|也|还|就|都|又|再|和|把|被|让|像|比|如果|要|会|从|用|里面|因为|一直|除了|对|给|按)"
        r"|(?:的|时|后|和|是|在|里|比|把|为|给|或|与|以及|用|时候)$|“|”|不清|发闷|疼|怕|难",
        clause,
    )


def as_titled(text: str) -> str:
    """Return a fragment as titles have it: Dual Top Handles."""
    return re.sub(r"\b(?!(?:and|of|the|with|for|in|to)\b)[a-z]", lambda one: one[0].upper(), text)


def bare(row: str) -> str:
    """Return an English fact without its name where the unit says what it is: "320 g"."""
    return _UNDERSTOOD.sub("", row)


def low(name: str) -> str:
    """Return a name with a small first letter, unless it is spelt in capitals or of a people."""
    if name.isupper():
        return name
    first = name[:1]
    return (first.upper() if _PEOPLES.match(name) else first.lower()) + name[1:]


def spaced(text: str) -> str:
    """Return Chinese text with a space where Latin letters begin and end."""
    text = re.sub(r"([\u4e00-\u9fff])(?=[A-Za-z]{2})", r"\1 ", text)
    return re.sub(r"(?<=[A-Za-z-][A-Za-z])(?=[\u4e00-\u9fff])", " ", text)
