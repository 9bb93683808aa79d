"""Amounts of money: prices and their bounds, former prices, savings, shipping, coupons, totals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from catalog.claims import bounds, cues
from catalog.claims.bounds import Bound, bound_of
from catalog.claims.checkers.amounts import one_of, written
from catalog.claims.checkers.totals import BOUGHT, SEVERAL, TOTAL, lacking, of_all, total
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import PriceFact, ProductFacts
from catalog.claims.money import ONE_ORDER, RANGE, Money, Spread, amounts_of, currency_of
from catalog.claims.numerals import plain_form, value
from catalog.claims.patterns import worded
from catalog.claims.sentences import BLANK, CLAUSE, Sentence

_THRESHOLD = worded(
    r"(?:满足?|over|above|from:?|of|exceed(?:s|ing)?|reach(?:es|ing)?|spend|hit"
    r"|凑(?:不)?[够到齐]?|达到?"
    r"|买[到够满]|门槛(?:是|为)?[:：]?|minimum of)\s?$"
)
_FREE = worded(
    r"包邮|免运|免收运费|不收运费|运费(?:就)?免|on us\b|waive|免邮|免费(?:配送|送货|邮寄)|free"
    r"|ships? free"
)
_SHIPPING = worded(r"运费|邮费|快递费|配送费|shipping|delivery|postage|parcel|express|快递|送达")
_SHIPPING_AFTER = worded(r"\s?(?:for |of |的)?(?:shipping|delivery|postage|运费|邮费)")
_WAS = worded(
    r"原价|原来|之前|此前|以前|曾经|划线价|吊牌价|市场价|日常价|\bwas\b|\bwere\b|originally"
    r"|previous"
    r"|before|down from|list price|original price|\brrp\b|instead of|earlier price|usual"
    r"|regular price"
    r"|reduced from|(?:was|were) (?:asking|charging)|曾[经是]|\bused to be|normally|平时|平常"
    r"|此前|调价前|昨天|came down from|a (?:little )?while (?:ago|back)|earlier on"
    r"|\bformer(?:ly)?\b"
    r"|\bold(?:er)? price|last (?:month|year|week|season)|(?:dropped|fell|fallen|gone down) from"
    r"|remember (?:it|them) at|\b(?:it|this) cost\s?$|used to (?:cost|sell|go)"
    r"|上个?月|去年|先前|早先|早些时候|从前|过去|老价|旧价"
)
_WAS_AFTER = worded(
    r"\s?(?:(?:一路|再)?降[下到至]|跌[到至])|,? (?:until|before|a while ago|once upon a time)"
)
_SAVING = worded(
    r"(?:立省|直降|比[^，。□]{1,6}低了?|省[下出去了]?(?:来)?|便宜了?|降了?|降幅为?|优惠了?|少花"
    r"|少了|少付|少掉|(?:已"
    r"|共)?优惠[:：]?|"
    r"(?:降|省|少|便宜)了?(?:整整|足足)|\bsav(?:e|es|ed|ings?)(?: of)?|(?:drop|discount"
    r"|reduction"
    r"|price cut|reduced|cut|lowered) (?:of|by|amounts? to|comes? to|is)"
    r"|\bspar(?:es|ing) you|\bknock(?:s|ed)|\btook)\s?(?:you\s|up to\s|了"
    r"|约|amounts? to\s"
    r"|comes? to\s)?[:：]?\s?$"
)
_SAVING_AFTER = worded(
    r"\s?(?:off\b|less\b|cheaper\b|discount|的?优惠|折扣|back in your|better off|to the good"
    r"|cheaper than before|(?:for|to) yourself|in your (?:purse|pocket|wallet))"
)
_MINUS = worded(r"(?:立?减|抵|券|优惠券|红包|coupon|voucher|code)[^\d]{0,12}$")
_FROM = worded(
    r"(?:低至|最低(?:只要|价)?"
    r"|(?:smallest|lowest|cheapest|entry)[^,.;]{0,12} (?:sets you back|costs|is)|from"
    r"|start(?:s|ing) (?:at|from)|as low as|lowest price(?: is)?)\s?$"
)
_FROM_AFTER = worded(r"\s?(?:起|and up|upwards)")
_TOP = worded(r"(?:最高|最贵(?:的)?|up to|highest(?: price)?(?: is)?|as much as)\s?$")
_TOP_AFTER = worded(r"\s?(?:封顶|顶天|tops\b)")
# What follows from a limit: "if your budget is $20, it fits".
_CONCLUDED = worded(
    r"\bfits?\b|enough|cover|\bbuys?\b|afford|\bwithin\b|\b(?:it|this|that) (?:works|does)\b|够"
    r"|拿下|买得|能买|可以买|足够|入手|范围|选择|可选|入围|考虑|够格|option|\bchoice|\brange"
    r"|\bin reach"
)
_BETWEEN = worded(r"\bbetween\s?$")
_COMES_TO = worded(r"comes? to")
_IN_ALL = worded(r"\s?(?:in (?:total|all)|altogether|all together|[^，。]{0,3}(?:总共|一共|合计))")
_CHARGED = worded(
    r"(?:shipping|postage|delivery)[^.,]{0,12}(?:charged|extra|added|applies)"
    r"|(?:pay|charge)[^.,]{0,16}(?:shipping|postage|delivery)"
    r"|[收付出][^，。]{0,3}[运邮]费|[运邮]费[^，。]{0,4}[自另收付]"
)
_REACHED = worded(
    r"\b(?:as soon as|once|when|whenever|if|until|till)\b|只要|一旦|"
    r"\b(?:get|push|take|bring|bump|top|fill) (?:your|the|it|that|this)[^,.]{0,20} (?:up )?to\s?$|"
    r"[满达凑]|[到过]了|\b(?:over|above|from|reach|hits?|spend|exceed|minimum)"
)
_COSTS = worded(r"价|卖|售|cost|price|\bit(?:'s| is)\b|cheap")
_BETWEEN_COMMAS = 6  # ", at $69,"
_UPWARDS = (Bound.OVER, Bound.LEAST)
_SUPPOSED = worded(
    r"(?:如果|要是|假如|若)[^，。]{0,8}(?:上限|预算|想花|打算花|只有)"
    r"|\bif (?:your|you)\b[^,.]{0,16}(?:budget|limit|to spend)"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield every amount of money with what the database says of it."""
    yield from _ranges(sentence)
    for money in amounts_of(sentence.text):
        if _SUPPOSED.search(sentence.clause(money.start, money.end)):
            rest = sentence.text[money.end :]
            if _CONCLUDED.search(rest) or BLANK in rest:
                yield _price(sentence, money, Bound.MOST)
            sentence.take(money.start, money.end)  # a limit of the reader's own
        if sentence.free(money.start, money.end):
            yield _judged(sentence, money)


