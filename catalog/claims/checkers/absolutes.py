"""Absolute words and seals: best, number one, certified, patented, imported, made in, handmade.

They hold only where the shop's own words or facts say the very same; a rank in a market never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.sentences import Sentence

_NEVER = re.compile(
    r"best[- ]?sell(?:er|ers|ing)|(?:#|no\.?\s?|number )(?:1|one)\b|most popular"
    r"|top[- ]selling|market[- ]leading"
    r"|world[- ]class|award[- ]winning|the best\b(?! (?:match|fit|way))|\bbest (?!match|wishes"
    r"|regards|way|of both|fit)|unbeatable|lowest price (?:ever|guaranteed|online|anywhere)"
    r"|销量(?:第[1一]|冠军|领先)|第[1一](?!次|天|件|个|款|双|条|步|时间|批)|全网(?:最低"
    r"|第[1一]|独家)?|史上|独家|唯一|顶级|国家级|世界级|全球(?:首|领先)|极致|首选|爆款|领先"
    r"|祖传|秘方|旗舰|神器|奇迹|闻名|热销"
    r"|热卖|人气(?:王|最高)?|畅销|网红|百分百|绝对|万能"
    r"|best in (?:class|the world)|guaranteed to|risk[- ]free|perfect for everyone"
    r"|world[- ](?:famous|renowned|leading)|legendary|must[- ]have|miracle|famous\b"
    r"|limited[- ](?:time|edition|offer)|限量|限时|last chance|错过"
)
_GROUNDED = re.compile(
    r"certified|certifi\w+|认证|\bfda\b|\bce\b(?= )|\biso ?\d+|patent(?:ed)?|专利|organic\b"
    r"|有机|imported|进口|原装|正品|官方|official|genuine|authentic"
    r"|hand[- ]?made|handcrafted|手工|手作|纯天然|天然|\bnatural\b|vegan|纯素|medical|医用"
    r"|医疗|治疗|疗效|治愈|包治|根治|治病|百病|药用|减肥|瘦身|降血[压糖脂]|排毒|免疫力|防癌"
    r"|\bcures?\b|\bheals?\b|slimming|weight loss|detox|clinically|dermatolog\w+|doctor|医生"
    r"|皮肤科|抗菌|抑菌|antibacterial"
    r"|hypoallergenic|防过敏|低敏"
    r"|non[- ]toxic|无毒|环保|eco[- ]friendly|sustainable|biodegradable|可降解|recycl\w+|再生"
    r"|fair[- ]trade|cruelty[- ]free|零残忍"
    r"|made in [a-z]+|(?:产自|原产(?:于|自)?|产地(?:是|为|[：:]))[\u4e00-\u9fff]{2,4}|(?:日本"
    r"|德国|法国"
    r"|意大利|美国|韩国|瑞士)(?:制造|进口|原装|品牌|工艺)|(?:german|italian|japanese|swiss"
    r"|french|american)[- ](?:made|engineered|craftsmanship|leather|steel)"
    r"|unbreakable|indestructible|永不|永久|终身|lifetime|forever|never (?:fades?|shrinks?"
    r"|breaks?|pills?|wears?)|不会?(?:褪色|缩水|起球|变形|掉色|生锈)|won't (?:fade|shrink|pill"
    r"|break|rust)|bulletproof|scratch[- ]?proof|shatterproof|防摔|防刮|耐摔"
    r"|limited edition|限定|联名|明星同款|同款|celebrity|网红"
)
_MOST_ZH = re.compile(r"最[\u4e00-\u9fff]{1,2}")
_NOT_RANK = re.compile(
    r"最(?:近|后|初|终|早|晚|多可|多能|多装|大承|小承|大容|大功|低耐|好(?:是|先|在|不|别|用|再"
    r"|分|手|反|冷|单)|爱|喜欢|喜|关心|在意|低温|高温|合身|合适|先看|相关|接近|符合|匹配"
    r"|[低高](?=[^，。]{0,4}[¥$\d]))"
)
_MOST_EN = re.compile(
    r"\bmost (?!of\b|buyers|customers|people|reviewers|reviews|importantly|likely|days"
    r"|cases)[a-z]+|\b(?!b?est\b|rest\b|test|west|east|guest|forest|honest|interest|latest"
    r"|harvest|modest|request|suggest|at\b|arrest|invest|chest|nest|vest|least|largest load"
    r"|quest|earnest|contest|protest|nearest)[a-z]{3,}est\b"
)
_QUESTION = re.compile(r"[?？:：]\s*$")


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield absolute words."""
    if _QUESTION.search(sentence.full):
        return
    for one in _NEVER.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield judged(one.span(), "absolute", None, Fact("no rank is known"))
            sentence.take(*one.span())
    for pattern in (_GROUNDED, _MOST_ZH, _MOST_EN):
        for one in pattern.finditer(sentence.text):
            if not sentence.free(*one.span()) or _NOT_RANK.match(sentence.text[one.start() :]):
                continue
            yield _grounded(sentence, one)
            sentence.take(*one.span())


def _grounded(sentence: Sentence, one: re.Match[str]) -> Found:
    products = sentence.about(one.start())
    words = one[0].strip()
    passage = next((p for p in sentence.ledger.passages if words in p.text.casefold()), None)
    if passage:
        return judged(one.span(), "absolute", True, passage)
    said = bool(products) and all(
        product.ground.says(words) or words in str(product.attributes).casefold()
        for product in products
    )
    source = products[0].source if products else ""
    return judged(
        one.span(), "absolute", True if said else None, Fact(words if said else "", source)
    )
