"""What buyers think, in numbers: stars, how many reviews, how many for and against what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from catalog.claims import bounds, cues
from catalog.claims.bounds import Bound
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts, ReviewFacts
from catalog.claims.numerals import value
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence
from catalog.text.aspects import NAMES

_RATING = worded(
    r"(?P<f>\d(?:\.\d{1,2})?)\s?分?[，,(（ ]\s?(?:满分|of)\s?5\s?分?[)）]?"
    r"|(?:stars|rating)\s?(?:is|有|是|为|[:：])\s?(?P<g>\d(?:\.\d{1,2})?)(?![\d.]|\s?(?:/|of|out"
    r"|stars?|分))"
    r"|(?P<a>\d(?:\.\d{1,2})?)\s?(?:out of|/|of)\s?5(?!\d)(?: stars)?"
    r"|(?P<b>\d\.\d{1,2}|[1-5])[ -]?(?:stars?|★|⭐)(?! hotel)"
    r"(?!(?<!\d\.\d[ -]star)(?<!\d\.\d[ -]stars) (?:reviews?|ratings?))(?! \w+ reviews)"
    r"|(?P<c>\d\.\d{1,2}|[1-5])\s?星(?!级酒店|好评|评价|期|巴)"
    r"|(?:评分|均分|rated|rating(?: is| of)?|average(?: is| of)?|得分|平均)\s?(?:为|是|达|高达|:"
    r"|：)?\s?(?P<d>\d(?:\.\d{1,2})?)"
    r"(?!\d|\.\d|%|[\s-]?(?:h|hours?|days?|minutes?|小时|天|分钟|个|kg|g|w|v|ml"
    r"|mah)(?![a-z]))(?:\s?(?:out of|/|of)\s?5(?!\d)(?: stars)?|\s?分)?"
    r"|(?P<e>\d\.\d{1,2})\s?分(?!钟|之)"
    r"|\bscor(?:es?|ed|ing) (?:an? )?(?P<h>\d\.\d{1,2}|[1-5])(?![\d.%]|\s?[a-z]*(?:cm|kg|g)\b)"
    r"(?:\s?(?:out of|/|of)\s?5(?!\d))?"
    r"|(?P<j>\d\.\d{1,2}) (?:stars? )?(?:on )?average\b"
    r"|口碑分?\s?(?:是|为|有)?\s?(?P<i>\d\.\d{1,2})(?!\d)"
)
_OF = worded(
    r"(?P<part>\d+) (?:out )?of (?:the )?(?P<whole>\d[\d,]*) (?:written )?(?:reviews?|buyers?"
    r"|customers?|reviewers?)"
    r"|(?P<whole2>\d[\d,]*)\s?(?:条|位|个|人)(?:写了字的)?(?:评价|买家|评论|用户)?(?:里|中"
    r"|当中)[^\d。]{0,6}(?P<part2>\d+)\s?(?:条|位|个|人)"
)
_COUNT = worded(
    r"(?<![\d.])(?<!\bfor )(?P<a>\d+(?:,\d{3})*)\+?\s?(?:(?:written|verified|customer|buyer"
    r"|five-star|[1-5]-star|positive|negative|"
    r"good|bad|happy|satisfied|unhappy|critical|mixed) )*(?:reviews?|ratings?|buyers?"
    r"|customers?|reviewers?|shoppers|people|opinions)(?![a-z])"
    r"|(?P<f>\d[\d,]*) of (?:the|those|these|its|all) (?:written )?(?:reviews?|buyers?|customers?)"
    r"|(?P<b>\d[\d,]*)\+?\s?(?:条|个人|位买家|个|位|名|人|多人)(?:是|都|的|觉得|留下?了?|写[了过]"
    r"|写了字的|真实|文字|五星|[1-5]星"
    r"|有效)*(?:好评|差评|评价|评论|买家|用户|顾客|反馈|满意|不满意|说好|说不好|评|觉得好"
    r"|觉得不好|打分|中评|reviews?|ratings?)"
    r"|(?:reviews?|ratings?|positive|negative)\s?[:：]\s?(?P<e>\d[\d,]*)(?!\.?\d)"
    r"|(?:好评|差评|评价|评论|满意|中评)的?\s?(?:共|有|为|数)?\s?[:：]?\s?(?P<c>\d[\d,]*)\s?(?:条"
    r"|个)"
    r"|\b(?:reviewed|rated) (?:(?:more than|over|at least) )?(?P<g>\d[\d,]*) times"
    r"|\b(?P<d>\d[\d,]*) (?:are |is )?(?:positive|negative|mixed|against|in favour|satisfied"
    r"|unhappy|happy)"
)
_SCALE = worded(
    r"(?:满分|out of|of|/)\s?5(?![\d.%]|\s?[a-z]*\s?(?:reviews|buyers))\s?(?:分|stars)?"
)
_MOST = worded(
    r"\bmost (?:buyers|customers|reviewers|reviews|people|shoppers)|majority of (?:buyers"
    r"|customers|reviews)"
    r"|(?:大多数|多数|大部分|绝大多数)(?:的)?(?:买家|用户|顾客|人|评价|评论)"
)
_ALL = worded(
    r"\b(?:all|every|each|none of the) (?:of the )?(?:buyers?|customers?|reviewers?|reviews?)"
    r"|\beveryone (?:who bought|loves?|likes?|is|agrees|recommends)|\bnobody (?:complain"
    r"|dislike|is un)"
    r"|no complaints|(?:所有|全部|每位|每个)(?:的)?(?:买家|用户|顾客|人|评价)|人人(?:都|夸|说)"
    r"|零差评|没有差评|无差评|全是好评|0差评"
)
_NONE = worded(
    r"nobody has reviewed|no(?:t a single)? (?:written )?reviews? (?:of|yet|so far)"
    r"|还?没有(?:买家写过|人写过)?[^，。]{0,24}?(?:文字)?评价"
)
_WRITTEN = worded(r"written|写了字|文字")
_SOLD = worded(
    r"[月周日年]销[^，。]{0,2}[数几上成过]?[百千万]|(?:hundreds|thousands|a thousand) (?:were "
    r"|have been )?(?:sold|shipped)|(?:sold(?! in| out)|销量|已售|售出|卖出|月销|bought by"
    r"|purchased by|回头客|回购|复购|人付款"
    r"|已拼)\D{0,6}\d[\d,]*|\d[\d,]*\+?\s?(?:sold|人(?:购买|付款|买过|回购|已买|收藏)|件已售"
    r"|单)"
)


_PEOPLE = (
    r"(?:buyers?|customers?|reviewers?|shoppers|people|of them|(?:个|位|名)?(?:人|买家|顾客"
    r"|用户|姐妹|朋友|客人|宝宝|家人|亲)"
    r"|[个位名](?=[打给评投]))"
)
_STARRED = worded(
    r"(?P<n3>\d[\d,]*) (?:(?:of|among) (?:you|them|us|those|these)(?: \w+)? )?(?:have "
    r"|had )?(?:gave|given|awarded|left)(?: [a-z]+"
    r"| □+){0,4}? (?P<s3>[1-5])[- ]?stars?(?!\.)|"
    rf"(?P<n>\d[\d,]*)\s?(?:of (?:our|the|its|all|those|these) )?{_PEOPLE}(?: [a-z]+| □+"
    rf"|[\u4e00-\u9fff]){{0,6}}?\s?"
    r"(?P<s>[1-5])[- ]?(?:stars?|星)(?!\.)"
    r"|(?<![.\d])(?P<s2>[1-5])[- ]?(?:stars?|星)\s?(?:的?(?:reviews?|ratings?|评价|好评|评分))?"
    rf"\s?(?:(?:came |were given |awarded )?(?:from|by)|[:：]"
    rf"|[共有的]+)?\s?(?P<n2>\d[\d,]*)(?!\.?\d)"
)


@lru_cache(maxsize=1)
def aspect_names() -> re.Pattern[str]:
    """Return a pattern of what aspects are called in both languages, a group for each."""
    groups = []
    for code, words in NAMES.items():
        chinese = sorted(words["zh"], key=len, reverse=True)
        english = sorted((*words["en"], code.replace("_", " ")), key=len, reverse=True)
        names = "|".join([*map(re.escape, chinese), *(rf"\b{re.escape(one)}\b" for one in english)])
        groups.append(f"(?P<{code}>{names})")
    return worded("|".join(groups))


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is counted of buyers."""
    for one in _SOLD.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield judged(one.span(), "sales", None, Fact("sales are not told"))
            sentence.take(*one.span())
    for pattern, share in ((_ALL, True), (_MOST, False)):
        for one in pattern.finditer(sentence.text):
            if sentence.free(*one.span()):
                yield _majority(sentence, one.span(), whole=share)
                sentence.take(*one.span())
    for one in _NONE.finditer(sentence.text):
        if sentence.free(*one.span()):
            products = sentence.about(one.end())
            holds = not any(product.reviews.judged for product in products) if products else None
            yield judged(
                one.span(), "reviews", holds, Fact("", products[0].source if products else "")
            )
            sentence.take(*one.span())
    yield from _starred(sentence)
    yield from _ratings(sentence)
    for one in _OF.finditer(sentence.text):
        part, whole = ("part", "whole") if one["part"] else ("part2", "whole2")
        if sentence.free(*one.span(part)) and sentence.free(*one.span(whole)):
            yield _counted(sentence, one.span(whole), one[whole], "", one.span())
            after = sentence.after(one.end(), 40)
            yield _counted(sentence, one.span(part), one[part], after, one.span())
            sentence.take(*one.span())
    for one in _COUNT.finditer(sentence.text):
        name = next(name for name in "abcdefg" if one[name])
        if sentence.free(*one.span(name)) and not _invited(sentence, one):
            words = one[0] if _polar(one[0]) else _side(sentence, one)
            yield _counted(sentence, one.span(name), one[name], words, one.span())
            sentence.take(*one.span())