def shown(price: PriceFact, currency: str) -> Fact:
    """Return a price as a fact."""
    return Fact(f"{currency} {price.amount}", price.source)


def _ranges(sentence: Sentence) -> Iterator[Found]:
    for one in RANGE.finditer(sentence.text):
        unit = one["sign"] or one["unit"] or one["unit1"]
        if " and " in one[0] and not _BETWEEN.search(sentence.before(one.start())):
            continue  # "$9 and 28 left"
        if not unit or not sentence.free(*one.span()):
            continue
        currency = currency_of(unit)
        low, high = value(one["low"]), value(one["high"])
        if TOTAL.search(sentence.before(one.start())) or _is_given(sentence, low, high):
            yield judged(one.span(), "price", _is_given(sentence, low, high), Fact("", "computed"))
            continue
        spread = Spread(currency, low, high)
        decide = partial(_spread_is, sentence=sentence, place=one.start(), said=spread)
        yield _each(sentence, one.span(), decide)


def _spread_is(
    product: ProductFacts, *, sentence: Sentence, place: int, said: Spread
) -> tuple[bool | None, Fact]:
    prices = product.prices(said.currency, sentence.offers(product, place))
    if not prices:
        return None, Fact(f"no price in {said.currency}")
    ends = prices[0].amount, prices[-1].amount
    return ends == (said.low, said.high), Fact(
        f"{said.currency} {ends[0]}–{ends[1]}", prices[0].source
    )


def _each(
    sentence: Sentence,
    place: tuple[int, int],
    decide: Callable[[ProductFacts], tuple[bool | None, Fact]],
    kind: str = "price",
) -> Found:
    """Judge a claim that must hold for each product it is about."""
    products = sentence.about(place[0])
    if not products:
        return judged(place, kind, None)
    verdicts = [decide(product) for product in products]
    wrong = next((one for one in verdicts if one[0] is False), None)
    unknown = next((one for one in verdicts if one[0] is None), None)
    holds, fact = wrong or unknown or verdicts[0]
    return judged(place, kind, holds, fact)


def _is_given(sentence: Sentence, *numbers: Decimal) -> bool:
    return all(one in sentence.ledger.given_numbers for one in numbers)


