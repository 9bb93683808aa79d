"""Decide how to look for what is wanted: a search, presents, a comparison, one out of several.

For planning. Pure code over what was read and what was said before.
"""

from __future__ import annotations

import re

from assistant.doing.rules.relatives import relative_of
from assistant.moves import OTHERS_SAY, QUESTION, Move, Situation
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.asides import tells_of_somebody
from assistant.understanding.intents.rules import guess
from assistant.understanding.liking import gives_by_liking
from assistant.understanding.referring import beyond_the_only
from assistant.understanding.splitting import clauses
from assistant.understanding.superlatives import (
    asks_for_a_pick,
    asks_for_the_most,
    asks_which_one,
    of_all_sold,
)

MOST_ASKED = 2
MOST_CHOSEN_FROM = 10
# Two things that were shown, and which of them.
# Two things are set against each other, rather than one of them chosen: 便宜的那双.
CONTRAST = re.compile(
    r"比|区别|差别|差异|差多少|不同|不一样|还是|哪|更|对照|vs"
    r"|[贵好差强值]在|多花|值得?(?:多|这个|那个)?(?:花|价|钱)"
    r"|\bworth (?:the|it|paying|spending)|\bextra (?:money|cost)|\bmore expensive"
    r"|\bpricier|\bdearer"
    r"|\b(?:differ\w*|compare\w*|comparison|versus|against|than|or|which|between|over)\b"
)
PAIR = re.compile(r"\b(?:two|both|either)\b|[两俩](?:个|款|件|条|双|种|者|样)?|二者")


def comparing(reading: Reading, state: State, situation: Situation) -> Move:
    """Return a comparison of what was named, else of what was shown last."""
    one = len(reading.references) == 1 and not CONTRAST.search(reading.text.casefold())
    if one and (reading.named or reading.asked_attribute):
        return Move("product", "picked-one", about="attribute", skus=reading.references)
    several = len(reading.references) > 1 or len(state.visible) > 1 or bool(state.page)
    asked = [one for one in clauses(reading.text) if not OTHERS_SAY.search(one)]
    which = several and any(map(asks_which_one, asked))
    asked.append(reading.text)
    if which or any(asks_for_the_most(one) or asks_for_a_pick(one) for one in asked):
        return choosing(reading, state)
    if one:
        return Move("product", "picked-one", about="attribute", skus=reading.references)
    skus = reading.references or state.compared
    if len(skus) == 1 == len(state.focus) and state.focus != skus:
        skus = (*state.focus, *skus)  # 和第一个比哪个更轻
    if len(skus) < 2 <= len(state.visible) and PAIR.search(reading.text.casefold()):
        skus = tuple(one.sku for one in state.visible[:2])
    if len(skus) < 2 and len(state.visible) >= 2 and not reading.unresolved:
        named = tuple(dict.fromkeys((*skus, *(one.sku for one in state.visible))))
        skus = named[: max(2, min(4, len(state.visible)))]
    beyond = beyond_the_only(reading.text, state)
    if len(skus) < 2 <= len(state.visible) + len(state.earlier) and not beyond:
        before = (*skus, *(one.sku for one in (*state.visible, *state.earlier)))
        skus = tuple(dict.fromkeys(before))[:2]
    if len(skus) == 1 and situation.page and situation.page not in skus:
        skus = (*skus, situation.page)
    kinds = tuple(dict.fromkeys(one.surface for one in reading.said.of("category")))
    if len(skus) < 2 and kinds and not reading.unresolved and (unseen := of_kinds(reading, kinds)):
        return unseen
    if len(skus) < 2 or beyond:
        return of_the_only(reading, state)
    return Move("compare", "compare", about="compare", skus=tuple(skus[:4]))


def of_kinds(reading: Reading, kinds: tuple[str, ...]) -> Move | None:
    """Return a comparison of what is first of a kind, or which of some kinds is meant."""
    if len(kinds) == 1 and reading.said.sort != "relevance":
        return Move("compare", "first-of-a-kind", about="compare")  # "your two cheapest headphones"
    facts = {"options": kinds}
    return Move("clarify", "which-kind", about="kind", facts=facts) if len(kinds) > 1 else None


