"""A shop's terms: returns, exchanges, warranty, delivery, dispatch, free shipping, invoices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts, ShopFacts, rule_of, warranty_of
from catalog.claims.sentences import BLANK, CLAUSE, Sentence
from catalog.policies.terms import Condition, Payer, Reason

_N = r"(?P<n>\d+)"
# Anything in the same sentence; a name that is blanked out counts as one.
GAP = rf"(?:{BLANK}+(?!{BLANK})|[^.;\d{BLANK}])"
_BACK = (
    r"(?:退货|退换货?|退款|退回|可退|退|换货|包换|换|returns?|refunds?|money[- ]back"
    r"|send it back|exchanges?|exchanged|returned)"
)
_WINDOW = re.compile(
    rf"{_N}\s?天(?:之?内)?[^，。,;；]{{0,14}}?{_BACK}|{_BACK}[^，。,;；\d]{{0,14}}?{_N}\s?天"
    rf"|{_N}[- ](?:calendar )?days?{GAP}{{0,40}}?\b{_BACK}|\b{_BACK}{GAP}{{0,40}}?{_N}[- ]days?"
    .replace("(?P<n>", "(?P<n1>", 1).replace("(?P<n>", "(?P<n2>", 1)
    .replace("(?P<n>", "(?P<n3>", 1).replace("(?P<n>", "(?P<n4>", 1)
)  # fmt: skip
_EXCHANGE = re.compile(r"换|exchang")
_RETURN = re.compile(r"退|return|refund|money[- ]back|send it back")
_FAULT = re.compile(
    r"质量|破损|损坏|瑕疵|有问题|坏|发错|fault|defect|damaged|broken|wrong item|not as described"
)
_GUARANTEE = r"(?:质保|保修|保固|保用|三包|包修|warranty|warranted|guarantee[ds]?)"
_WARRANTY = re.compile(
    rf"(?P<n1>\d+)\s?(?P<u1>个月|年|天|日)[^，。,;；]{{0,6}}?{_GUARANTEE}"
    rf"|{_GUARANTEE}[^，。,;；\d]{{0,10}}?(?P<n2>\d+)\s?(?P<u2>个月|年|天|日)"
    rf"|(?P<n3>\d+)[- ](?P<u3>months?|years?|days?)[^,.;]{{0,24}}?{_GUARANTEE}"
    rf"|{_GUARANTEE}[^.;\d]{{0,30}}?(?P<n4>\d+)[- ](?P<u4>months?|years?|days?)"
)
_LIFETIME = re.compile(
    rf"(?:终身|永久|lifetime|life-long|unlimited){'.{0,6}?'}{_GUARANTEE}"
    rf"|{_GUARANTEE}.{{0,8}}(?:for life|终身)"
)
_DAYS = re.compile(
    r"(?<![月\d])(?P<a>\d+)(?:\s?(?:-|–|~|to|到|至)\s?(?P<b>\d+))?[\s-]?(?:个?工作日|天|日(?!本|常)"
    r"|(?:working |business )?days?)"
)
_ARRIVES = re.compile(
    r"送达|到货|到达|收到|送到|配送|快递|能到|到手|物流|deliver|arriv|shipping|ships|parcel"
    r"|packet|reach(?:es)? you|express|courier"
)
_DISPATCH = re.compile(
    r"发货|发出|寄出|揽收|leaves? (?:the shop|us|our)|dispatch|ships? (?:out|within|in)\b"
)
_NEXT_DAY = re.compile(
    r"次日达|隔日达|第2天(?:就)?(?:到|送达)|next[- ]day delivery|delivered the next day"
    r"|arrives? tomorrow|明天(?:就)?(?:能)?到"
)
_SAME_DAY = re.compile(
    r"当[日天]达|当[日天]送达|same[- ]day delivery|arrives? today|今天(?:就)?(?:能)?到"
)
_LEAVES = re.compile(
    r"当[日天](?:就)?(?:发货|发出|寄出)|same day|same working day|立即发货|马上发货"
    r"|immediately|ships today"
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<h>[01]?\d|2[0-3])[:：](?P<m>[0-5]\d)(?!\d)"
    r"|(?:下午\s?)?(?<!\d)(?P<h2>\d{1,2})\s?点(?!\d)(?:前|之前|钟)?"
)
_FREE_SHIPPING = re.compile(
    r"包邮|免运费|免邮费?|免费(?:配送|送货|邮寄|发货|快递)|运费全免|0运费"
    r"|free (?:standard |express |worldwide )?(?:shipping|delivery|postage)"
    r"|ships? (?:for )?free|no (?:shipping|delivery) (?:cost|fee|charge)s?|delivered free"
)
_SIGN = r"(?:us\$|[¥$€£]|rmb|cny|usd)?\s?"
_THRESHOLD = re.compile(
    rf"满\s?{_SIGN}\d|(?:over|from|above|orders of)\s{_SIGN}\d"
    r"|\d\s?(?:元|块钱?|rmb|usd|dollars|yuan)?\s?(?:以上|or more)"
)
_FREE_RETURN = re.compile(
    r"免费退(?:货|换)?|包退运费|退货(?:包邮|免运费)|退换(?:货)?(?:包邮|免运费)|运费由(?:店家"
    r"|商家|我们|本店)承担|店家(?:承担|出)(?:退货)?运费"
    r"|free returns?|return(?:s|ed)? (?:is |are )?(?:for )?free(?: of charge)?"
    r"|shop pays for the way back|we pay (?:for )?(?:the )?return"
)
_PAID_RETURN = re.compile(
    r"退货?(?:的)?运费(?:自理|由(?:您|买家)承担)|(?:您|买家)(?:自己)?承担(?:退货)?运费"
    r"|you pay for the way back|return (?:shipping|postage) (?:is )?(?:at your|on you"
    r"|paid by (?:you|the buyer))"
)
_NOT_BACK = re.compile(
    r"(?:不支持|不能|不可|不接受|恕不|概不|不予)(?:无理由)?退(?:换|货)?|不退不换"
    r"|non-?returnable|no returns|cannot be returned|can't be returned|not (?:be )?(?:returned"
    r"|returnable)|final sale|not taken back"
)
_GOES_BACK = re.compile(
    r"(?:支持|可以?|能|接受|包)(?:无理由)?退(?:换|货)?|无理由退(?:换)?货|可退可换|退换无忧"
    r"|can be returned|can return|returns? (?:are |is )?(?:accepted|possible|welcome)"
    r"|returnable|money[- ]back|refundable"
)
_INVOICE = re.compile(
    r"(?P<no>不(?:能|提供|开|可以?)(?:开)?|no |cannot (?:issue|get) (?:an? )?"
    r"|without (?:an? )?)?(?:开(?:具)?|提供|电子|增值税)?(?:发票|\binvoices?\b)"
)
_UNKNOWN = re.compile(
    r"货到付款|cash on delivery|分期|免息|花呗|instal?lments?|interest[- ]free|运费险|保价"
    r"|价保|price match|price protection|买贵退差|退一赔十|假一赔\S|无效退款"
    r"|satisfaction guaranteed|上门(?:安装|取件|维修)"
    r"|free gift|complimentary|comes with a free|赠品|附赠|赠送|送赠|免费(?:试用|试穿|安装"
    r"|刻字|保养|清洗)|free (?:trial|installation|engraving|repair|samples?)"
    r"|gift[- ]?wrap(?:ped|ping)?|礼品包装|积分|会员价|member price|loyalty points"
    r"|(?:\d+|几)\s?(?:小时|hours?)[^，。,.]{0,6}?(?:发货|送达|到货|dispatch|deliver)"
    r"|(?:dispatch|deliver|ship)\w*[^，。,.]{0,12}?\d+ hours?"
)
_WORLD = re.compile(r"全球(?:配送|包邮|发货)|worldwide|internationally|全国包邮|nationwide")
_SEALED = re.compile(r"未拆封|密封|未开封|unopened|sealed")
_MONTHS = {"个月": 1, "月": 1, "month": 1, "months": 1, "年": 12, "year": 12, "years": 12}


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is said of a shop's terms."""
    yield from _each(sentence, _LIFETIME, lambda s, p, m: False, "warranty", "no such warranty")
    yield from _windows(sentence)
    yield from _warranties(sentence)
    yield from _each(
        sentence, _UNKNOWN, lambda s, p, m: _in_words(p, m), "terms", "nothing says so"
    )
    yield from _each(sentence, _NEXT_DAY, lambda s, p, m: _has_days(s, 1, 1), "delivery")
    yield from _each(sentence, _SAME_DAY, lambda s, p, m: _has_days(s, 0, 0), "delivery")
    yield from _dispatch(sentence)
    yield from _delivery(sentence)
    yield from _free_shipping(sentence)
    yield from _each(
        sentence, _PAID_RETURN, lambda s, p, m: _payer(s, p) == Payer.SHOPPER, "returns"
    )
    yield from _each(sentence, _FREE_RETURN, lambda s, p, m: _free_back(s, p, sentence), "returns")
    yield from _each(sentence, _NOT_BACK, lambda s, p, m: not _days_back(s, p, sentence), "returns")
    yield from _each(
        sentence, _GOES_BACK, lambda s, p, m: _days_back(s, p, sentence) > 0, "returns"
    )
    yield from _each(sentence, _INVOICE, lambda s, p, m: _invoices(s, m, sentence), "invoice")
    yield from _each(
        sentence, _WORLD, lambda s, p, m: any(not one.countries for one in s.methods), "delivery"
    )
    yield from _sealed(sentence)


