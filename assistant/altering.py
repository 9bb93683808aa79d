"""Change a set that was put together: another kettle, a lamp besides, without the cup.

For routing. What else is in the set stays as it is; the total is reckoned anew and never goes
above a budget that was named. Where nothing fits, the set stays and it is said why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.bearing import room_in, told_of
from assistant.doing.bundling import pieces_for
from assistant.finding import Found, beside, find, hits_in
from assistant.leaning import beyond, leaning_of
from assistant.moves import Move
from assistant.reasons import Pick
from assistant.serving import done
from assistant.slots import Held, Part, rebuilt
from assistant.turns import Reply, Turn, wish_of
from assistant.understanding.cues import cues
from assistant.understanding.following import (
    kinds_in,
    kinds_named,
    leftover,
    said_of_a_thing,
)
from catalog.models import Product
from catalog.presenting.money import money
from catalog.search.offering import Hit
from catalog.search.understanding import Need, Slot, understand
from catalog.text import fold

MOST_TRIED = 30
_CUES = cues("altering")
# What a set of things is for holds of each of them.
OF_ALL = frozenset(("occasion", "audience", "season"))


@dataclass(frozen=True)
class Line:
    """One thing of a set with its offer."""

    hit: Hit
    part: Part

    @property
    def cost(self) -> Decimal:
        """Return what all pieces of it come to."""
        return (self.hit.amount or Decimal(0)) * self.part.pieces


def alter(turn: Turn, move: Move) -> Reply:
    """Change the set as was said; for others or another budget it is put together anew."""
    change = turn.reading.change
    if change is None or change.way in ("people", "budget"):
        return done(turn, replace(move, about="bundle"))
    lines = lines_of(turn)
    if change.way == "drop" and change.part is not None:
        gone = [one for one in lines if one.part == change.part]
        left = [one for one in lines if one.part != change.part]
        return told(turn, left, out=gone) if left and gone else kept(turn, lines, "drop")
    old = next((one for one in lines if one.part == change.part), None)
    if change.way == "swap" and old is not None:
        return swapped(turn, lines, old)
    return added(turn, lines)


def lines_of(turn: Turn) -> list[Line]:
    """Return the set that is shown, with what it costs now. A few queries."""
    parts = {one.sku: one for one in turn.state.parts}
    found = hits_in(turn.products(list(parts)), turn.market.currency(turn.asker.currency))
    return [Line(hit, parts[hit.sku]) for hit in found if hit.sku in parts]


def swapped(turn: Turn, lines: Sequence[Line], old: Line) -> Reply:
    """Put another thing of its kind in the place of one, as was said: cheaper, quieter, in blue."""
    others = [one for one in lines if one is not old]
    folded = fold(turn.reading.text)
    kinds = [one for one in turn.reading.said.of("category") if not one.negated]
    new = [one for one in kinds if not is_named_so(one, old)]
    name = new[-1].surface if new else old.part.kind
    side = side_said(folded)
    leaning = None if new else leaning_of(turn.reading.text)
    need = need_of(turn, name, ordered=leaning.quality.features if leaning else ())
    if not (new or need.of("category")):
        need = on_its_shelf(need, old.hit)
    picks = [one for one in offers(turn, need) if one.hit.sku != old.hit.sku]
    picks = [one for one in picks if on_the_side(one.hit, old.hit, side)]
    if leaning is not None:
        picks = list(beyond(picks, old.hit.product, leaning.quality))
    new_lines = lines_for(turn, [old.hit, *(one.hit for one in picks)], name)[1:]
    inside = [one for one in new_lines if affordable(turn, [*others, one])]
    if not inside:
        return kept(turn, lines, side or ("beyond" if picks else "swap"), name=name)
    return told(turn, [inside[0] if one is old else one for one in lines], out=[old],
                into=[inside[0]])  # fmt: skip


def added(turn: Turn, lines: Sequence[Line]) -> Reply:
    """Put something besides into the set: the best of each kind that was named."""
    kinds = [one.surface for one in turn.reading.said.of("category") if not one.negated]
    names = list(dict.fromkeys(kinds)) or [said_of_a_thing(leftover(turn.reading.said))]
    into: list[Line] = []
    for name in names:
        picks = offers(turn, need_of(turn, name)) if kinds else by_meaning(turn, name, lines)
        there = {one.hit.sku for one in lines}
        new = lines_for(turn, [one.hit for one in picks if one.hit.sku not in there], name)
        inside = [one for one in new if affordable(turn, [*lines, *into, one])]
        if not inside:
            return kept(turn, lines, "beyond" if new else "add", name=name,
                        nearest=new[0].hit if new else None)  # fmt: skip
        into.append(inside[0])
    return told(turn, [*lines, *into], into=into)


# --- What could be taken --------------------------------------------------------------------------
def is_named_so(slot: Slot, line: Line) -> bool:
    """Tell whether a kind is the one that a thing of the set was asked for as, or is of."""
    one, other = fold(slot.surface), fold(line.part.kind)
    titles = fold(" ".join(line.hit.titles.values()))
    return one in other or other in one or bool(kinds_in(one) & kinds_named(titles))


def need_of(turn: Turn, name: str, ordered: Sequence[str] = ()) -> Need:
    """Return a kind of thing with all that was said of it now, and what the set is for.

    ``ordered``: features of which more is wished for, which order and do not filter.
    """
    kind = understand(name, vocabulary=turn.market.vocabulary, locale=turn.language,
                      currency=turn.asker.currency)  # fmt: skip
    slots = [one for one in kind.slots if not one.negated]
    slots += [
        one for one in turn.reading.said.slots if one.kind not in ("category", "price", "sku")
    ]
    slots += [one.slot for one in turn.state.slots if one.slot.kind in OF_ALL]
    slots = [one for one in slots if one.kind != "feature" or one.value not in ordered]
    held = {(one.kind, one.value): Held(one, words=one.surface) for one in slots}
    topic = "" if any(one.kind == "category" for one in slots) else name
    return rebuilt(tuple(held.values()), topic, "relevance", turn.language, turn.language)


def on_its_shelf(need: Need, hit: Hit) -> Need:
    """Return a need for what stands on the shelf of a thing, its kind being none. One query."""
    shelf = Product.objects.filter(pk=hit.product).values_list("category_id", flat=True).first()
    if not shelf:
        return need
    return replace(need, slots=(*need.slots, Slot("category", str(shelf), surface="")))


def offers(turn: Turn, need: Need) -> list[Pick]:
    """Return what could be taken of a kind, the best first; nothing of a wider kind."""
    phrases = tuple(one for one in turn.reading.wishes if one.sort != "people")
    found = find(replace(wish_of(turn), need=need, vector=None, phrases=phrases), most=MOST_TRIED)
    if found.wider or any(one.kind not in OF_ALL for one in found.unmet):
        return []
    return sold_now(found)


def by_meaning(turn: Turn, words: str, lines: Sequence[Line]) -> list[Pick]:
    """Return what is meant by words that name no kind, of other kinds than the set has."""
    there = set().union(*(beside(one.hit.product) for one in lines))
    gone = frozenset(Product.objects.filter(pk__in=there).values_list("sku", flat=True))
    uses = [one.slot for one in turn.state.slots if one.slot.kind == "occasion"]
    held = tuple(Held(one, words=one.surface) for one in uses)
    needs = [rebuilt(held, words, "relevance", turn.language, turn.language)] * bool(held)
    for need in [*needs, Need(words, turn.language, turn.language)]:
        wish = replace(wish_of(turn), need=need, vector=turn.text_vector, phrases=(), gone=gone)
        if picks := sold_now(find(wish, most=MOST_TRIED)):
            return picks
    return []


def sold_now(found: Found) -> list[Pick]:
    """Return what was found that has a price and can be had."""
    return [one for one in found.picks if one.hit.amount is not None and one.hit.in_stock]


def side_said(folded: str) -> str:
    """Return "cheaper" or "dearer" where that is said."""
    return next((name for name in ("cheaper", "dearer") if _CUES[name].search(folded)), "")


def on_the_side(hit: Hit, old: Hit, side: str) -> bool:
    """Tell whether a thing is cheaper, or dearer, than the one it would stand for."""
    if not side or hit.amount is None or old.amount is None:
        return not side
    return hit.amount < old.amount if side == "cheaper" else hit.amount > old.amount


def lines_for(turn: Turn, hits: Sequence[Hit], kind: str) -> list[Line]:
    """Return things as one of the set, as often as so many people need them.

    They are counted where any of them states for how many it is. Two queries.
    """
    told = told_of(hit.product for hit in hits)
    rooms = [room_in(told[hit.product]) if hit.product in told else 0 for hit in hits]
    people = turn.reading.people if any(rooms) else 0
    return [Line(hit, Part(hit.sku, kind, pieces_for(people, room)))
            for hit, room in zip(hits, rooms, strict=True)]  # fmt: skip


def affordable(turn: Turn, lines: Sequence[Line]) -> bool:
    """Tell whether things stay within the budget that was named."""
    limit = budget_of(turn)
    return limit is None or sum_of(lines) <= limit


def budget_of(turn: Turn) -> Decimal | None:
    """Return the budget for the set, None where none was named."""
    price = turn.reading.need.price
    return price.maximum if price else None


def sum_of(lines: Sequence[Line]) -> Decimal:
    """Return what some things come to."""
    return sum((one.cost for one in lines), Decimal(0))


# --- What is said ---------------------------------------------------------------------------------
def told(
    turn: Turn, lines: Sequence[Line], *, out: Sequence[Line] = (), into: Sequence[Line] = ()
) -> Reply:
    """Return the set as it is now, with what came in and what went."""
    gone, come = ([title(turn, one) for one in group] for group in (out, into))
    return shown(turn, lines, "bundle", out=gone, into=come)


def kept(
    turn: Turn, lines: Sequence[Line], why: str, *, name: str = "", nearest: Hit | None = None
) -> Reply:
    """Return that the set stays as it is, and why."""
    facts: dict[str, object] = {"why": why, "kind": name}
    if nearest is not None and nearest.amount is not None:
        facts["nearest"] = nearest.title(turn.language)[0]
        facts["price"] = money(nearest.amount, nearest.currency)
    return shown(turn, lines, "set_kept", nearest.product if nearest else None, **facts)


def shown(
    turn: Turn, lines: Sequence[Line], act: str, besides: int | None = None, **facts: object
) -> Reply:
    """Return a reply that lists a set, which is what is talked of from now on."""
    currency = next((one.hit.currency for one in lines), turn.asker.currency)
    limit, total = budget_of(turn), sum_of(lines)
    rows = [
        {"name": title(turn, one), "price": money(one.hit.amount, currency),
         "quantity": one.part.pieces}
        for one in lines
    ]  # fmt: skip
    plan = turn.plan(
        act, items=rows, total=money(total, currency),
        budget=money(limit, currency) if limit else "",
        left=money(limit - total, currency) if limit and total < limit else "", **facts,
    )  # fmt: skip
    picks = tuple(Pick(one.hit) for one in lines)
    state = turn.state.shown([one.seen(turn.language) for one in picks])
    products = tuple(one.hit.product for one in lines) + ((besides,) if besides else ())
    return Reply((plan,), state.together(one.part for one in lines), picks=picks,
                 products=products, trace={"total": str(total)})  # fmt: skip


def title(turn: Turn, line: Line) -> str:
    """Return what a thing is called."""
    return line.hit.title(turn.language)[0]
