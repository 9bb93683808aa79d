"""What is only talk between a shop and a shopper, and so claims nothing of goods.

Greetings, thanks, apologies, offers to look or to ask, requests to choose or to answer, and not
knowing. Told by who speaks to whom and by a verb of speaking, looking or choosing, clause by
clause; whatever else is stated is no talk, however pleasant it sounds.
"""

from __future__ import annotations

import re

from catalog.claims.patterns import worded
from catalog.claims.sentences import BLANK

_CLAUSES = worded(
    r"[，；;、—–!！。.~～:：\n]+|,(?!\d)|\s(?:and|but|so|or|then) (?=(?:i|we|please|you)\b)"
)
_SAYING = (
    r"(?:ask(?:ing|ed)?|tell|say|show|check(?:ed|ing)?|read(?:ing)?(?! (?:the|our) label)|answer"
    r"|repl(?:y|ied)|respond|messag\w+|text|writ(?:e|ing) (?:to|us|me|back|again)|post(?:ed)?|send"
    r"|sent|explain|repeat|guess|choose|decid\w+|compar\w+|think|consider|wait|start|continue"
    r"|(?:go|carry|mov\w+|pass\w*|come|hand\w*|get\w*|start|look\w*|talk\w*)"
    r" (?:on|over|along|back|into|again|at|to|up|for|ahead)"
    r"|note(?:d)?\b(?! that)|record(?:ed)?|log|sign in|confirm|cancel|change it|suggest|recommend"
    r"|help(?: you| with)?|talk(?:ing)?|chat(?:ting)?|speak|listen|know|understand|apologi[sz]e"
    r"|appreciate|hope|wish|getting somebody|hand(?:ing)? (?:this|it|you)|somebody"
    r"|find(?! (?:this|it|that|one|anything)\b)|look|a look|a think|see\b"
    r"(?! (?:this|that) price)|transfer|connect|forward|narrow|clarif\w+|investigat\w+|touch"
    r"|type|keep"
    r"|browse|come in|right with you|e-?mail|phone|ring|pop (?:in|by)|(?:swing|drop|stop) by"
    r"|visit us|get in touch|contact|reach (?:out|us)"
    r"|follow up|notify|inform|remind|update you|arrange|sort (?:this|it) out|deal with"
    r"|take care of|double-check|verif\w+|bear with"
    r"|left everything|finish|promise a discount|try)"
)
_TALK = worded(
    # who speaks, with a verb of speaking
    rf"^\W*(?:(?:well|okay|ok|so|and|or|but|if|sure|then|yes|no|anyway|also|that's what)\W+)?"
    rf"(?:i|we|i'\w+|we'\w+|let me|let us|let's|shall i|can i|may i|want me|would you like me)\b"
    rf".{{0,34}}?\b{_SAYING}\b"
    # who is asked to
    rf"|^\W*(?:(?:please|simply|just|so|and|or|then|do not|don't|never mind|feel free to|do)\W+)*"
    rf"{_SAYING}\b(?! (?:you|how|this|that|the)\b.{{0,12}}\b(?:look|feel|fit|glow|sleep)s?\b)"
    r"|^\W*(?:please|do not|don't)\b.{0,24}\b(?:touch|ask|enter|sign|try|choose|pick|select|number)"
    r"|^\W*(?:enter|type|paste|fill in) (?:it|this|the|your)\b|\bwatch the total\b"
    r"|^\W*(?:do |just |simply |please )?(?:pick|choose|take) (?:one|whichever|which|what"
    r"|your (?:pick|time|choice)"
    r"|a (?:good )?look"
    r"|any of)"
    rf"|\b(?:you (?:can|could|may|might|are welcome to)|could you|can you|would you)\b.{{0,20}}?\b"
    rf"(?:{_SAYING}|person)\b"
    r"|^\W*(?:have|take|give) (?:a|another|it a|me a|us a|your) (?:\w+ )?"
    r"(?:look|think|thought|moment|second|minute|sec|time|call|shout|ring)\b"
    r"|\blet (?:me|us) know\b|\bdrop (?:me|us|your|a)\b.{0,16}(?:line|question|message|comment"
    r"|note)"
    r"|\b(?:shout|holler|ping|text|message|write to|tell|ask|call|email) (?:me|us|them|him|her)\b"
    r"|^\W*(?:shout|holler|whistle|ping) (?:if|when)\b"
    r"|^\W*(?:call|ring|text|message|phone|see|talk to|speak to|write to) (?:you|u|us|me)\b"
    r"|^\W*(?:as always,? )?(?:leave|drop|post) (?:a|your|me a|us a) (?:comment|review|message"
    r"|note|question)\b"
    r"|\bhesitate to\b|^\W*let(?:'s| us)\b(?!.{0,30}\b(?:best|great|perfect|love)\b)|\bone by one\b"
    # formulas
    r"|^\W*(?:hello|hi|hey|dear|good (?:morning|evening|afternoon|day|night)|welcome|goodbye|bye"
    r"|take care|see you|thank(?:s| you)|many thanks|cheers|sorry|apologies|my pleasure|of course"
    r"|you're welcome|fair enough|all right|alright|no (?:problem|rush|hurry|worries)|never mind"
    r"|glad|delighted|nice (?:talking|to)|yours|(?:kind|best|warm) (?:regards|wishes)|sincerely"
    r"|anyway|hang on|hold on|good luck|no bother|as you (?:like|wish)|happy to|enjoy (?:your"
    r"|the rest)|moving on|next up|once again|stay tuned|that's what i|give my (?:love|regards"
    r"|best)|this way"
    r"|up to you|your (?:call|choice)|it's up to you"
    r"|i'm (?:here|sorry|glad|truly|very|not sure)|i am (?:here|sorry|glad|not sure|afraid))\b"
    r"|^\W*(?:great|good|excellent|nice|fair) (?:question|point|idea)\b"
    r"|\bhope (?:this|that|it) helps\b|\b(?:sincere|our|my) apologies\b|\bthank you\b"
    # not knowing, and what became of a request
    r"|\b(?:i|we)\b.{0,10}(?:not sure|n't (?:know|tell|find|see|help|say|quite|finish|understand"
    r"|be sure"
    r")|cannot (?:tell|find|see|help|say)|might be wrong|may be wrong|unable to|no idea)"
    r"|\b(?:does|do|did)(?:n't| not) (?:say|state|tell|mention)|\bnot (?:stated|certain)\b"
    r"|\b(?:your|the|our|my|this|any|his|her) (?:\w+ )?(?:orders?|case|request|message|comments?"
    r"|feedback|conversation|account|cart|questions?|order number|details|disappointment|patience"
    r"|email|inquiry|enquiry|complaint)\b"
    r"|\bn(?:o|othing|one)\b.{0,24}\b(?:fits?|found|match(?:es)?|changed?|others?|results?|orders?"
    r"|offers?|size chart)\b|\bnothing (?:below|above|else|was|has been|will be)\b"
    r"|\bgo ahead\b|\bnothing (?:changes|was changed)\b|\bno (?:hurry|rush|need)\b"
    r"|\brepeat yourself\b"
    r"|\b(?:isn't|is not) possible\b|\bjust say so\b|\b(?:a|one) (?:sec|moment|minute)\b"
    r"|\btake all the time\b"
    r"|\bsomething went wrong\b|\b(?:you've|you have) (?:seen|no orders)\b|\bin your size\b"
    r"|\bsigned? in\b|\bbeyond me\b|\bnot sure\b|\bhave a (?:\w+ )?(?:day|weekend|evening|night"
    r"|trip|time)\b"
    r"|\bthese? (?:come|goes?) |\bgoes together\b|\bmeet again\b|\bbetween us\b|\bby the way\b"
    # Chinese: who speaks, who is asked
    r"|(?:我们?|咱们?|小编|客服|同事|店里的?人|这边|运营)[^，。]{0,12}?(?:看|查|问|找(?!不)|帮"
    r"|(?<!敢)说|讲|回复|回答|答|发|记|转"
    r"|理解|道歉|反馈|核实|确认|推荐|建议|懂|知道|明白|清楚|处理|接|等|喝|念|换[1一几个种批]|陪"
    r"|介绍"
    r"|联系|安排|办|在呢?$|都在|觉得(?:也|还|就)?(?:可以|[不]?行|[不]?好$)|再想)"
    r"|(?:请|麻烦|烦请|敬请|不妨|可以|尽管|随时|直接|欢迎|方便|需要|有空|有事|您|你|大家|各位"
    r"|先)[^，。]{0,8}?"
    r"(?:看[看下一着]?|看完|瞧|掂量|琢磨|合计|逛|选|挑|问|说|讲|告诉|回复|回|考虑|想想?|等|试着"
    r"|提供|登录|联系|确认|留言|私信|发我"
    r"|稍[等候后]|垂询|咨询|光临|参观|触摸|放心|拿主意|决定|慢慢|关注|敲|打[在字出]|扣|找我|叫我"
    r"|喊|重试|查看|点击|理解)"
    r"|^(?:您|你)?好|(?:早上|上午|中午|下午|晚上|大家|们)好|再会|打[进个]?电话|回信|问候|^哈+"
    r"|好的|好嘞|当然|明白|收到|谢|感谢|抱歉|对不起|不好意思|再见|拜拜|晚安"
    r"|[早晚上午下]+好|祝[您你大]|没[事关]"
    r"|不客气|不用谢|稍等|别急|不(?:着)?急|慢慢(?:看|选|挑|来)|随(?:你|您|时|便)|此致|敬礼"
    r"|亲爱的|您好|欢迎(?:光临|再来|参观|您)"
    r"|打扰|慢走|再来|来[了啦]$|边请|这边请|回头(?![客率])|过会|改天|下次|静候|恭候|敬候|期待您"
    r"|按您|由您"
    r"|您定|您忙|自己(?:看|选|挑|定|决定|拿)|致电|来电|打电话|回见|没事|好吧|行[啊吧呀]|辛苦"
    r"|供[您你]?参考|希望|祝愿|久等|歉意|致歉|见谅|谅解|不便"
    r"|勿触?|勿|(?:告诉|联系|私信|喊|问|叫|找|跟|给|帮|陪|转告)(?:我|您|你)|听您|听你"
    r"|(?:想|看|选|考虑)(?:好|清楚|完)了|再说|再看看|拿不准|有(?:问题|疑问|想法|事|需要|什么)"
    r"|(?:下|另)一[个款批种件]"
    r"|没有(?:查到|找到|看懂|理解|答案|别的|合适|更|其他|写明|尺码表|改动|变化|订单|文字评价"
    r"|买家写|进行中|可用)"
    r"|没[能写查找懂](?!毛病)|查不到|不(?:知道|确定|清楚|太?懂|好说|敢|明白|想乱|合适)|(?:不"
    r"|没)会?(?:重复|改动|变化|调过)"
    r"|转(?:人工|接|给)|订单号?|登录|评价让|资料|换个说法|没问题|这一步|不必重复|这超出|范围"
    r"|办不了|没有了|都给您看过"
    r"|能帮上|很?高兴|喜欢就好|保持原样|一切|改动|转接|答复|重说|再说1遍|(?:想|看)哪个|详见|在的"
    r"|^点[点个]?(?:个)?(?:关注|赞)|扣个?[1一]|欢迎.{0,8}(?:们|朋友|新)|逐[项个条1一]|来看$"
    r"|链接|评论区|公屏|频道|周末|喝茶|聊"
)
_POINTS = worded(
    r"\blook|\bsee\b|check|consider|suggest|recommend|alternativ|\bidea\b|option|\bplan\b|\bnext\b"
    r"|\balso\b|instead|\bsuit|feel about|about\b|\btry\b|another|close to|similar|\bor\b|rather"
    r"|there's|\boffer you\b|maybe|perhaps|\bfound\b|找到"
    r"|add(?:ed)?|cart|compare|between|choice|here (?:is|are)|that is|this is"
    r"|看|荐|考虑|建议|参见|备选|换|链接|试|另|同店|类似|或者|要不|了解|也|加入|这是|比较|选"
    r"|对比|名叫|叫|下[1一]个|就\s?「?□+」?\s?吧"
)
# A clause that only leads to another: a condition, a purpose, a time.
_LEADS = worded(
    r"(?:if|should|were|when|whenever|once|until|unless|in case|to|before|after"
    r"|as soon as)\b(?! be\b)"
    r"|.{1,12}(?:[中里上]|方面|来说|而言|来看|看来)$|.{0,16}(?:的话|之前|时)$|(?:如果|如[有需]"
    r"|要是|假如|若|为了|等|.{0,3}想|刚才|前面|对于|关于|至于)"
)
_LABELLED = worded(rf"[^，。,.!！]{{1,24}}[:：]\s?[「『“]?{BLANK}+")
_OPEN = ("?", "？", ":", "：")
# A question without its mark: 「你们觉得呢」, "what do you all think".
_ASKS = worded(
    r"(?=.*(?:[您你]|大家|咱|怎么?样?|什么|哪|谁|多少)).*[呢吗么]$"
    r"|(?:what|which|how|who|when|where|shall|should|would|could|can|do|does|did) (?:\w+ ){0,2}"
    r"(?:you|we|i|us)\b(?!.*[¥$€£\d]).*$"
)
_FEW_WORDS, _FEW_SIGNS = 2, 4


