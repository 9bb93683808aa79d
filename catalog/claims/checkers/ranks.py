"""Ranks: the cheapest, lighter than, twice as long, the best rated: only among what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.money import MONEY, amounts_of
from catalog.claims.patterns import worded
from catalog.claims.quantities import amounts
from catalog.claims.sentences import BLANK, Sentence

Metric = Callable[[ProductFacts, str], Decimal | None]


def _price(product: ProductFacts, currency: str) -> Decimal | None:
    prices = product.prices(currency)
    return prices[0].amount if prices else None


def _measure(*stems: str) -> Metric:
    def measured(product: ProductFacts, _currency: str) -> Decimal | None:
        for one in product.ground.measures:
            if one.base and one.code.rpartition("_")[0] in stems and len(one.values) == 1:
                return one.values[0]
        return None

    return measured


def _rating(product: ProductFacts, _currency: str) -> Decimal | None:
    return product.reviews.mean


def _reviews(product: ProductFacts, _currency: str) -> Decimal | None:
    return Decimal(product.reviews.count) if product.reviews.count else None


# "costs $8 more": the sum is the difference, see `_by`.
SUM = r"(?:(?:us\$|[¥$€£]|rmb |usd )?\s?\d[\d.,]*(?: ?(?:dollars|bucks|yuan|rmb|usd))? )?"
_GAP = r"(?:(?:us\$|[¥$€£]|rmb |usd )\s?\d[\d.,]* |\d[\d.,]* (?:dollars|bucks|yuan|rmb|usd) )"
_GRAMS = r"(?:\d[\d.,]*\s?(?:k?g|grams?|kilos?|kilograms?|oz|ounces?|lbs?|pounds?) )?"
# (lower wins, metric, superlative, comparative)
_OF_WEIGHT = r"(?=[了出]*\s?\d[\d.,]*\s?(?:克|公斤|千克|斤|k?g\b))"
_OF_SUM = r"(?=[了出]*\s?(?:[¥$]\s?\d|rmb|\d[\d.,]*\s?(?:元|块)))"
METRICS: tuple[tuple[bool, Metric, str, str], ...] = (
    (True, _price,
     r"\bcheapest|lowest[- ]pric\w+|most affordable|least expensive|best value|最便宜|价格最低"
     r"|最低价|价[格钱位]?[是为也]?最低|最实惠|最划算|最省钱|价低[^，。]{0,2}[，,]?当数"
     rf"|(?:nothing|none|no other)\b[^.,]{{0,12}}(?:cheaper|less expensive|costs? {SUM}less) than"
     r"|costs? the least",
     r"cheap(?= as\b)|\bsaves?(?: you)?(?=\s(?:[¥$€£\d]|usd|rmb))|低于(?=\s?「?□)|少[花付]"
     r"|省(?=\s?[¥$\d])|少(?=些|一点|[，。,.!！]|$)"
     rf"|(?:低|少){_OF_SUM}|undercuts?(?=\s(?:the )?「?□)"
     rf"|{_GAP}(?:below|under|cheaper than|less than)(?=\s(?:the )?[「\"“]?□)"
     rf"|\bcheaper|less expensive|more affordable|more economical|costs? {SUM}less"
     rf"|lower[- ]priced|lower in price"
     r"|(?:更|要)?便宜(?:些|一些|一点|点)?|(?:更|来得)?(?:实惠|划算)|(?:价格?|售价)(?:更"
     r"|要)?(?:低|小)于?"
     r"|(?:charge|ask|pay|spend)s? less|priced (?:below|under|lower)|(?:beats?"
     r"|undercuts?)(?=[^.,]{0,140}on price)"
     r"|better (?:price|buy|deal)"),
    (False, _price,
     r"most expensive|priciest|highest[- ]pric\w+|costs? the most\b|\bdearest\b|\bcostliest\b"
     r"|最贵|价格最高",
     r"(?:expensive|dear|pricey|costly)(?= as\b)|多[花付]|多(?=些|一点|[，。,.!！]|$)"
     rf"|(?:高|多){_OF_SUM}|高于(?=\s?「?□)"
     rf"|{_GAP}(?:above|over|more than)(?=\s(?:the )?[「\"“]?□)"
     rf"|more expensive|pricier|dearer|costs? {SUM}more|(?:更|要)?贵(?!宾|重|妇)(?:些|一些|一点"
     rf"|点)?"
     r"|(?:价格?|售价)(?:更|要)?高于?|priced (?:above|higher)|(?:charge|ask|pay|spend)s? more"),
    (True, _measure("weight"),
     r"\blightest(?! colou?r)|lowest weight|weighs? the least|重量最[轻小低]|最轻(?!松|微|薄)",
     rf"(?:低|少){_OF_WEIGHT}|(?<=\d )(?:grams|g|kg|ounces|oz) (?:less|lighter)(?= than)|"
     r"\blight(?= as\b)|轻[过于](?=\s?「?□)|为轻"
     rf"|\blighter(?! colou?r)|weighs? {_GRAMS}less|(?:更|要)轻(?!松|薄)(?:些|一些|一点|点)?"
     r"|重量(?:更"
     r"|要)?(?:小|轻|低)于?"
     r"|轻了?(?=\s?\d|[，。,.!！]|$|[些一得很多]|不少)"),
    (False, _measure("weight"), r"\bheaviest|highest weight|weighs? the most|最重(?!要)",
     rf"(?:高|多){_OF_WEIGHT}|(?<=\d )(?:grams|g|kg|ounces|oz) (?:more|heavier)(?= than)|"
     r"\bheavy(?= as\b)|重[过于](?=\s?「?□)|为重"
     rf"|\bheavier|weighs? {_GRAMS}more|(?:更|要)重(?!要|视)(?:些|一些|一点|点)?"
     r"|(?:更|要)?沉(?=\s?\d|[，。,.!！]|$|[些一得很多]|不少)|(?<!轻)重[了上出]?(?=\s?\d"
     r"|[，。,.!！]"
     r"|$|[些一得很多]|不少)"),
    (False, _measure("battery"),
     r"longest[- ](?:battery|lasting|playtime)|longest battery life|续航最(?:长|久|强)",
     r"longer battery(?: life)?|lasts? longer|longer[- ]lasting|续航(?:更|要)?(?:长|久)(?!达|效)"),
    (True, _measure("battery"), r"shortest battery(?: life)?|续航最短",
     r"shorter battery(?: life)?|续航(?:更|要)?短"),
    (False, _measure("capacity"),
     r"largest capacity|biggest capacity|holds the most|容量最大|装得最多",
     r"larger capacity|bigger capacity|holds more|容量(?:更|要)?大|装得更多"),
    (True, _measure("capacity"), r"smallest capacity|容量最小",
     r"smaller capacity|holds less|容量(?:更|要)?小"),
    (False, _measure("power"), r"most powerful|highest power|功率最(?:大|高)",
     r"more powerful|higher power|功率(?:更|要)?(?:大|高)"),
    (True, _measure("thickness"), r"\bthinnest|最薄",
     r"\bthinner|(?:更|要)薄"),
    (False, _rating,
     r"(?:highest|best|top)[- ](?:rated|scor\w+|reviewed)|(?:highest"
     r"|best) (?:[a-z]+ )?(?:rating|score|reviews)"
     r"|(?:rated|scores?) (?:the )?(?:highest|best)|most stars|评[分价][^，。]{0,3}最[高好]"
     r"|得分最高|口碑最好|最受好评",
     r"(?:higher|better)[- ](?:rated|scor\w+|reviewed)|(?:higher|better) (?:[a-z]+ )?(?:rating"
     r"|score|reviews)"
     r"|(?:rated|scores?|rates) (?:[a-z]+ )?(?:higher|better)|more stars"
     r"|(?:评分|得分)(?:[更要]|来得)?高[于过出]?|口碑更好|评价更[高好]"),
    (True, _rating,
     r"(?:lowest|worst)[- ]rated|(?:rated|scores?) (?:the )?(?:lowest|worst)"
     r"|评[分价][^，。]{0,3}最[低差]",
     r"(?:lower|worse)[- ]rated|lower (?:[a-z]+ )?(?:rating|score)|(?:rated|scores?) lower"
     r"|(?:评分|得分)(?:更|要)?低于?"),
    (False, _measure("height"), r"\btallest|最高(?=的|$|，|。)",
     r"\btaller|(?:更|要)高(?=些|一些|一点|。|，|$)"),
    (False, _reviews, r"most[- ]reviewed|most reviews|评价最多|评论最多",
     r"more reviews|评价更多"),
)  # fmt: skip
SHORT = 16  # of what code made: "cheaper ones"; a longer text is no comparison by itself
_SUPERLATIVES = [worded(row[2]) for row in METRICS]
_COMPARATIVES = [worded(row[3]) for row in METRICS]
_THAN = worded(
    r"\bthan\b|\binstead of\b|\bover\s(?:the )?[「\"“]?□|\b(?:as|so) \w+ as\b|没有?\s?「?□"
    r"|不[及如]\s?「?□|[轻重]过|比|[低高小轻重大]于"
    r"|较(?!为)"
    r"|\b(?:below|above|under)\b|\bbeats?\b|undercuts?|另一款"
    r"|the other\b(?! ones)|相比|against|compared (?:to|with)|其中|of the (?:two|2)"
    r"|[两2]款[之当]?中"
)
_OF_TWO = worded(r"of the (?:two|2)|[两2]款[之当]?中|其中")
_TIMES = worded(
    r"(?:twice|half|\d+(?:\.\d+)? times|\d+%|一半|两倍|\d+(?:\.\d+)?倍)[^，。,.]{0,16}(?:as "
    r"|than|的)|是[^，。]{0,12}倍|half the (?:price|weight|size)"
)

# A measure, words that name it, words for less and for more of it.
_BY_WORDS: tuple[tuple[Metric, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = (
    (_price,
     worded(r"\bpric|\bcost|\bcheap|expens|spend|\bpa(?:y|id)\b|\bask|charg|wallet|budget|money"
            r"|价|钱|贵|便宜|花费?"),
     worded(r"\bless\b|\bbelow\b|\blower|\bunder\b|cheaper|\bsaves?\b|fewer|easier|低|少|省|便宜"),
     worded(r"\bmore\b(?! affordable)|\babove\b|\bhigher|dearer|pric(?:ier|ey)|高|多|贵")),
    (_measure("weight"),
     worded(r"weigh|\bheav|\blight|\bmass\b|grams?\b|重|轻|沉|分量"),
     worded(r"\bless\b|\bbelow\b|\blower|lighter|\bunder\b|轻|小|低"),
     worded(r"\bmore\b|\babove\b|\bhigher|heavier|greater|exceed|大|沉|更重|重[于过]|重[些得多]")),
    (_rating,
     worded(r"\brat(?:ed|es?|ings?)\b|\bscor|\bstars?\b|\breview|评[分价]|得分|口碑"),
     worded(r"\blower|\bworse|\bbelow\b|\bfewer|低|差"),
     worded(r"\bhigher|\bbetter|\babove\b|\bmore\b|高|好")),
)  # fmt: skip
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
_BY_WEIGHT = worded(_OF_WEIGHT)
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
_BESIDE = worded(r"\s?(?:了|整整|足足|[花出掉去付要]|大约|约|by|about)?\s?")
# Who it is stands behind: "the cheapest is A", 最便宜的是A.
_IS = worded(
    r"(?: (?:one|option|choice|pick|of (?:them|all|the [a-z0-9]+)))?,?\s?(?:is|was|would be"
    r"|的?[那这]?[款个件]?(?:是|为|要数|属))?[:：]?\s?[「《]?(?=□)"
)
_BY = worded(r"\bby\s?$|相差[了为]?\s?$|差价[是为]?\s?$")
_COMPARED = worded(
    r"(?:compared (?:with|to)|unlike|next to|than|比起?|相?较于?)(?: the)?\s?[「《]?$"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield superlatives and comparisons."""
    for row, pattern in zip(METRICS, _SUPERLATIVES, strict=True):
        for one in pattern.finditer(sentence.text):
            if not sentence.free(*one.span()):
                continue
            # Of one product's versions: "the cheapest one is $5", where the amount is judged.
            if len(sentence.ledger.products) > 1 or not MONEY.search(sentence.clause(*one.span())):
                yield _superlative(sentence, one.span(), row[0], row[1])
            sentence.take(*one.span())
    for one in _TIMES.finditer(sentence.text):
        if _THAN_BEFORE.match(sentence.text[one.end() - len("than") :]):
            continue  # a discount: "20 % less than before"
        compared = _THAN.search(sentence.text) or len(sentence.mentions) > 1
        if sentence.free(*one.span()) and (compared or one[0].startswith(("half the", "twice"))):
            yield judged(one.span(), "comparison", None)
            sentence.take(*one.span())
    for row, pattern in zip(METRICS, _COMPARATIVES, strict=True):
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
    rated = _rating if _RATED.search(sentence.text) else metric
    return _price if "价" in sentence.text and rated is metric else rated