def _judged(sentence: Sentence, money: Money) -> Found:
    place = (money.start, money.end)
    if _is_given(sentence, money.amount):
        return judged(place, "price", True, Fact("", "computed"))
    several = SEVERAL.search(sentence.text)
    whole = TOTAL.search(sentence.before(money.start)) or _IN_ALL.match(sentence.after(money.end))
    if BOUGHT.search(sentence.clause(money.start, money.end)) or of_all(sentence):
        return total(sentence, money)
    bound = sentence.bound(money.start, money.end)
    if (
        whole
        and (several or not _COMES_TO.fullmatch(whole[0]))
        and not (whole[0] in ("预算", "budget") and bound is Bound.MOST)
        and not (bound is Bound.LEAST and _FREE.search(sentence.text))
        and not (not several and _ships_free(sentence))
    ):
        return total(sentence, money)
    return _role(sentence, money)(sentence, money)


def _led_by(sentence: Sentence, money: Money) -> str:
    """Return the clause before an amount that only stands between two commas: "…, at $69, …"."""
    led = [one for one in CLAUSE.split(sentence.text[: money.start]) if one]
    alone = len(led) > 1 and len(led[-1]) < _BETWEEN_COMMAS
    return f"{led[-2]} {led[-1]}" if alone else ""


def _ships_free(sentence: Sentence) -> bool:
    """Tell whether the sentence says that nothing is paid for shipping."""
    return bool(cues.SHIPPING.search(sentence.text) and cues.FREE.search(sentence.text))


def _role(sentence: Sentence, money: Money) -> Callable[[Sentence, Money], Found]:
    """Return what an amount is, by the words beside it, as the one who can judge it."""
    before, after = sentence.before(money.start), sentence.after(money.end)
    clause, bound = sentence.clause(money.start, money.end), sentence.bound(money.start, money.end)
    threshold = _THRESHOLD.search(before)
    coupons = re.search(r"减|\boff\b|券|coupon|code", clause)
    told = clause if coupons else sentence.text
    free_told = _FREE.search(told) or (
        cues.SHIPPING.search(told) and (bound is Bound.UNDER or cues.FREE.search(told))
    )
    free = free_told and (
        threshold
        or bound in _UPWARDS
        or after.startswith("就")
        or ONE_ORDER.search(_led_by(sentence, money) + clause)
        or (bound is Bound.UNDER and cues.SHIPPING.search(clause) and not _COSTS.search(clause))
        or (bound is Bound.UNDER and _CHARGED.search(sentence.text[money.end :]))
    )
    saved = _SAVING.search(before) or _SAVING_AFTER.match(after)
    minus = _MINUS.search(before) or (saved and _threshold_near(sentence, money))
    coupon = minus or (threshold and coupons)
    carried = (
        _SHIPPING.search(before) or _SHIPPING_AFTER.match(after) or _by_method(sentence, money)
    )
    firmly = _SHIPPING_AFTER.match(after) and re.search("shipping|delivery|费", after[:10])
    shipping = carried and (firmly or not re.search(r"价(?!格之外)|price", before))
    short = free_told and cues.LACKING.search(clause)
    roles = (
        (short, lacking), (free, _free_from), (coupon, _coupon), (saved, _saving),
        (shipping, _shipping),
        (_WAS.search(before) or _WAS_AFTER.match(after), _former),
    )  # fmt: skip
    return next((judge for fits, judge in roles if fits), _price)


def _by_method(sentence: Sentence, money: Money) -> bool:
    """Tell whether a way of shipping was named last before an amount, and no product since."""
    names = [
        plain_form(name)[0]
        for shop in sentence.shops_about(money.start)
        for method in shop.methods
        for name in method.names
    ]
    named = max((sentence.full.rfind(name, 0, money.start) for name in names), default=-1)
    later = sentence.after(money.end, 40)
    if re.match(r"\s?(?:for|with|by|via) ", later) and any(n in later for n in names):
        return True
    turned = any(named < one.start < money.start for one in sentence.mentions)
    return named >= 0 and not turned


def _threshold_near(sentence: Sentence, money: Money) -> bool:
    clause = sentence.clause(money.start, money.end)
    shops = sentence.shops_about(money.start)
    coded = any(c.code.casefold() in sentence.full for shop in shops for c in shop.coupons)
    return coded or bool(re.search(r"orders?|purchase|spend|满|coupon|code", clause))


