"""Read how results should be ordered, and ratings said in words: 最便宜, "best rated", 好评.

For `understand`. "cheap" and 别太贵 are wishes for an order, never bounds of a price. Wishes that
no shop field answers (free shipping, 性价比高) are noticed so that they do not disturb ranking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Meaning = Literal["price_asc", "price_desc", "rating", "newest", "popular", "rated", "nothing"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish at [start, end): an order, a least rating (``rated``), or nothing we can answer."""

    start: int
    end: int
    meaning: Meaning


GOOD_RATING = Decimal(4)
_NOT_ZH = r"(?:不要|不能|不想|不用|不会|不是|别|不)"
_CHEAP_ZH = (
    r"最?便宜(?:一?点儿?|些|实惠|又?好用|又?好看|又好)?的?|价格(?:从低到高|由低到高|低到高|升序|最低|便宜|实惠|亲民|优惠|低)的?"
    r"|按价格(?:升序)?排?序?|价格优先|最?低价位?的?|平价的?|平替|实惠一?点?的?|经济实惠|经济型|划算的?|白菜价|物美价廉|价廉物美|省钱"
    rf"|(?:价格|价钱|价位)?{_NOT_ZH}(?:要|能|会)?(?:太|很|特别|那么|这么|过于|怎么|是很)?贵(?![族妃宾妇重])(?:的|了)?"
    rf"|(?:价格|价钱|价位){_NOT_ZH}?(?:要|能|会)?太?(?:低|高)一?点?(?=[,，。 ]|$)|太贵的不要|贵的不要"
)
_DEAR_ZH = r"最贵的?|价格(?:从高到低|由高到低|高到低|降序|最高)|按价格降序"
_RATED_ZH = (
    r"(?:评分|评价|好评率?|口碑|评论|用户评价)(?:从高到低|由高到低|高到低|最高|最好|最多|最佳|优先|排序|第一|降序)的?"
    r"|按(?:评分|评价|好评|口碑)(?:排序|排)?|最好评的?"
)
_GOOD_ZH = (
    r"(?:评分|评价|好评率?|口碑|分数)(?:比较|要|很|都|超)?(?:高|好|多|不错|如潮)(?:一?点|些)?的?|高评分的?|高分的?|好评的?|高口碑"
)
_NEW_ZH = (
    r"(?:20[0-9]{2}年?|今年|当季|本季)?最?新(?:款式?|品|上市|上架|出的?|发布的?|到货?)(?:的)?|刚(?:出|上市|发布|上新)的?|上新"
    r"|按(?:时间|上架时间)排?序?|最新的?(?!鲜)|新上的"
)
_HOT_ZH = (
    r"(?:按)?销量(?:从高到低|由高到低|高到低|最高|最好|最多|优先|排序|排行|第一|领先|冠军|高|好)?的?|热销款?|热卖款?|畅销款?"
    r"|爆款|网红(?:款|同款)|人气(?:最?高|款|爆款)?的?|最火的?|最?受欢迎的?|卖得?最?好的?|热门(?:款)?|排行榜|按人气|大家都买的?"
)
_NOTHING_ZH = (
    r"性价比(?:最|超|比较|很|要)?(?:高|好)?(?:一?点)?的?|高性价比的?|包邮(?:的)?|(?:免|免费)(?:运费|邮费|配送)|正品|官方(?:旗舰店?|正品)?|旗舰店|专柜"
    r"|(?:贵|价格高)一?点(?:也|都)?(?:没关系|没事|也行|也可以|无所谓|可以|行)|价格(?:不是问题|无所谓|不限|随意)|不差钱|不怕贵"
    r"|不要?(?:是)?太[大小高低长短厚薄重轻紧松硬软亮暗花艳红胖瘦宽窄甜油腻丑]{1,2}的?|只要(?=[^,，。 ]*$)"
    r"|打折的?|特价|促销|优惠|清仓|有货(?:的)?|现货|质量(?:要|比较|最)?好一?点?的?|品质(?:要)?好的?|实用(?:一?点)?的?"
)
_CHEAP_EN = (
    r"cheapest|lowest[ -]priced?(?: first)?|lowest price|price(?:s|:)? ?(?:from )?low(?:est)? to high(?:est)?|low to high(?: price)?"
    r"|sort(?:ed)? by price(?: (?:asc|ascending|low to high))?|cheaper(?! than)|cheap(?:ish|o|ly)?(?! monday)|inexpensive(?:ly)?|affordabl[ey]"
    r"|(?:low|lower)[ -](?:cost|priced?)|economical|budget[ -]friendly|on a (?:tight )?budget|reasonabl[ey][ -]priced?"
    r"|reasonable price|wallet[ -]friendly|bargains?|without breaking the bank|(?:won't|doesn't|not) break the bank"
    r"|(?:not|isn't|aren't|nothing|without being|don't want (?:anything|something|it to be)|never|no)(?: (?:too|very|so|that|overly|super|be|crazy))*"
    r" (?:expensive|pricey|costly|dear)|less expensive|budget(?= [a-z]{3})(?! (?:is|was|of|for|under|around|about|max|range|up|limit|at|between|from|below|less|to))"
)
_DEAR_EN = (
    r"most expensive|priciest|costliest|highest[ -]priced?(?: first)?|highest price|price(?:s|:)? ?(?:from )?high(?:est)? to low(?:est)?"
    r"|high to low(?: price)?|sort(?:ed)? by price desc(?:ending)?"
)
_RATED_EN = (
    r"(?:best|top|highest)[ -](?:rated|reviewed|rating|ratings|reviews?|scoring)|(?:sort(?:ed)? )?by (?:customer )?(?:ratings?|reviews?)"
    r"|most (?:highly[ -]rated|loved|recommended|liked)|with the (?:best|highest|most) (?:reviews?|ratings?)"
)
_GOOD_EN = (
    r"(?:highly|well)[ -](?:rated|reviewed|recommended)|(?:with )?(?:good|great|excellent|high|positive|decent) (?:customer )?(?:reviews?|ratings?)"
)
_NEW_EN = (
    r"newest(?: (?:model|arrival|release)s?)?|latest(?: (?:model|arrival|release|version)s?)?|new(?:est)? arrivals?|new(?:ly)? releas(?:es?|ed)"
    r"|(?:just|recently) (?:released|arrived|added|launched)|most recent|new in(?! (?:box|package|a|the))|sort(?:ed)? by (?:newest|date|new)"
)
_HOT_EN = (
    r"(?:best|top|hot(?:test)?)[ -]?sell(?:ing|ers?)|bestsellers?|most popular|popular(?:ity)?|trending|most (?:bought|sold|wanted)|in demand|by popularity"
)
_NOTHING_EN = (
    r"(?:with )?(?:free|fast|quick|next day|same day|express|prime) (?:shipping|delivery|returns?)|ships? (?:fast|free|today)|on sale|discount(?:ed|s)?"
    r"|for sale|in stock|good (?:quality|value|deals?|price)|great (?:quality|value|deals?)|best (?:deals?|price|value)|value for (?:the )?money"
    r"|high quality|good enough|money is no object|price (?:doesn't|does not|is no|isn't an?) ?(?:matter|object|issue)?|(?:not|isn't) cheap"
    r"|(?:any|whatever) price|(?:not|isn't|nothing|n't) (?:too|very|so|overly|that) (?!expensive|pricey|costly|dear)[a-z]{3,10}"
)


