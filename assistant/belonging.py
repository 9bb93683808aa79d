"""Read what is said of something that was bought as that: nobody looks for it any more.

For planning, before anything is decided. Words that sound like a search, a complaint or a gift are
of an own order where they point at one. Pure code; it asks no database and no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.doing.rules.reasons import reason_of
from assistant.moves import ASKS_ASIDE, OF_ORDER, OF_PRODUCT, QUESTION, QUESTION_OF_IT
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.aspects import in_general
from assistant.understanding.intents.rules import guess
from assistant.understanding.owning import fits_ill
from assistant.understanding.steps import steps_of
from catalog.policies.terms import FAULTS, Reason

# What is looked for, as against what one has.
LOOKING = frozenset(
    ("search", "refine", "recommend", "bundle", "compare", "stock", "more_like", "out_of_scope",
     "small_talk", "greeting", "compatibility", "praise", "not_interested", "reviews", "gift",
     "price", "cart_add")
)  # fmt: skip
WHAT_NOW = re.compile(
    r"怎么办|咋办|咋整|怎么弄|咋弄|有什么办法"
    r"|\bmy options\b|\bwhat (?:can|do|should|now)\b.{0,6}\b(?:i|we)? ?do\b"
)
THIS_ORDER = re.compile(
    r"[这那](?:一|个)?(?:单|笔|个?订单)|我的(?:订|那)单|\b(?:my|this|that) order\b"
)
ARRIVES = re.compile(
    r"(?:当天|今天|次日|隔天|马上|小时(?:之?内)?)(?:就|会|能)?(?:发|到|送)|到(?:了|哪|货|没)|没到|送到|没发|发(?:货|了|出|吗|没)"
    r"|寄出|在路上|催|(?:几号|哪天|什么时候|何时|啥时候)(?:能|会|可以)?(?:到|收|发)|有(?:什么)?消息|进度|怎么样了"
    r"|\b(?:arriv\w+|gone out|go out|sent out|ship\w*|dispatch\w*|on (?:its|the) way|deliver\w*"
    r"|get here|where (?:is|are) (?:my|the)|turn\w* up|be here|get there|come today|track\w*)\b"
    r"|\b(?:check(?:ing)? (?:on|up on)|any (?:news|updates?)|update on|status of|happened to)\b"
)
# Whether anything is sent there at all: 你们发不发新加坡.
SENDS_AT_ALL = re.compile(
    r"你们.{0,4}(?:发不发|寄不寄|送不送)|(?:你们)?(?:能|可以|支持)(?:发|寄|送)(?:货)?到.{1,8}[吗么不]"
    r"|\b(?:do|can|will) (?:you|your shops|they) (?:deliver|ship|send|post)(?: \w+)?"
    r" (?:to|abroad)\b"
)
# A question of a word or two: 质量问题呢.
ELLIPTIC = re.compile(r"^.{1,12}(?:呢|吗|么)[?？]?$|^(?:and|what) (?:if|about)\b")
# What was promised of an own order: 不是说当天发吗.
PROMISED = re.compile(
    r"不是说|说好(?:的|了)?|(?:承诺|保证|答应)(?:的|过|了)?"
    r"|\b(?:you|they|it|page|site) (?:said|promised|says)\b|\bsupposed to\b|\bwas promised\b"
)
# What may happen has not happened: 会不会掉色.
SUPPOSED = re.compile(
    r"会不会|会.{0,6}[吗么]|容易"
    r"|\b(?:does|will|would|do|can) (?:it|they|this|these)\b"
)


# What is done about an order, and the words without which none of it is asked for.
ACTS = frozenset(("return", "exchange", "refund", "cancel"))
UNANSWERED = re.compile(
    r"没(?:有)?人(?:理|回|管|联系|处理|答复)|不(?:理|回复?)我"
    r"|\b(?:nobody|no one|no-one|never)\b.{0,16}"
    r"\b(?:answer\w*|repl\w+|got back|gets? back|call\w*|contact\w*|respond\w*|heard)\b"
)
SWAPS = re.compile(r"换|\b(?:exchang|swap|replac|another|different|size|bigger|smaller)\w*")
SAYS_AN_ACT = re.compile(
    r"退|换|取消|撤|钱|款|赔|寄回|新的|另|不要|不想要|别发|补"
    r"|\b(?:return\w*|refund\w*|exchang\w+|swap\w*|replac\w+|cancel\w*|money|back|new|another|other"
    r"|different|right one|size|instead|send|want|get rid|take it)\b"
)


def own_only(skus: Sequence[str], state: State) -> bool:
    """Tell whether what is pointed at was bought, and is none of what was shown."""
    own = {one.sku for one in state.owned} - {one.sku for one in state.visible}
    return bool(skus) and set(skus) <= own


def of_own(reading: Reading, state: State) -> Reading:
    """Read what is said of something that was bought as that: nobody looks for it any more."""
    intent = own_intent(reading, state)
    return replace(reading, intent=intent, abstained=False) if intent else reading


def own_intent(reading: Reading, state: State) -> str:
    """Return what a message about something bought is for, "" where it is as it was read."""
    said, ruled = reading.text.casefold(), guess(reading.text) or ""
    sends = reading.intent == "order_status" and SENDS_AT_ALL.search(said)
    if sends or not state.owned:
        return "delivery" if sends else unbought(reading, state)
    arrives, own = bool(ARRIVES.search(said)), own_only(reading.references, state)
    if told := after_all(reading, state, ruled, own=own):
        return told
    if told := misheard(reading, state, ruled):
        return told
    if arrives and of_its_way(reading, state, ruled):
        return "order_status"
    this = reading.intent not in OF_ORDER and bool(THIS_ORDER.search(said))
    if own:
        return of_own_thing(reading, ruled, arrives=arrives, this=this)
    now = reading.abstained and state.order_number and WHAT_NOW.search(said)
    return "order_status" if this and arrives else "complaint" if now else ""


def misheard(reading: Reading, state: State, ruled: str) -> str:
    """Return what is meant where no act was named, "" where one was: 客服也不回 is a complaint."""
    said = reading.text.casefold()
    if reading.intent == "exchange" and ruled == "return" and not SWAPS.search(said):
        return "return"  # "can I send one back?"
    unanswered = reading.intent == "policy" and UNANSWERED.search(said)
    nothing = state.intent == "complaint" and reading.intent in ACTS
    return "complaint" if unanswered or (nothing and not SAYS_AN_ACT.search(said)) else ""


def of_own_thing(reading: Reading, ruled: str, *, arrives: bool, this: bool) -> str:
    """Return what is meant of an own thing that is pointed at."""
    if reading.intent in OF_PRODUCT and ruled in OF_ORDER:
        return ruled
    if (this or reading.intent in ("delivery", "promotion")) and arrives:
        return "order_status"
    looks = reading.intent in LOOKING or reading.abstained
    return meant_of_own(reading.text.casefold(), ruled, arrives=arrives) if looks else ""


def unbought(reading: Reading, state: State) -> str:
    """Return what a question of an order is for, where nothing was bought and goods are shown."""
    said = reading.text.casefold()
    shown = bool(state.visible or state.focus or state.page)
    if reading.order_number or THIS_ORDER.search(said):
        return ""
    if reading.intent == "order_status" and (shown or in_general(said)):
        return "delivery"
    if reading.intent == "invoice":
        return "policy"  # may one be had, not: make it out
    supposed = reading.intent == "complaint" and reason_of(said) in FAULTS
    return "policy" if supposed and ELLIPTIC.search(said.strip()) else ""


def after_all(reading: Reading, state: State, ruled: str, *, own: bool) -> str:
    """Return what is wanted of a thing that has come: it fits ill, is not liked, or came back."""
    said = reading.text.casefold()
    sounds = LOOKING | OF_PRODUCT | {"order_status"} | ({"complaint"} if steps_of(said) else set())
    if own and fits_ill(said) and reading.intent in sounds:
        return "exchange"  # 衣服收到了 偏小; 小一码有吗
    going_on = state.order_number and not (state.visible or reading.said.of("category"))
    disliked = reading.intent == "not_interested" and reason_of(said) is not None
    return "return" if going_on and disliked and ruled != "cancel" else ""


def of_its_way(reading: Reading, state: State, ruled: str) -> bool:
    """Tell whether words of arriving are about an order, whatever they sound like."""
    if reading.intent == "complaint" and mild(reading, ruled):
        return True
    if not state.order_number:
        return False
    sounds = reading.intent in ("delivery", "stock", "attribute")
    going = sounds and not (state.visible or reading.said.of("category"))
    promised = PROMISED.search(reading.text.casefold()) and ruled in ("", "delivery")
    return going or bool(promised)


def mild(reading: Reading, ruled: str) -> bool:
    """Tell whether what sounds like a complaint only asks: 牙刷发了没."""
    asks = QUESTION.search(reading.text.casefold()) or ASKS_ASIDE.search(reading.text.strip())
    told = ruled == "complaint" or reason_of(reading.text) or reading.emotion == "angry"
    return bool(asks) and not told


def meant_of_own(said: str, ruled: str, *, arrives: bool) -> str:
    """Return what is meant of an own thing by folded words that sounded like a search."""
    if ruled in OF_ORDER or ruled == "complaint":
        return ruled
    broken = reason_of(said) in FAULTS and not SUPPOSED.search(said)
    if broken or WHAT_NOW.search(said):
        return "complaint"
    if reason_of(said) == Reason.DOES_NOT_FIT and not QUESTION.search(said):
        return "exchange"
    if arrives:
        return "order_status"
    asks = QUESTION.search(said) or QUESTION_OF_IT.search(said.strip())
    return (ruled if ruled in OF_PRODUCT else "attribute") if asks else ""
