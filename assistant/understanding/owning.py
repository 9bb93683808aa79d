"""Which of the things somebody has bought is meant: "the desk lamp I got from you", 那条围巾.

For references, where nothing that was shown is meant. A thing is meant by its name together with a
word that points or says that it was bought; a wish for such a thing points at none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.slots import Seen
from assistant.understanding.cues import COUNTERS
from assistant.understanding.intents.rules import guess
from assistant.understanding.steps import direction_of, steps_of
from catalog.lexicon import lexicon
from catalog.search.understanding import Kind, Need
from catalog.text import fold

_BOUGHT = re.compile(
    r"买(?:的|了|过)|收到|下单|订的|我(?:的|那)|退|换货|寄回"
    r"|\b(?:i|we) (?:\w+ )?(?:bought|ordered|got|received|purchased)\b|\b(?:my|our)\b|\bsend back\b"
    r"|\breturn\w*|\bcame\b|\barrived\b"
)
_POINTS = re.compile(
    rf"[这那](?:[一]?[{COUNTERS}])?(?=[\u3400-\u9fff])|\b(?:the|this|that|these|those)\b"
)
_ILL = re.compile(r"太|有点|偏|了$|挤|勒|\b(?:too|bit|rather|slightly|little|is|are|was|were)\b")
# Something is not as it should be: 跟图片颜色不一样.
_UNLIKE = re.compile(
    r"(?:跟|和|与)(?:图片|照片|描述|页面).{0,6}(?:不|差)|色差|失灵|没声|不亮|漏水|不转"
    r"|\b(?:not as described|stopped working|looks nothing like|unlike the (?:photo|picture))\b"
)
WISHING = frozenset({"search", "recommend", "gift", "bundle", "more_like"})
_TELLING: tuple[Kind, ...] = ("material", "brand", "pattern", "sleeve", "neckline")
# Before and after a thing that is called by one character.
_HEAD = (
    r"(?:^|[那这个只双件条把口台我的下给问，,\s]){0}"
    r"(?=呢|到|发|什么|的|怎|有|还|能|可|也|就|坏|破|太|那|这|是|用|穿|单|退|换|$|[，,。？?！!\s])"
)
_COMMON = frozenset(
    ["with", "without", "from", "your", "each", "size", "piece", "set", "pack", "for", "and", "the"]
)


def owned_in(text: str, said: Need, owned: Sequence[Seen], *, talked_of: bool = False) -> str:
    """Return the SKU of the one owned thing that a folded text names; "" for none or several.

    ``talked_of``: an order is talked of, so that a bare name does.
    """
    bought = bool(_BOUGHT.search(text)) or tells_of_own(text)
    if not owned or not (bought or talked_of or _POINTS.search(text)):
        return ""
    if not bought and guess(text) in WISHING:
        return ""
    things = {one.sku: one for one in owned}
    scores = {sku: named_share(text, said, one) for sku, one in things.items()}
    best = max(scores.values())
    found = [sku for sku, score in scores.items() if score == best > 0]
    return found[0] if len(found) == 1 else ""


def tells_of_own(text: str) -> bool:
    """Tell whether a fault, a bad fit or another size is spoken of, which one has of a thing."""
    told, ill = guess(text), fits_ill(text)
    points = bool(_POINTS.search(text))
    if (points and ill) or (ill and told == "exchange"):
        return True
    return told not in WISHING and (told == "complaint" or bool(_UNLIKE.search(text)))


def fits_ill(text: str) -> bool:
    """Tell whether a folded text says that something does not fit, or asks for another size."""
    return direction_of(text) != 0 and bool(_ILL.search(text) or steps_of(text))


def named_share(text: str, said: Need, thing: Seen) -> float:
    """Return how much of a thing's name a folded text says, its kind above all; 0 for nothing."""
    shared, of_all, kind = named_words(text, said, thing)
    return shared / (of_all or 1) + kind


def named_words(text: str, said: Need, thing: Seen) -> tuple[int, int, bool]:
    """Return how many words of a thing's name a folded text says, of how many; if its kind."""
    name = fold(f"{thing.title} {thing.words}")
    words = set(re.findall(r"[a-z]{3,}", name)) - _COMMON
    shared = sum(1 for one in words if re.search(rf"(?<![a-z]){one}s?(?![a-z])", text))
    pairs = {name[i : i + 2] for i in range(len(name) - 1) if _han(name[i]) and _han(name[i + 1])}
    shared += sum(1 for one in pairs if one in text)
    kinds = [fold(one.surface) for one in said.of("category") if one.surface]
    told = [fold(slot.surface) for name_of in _TELLING for slot in said.of(name_of)]
    if any(one and one not in name for one in told):
        return 0, 0, False  # "the linen tee" is no cotton one
    kind = any(one in name for one in kinds) or bool(_kinds(text) & _wider(_kinds(name)))
    kind = kind or says_head(text, name)
    return shared, len(words) + len(pairs), kind


def says_head(text: str, name: str) -> bool:
    """Tell whether a folded text calls a thing by the one character its name ends with: 那个包."""
    heads = {match[1] for match in re.finditer(r"([\u3400-\u9fff])(?=[^\u3400-\u9fff]|$)", name)}
    return any(re.search(_HEAD.format(re.escape(one)), text) for one in heads)


def _kinds(text: str) -> set[str]:
    return {one.code for one in lexicon().match(text) if one.dimension == "category"}


def _wider(codes: set[str]) -> set[str]:
    kinds = lexicon().dimension("category")
    return codes | {wider for code in codes for wider in kinds.ancestors(code)}


def _han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"
