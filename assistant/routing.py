"""Lead each decision to the function that carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from assistant import (
    altering,
    choosing,
    consulting,
    explaining,
    giving,
    minding,
    pairing,
    putting,
    recalling,
    replying,
    serving,
    summing_up,
    talking,
)
from assistant.owning_up import owned_up
from assistant.pinpointing import NAMED, pinpointed
from assistant.planning import Move
from assistant.seconding import MOST, SILENT, both, further, main_part, of_part, only_chooses
from assistant.storied import named_in_full, wants_goods
from assistant.topical import after_a_reaction
from assistant.turns import Carry, Reply, Turn
from assistant.understanding.referring import beyond_the_only

ROUTES: Mapping[str, Carry] = {
    "talk": talking.talk,
    "refuse": talking.refuse,
    "clarify": replying.clarify,
    "hand_over": talking.hand_over,
    "find": serving.look,
    "recommend": replying.recommend,
    "others": replying.not_interested,
    "more": giving.further,
    "like": replying.more_like,
    "product": serving.done,
    "order": serving.done,
    "compare": serving.compared,
    "choose": choosing.chosen,
    "pair": pairing.pair,
    "recall": recalling.recalled,
    "explain": explaining.explained,
    "sum": summing_up.partly,
    "unsure": serving.unsure,
    "bundle": serving.done,
    "alter": altering.alter,
    "promotion": serving.done,
    "cart": serving.done,
    "put": putting.put,
    "gift": giving.gift,
    "know": consulting.know,
    "aspect": minding.aspect,
    "complain": serving.complain,
    "confirm": serving.confirmed,
    "decline": serving.declined,
}

# What a story is mistaken for: a question of a thing that it names by the way.
MISTAKEN = frozenset(("product", "compare", "clarify", "unsure", "choose"))


def carried_out(turn: Turn, move: Move) -> Reply:
    """Carry a decision out; where a second was meant and there is but one, say so first."""
    turn, move = pinpointed(*told_first(turn, move))
    reply = answered(turn, move)
    silent = move.kind in ("know", "product") and reply.plans[0].act in ("unknown", "knowledge")
    if silent and not reply.products:  # what was asked of stays known
        reply = replace(reply, products=turn.products(move.skus))
    if move.why == NAMED:
        reply = replace(reply, products=(*turn.products(move.skus), *reply.products))
    if not (set(move.skus) & {one.sku for one in turn.state.visible}):
        return reply
    if not beyond_the_only(turn.reading.text, turn.state):
        return reply
    only = turn.plan("only_one", product=turn.state.visible[0].title)
    return replace(reply, plans=(only, *reply.plans))


def told_first(turn: Turn, move: Move) -> tuple[Turn, Move]:
    """Return a search where a first message tells what goods are wanted for; else as it was.

    Nothing that was shown could be meant by it, and a kind that it names by the way ("from using
    the mouse") is no product's name.
    """
    found = {one.sku for one in turn.reading.found}
    shown = turn.asker.product or any(one.sku not in found for one in turn.state.visible)
    if shown or move.kind not in MISTAKEN or turn.reading.intent == "cart_add":
        return turn, move
    if any(named_in_full(turn.reading.text, one.words) for one in turn.state.visible):
        return turn, move
    reading = replace(turn.reading, references=(), found=())
    bare = replace(turn, reading=reading, state=replace(turn.state, visible=(), focus=()))
    if not wants_goods(bare):
        return turn, move
    return bare, Move("find", "told", about="search")


def answered(turn: Turn, move: Move) -> Reply:
    """Carry a decision out, and answer what else the message asks."""
    others = list(islice(further(turn.reading, move), MOST))
    if others and only_chooses(turn.reading, move, others):
        move, *others = (replace(one, why="asked-of-the-chosen") for one in others)
        turn = of_part(turn, move)
    alone = others and move.kind == "know" and move.about != "delivery"
    apart = alone or (others and (move.kind in ("order", "choose") or move.about == "reviews"))
    reply = owned_up(turn, ROUTES[move.kind](main_part(turn, move) if apart else turn, move))
    if move.kind == "order" and (page := after_a_reaction(turn)):
        reply = both(reply, page, before=True)  # what was asked to be done still waits
    if alone and reply.plans[0].act in SILENT:
        move, *others = others  # the other question may have an answer
        reply = ROUTES[move.kind](of_part(turn, move), move)
    if reply.plans[0].act in SILENT or (reply.confirmation and move.kind != "order"):
        return reply
    for other in others:
        second = ROUTES[other.kind](of_part(turn, other), other)
        reply = both(reply, second, before=bool(other.facts.get("before")))
    return reply
