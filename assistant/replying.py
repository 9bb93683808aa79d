"""Carry out what was decided: facts from the shop's own verbs, and what is to be said of them.

For answering. Each function here takes the turn and returns a `Reply`; nothing is phrased and
nothing is stored. To be called where the shopper's own rows may be seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from assistant.doing.qualities import quality_of
from assistant.echoing import composed, wished
from assistant.falling_short import departments, least, no_more, nothing
from assistant.favoured import favourites
from assistant.finding import SHOWN, Found, find, like, liked, others
from assistant.leaning import MOST_LEANED, beyond, leaning_of, of_what_is_shown
from assistant.planning import Move
from assistant.turns import Reply, Turn, listed, offered, wish_of
from assistant.understanding.following import side_of
from catalog.search.understanding import Need, Slot
from catalog.text import fold

_CLAUSES = re.compile(r"[^,.;!?，。；！？]+")
_LIVES_THERE = re.compile(
    r"^\s*(?:因为|主要是?)?(?:我们?|咱们?)?家(?:里|中)?(?:还)?(?:有|的)?"
    r"|\b(?:i|we) (?:have|live with|'ve got)\b|\b(?:there is|there's|there are)\b|\bat home\b"
)
BABIES = "Baby & kids"
# Wishes that many goods share a little: for whom, for what, like what.
SOFT = frozenset(("audience", "occasion", "feature", "season", "style"))
# More than so many that only share words, or such a wish, are no number to tell.
MOST_BY_WORDS = 9


def clarify(turn: Turn, move: Move) -> Reply:
    """Ask one question."""
    options = [str(one) for one in listed(move.facts.get("options"))]
    if move.about == "what":
        options = departments(turn.market, turn.language)
    state = turn.state.asking(move.about, options)
    said = tuple({"kind": "say", "text": one} for one in options[:4])
    return Reply((turn.plan("clarify", about=move.about, options=options),), state, actions=said)


def unkept(
    need: Need, said: Need, found: Found, unread: str, given_up: Sequence[Slot]
) -> list[str]:
    """Return the wishes that what was found does not keep, in the shopper's words."""
    kinds = need.of("category") if found.wider else ()
    words = [
        one.surface
        for one in (*kinds, *found.unmet, *given_up)
        if one.kind != "audience" or not (for_babies(need) or lives_there(one, said))
    ]
    # What the first product is called was not given up: decaf beans.
    called = " ".join(title for one in found.picks[:1] for title in one.hit.titles.values())
    words = [one for one in words if one.casefold() not in called.casefold()]
    return list(dict.fromkeys([*words, *([unread] if unread else [])]))


def lives_there(person: Slot, said: Need) -> bool:
    """Tell whether a person is only told of, in a clause that names no thing: 家里有小孩."""
    for clause in _CLAUSES.finditer(said.query):
        inside = [one for one in said.slots
                  if clause.start() <= one.start and one.end <= clause.end()]  # fmt: skip
        if any(one.surface == person.surface for one in inside):
            named = any(one.kind == "category" for one in inside)
            return not named and bool(_LIVES_THERE.search(fold(clause[0])))
    return False


def for_babies(need: Need) -> bool:
    """Tell whether a baby's things are looked for, whoever is given them: "my sister's baby"."""
    return any(one.known and one.name_en == BABIES for one in need.of("category"))


def of_what_is_kept(turn: Turn, given_up: Sequence[str]) -> str:
    """Return what is wanted without what could not be kept, in a few words."""
    need = turn.reading.need
    kept = tuple(one for one in need.slots if one.surface not in given_up)
    return composed(replace(need, slots=kept), "")


def for_whom(need: Need) -> tuple[Slot, ...]:
    """Return for whom something is looked for where a relative was named: "my grandson"."""
    found = need.of("audience") if need.of("category") else ()
    return tuple(one for one in found if one.surface.casefold() not in
                 {one.label(locale).casefold() for locale in ("en", "zh-hans")})  # fmt: skip


