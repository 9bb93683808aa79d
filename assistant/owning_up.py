"""Own up to wishes that nothing shown is stated to fulfil, once, in one sentence.

For routing. What an answer offers is held against all that is wanted: wishes in free words, uses,
styles, seasons, and features that are a matter of degree. What was admitted before is not said
again; what an answer tells of anyway (what was given up, a remark) is not said twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.bearing import AGAINST, Told, borne_out, speaks, told_of
from assistant.heeding import OF_DEGREE
from assistant.reasons import Pick
from assistant.turns import Reply, Turn
from assistant.understanding.liking import ANY_DAY, GIVING
from assistant.understanding.wishing import Phrase, content_of, denies
from assistant.vouching import vouched
from catalog.search.constraining import codes_of
from catalog.search.understanding import Slot
from catalog.text import fold
from shopguide.writing import Plan

# Answers that offer goods for a wish.
OFFERS = frozenset((
    "search_results", "recommend", "leaning", "nearest", "other_results", "further_results",
    "at_the_edge", "not_sold", "not_named",
))  # fmt: skip
SOFT = frozenset(("occasion", "style", "season", "pattern"))
# Whom few things are made for: where none of them says so, that is told.
SPECIAL = frozenset(("left-handed", "pregnant", "diabetic", "sensitive-skin", "oily-skin",
                     "dry-skin", "vegan-people", "plus-size", "petite", "tall"))  # fmt: skip
# What a text must name, and what is counted.
WORD_FOR_WORD = frozenset(("likes", "people"))
MOST = 2  # wishes that are owned up to at once


def owned_up(turn: Turn, reply: Reply) -> Reply:
    """Return an answer that also says which wishes nothing in it is stated to fulfil."""
    if not reply.picks:
        return reply
    if reply.plans[0].act == "unstated":
        return admitting(reply, [one.as_text() for one in turn.reading.wishes])
    if reply.plans[0].act not in OFFERS:
        return reply
    told = told_of(one.hit.product for one in reply.picks)
    phrases = [one for one in unborne(turn, list(told.values())) if one.sort != "things"]
    ordered = reply.plans[0].text("words") if reply.plans[0].act == "leaning" else ""
    if ordered:  # that it is in this order says enough
        reply = admitting(reply, [one.as_text() for one in phrases if one.words in ordered])
    fresh = [one for one in phrases if one.as_text() not in
             (*turn.state.admitted, *reply.state.admitted)]  # fmt: skip
    new = [
        one for one in unlisted(turn, reply.picks, told)
        if said_as(one) not in turn.state.admitted and one.surface not in ordered
        and not any(one.surface in each.words for each in wanted_in(turn))
    ]  # fmt: skip
    asked = [one.words for one in fresh if one.sort not in WORD_FOR_WORD]
    spoken = vouched(turn, reply.picks, [*asked, *(one.surface for one in new)])
    plans = [turn.plan("speaks_of", words=words, rows=rows) for words, rows in spoken.items()]
    left = [one for one in fresh if one.words not in spoken]
    if left or any(one.surface not in spoken for one in new):
        plans.append(admission(turn, left, [one for one in new if one.surface not in spoken],
                               len(reply.picks)))  # fmt: skip
    reply = replace(reply, plans=(*reply.plans, *plans))
    told_of_these = [one for one in fresh if one.words not in spoken]  # a page spoke of these only
    return admitting(reply, [*(one.as_text() for one in told_of_these), *map(said_as, new)])


def admission(turn: Turn, wishes: Sequence[Phrase], slots: Sequence[Slot], count: int) -> Plan:
    """Return what is said of wishes that nothing of what was offered speaks of."""
    return turn.plan(
        "unborne",
        likings=[one.words for one in wishes if one.sort == "likes"][:MOST],
        words=[*(one.words for one in wishes
                 if one.sort not in WORD_FOR_WORD and not denies(one.sort, one.words)),
               *(one.surface for one in slots)][:MOST],
        denied=[one.words for one in wishes if denies(one.sort, one.words)][:MOST],
        people=next((min(one.content) for one in wishes if one.sort == "people"), ""),
        count=count,
    )  # fmt: skip


def admitting(reply: Reply, words: Sequence[str]) -> Reply:
    """Return an answer after which some wishes are not owned up to again."""
    admitted = tuple(dict.fromkeys((*reply.state.admitted, *words)))
    return replace(reply, state=replace(reply.state, admitted=admitted))


def unborne(turn: Turn, told: Sequence[Told]) -> list[Phrase]:
    """Return the wishes in free words that nothing of what was offered bears out."""
    return [one for one in wanted_in(turn) if not any(borne_out(one, each) for each in told)]


def wanted_in(turn: Turn) -> list[Phrase]:
    """Return all that is wished for in free words, and was not taken back."""
    return [one for text in turn.state.wishes if (one := Phrase.of(text))]


def unlisted(turn: Turn, picks: Sequence[Pick], told: dict[int, Told]) -> list[Slot]:
    """Return the uses, styles, seasons and degrees that nothing of what was offered states."""
    dearer = "".join(one.words for one in turn.state.slots if one.slot.kind == "price")
    wanted = [
        one for one in turn.reading.need.slots
        if not one.negated and one.surface and one.surface not in dearer and is_soft(one)
    ]  # fmt: skip
    offered = [(told[one.hit.product], one.hit) for one in picks if one.hit.product in told]
    return [
        slot for slot in wanted
        if not any(states(each, hit.codes.get(slot.kind, ""), slot) for each, hit in offered)
    ]  # fmt: skip


def is_soft(slot: Slot) -> bool:
    """Tell whether a wish is one that search only ranks by, and that texts may speak of."""
    degree = slot.kind == "feature" and slot.value in OF_DEGREE
    spoken = slot.kind in SOFT or slot.value in SPECIAL or degree
    return spoken and slot.value not in GIVING | ANY_DAY


def states(told: Told, code: str, slot: Slot) -> bool:
    """Tell whether a product is listed for a use, or its text speaks of it."""
    listed = told.facts.get(slot.kind)
    there = {code, *(listed if isinstance(listed, list) else ())}
    if there & set(codes_of(slot.kind, [slot])):
        return True
    content = content_of(slot.surface)
    texts = map(fold, (told.title, *told.sentences))
    return bool(content) and any(speaks(one, content) and not AGAINST.search(one) for one in texts)


def said_as(slot: Slot) -> str:
    """Return a slot as it is remembered once it was owned up to."""
    return f"{slot.kind}:{slot.value}"
