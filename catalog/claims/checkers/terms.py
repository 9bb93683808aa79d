"""A shop's terms: returns, exchanges, warranty, invoices, and what no shop here offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts, ShopFacts, rule_of, warranty_of
from catalog.claims.patterns import worded
from catalog.claims.sentences import BLANK, Sentence
from catalog.policies.terms import Condition, Payer, Reason

_N = r"(?P<n>\d+)"
# Anything in the same sentence; a name that is blanked out counts as one.
GAP = rf"(?:{BLANK}+(?!{BLANK})|[^.;\d{BLANK}])"
_BACK = (
    r"(?:退货|退换货?|退款|退回|可退|退|换货|包换|换|returns?|refunds?|money[- ]back"
    r"|send it back|change your mind|exchanges?|exchanged|returned)"
)
_WINDOW = worded(
    rf"{_N}\s?(?:天|days?)(?:之?内)?[^，。,;；？?\d]{{0,14}}?{_BACK}"
    rf"|{_BACK}[^，。,;；\d]{{0,14}}?{_N}\s?天"
    rf"|{_N}[- ](?:calendar )?days?{GAP}{{0,40}}?\b{_BACK}|\b{_BACK}{GAP}{{0,40}}?{_N}[- ]days?"
    .replace("(?P<n>", "(?P<n1>", 1).replace("(?P<n>", "(?P<n2>", 1)
    .replace("(?P<n>", "(?P<n3>", 1).replace("(?P<n>", "(?P<n4>", 1)
)  # fmt: skip
_EXCHANGE = worded(r"换|exchang")
_RETURN = worded(r"退|change your mind|return|refund|money[- ]back|send it back")
_FAULT = worded(
    r"质量|破损|损坏|瑕疵|有问题|坏|发错|fault|defect|damaged|broken|wrong item|not as described"
)
_GUARANTEE = r"(?:质保|保修|保固|保用|三包|包修|warranty|warranted|guarantee[ds]?)"
_WARRANTY = worded(
    rf"(?P<n1>\d+)\s?(?P<u1>个月|年|天|日)[^，。,;；]{{0,6}}?{_GUARANTEE}"
    rf"|{_GUARANTEE}[^，。,;；\d]{{0,10}}?(?P<n2>\d+)\s?(?P<u2>个?月|年|天|日)"
    rf"|(?P<n3>\d+)[- ](?P<u3>months?|years?|days?)[^.;]{{0,30}}?{_GUARANTEE}"
    rf"|(?:covered|repaired?|fix(?:ed)?)[^.;\d]{{0,16}}?(?P<n5>\d+)[- ](?P<u5>months?|years?)"
    rf"|保(?:修|固|障)?\s?(?P<n6>\d+)\s?(?P<u6>个?月|年)"
    rf"|(?P<n7>\d+)\s?(?P<u7>个月|年)[^。;；]{{0,26}}?(?:包修|管修|免费修|保修)"
    rf"|{_GUARANTEE}[^.;\d]{{0,30}}?(?P<n4>\d+)[- ](?P<u4>months?|years?|days?|mo\b)"
)
_LIFETIME = worded(
    rf"(?:终身|永久|lifetime|life-long|unlimited){'.{0,6}?'}{_GUARANTEE}"
    rf"|{_GUARANTEE}.{{0,8}}(?:for life|终身)"
)
_FREE_RETURN = worded(
    r"免费退(?:货|换)?|包退运费|退货(?:包邮|免运费)|退换(?:货)?(?:包邮|免运费)|运费由(?:店家"
    r"|商家|我们|本店)承担|店家(?:承担|出)(?:退货)?运费"
    r"|free returns?|return(?:s|ed)? (?:is |are )?(?:for )?free(?: of charge)?"
    r"|shop pays for the way back|we pay (?:for )?(?:the )?return"
)
_PAID_RETURN = worded(
    r"退货?(?:的)?运费(?:自理|由(?:您|买家)承担)|(?<![替为帮给])(?:您"
    r"|买家)(?:自己)?承担(?:退货)?运费"
    r"|you pay for the way back|return (?:shipping|postage) (?:is )?(?:at your|on you"
    r"|paid by (?:you|the buyer))"
)
_SHOP = (
    r"(?:we|us|our(?:selves)?|the (?:shop|seller|store)|店家|商家|卖家|本店|店里|店铺|我[方们店家])"
)
_BUYER = r"(?:you(?:rself)?|your|(?:the )?(?:buyer|customer|shopper)|买家|顾客|客人|[您你]|自己|自)"
_PAYS = r"(?:pays?|covers?|bears?|foots?|settles?)"


def _paid_by(who: str) -> str:
    """Return a pattern of somebody who pays, in the active, in the passive, or 由…承担."""
    return (
        rf"\b{who}(?: [a-z]+){{0,2}}? {_PAYS}\b|\b(?:paid|covered|borne|met) by {who}\b"
        rf"|\b(?:on|at) {who}(?:'s)?(?: own)?(?: (?:cost|expense|account))?(?=[ ,.!]|$)"
        rf"|{who}[^，。不]{{0,4}}(?:承担|负担|负责|出|付|掏|理|费|包)"
    )


_SHOP_PAYS, _BUYER_PAYS = worded(_paid_by(_SHOP)), worded(_paid_by(_BUYER))
_POSTAGE = worded(r"shipping|postage|carriage|freight|\bcosts? of sending|运费|邮费|邮资|快递费")
_GOING_BACK = worded(r"退|换|寄回|return|back|exchang")  # else the way there is meant
_NOT_BACK = worded(
    r"(?:不支持|不能|不可以?|不接受|恕不|概不|不予)(?:无理由)?退(?:换|货)?|不退不换"
    r"|non-?returnable|no returns|cannot be returned|can't be returned|not (?:be )?(?:returned"
    r"|returnable|eligible for (?:a )?returns?)|ineligible for returns?|final sale|not taken back"
    r"|(?:can't|cannot|can not|won't|unable to|(?:not|n't) (?:be )?(?:able to |possible to )?)\s?"
    r"(?:ever )?(?:come|go|be sent|be taken|send|take|bring|give|post|ship|hand|return|sent"
    r"|taken|brought|given|accept)\b"
    r"(?! (?:any|more) questions)(?:[^.,;\d]{0,24}\bback\b|(?<=return)(?= |[.,!]|$))"
)
_GOES_BACK = worded(
    r"(?:支持|可以?|能|接受|包)(?:无理由)?退(?:换|货)?|无理由退(?:换)?货|可退可换|退换无忧"
    r"|can be returned|can return|returns? (?:are |is )?(?:accepted|possible|welcome)"
    r"|returnable|money[- ]back|refundable"
)
_INVOICE = worded(
    r"(?P<no>不(?:能|提供|开|可以?|支持)(?:开)?|no |cannot (?:issue|get) (?:an? )?"
    r"|without (?:an? )?)?(?:开(?:具)?|提供|电子|增值税)?(?:发票|开票|\binvoices?\b)"
)
_AT_THE_DOOR = worded(r"货到付款|(?:cash|pay(?:ing|ment)?) on delivery")
# 送妈妈的礼物 is a present that somebody looks for, 送您的礼物 one that the shop promises.
_PERSON = (
    r"(?:给)?(?:女|男|妈|爸|老[师婆公人]|朋友|同[事学]|孩子|宝宝|长辈|父|母|爷|奶|姐|妹|哥|弟|闺蜜"
    r"|客户|领导|爱人|恋人|自己)"
)
_UNKNOWN = worded(
    r"\b(?:set|put) (?:it|them|this) (?:up|together)\b|\bassemble[sd]?\b|\bfit (?:it"
    r"|them) for you\b"
    r"|\bcarry (?:it|them) up\b|\bpersonally\b|送货上门|专[人送]|礼宾|先用后付|后付款"
    r"|pay later"
    r"|buy now,? (?:and )?pay|pay in \d|补差|差价|refund the difference"
    r"|pay the difference"
    r"|假[1一]赔|假[1一]罚|罚十|内部价|无门槛|老带新|换购"
    rf"|(?:小|精美|神秘)礼[物品]|(?:送(?!礼(?![物品盒包券])|{_PERSON})|赠)(?:您|你)?[1一]?"
    r"(?:份|个|张|条|只)?[^，。,]{0,6}(?:礼|券|袋|包|赠)"
    r"|(?:[a-z]+ )?[a-z]+ (?:is |are )?included\b(?! in)|\bthrown in\b"
    r"|附[送带赠](?![^，。]{0,8}[保修])"
    r"|\b(?:a|an"
    r"|your|with"
    r"|one) free (?!ship|deliver|return|exchange|post|carriage)[a-z]+"
    r"|[含送]\S{0,4}(?:险|保险)(?![箱柜])|随[附赠]|标配|(?:gift|pouch"
    r"|case|bag|sample|charger) (?:is )?with your order|(?:include"
    r"|throw in|add) "
    r"an? (?:small |little |free )?(?:gift|present|pouch|sample)|^[-*·• ]*(?:gift|赠品|赠)\s?[:：]"
    r"|上门取|pick(?:ed)? (?:it )?up from your|collect (?:it|them) from your (?:door|home)"
    r"|分期|免息|花呗|instal?lments?|interest[- ]free|运费险|保价"
    r"|价保|price match|price protection|买贵退差|退一赔十|假一赔\S|无效(?:包|可)?退"
    r"|satisfaction guaranteed|上门(?:安装|取件|维修)"
    r"|free gift|complimentary|comes with a free|赠品|附赠|赠送|送赠|免费(?:试用|试穿|安装"
    r"|刻字|保养|清洗)|free (?:trial|installation|engraving|repair|samples?)"
    r"|gift[- ]?wrap(?:ped|ping)?|礼品包装|积分|会员价|member price|loyalty (?:points|discount"
    r"|price)|discount (?:for|to) members|会员(?:专享|折扣)"
    r"|(?:\d+|几)\s?(?:小时|hours?)[^，。,.]{0,6}?(?:发货|送达|到货|dispatch|deliver)"
    r"|(?:dispatch|deliver|ship)\w*[^，。,.]{0,12}?\d+ hours?"
)
_DENIED = worded(
    r"(?:.*?)(?:not\b|n't\b|cannot|never|without|(?<!or )\bno\b|不|没|无法|未|unavailable)"
)
_RESUMED = worded(
    r"[,，?？:：]\s?(?:a[:：]\s?|答[:：]\s?)?(?:sorry,? |no,? |抱歉，?)?(?:[a-z]+ ){0,2}"
    r"(?P<no>cannot|can't|won't|don't|do not|isn't|not|我?们?店?家?(?:不能|没有?|不|开不))"
)
_SEALED = worded(r"未拆封|密封|未开封|unopened|sealed")
_MONTHS = {"个月": 1, "月": 1, "month": 1, "months": 1, "mo": 1, "年": 12, "year": 12, "years": 12}


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is said of a shop's terms."""
    yield from each(sentence, _LIFETIME, lambda s, p, m: False, "warranty", "no such warranty")
    yield from _windows(sentence)
    yield from _warranties(sentence)
    yield from each(sentence, _UNKNOWN, lambda s, p, m: _in_words(p, m), "terms", "nothing says so")
    yield from each(
        sentence, _PAID_RETURN, lambda s, p, m: _payer(s, p) == Payer.SHOPPER, "returns"
    )
    if _GOING_BACK.search(sentence.text):
        yield from _payers(sentence)
        yield from each(
            sentence, _FREE_RETURN, lambda s, p, m: _free_back(s, p, sentence), "returns"
        )
    yield from each(sentence, _NOT_BACK, lambda s, p, m: not _days_back(s, p, sentence), "returns")
    yield from each(sentence, _GOES_BACK, lambda s, p, m: _days_back(s, p, sentence) > 0, "returns")
    yield from each(sentence, _AT_THE_DOOR, lambda s, p, m: _at_the_door(s, m, sentence), "terms")
    yield from each(sentence, _INVOICE, lambda s, p, m: _invoices(s, m, sentence), "invoice")
    yield from _sealed(sentence)