def compared(sentence: Sentence) -> bool:
    """Tell whether somebody judges which of two things is more: the direction of a difference."""
    return any(
        _compares(sentence, one)
        for pattern in _COMPARATIVES
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
    against = _THAN.search(sentence.text)
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
    pair = _pair(sentence, place[0])
    if pair is None:
        return judged(place, "comparison", None, Fact("nothing to compare it with"))
    values = [metric(one, sentence.ledger.currency) for one in pair]
    if values[0] is None or values[1] is None:
        return judged(place, "comparison", None, Fact("not known of both"))
    fact = _fact(pair, dict(zip((one.pk for one in pair), values, strict=True)))
    holds = values[0] < values[1] if lower else values[0] > values[1]
    return judged(place, "comparison", holds and _by(sentence, place, values[0], values[1]), fact)


def by_words(sentence: Sentence, place: tuple[int, int]) -> Found | None:
    """Judge a comparison in a frame nobody knows, by what is compared and which way.

    One word for the measure and one for the direction are enough; with both directions, or with a
    denial, nobody knows.
    """
    text = sentence.text
    if rank := _RANK.search(text):
        for metric, named, _less, _more in _BY_WORDS:
            if named.search(text):
                first = rank["first"] and metric is not _rating
                return _superlative(sentence, place, bool(rank["low"] or first), metric)
        return None
    for metric, named, less, more in _BY_WORDS:
        fewer, greater = less.search(text), more.search(text)
        short = _FALLS_SHORT.search(text)
        denied = _DENIED.search(_FALLS_SHORT.sub("", text))
        ranked = metric in (_price, _rating) and not (fewer or greater or short)
        ahead = _AHEAD.search(text) if ranked else None
        told = (short or ahead) if not (fewer or greater) else not (fewer and greater)
        if named.search(text) and told and not denied:
            lower = metric is not _rating if ahead else bool(fewer) != bool(short)
            return _comparison(sentence, place, lower, metric)
    return None


def _pair(sentence: Sentence, place: int) -> tuple[ProductFacts, ProductFacts] | None:
    """Return who is compared with whom: the first named with the other named or only other one."""
    named = list({one.product.pk: one.product for one in sentence.mentions}.values())
    if len(named) >= 2:
        pair = named[0], named[1]
        if not _THAN.search(
            _OF_TWO.sub("", sentence.text)
        ):  # each has its own clause: "A is cheap, B is dear"
            of_first = _of(sentence, place).pk == pair[0].pk
            straight = of_first or not _named_beside(sentence, place)
            return pair if straight else (pair[1], pair[0])
        return (pair[1], pair[0]) if _turned(sentence) else pair
    field = sentence.ledger.products
    first = named[0] if named else (sentence.about(place) or (None,))[0]
    others = [one for one in field if first is not None and one.pk != first.pk]
    if first is None or len(others) != 1 or (not named and len(sentence.about(place)) != 1):
        return None
    reverse = sentence.mentions and re.search(
        r"(?:than(?: the)?|比)\s?[「《]?$", sentence.full[: sentence.mentions[0].start][-12:]
    )
    return (others[0], first) if reverse else (first, others[0])


def _of(sentence: Sentence, place: int) -> ProductFacts:
    """Return the product that is named last before a place, else the first."""
    before = [one.product for one in sentence.mentions if one.end <= place]
    return before[-1] if before else sentence.mentions[0].product


def _named_beside(sentence: Sentence, place: int) -> bool:
    """Tell whether the clause of a place names a product itself; else it is about the first."""
    return BLANK in sentence.clause(place, place)


def _turned(sentence: Sentence) -> bool:
    """Tell whether the one that is named first is what the other is compared with."""
    first, second = sentence.mentions[0], sentence.mentions[1]
    between = sentence.full[first.end : second.start]
    led = re.search(r"(?:和|与|跟|同|比起)\s?[「《]?$", sentence.full[: first.start])
    if led and re.match(r"[」》]?\s?(?:相|来)?比(?:较|起来)?[，,]", between):
        return True
    if re.search(r"比(?!较)|\bthan\b", between) and "相比" not in between:
        return False
    return ("相比" in between and bool(led)) or bool(_COMPARED.search(sentence.full[: first.start]))


def _by(sentence: Sentence, place: tuple[int, int], first: Decimal, second: Decimal) -> bool:
    """Tell whether the difference, where one is said right beside it, is the true one."""
    text = sentence.text
    found = [(one.start, one.end, one.amount) for one in amounts_of(text)]
    found += [
        (one.start, one.end, one.values[0]) for one in amounts(text) if one.single is not None
    ]
    for start, end, said in found:
        if place[0] <= start < place[1]:
            gap = ""
        else:
            gap = text[place[1] : start] if start >= place[1] else text[end : place[0]]
        beside = _BESIDE.fullmatch(gap) or _BY.search(text[:start])
        if not sentence.free(start, end) or not beside:
            continue
        if abs(first - second) != said:
            return False
        sentence.take(start, end)
    return True
