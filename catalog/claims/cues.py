"""Single words that speak of a kind of fact, in both languages.

For the second reading (`readings`), which looks for them in any order and frame. They may be wide:
a word alone supports nothing, the figure must also be that fact.
"""

from __future__ import annotations

from catalog.claims.patterns import worded

SHIPPING = worded(
    r"\bship|deliver|\bsend\b|\bsent\b|\bpost(?:age|al|ed|man)?\b|carriage|freight|courier|parcel"
    r"|express|\bmail|dispatch|transport|邮|运|快递|寄|送(?![礼人])|物流"
)
FREE = worded(
    r"\bfree\b|nothing|none\b|waiv|\bon (?:us|the house)\b|our treat|\bno\b|without|n't\b|\bnot\b"
    r"|disappear|vanish|\bzero\b|gratis|complimentary|cover|absorb|includ|exempt|\bbear\b|\bfoot\b"
    r"|\bdrops? (?:away|off|out)\b|\bgone\b|scrap|\bskip|免|包|不[^，。]{0,2}[收用要付必花算]"
    r"|没[了收有]"
    r"|全没|消失|白|无需|全包|承担|[我店卖商][们家方里][^，。]{0,2}[出付]|归我|算我|出了|替[您你]付"
    r"|代付|零|豁|[邮运]费[^，。您你自买另]{0,4}[出付担掏]"
    r"|\b(?:i|we|they|the shop|the seller)(?:'m|'re|'ll| am| are| is| will)? (?:pay|cover"
    r"|settle|pick up|foot)"
)
PAST = worded(
    r"\bwas\b|\bwere\b|\bhad\b|used to|\bonce\b|before|former|previous|preced|\bprior\b|earlier"
    r"|origin|initial|at first|\bold(?:er)?\b|\bthen\b|\bago\b|\blast\b|\bback in\b|yesterday"
    r"|the other day|in the past|\bpast\b|remember|\bstood\b|\bfirst\b|\blaunch|initial|\bsaw\b"
    r"|\bwanted\b"
    r"|\basked\b|\bcharged\b"
    r"|\bsold\b|crossed[- ]out|struck"
    r"|until|at launch|list price|\brrp\b|\bmsrp\b|sticker|full price|regular|normally|usual"
    r"|原|曾|昔|旧|老|以前|之前|从前|先前|此前|日前|当初|当时|那[会时阵拨]"
    r"|上[1一]?[回次周月季期批拨年个]|上个?(?:礼拜|星期)|去年"
    r"|昨|早[先前些]|过去|记得|[价整]前|前[年天段阵些几期]|头年|首发|一度|往[日年常]|平[时日]"
    r"|吊牌|划线|正价"
    r"|第[1一]次|首次|市场价|指导价|来着|的时候"
)
NOW = worded(r"现在|目前|如今|当前|今[天日]|\bnow\b|currently|today|presently")
LESS = worded(
    r"mark(?:ed)?[- ]?down|\bsav(?:e|es|ed|ings?)\b|\beconom|\bless\b|cheaper|lower|reduc"
    r"|decreas|\bdrop|\bfell\b|fallen"
    r"|\bcut\b|\boff\b|\bdown\b|differen|\bgap\b|\bkeep|\bkept\b|pocket|spar(?:e|ing)|knock"
    r"|discount|rebate|deduct|\bminus\b|shav|slash|trim|\btook\b|\btaken\b|n't (?:spend|pay)|\bup\b"
    r"|\bback\b|\bextra\b|better off|richer|to the good|省|节约|减|降|跌|便宜|少|差[额价]|价差"
    r"|优惠|折|扣"
    r"|白[捡赚]|赚|[多留][留下]|让利|下调|低了|抹|砍|落了"
)
# What lacks: "another $12", 还差40元. "Or more" and "no more" bound a sum.
LACKING = worded(
    r"\banother\b|\bfurther\b|\badditional\b|(?<!or )(?<!no )(?<!any )\bmore\b(?! than)"
    r"|\bshort\b|\baway from\b|\bto go\b"
    r"|\bleaves\b|\bextra\b"
    r"|距离?|差距|[还就只]差|再(?:多)?[凑买加添补选拍花]"
)
COUPON = worded(r"coupon|voucher|\bcodes?\b|券|优惠码|折扣码|口令|红包")
ENOUGH = worded(
    r"enough|suffic|\bspar(?:e|ing)\b|\bbreak"
    r"|\b(?:with|get|some|any|giv\w+|leav\w+|your|you|little|bit of) change\b|\bchange (?:from"
    r"|back|left|out of|to)\b|cover|within(?! \d+ (?:days|weeks"
    r"|months|hours))|\bunder\b|below|\bless\b"
    r"|exceed|surpass|at most|\btops\b|(?:\bno|not|n't) (?:\w+ )?(?:more|over|past|beyond"
    r"|above)\b"
    r"|\bmax|ceiling|\bcap(?:ped)?\b|even come|(?<![买凑满])够|找[零钱回您你]|有找|还有找|有余"
    r"|富余|剩(?!下?余?\s?\d)|(?<![天日月时周])以[内下]"
    r"|(?<![天日月时周])之[内下]"
    r"|不用(?=\s?[¥￥\d])|不[到足]|不[^，。]{0,2}[超过]|不高于|没[过超到]|别[过超]|[未没]超"
    r"|到不了|上限|绰绰"
    r"|花不[完到了]"
    r"|用不[完到了]|低于"
)
BUDGET = worded(r"预算|budget|(?:n't|not) (?:even )?come")
ONE_SUM = worded(
    r"不用|不必"
    r"|\bcomes? to\b|\border|\bcart\b|basket|budget|预算|购物车|这一?单|加|\bplus\b|\bboth\b"
    r"|together|[1一]起|%"
)
DIFFERENT = worded(r"former|previous|earlier|\bold\b|原价")
BACK = worded(
    r"return|refund|\bback\b|exchang|mind|second thoughts|regret|dissatisf|退|寄回|送[回还]|反悔"
    r"|后悔"
    r"|换|拿回|不[合喜称满]|冷静期|无理由|考虑"
)
REPAIR = worded(
    r"warrant|guarant|repair|\bfix|\bbr[eo]ak|broke|fault|\bfail|defect|\bdies?\b|\bmend"
    r"|malfunction"
    r"|gives? out|保|修|坏|毛病|故障"
)
COLOUR = worded(r"colo|shade|\bhue|finish|\btones?\b|色")
SIZE = worded(r"\bsize|尺|码")
REVIEW = worded(
    r"review|\brat(?:ed|ings?)\b|comment|opinion|feedback|testimon|their say|weighed in|evaluat"
    r"|评|留言|反馈|打分|晒单"
)
GOOD = worded(
    r"positive|happy|pleas(?:ed|ing)|satisf|content\b|delight|enjoy|approv|impress|prais"
    r"|\blik(?:e|ed)\b|\blov|\bgood\b|favour|fond|\bglow|thumbs|recommend|好的?评|正面|夸|赞|满意"
    r"|说[^，。不]{0,2}好"
    r"|喜欢|推荐|叫好|称好|肯定|认可|好话"
)
BAD = worded(
    r"negative|unhappy|dissatisf|complain|critic|against|\bbad\b|差评|负面|不满(?!\s?\d)|吐槽"
    r"|抱怨|不好"
    r"|不喜欢"
)
MIXED = worded(r"mixed|neutral|中评|(?<![.\d])[1-5][- ]?(?:star|星)")
LEFT = worded(
    r"\bleft\b|remain|\b(?:we|they|i|you)(?:'ve| have)?(?: still| only| just)? (?:got|have|see"
    r"|hold|keep)"
    r" \d[\d,]*(?: (?:of|more|left|here|pieces|units)\b|\s?[,.;]|$)|\d\s?[件个双条台只盒套]了"
    r"|\d (?:of (?:them|these|those)|pieces|pcs)\b"
    r"|\bdown to\b"
    r"|\bstock|warehouse|depot|shel(?:f|ves)|on hand|counter|available|inventory"
    r"|\bunits\b|still have|in the back|\bto go\b|剩|余|库存|仓|[现尚仅留实]存|存[有货量]|有货"
    r"|现货|还[有能]"
    r"|尚有|现有|实有|盘点|架上|在架|手头|可[售发]"
)
SCORE = worded(r"\bstars?\b|scor|\brat(?:e|es|ed|ing|ings)\b|out of|\bmarks?\b|average|星|分|打")
DISCOUNT = worded(
    r"mark(?:ed)?[- ]?down|\bcut\b|\boff\b|\bminus\b|discount|reduc|decreas|rebate|knock|slash"
    r"|shav|\bless\b|lower"
    r"|\bdown\b"
    r"|cheaper|折|优惠|降|减|便宜|省"
)