def search(turn: Turn, move: Move) -> Reply:
    """Search, and tell what fits, or what to give up; for nothing at all ask what is wanted."""
    need = turn.reading.need
    ordered = need.sort != "relevance"
    if not need.text and not ordered and all(slot.negated for slot in need.slots):
        return clarify(turn, Move("clarify", "what", about="what"))
    found = find(wish_of(turn))
    given_up = () if found.fits else for_whom(need)
    if given_up:  # a relative says little of what a thing is for
        loose = replace(need, slots=tuple(one for one in need.slots if one not in given_up))
        found = find(replace(wish_of(turn), need=loose))
    side = "" if found.picks else side_of(turn.state.slots, turn.state.turn)
    if side and (edge := at_the_edge(turn, side)):
        return edge
    dearer = found.wider and need.price and least(turn)
    if not found.fits or dearer:  # a cream for more says more than a soap for less
        return nothing(turn, found)
    if not found.picks:
        return no_more(turn)
    leaning = leaning_of(turn.reading.text)
    if leaning and (reply := of_what_is_shown(turn, found, leaning)):
        return reply
    rows = [one.row(turn.language) for one in found.picks]
    same = [one.hit.sku for one in found.picks] == [one.sku for one in turn.state.visible[:SHOWN]]
    told = turn.reading.said.slots or turn.reading.wishes  # of wishes, the end of the answer tells
    unread = turn.reading.said.text if same and not told else ""
    if leaning and not unread:
        unread = leaning.words
    still = same and not unread and turn.reading.intent == "refine"
    vague = found.total > MOST_BY_WORDS and not any(one.kind not in SOFT for one in need.slots)
    given = unkept(need, turn.reading.said, found, unread, given_up)
    plan = turn.plan(
        "search_results",
        count=0 if vague else found.total,
        wish=wished(turn.reading, turn.state) if not given else of_what_is_kept(turn, given),
        order=need.sort if ordered else "",
        still=still,
        ruled_out=[one.surface for one in turn.reading.said.of("category", negated=True)]
        if still
        else [],
        relaxed=given,
        products=rows,
        more=found.total > len(rows) and turn.state.asked == 0 and len(turn.state.slots) < 3,
    )
    return offered(turn, found, plan)


def at_the_edge(turn: Turn, side: str) -> Reply | None:
    """Say that there is nothing cheaper (or dearer), and offer what comes nearest to it."""
    held = tuple(one for one in turn.state.slots if one.slot.kind != "price")
    turn = replace(turn, state=replace(turn.state, slots=held))
    need = turn.state.need(turn.language).sorted_by(
        "price_asc" if side == "cheaper" else "price_desc"
    )
    found = find(replace(wish_of(turn), need=need))
    if not found.picks:
        return None
    rows = [one.row(turn.language) for one in found.picks]
    return offered(turn, found, turn.plan("at_the_edge", products=rows, side=side))


def recommend(turn: Turn, move: Move) -> Reply:
    """Offer what people like best; what they buy most, where that is asked."""
    if favoured := favourites(turn):
        return favoured
    found = liked(wish_of(turn, gone=turn.state.seen))
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    because = _("These are liked best here")
    return offered(turn, found, turn.plan("recommend", products=rows, because=because))


def not_interested(turn: Turn, move: Move) -> Reply:
    """Put aside what was refused, and offer others that differ in one thing."""
    before = turn.state.visible
    chosen = [one for one in before if one.sku in move.skus] or list(before)
    state = turn.state.rejected([one.sku for one in chosen])
    turn = replace(turn, state=state)
    if not chosen and not turn.reading.need.query:
        return clarify(turn, Move("clarify", "what", about="what"))
    wish = wish_of(turn, gone=state.seen)
    wanted = bool(wish.need.slots or wish.need.text)
    found = others(wish, chosen) if wanted else liked(wish)
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    plan = turn.plan(
        "other_results", products=rows, changed=found.changed, count=found.total,
        wish=wished(turn.reading, turn.state),
    )  # fmt: skip
    return offered(turn, found, plan)


def further_ones(turn: Turn, move: Move) -> Reply:
    """Offer more of what is looked for: what fits and has not been seen yet."""
    wish = wish_of(turn, gone=turn.state.seen)
    wanted = bool(wish.need.slots or wish.need.text)
    found = find(wish) if wanted else liked(wish)
    if not found.picks or found.wider:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    return offered(turn, found, turn.plan("further_results", products=rows, count=found.total))


def more_like(turn: Turn, move: Move) -> Reply:
    """Offer products like one that was shown."""
    products = turn.products(move.skus[:1])
    if not products:
        return search(turn, move)
    state = turn.state.liking(move.skus[:1])
    turn = replace(turn, state=state)
    found = like(
        products[0], wish_of(turn, gone=move.skus if says_but(turn) else (*state.seen, *move.skus)),
        but=says_but(turn), most=MOST_LEANED,
    )  # fmt: skip
    compared = [quality for one in turn.reading.wishes if (quality := quality_of(one.words))]
    picks = beyond(found.picks, products[0], compared[0]) if compared else found.picks
    found = replace(found, picks=picks[:SHOWN])
    if not found.picks:
        return no_more(turn)
    rows = [one.row(turn.language) for one in found.picks]
    name = next((one.title for one in state.visible if one.sku in move.skus), "")
    because = _("Like “%(name)s”") % {"name": name} if name else ""
    reply = offered(turn, found, turn.plan("recommend", products=rows, because=because))
    return replace(reply, products=(*reply.products, *products))  # it is named, too


def says_but(turn: Turn) -> bool:
    """Tell whether something is to be other than in what is liked: "like it but cheaper"."""
    return bool(turn.reading.said.slots or turn.reading.wishes) or bool(
        side_of(turn.state.slots, turn.state.turn)
    )
