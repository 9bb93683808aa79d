"""An amount of money held against the rows that it must be one of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from catalog.claims import cues
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.money import Money, amounts_of
from catalog.claims.sentences import Sentence

# Words that speak of what an amount of a kind is not: beside them nobody knows which truth fits.
_BARS: dict[str, tuple[re.Pattern[str], ...]] = {
    "price": (cues.LESS, cues.SHIPPING, cues.COUPON, cues.PAST, cues.ENOUGH, cues.ONE_SUM),
    "former price": (cues.LESS,),
    "saving": (cues.ENOUGH, cues.COUPON, cues.DIFFERENT),
    "carriage": (cues.FREE,),
    "unnamed": (cues.LESS,),
}


def one_of(
    found: Sequence[tuple[Decimal, str]], sentence: Sentence, money: Money, kind: str, *,
    none: str = "", barred: str = "",
) -> Found:  # fmt: skip
    """Judge an amount that must be one of those in rows; mend it where there is one only.

    ``none``: what is told where no row is; ``barred``: whose words bar mending, if not the kind's.
    """
    place = (money.start, money.end)
    for amount, source in found:
        if amount == money.amount:
            return judged(place, kind, True, Fact(f"{money.currency} {amount}", source))
    if not found:
        return judged(place, kind, False, Fact(none))
    amounts = sorted({amount for amount, _source in found})
    fact = Fact(f"{money.currency} " + " / ".join(map(str, amounts)), found[0][1])
    mend = written(amounts[0], sentence, money, barred or kind) if len(amounts) == 1 else None
    return judged(place, kind, False, fact, mend)


def written(
    amount: Decimal, sentence: Sentence, money: Money, kind: str
) -> tuple[int, int, str] | None:
    """Return the true amount written as the wrong one was, where no other kind can be meant."""
    others = (other for other in _BARS.get(kind, ()) if other.search(sentence.text))
    named = {one.product.pk for one in sentence.mentions}
    if any(others) or (len(named) > 1 and len(list(amounts_of(sentence.text))) != len(named)):
        return None
    text = f"{amount:,.2f}" if "," in sentence.full[slice(*money.number)] else f"{amount:.2f}"
    decimals = "." in sentence.full[slice(*money.number)]
    if not decimals and text.endswith(".00"):
        text = text[:-3]
    return (*money.number, text)
