"""Offer to put into the cart what is called by name, beside what waits; count or leave out anew.

For routing. The thing is the one live product that bears the name best, by its title, its stated
facts and its page; where several do it is asked which, where none does the shelves are looked at.
Nothing is put in: what is offered waits for a yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.bearing import Told, told_of
from assistant.doing import Outcome, respond
from assistant.doing.arguments import MOST_PIECES, Put
from assistant.doing.filling import cart_add_all, filled, rows_of
from assistant.finding import find, hits_in
from assistant.moves import Move
from assistant.naming import borne
from assistant.pinpointing import in_order
from assistant.reasons import Pick
from assistant.reporting import told
from assistant.serving import declined, done, look, talk_of
from assistant.turns import Reply, Turn, wish_of
from assistant.understanding.called.likeness import names_of, worths_of
from assistant.understanding.putting import Putting
from assistant.understanding.wishing import content_of, stem
from catalog.search.offering import Hit
from catalog.search.understanding import Need, understand
from catalog.text import fold

LOOKED_THROUGH = 12
BORNE = 0.55  # of the words of a name a thing must bear so much, to be meant by it
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
    found = told_apart(meant(turn, said.name, move.skus), said.more)
    whole = len(found) == 1 and titled(said.name, found[0])
    if not whole and (named := of_each_name(turn, said)):
        return put_all(turn, move, said, named)
    if said.loose and len(found) != 1:
        return look(turn, Move("find", "cart_add:names-a-kind", about="search"))
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


def of_each_name(turn: Turn, said: Putting) -> dict[int, tuple[Pick, int]]:
    """Return the one product that each of several names means, with how many; none where one
    of them means several."""
    found = [(meant(turn, name, ()), count) for name, count in said.names]
    if any(len(picks) > 1 for picks, _count in found):
        return {}
    return {picks[0].hit.product: (picks[0], count) for picks, count in found if picks}


def put_all(turn: Turn, move: Move, said: Putting, named: Mapping[int, tuple[Pick, int]]) -> Reply:
    """Offer to put things into the cart that were named together; say which are not sold."""
    known = {**turn.known, **{one.hit.sku: pk for pk, (one, _count) in named.items()}}
    outcome = respond(
        turn.asker,
        turn.reading,
        products=tuple(named),
        intent="cart_add",
        talk=talk_of(turn),
        pieces={pk: count for pk, (_one, count) in named.items()},
    )
    state = turn.state.shown([one.seen(turn.language) for one, _count in named.values()])
    turn = replace(turn, known=known, state=state)
    reply = told(turn, outcome, replace(move, kind="product"))
    lacking = [
        turn.plan("not_named", wish=name)
        for name, _count in said.names
        if not any(scored(turn, name, {pk: one})[pk] >= BORNE for pk, (one, _c) in named.items())
    ]
    return replace(reply, plans=(*lacking, *reply.plans))


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
    return waiting_on(turn, reply)


def waiting_on(turn: Turn, reply: Reply) -> Reply:
    """Return a reply after which what waits for a yes goes on waiting."""
    if turn.waiting is None:
        return reply if reply.plans else Reply((turn.plan("not_understood"),), turn.state)
    what = turn.waiting.says
    waits = turn.plan("back_to", about="confirm", what=what[:1].lower() + what[1:])
    state = reply.state.asking("confirm", [turn.waiting.key])
    return replace(reply, plans=(*reply.plans, waits), state=state, confirmation=turn.waiting)


def understood(turn: Turn, name: str) -> Need:
    """Return a name as a need."""
    return understand(name, vocabulary=turn.market.vocabulary, locale=turn.language,
                      currency=turn.asker.currency)  # fmt: skip


def otherwise(turn: Turn, move: Move, said: Putting) -> Reply:
    """Offer what waits with another count, or without one thing of it."""
    lines, rest = filled(turn.kept), list(turn.open)
    there = [one[0].product.pk for one in lines]
    waits = [one["product"] for one in rest] if said.way == "drop" else []
    product = of_these(turn, [*there, *waits], said.name)
    if product is None:
        going_on = replace(move, kind="product", why="completed", skus=turn.state.focus)
        return done(turn, going_on) if rest else waiting_on(turn, Reply((), turn.state))
    if said.way == "drop":
        lines = [one for one in lines if one[0].product.pk != product]
        rest = [one for one in rest if one["product"] != product]
    else:
        place = len(there) - 1 - there[::-1].index(product)
        lines[place] = (*lines[place][:2], min(said.count or 1, MOST_PIECES))
    if not (lines or rest):
        return declined(turn, move)
    puts = [Put(one["product"], one["quantity"], one["words"]) for one in rest]
    outcome = cart_add_all(turn.asker, puts, rows_of(lines))
    return told(turn, outcome, replace(move, kind="product"))


def of_these(turn: Turn, products: Sequence[int], name: str) -> int | None:
    """Return the one of some products that a name means, the last where nothing is named."""
    if not name:
        return products[-1] if products else None
    hits = priced(turn, products)
    scores = {one.product: called(name, Pick(one), turn.language) for one in hits}
    best = max(scores.values(), default=0.0)
    return next((pk for pk in products if scores.get(pk) == best), None) if best >= BORNE else None


def priced(turn: Turn, products: Sequence[int]) -> list[Hit]:
    """Return products as search would show them."""
    return hits_in(products, turn.market.currency(turn.asker.currency))


def scored(turn: Turn, name: str, picks: Mapping[int, Pick]) -> dict[int, float]:
    """Return how much of a name each of some products bears, 0 to 1. Two queries."""
    rows = told_of(picks)
    return {
        pk: max(borne_of(name, rows.get(pk, Told())), called(name, pick, turn.language))
        for pk, pick in picks.items()
    }


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
    for hit in priced(turn, turn.products(shown)):
        picks.setdefault(hit.product, Pick(hit))
    scores = scored(turn, name, picks)
    best = max(scores.values(), default=0.0)
    if best < BORNE:
        return []
    tied = [pick for pk, pick in picks.items() if scores[pk] >= best - AS_WELL]
    tied = [one for one in tied if titled(name, one)] or tied
    pointed = [one for one in tied if one.hit.sku in turn.state.focus]
    return pointed if len(tied) > 1 and len(pointed) == 1 else tied


def told_apart(found: Sequence[Pick], more: str) -> list[Pick]:
    """Return those of several that bear best what else was said: "the down one"."""
    if len(found) < 2 or not more:
        return list(found)
    rows = told_of([one.hit.product for one in found])
    scores = [borne_of(more, rows.get(one.hit.product, Told())) for one in found]
    best = max(scores)
    return [one for one, score in zip(found, scores, strict=True) if score == best]


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
