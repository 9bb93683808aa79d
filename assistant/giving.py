"""Presents: some that fit the person and the budget, others than those that were shown, the edge.

For routing. What is offered is chosen by `assistant.doing.bundling`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.bearing import borne_out, contradicted, speaking_of, told_of
from assistant.finding import SHOWN, Found, Wish, asked, hits_in
from assistant.planning import Move
from assistant.reasons import Pick, quoting, reasoned
from assistant.replying import further_ones, search
from assistant.serving import done
from assistant.turns import Reply, Turn, offered, wish_of
from assistant.understanding.following import side_of
from assistant.understanding.liking import likings
from assistant.understanding.wishing import Phrase, denies

MOST_LOOKED_AT = 60


def gift(turn: Turn, move: Move) -> Reply:
    """Offer gifts; where the budget holds nothing, say so as a search does."""
    reply = done(turn, replace(move, about="gift"))
    if repeats(turn, reply):
        reply = others_to_give(turn, move) or reply
    none = reply.plans[0].act == "nothing_found"
    if none and move.why == "gift:likings":
        turn = for_the_person(turn)  # nothing here is for fishing; that is told beside
        reply = done(turn, replace(move, about="gift"))
        none = reply.plans[0].act == "nothing_found"
    if none or not reply.trace.get("fitting", True):
        reply = cheapest_gifts(turn) or (search(turn, move) if none else reply)
    if turn.state.wishes and reply.picks and reply.plans[0].act == "recommend":
        return wished_for(turn, reply)
    return reply


def for_the_person(turn: Turn) -> Turn:
    """Return a turn that looks for a present for the person, whatever is liked."""
    need = turn.reading.need
    liked = likings(turn.reading.text, need)
    kept = tuple(one for one in need.slots if one not in liked)
    return replace(turn, reading=replace(turn.reading, need=replace(need, slots=kept)))


def wished_for(turn: Turn, reply: Reply) -> Reply:
    """Return presents with those first that bear out what is wished for in free words.

    A search and six queries.
    """
    wish = wish_of(turn)
    there = bearers(turn, wish)
    told = told_of(one.hit.product for one in (*there, *reply.picks))

    def speaks_for(pick: Pick) -> bool:
        each = told.get(pick.hit.product)
        return each is not None and any(borne_out(one, each) for one in positive(wish.phrases))

    def speaks_against(pick: Pick) -> bool:
        each = told.get(pick.hit.product)
        return each is not None and any(contradicted(one, each) for one in wish.phrases)

    first = [one for one in there if speaks_for(one)]
    kept = [one for one in (*first, *reply.picks) if not speaks_against(one)] or list(reply.picks)
    picks = tuple({one.hit.product: one for one in kept}.values())[:SHOWN]
    rows = [one.row(turn.language) for one in picks]
    plan = replace(reply.plans[0], facts={**reply.plans[0].facts, "products": rows})
    again = offered(turn, Found(picks, len(picks)), plan)
    return replace(again, trace=reply.trace)


def positive(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the wishes that a present is chosen by: not what it is not to be."""
    return [one for one in phrases if not denies(one.sort, one.words)]


def bearers(turn: Turn, wish: Wish) -> list[Pick]:
    """Return what bears out a wish in free words, of all within the limits. Four queries."""
    need = replace(wish.need, cuts=((0, len(wish.need.query)),))
    within = asked(replace(wish, need=need, vector=None)).ranked
    spoken = [pk for pk in speaking_of(wish.phrases) if pk in set(within)]
    hits = hits_in(spoken[:MOST_LOOKED_AT], turn.market.currency(turn.asker.currency))
    left = [one for one in hits if one.in_stock and one.sku not in wish.gone]
    return list(quoting(reasoned(left, wish.need), wish.phrases, wish.locale))


def repeats(turn: Turn, reply: Reply) -> bool:
    """Tell whether an answer offers just what was shown last."""
    before = {one.sku for one in turn.state.visible}
    return bool(before) and {one.hit.sku for one in reply.picks} == before


def others_to_give(turn: Turn, move: Move) -> Reply | None:
    """Offer other presents than those that were shown last, None where there are none."""
    refused = turn.state.refused
    avoided = (*refused, *turn.state.seen)
    other = replace(turn, state=replace(turn.state, refused=avoided))
    reply = done(other, replace(move, about="gift"))
    kept = replace(reply, state=replace(reply.state, refused=refused))
    return kept if reply.picks else None


def further(turn: Turn, move: Move) -> Reply:
    """Offer more of what is looked for: more presents, where it is one."""
    if turn.state.giving and not turn.reading.need.of("category"):
        return others_to_give(turn, move) or further_ones(turn, move)
    return further_ones(turn, move)


def cheapest_gifts(turn: Turn) -> Reply | None:
    """Say that no present is cheaper than those that were shown, and name them again."""
    side = side_of(turn.state.slots, turn.state.turn)
    visible = turn.products([one.sku for one in turn.state.visible])
    hits = hits_in(visible, turn.market.currency(turn.asker.currency)) if side else []
    if not hits:
        return None
    hits.sort(key=lambda one: one.amount or 0, reverse=side == "dearer")
    plain = replace(turn.reading.need, slots=())
    picks = reasoned(hits, plain)
    held = tuple(one for one in turn.state.slots if one.slot.kind != "price")
    plan = turn.plan("at_the_edge", products=[one.row(turn.language) for one in picks], side=side)
    return offered(replace(turn, state=replace(turn.state, slots=held)),
                   Found(picks, len(picks)), plan)  # fmt: skip
