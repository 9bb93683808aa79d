"""Percentages and deals: discounts, coupons, two for one, shares of buyers and of cloth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts, rule_of
from catalog.claims.numerals import NUMBER, value
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence
from catalog.lexicon import lexicon

DEAL = worded(
    r"\d+\s?件\d*\s?[打享]?\s?(?:\d(?:\.\d)?折|减)"
    r"|第\s?[\d一二三]+\s?[件双个条][^，。,]{0,6}(?:半价"
    r"|\d(?:\.\d)?折|免费|0元|立减)"
    r"|买\s?[\d一二两]+\s?(?:件|个|双|盒)?[送赠]\s?[\d一]*(?:件|个|双|盒)?"
    r"|[买拍拿]\s?[\d一二两]\s?[件个双条][^，。]{0,6}[给搭饶][您你]?[^，。]{0,2}[\d一二两]\s?[件个双条]"
    r"|buy (?:\d+|one)[^.,□]{0,12}get (?:\d+|one|another|the second)[^.,□]{0,16}|\bbogo\b"
    r"|(?:second|2nd|third|another|other) (?:one|item|pair|piece)?[^.,□]{0,10}(?:half"
    r"|free(?! (?:ship|deliver|post))|off\b|on us)"
    r"|(?:pay|charged?)(?: you)? (?:only )?(?:for )?(?:only )?(?:one|1|2)\b(?! ?(?:year|month|day"
    r"|[a-z]+ fee))"
    r"|\d[^.]{0,4} pay \d|[拍买]\s?[\d一二两三四]+\s?[件个条双]?发\s?[\d一二两三四]"
    r"|[收付]\s?(?:1半|一半|半|[1一]个"
    r"|[1一]件)的?(?:价?钱|价)"
    r"|(?:免|送)\s?[1一][件个双条]|不收钱|multi-?buy|多买多省|[满买]\s?\d+\s?件[^，。]{0,6}(?:折"
    r"|减|免)"
    r"|second (?:one|item|pair|piece)[^.,□]{0,10}(?:half|free|off)|\b\d for (?:the price of )?\d\b"
    r"|\bfor the price of (?:one|1|2|3)\b"
    r"|\b\d for (?=[¥$€£])|限时秒杀|全[场店][^，。]{0,6}(?:折|减|半价)|秒杀|闪购|flash sale"
    r"|拼团|团购价|\bbuy(?:ing)? (?:more than (?:one|1)|[2-9]|several|another|a (?:second|pair))"
    r"[^.□]{0,30}\d% (?:off|less)|\d% (?:off|less)[^.□]{0,20} (?:buy|take|order) (?:[2-9]|more"
    r"|several)"
)
# A deal in any words: several are taken, and something is given for that.
_MANY = worded(
    r"\b(?:[2-9]|second|2nd|third|another|every) (?:\w+ )?(?:units?|pieces?|items?|pairs?|ones?"
    r"|of (?:them|these)|in the (?:cart|basket))\b|\bsecond(?:'s| is)\b"
    r"|[2-9]\s?[件个双条台只盒套瓶](?!月|人|位|条评)|[俩仨]|第\s?[2-9二三]\s?[件个双条台只]"
    r"|再[加买来拿]"
)
_GAIN = worded(
    r"\bfree\b|\bhalf\b|(?:no|without) charge|(?:not|n't) (?:be )?(?:charg|bill)|\bon (?:us"
    r"|the house)\b"
    r"|at no cost|半价|对半|免[费单1]|不收|白[送拿]|算我|抹掉|[1一][件个]的钱"
)
_CARRIAGE = worded(r"\bship|deliver|\bpost(?:age|ed)?\b|return|warrant|邮|运|快递|退|修|保|评")
HALF = worded(r"半价|对折|half[- ]price|half off")
FOLD = worded(r"(?P<number>\d(?:\.\d)?|\d\d)\s?折(?!叠|扣|旧|痕|射|合)")
PERCENT = worded(
    rf"(?P<number>{NUMBER})(?:\s?(?:-|–|~|to|到|至)\s?(?P<high>{NUMBER}))?\s?%(?P<off>\s?off\b)?"
)
_OFF_BEFORE = worded(
    r"(?:优惠|立减|直降|降价?|省|便宜|减|折扣|discount of|sav(?:e|es|ing)(?: you)?|reduced by|off|"
    r"cut by|lowered by|cheaper by|down by|reduction of|discount\s?[:：]|折扣\s?[:：])"
    r"\s?(?:了|up to|约)?\s?$"
)
_OFF_AFTER = worded(
    r"\s?(?:discount|price (?:drop|cut)|cheaper|less(?! than)|less than (?:before|it was"
    r"|the (?:old|former|earlier))"
    r"|(?:below|under) (?:the|its) (?:old|former|earlier|previous|usual|last)|reduction|savings?"
    r"|的?折扣|优惠)"
)
_KEPT = worded(r"kept|restocking|手续费|折旧|扣除|扣留|收取|deducted|保留|扣\s?$")
_BUYERS = worded(
    r"buyers?|customers?|reviewers?|reviews?|people|shoppers|satisf|positive|recommend|happy"
    r"|好评|满意|买家|用户|顾客|差评|评价|negative|推荐"
)
_STARS = worded(r"(?P<n>[1-5])[- ]?(?:stars?|星)")
_BAD = worded(r"差评|不满|negative|unhappy|dissatisf|complain")
_NO_DEAL = Fact("there is no such offer")
HUNDRED = Decimal(100)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield deals, discounts and shares."""
    for one in DEAL.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield judged(one.span(), "deal", False, _NO_DEAL)
            sentence.take(*one.span())
    if (many := _MANY.search(sentence.text)) and (gain := _GAIN.search(sentence.text)):
        place = min(many.start(), gain.start()), max(many.end(), gain.end())
        if sentence.free(*many.span()) and not _CARRIAGE.search(sentence.text):
            yield judged(place, "deal", False, _NO_DEAL)
            sentence.take(*place)
    for one in HALF.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield _discount(sentence, one.span(), Decimal(50), None)
    for one in FOLD.finditer(sentence.text):
        if sentence.free(*one.span()):
            tenths = value(one["number"])
            off = HUNDRED - (tenths if tenths >= 10 else tenths * 10)
            yield _discount(sentence, one.span(), off, None)
    for one in PERCENT.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield from _percent(sentence, one)


