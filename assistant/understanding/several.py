"""What a request for several things at once names: its things, and not the place they are for.

For reading. 布置一个小书桌，台灯、绿植 wants no desk; of "a kettle, a cup and beans" each is
wanted, the beans too, though no list of kinds has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.following import leftover, said_of_a_thing
from assistant.understanding.wishing import content_of
from catalog.lexicon import lexicon
from catalog.search.understanding import Need, Slot
from catalog.text import fold

MOST_WORDS = 3
_PLACE = re.compile(
    r"(?:布置|装饰|打造|收拾|整理|搞|弄)(?:一个|一下|个|下|我的|我们的)?[^，,。：:、]{1,8}"
    r"|\b(?:set(?:ting)? up|furnish\w*|decorat\w+|kit(?:ting)? out|equip\w*|make|start\w*)"
    r" (?:a|an|my|our|the) (?:[a-z]+ ){0,3}?(?:corner|station|nook|room|desk|office|kitchen|bath"
    r"room|flat|apartment|space|bar|area|place|home|balcony|garden|setup)\b",
    re.IGNORECASE,
)
# So many things, whatever they are.
_PIECES = re.compile(r"[两三四五六七八几\d]件套|套装|一套|sets?|kits?")
_JOINTS = re.compile(
    r"[,，、:：;；。.]|\b(?:and|plus|with|also)\b|和|跟|以及|还有|加上",
    re.IGNORECASE,
)


def several_in(said: Need) -> Need:
    """Return a request for several things with all that it lists, and nothing that it is for."""
    if said.of("occasion"):  # 露营三件套: three things for camping, of any kind
        counts = [one for one in said.of("category") if _PIECES.fullmatch(fold(one.surface))]
        said = replace(said, slots=tuple(one for one in said.slots if one not in counts))
    places = [match.span() for match in _PLACE.finditer(said.query)]
    inside = [
        one for one in said.slots
        if one.kind in ("category", "colour", "material")
        and any(a <= one.start and one.end <= b for a, b in places)
    ]  # fmt: skip
    kinds = [one for one in said.of("category") if one not in inside]
    slots = [one for one in said.slots if one not in inside] if kinds else list(said.slots)
    return replace(said, slots=(*slots, *unlisted(said, places))) if kinds else said


def unlisted(said: Need, places: list[tuple[int, int]]) -> Iterator[Slot]:
    """Yield what stands in a list of things and is of no kind that is known."""
    parts = list(parts_of(said.query))
    named = [
        any(a <= one.start < b for one in said.of("category")) for a, b in parts
    ]  # fmt: skip
    for place, (start, end) in enumerate(parts):
        beside = any(named[max(0, place - 1) : place] + named[place + 1 : place + 2])
        taken = any(
            one.start < end and start < one.end
            for one in said.slots if one.kind in ("category", "price", "brand")
        )  # fmt: skip
        elsewhere = any(a < end and start < b for a, b in places)
        if taken or elsewhere or not beside:
            continue
        words = said.query[start:end]
        part = replace(said, query=words, slots=(), cuts=(), fillers=(), corrections=())
        kinds = [one for one in lexicon().match(fold(words)) if one.dimension == "category"]
        name = kinds[0].surface if kinds else said_of_a_thing(leftover(part)).strip()
        if name and content_of(name) and len(name.split()) <= MOST_WORDS and name in words.lower():
            at = start + words.lower().index(name)
            code = kinds[0].code if kinds else name
            yield Slot("category", code, start=at, end=at + len(name), surface=name, known=False)


def parts_of(query: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what a list's joints stand between."""
    last = 0
    for match in _JOINTS.finditer(query):
        yield last, match.start()
        last = match.end()
    yield last, len(query)
