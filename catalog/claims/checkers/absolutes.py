"""Absolute words and seals: best, number one, certified, patented, imported, made in, handmade.

They hold only where the shop's own words or facts say the very same; a rank in a market never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.claims import cues
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.money import MONEY
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence
from catalog.lexicon import lexicon

_NEVER = worded(
    r"best[- ]?sell(?:er|ers|ing)|(?:#|no\.?\s?|number )(?:1|one)\b|most popular"
    r"|top[- ]selling|market[- ]leading"
    r"|world[- ]class|award[- ]winning|the best\b(?! (?:match|fit|way))|\bbest (?!match|wishes"
    r"|suited|in (?:spring|summer|autumn|fall|winter)|for\b|to\b|kept|worn|used"
    r"|regards|way|of both|fit)|unbeatable|lowest price (?:ever|guaranteed|online|anywhere)"
    r"|(?:上|成|数|几|近|超)[十百千万亿]{1,3}[个位名户人家件单台]|\b(?:thousands|millions"
    r"|hundreds|dozens) of\b"
    r"|销量(?:第[1一]|冠军|领先)|第[1一](?!次|天|件|个|款|双|条|步|时间|批)|全网(?:最低"
    r"|第[1一]|独家)?|史上|独家|唯一|顶级|国家级|世界级|全球(?:首|领先)|极致|首选|爆款|领先"
    r"|祖传|秘方|旗舰|神器|奇迹|闻名|热销"
    r"|热卖|人气(?:王|最高)?|畅销|网红|百分百|绝对|万能"
    r"|best in (?:class|the world)|guaranteed to|risk[- ]free|perfect for everyone"
    r"|world[- ](?:famous|renowned|leading)|legendary|must[- ]have|miracle|famous\b"
    r"|as seen on|flying off|\bhottest\b|\bviral\b|trending|sells? (?:out|faster)|restock"
    r"|everyone(?:'s| is| has| loves| agrees)|every(?:body(?!\s?[,.!])| professional)|nobody"
    r"|no one\b"
    r"|not (?:1|one|a single) "
    r"(?:customer|buyer|person|return)|never (?:sent|came|had)|zero (?:returns|complaints|defects)"
    r"|(?:beats?|outperforms?|outlives?|outshines?|surpass\w*) (?:the|all|every|any|others?|its"
    r"|you)\b|second to none"
    r"|nothing (?:better|beats|comes|compares)|(?:comes?|come) close to|(?:hard|no) (?:to"
    r"|way to) (?:beat|match|find)"
    r"|(?:find|get) (?:it|this|one) cheaper|(?:lower|less|better|cheaper|like (?:it"
    r"|this))(?: [a-z]+){0,3} (?:anywhere|elsewhere)|nowhere else|\bun(?:matched|rivall?ed"
    r"|equall?ed)\b|绝无仅有|无双|独[1一](?:无|份)|性价比|赚到|之王|之选"
    r"|\bbargain\b|queu(?:e|ing)"
    r"|都来抢|抢购|疯抢|抢着|only (?:we|us)\b|(?:tomorrow"
    r"|tonight|soon|next week)[^.,]{0,16}(?:back up|\bup\b|ris|increas)"
    r"|(?:明天|马上|今晚|下周|即将|随时)[^，。]{0,6}(?:涨|恢复原价|下架)|(?:只有"
    r"|也就)[^，。]{0,3}(?:我们?|本店|咱)家?|(?:going,? ?){2}"
    r"|last (?:day|chance)"
    r"|today only|only today|until midnight|swears? by|trusted by|(?:like"
    r"|works like) a (?:charm|miracle)"
    r"|hard (?:pressed|put) to|\bonce a (?:year|lifetime)"
    r"|for (?:just |only )?(?:a|one|1) (?:penny|cent)\b|同行|竞品|别家|其他家|别的店|对手|rivals?\b"
    r"|competitors?\b|other (?:shops|brands|makers|stores)|头号|[\d三]+代人|代代|祖辈"
    r"|generations?\b"
    r"|(?:pay|cover|refund) (?:you )?the (?:gap|difference)"
    r"|(?:every|any|all) (?:[a-z]+ )?standards?\b|[1一]年(?:只|仅|就)"
    r"|(?:factory|maker)[- ]direct|middlem[ae]n|grade a\b|(?:king|queen) of|top[ -]?1\b"
    r"|in its class"
    r"|space pro\w+|aerospace|\bsteal\b|bargain of"
    r"|limited[- ](?:time|edition|offer)|卖疯|抢疯|秒空|亏本|跑路|清仓|出厂价|直销|没有中间商"
    r"|无中间商"
    r"|人手[1一][件个只条双]|谁用谁|不踩雷|闭眼[入买]|(?:没有|无)[1一](?:个|位|人|款"
    r"|件)[^，。]{0,12}(?:不|说|来|退|能)"
    r"|从来?没有?[^，。]{0,8}(?:因为|退|投诉|坏|来)|从未|从不|绝不|永远|每[1一](?:个|位)(?:顾客"
    r"|买家|客人|用户)?都"
    r"|相提并论|媲美|无可比拟|无与伦比|吊打|碾压|甩开|完胜|秒杀(?:[1一]切|同)|同类(?:最|中|第)"
    r"|业内|行业(?!标准)"
    r"|有口皆碑|口碑(?:第[1一]|最|爆)|过了这[个村]|最后[1一]天|仅限?今[天日]|手慢无|先到先得"
    r"|供不应求"
    r"|专柜|航天|军工|[aA]级|top\s?(?:1(?!\d)|级)|匠心|孤品(?!的)|限量|限时|last chance|错过"
)
_GROUNDED = worded(
    r"certified|certifi\w+|认证|\bfda\b|\bce\b(?= )|\biso ?\d+|patent(?:ed)?|专利|organic\b"
    r"|有机|imported|进口|原装|正品|官方|official|genuine|authentic"
    r"|hand[- ]?made|handcrafted|手工|手作|纯天然|天然|\bnatural\b|vegan|纯素|medical|医用"
    r"|医疗|治疗|疗效|治愈|包治|根治|治病|百病|药用|减肥|瘦身|降血[压糖脂]|排毒|免疫力|防癌"
    r"|\bcures?\b|\bheals?\b|slimming|weight loss|detox|clinically|dermatolog\w+|doctor|医生"
    r"|皮肤科|抗菌|抑菌|antibacterial"
    r"|hypoallergenic|防过敏|低敏"
    r"|non[- ]toxic|无毒|环保|eco[- ]friendly|sustainable|biodegradable|可降解|recycl\w+|再生"
    r"|fair[- ]trade|cruelty[- ]free|零残忍"
    r"|made in (?!no\b|size|a\b|the\b)[a-z]+|(?:产自|原产(?:于|自)?|产地(?:是|为"
    r"|[：:]))[\u4e00-\u9fff]{2,4}|(?:日本"
    r"|德国|法国"
    r"|意大利|美国|韩国|瑞士)(?:制造|进口|原装|品牌|工艺)|(?:german|italian|japanese|swiss"
    r"|french|american)[- ](?:made|engineered|craftsmanship|leather|steel)"
    r"|unbreakable|indestructible|永不|永久|终身|lifetime|forever|never (?:fades?|shrinks?"
    r"|breaks?|pills?|wears?)|不会?(?:褪色|缩水|起球|变形|掉色|生锈)|won't (?:fade|shrink|pill"
    r"|break(?!\s?(?:the bank|[¥$€£\d]|usd|rmb))|rust)|bulletproof|scratch[- ]?proof"
    r"|shatterproof|防摔|防刮|耐摔"
    r"|(?<!buyers )(?<!customers )(?<!reviewers )(?<!they )\bawards?\b(?! (?:it|them|the □|□))"
    r"|\bprizes?\b|\bmedals?\b|获奖|大奖|金奖|奖项|荣誉|荣获|检测|质检|检验|化验|权威"
    r"|机构|laborator\w+"
    r"|passed [^.,]{0,20}tests?|tested (?:by|and)|safety tests?|proven"
    r"|prove[sd]?\b(?! (?:to be )?(?:the )?(?:more|less|[a-z]+er)\b)|证明|证实|证书"
    r"|(?<![a-zA-Z0-9])[sS][gG][sS](?![a-zA-Z0-9])"
    r"|(?:relie(?:ves?|f)|eases?|calms?|soothes?|reduces?|treats?|prevents?|improves?) (?:your "
    r"|the )?(?:[a-z]+ )?"
    r"(?:pain|stress|anxiety|sleep|eczema|allerg\w+|insomnia|skin|acne|posture|headaches?"
    r"|inflammation|circulation)"
    r"|helps? you (?:sleep|lose|relax|heal)|loses? you|allerg\w+|harmful chemicals"
    r"|chemical[- ]free|formaldehyde"
    r"|(?:改善|缓解|治|祛|去除|消除|预防|调理|促进)[^，。]{0,6}(?:睡眠|失眠|颈椎|疼痛|过敏|痘|湿"
    r"|斑|皱|皮肤|血液|疲劳|炎)"
    r"|祛[痘斑湿皱]|助眠|失眠|过敏|亲测|立?瘦[^，。]{0,3}斤|甲醛|零添加"
    r"|(?:专业|国家队|职业)?(?:运动员|教练|专家|设计师|明星|达人|老师傅|老匠人|工匠|博主"
    r"|主播(?![出给掏包])"
    r"|航天员)"
    r"|\b(?:celebs?|celebrit(?:y|ies)|athletes?|experts?|professionals?|pros(?!\s?[:：])"
    r"|craftsm[ae]n"
    r"|stylists?|scientists?)\b"
    r"|\bsewn by hand|亲手|[1一]针[1一]线|纯手工|designer quality|大牌|代工|高端|尊贵|奢华"
    r"|\bluxur\w+|premium quality"
    r"|distributor|授权|origin\s?[:：–-]\s?[a-z]+|产地\s?[:：][\u4e00-\u9fff]{2,4}"
    r"|limited edition|限定"
    r"|top[- ]?(?:of[- ]the[- ](?:line|range)|notch|tier|quality)"
    r"|\b(?:quality|craftsmanship|workmanship|durability)\b(?! (?:issue|problem|fault|defect))"
    r"|\bworth (?:it|every|the money)\b|value for money"
    r"|(?:品质|质量|做工|工艺)(?!问题|不|有|原因|瑕疵)"
    r"|trade[- ]?in\b|installation|assembly|\bupgraded?\b|以旧换新|回收|安装|免费升级"
    r"|物[超有]所值|超值|物美价廉|值得[拥入]有?|值回票价"
    r"|没有?比[^，。]{0,6}更|(?:所有|每个)人|人人|谁都|大家都"
    # what advertisers say of anything
    r"|用心|走心|拉满|回头率|绝了|绝绝子|yyds|天花板|没的说|没话说|没得[说挑]|挑不出|爱不释手"
    r"|满满|[\u4e00-\u9fff]福感|氛围感|仪式感|小心意|小惊喜|真香|惊艳|高级感|质感|上头|无敌"
    r"|逆天|封神|回不去|离不开|种草|神仙|宝藏|良心|一流|上乘|上档次"
    r"|\bpunch(?:es)?\b[^,.]{0,8}\babove\b|no[- ]brainer|game[- ]changer|next[- ]level|chef's kiss"
    r"|\b(?:pleasure|joy|delight|treat) to\b(?! (?:help|serve|assist|hear|meet|see))"
    r"|\bto die for\b|head[- ]turner|turns? heads|can't go wrong|(?:n't|not|never) (?:regret"
    r"|disappoint)"
    r"|\byou'll (?:love|thank|wonder|never|be amazed)|obsessed|look back|holy grail"
    r"|life[- ]?(?:changing|saver)"
    r"|steals? the show|speaks? for itself|(?:looks?|feels?) (?:[a-z]+ )?(?:expensive|premium"
    r"|classy|amazing)"
    r"|where (?:you|i) (?:got|bought)|\binsane(?:ly)?\b|\bunreal\b|first[- ](?:class|rate)"
    r"|联名|明星同款|(?<!不)同款|celebrity|网红"
)
_MOST_ZH = worded(r"最[\u4e00-\u9fff]{1,2}")
_NOT_RANK = worded(
    r"最大的?(?:特点|优点|亮点|优势|好处|特色|卖点|不同)|最(?:近|后|初|终|早|晚|多可|多能|多装"
    r"|大承|小承|大容|大功|低耐|好(?:是|先|在|不|别|用|再"
    r"|分|手|反|冷|单)|爱|喜欢|喜|关心|在意|低温|高温|合身|合适|先看|相关|接近|符合|匹配"
    r"|[低高多少长短快慢晚早迟](?:只要?|价)?(?=[^，。]{0,4}[¥$\d])"
    r"|[\u4e00-\u9fff]{1,2}[^，。？?]{0,6}(?:多少|几|哪|什么|怎)[^，。？?]{0,6}[？?])"
)
_MOST_EN = worded(
    r"(?<!matter )(?<!matters )(?<!counts )(?<!count )\bmost (?!of\b|buyers|customers|people"
    r"|reviewers|reviews|importantly|likely|days"
    r"|cases)[a-z]+|\b(?!b?est\b|rest\b|test|west|east|guest|forest|honest|interest|latest"
    r"|harvest|modest|request|suggest|at\b|arrest|invest|chest|nest|vest|least|largest load"
    r"|quest|earnest|contest|protest|nearest|closest)[a-z]{3,}est\b"
)
_OF_SIZE = worded(
    r"(?:small|bigg|larg|cheap|dear|low|high|short|long|plain)est"
    r"|最[小大便低高贵短长少多][宜号款的码]?"
)
_OF_BUYERS = worded(r"quality|craftsmanship|workmanship|durability|品质|质量|做工|工艺")
_BUYERS = worded(rf"{cues.REVIEW.pattern}|buyers?|customers?|people|买家|顾客|用户|\d\s?人")
_QUESTION = worded(r"[?？:：]\s*$")


_RUN = worded(
    r"from the \w+est to the \w+est\b|\bfrom (?:smallest|lowest) to (?:largest|highest)\b"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield absolute words."""
    if _QUESTION.search(sentence.full):
        return
    for one in _RUN.finditer(sentence.text):
        sentence.take(*one.span())  # a way of counting: from the smallest to the largest
    for one in _NEVER.finditer(sentence.text):
        if sentence.free(*one.span()):
            yield judged(one.span(), "absolute", None, Fact("no rank is known"))
            sentence.take(*one.span())
    for pattern in (_GROUNDED, _MOST_ZH, _MOST_EN):
        for one in pattern.finditer(sentence.text):
            if not sentence.free(*one.span()) or _NOT_RANK.match(sentence.text[one.start() :]):
                continue
            if _OF_BUYERS.fullmatch(one[0]) and _BUYERS.search(sentence.text):
                continue  # what buyers say of it: counted, not claimed
            if _OF_SIZE.fullmatch(one[0]) and MONEY.search(sentence.clause(*one.span())):
                continue  # which of the versions an amount is for
            yield _grounded(sentence, one)
            sentence.take(*one.span())


def _grounded(sentence: Sentence, one: re.Match[str]) -> Found:
    products = sentence.about(one.start())
    words = one[0].strip()
    told = sentence.ledger.given_folded
    if words in told or any(words in one and one in sentence.full for one in told):
        return judged(one.span(), "absolute", True, Fact(words, "computed"))
    passage = next((p for p in sentence.ledger.passages if words in p.text.casefold()), None)
    if passage:
        return judged(one.span(), "absolute", True, passage)
    said = bool(products) and all(
        product.ground.says(words)
        or words in str(product.attributes).casefold()
        or _stated(sentence, one, product)
        for product in products
    )
    source = products[0].source if products else ""
    return judged(
        one.span(), "absolute", True if said else None, Fact(words if said else "", source)
    )


def _stated(sentence: Sentence, one: re.Match[str], product: ProductFacts) -> bool:
    """Tell whether a word is of a value's name that the product states: 有机, 易安装."""
    return any(
        span.start <= one.start() and one.end() <= span.end
        and span.code in product.ground.stated.get(span.dimension, ())
        for span in lexicon().match(sentence.text, ("feature", "material", "style"))
    )  # fmt: skip