def _percent(sentence: Sentence, one: re.Match[str]) -> Iterator[Found]:
    before, after = sentence.before(one.start(), 30), sentence.after(one.end(), 40)
    number, place = value(one["number"]), one.span()
    if _KEPT.search(before) or _KEPT.search(after):
        yield _fee(sentence, place, number)
    elif one["off"] or _OFF_BEFORE.search(before) or _OFF_AFTER.match(after):
        yield _discount(sentence, place, number, one.span("number"))
    elif one["high"] is None and (
        _BUYERS.search(before[-16:])
        or _BUYERS.search(after)
        or _STARS.search(sentence.clause(*place))
    ):
        yield _share(sentence, place, number, one.span("number"))
    else:
        yield _part(sentence, place, one)


def _discount(
    sentence: Sentence, place: tuple[int, int], off: Decimal, digits: tuple[int, int] | None
) -> Found:
    """Judge a discount: by the former price, or by a coupon that gives just that."""
    coupons = [one for shop in sentence.shops_about(place[0]) for one in shop.coupons]
    coded = [one for one in coupons if one.code.casefold() in sentence.full]
    for coupon in coded or coupons:
        fact = Fact(f"{coupon.code}: {coupon.value:f} %", coupon.source)
        if coupon.kind == "percent" and coupon.value == off:
            return judged(place, "discount", True, fact)
        if coded == [coupon]:
            mend = (*digits, f"{coupon.value:f}") if digits and coupon.kind == "percent" else None
            return judged(place, "discount", False, fact, mend)
    facts = []
    for product in sentence.about(place[0]):
        for currency in (sentence.ledger.currency, "CNY", "USD"):
            for price in product.prices(currency, sentence.offers(product, place[0])):
                if price.was:
                    share = (1 - price.amount / price.was) * HUNDRED
                    facts.append((share, price.source))
    for share, source in facts:
        if abs(share - off) <= Decimal("0.5"):
            return judged(place, "discount", True, Fact(f"{share:.1f} % off", source))
    if not facts:
        return judged(place, "discount", False, _NO_DEAL)
    share, source = facts[0]
    true = share.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    one_only = len({round(found) for found, _ in facts}) == 1
    mend = (*digits, str(true)) if digits and one_only else None
    return judged(place, "discount", False, Fact(f"{share:.1f} % off", source), mend)


