"""Ranks: the cheapest, lighter than, twice as long, the best rated: only among what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.claims.checkers.ranking_words import (
    BY_WORDS,
    COMPARATIVES,
    METRICS,
    OF_WEIGHT,
    SUPERLATIVES,
    Metric,
    price,
    rating,
)
from catalog.claims.checkers.rivals import THAN, differ_by, pair_of
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.money import MONEY
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence

SHORT = 16  # of what code made: "cheaper ones"; a longer text is no comparison by itself
_TIMES = worded(
    r"(?:twice|half|\d+(?:\.\d+)? times|\d+%|一半|两倍|\d+(?:\.\d+)?倍)[^，。,.]{0,16}(?:as "
    r"|than|的)|是[^，。]{0,12}倍|half the (?:price|weight|size)"
)

_ONE_BY_ONE = worded(r"[1一]([个款件种])比[1一]\1")
_RANK = worded(
    r"(?P<low>\bleast\b|\blowest\b|最[低少省轻])|(?P<first>\bfirst (?:place|spot)\b"
    r"|\btop (?:spot|place)\b)|(?<!matter )(?<!matters )(?<!counts )(?<!count )\bmost\b"
    r"|\bhighest\b|最[高多贵重]"
)
# Which one is ahead, in any measure: the cheaper, the lighter, the better rated.
_AHEAD = worded(
    r"\bwins?\b|\bbeats?\b|\bprefer|\bahead\b|\bleads?\b|\bfirst (?:place|for|on|in)\b"
    r"|\btop (?:spot|place)\b"
    r"|\bsuperior|\badvantage\b|\bedges?\b|占优|优于|更胜|优势|胜|领先|赢|拔得头筹|第1名?|居首"
)
_FALLS_SHORT = worded(r"不[及如]\s?「?□|\bnot (?:quite |nearly )?(?:as|so) ")
_DENIED = worded(r"\bnot\b|n't\b|\bnor\b|没有?|未必|并不|不[是比见]")
_THAN_BEFORE = worded(r"than (?:before|it was|the (?:old|former|earlier|last))")
# "Not as heavy as", 没有…重: the other way round.
_EQUATIVE = worded(
    r"(?:没有?|不[及如])\s?「?□+」?\s?(?:那么|这么|来得)?\s?$"
    r"|\bnot (?:quite |nearly )?(?:as|so)\s?$"
)
# Words of any measure: about money only where money is spoken of.
# 更高 is of what the sentence measures: the height only where it measures nothing else.
_HIGHER, _RATED = worded(r"[更要]高[^，。]{0,2}"), worded(r"评[分价]|得分|口碑|打分")
_BOUNDING = ("高", "低", "于", "below", "under", "above", "lower", "higher")
_OF_MONEY = frozenset(("低于", "高于", "少", "多"))
_BY_WEIGHT = worded(OF_WEIGHT)
_MONEY = worded(r"价|钱|花费|售|元|¥")
_AMOUNT = worded(r"[于过]?\s?(?:than )?(?:[¥￥$€£\d]|rmb|cny|usd|us)")
_THAN_SUM = worded(r"比\s?[¥￥$]?\d[^，。]{0,6}$")
_THAN_NAMED = worded(r"(?:比|than|较)\s?(?:the )?[「《\"“]?□+[」》\"”]?[^，。,.]{0,4}$")
_NO_RIVAL = worded(
    r"\s?than\s(?:[¥$€£]|\d|rmb|usd|cny|before|usual|normal|the (?:old|former|earlier|previous"
    r"|usual)"
    r"|(?:it|they|this|that|these|we)(?: \w+)? (?:was|were|used|had|did|charged|asked)\b|it was)"
)
_WITH_BEFORE = worded(
    r"(?:原价|原来|[之以先此]前|过去)[^。，]{0,2}比|(?:较|比|跟|和|与)(?:原价|原来|[之以先此]前"
    r"|过去)"
    r"|\b(?:compared (?:to|with)|against|versus|than) (?:before|(?:the|its) (?:old|former"
    r"|earlier|previous|usual|first))"
)
_FORMERLY = worded(
    r"原来|之前|先前|早先|此前|从前|过去|昨天|上个?月|去年|原价|以前|往常"
    r"|\bbefore\b"
)
# The order of a list, and no claim of any one: "Lightest first:".
_HEADS = worded(r"\s?first(?:, then)?\s?[:：]\s*$")
# Who it is stands behind: "the cheapest is A", 最便宜的是A.
_IS = worded(
    r"(?: (?:one|option|choice|pick|of (?:them|all|the [a-z0-9]+)))?,?\s?(?:is|was|would be"
    r"|的?[那这]?[款个件]?(?:是|为|要数|属))?[:：]?\s?[「《]?(?=□)"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield superlatives and comparisons."""
    for row, pattern in zip(METRICS, SUPERLATIVES, strict=True):
        for one in pattern.finditer(sentence.text):
            if not sentence.free(*one.span()) or _HEADS.match(sentence.text[one.end() :]):
                continue
            # Of one product's versions: "the cheapest one is $5", where the amount is judged.
            if len(sentence.ledger.products) > 1 or not MONEY.search(sentence.clause(*one.span())):
                yield _superlative(sentence, one.span(), row[0], row[1])
            sentence.take(*one.span())
    for one in _TIMES.finditer(sentence.text):
        if _THAN_BEFORE.match(sentence.text[one.end() - len("than") :]):
            continue  # a discount: "20 % less than before"
        compared = THAN.search(sentence.text) or len(sentence.mentions) > 1
        if sentence.free(*one.span()) and (compared or one[0].startswith(("half the", "twice"))):
            yield judged(one.span(), "comparison", None)
            sentence.take(*one.span())
    for row, pattern in zip(METRICS, COMPARATIVES, strict=True):
        for one in pattern.finditer(sentence.text):
            if not sentence.free(*one.span()):
                continue
            metric = _measured(sentence, one[0], row[1])
            if any(one[0] in text for text in sentence.ledger.given_folded if len(text) < SHORT):
                yield judged(one.span(), "comparison", True, Fact(one[0], "computed"))
                sentence.take(*one.span())
            elif _compares(sentence, one):
                turned = bool(_EQUATIVE.search(sentence.text[: one.start()]))
                yield _comparison(sentence, one.span(), row[0] != turned, metric)
                sentence.take(*one.span())