Decide = Callable[[ShopFacts, ProductFacts | None, re.Match[str]], bool | None]


def _pairs(sentence: Sentence, place: int) -> list[tuple[ShopFacts, ProductFacts | None]]:
    """Return each shop that is spoken of, with its product or without one."""
    if sentence.shops and not sentence.mentions:
        shops = sentence.shops
        mine = (
            {p.shop: p for p in sentence.about(place)} if len(sentence.ledger.products) == 1 else {}
        )
        return [(shop, mine.get(shop.pk)) for shop in shops]
    pairs = [(sentence.ledger.shop(one), one) for one in sentence.about(place)]
    found: list[tuple[ShopFacts, ProductFacts | None]] = [(s, p) for s, p in pairs if s is not None]
    return found or [(shop, None) for shop in sentence.ledger.shops]


def _each(
    sentence: Sentence, pattern: re.Pattern[str], decide: Decide, kind: str, fact: str = ""
) -> Iterator[Found]:
    """Yield a verdict for each place where a pattern stands: it must hold for each shop."""
    for one in pattern.finditer(sentence.text):
        if not one[0].strip() or not sentence.free(*one.span()) or _of_an_order(sentence):
            continue
        verdicts = [decide(shop, product, one) for shop, product in _pairs(sentence, one.start())]
        holds = None if not verdicts or None in verdicts else all(verdicts)
        if False in verdicts:
            holds = False
        shops = [shop for shop, _product in _pairs(sentence, one.start())]
        source = shops[0].source if shops else ""
        yield judged(one.span(), kind, holds, Fact(fact, source))
        sentence.take(*one.span())


