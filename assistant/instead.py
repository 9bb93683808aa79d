"""What is offered where what was asked for is not to be had: said plainly, and what comes nearest.

For serving. A use that nothing within the limit is listed for is told with what is listed for it
above the limit; a kind that nothing is called by is said not to be here before others are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.bearing import titled, told_of
from assistant.calling import close_name
from assistant.echoing import wished
from assistant.finding import SHOWN, Found, asked, hits_in
from assistant.heeding import sold
from assistant.naming import by_title
from assistant.owning_up import unlisted, wanted_in
from assistant.reasons import Pick, reasoned
from assistant.turns import Reply, Turn, offered, wish_of
from catalog.models import SearchDocument
from catalog.search.constraining import with_narrower
from catalog.search.understanding import Need, Slot
from catalog.text import fold

MOST = 60
OFFERS = frozenset(("search_results", "leaning"))
NOTHING = frozenset(("nothing_found", "nearest", "no_more"))


def instead(turn: Turn, reply: Reply) -> Reply:
    """Return what is said instead of a search's answer that only comes near; else that answer."""
    act = reply.plans[0].act
    if act in OFFERS | NOTHING and (of_use := of_the_use(turn, reply)):
        return of_use
    if act in OFFERS and reply.picks:
        kind = of_an_unknown_kind(turn, reply) or of_no_such_kind(turn, reply)
        return kind or of_no_name(turn, reply) or of_no_close_name(turn, reply) or reply
    return not_here(turn, reply) if act == "nothing_found" else reply


def not_here(turn: Turn, reply: Reply) -> Reply:
    """Say plainly that a kind of thing is not sold here, where nothing is called so."""
    need, things = turn.reading.need, [one for one in wanted_in(turn) if one.sort == "things"]
    kinds = need.of("category")
    if kinds and not any(one.known or sold(one, need) for one in kinds):
        words = " / ".join(dict.fromkeys(one.surface for one in kinds))
    elif things and not kinds and not titled(things[-1]):
        words = things[-1].words
    else:
        return reply
    return replace(reply, plans=(turn.plan("not_named", wish=words),), actions=())


def of_the_use(turn: Turn, reply: Reply) -> Reply | None:
    """Offer what is listed for a use where the search found nothing that is.

    Within the limit, else above it.
    """
    need = turn.reading.need
    if need.of("category") or any(one.sort == "things" for one in wanted_in(turn)):
        return None
    there = told_of(one.hit.product for one in reply.picks)
    uses = [one for one in unlisted(turn, reply.picks, there) if one.kind == "occasion"]
    if not uses:
        return None
    for within in (need, *([need.without_kind("price")] if need.price else [])):
        picks = listed_for(turn, within, uses)
        if not picks:
            continue
        rows = [one.row(turn.language) for one in picks]
        plan = turn.plan("search_results", products=rows, wish=wished(turn.reading, turn.state))
        if need.price is not None and within is not need:
            without = need.price.label(turn.language)
            plan = turn.plan("nearest", products=rows, without=without)
        return offered(turn, Found(picks, len(picks)), plan)
    return None


def listed_for(turn: Turn, need: Need, uses: Sequence[Slot]) -> tuple[Pick, ...]:
    """Return what is listed for some uses within the limits, the cheapest first. Five queries."""
    loose = replace(need, cuts=((0, len(need.query)),), sort="price_asc")
    wish = replace(wish_of(turn), need=loose, vector=None)
    rows = SearchDocument.objects.filter(pk__in=asked(wish).ranked)
    stated = {
        pk for pk, found in rows.values_list("pk", "facets__occasion")
        if all(set(with_narrower("occasion", use.value)) & set(found or ()) for use in uses)
    }  # fmt: skip
    hits = hits_in(sorted(stated)[:MOST], turn.market.currency(turn.asker.currency))
    left = [one for one in hits if one.in_stock and one.amount and one.sku not in wish.gone]
    left.sort(key=lambda one: (one.amount or 0, one.product))
    return reasoned(left[:SHOWN], need)


def of_an_unknown_kind(turn: Turn, reply: Reply) -> Reply | None:
    """Say that a kind the market has no shelf for is not here, where no title names it either."""
    kinds = turn.reading.need.of("category")
    if not kinds or any(one.known for one in kinds):
        return None
    if any(sold(one, turn.reading.need) for one in kinds):
        return None
    wish = " / ".join(dict.fromkeys(one.surface for one in kinds))
    plan = turn.plan("not_named", products=reply.plans[0].rows("products"), wish=wish)
    return replace(reply, plans=(plan, *reply.plans[1:]))


def of_no_such_kind(turn: Turn, reply: Reply) -> Reply | None:
    """Say that a kind is not sold where only the wider one was found: a boarding case, of bags."""
    need = turn.reading.need
    given_up = reply.plans[0].texts("relaxed")
    kinds = [one for one in need.of("category") if one.surface in given_up]
    if len(given_up) != 1 or len(kinds) != 1 or sold(kinds[0], need):
        return None
    name = kinds[0].name_zh if turn.language == "zh-hans" else kinds[0].name_en.lower()
    facts = {"products": reply.plans[0].rows("products"), "wish": kinds[0].surface, "kind": name}
    return replace(reply, plans=(turn.plan("not_sold", **facts), *reply.plans[1:]))


def of_no_name(turn: Turn, reply: Reply) -> Reply | None:
    """Say that nothing is called what is looked for, where no title of the market has its words."""
    things = [one for one in wanted_in(turn) if one.sort == "things"]
    if not things or turn.reading.need.of("category") or titled(things[-1]):
        return None
    facts = {"products": reply.plans[0].rows("products"), "wish": things[-1].words}
    return replace(reply, plans=(turn.plan("not_named", **facts), *reply.plans[1:]))


def of_no_close_name(turn: Turn, reply: Reply) -> Reply | None:
    """Say that nothing is called what is looked for, where only its wider kind is here: matcha."""
    need = turn.reading.need
    names = close_name(need)
    stated = {fold(one.surface) for one in need.of("category")}
    if not stated & set(names) or any(by_title(one.split(), (), turn.market) for one in names):
        return None
    facts = {"products": reply.plans[0].rows("products"), "wish": names[0]}
    return replace(reply, plans=(turn.plan("not_named", **facts), *reply.plans[1:]))
