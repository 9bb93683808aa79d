"""What is bought and liked most, where that is asked for: "best sellers", 大家都买什么.

For serving. Shops do not state how often a thing was sold; how many have reviewed it is counted,
and that is what the order goes by and what is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.finding import LOOKED_AT, SHOWN, Found, Wish, find
from assistant.reasons import Pick, stars_reason
from assistant.turns import Reply, Turn, offered, wish_of
from catalog.search.featuring import most_reviewed
from catalog.search.understanding.wishes import read_wishes
from catalog.text import fold

# Beside the words for it that search reads (``wish.popular``).
_MOST = re.compile(
    r"\bmost (?:people|customers|shoppers|others|buyers)\b|\bbig(?:gest)? (?:hits?|sellers?)\b"
    r"|\b(?:people|others|customers) (?:usually )?(?:buy|get|order|go for)\b"
    r"|\b(?:customer|shop|house|your|people'?s|everyone'?s) favou?rites?\b"
    r"|(?:大家|别人|其他人|多数人|很多人)(?:一般|通常|都|平时)*(?:买|选|喜欢)|卖得怎么样|火的"
)


def asks_for_favourites(turn: Turn) -> bool:
    """Tell whether what others buy is asked for."""
    text = fold(turn.reading.text)
    named = any(one.meaning == "popular" for one in read_wishes(text))
    return named or bool(_MOST.search(text))


def favourites(turn: Turn) -> Reply | None:
    """Offer what is reviewed most of what is looked for; None where that is not asked."""
    if not asks_for_favourites(turn):
        return None
    wish = wish_of(turn)
    wanted = [one for one in wish.need.slots if not one.negated]
    found = find(wish, most=LOOKED_AT) if wanted else of_all(wish)
    if not found.picks or found.wider:
        return None
    picks = tuple(sorted(found.picks, key=lambda one: -one.hit.reviews)[:SHOWN])
    found = replace(found, picks=tuple(replace(one, reason=stars_reason(one.hit)) for one in picks))
    rows = [one.row(turn.language) for one in found.picks]
    return offered(turn, found, turn.plan("favourites", products=rows))


def of_all(wish: Wish) -> Found:
    """Return what is reviewed most in the whole market, what is gone or sold out left out."""
    hits = most_reviewed(wish.market.merchant, wish.market.currency(wish.currency), most=LOOKED_AT)
    kept = [hit for hit in hits if hit.sku not in wish.gone and hit.in_stock]
    return Found(tuple(Pick(hit) for hit in kept), len(kept))
