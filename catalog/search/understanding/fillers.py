"""Find what a sentence says only to be a sentence: greetings, "I'm looking for", 有没有, 一双.

For `understand`. Polite words are of no use to anybody; empty words ("a", "for", 的) only lexical
ranking must not see, a vector may.
"""

import re
from collections.abc import Iterator

from catalog.text.terms import STOP_EN

_POLITE_EN = re.compile(
    r"(?<![a-z])(?:please|pls|plz|thank you|thanks?|thx|hi(?: there)?|hello|hey|good (?:morning|evening|afternoon)|excuse me|sorry"
    r"|(?:could|can|would|will) you(?: please)?(?: (?:help me(?: (?:find|choose|pick|with))?|recommend|suggest|show|find|get|give|tell)(?: me)?)?"
    r"|(?:i'?m|i am|we'?re|we are)? ?(?:just )?(?:looking|searching|shopping|hunting|browsing)(?: to buy| for| at)?"
    r"|(?:i|we)?(?:'d| would)? ?(?:really |just |also )?(?:want|need|like|love|wanna|prefer|am after|require)(?: to)?(?: (?:buy|get|find|purchase|order|have|see|wear|try))?(?= )"
    r"|(?:show|find|get|give|recommend|suggest|help)(?: me| us)(?: (?:find|choose|pick|some|with))?|recommend(?:ation)?s?|suggest(?:ion)?s?(?: for)?"
    r"|do you (?:guys )?(?:have|sell|carry|stock|know)(?: any)?|have you got(?: any)?|(?:is|are) there(?: any)?"
    r"|what(?:'s| is| are| would be)?(?: (?:a|the|some))?(?: (?:good|best|nice|great))?|which|where (?:can|do) i (?:find|buy|get)"
    r"|any (?:recommendation|suggestion|idea)s?(?: for| on)?|i don'?t know|let me see|something (?:like|to|for|that)?|anything(?: (?:to|for|that|like))?"
    r"|(?:it )?(?:should|must|has to|have to|needs to) (?:be|have)|if possible|preferably|ideally|maybe|perhaps|by the way|as well)(?![a-z'])"
)
_EMPTY_EN = frozenset(
    "good nice great best better really kind type types sort thing things stuff one ones also help tell buy get got find want need "
    "looking look show wear wearing use used using preferably prefer prefers would could should like likes love loves around item items product products "
    "please option options something anything someone everything budget price priced cost costs range want wants my your his her our their me "
    "gonna wanna lot bit little much many".split()
)
_POLITE_ZH = re.compile(
    r"请问(?:一下)?|您好|你好|哈喽|亲们?(?![子肤])|老板(?!椅|键)|客服|店家|小二|掌柜|谢谢(?:了|啦|你)?|麻烦(?:了|您|你)?|不好意思|打扰(?:一下|了)?"
    r"|(?:你们?|您|您们)?(?:家|店|这|这里|店里|这边)?有没有(?:那种|什么|比较)?|有吗|有么|吗|呢|呀|啊|哈|哦|嘛|吧|哒|哟|啦|么"
    r"|(?:能不能|可不可以|能|可以)?(?:帮忙?我?|给我|请|为我|替我)(?:找|推荐|选|挑|看看?|来|介绍|搜|搜索)?(?:一下|下|几?[款个件双条部台只支])?"
    r"|(?:求|有什么|有啥)?推荐(?:一下|下|几?[款个件双条部台只支]|一[款个件双条部台只支])?(?:的)?"
    r"|(?:我们?|咱|俺)?(?:现在|最近|正好|就|也|还)?(?:想要?|要|需要|打算|准备|考虑|希望|想着)(?:去)?(?:买|找|入手|入|购买|购|看看?|搜|换|囤|添置|选购|选)?(?:一?点|些|[一两几]?[款个件双条部台只支张把套盒瓶箱袋顶副]|一下)?"
    r"|(?:买|找|搜|看看|来|挑|选)(?:一?点|些|[一两几]?[款个件双条部台只支张把套盒瓶箱袋顶副]|一下)?|[一两几][款个件双条部台只支张把套盒瓶箱袋顶副](?![^ ]{0,2}装)"
    r"|什么样?的?|哪[款个种些家](?:比较)?|怎么样|有哪些|多少钱|价格|价位|预算|左右|最好是?|尽量|稍微|比较|一点儿?|一些|有点|的话|就行|就好|即可|都行|都可以|之类的?|等等|求"
)
_EMPTY_ZH = re.compile(
    r"只要|送给|适合|用来|用于|平时用|可以|能够|好用的?|好看的?|不错的?|漂亮的?|好的|给|送|用的|穿的|戴的|背的|喝的|吃的|玩的|用|穿|戴|背|的|地|得|了|是|在|和|与|或者?|还有|以及|跟|也|又|要|想|有|带|款|个|我|你|他|她|它|们|自己|那种|这种|里面|里|时候?|时"
)
# Whom a gift is for is understood as an audience; no title speaks of girlfriends.
_RELATION = re.compile(
    r"(?<![a-z])(?:(?:girl|boy) ?friend|wife|husband|mother|mom|mum|mommy|father|dad|daddy|sister|brother|aunt|uncle|son|daughter|niece|nephew"
    r"|grand(?:ma|pa|mother|father|son|daughter|parents)|parents|friend|colleague|co-?worker|boss|roommate|fianc[eé]e?|bestie)(?:'s|s)?(?![a-z])"
    r"|女朋友|男朋友|女友|男友|老婆|老公|妻子|丈夫|媳妇|闺蜜|妈妈|爸爸|母亲(?!节)|父亲(?!节)|爸妈|父母|婆婆|公公|岳母|岳父|丈母娘|爷爷|奶奶|外公|外婆|姥姥|姥爷"
    r"|姐姐|妹妹|哥哥|弟弟|儿子|女儿|闺女|孙子|孙女|同事|领导|客户|室友|同学|朋友|阿姨|叔叔"
)
_WORD_EN = re.compile(r"(?<![a-z0-9])[a-z]+(?:'[a-z]+)*(?![a-z0-9])")
Place = tuple[int, int]


def polite_places(text: str, free: bytearray) -> Iterator[Place]:
    """Yield the places of greetings and asking phrases in what is still free."""
    for pattern in (_POLITE_EN, _POLITE_ZH):
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and all(free[start:end]):
                yield start, end


def empty_places(text: str, free: bytearray) -> Iterator[Place]:
    """Yield the places of relations, and of words without content in what is still free."""
    yield from (match.span() for match in _RELATION.finditer(text))
    for match in _WORD_EN.finditer(text):
        if all(free[match.start() : match.end()]) and (
            match[0] in STOP_EN or match[0] in _EMPTY_EN or match[0].split("'")[0] in STOP_EN
        ):
            yield match.span()
    for match in _EMPTY_ZH.finditer(text):
        if all(free[match.start() : match.end()]) and _own_word(text, *match.span()):
            yield match.span()


def _own_word(text: str, start: int, end: int) -> bool:
    """Keep 的, 用, 要 … that are part of a longer word: 目的地, 实用, 重要."""
    from catalog.text.segmenting import best_words

    left, right = start, end
    while left > 0 and "\u3400" <= text[left - 1] <= "\u9fff" and start - left < 8:
        left -= 1
    while right < len(text) and "\u3400" <= text[right] <= "\u9fff" and right - end < 8:
        right += 1
    place = left
    for word in best_words(text[left:right]):
        if place >= start and place + len(word) <= end:
            return True
        if place < end and start < place + len(word):
            return len(word) == 1 or word in text[start:end]
        place += len(word)
    return False