def _starred(sentence: Sentence) -> Iterator[Found]:
    """Yield how many gave so many stars: "20 people gave it 5 stars"."""
    for one in _STARRED.finditer(sentence.text):
        tail = next(tail for tail in ("", "2", "3") if one[f"n{tail}"])
        name, star = f"n{tail}", one[f"s{tail}"]
        products = sentence.about(one.start())
        seen = sentence.free(*one.span(name)) and sentence.free(*one.span(f"s{tail}"))
        if not seen or len(products) != 1:
            continue
        reviews, number = products[0].reviews, int(value(one[name]))
        true = reviews.stars.get(int(star), 0)
        mean = reviews.mean
        rated = number == reviews.count and mean is not None and round(mean) == int(star)
        mend = None if rated else (*one.span(name), f"{true:,}")
        fact = Fact(f"{true} gave {star} stars", f"{products[0].source}#reviews")
        bound = sentence.bound(one.start(name), one.end(name))
        counted = bounds.holds(bound, Decimal(number), Decimal(true), Decimal(true))
        yield judged(one.span(), "reviews", rated or counted, fact, mend)
        sentence.take(*one.span())


_ARTICLE = worded(
    r"(?:[一两]|[Oo]ne )\s?(?:位|个|名|lady|man|buyer|customer|reviewer)?[^，。,.]{0,8}?"
    r"(?:说|写|讲|提到|留言|反馈|的话|said|says|writes?|wrote|told|puts?)"
)