def _of_an_order(sentence: Sentence) -> bool:
    """Tell whether it is about an order that code has decided on, not about the shop's terms."""
    if not re.search(r"订单|\border\b", sentence.full):
        return False
    numbers = re.findall(r"[a-z]{2,}-\w+|\d{5,}", sentence.full)
    return any(one in text for one in numbers for text in sentence.ledger.given_folded)


def _in_words(product: ProductFacts | None, one: re.Match[str]) -> bool | None:
    return True if product and product.ground.says(one[0].strip()) else None


def _windows(sentence: Sentence) -> Iterator[Found]:
    for one in _WINDOW.finditer(sentence.text):
        name = next(name for name in ("n1", "n2", "n3", "n4") if one[name])
        if not sentence.free(*one.span(name)):
            continue
        said, clause = int(one[name]), sentence.clause(*one.span())
        true = {
            days
            for shop, product in _pairs(sentence, one.start())
            for days in _windows_of(shop, product, clause)
        }
        shops = [shop for shop, _product in _pairs(sentence, one.start())]
        fact = Fact(
            " / ".join(f"{days} days" for days in sorted(true)), shops[0].source if shops else ""
        )
        holds = None if not true else true == {said}
        mend = (*one.span(name), str(*true)) if len(true) == 1 and 0 not in true else None
        yield judged(one.span(), "returns", holds, fact, mend)
        sentence.take(*one.span())


def _windows_of(shop: ShopFacts, product: ProductFacts | None, clause: str) -> Iterator[int]:
    """Yield the days that such words may mean."""
    rule = rule_of(shop, product, Reason.FAULTY if _FAULT.search(clause) else Reason.CHANGED_MIND)
    back, change = (rule.return_days, rule.exchange_days) if rule else (0, 0)
    if _RETURN.search(clause):
        yield back
    if _EXCHANGE.search(clause):
        yield change