def only_talk(text: str) -> bool:
    """Tell whether a sentence in plain form, its names blanked, claims nothing of goods.

    A question and what leads up to a list claim nothing; of any other sentence each clause must
    be talk, but for a word or two between.
    """
    plain = text.strip(" \n-*·•”\"'」』》)）")
    if not plain.strip(BLANK + " .。!！") or plain.endswith(_OPEN):
        return True
    if _ASKS.fullmatch(plain.rstrip(".。!！~～")):
        return True
    if _LABELLED.fullmatch(plain.rstrip("。.!！」』”")):
        return True  # 备选：「…」
    clauses = [
        one.strip() for one in _CLAUSES.split(plain) if one and one.strip(f" {BLANK}「」『』“”\"'")
    ]
    if not clauses:
        return True
    pointed = BLANK in plain and bool(_POINTS.search(plain))
    told = [bool(_TALK.search(one)) or (pointed and _pointing(one)) for one in clauses]
    return any(told) and all(
        talk or _short(one) or bool(_LEADS.match(one))
        for talk, one in zip(told, clauses, strict=True)
    )


def _pointing(clause: str) -> bool:
    """Tell whether a clause points at a product, or is nothing but its name."""
    return bool(_POINTS.search(clause)) or not re.search(r"\w", clause.replace(BLANK, ""))


def _short(clause: str) -> bool:
    if clause.isascii():
        return len(clause.split()) <= _FEW_WORDS
    return len(clause) <= _FEW_SIGNS