def _measured(sentence: Sentence, words: str, metric: Metric) -> Metric:
    """Return what 更高 is said of: stars or money where a sentence speaks of them, else height."""
    if not _HIGHER.fullmatch(words):
        return metric
    rated = rating if _RATED.search(sentence.text) else metric
    return price if "价" in sentence.text and rated is metric else rated


def compared(sentence: Sentence) -> bool:
    """Tell whether somebody judges which of two things is more: the direction of a difference."""
    return any(
        _compares(sentence, one)
        for pattern in COMPARATIVES
        for one in pattern.finditer(sentence.text)
    )


def _compares(sentence: Sentence, one: re.Match[str]) -> bool:
    """Tell whether it is said of one thing against another, and no mere adjective or question."""
    if sentence.full.rstrip().endswith(("?", "？", "：", ":")) or _ONE_BY_ONE.search(sentence.text):
        return False
    before, after = sentence.before(one.start()), sentence.text[one.end() :]
    if one[0] in _OF_MONEY and not (_BY_WEIGHT.match(after) or _MONEY.search(sentence.text)):
        return False
    ahead = one[0].endswith(_BOUNDING) and _AMOUNT.match(after)
    if ahead and _THAN_NAMED.search(sentence.text[: one.start()]):
        return True
    bounds = ahead or _THAN_SUM.search(before)  # 价格低于300元, 比300克还轻
    formerly = _FORMERLY.search(before) or _WITH_BEFORE.search(sentence.text)
    if bounds or formerly or _NO_RIVAL.match(after):
        return False
    several = len({m.product.pk for m in sentence.mentions}) > 1
    if several or one[0].startswith("save"):
        return several  # else it saves against its own former price
    against = THAN.search(sentence.text)
    more = re.search(r"更|er\b|more |less ", one[0]) and len(sentence.ledger.products) > 1
    return bool(against or more)


def _superlative(sentence: Sentence, place: tuple[int, int], lower: bool, metric: Metric) -> Found:
    field = sentence.ledger.products
    behind = _IS.match(sentence.text[place[1] :])
    winners = sentence.about(place[0] if not behind else place[1] + behind.end())
    if behind:
        named = [one.product for one in sentence.mentions if one.start == place[1] + behind.end()]
        winners = tuple(named[:1]) or winners
    if len(field) < 2 or len(winners) != 1:
        return judged(place, "superlative", None, Fact("nothing to compare it with"))
    values = {one.pk: metric(one, sentence.ledger.currency) for one in field}
    known = [value for value in values.values() if value is not None]
    if len(known) < len(values):
        return judged(place, "superlative", None, Fact("not known of all of them"))
    best = min(known) if lower else max(known)
    holds = values[winners[0].pk] == best and known.count(best) == 1
    return judged(place, "superlative", holds, _fact(field, values))


def _fact(field: tuple[ProductFacts, ...], values: dict[int, Decimal | None]) -> Fact:
    told = ", ".join(f"{one.sku} {values[one.pk]:f}" for one in field if values[one.pk] is not None)
    return Fact(told, field[0].source)


def _comparison(sentence: Sentence, place: tuple[int, int], lower: bool, metric: Metric) -> Found:
    pair = pair_of(sentence, place[0])
    if pair is None:
        return judged(place, "comparison", None, Fact("nothing to compare it with"))
    values = [metric(one, sentence.ledger.currency) for one in pair]
    if values[0] is None or values[1] is None:
        return judged(place, "comparison", None, Fact("not known of both"))
    fact = _fact(pair, dict(zip((one.pk for one in pair), values, strict=True)))
    holds = values[0] < values[1] if lower else values[0] > values[1]
    return judged(
        place, "comparison", holds and differ_by(sentence, place, values[0], values[1]), fact
    )


def by_words(sentence: Sentence, place: tuple[int, int]) -> Found | None:
    """Judge a comparison in a frame nobody knows, by what is compared and which way.

    One word for the measure and one for the direction are enough; with both directions, or with a
    denial, nobody knows.
    """
    text = sentence.text
    if rank := _RANK.search(text):
        for metric, named, _less, _more in BY_WORDS:
            if named.search(text):
                first = rank["first"] and metric is not rating
                return _superlative(sentence, place, bool(rank["low"] or first), metric)
        return None
    for metric, named, less, more in BY_WORDS:
        fewer, greater = less.search(text), more.search(text)
        short = _FALLS_SHORT.search(text)
        denied = _DENIED.search(_FALLS_SHORT.sub("", text))
        ranked = metric in (price, rating) and not (fewer or greater or short)
        ahead = _AHEAD.search(text) if ranked else None
        told = (short or ahead) if not (fewer or greater) else not (fewer and greater)
        if named.search(text) and told and not denied:
            lower = metric is not rating if ahead else bool(fewer) != bool(short)
            return _comparison(sentence, place, lower, metric)
    return None