def _warranties(sentence: Sentence) -> Iterator[Found]:
    for one in _WARRANTY.finditer(sentence.text):
        number = next(n for n in "1234" if one[f"n{n}"])
        if not sentence.free(*one.span(f"n{number}")):
            continue
        unit, said = one[f"u{number}"], int(one[f"n{number}"])
        months = said * _MONTHS.get(unit.rstrip("s") if unit.isascii() else unit, 0)
        pairs = _pairs(sentence, one.start())
        true = {w.months if (w := warranty_of(shop, product)) else 0 for shop, product in pairs}
        fact = Fact(
            " / ".join(f"{m} months" for m in sorted(true)), pairs[0][0].source if pairs else ""
        )
        holds = None if not true else bool(months) and true == {months}
        mend = None
        if len(true) == 1 and (right := next(iter(true))) and months:
            scale = months // said
            mend = (*one.span(f"n{number}"), str(right // scale)) if right % scale == 0 else None
        yield judged(one.span(), "warranty", holds, fact, mend)
        sentence.take(*one.span())


def _has_days(shop: ShopFacts, least: int, most: int) -> bool:
    return any((one.least, one.most) == (least, most) for one in shop.methods)


def _delivery(sentence: Sentence) -> Iterator[Found]:
    for one in _DAYS.finditer(sentence.text):
        clause = sentence.clause(*one.span())
        if not sentence.free(*one.span()) or not (_ARRIVES.search(clause) or _method(sentence)):
            continue
        least, most = int(one["a"]), int(one["b"] or one["a"])
        rows = []
        for shop, _product in _pairs(sentence, one.start()):
            named = [m for m in shop.methods if _named(m.names, sentence)]
            rows += [(m.least, m.most, m.source) for m in named or shop.methods]
        if _DISPATCH.search(clause) and not re.search(r"送达|到货|deliver|arriv", clause):
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
        cuts = {shop.policy.cut_off for shop, _product in _pairs(sentence, one.start())}
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
        if _led_up_to(sentence.text[: one.start()]):
            continue
        verdicts = [
            _ships_free(shop, product, sentence.ledger.currency)
            or any(
                c.kind == "shipping" and c.code.casefold() in sentence.full for c in shop.coupons
            )
            for shop, product in _pairs(sentence, one.start())
        ]
        negated = re.search(r"(?:不|没有?|非|not|no|without)\s?$", sentence.before(one.start(), 6))
        holds = (all(verdicts) != bool(negated)) if verdicts else None
        shops = [shop for shop, _product in _pairs(sentence, one.start())]
        yield judged(one.span(), "shipping", holds, _free_fact(shops, sentence.ledger.currency))
        sentence.take(*one.span())


def _led_up_to(before: str) -> bool:
    """Tell whether an earlier clause says from which sum on: 满99元，我们就包邮."""
    clauses = CLAUSE.split(before)
    found = [one for one in clauses if _THRESHOLD.search(one)]
    return bool(found) and not any(re.search(r"减|\boff\b|券|coupon", one) for one in found)


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


def _payer(shop: ShopFacts, product: ProductFacts | None) -> Payer | None:
    rule = rule_of(shop, product)
    return rule.payer if rule and rule.return_days else None


def _free_back(shop: ShopFacts, product: ProductFacts | None, sentence: Sentence) -> bool:
    reason = Reason.FAULTY if _FAULT.search(sentence.text) else Reason.CHANGED_MIND
    rule = rule_of(shop, product, reason)
    return bool(rule and rule.return_days and rule.payer == Payer.SHOP)


def _days_back(shop: ShopFacts, product: ProductFacts | None, sentence: Sentence) -> int:
    reason = Reason.FAULTY if _FAULT.search(sentence.text) else Reason.CHANGED_MIND
    rule = rule_of(shop, product, reason)
    return rule.return_days if rule else 0


def _invoices(shop: ShopFacts, one: re.Match[str], sentence: Sentence) -> bool:
    before = sentence.before(one.start(), 30)
    denied = one["no"] or re.search(r"not\b|n't\b|never|without|\bno\b|不|没|无法|未", before)
    return shop.policy.invoices != bool(denied)


def _sealed(sentence: Sentence) -> Iterator[Found]:
    if not _RETURN.search(sentence.text):
        return
    yield from _each(sentence, _SEALED, lambda s, p, m: bool(
        (rule := rule_of(s, p)) and rule.condition == Condition.SEALED), "returns")  # fmt: skip