def _payers(sentence: Sentence) -> Iterator[Found]:
    """Yield who is said to pay for the way back, in whatever frame."""
    if not _POSTAGE.search(sentence.text):
        return
    for pattern, payer in ((_SHOP_PAYS, Payer.SHOP), (_BUYER_PAYS, Payer.SHOPPER)):

        def decide(
            shop: ShopFacts, product: ProductFacts | None, one: re.Match[str], payer: Payer = payer
        ) -> bool:
            said = _DENIED.search(sentence.before(one.start(), 12) + one[0]) is None
            if payer is Payer.SHOP:
                return _free_back(shop, product, sentence) == said
            return (_payer(shop, product) == Payer.SHOPPER) == said

        yield from each(sentence, pattern, decide, "returns")


Decide = Callable[[ShopFacts, ProductFacts | None, re.Match[str]], bool | None]


def pairs_of(sentence: Sentence, place: int) -> list[tuple[ShopFacts, ProductFacts | None]]:
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


def each(
    sentence: Sentence, pattern: re.Pattern[str], decide: Decide, kind: str, fact: str = ""
) -> Iterator[Found]:
    """Yield a verdict for each place where a pattern stands: it must hold for each shop."""
    for one in pattern.finditer(sentence.text):
        if not one[0].strip() or not sentence.free(*one.span()) or _of_an_order(sentence):
            continue
        verdicts = [decide(shop, product, one) for shop, product in pairs_of(sentence, one.start())]
        holds = None if not verdicts or None in verdicts else all(verdicts)
        if False in verdicts:
            holds = False
        shops = [shop for shop, _product in pairs_of(sentence, one.start())]
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
            for shop, product in pairs_of(sentence, one.start())
            for days in _windows_of(shop, product, clause)
        }
        shops = [shop for shop, _product in pairs_of(sentence, one.start())]
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
        number = next(n for n in "1234567" if one[f"n{n}"])
        if not sentence.free(*one.span(f"n{number}")):
            continue
        unit, said = one[f"u{number}"], int(one[f"n{number}"])
        months = said * _MONTHS.get(unit.rstrip("s") if unit.isascii() else unit, 0)
        pairs = pairs_of(sentence, one.start())
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
    after = re.split(r"[，,。.;；]|但|and|but", sentence.after(one.end(), 16))[0]
    led = _RESUMED.match(sentence.text[one.end() :])  # "as for the invoice, you cannot get one"
    denied = one["no"] or _DENIED.search(before) or _DENIED.match(after) or (led and led["no"])
    return shop.policy.invoices != bool(denied)


def _at_the_door(shop: ShopFacts, one: re.Match[str], sentence: Sentence) -> bool:
    before, after = sentence.before(one.start(), 12), sentence.after(one.end(), 24)
    denied = _DENIED.search(before) or _DENIED.match(re.split(r"[,，.。;；]", after)[0])
    return shop.policy.on_delivery != bool(denied)


def _sealed(sentence: Sentence) -> Iterator[Found]:
    if not _RETURN.search(sentence.text):
        return
    yield from each(sentence, _SEALED, lambda s, p, m: bool(
        (rule := rule_of(s, p)) and rule.condition == Condition.SEALED), "returns")  # fmt: skip
