"""Delivery: how many days, when it leaves the shop, whether and from which sum it is free."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.claims import cues
from catalog.claims.checkers.terms import each, pairs_of
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts, ShopFacts
from catalog.claims.money import ONE_ORDER, amounts_of
from catalog.claims.patterns import worded
from catalog.claims.sentences import CLAUSE, Sentence

_DAYS = worded(
    r"(?<![月\d])(?P<a>\d+)(?:\s?(?:-|–|~|to|到|至)\s?(?P<b>\d+))?[\s-]?(?:个?工作日|天|日(?!本|常)"
    r"|(?:working |business )?days?)"
    r"|(?<=\bday )(?P<c>\d+)(?![\d-])"
)
_ARRIVES = worded(
    r"送达|到货|到达|收到|送到|配送|快递|能到|到手|物流|deliver|arriv|shipping|ships|parcel"
    r"|packet|reach(?:es)? you|express|courier"
)
_DISPATCH = worded(
    r"发货|发出|寄出|揽收|leaves? (?:the shop|us|our)|dispatch|ships? (?:out|within|in)\b"
)
_SHIPS = worded(r"\bships? (?:with)?in\b")  # said of the way there as often as of its beginning
_NEXT_DAY = worded(
    r"次日达|隔日达|第2天(?:就)?(?:到|送达)|next[- ]day delivery|delivered the next day"
    r"|arrives? tomorrow|明天(?:就)?(?:能)?到"
)
_SAME_DAY = worded(
    r"当[日天]达|当[日天]送达|same[- ]day delivery|arrives? today|今天(?:就)?(?:能)?到"
)
_LEAVES = worded(
    r"当[日天](?:就)?(?:发货|发出|寄出)|same day|same working day|立即发货|马上发货"
    r"|immediately|ships today"
)
# A day that is promised: nobody knows it.
_DAY = (
    r"(?:tomorrow|tonight|this (?:afternoon|evening|weekend|week)|overnight|the weekend"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunchtime|christmas)"
)
_PROMISED = worded(
    rf"\b(?:get|have|bring|send|ship|deliver|reach|arrive?s?|receive|there|with you|to you"
    rf"|yours|here|come)"
    rf"\b(?! back)[^.;,\d]{{0,24}}?\b(?:by |on |before |for )?{_DAY}"
    rf"|(?:明[天早晚日]|后天|今[晚天]|这?周[一二三四五六日末1-6]|年前|节前)[^，。？?]{{0,5}}?"
    r"(?:(?<![给拿遇达])到(?=[家货手您你]|[了啦哦呢的]?(?:[，。！!~～]|$))|送[到达上]|收[到货]"
    r"|拿到|发[货出走]|就发(?=[，。！!~]|$))"
    r"|优先(?:发|寄|配)|(?:马上|立[刻马即]|火速)(?:就)?(?:给您|给你|帮您|为您)?(?:发|寄|打包)"
    r"|(?:jump|skip)(?:s|ed)? the queue|priority (?:dispatch|shipping|delivery|handling)"
)
_CLOCK = worded(
    r"(?<!\d)(?P<h>[01]?\d|2[0-3])[:：](?P<m>[0-5]\d)(?!\d)"
    r"|(?:下午\s?)?(?<!\d)(?P<h2>\d{1,2})\s?点(?!\d)(?:前|之前|钟)?"
)
_FREE_SHIPPING = worded(
    r"包邮|免运费|免邮费?|免费(?:配送|送货|邮寄|发货|快递)|运费全免|0运费"
    r"|free (?:standard |express |worldwide )?(?:shipping|delivery|postage)"
    r"|ships? (?:it |them |this )?(?:for )?free|免(?:收)?运(?!费)|免(?:收)?(?:邮|快递费)"
    r"|(?:shipping|delivery|postage)(?: is)? (?:on us|free)|no (?:shipping|delivery) (?:cost"
    r"|fee|charge)s?|delivered free"
)
_SIGN = r"(?:us\$|[¥$€£]|rmb|cny|usd)?\s?"
_THRESHOLD = worded(
    rf"(?:满足?|达到?|凑[够到齐]?|买[到够满]|门槛[:：是为]*)\s?{_SIGN}\d|\d\s?(?:元|块钱?)?就"
    rf"|(?:over|from:?|above|orders of|spend|hit|reach)\s{_SIGN}\d"
    r"|\d\s?(?:元|块钱?|rmb|usd|dollars|yuan)?\s?(?:以上|or more)"
)
_WORLD = worded(r"全球(?:配送|包邮|发货)|worldwide|internationally|全国包邮|nationwide")


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is said of delivery."""
    yield from each(sentence, _NEXT_DAY, lambda s, p, m: _has_days(s, 1, 1), "delivery")
    yield from each(sentence, _SAME_DAY, lambda s, p, m: _has_days(s, 0, 0), "delivery")
    yield from each(sentence, _PROMISED, lambda s, p, m: None, "delivery", "no day is promised")
    yield from _dispatch(sentence)
    yield from _delivery(sentence)
    yield from _free_shipping(sentence)
    yield from each(
        sentence, _WORLD, lambda s, p, m: any(not one.countries for one in s.methods), "delivery"
    )


def _has_days(shop: ShopFacts, least: int, most: int) -> bool:
    return any((one.least, one.most) == (least, most) for one in shop.methods)


