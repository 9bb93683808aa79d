"""Sums that follow from facts: several of one product, products together, what a limit lacks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product as combinations

from catalog.claims.checkers.amounts import one_of
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import PriceFact, ProductFacts
from catalog.claims.money import Money, amounts_of
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence

TOTAL = worded(
    r"合计|[件个双条]共|总共|一共|共计|共\s?$|总价|小计|总额|应付|实付|预算|退款|退还|退回|refund"
    r"|\bget back\b|"
    r"together|comes? to|in total|total|altogether|budget|subtotal|still have|to spare"
)
SEVERAL = worded(
    r"(?<![\d.])(?P<a>[2-9]|[1-9]\d)\s?(?:件|双|条|只|台|盒|套|瓶|本|支|个|份)(?!装|组|色|月|人|码)"
    r"|\b(?P<b>[2-9]|[1-9]\d) (?:of (?:them|these|those|it)|pieces|units|items|pairs)\b"
    r"|\bfor (?P<c>[2-9])\b(?!\s?(?:days|years|months|people))"
    r"|\ba (?:pair|couple) of (?:them|these)\b"
    r"|\b(?P<e>[2-9]) (?=(?:of the )?□)"
    r"|\b(?P<d>[2-9])(?= (?:at|would|will|costs?|come|together|are|is)\b)"
)
BOUGHT = worded(
    r"(?:买|拿|拍|来|带|下单)\s?(?:[2-9]|[1-9]\d)\s?[件双条只台盒套瓶本支个份](?!装|组|色|月|人"
    r"|码|[以及]?[打享送减免])"
    r"|(?<![\d.第])[2-9]\s?[件双条只台盒套瓶本支个份](?:一起|都|全)?(?:拍|买|拿|要|算|是|共"
    r"|加起来|下来)+"
    r"[^，。\d折]{0,4}(?=[¥$]?\d)"
    r"|\b(?:buy|take|get|order|pay for)(?:ing)? (?:[2-9]|[1-9]\d) of (?:them|these)\b"
    r"|\ba (?:pair|couple) of (?:them|these)\b"
    r"|(?<![\d.])\b[2-9](?: of (?:them|these|those|it)| pieces| units| items| pairs)?"
    r"(?: (?:of the )?□+)? (?:(?:would|will) )?(?:costs?|comes? to|makes?|adds? up|be|is|are"
    r"|runs?|sets? you back)\b(?= [^\d]{0,12}(?:[¥$€£]|usd|rmb|cny|\d[\d.,]* (?:dollars|bucks"
    r"|yuan)))"
)
_JOINED = worded(
    r"合计|总共|[1一]共|共计|总价|加起来|[1一]起|加上|加(?=\s?「?□)"
    r"|\btogether\b|\bin (?:total|all)\b"
    r"|\baltogether\b|\bplus\b|\bcombined\b|\badds? up\b|\btotal\b|\bboth (?:for|cost|come)"
)
BARE = worded(
    r"\b(?:buy(?:ing)?|take|get|order(?:ing)?|like|want|need|have|having|both"
    r"|for) (?P<n>[2-9])\b(?! (?:days|years"
    r"|months))"
)
_MOST_PRICES = 4


def total(sentence: Sentence, money: Money) -> Found:
    """Judge what several of one product, or the products that are named, come to."""
    several = SEVERAL.search(sentence.text) or BARE.search(sentence.text)
    products = sentence.about(money.start)
    named = list({one.product.pk: one.product for one in sentence.mentions}.values())
    found: list[tuple[Decimal, str]] = []
    if several and len(products) == 1:
        sentence.take(*several.span())
        number = next((int(one) for one in several.groups() if one), 2)
        found = [(sum_ * number, row) for sum_, row in _sums(sentence, products, money)]
    elif len(named) > 1:
        found = _sums(sentence, named, money)
    if not found:
        place = (money.start, money.end)
        return judged(place, "total", None, Fact("no such total was reckoned"))
    return one_of(found, sentence, money, "total")


def of_all(sentence: Sentence) -> bool:
    """Tell whether the only amount of a sentence is what the products named in it come to."""
    several = len({one.product.pk for one in sentence.mentions}) > 1
    return (
        several
        and bool(_JOINED.search(sentence.text))
        and len(list(amounts_of(sentence.text))) == 1
    )


def lacking(sentence: Sentence, money: Money) -> Found:
    """Judge what is lacking for free shipping: its sum less the price that is spoken of."""
    found = []
    for shop in sentence.shops_about(money.start):
        for one in shop.methods:
            limit = one.free_from if one.currency == money.currency else None
            for sum_, _row in _sums(sentence, sentence.about(money.start), money):
                if limit and sum_ < limit:
                    found.append((limit - sum_, one.source))
    return one_of(found, sentence, money, "shipping", none="shipping is not free from a sum on")


def _sums(
    sentence: Sentence, products: Sequence[ProductFacts], money: Money
) -> list[tuple[Decimal, str]]:
    """Return what products come to together, for each choice of their versions."""
    prices = [one.prices(money.currency, sentence.offers(one, money.start)) for one in products]
    return sums_of(prices)


def sums_of(prices: Sequence[Sequence[PriceFact]]) -> list[tuple[Decimal, str]]:
    """Return the sums of one price of each product, for each choice of them."""
    amounts = [sorted({each.amount for each in one}) for one in prices]
    if not amounts or any(not 0 < len(one) <= _MOST_PRICES for one in amounts):
        return []
    source = prices[0][0].source
    return [(sum(chosen, Decimal(0)), source) for chosen in combinations(*amounts)]