def _fee(sentence: Sentence, place: tuple[int, int], number: Decimal) -> Found:
    products: tuple[ProductFacts | None, ...] = sentence.about(place[0]) or (None,)
    for shop in sentence.shops_about(place[0]):
        for product in products:
            rule = rule_of(shop, product)
            if rule and rule.fee_percent == number:
                return judged(place, "policy", True, Fact(f"{number:f} % is kept", shop.source))
    return judged(place, "policy", False, Fact("another share is kept, or none"))


def _share(
    sentence: Sentence, place: tuple[int, int], number: Decimal, digits: tuple[int, int]
) -> Found:
    """Judge a share of buyers: of written reviews that were judged, or of stars."""
    bad = _BAD.search(sentence.clause(*place))
    products = sentence.about(place[0])
    if len(products) != 1:
        return judged(place, "reviews", None)
    star = _STARS.search(sentence.text)
    if star:
        sentence.take(*star.span())
    shares = _shares(products[0], bad=bool(bad), star=int(star["n"]) if star else 0)
    source = f"{products[0].source}#reviews"
    for share in shares:
        if abs(share - number) <= Decimal("0.5"):
            return judged(place, "reviews", True, Fact(f"{share:.1f} %", source))
    if not shares:
        return judged(place, "reviews", None, Fact("not enough reviews"))
    true = shares[0].quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return judged(place, "reviews", False, Fact(f"{shares[0]:.1f} %", source), (*digits, str(true)))


def _shares(product: ProductFacts, *, bad: bool, star: int) -> list[Decimal]:
    reviews, found = product.reviews, []
    if star:
        return [reviews.stars.get(star, 0) * HUNDRED / reviews.count] if reviews.count else []
    if reviews.judged:
        felt = reviews.feelings.get("negative" if bad else "positive", 0)
        found.append(Decimal(felt) * HUNDRED / reviews.judged)
    if reviews.count:
        stars = (1, 2) if bad else (4, 5)
        found.append(sum(reviews.stars.get(one, 0) for one in stars) * HUNDRED / reviews.count)
    return [Decimal(one) for one in found]


def _part(sentence: Sentence, place: tuple[int, int], one: re.Match[str]) -> Found:
    """Judge a share of something in the product: cloth, cocoa, vitamin."""
    number, digits = value(one["number"]), one.span("number")
    around = sentence.before(place[0], 24) + " " + sentence.after(place[1], 30)
    facts = []
    for product in sentence.about(place[0]):
        share = _stated_share(product, around, number)
        if share is None:
            return judged(place, "share", None)
        facts.append((product, *share))
    if not facts:
        return judged(place, "share", None)
    wrong = next((fact for fact in facts if not fact[1]), None)
    product, holds, true = wrong or facts[0]
    mend = (*digits, f"{true:f}") if true is not None and one["high"] is None else None
    return judged(
        place, "share", holds, Fact(f"{true} %" if true is not None else "", product.source), mend
    )


def _stated_share(
    product: ProductFacts, around: str, number: Decimal
) -> tuple[bool, Decimal | None] | None:
    """Return whether the share is stated, and the one that is; None where nothing is."""
    shares = [one for one in product.ground.measures if one.unit == "%"]
    named = [one for one in shares if one.named_in(around)]
    for one in named:
        if number in one.values:
            return True, number
    materials = {span.code for span in lexicon().match(around, ("material",))}
    if number == HUNDRED and materials & product.ground.stated.get("material", set()):
        pure = product.ground.says("100%") or any(
            re.search(
                r"纯棉|全棉|纯麻|纯羊|纯银|\ball[- ](?:cotton|linen|wool|silk)|\bpure\b", text
            )
            for text in product.ground.texts
        )
        if pure and len(product.ground.stated["material"]) == 1:
            return True, number
    if named:
        return False, named[0].stated[0] if len(named) == 1 else None
    words = set(re.findall(r"[a-z]{4,}|[\u4e00-\u9fff]{2}", around))
    for text, amount in product.ground.amounts:
        if amount.base == "%" and amount.single == number:
            beside = text[max(0, amount.start - 14) : amount.end + 18]
            if any(word in beside for word in words) or _pairs(around) & _pairs(beside):
                return True, number
    return None if not shares else (False, None)


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if "\u4e00" <= min(a, b) <= "\u9fff"}