def of_the_only(reading: Reading, state: State) -> Move:
    """Return what a comparison comes to where but one thing was shown, or none."""
    only = tuple(one.sku for one in state.visible)
    if only and asks_which_one(reading.text) and not beyond_the_only(reading.text, state):
        return Move("choose", "of-the-only", about="choose", skus=only)
    return Move("clarify", "which-product", about="product", skus=only)


def choosing(reading: Reading, state: State) -> Move:
    """Return that one is to be named: of those meant, those shown, else of all of their kind."""
    shown = tuple(one.sku for one in state.visible)
    if PAIR.search(reading.text.casefold()):
        shown = shown[:2]  # "these two", of three: those that came first
    meant = reading.references if len(reading.references) > 1 else ()
    if len(reading.references) == 1 and state.page and state.page not in reading.references:
        meant = (state.page, *reading.references)  # 和 NI-HP-103 比哪个更适合通勤, on a page
    talked_of = state.compared if len(state.compared) > 1 else ()
    skus = meant or (talked_of if set(talked_of) <= set(shown) else ()) or shown
    known = {one.slot.value for one in state.slots if one.slot.kind == "category"}
    other = {one.value for one in reading.said.of("category")} - known
    if not (meant or known or other or shown) and state.page:
        return Move("choose", "of-the-page", about="choose", skus=(state.page,))
    if not meant and (len(skus) < 2 or other or of_all_sold(reading.text)):
        return Move("choose", "of-all", about="choose")
    return Move("choose", "of-shown", about="choose", skus=skus[:MOST_CHOSEN_FROM])


def finding(reading: Reading, state: State) -> Move:
    """Return a search, a recommendation, or the one question that would help most."""
    if move := going_on(reading, state):
        return move
    wanted = bool(reading.need.text) or any(not one.negated for one in reading.need.slots)
    wanted = wanted or reading.said.sort != "relevance"  # "the cheapest thing you sell"
    readable = reading.need.slots or reading.said.sort != "relevance"
    if wanted and not (reading.abstained and not readable):
        return Move("find", reading.intent)
    if reading.intent == "recommend":
        return Move("recommend", reading.intent)
    if reading.abstained or reading.intent in ("confirm", "decline"):
        return Move("unsure", "abstained")
    if state.asked < MOST_ASKED:
        return Move("clarify", "what", about="what")
    return Move("recommend", "asked-enough")


def going_on(reading: Reading, state: State) -> Move | None:
    """Return a present, a set for another budget, or the only one, where that is talked of."""
    goes_on = state.giving and not reading.said.of("category")
    if reading.intent == "gift" or (
        reading.intent == "refine"
        and ((goes_on and reading.need.of("audience")) or for_giving(reading))
    ):
        return giving(reading, state)
    if reading.intent == "refine" and state.intent == "bundle" and reading.said.price:
        return Move("bundle", "bundle:another-budget", about="bundle")
    if reading.intent == "confirm" and state.visible:
        return Move("talk", "nothing-waits", act="thanks")
    which = reading.intent == "recommend" and asks_which_one(reading.text)
    if which and len(state.visible) == 1 and not reading.said.of("category"):
        return of_the_only(reading, state)
    asks = QUESTION.search(reading.text.casefold())
    if reading.intent in ("confirm", "decline") and not (asks or reading.said.slots):
        return Move("talk", "nothing-waits", act="noted")
    return None


def for_giving(reading: Reading) -> bool:
    """Tell whether what is narrowed is a present for a person, and no kind of thing yet."""
    return guess(reading.need.query) == "gift" and bool(reading.need.of("audience"))


def giving(reading: Reading, state: State) -> Move:
    """Return gifts for a person, a search where a kind of thing is named, or one question."""
    if gives_by_liking(reading.text, reading.need):
        return Move("gift", "gift:likings", about="gift")
    kinds = {slot.kind for slot in reading.need.slots}
    if kinds & {"category", "brand", "colour", "material", "feature", "style", "pattern"}:
        return Move("find", "gift:named")
    if tells_of_somebody(reading.text) and reading.said.text and state.giving:
        return Move("find", "gift:named")
    person = relative_of(reading.text) or kinds & {"audience", "price"}
    if person or state.asked >= MOST_ASKED:
        return Move("gift", "gift", about="gift")
    return Move("clarify", "gift", about="person" if state.asked == 0 else "budget")