def _delivery(sentence: Sentence) -> Iterator[Found]:
    for one in _DAYS.finditer(sentence.text):
        clause = sentence.clause(*one.span())
        if not sentence.free(*one.span()) or not (_ARRIVES.search(clause) or _method(sentence)):
            continue
        least, most = int(one["a"] or one["c"]), int(one["b"] or one["a"] or one["c"])
        rows = []
        for shop, _product in pairs_of(sentence, one.start()):
            named = [m for m in shop.methods if _named(m.names, sentence)]
            rows += [(m.least, m.most, m.source) for m in named or shop.methods]
        sent = _DISPATCH.search(clause)
        if sent and not _SHIPS.search(clause) and not re.search(r"送达|到货|deliver|arriv", clause):
            yield judged(one.span(), "delivery", None, Fact("nothing says when it is sent"))
            continue
        fact = Fact(
            " / ".join(dict.fromkeys(f"{a}–{b} days" for a, b, _s in rows)),
            rows[0][2] if rows else "",
        )
        within = one["b"] is None
        holds = any(b == most and (within or a == least) for a, b, _source in rows)
        yield judged(one.span(), "delivery", holds if rows else None, fact)
        sentence.take(*one.span())


def _named(names: tuple[str, ...], sentence: Sentence) -> bool:
    return any(name.casefold() in sentence.full for name in names if name)


def _method(sentence: Sentence) -> bool:
    return any(_named(m.names, sentence) for shop in sentence.ledger.shops for m in shop.methods)


def _dispatch(sentence: Sentence) -> Iterator[Found]:
    """Judge "ordered by 16:00 … the same day": the hour must be the shop's."""
    leaves = _LEAVES.search(sentence.text)
    for one in _CLOCK.finditer(sentence.text):
        if not sentence.free(*one.span()):
            continue
        hour, minute = int(one["h"] or one["h2"]), int(one["m"] or 0)
        if "下午" in one[0] and hour < 12:
            hour += 12
        cuts = {shop.policy.cut_off for shop, _product in pairs_of(sentence, one.start())}
        holds = all((cut.hour, cut.minute) == (hour, minute) for cut in cuts) if cuts else None
        fact = Fact(" / ".join(f"{cut:%H:%M}" for cut in cuts))
        if leaves or re.search(r"下单|order", sentence.text):
            yield judged(one.span(), "delivery", holds, fact)
            sentence.take(*one.span())
            if leaves and sentence.free(*leaves.span()):
                sentence.take(*leaves.span())
                leaves = None
    if (
        leaves
        and sentence.free(*leaves.span())
        and (_DISPATCH.search(sentence.text) or leaves[0].endswith(("货", "出", "today")))
    ):
        yield judged(leaves.span(), "delivery", None, Fact("it depends on the hour"))


def _free_shipping(sentence: Sentence) -> Iterator[Found]:
    for one in _FREE_SHIPPING.finditer(sentence.text):
        clause = sentence.clause(*one.span())
        if not sentence.free(*one.span()) or _THRESHOLD.search(clause):
            continue
        if _led_up_to(sentence.text[: one.start()]) or _from_its_sum(sentence, one.start()):
            continue
        verdicts = [
            _ships_free(shop, product, sentence.ledger.currency)
            or any(
                c.kind == "shipping" and c.code.casefold() in sentence.full for c in shop.coupons
            )
            for shop, product in pairs_of(sentence, one.start())
        ]
        negated = re.search(r"(?:不|没有?|非|not|no|without)\s?$", sentence.before(one.start(), 6))
        holds = (all(verdicts) != bool(negated)) if verdicts else None
        shops = [shop for shop, _product in pairs_of(sentence, one.start())]
        yield judged(one.span(), "shipping", holds, _free_fact(shops, sentence.ledger.currency))
        sentence.take(*one.span())


def _led_up_to(before: str) -> bool:
    """Tell whether an earlier clause says from which sum on: 满99元，我们就包邮."""
    clauses = CLAUSE.split(before)
    found = [one for one in clauses if _THRESHOLD.search(one)]
    return bool(found) and not any(re.search(r"减|\boff\b|券|coupon", one) for one in found)


def _from_its_sum(sentence: Sentence, place: int) -> bool:
    """Tell whether the sum from which on it is free is said, in whatever words."""
    sums = {m.free_from for shop in sentence.shops_about(place) for m in shop.methods}
    found = list(amounts_of(sentence.text))
    if any(cues.LACKING.search(sentence.clause(one.start, one.end)) for one in found):
        return True  # what lacks is judged where it stands
    amounts = [one.amount for one in found]
    if ONE_ORDER.search(sentence.text):  # a sum above it is judged where it stands
        return any(one >= sum_ for one in amounts for sum_ in sums if sum_ is not None)
    return any(one in sums for one in amounts)


def _ships_free(shop: ShopFacts, product: ProductFacts | None, currency: str) -> bool:
    """Tell whether one of the product, in any variant, is shipped for nothing."""
    prices = product.prices(currency) if product else []
    for method in shop.methods:
        if method.currency != currency:
            continue
        if not method.amount:
            return True
        if method.free_from is not None and prices and prices[0].amount >= method.free_from:
            return True
    return False


def _free_fact(shops: list[ShopFacts], currency: str) -> Fact:
    rows = [
        m
        for shop in shops
        for m in shop.methods
        if m.currency == currency and m.free_from is not None
    ]
    return (
        Fact(f"free from {currency} {rows[0].free_from}", rows[0].source)
        if rows
        else Fact("not free")
    )
