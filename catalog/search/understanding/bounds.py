"""Read what bounds an amount: under, at most, 以内, 不超过, "or more", 左右, between … and.

For the amount grammar. Looks only at a short window before and after a number, so that the cost
of a number does not grow with the query.
"""

import re
from dataclasses import dataclass
from typing import Literal

Direction = Literal["max", "min", "about"]
WINDOW = 48


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound next to a number; ``edge`` is where its words begin (or, after it, end)."""

    direction: Direction
    edge: int
    money: bool = False  # the words speak of money: budget, spend, cheaper than, 价格
    other: bool = False  # the words speak of something else: lighter than, 屏幕小于
    subject: int | None = None  # where 屏幕, "weight" begins, if it is said


_DOWN = (
    r"(?:at or )?(?:under|below|beneath)|(?:less|lower|smaller|fewer|cheaper|lighter|shorter"
    r"|thinner|narrower) than"
)
_EQUAL = r"(?: or equal(?: to)?)?"
_UP = (
    r"over|above|beyond|exceed(?:ing|s)?|(?:more|higher|greater|larger|bigger|heavier|longer|taller"
    r"|wider|pricier|costlier) than|upwards of"
)
# Only these words may stand between a negation and its comparison: "no leather over 100" is not
# "not over 100".
_NOT = (
    r"(?:(?:do|does|did|is|are|was|wo|would|ca|could|should|must|need)n'?t|no|not|nothing|never|without"
    r"|cannot)(?: (?:to|want|wanna|wish|plan|like|be|being|is"
    r"|it|that|any|much|a|penny|cent|cost|costs|spend|pay|go|going|looking|willing|priced"
    r"|price)){0,6} "
)
_SPEND = r"(?:(?:spend|spending|pay|paying|cost|costs|costing|priced|price|go|going) )"
_MOST = (
    r"at(?: the)? (?:very )?most|up ?to|(?<!air )(?<!pro )(?<!vapor )max(?:imum)?(?: (?:price"
    r"|budget|cost|of|is|price of"
    r"|budget of))?|within|sub|<=|<|≤|limit(?:ed)?(?: (?:of|is|to))?|cap(?:ped)?(?: (?:at|of))?"
    r"|budget(?: (?:is|of|was|under))?|no more|price limit"
)
_LEAST = (
    r"at(?: the)? (?:very )?least|min(?:imum)?(?: (?:price|of|is))?|start(?:s|ing)?(?: price)?"
    r"(?: (?:at|from))?|>=|>|≥|no less"
)
_ABOUT = (
    r"around|about|approx(?:imately|\.)?|roughly|circa|ca\.|~|somewhere around|in the region of"
    r"|close to|nearly|almost|near"
)
_BEFORE_WORDS: tuple[tuple[Direction, str], ...] = (
    (
        "min",
        rf"(?<![a-z])(?:{_NOT}{_SPEND}?(?:{_DOWN}){_EQUAL})|不(?:低于|少于|小于|短于|轻于"
        rf"|下于?)",
    ),
    ("max", rf"(?<![a-z])(?:{_NOT}{_SPEND}?(?:{_UP}){_EQUAL})"),
    (
        "max",
        r"(?:不|别|不要|不能|不可以?|不得|不想|勿|莫|没)(?:大于|高于|多于|长于|重于|超出|超过?"
        r"|高过|贵过|贵于)了?",
    ),
    ("max", rf"(?<![a-z])(?:{_SPEND}?(?:(?:{_DOWN}){_EQUAL}|{_MOST}))|(?:<=|<|≤)"),
    (
        "max",
        r"低于|少于|小于|短于|轻于|便宜于|最多|(?<!评分|评价|好评|销量|口碑)最高|最大|顶多"
        r"|至多|上限"
        r"|控制在|不到|不足|不满|未满",
    ),
    ("min", rf"(?<![a-z])(?:{_SPEND}?(?:(?:{_UP}){_EQUAL}|{_LEAST}))|(?:>=|>|≥)"),
    ("min", r"超过|超出|超|贵于|高于|大于|多于|长于|重于|至少|最少|最低|最小|起码|不下|大过"),
    ("about", rf"(?<![a-z])(?:{_SPEND}?(?:{_ABOUT}))|[~≈]"),
    ("about", r"大概|大约|约莫|约|差不多|接近|将近|近|左右"),
)
_BEFORE: tuple[tuple[Direction, re.Pattern[str]], ...] = tuple(
    (direction, re.compile(rf"(?:{pattern})[ :]*$")) for direction, pattern in _BEFORE_WORDS
)
_MONEY_LEAD = re.compile(
    r"(?:(?:my|a|with|with a|on a|have a|having a|the|our|his|her|in the|in a)? ?"
    r"(?:total |max(?:imum)? )?(?:budget|price range|price|priced?|costs?|costing|spend(?:ing)?"
    r"|pay(?:ing)?|worth)"
    r"(?: (?:is|of|at|in|from|for|range|limit|would be|that is|should be))*"
    r"|(?:我的?)?(?:总)?(?:预算|价格区间|价格范围|价格|价位|价钱|售价|单价|价)(?:要|最好|需要"
    r"|希望|想|能)?"
    r"(?:控制)?(?:是|为|在|大概|区间|范围|要|就|只有|有)*)[ :,]*$"
)
_CHEAPER = re.compile(r"cheaper|pricier|costlier|spend|pay|cost|price|budget|便宜|贵|预算|价")
_OTHER_LEAD = re.compile(
    r"(?:屏幕|屏|尺寸|大小|重量|体重|重|容量|长度|长|高度|高|宽度|宽|厚度|厚|直径|内存|续航"
    r"|电池|功率|年龄|身高"
    r"|腰围|胸围|鞋码|尺码|码数|评分|评价|分数|星级|屏占比|载重|承重|噪音|screen|display|size"
    r"|sized|weigh(?:s|t|ing)?"
    r"|capacity|height|length|width|thickness|depth|diameter|ram|memory|storage|battery life"
    r"|battery|rating|ratings|rated|score|age|ages|aged|waist|wattage|refresh rate|noise)"
    r"(?: (?:is|of|at))?[ :在]*$"
)
_COMPARED = re.compile(
    r"lighter|heavier|smaller|larger|bigger|longer|shorter|taller|thinner|wider|narrower|短于"
    r"|长于|轻于|重于"
)
_AFTER_WORDS: tuple[tuple[Direction, str], ...] = (
    ("about", r"左右|上下|前后|附近|的样子|出头"),
    (
        "max",
        r"(?:及|或|和)?(?:以内|之内|以下|之下|以里)|内(?![衣裤胆搭存饰置裆增径部容含裤])"
        r"|封顶|为上限|打住|为限|为止|顶天|能买到|买得到|能搞定|能拿下|就能买|不到(?=的|$|[,，。 ])"
        r"|(?:or|and) (?:less|below|under|cheaper|lower|fewer|smaller|lighter"
        r"|shorter)(?![a-z]| ?[$€£¥]?[0-9])"
        r"|(?:max|maximum|at(?: the)? most|limit|budget)(?![a-z])|tops(?= *(?:$|[,.!?;]))",
    ),
    (
        "min",
        r"(?:及|或|和)?(?:以上|之上|往上|朝上|开外|起步|起)(?![球毛皱])"
        r"|(?:or|and|&) (?:more|above|over|higher|up|larger|bigger|better|greater|longer)"
        r"(?![a-z]| ?[$€£¥]?[0-9])"
        r"|plus(?! size)(?![a-z])|\+(?! ?[0-9])|upwards?(?![a-z])|(?:minimum|min"
        r"|at least)(?![a-z])",
    ),
    ("about", r"-?ish(?![a-z])|(?:or so|or thereabouts|give or take|-odd)(?![a-z])"),
)
_AFTER: tuple[tuple[Direction, re.Pattern[str]], ...] = tuple(
    (direction, re.compile(rf"[ ,]{{0,2}}(?:{pattern})")) for direction, pattern in _AFTER_WORDS
)


def bound_before(text: str, start: int) -> Bound | None:
    """Read the bound whose words end at ``start``; words about money before it belong to it."""
    left = max(0, start - WINDOW)
    window = text[left:start]
    for direction, pattern in _BEFORE:
        match = pattern.search(window)
        if match:
            return _with_lead(window, match, direction, left)
    if window.endswith(("上", "过", "破")) and text[start] in "百千万":
        return Bound("min", start - 1)
    return None


def _with_lead(window: str, match: re.Match[str], direction: Direction, left: int) -> Bound:
    """Take "my budget is" before "at most" into the bound, and note what is compared."""
    edge = match.start() + (len(match[0]) - len(match[0].lstrip()))
    lead = _MONEY_LEAD.search(window[:edge])
    subject = _OTHER_LEAD.search(window[:edge])
    other = bool(subject or _COMPARED.search(match[0]))
    money = bool(lead or _CHEAPER.search(match[0]))
    start = left + (lead.start() if lead else edge)
    return Bound(
        direction, start, money, other and not money, left + subject.start() if subject else None
    )


def subject_before(text: str, start: int) -> int | None:
    """Return where the measured thing is named that ends at ``start``: 高度在, "weight"."""
    left = max(0, start - WINDOW)
    match = _OTHER_LEAD.search(text[left:start])
    return left + match.start() if match else None


def money_lead(text: str, start: int) -> int | None:
    """Return where "price range", "budget", 价格在 begins that ends at ``start``."""
    left = max(0, start - WINDOW)
    match = _MONEY_LEAD.search(text[left:start])
    return left + match.start() + (len(match[0]) - len(match[0].lstrip())) if match else None


_OWNED = re.compile(
    r"(?:(?<![a-z])(?:i(?: only)? have(?: only)?(?: got)?|i've(?: only)? got|got only|only have"
    r"|with(?: only)?)"
    r"|我?(?:手里|手上|身上)?(?:只|就|总共)?有|只给)[ :]*$"
)


def owned_before(text: str, start: int) -> int | None:
    """Return where "I have", "with", 我只有 begins that ends at ``start``."""
    left = max(0, start - WINDOW)
    match = _OWNED.search(text[left:start])
    return left + match.start() if match else None


def bound_after(text: str, end: int) -> Bound | None:
    """Read the bound whose words begin at ``end``."""
    for direction, pattern in _AFTER:
        match = pattern.match(text, end)
        if match:
            return Bound(direction, match.end())
    return None
