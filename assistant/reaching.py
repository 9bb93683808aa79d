"""Hear that people are asked for: told of something, on the telephone, or only when.

For planning. Pure code; who they are and when they are there is told where facts are.
"""

from __future__ import annotations

import re

from assistant.moves import Move
from assistant.understanding import Reading

# What asking for somebody's hours or telephone is read as.
REACHING = frozenset(
    ("human", "policy", "account", "out_of_scope", "small_talk", "stock", "search", "delivery")
)
# Somebody is to be put on to it: "get someone to look at it", 找个人看看, 那麻烦你帮我报给店家.
GETS_SOMEBODY = re.compile(
    r"转(?:交|达|接)?给(?:他们|她们|店|同事|人工|客服|人)(?!.{0,6}(?:吗|么|没|[?？]))"
    r"|(?:报|反映|反馈|转告|转达|通知|告诉|上报|说|汇报|转)(?:一下|一声)?(?:给|到)?(?:一下)?"
    r"(?:店(?:家|里|铺|主)|商家|卖家|客服)(?!.{0,6}(?:吗|么|没|[?？]))"
    r"|(?:找|叫|请|让)(?:个|店里的?)?(?:人|同事|店家)(?:来)?(?:看|查|处理|问|跟进|联系|解决)"
    r"|帮我(?:问|转给)(?:一下|问)?(?:店|他们|卖家)"
    r"|\b(?:tell|inform|notify|contact|message|let) "
    r"(?:the (?:shop|seller|store|merchant|team)|them)(?: know)?\b(?!.*\?)"
    r"|\b(?:report (?:it|this|that)|pass (?:it|this|that) on)\b(?!.*\?)"
    r"|\b(?:get|have|ask|find) (?:someone|somebody|them|the shop|a person)\b.{0,20}"
    r"\b(?:look|check|help|sort|call|find out|chase|deal|handle)\b|\bask them\b"
    r"|\b(?:put|connect|transfer|patch) me (?:through|to|with)\b"
)
# Whether somebody rings or writes when something happens: 你们会打电话通知吗.
NOTIFIED = re.compile(
    r"(?:会|会不会|有没有)(?:先|提前)?(?:给我)?(?:打(?:个)?电话|发短信|来电|通知|短信通知|联系我)(?:通知)?"
    r"(?:我)?(?:吗|么|的吗|[?？]|$)"
    r"|\b(?:will|do|would) (?:you|they|somebody|someone|the \w+)"
    r" (?:call|phone|ring|text|notify|e?mail)(?: me| us)?"
    r"\b.{0,30}(?:\b(?:when|before|first|ahead|once)\b|\?|$)"
    r"|\bwill i (?:get|be) (?:a (?:call|text|message|notification)|notified|called|told when)\b"
)
# Somebody is to ring.
CALLS = re.compile(
    r"(?:给我|能|可以|让人|叫人)?.{0,4}(?:打|回|来)(?:个|一个)?电话(?:给我|吗|么|吧|联系|沟通)|给我(?:打|回|来)(?:个|一个)?电话"
    r"|\b(?:can|could|will|would|please|have) (?:you |someone |somebody |anyone |anybody |they )?"
    r"(?:please )?(?:call|phone|ring)(?: me)?(?: back)?(?=$|[ ?.!,](?!it\b))|\bcall me(?: back)?\b"
)
# When and how people are reached, which is no wish for one yet.
REACHED = re.compile(
    r"(?:客服|人工|你们|店).{0,8}(?:上班|下班|几点|在线|营业|休息)|(?:上班|营业|工作|服务|在线)时间"
    r"|\b(?:opening|business|office|working|support) (?:hours|times)\b"
    r"|\b(?:what|their|your) hours\b"
    r"|\bwhen (?:are|is) (?:they|you|somebody|the (?:shop|desk))"
    r" (?:open|there|available|back)\b"
    r"|(?:客服|店铺?|你们的?)(?:电话|邮箱|联系方式)"
    r"|(?:怎么|如何|怎样)(?:才能|能)?(?:联系|找)(?:到)?(?:人工|客服|你们|店)"
    r"|(?:点|晚上|夜里|半夜|周末|节假日|现在|中午).{0,6}(?:有人|在线|营业|上班|开门)"
    r"|\b(?:can|could|may) (?:i|we) (?:ring|call|phone|e?mail|write to) (?:you|them|some\w+)\b"
    r"|\bhow (?:do|can|could|would) (?:i|we) (?:reach|contact|get hold of|get in touch with|call)\b"
    r"|\b(?:is|will) (?:anyone|anybody|someone|somebody) (?:be )?(?:there|available|around|on)\b"
    r"|(?:多久|什么时候|几点|啥时候).{0,6}(?:有)?(?:人|客服|店家|你们)(?:来)?(?:联系|回复|答复|处理|理)"
    r"|(?:多久|什么时候|几时|啥时候).{0,8}(?:说法|答复|回复|结果|解决|处理好)"
    r"|\bwhen (?:will|can|do) (?:i|this|it|we)\b.{0,12}"
    r"\b(?:an answer|hear|sorted|resolved|dealt with|solved|fixed up)\b"
    r"|\b(?:how (?:long|soon)|when)\b.{0,20}\b(?:someone|somebody|they|the shop|you)\b.{0,12}"
    r"\b(?:reply|answer|respond|contact|get back|write back)\b"
    r"|\b(?:your|their|a|the) (?:phone number|email address|hotline)\b"
)
# Whom one turns to.
WHOM = re.compile(
    r"(?:找|联系|问)谁"
    r"|\bwho (?:do|should|can|would) i (?:contact|complain|talk|speak|turn|write|ask)\b"
)


def of_reaching(reading: Reading) -> Move | None:
    """Return the answer to when people are there, and to whether they ring or write."""
    words = reading.text.casefold()
    if NOTIFIED.search(words):
        return Move("know", "notified", about="policy")
    if GETS_SOMEBODY.search(words):
        return Move("hand_over", "asked-somebody", about="asked")
    if CALLS.search(words) and reading.intent in REACHING:
        return Move("know", "calls", about="policy")
    if WHOM.search(words):
        return Move("know", "whom", about="policy")
    if REACHED.search(words) and reading.intent in REACHING | {"order_status"}:
        return Move("know", "topic:contact", about="contact")
    return None
