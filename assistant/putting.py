"""Offer to put into the cart what is called by name, beside what waits; count or leave out anew.

For routing. The thing is the one live product that bears the name best, by its title, its stated
facts and its page; where several do it is asked which, where none does the shelves are looked at.
Nothing is put in: what is offered waits for a yes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.bearing import Told, told_of
from assistant.doing import Outcome, respond
from assistant.doing.filling import Filled, filled, offered
from assistant.finding import find, hits_in
from assistant.moves import Move
from assistant.naming import borne
from assistant.pinpointing import in_order
from assistant.reasons import Pick
from assistant.reporting import told
from assistant.serving import declined, look, talk_of
from assistant.turns import Reply, Turn, wish_of
from assistant.understanding.called.likeness import names_of, worths_of
from assistant.understanding.putting import Putting
from assistant.understanding.wishing import content_of, stem
from catalog.search.understanding import Need, understand
from catalog.text import fold

LOOKED_THROUGH = 12
BORNE = 0.6  # of the words of a name a thing must bear so much, to be meant by it
AS_WELL = 0.1  # another that bears so little less may be meant as well
MOST_ASKED_OF = 4
SHORT = 2  # signs of a word that says something only in a name: "V8"
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")


def put(turn: Turn, move: Move) -> Reply:
    """Carry out what is wanted of the cart: something more, so many instead, one thing less."""
    said = move.facts["putting"]
    assert isinstance(said, Putting)  # noqa: S101 - planning has put it there
    if said.way != "put":
        return otherwise(turn, move, said)
    found = meant(turn, said.name, move.skus)
    if not found:
        return sought(turn, said.name)
    turn = replace(turn, known={**turn.known, **{one.hit.sku: one.hit.product for one in found}})
    if len(found) > 1:
        return told(turn, which(turn, found), replace(move, kind="product"))
    product = found[0].hit.product
    state = replace(turn.state.shown([found[0].seen(turn.language)]), quantity=said.count or 0)
    outcome = respond(
        turn.asker,
        turn.reading,
        products=(product,),
        intent="cart_add",
        talk=talk_of(turn),
        pieces={product: said.count or 1},
    )
    return told(replace(turn, state=state), outcome, replace(move, kind="product"))


def sought(turn: Turn, name: str) -> Reply:
    """Show what is nearest to a name that nothing bears; what waits for a yes goes on waiting."""
    need = understood(turn, name)
    reading = replace(turn.reading, intent="search", need=need, said=need, references=(), found=())
    found = {one.sku for one in turn.reading.found}
    left = tuple(one for one in turn.state.visible if one.sku not in found)
    state = replace(turn.state, visible=left, focus=())
    bare = replace(turn, reading=reading, state=state)
    reply = look(bare, Move("find", "cart_add:names-a-kind", about="search"))
    rows = reply.plans[0].rows("products") if reply.picks else []
    reply = replace(reply, plans=(turn.plan("not_named", products=rows, wish=name),))
    if turn.waiting is None:
        return reply
    what = turn.waiting.says
    what = what[:1].lower() + what[1:]
    waits = turn.plan("back_to", about="confirm", what=what)
    state = reply.state.asking("confirm", [turn.waiting.key])
    return replace(reply, plans=(*reply.plans, waits), state=state, confirmation=turn.waiting)


def understood(turn: Turn, name: str) -> Need:
    """Return a name as a need."""
    return understand(name, vocabulary=turn.market.vocabulary, locale=turn.language,
                      currency=turn.asker.currency)  # fmt: skip


def otherwise(turn: Turn, move: Move, said: Putting) -> Reply:
    """Offer what waits with another count, or without one thing of it."""
    lines = filled(turn.kept)
    line = of_these(lines, said.name, turn.language)
    if line is None:
        return sought(turn, said.name)
    if said.way == "drop":
        lines = [one for one in lines if one is not line]
    else:
        lines = [(*one[:2], said.count or 1) if one is line else one for one in lines]
    if not lines:
        return declined(turn, move)
    ids = tuple(dict.fromkeys(one[0].product.pk for one in lines))
    return told(turn, offered(turn.asker, lines, ids), replace(move, kind="product"))


def of_these(lines: Sequence[Filled], name: str, language: str) -> Filled | None:
    """Return the line that is meant by a name, the last one where nothing is named."""
    if not name:
        return lines[-1] if lines else None
    rows = told_of([one[0].product.pk for one in lines])
    scored = [(borne_of(name, rows.get(one[0].product.pk, Told())), one) for one in lines]
    best = max((score for score, _line in scored), default=0.0)
    return next((one for score, one in scored if score == best), None) if best >= BORNE else None


def which(turn: Turn, found: Sequence[Pick]) -> Outcome:
    """Ask which of several things that bear a name is meant."""
    titles = [one.seen(turn.language).title for one in found[:MOST_ASKED_OF]]
    ids = tuple(one.hit.product for one in found)
    return Outcome("clarify", {"about": "product", "options": titles}, ids)


def meant(turn: Turn, name: str, references: Sequence[str]) -> list[Pick]:
    """Return the products that bear a name best, one where it is clear. Two searches, queries."""
    wish = replace(wish_of(turn), need=understood(turn, name), vector=turn.text_vector, phrases=())
    picks = {one.hit.product: one for one in find(wish, most=LOOKED_THROUGH).picks}
    shown = (*references, *(one.sku for one in turn.state.visible))
    for hit in hits_in(turn.products(shown), turn.market.currency(turn.asker.currency)):
        picks.setdefault(hit.product, Pick(hit))
    rows = told_of(picks)
    scores = {
        pk: max(borne_of(name, rows.get(pk, Told())), called(name, pick, turn.language))
        for pk, pick in picks.items()
    }
    best = max(scores.values(), default=0.0)
    if best < BORNE:
        return []
    tied = [pick for pk, pick in picks.items() if scores[pk] >= best - AS_WELL]
    tied = [one for one in tied if titled(name, one)] or tied
    pointed = [one for one in tied if one.hit.sku in turn.state.focus]
    return pointed if len(tied) > 1 and len(pointed) == 1 else tied


def titled(name: str, pick: Pick) -> bool:
    """Tell whether a thing's title, in any language, has all of a name."""
    titles = [fold(one) for one in pick.hit.titles.values()]
    if not name.isascii():
        return any(in_order(name, one) for one in titles)
    words = {stem(one) for one in words_of(name)}
    return any(words <= {stem(one) for one in _WORD.findall(title)} for title in titles)


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name that say something, in their order."""
    if not name.isascii():
        return tuple(sorted(content_of(name), key=name.find)) or (name,)
    words = (one for one in _WORD.findall(name) if content_of(one) or len(one) <= SHORT)
    return tuple(words) or (name,)


def borne_of(name: str, told: Told) -> float:
    """Return how much of a name a thing's title, facts and page bear, 0 to 1."""
    words = words_of(name)
    return sum(max(borne(one, told), borne(stem(one), told)) for one in words) / len(words)


def called(name: str, pick: Pick, language: str) -> float:
    """Return how much of a name a thing is called by, in either language, 0 to 1."""
    words = words_of(name)
    return sum(worths_of(words, names_of(pick.seen(language)))) / len(words)