def _free_from(sentence: Sentence, money: Money) -> Found:
    rows = [
        (method.free_from, method.source)
        for shop in sentence.shops_about(money.start)
        for method in shop.methods
        if method.currency == money.currency and method.free_from is not None
    ]
    clause = sentence.clause(money.start, money.end)
    bound = sentence.bound(money.start, money.end)
    counted = ONE_ORDER.search(_led_by(sentence, money) + clause) and not _REACHED.search(
        sentence.before(money.start, 48)
    )
    if counted and bound is Bound.EXACT and rows:
        enough = [(sum_, row) for sum_, row in rows if money.amount >= sum_]
        fact = Fact(f"{money.currency} {(enough or rows)[0][0]}", (enough or rows)[0][1])
        return judged((money.start, money.end), "shipping", bool(enough), fact)
    return one_of(rows, sentence, money, "shipping", none="shipping is not free from a sum on")


def _shipping(sentence: Sentence, money: Money) -> Found:
    methods = [m for shop in sentence.shops_about(money.start) for m in shop.methods]
    named = [m for m in methods if any(name.casefold() in sentence.full for name in m.names)]
    rows = [(m.amount, m.source) for m in named or methods if m.currency == money.currency]
    return one_of(
        rows,
        sentence,
        money,
        "shipping",
        none="no way of shipping in this currency",
        barred="carriage",
    )


def _coupon(sentence: Sentence, money: Money) -> Found:
    """Judge what a coupon takes off, or from which sum on."""
    coupons = [c for shop in sentence.shops_about(money.start) for c in shop.coupons]
    coded = [c for c in coupons if c.code.casefold() in sentence.full]
    before = sentence.before(money.start)
    threshold = _THRESHOLD.search(before) or bound_of(before, "") in _UPWARDS
    rows = [
        (one.minimum if threshold else one.value, one.source)
        for one in coded or coupons
        if one.currency == money.currency and (threshold or one.kind == "amount")
        and (not threshold or one.minimum)
    ]  # fmt: skip
    barred = "coupon" if coded or cues.COUPON.search(sentence.text) or threshold else "unnamed"
    return one_of(rows, sentence, money, "coupon", none="no such coupon now", barred=barred)


def _saving(sentence: Sentence, money: Money) -> Found:
    rows = [
        (price.was - price.amount, price.source)
        for product in sentence.about(money.start)
        for price in product.prices(money.currency, sentence.offers(product, money.start))
        if price.was
    ]
    return one_of(rows, sentence, money, "saving", none="the price is not lowered")


def _former(sentence: Sentence, money: Money) -> Found:
    rows = [
        (price.was, price.source)
        for product in sentence.about(money.start)
        for price in product.prices(money.currency, sentence.offers(product, money.start))
        if price.was
    ]
    return one_of(rows, sentence, money, "former price", none="there was no higher price")


def _price(sentence: Sentence, money: Money, bound: Bound | None = None) -> Found:
    before, after = sentence.before(money.start), sentence.after(money.end)
    end, bound = _end(before, after), bound or sentence.bound(money.start, money.end)
    products = sentence.about(money.start)
    place = (money.start, money.end)
    found = _each(
        sentence,
        place,
        lambda product: _holds(
            product.prices(money.currency, sentence.offers(product, money.start)), money, end, bound
        ),
    )
    if found.verdict != "contradicted" or len(products) != 1:
        return found
    prices = products[0].prices(money.currency, sentence.offers(products[0], money.start))
    true = {"from": prices[0], "top": prices[-1]}.get(end)
    if not end and bound is Bound.EXACT and prices[0].amount == prices[-1].amount:
        true = prices[0]
    mend = written(true.amount, sentence, money, "price") if true else None
    return judged(place, "price", False, found.fact, mend)


def _end(before: str, after: str) -> str:
    """Return which of several prices an amount is said to be: "from", "top", or nothing."""
    if _FROM.search(before) or _FROM_AFTER.match(after):
        return "from"
    return "top" if _TOP.search(before) or _TOP_AFTER.match(after) else ""


def _holds(
    prices: Sequence[PriceFact], money: Money, end: str, bound: Bound
) -> tuple[bool | None, Fact]:
    if not prices:
        return None, Fact(f"no price in {money.currency}")
    low, high = prices[0].amount, prices[-1].amount
    same = next((one for one in prices if one.amount == money.amount), None)
    fact = shown(same or prices[0], money.currency)
    if low != high and not same:
        fact = Fact(f"{money.currency} {low}–{high}", prices[0].source)
    if end:
        return (low if end == "from" else high) == money.amount, fact
    if bound is Bound.EXACT:
        return same is not None, fact
    return bounds.holds(bound, money.amount, low, high), fact