def _latin(pattern: str) -> str:
    return rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])"


_WISHES: tuple[tuple[Meaning, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(f"(?:{chinese})|{_latin(english)}" if english else chinese))
    for meaning, chinese, english in (
        ("nothing", _NOTHING_ZH, _NOTHING_EN),
        ("price_desc", _DEAR_ZH, _DEAR_EN),
        ("price_asc", _CHEAP_ZH, _CHEAP_EN),
        ("rating", _RATED_ZH, _RATED_EN),
        ("rated", _GOOD_ZH, _GOOD_EN),
        ("popular", _HOT_ZH, _HOT_EN),
        ("newest", _NEW_ZH, _NEW_EN),
    )
)
_UNWISHED = re.compile(r"(?:不要|别要?|不想要|不喜欢|拒绝|非)(?:太|这种|那种)?$")


def read_wishes(text: str) -> list[Wish]:
    """Read every wish of folded ``text``, longer before shorter, in order of place."""
    found: list[Wish] = []
    taken: set[int] = set()
    for wish in sorted(_candidates(text), key=lambda wish: (wish.start - wish.end, wish.start)):
        if taken.isdisjoint(range(wish.start, wish.end)):
            taken.update(range(wish.start, wish.end))
            found.append(wish)
    return sorted(found, key=lambda wish: wish.start)


def _candidates(text: str) -> Iterator[Wish]:
    for meaning, pattern in _WISHES:
        for match in pattern.finditer(text):
            unwished = _UNWISHED.search(text[max(0, match.start() - 5) : match.start()])
            if unwished:  # 不要太便宜的, 不要网红款: the contrary cannot be sorted by
                yield Wish(match.start() - len(unwished[0]), match.end(), "nothing")
            else:
                yield Wish(match.start(), match.end(), meaning)