# 读一条评论 is any of them, 只有一条评论 a count.
_SO_MANY = worded(r"(?:只|仅|就|共|总|计|有|到|得|才|是|为|数|[:：])[有了]?\s?$")


def _invited(sentence: Sentence, one: re.Match[str]) -> bool:
    """Tell whether somebody is only asked to write one."""
    if _ARTICLE.match(sentence.written[sentence.span(one.start(), one.end())[0] :]):
        return True
    before = sentence.before(one.start(), 10)
    if sentence.written[sentence.span(*one.span())[0]] == "一" and not _SO_MANY.search(before):
        return True
    return bool(re.search(r"(?:写|留|发|给|write|leave|add)[下上]?\s?(?:us )?$", before))


def _polar(words: str) -> bool:
    return bool(cues.BAD.search(words) or cues.GOOD.search(words) or cues.MIXED.search(words))


def _side(sentence: Sentence, one: re.Match[str]) -> str:
    """Return the words beside a count that say what it counts: "5 buyers in favour"."""
    after = sentence.text[one.end() : one.end() + 26]
    head = re.split(r"[,，。.;；:：]|\d", after)[0]
    if _polar(head):
        return one[0] + head
    before = re.split(r"[,，。.;；]|\d", sentence.text[max(0, one.start() - 14) : one.start()])[-1]
    return before + one[0]


def _ratings(sentence: Sentence) -> Iterator[Found]:
    yield from _rated_in(sentence)
    for one in _SCALE.finditer(sentence.text):
        sentence.take(*one.span())


def _rated_in(sentence: Sentence) -> Iterator[Found]:
    for one in _RATING.finditer(sentence.text):
        name = next(name for name in "fgabcdehij" if one[name])
        if not sentence.free(*one.span()):
            continue
        products = sentence.about(one.start())
        if not products:
            yield judged(one.span(), "rating", None)
            continue
        bound = sentence.bound(one.start(name), one.end(name))
        yield _rated(products, bound, one.span(), one.span(name), one[name])


