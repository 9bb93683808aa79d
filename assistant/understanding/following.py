"""Follow-ups: what a message changes in what is wanted, so that search sees the whole wish.

"Under 200 then", "same but in blue", 不要皮的, 换成黑色, "any colour is fine", 便宜点的. A new kind
of thing asked for outright starts afresh; everything else is put on top of what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.slots import Held, rebuilt
from assistant.understanding.cues import cues, kind_of
from assistant.understanding.mentioning import asked_attribute_of, asks_of_it
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.search.understanding.need import Need, Slot
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.referring import Referred
    from catalog.search.understanding import Sort

_CUES = cues("following")
WISHES = frozenset({"search", "refine", "recommend", "gift", "bundle"})
OPENING = frozenset({"search", "gift", "bundle", "recommend"})
# Questions about goods that name a kind of goods and nothing shown: "are wool sweaters in stock?"
ASKING = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "stock", "price", "promotion",
    "reviews", "compare", "delivery", "cart_add",
})  # fmt: skip
# Uses that take several things, each of which is looked for in its turn.
OUTINGS = frozenset({"camping", "hiking", "travel", "flight", "picnic", "moving-house", "beach",
                     "fishing", "skiing", "party", "back-to-school"})  # fmt: skip
TOGETHER = frozenset({"feature", "word", "measure"})  # kinds of which several hold at once
LONGEST_TOPIC = 80
MOST_BESIDE = 4  # letters beside "cheaper" that change nothing: "hm", 呗
STEP = Decimal("0.01")
# What one kind of thing was to be like, and another beside it need not be.
OF_ONE_KIND = frozenset({"material", "feature", "fit", "pattern", "colour", "category"})
SIZES = ("xs", "s", "m", "l", "xl", "xxl", "3xl", "4xl", "5xl")


@dataclass(frozen=True, slots=True)
class Followed:
    """What is wanted from now on, and the kinds of slots that were taken back."""

    held: tuple[Held, ...]
    topic: str
    sort: Sort
    dropped: tuple[str, ...] = ()

    def need(self, locale: str, language: str) -> Need:
        """Return it as a need, ready for retrieval."""
        return rebuilt(self.held, self.topic, self.sort, locale, language)


def narrows(text: str) -> bool:
    """Tell whether a message plainly changes what is wanted: "any colour", 预算提到500, 大一码."""
    folded = fold(text)
    signs = ("free_before", "free_after", "budget", "larger", "smaller", "over", "elliptic")
    return any(_CUES[name].search(folded) for name in signs)


def moves(text: str) -> bool:
    """Tell whether a few words ask for cheaper or dearer ones than those that are shown."""
    folded = fold(text)
    asks = _CUES["cheaper"].search(folded) or _CUES["dearer"].search(folded)
    return bool(asks) and len(_plain(re.sub(r"[^\w\s]+", " ", folded))) <= MOST_BESIDE


def of_whole_shop(text: str, said: Need) -> bool:
    """Tell whether the cheapest, best or newest of all is asked for: 店里最便宜的东西是什么."""
    sorts = said.sort != "relevance" and not said.of("category")
    return sorts and bool(_CUES["whole"].search(fold(text)))


def budgeted(text: str) -> str:
    """Write "raise my budget to 500" and 预算提到500 so that understanding reads a limit."""
    chinese = re.search("[\u3400-\u9fff]", text)
    return _CUES["budget"].sub("预算" if chinese else "budget ", text)


def follow(text: str, said: Need, state: State, *, intent: str, referred: Referred) -> Followed:
    """Put what a message says on top of what was wanted before."""
    kept = Followed(state.slots, state.topic, state.sort)
    folded = fold(text)
    if _CUES["over"].search(folded) or of_whole_shop(text, said):
        kept = replace(kept, held=(), topic="", sort="relevance")
    if intent == "not_interested":
        return _against(folded, said, state, kept)
    if not _changes(said, intent, referred, state):
        return kept
    mine = tuple(_held(said, state.turn + 1))
    if _opens(folded, said, state, intent):
        plainly = intent in ASKING | {"recommend"} or said.sort != "relevance"
        plain = _plain(leftover(said))
        left = plain if plainly or not plain else leftover(said)
        left = "" if intent == "bundle" and said.of("category") else left
        return Followed((*_still_for(said, kept.held), *mine), left, said.sort)
    return _on_top(folded, said, state, kept=kept, mine=mine, referred=referred)


def _changes(said: Need, intent: str, referred: Referred, state: State) -> bool:
    if referred.chosen:
        return False
    if intent in WISHES:
        return True
    if intent == "more_like":
        return bool(said.slots) or said.sort != "relevance"
    if (state.visible or state.focus) and asks_of_it(said.query):
        return False
    # 有没有适合敏感肌的防晒: where nothing was shown, what is asked for is looked for.
    nothing = not (state.visible or state.focus or state.page)
    kinds = [
        one for one in said.of("category") if nothing or not asked_attribute_of(one.surface)
    ]  # "what do reviews say about the battery" looks for none
    names = kinds or (nothing and said.slots)
    return intent in ASKING and not referred.skus and bool(names)


def _opens(folded: str, said: Need, state: State, intent: str) -> bool:
    """Tell whether a message starts afresh rather than following on."""
    wanted = said.of("category")
    other = other_kinds(said, state)
    outing = bool(wanted) and _is_for_an_outing(said, state)
    besides = bool(wanted) and not outing and _is_besides(folded, said, state)
    if besides or not (state.slots or state.topic):
        return True
    if (
        outing
        or _CUES["follow"].search(folded)
        or (not wanted and _CUES["elliptic"].search(folded))
    ):
        return False
    if intent in ("gift", "bundle") and not wanted:
        return any(one.slot.kind == "category" for one in state.slots)
    if wanted and _CUES["looks_afresh"].search(folded) and not _named_before(said, state):
        return True
    if wanted:
        return intent in OPENING | ASKING and len(other) == len({one.surface for one in wanted})
    return intent in OPENING and not said.slots and bool(_plain(leftover(said)))


def _is_for_an_outing(said: Need, state: State) -> bool:
    """Tell whether a kind is named for what was said to be gone on: camping, then a tent."""
    held = [one.slot for one in state.slots]
    outing = any(one.kind == "occasion" and one.value in OUTINGS for one in held)
    return outing and not said.of("occasion") and not any(one.kind == "category" for one in held)


def same_kind(one: Slot, other: Slot) -> bool:
    """Tell whether two names are of one kind of thing, or of a narrower one within it.

    Serum and cream stand on one shelf and are two kinds; a pillow is bedding.
    """
    if one.value != other.value:
        return False
    mine, its = (kinds_named(each.surface) for each in (one, other))
    wider = lexicon().dimension("category").ancestors
    above = {code for each in (*mine, *its) for code in wider(each)}
    return not mine or not its or bool(mine & its) or bool((mine | its) & above)


def other_kinds(said: Need, state: State) -> set[str]:
    """Return the kinds of a message, as named, that are not looked for yet."""
    held = [one.slot for one in state.slots if one.slot.kind == "category"]
    return {
        slot.surface for slot in said.of("category")
        if not any(same_kind(slot, one) for one in held)
    }  # fmt: skip


def kinds_named(words: str) -> set[str]:
    """Return the product types that are named in words."""
    return {one.code for one in lexicon().match(fold(words)) if one.dimension == "category"}


def _is_besides(folded: str, said: Need, state: State) -> bool:
    """Tell whether another kind is wanted beside the one before: "I also need a pillow"."""
    before = {fold(one.words) for one in state.slots if one.slot.kind == "category"}
    again = {fold(slot.surface) for slot in said.of("category")} & before
    return bool(_CUES["besides"].search(folded)) and not again


def _named_before(said: Need, state: State) -> bool:
    """Tell whether the kinds of a message were named before in the same words."""
    before = {fold(one.words) for one in state.slots if one.slot.kind == "category"}
    return {fold(slot.surface) for slot in said.of("category")} <= before


def _on_top(
    folded: str, said: Need, state: State, *, kept: Followed, mine: Sequence[Held],
    referred: Referred,
) -> Followed:  # fmt: skip
    dropped = tuple(dict.fromkeys(_dropped(folded)))
    held = [one for one in kept.held if one.slot.kind not in dropped]
    back = taken_back(folded, held)
    held = [one for one in held if one not in back]
    gone = {(one.slot.kind, one.slot.value) for one in back}
    mine = [one for one in mine if (one.slot.kind, one.slot.value) not in gone]
    held = _merged(held, mine, both=bool(_CUES["union"].search(folded)))
    moved = _moved(folded, state, referred.skus) if said.price is None else None
    if moved is not None:
        held = [one for one in held if one.slot.kind != "price"] + [moved]
    held = [_resized(folded, one, state) for one in held]
    extra = "" if back or _leans(folded) else _plain(leftover(said))
    topic = kept.topic
    if said.of("category") and _new_kind(kept.held, mine):
        beside = bool(_CUES["looks_afresh"].search(folded) or _CUES["union"].search(folded))
        topic, held = extra, _of_any_kind(held, kept.held, mine, beside=beside)
    elif extra and extra not in topic:
        topic = f"{topic} {extra}".strip()[-LONGEST_TOPIC:]
    sort = said.sort if said.sort != "relevance" else kept.sort
    return Followed(tuple(held), topic, sort, dropped)


def _leans(folded: str) -> bool:
    """Tell whether less or more of something is wished for: the rest of it tells why."""
    leaning = cues("leaning")
    return any(one.search(folded) for one in leaning.values())


def taken_back(folded: str, held: Sequence[Held]) -> list[Held]:
    """Return what was wished for and need not be any more: 那不要防水了, "never mind the hood"."""
    words = [one for match in _CUES["need_not"].finditer(folded) for one in match.groups() if one]
    return [
        one for one in held
        if not one.slot.negated and any(_is_named(one.slot, said) for said in words)
    ]  # fmt: skip


def _is_named(slot: Slot, words: str) -> bool:
    """Tell whether words name what a slot stands for."""
    known = slot.kind in DIMENSIONS and slot.kind != "category"
    value = lexicon().value(slot.kind, slot.value) if known else None
    names = {fold(one) for one in (*(value.zh if value else ()), *(value.en if value else ()))}
    return any(one and one in words for one in {*names, fold(slot.surface).rstrip("的")})


def _still_for(said: Need, before: Sequence[Held]) -> tuple[Held, ...]:
    """Return for whom, and in which size, where the new kind is near the old one: shoes, boots."""
    old = kinds_in(" ".join(one.words for one in before if one.slot.kind == "category"))
    new = kinds_in(" ".join(one.surface for one in said.of("category")))
    if not old & new:
        return ()
    kept = [one for one in before if one.slot.kind in ("audience", "size")]
    return tuple(one for one in kept if not said.of(one.slot.kind))


def kinds_in(words: str) -> set[str]:
    """Return the product types that are named in words, with the wider ones."""
    own = kinds_named(words)
    wider = lexicon().dimension("category").ancestors
    return own | {code for one in own for code in wider(one)}


def _of_any_kind(
    held: Sequence[Held], before: Sequence[Held], mine: Sequence[Held], *, beside: bool = False
) -> list[Held]:
    """Leave out what only the kind before had: its sizes, a limit by its prices, 跑步 of 跑步鞋.

    ``beside``: the new kind comes beside it, and what the one was to be like says nothing of it.
    """
    old = [one.slot for one in before if one.slot.kind == "category"]
    names = fold(" ".join(f"{one.name_zh} {one.name_en}" for one in old))
    new = " ".join(one.words for one in mine if one.slot.kind == "category")
    akin = kinds_in(" ".join(one.words for one in before if one.slot.kind == "category"))
    strange = () if akin & kinds_in(new) else ("brand", "material", "feature", "pattern", "fit")
    gone = [
        one for one in before
        if one.slot.kind in ("size", "measure", "heel", "neckline", "sleeve", *strange)
        or (beside and one.slot.kind in OF_ONE_KIND)
        or is_by_what_was_shown(one)
        or (one.slot.kind == "occasion" and any(
            fold(name) in names for name in (one.slot.name_zh, one.slot.name_en) if name))
    ]  # fmt: skip
    return [one for one in held if one not in gone or one in mine]


def is_by_what_was_shown(held: Held) -> bool:
    """Tell whether a limit was drawn by the prices of what was shown: "cheaper", 贵一点的."""
    return held.slot.kind == "price" and bool(
        _CUES["cheaper"].fullmatch(held.words) or _CUES["dearer"].fullmatch(held.words)
    )


def _new_kind(held: Sequence[Held], mine: Sequence[Held]) -> bool:
    before = [one.slot for one in held if one.slot.kind == "category"]
    here = [one.slot for one in mine if one.slot.kind == "category"]
    return not any(same_kind(one, other) for one in here for other in before)


def _against(folded: str, said: Need, state: State, kept: Followed) -> Followed:
    """Read why something shown is not liked: too dear, a material, a colour."""
    mine = []
    for one in _held(said, state.turn + 1):
        plain = one.slot.kind in ("colour", "material", "brand", "pattern", "style", "feature")
        if one.slot.negated:
            mine.append(one)
        elif plain and not _wanted(kept.held, one.slot):
            mine.append(replace(one, slot=replace(one.slot, negated=True)))
        elif one.slot.kind == "price":
            mine.append(one)
    held = _merged(list(kept.held), mine)
    moved = _moved(folded, state, ()) if said.price is None else None
    if moved is not None:
        held = [one for one in held if one.slot.kind != "price"] + [moved]
    return replace(kept, held=tuple(held), dropped=tuple(_dropped(folded)))


def _wanted(held: Sequence[Held], slot: Slot) -> bool:
    return any(
        (one.slot.kind, one.slot.value, one.slot.negated) == (slot.kind, slot.value, False)
        for one in held
    )


def _held(said: Need, turn: int) -> Iterator[Held]:
    for slot in said.slots:
        if slot.kind == "sku":
            continue
        cut = any(start <= slot.start and slot.end <= end for start, end in said.cuts)
        words = as_read(said, slot.start, slot.end) or slot.surface
        yield Held(replace(slot, surface=words, start=0, end=0), turn, words, cut)


def as_read(said: Need, start: int, end: int) -> str:
    """Return a part of what was said, slips of the finger mended as search read them."""
    words, place = "", start
    for one in sorted(said.corrections, key=lambda each: each.start):
        if place <= one.start and one.end <= end:
            words += said.query[place : one.start] + one.read
            place = one.end
    return words + said.query[place:end]


def _merged(held: Sequence[Held], mine: Sequence[Held], *, both: bool = False) -> list[Held]:
    """Let new slots take the place of old ones of their kind, or stand beside them."""
    new = {(one.slot.kind, one.slot.negated) for one in mine}
    said = {(one.slot.kind, one.slot.value) for one in mine}
    kept = []
    for one in held:
        kind, negated = one.slot.kind, one.slot.negated
        contrary = (kind, one.slot.value) in said and bool(one.slot.value)
        if kind == "category":
            contrary = not any(narrower_denied(each.slot, one.slot) for each in mine) and contrary
        beside = both and kind != "price"  # there is but one budget
        replaced = (kind, negated) in new and not negated and not beside and kind not in TOGETHER
        if not contrary and not replaced:
            kept.append(one)
    return [*kept, *mine]


def narrower_denied(denied: Slot, wanted: Slot) -> bool:
    """Tell whether only some of a kind is ruled out: 绿茶, of 茶叶 that is looked for."""
    if denied.kind != "category" or not denied.negated or wanted.negated:
        return False
    one, other = fold(denied.surface), fold(wanted.surface)
    return one != other and one not in other


def _dropped(folded: str) -> Iterator[str]:
    for name in ("free_before", "free_after"):
        for match in _CUES[name].finditer(folded):
            yield kind_of(match["a"] or match["b"])


def _moved(folded: str, state: State, references: tuple[str, ...]) -> Held | None:
    """Read "cheaper" and 贵一点的 as a limit by what was shown."""
    cheaper, dearer = (_CUES[name].search(folded) for name in ("cheaper", "dearer"))
    if not (cheaper or dearer):
        return None
    meant = references or state.focus
    pool = [one for one in state.visible if one.sku in meant] or list(state.visible)
    prices = [one.price for one in pool if one.price is not None]
    currencies = {one.currency for one in pool if one.price is not None}
    if not prices or len(currencies) != 1:
        return None
    words = (cheaper or dearer)[0] if (cheaper or dearer) else ""  # type: ignore[index]
    slot = Slot(
        "price",
        surface=words,
        minimum=None if cheaper else max(prices) + STEP,
        maximum=max(STEP, min(prices) - STEP) if cheaper else None,
        currency=currencies.pop(),
        currency_stated=True,
    )
    return Held(slot, state.turn + 1, words, cut=True)


def side_of(held: Sequence[Held], turn: int) -> str:
    """Return "cheaper" or "dearer" where turn ``turn`` asked for that; "" where it did not."""
    for one in held:
        if one.slot.kind == "price" and one.turn == turn and one.cut:
            found = (name for name in ("cheaper", "dearer") if _CUES[name].fullmatch(one.words))
            return next(found, "")
    return ""


def _resized(folded: str, held: Held, state: State) -> Held:
    """Step a held size up or down: 大一码, "one size smaller"."""
    larger, smaller = (_CUES[name].search(folded) for name in ("larger", "smaller"))
    step = bool(larger) - bool(smaller)
    if held.slot.kind != "size" or not step or held.turn > state.turn:
        return held
    value = _stepped(held.slot.value, step)
    words = (larger or smaller)[0]  # type: ignore[index]
    return replace(held, slot=replace(held.slot, value=value), turn=state.turn + 1, words=words)


def _stepped(value: str, step: int) -> str:
    if value in SIZES:
        return SIZES[max(0, min(len(SIZES) - 1, SIZES.index(value) + step))]
    number = re.fullmatch(r"([a-z]+-)(\d+)", value)
    if number is None:
        return value
    width = 5 if number[1] == "height-" else 1
    return f"{number[1]}{int(number[2]) + step * width}"


def leftover(said: Need) -> str:
    """Return the words that are neither slots nor empty, without anything for ranking."""
    gone = [*said.cuts, *said.fillers, *((slot.start, slot.end) for slot in said.slots)]
    read = {place: one for one in said.corrections for place in range(one.start, one.end)}
    words = "".join(
        " " if any(start <= place < end for start, end in gone)
        else (read[place].read if place == read[place].start else "") if place in read
        else letter
        for place, letter in enumerate(said.query)
    )  # fmt: skip
    return " ".join(re.sub(r"[^\w\s″'-]+", " ", words).split())[:LONGEST_TOPIC]


def said_of_a_thing(words: str) -> str:
    """Return the words that say something of a thing; as they are where all is small talk."""
    return _plain(words) or words


def _plain(words: str) -> str:
    """Take the small words of a follow-up away; what is left says something of the thing."""
    left = _CUES["noise"].sub(" ", fold(words))
    parts = [one for one in left.split() if not one.isdigit()]
    told = [one for one in parts if len(one) > (1 if "\u3400" <= one[0] <= "\u9fff" else 2)]
    return " ".join(told)
