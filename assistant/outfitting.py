"""What somebody needs who begins something: one thing of each kind, 刚开始喝手冲，需要买哪些东西.

For serving. Which things belong to it the shops say themselves: what they list for that use, and
what they write or call with its words. Nothing is said to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.bearing import Told, speaking_of, titled, told_of
from assistant.finding import Found, hits_in, near
from assistant.fulfilling import grown_up, nearness, spoken
from assistant.heeding import denies, kinds_in
from assistant.reasons import quoting, reasoned
from assistant.storied import USUAL, kinds_of, within
from assistant.turns import Reply, Turn, offered, wish_of
from assistant.understanding.following import leftover
from assistant.understanding.liking import ANY_DAY, GIVING
from assistant.understanding.wishing import Phrase, content_of
from catalog.models import SearchDocument
from catalog.search.constraining import with_narrower
from catalog.search.offering import Hit
from catalog.search.understanding import Need
from catalog.text import fold
from catalog.text.segmenting import pairs

MOST, FEWEST = 4, 2
_HAN = re.compile("[\u3400-\u9fff]{2,}")
ANIMALS = frozenset(("pets", "cats", "dogs"))
LOOKED_AT = 60
MOST_SPOKEN = 15  # texts with a word that says what is begun; more have it by the way
_WHAT_IS_NEEDED = re.compile(
    r"(?:要|得|该|需要|应该|都?用)(?:先)?(?:买|准备|备|带|置办|入手)?(?:点|些|一些)?"
    r"(?:哪些|什么|啥|哪几样)(?:东西|装备|工具|用品|家伙|好)?(?:$|[，。？?!！吗呢啊呀])"
    r"|\bwhat (?:else )?(?:do|should|would|will|all do) (?:i|we|you) (?:all |really |actually )?"
    r"(?:need|buy|get|bring|pack|take)\b|\bwhat(?:'s| is| all is) needed\b"
    r"|\b(?:everything|all|the things|stuff|gear|bits) (?:that )?(?:i|we)(?:'ll| will)? need\b"
)


def outfitted(turn: Turn) -> Reply | None:
    """Offer one thing of each kind that belongs to what is begun; None where none is asked for.

    Seven queries, where it is.
    """
    reading = turn.reading
    asks = _WHAT_IS_NEEDED.search(fold(reading.text))
    if not asks or reading.said.of("category") or reading.references or turn.state.giving:
        return None
    told = _WHAT_IS_NEEDED.sub(" ", leftover(reading.said))
    words = content_of(told).union(*(pairs(run) for run in _HAN.findall(told)))
    named = {
        word: there for word in sorted(words)
        if titled(one := Phrase(word, "things", frozenset((word,))))
        and len(there := speaking_of([one])) <= MOST_SPOKEN
    }  # fmt: skip
    wish = wish_of(turn)
    ids = listed_for(reading.said) + [one for several in named.values() for one in several]
    hits = [
        hit for hit in hits_in(list(dict.fromkeys(ids))[:LOOKED_AT],
                               turn.market.currency(wish.currency))
        if hit.in_stock and hit.sku not in wish.gone and within(hit, wish.need)
        and not denies(hit, wish.need)
    ]  # fmt: skip
    kept = one_of_each(grown_up(hits, wish.need, {}), frozenset(named), turn)
    if len(kept) < FEWEST:
        return None
    found = Found(quoting(reasoned(kept, wish.need), wish.phrases, wish.locale), len(kept))
    plan = turn.plan("storied", products=[one.row(turn.language) for one in found.picks])
    return offered(turn, found, plan)


def listed_for(said: Need) -> list[int]:
    """Return the products that are listed for all uses and animals named. One query, or none."""
    named = [one for one in said.of("occasion") if one.value not in USUAL | GIVING | ANY_DAY]
    named += [one for one in said.of("audience") if one.value in ANIMALS]
    if not named:
        return []
    wanted = [(one.kind, set(with_narrower(one.kind, one.value))) for one in named]
    rows = SearchDocument.objects.values_list("pk", "facets").order_by("pk")
    return [
        pk for pk, facets in rows
        if all(codes & set((facets or {}).get(kind) or ()) for kind, codes in wanted)
    ]  # fmt: skip


def one_of_each(hits: Sequence[Hit], words: frozenset[str], turn: Turn) -> list[Hit]:
    """Return the best hit of each kind, the best kinds first. Four queries."""
    told = told_of(hit.product for hit in hits)
    wish = wish_of(turn)
    meant = nearness(hits, told, near(hits, wish), chinese=wish.need.language.startswith("zh"))
    shelves = kinds_of([one.product for one in hits])

    def worth(place: int) -> float:
        each = told.get(hits[place].product, Told())
        return meant[place] + sum(spoken(frozenset((one,)), each) for one in words)

    best: dict[object, Hit] = {}
    for place in sorted(range(len(hits)), key=lambda one: -worth(one)):
        hit = hits[place]
        named = frozenset().union(*(kinds_in(fold(one)) for one in hit.titles.values()))
        best.setdefault((tuple(shelves[hit.product][:1]), named), hit)
    return list(best.values())[:MOST]
