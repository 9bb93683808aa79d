"""Stock: in stock, sold out, how many are left, of the variants that the sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.claims import bounds, cues
from catalog.claims.bounds import Bound
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import FEW
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence

_UNIT = r"(?:件|双|条|个|只|台|套|瓶|盒|本|支|张|顶|把|副|份|包|盏|盆|块|部)"
_LEFT = worded(
    rf"(?:仅剩|只剩(?:下)?|还剩|剩余|剩下|库存|余量|还有|现有|剩|余)\s?(?:约|为|是|:"
    rf"|：)?\s?(?P<a>\d+)\s?{_UNIT}?(?!%|\d|天|元|块|种|个?月|小时|分)"
    rf"|(?P<b>\d+)\s?{_UNIT}(?:有货|现货|库存|在库)"
    r"|(?<![\d.])(?<!\bsize )(?<!\bin )(?<!\beu )(?<!\bus )(?<!\buk )"
    r"(?P<c>\d+)(?:\s?(?:pieces?|units?|pairs?|items?|of (?:them|these|it)))?\s?(?:are "
    r"|is )?(?:still )?(?:left\b|in stock|remaining|available\b(?! in))"
    rf"|(?:就|最后|只有|仅|仅有)\s?(?P<g>\d+)\s?{_UNIT}(?!\d|组|装)"
    rf"|\blast (?P<h>\d+)(?= ?(?:[,.!]|$|pieces|left|in))"
    r"|(?P<i>\d+) to go\b|(?:in stock|stock|left|available|availability)\s?[:：–-]\s?(?P<j>\d+)"
    r"|(?:库存|剩余|余量|可售)(?:数量?)?(?:为|是|[:：])?\s?(?P<k>\d+)"
    r"|(?:stock|inventory) (?:stands|sits|is) at (?P<l>\d+)"
    rf"|(?:^|[，,；;|]|目前|现在|眼下|店里|手上|仓里"
    rf"|仓库里?)\s?有\s?(?P<n>\d+)\s?{_UNIT}(?=\s?(?:[。.,，;；!！]|$))"
    rf"|(?:尚有|仅存|存有|留着)\s?(?P<m>\d+)\s?{_UNIT}(?!%|\d)"
    rf"|(?P<d>\d+) left of|\b(?P<e>\d+) (?:of|in) [^.,]{{1,90}}? left\b|just (?P<f>1"
    rf"|one) (?:left|[^.,]{{1,60}}? left)"
)
_OUT = worded(
    r"out of stock|(?:'re|\b(?:are|be|been|is)|\brun|\bran) (?:all |completely |now )?out of\b"
    r"|sold out|unavailable|not (?:in stock|available)|no longer (?:available|in stock)"
    r"|no stock|缺货|无货|没有?货|售罄|[卖拍抢售买订](?:完|光|断|空)|断货|脱销"
    r"|[买拍订拿抢]不[到着了]|没有?库存|无库存|不在库存|没剩|[的款色码号]没了"
    r"|(?:can't|cannot|can not|can no longer|no longer|not (?:to )?)\s?(?:to )?be (?:had|bought"
    r"|ordered|got(?:ten)?|found)\b"
    r"|(?:\b(?:all|is|are|has|have|been)|'s|'re|'ve) gone\b|\bnone (?:left|remaining)"
    r"|\bno more left\b"
    r"|\b(?:cleared|cleaned) out\b|\bsnapped up\b"
)
_IN = worded(
    r"\bwe(?:'ve got| have| stock) (?:it|them|this|the □+) in [a-z -]{2,24}? (?:right )?now\b|"
    r"(?<!not )\bin stock\b|\b(?:is|are) (?:still |also |currently )?available(?=\s?(?:[.,!;]"
    r"|$))|(?<!not )\bavailable (?:now|today|for order"
    r"|right away)"
    r"|(?<![没缺无到断])有货|现货|库存(?:充足|充裕|足够|很多)|(?:plenty|lots"
    r"|enough) (?:in stock|left|available)"
    r"|有库存|在库|还有货|[的款色码号]还有(?=[哦的呢啊吗，。!！~]|$)|都还有"
    r"|\bcan (?:still |now )?be (?:had|bought|ordered|got(?:ten)?)\b(?! (?:for|from|at|in|with))"
    r"|[买拍订拿抢]得[到着]|\bup for grabs\b|(?:\bis|\bare|'s|'re) still (?:there|around|here"
    r"|going|on the shelf)\b"
    r"|\bstill (?:have|has|got|carry|stock)\b(?= (?:it|them|this one|that one|these|some|one"
    r"|the □)\b)"
)
# 「还有黑色的」, "they still have camel": of a version that is named.
_STILL = worded(
    r"\bstill (?:do )?(?:have|has|got|carry|stock|sell|left)\b|\bdo have\b"
    r"|\bavailable to (?:buy|order|purchase)\b|可以?(?:购买|下单|拍下?"
    r"|订购)(?=[了的哦呢啊]?(?:[，。！!]|$))|还(?:能"
    r"|可以)[拍买]到?|还有"
)
_LOW = worded(
    r"running low|almost gone|(?:only )?a few left|few left|low stock|nearly sold out|selling out"
    r"|库存紧张|所剩不多|库存不多|即将售罄|快卖完|存货不多"
)
_AWAITED = worded(r"\b(?:when|once|until|till|as soon as|if|while|before)\b|等|[如若]|一旦|直到")
_ENDING = worded(r"为止|即止|[就]?没有?了|之前")
_OTHERS = worded(rf"{cues.REVIEW.pattern}|sizes|colou?rs|shades|种(?:颜|尺)|个尺?码")
_NO_GOODS = worded(rf"{cues.SHIPPING.pattern}|{cues.COUPON.pattern}|\bfee|charge|cost|price|sale\b")
_UNSOLD = worded(
    r"(?:没有?|not|isn't|aren't|n't|尚未|未)(?: (?:currently|presently|yet|now"
    r"|really|actually|always|at present|right now))?\s?$"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is said of stock."""
    for one in _LEFT.finditer(sentence.text):
        name = next((name for name in "abcdefghijklmn" if one[name]), None)
        if name and sentence.free(*one.span(name)):
            yield _count(sentence, one.span(name), int(re.sub(r"\D", "", one[name]) or 1))
            sentence.take(*one.span())
    for pattern, state in ((_OUT, "out"), (_LOW, "low"), (_IN, "in")):
        for one in pattern.finditer(sentence.text):
            other = one[0].endswith("gone") and _NO_GOODS.search(sentence.clause(*one.span()))
            if sentence.free(*one.span()) and not other and not _supposed(sentence, one):
                negated = bool(_UNSOLD.search(sentence.before(one.start(), 24)))
                yield _state(sentence, one.span(), state, negated=negated)
                sentence.take(*one.span())
    for one in _STILL.finditer(sentence.text):
        if sentence.free(*one.span()) and sentence.names_options(one.start()):
            yield _state(sentence, one.span(), "in", negated=False)
            sentence.take(*one.span())