def _rated(
    products: tuple[ProductFacts, ...], bound: Bound, place: tuple[int, int],
    digits: tuple[int, int], written: str,
) -> Found:  # fmt: skip
    for product in products:
        mean = product.reviews.mean
        if mean is None:
            return judged(place, "rating", None, Fact("no reviews yet"))
        said, step = value(written), Decimal(1).scaleb(-len(written.partition(".")[2]))
        # Half of the last digit may be rounded either way: 4.625 is 4.62 and 4.63.
        ways = (ROUND_HALF_UP, ROUND_HALF_EVEN)
        holds = any(said == mean.quantize(step, rounding=way) for way in ways)
        if bound not in (Bound.EXACT, Bound.ABOUT):
            holds = bounds.holds(bound, said, mean, mean)
        fact = Fact(
            f"{mean:.2f} of 5, {product.reviews.count} reviews", f"{product.source}#reviews"
        )
        if not holds:
            exact = bound is Bound.EXACT and len(products) == 1
            mend = (*digits, f"{mean:.1f}") if exact else None
            return judged(place, "rating", False, fact, mend)
    return judged(place, "rating", True, fact)


def _majority(sentence: Sentence, place: tuple[int, int], *, whole: bool) -> Found:
    clause = sentence.clause(*place)
    for product in sentence.about(place[0]):
        counts = _sides(product.reviews, sentence, place)
        if counts is None or not sum(counts):
            return judged(place, "reviews", None, Fact("not enough reviews"))
        good, bad, other = counts
        bad_said = cues.BAD.search(clause) and not re.search(
            r"no complaints|零差评|没有差评|无差评|0差评|nobody", clause
        )
        side = bad if bad_said else good
        holds = side == sum(counts) if whole else side * 2 > sum(counts)
        fact = Fact(f"{good} for, {bad} against, {other} neither", f"{product.source}#reviews")
        if not holds:
            return judged(place, "reviews", False, fact)
    if not sentence.about(place[0]):
        return judged(place, "reviews", None)
    return judged(place, "reviews", True, fact)


def _sides(
    reviews: ReviewFacts, sentence: Sentence, place: tuple[int, int]
) -> tuple[int, int, int] | None:
    if (counts := _aspect(reviews, sentence, place)) is not None:
        return counts[0], counts[1], 0
    felt = reviews.feelings
    if not reviews.judged:
        return None
    return felt.get("positive", 0), felt.get("negative", 0), felt.get("neutral", 0)


def _counted(
    sentence: Sentence, place: tuple[int, int], written: str, words: str, whole: tuple[int, int]
) -> Found:
    products = sentence.about(place[0])
    number = int(value(written))
    if Decimal(number) in sentence.ledger.given_numbers:
        return judged(whole, "reviews", True, Fact("", "computed"))
    if len(products) != 1:
        return judged(whole, "reviews", None)
    possible = _possible(products[0].reviews, words, _aspect(products[0].reviews, sentence, whole))
    source = f"{products[0].source}#reviews"
    bound = sentence.bound(place[0], place[1])
    if any(bounds.holds(bound, Decimal(number), Decimal(one), Decimal(one)) for one in possible):
        return judged(whole, "reviews", True, Fact(f"{number}", source))
    sided = _polar(sentence.text) and not _polar(words)
    exact = bound is Bound.EXACT and len(possible) == 1 and not sided
    mend = (*place, f"{possible[0]:,}") if exact else None
    return judged(whole, "reviews", False, Fact(" / ".join(map(str, possible)), source), mend)


def _possible(reviews: ReviewFacts, words: str, aspect: tuple[int, int] | None) -> list[int]:
    """Return the counts that such words may mean."""
    star = re.search(r"([1-5])[- ]?(?:星|stars?)", words) or (
        re.search(r"()(?:5-star|五星|five-star)", words)
    )
    if star:
        return [reviews.stars.get(int(star[1] or 5), 0)]
    bad, good = cues.BAD.search(words), cues.GOOD.search(words)
    if aspect and (bad or good):
        return [aspect[1 if bad else 0]]
    felt = reviews.feelings
    if cues.MIXED.search(words):
        return [felt.get("neutral", 0)]
    if bad or good:
        name, stars = ("negative", (1, 2)) if bad else ("positive", (4, 5))
        starred = sum(reviews.stars.get(one, 0) for one in stars)
        return list(dict.fromkeys([felt.get(name, 0)] if reviews.judged else [starred]))
    if _WRITTEN.search(words):
        return [reviews.judged]
    return list(dict.fromkeys([reviews.count, reviews.judged]))


def _aspect(
    reviews: ReviewFacts, sentence: Sentence, place: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the counts of the aspect that is named last before a place, else first after it."""
    named = [
        (one.end() <= place[0], one.start() if one.end() <= place[0] else -one.start(), one)
        for one in aspect_names().finditer(sentence.text)
        if one.lastgroup in reviews.aspects
    ]
    nearest = max(named, default=None, key=lambda one: one[:2])
    return reviews.aspects[str(nearest[2].lastgroup)] if nearest else None
