"""The words of ranks: by measure, what says most, least, more or less of it, and of any measure."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from catalog.claims.facts import ProductFacts
from catalog.claims.patterns import worded

Metric = Callable[[ProductFacts, str], Decimal | None]


def price(product: ProductFacts, currency: str) -> Decimal | None:
    """Return a product's lowest price in a currency, None where it has none."""
    prices = product.prices(currency)
    return prices[0].amount if prices else None


def _measure(*stems: str) -> Metric:
    def measured(product: ProductFacts, _currency: str) -> Decimal | None:
        for one in product.ground.measures:
            if one.base and one.code.rpartition("_")[0] in stems and len(one.values) == 1:
                return one.values[0]
        return None

    return measured


def rating(product: ProductFacts, _currency: str) -> Decimal | None:
    """Return the mean of a product's stars, None where nobody gave any."""
    return product.reviews.mean


def _reviews(product: ProductFacts, _currency: str) -> Decimal | None:
    return Decimal(product.reviews.count) if product.reviews.count else None


# "costs $8 more": the sum is the difference, see `rivals.differ_by`.
SUM = r"(?:(?:us\$|[¥$€£]|rmb |usd )?\s?\d[\d.,]*(?: ?(?:dollars|bucks|yuan|rmb|usd))? )?"
_GAP = r"(?:(?:us\$|[¥$€£]|rmb |usd )\s?\d[\d.,]* |\d[\d.,]* (?:dollars|bucks|yuan|rmb|usd) )"
_GRAMS = r"(?:\d[\d.,]*\s?(?:k?g|grams?|kilos?|kilograms?|oz|ounces?|lbs?|pounds?) )?"
# (lower wins, metric, superlative, comparative)
OF_WEIGHT = r"(?=[了出]*\s?\d[\d.,]*\s?(?:克|公斤|千克|斤|k?g\b))"
_OF_SUM = r"(?=[了出]*\s?(?:[¥$]\s?\d|rmb|\d[\d.,]*\s?(?:元|块)))"
METRICS: tuple[tuple[bool, Metric, str, str], ...] = (
    (True, price,
     r"\bcheapest|lowest[- ]pric\w+|most affordable|least expensive|best value|最便宜|价格最低"
     r"|最低价|价[格钱位]?[是为也]?最低|最实惠|最划算|最省钱|价低[^，。]{0,2}[，,]?当数"
     rf"|(?:nothing|none|no other)\b[^.,]{{0,12}}(?:cheaper|less expensive|costs? {SUM}less) than"
     r"|costs? the least",
     r"cheap(?= as\b)|\bsaves?(?: you)?(?=\s(?:[¥$€£\d]|usd|rmb))|低于(?=\s?「?□)|少[花付]"
     r"|(?<!比预算还)省(?=\s?[¥$\d])|少(?=些|一点|[，。,.!！]|$)"
     rf"|(?:低|少){_OF_SUM}|undercuts?(?=\s(?:the )?「?□)"
     rf"|{_GAP}(?:below|under|cheaper than|less than)(?=\s(?:the )?[「\"“]?□)"
     rf"|\bcheaper|less expensive|more affordable|more economical|costs? {SUM}less"
     rf"|lower[- ]priced|lower in price"
     r"|(?:更|要)?便宜(?:些|一些|一点|点)?|(?:更|来得)?(?:实惠|划算)|(?:价格?|售价)(?:更"
     r"|要)?(?:低|小)于?"
     r"|(?:charge|ask|pay|spend)s? less|priced (?:below|under|lower)|(?:beats?"
     r"|undercuts?)(?=[^.,]{0,140}on price)"
     r"|better (?:price|buy|deal)"),
    (False, price,
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
     rf"(?:低|少){OF_WEIGHT}|(?<=\d )(?:grams|g|kg|ounces|oz) (?:less|lighter)(?= than)|"
     r"\blight(?= as\b)|轻[过于](?=\s?「?□)|为轻"
     rf"|\blighter(?! colou?r)|weighs? {_GRAMS}less|(?:更|要)轻(?!松|薄)(?:些|一些|一点|点)?"
     r"|重量(?:更"
     r"|要)?(?:小|轻|低)于?"
     r"|轻了?(?=\s?\d|[，。,.!！]|$|[些一得很多]|不少)"),
    (False, _measure("weight"), r"\bheaviest|highest weight|weighs? the most|最重(?!要)",
     rf"(?:高|多){OF_WEIGHT}|(?<=\d )(?:grams|g|kg|ounces|oz) (?:more|heavier)(?= than)|"
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
    (False, rating,
     r"(?:highest|best|top)[- ](?:rated|scor\w+|reviewed)|(?:highest"
     r"|best) (?:[a-z]+ )?(?:rating|score|reviews)"
     r"|(?:rated|scores?) (?:the )?(?:highest|best)|most stars|评[分价][^，。]{0,3}最[高好]"
     r"|得分最高|口碑最好|最受好评",
     r"(?:higher|better)[- ](?:rated|scor\w+|reviewed)|(?:higher|better) (?:[a-z]+ )?(?:rating"
     r"|score|reviews)"
     r"|(?:rated|scores?|rates) (?:[a-z]+ )?(?:higher|better)|more stars"
     r"|(?:评分|得分)(?:[更要]|来得)?高[于过出]?|口碑更好|评价更[高好]"),
    (True, rating,
     r"(?:lowest|worst)[- ]rated|(?:rated|scores?) (?:the )?(?:lowest|worst)"
     r"|评[分价][^，。]{0,3}最[低差]",
     r"(?:lower|worse)[- ]rated|lower (?:[a-z]+ )?(?:rating|score)|(?:rated|scores?) lower"
     r"|(?:评分|得分)(?:更|要)?低于?"),
    (False, _measure("height"), r"\btallest|最高(?=的|$|，|。)",
     r"\btaller|(?:更|要)高(?=些|一些|一点|。|，|$)"),
    (False, _reviews, r"most[- ]reviewed|most reviews|评价最多|评论最多",
     r"more reviews|评价更多"),
)  # fmt: skip
SUPERLATIVES = [worded(row[2]) for row in METRICS]
COMPARATIVES = [worded(row[3]) for row in METRICS]
# A measure, words that name it, words for less and for more of it.
BY_WORDS: tuple[tuple[Metric, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = (
    (price,
     worded(r"\bpric|\bcost|\bcheap|expens|spend|\bpa(?:y|id)\b|\bask|charg|wallet|budget|money"
            r"|价|钱|贵|便宜|花费?"),
     worded(r"\bless\b|\bbelow\b|\blower|\bunder\b|cheaper|\bsaves?\b|fewer|easier|低|少|省|便宜"),
     worded(r"\bmore\b(?! affordable)|\babove\b|\bhigher|dearer|pric(?:ier|ey)|高|多|贵")),
    (_measure("weight"),
     worded(r"weigh|\bheav|\blight|\bmass\b|grams?\b|重|轻|沉|分量"),
     worded(r"\bless\b|\bbelow\b|\blower|lighter|\bunder\b|轻|小|低"),
     worded(r"\bmore\b|\babove\b|\bhigher|heavier|greater|exceed|大|沉|更重|重[于过]|重[些得多]")),
    (rating,
     worded(r"\brat(?:ed|es?|ings?)\b|\bscor|\bstars?\b|\breview|评[分价]|得分|口碑"),
     worded(r"\blower|\bworse|\bbelow\b|\bfewer|低|差"),
     worded(r"\bhigher|\bbetter|\babove\b|\bmore\b|高|好")),
)  # fmt: skip