def _count(sentence: Sentence, place: tuple[int, int], count: int) -> Found:
    products = sentence.about(place[0])
    if not products:
        return judged(place, "stock", None)
    bound = sentence.bound(place[0], place[1])
    for product in products:
        offers = sentence.offers(product, place[0])
        left = product.stock(offers)
        fact = Fact(f"{left} in stock", _source(offers, product.source))
        if not bounds.holds(bound, Decimal(count), Decimal(left), Decimal(left)):
            exact = (
                bound is Bound.EXACT and len(products) == 1 and not _OTHERS.search(sentence.text)
            )
            mend = (*place, str(left)) if left and exact else None
            return judged(place, "stock", False, fact, mend)
    return judged(place, "stock", True, fact)


def _supposed(sentence: Sentence, one: re.Match[str]) -> bool:
    """Tell whether a state is only awaited: "once it is back in stock", 卖完为止."""
    led = _AWAITED.search(sentence.before(one.start(), 30))
    return bool(led or _ENDING.match(sentence.text[one.end() :]))


def _source(offers: list[object] | object, product: str) -> str:
    rows = list(offers) if isinstance(offers, list) else []
    return str(getattr(rows[0], "source", product)) if len(rows) == 1 else product


def _state(sentence: Sentence, place: tuple[int, int], state: str, *, negated: bool) -> Found:
    products = sentence.about(place[0])
    if not products:
        return judged(place, "stock", None)
    for product in products:
        offers = sentence.offers(product, place[0])
        left = 0 if sentence.unsold(product, place[0]) else product.stock(offers)
        holds = {"in": left > 0, "out": left == 0, "low": 0 < left <= FEW}[state] is not negated
        fact = Fact(f"{left} in stock", _source(offers, product.source))
        if state == "in" and not negated and holds and _several(sentence, product.pk):
            holds = all(one.stock > 0 for one in offers)
        if not holds:
            return judged(place, "stock", False, fact)
    return judged(place, "stock", True, fact)


def _several(sentence: Sentence, _product: int) -> bool:
    """Tell whether the sentence says it of each variant: "all sizes are in stock"."""
    return bool(re.search(r"\b(?:all|every|each)\b|全部|所有|各|每个", sentence.text))
