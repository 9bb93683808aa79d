"""What is offered where what was asked for is not to be had: said plainly, and what comes nearest.

For serving. A use that nothing within the limit is listed for is told with what is listed for it
above the limit; a kind that nothing is called by is said not to be here before others are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from assistant.bearing import speaks, told_of
from assistant.echoing import wished
from assistant.finding import SHOWN, Found, Pick, asked, hits_in, reasoned
from assistant.heeding import kinds_in
from assistant.owning_up import unlisted, wanted_in
from assistant.replying import Reply, Turn, offered, wish_of
from assistant.understanding.wishing import Phrase
from catalog.models import SearchDocument
from catalog.search.constraining import with_narrower
from catalog.search.understanding import Need, Slot
from catalog.search.wording import kind_words
from catalog.text import fold

MOST = 60
OFFERS = frozenset(("search_results", "leaning"))


def instead(turn: Turn, reply: Reply) -> Reply:
    """Return what is said instead of a search's answer that only comes near; else that answer."""
    if not reply.picks or reply.plans[0].act not in OFFERS:
        return reply
    return (
        of_the_use(turn, reply) or of_no_such_kind(turn, reply) or of_no_name(turn, reply) or reply
    )


def of_the_use(turn: Turn, reply: Reply) -> Reply | None:
    """Offer what is listed for a use above the limit, where nothing within it is."""
    need = turn.reading.need
    if need.price is None or need.price.maximum is None or need.of("category"):
        return None
    there = told_of(one.hit.product for one in reply.picks)
    uses = [one for one in unlisted(turn, reply.picks, there) if one.kind == "occasion"]
    if not uses:
        return None
    for within in (need, need.without_kind("price")):
        picks = listed_for(turn, within, uses)
        if not picks:
            continue
        rows = [one.row(turn.language) for one in picks]
        plan = turn.plan("nearest", products=rows, without=need.price.label(turn.language))
        if within is need:
            wish = wished(turn.reading, turn.state)
            plan = turn.plan("search_results", products=rows, wish=wish)
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
    if not things or turn.reading.need.of("category") or is_called(things[-1]):
        return None
    facts = {"products": reply.plans[0].rows("products"), "wish": things[-1].words}
    return replace(reply, plans=(turn.plan("not_named", **facts), *reply.plans[1:]))


def is_called(phrase: Phrase) -> bool:
    """Tell whether any title has the words of a phrase. One query."""
    rows = SearchDocument.objects.all()
    for word in phrase.content:
        rows = rows.filter(titles__icontains=word)
    return any(
        speaks(fold(titles), phrase.content) for titles in rows.values_list("titles", flat=True)
    )


def sold(kind: Slot, need: Need) -> bool:
    """Tell whether any title is of a kind that was named. One query, or none."""
    words = kind_words(replace(need, slots=(kind,)))
    codes = kinds_in(fold(kind.surface))
    if not words or not codes:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT titles FROM catalog_searchdocument WHERE terms @@ %s::tsquery LIMIT %s",
            [" | ".join(words), MOST],
        )
        return any(codes & kinds_in(titles) for (titles,) in cursor.fetchall())
