"""Decide what is asked of the site, of what was bought, and of one aspect of either.

For planning, before anything else is considered: these are questions to a service desk, whatever
they sound like to a head that was taught to sell. Pure code; it asks no database and no model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.belonging import LOOKING, WHAT_NOW, own_only
from assistant.doing.rules.reasons import condition_of, reason_of
from assistant.moves import (
    ASKS_ASIDE,
    GIVING_BACK,
    OF_ORDER,
    Move,
    Situation,
    asks,
)
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.addresses import said_address
from assistant.understanding.aspects import BACK, INVOICE, PARCEL, aspects_in, gives_back
from assistant.understanding.days import asks_a_day
from assistant.understanding.intents.rules import guess
from assistant.understanding.siting import site_topic
from assistant.understanding.topics import topic_in
from catalog.policies.terms import FAULTS, Condition

AFTER_ALL = GIVING_BACK | {"complaint", "cancel"}
# Aspects that are asked of nothing else than of an order that is talked of.
PLAIN_ASPECTS = frozenset(
    (
        "refund_time",
        "refund_way",
        "pays",
        "packaging",
        "place",
        "repair",
        "label",
        "swap_time",
        "fee",
        "proof",
        "judged",
        "price_fell",
        "part_of_price",
    )
)
# How long that takes, of what waits for a yes.
HOW_LONG = re.compile(
    r"^(?:大概|一般|那|要|得|需要|这|等|会)*(?:多久|几天|多长时间)"
    r"|\bhow (?:long|soon|many days)\b.{0,12}\b(?:that|it|this) (?:take|be)\b"
)
HOW_LONG_OF: Mapping[str, tuple[str, ...]] = {
    "exchange": ("swap_time",), "return": ("refund_time",), "cancel": ("refund_time",),
}  # fmt: skip
# Aspects of parcels that can be told of goods before they are bought.
OF_GOODS = frozenset(("answers", "damaged", "late", "carrier"))
# Aspects that can be told of each of several orders.
OF_SEVERAL = frozenset(("carrier", "by_day", "paid", "progress"))
# What asks back for words that look like nothing else: an address, a title.
WRITTEN = frozenset(("change_address", "invoice"))
# What asks without a question: 单号发我.
TELL_ME = re.compile(r"给我|发我|告诉我|发一?下|说一?下|\b(?:tell|give|send) me\b|\bi need the\b")
_GET = re.compile(r"转|叫|找|要|\b(?:i want|get me|give me|let me|put me|can i|i'd like|need)\b")


# Something for the shop's people to do, and said to be done.
CHASE = re.compile(r"帮我催|(?:去|快)催|催一下|\b(?:chase|hurry) (?:it|them)\b")
# Nothing is wrong with that one: T恤没问题, "the mug is fine".
KEEPS = re.compile(
    r"没(?:有)?问题|(?:是|挺|很)?好的|不用(?:退|换)|(?:我)?留(?:着|下)|不退|没事"
    r"|\b(?:is|are|was|were) (?:fine|ok|okay|good|alright|perfect|great)\b"
    r"|\bi'?(?:ll| will)? keep\b"
)
# Somebody is to be put on to it: "get someone to look at it", 找个人看看.
GETS_SOMEBODY = re.compile(
    r"(?:找|叫|请|让)(?:个|店里的?)?(?:人|同事|店家)(?:来)?(?:看|查|处理|问|跟进|联系|解决)|帮我(?:问|转给)(?:一下)?店"
    r"|\b(?:get|have|ask|find) (?:someone|somebody|them|the shop|a person)\b.{0,20}"
    r"\b(?:look|check|help|sort|call|find out|chase|deal|handle)\b|\bask them\b"
)
THOSE = re.compile(r"这些|它们|真的假的|\b(?:they|those|these)\b")
# Topics whose words goods have too.
CONFUSED = frozenset(("abilities", "shops", "export", "watching", "orders", "languages", "paid"))
# Whether somebody rings or writes when something happens: 你们会打电话通知吗.
NOTIFIED = re.compile(
    r"(?:会|会不会|有没有)(?:先|提前)?(?:给我)?(?:打(?:个)?电话|发短信|来电|通知|短信通知|联系我)(?:通知)?"
    r"(?:我)?(?:吗|么|的吗|[?？]|$)"
    r"|\b(?:will|do|would) (?:you|they|somebody|someone|the \w+)"
    r" (?:call|phone|ring|text|notify|e?mail)(?: me| us)?"
    r"\b.{0,30}(?:\b(?:when|before|first|ahead|once)\b|\?|$)"
    r"|\bwill i (?:get|be) (?:a (?:call|text|message|notification)|notified|called|told when)\b"
)
# When and how people are reached, which is no wish for one yet.
REACHED = re.compile(
    r"(?:客服|人工|你们|店).{0,8}(?:上班|下班|几点|在线|营业|休息)|(?:上班|营业|工作|服务|在线)时间"
    r"|\b(?:opening|business|office|working|support) (?:hours|times)\b"
    r"|\b(?:what|their|your) hours\b"
    r"|\bwhen (?:are|is) (?:they|you|somebody|the (?:shop|desk))"
    r" (?:open|there|available|back)\b"
    r"|(?:客服|店铺?|你们的?)(?:电话|邮箱|联系方式)"
    r"|\b(?:your|their|a|the) (?:phone number|email address|hotline)\b"
)


def of_site(reading: Reading, state: State) -> str:
    """Return the topic of a question about the site or its assistant, "" for any other."""
    topic, words = site_topic(reading.text), reading.text.casefold()
    if not topic or (topic == "bot" and _GET.search(words)):
        return ""
    if topic == "genuine" and state.intent == "reviews" and THOSE.search(words):
        return "reviews"
    ours = reading.intent in OF_ORDER and guess(words) in OF_ORDER
    cross = topic == "abilities" and reading.emotion in ("upset", "angry")
    named = bool(reading.said.of("category")) and topic in CONFUSED
    return "" if ours or cross or (named and reading.intent in LOOKING) else topic


def of_matter(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return the answer to a question about one aspect of an order, or of giving something back."""
    words = reading.text.casefold().strip()
    own = bool(state.owned and state.order_number) or own_only(reading.references, state)
    due = bool(own and not state.visible and asks_a_day(words))  # "need them thurs"
    if not (due or asks(words) or ASKS_ASIDE.search(words) or TELL_ME.search(words)):
        if own and CHASE.search(words):
            return Move("hand_over", "chase", about="asked")
        after = state.intent in AFTER_ALL and own_only(reading.references, state)
        if after and KEEPS.search(words):
            return Move("aspect", "keeps", about="policy", skus=reading.references)
        return on_condition(reading, state, situation)
    shown = bool(state.focus or state.visible or situation.page)
    in_talk = shown or bool(state.owned)
    if in_talk and asks_a_day(words, going_on=state.intent == "delivery"):
        return Move("aspect", "by-a-day", about="delivery", skus=reading.references,
                    facts={"aspects": ("by_day",)})  # fmt: skip
    ways = of_back(words, state, situation, own=own) if own or shown else ()
    ways = ways or of_order(
        words, reading, own=own, several=bool(state.owned and not shown), listed=bool(state.orders)
    )
    if not ways and shown:
        ways = tuple(one for one in aspects_in(words, PARCEL) if one in OF_GOODS)
    if not ways:
        return on_condition(reading, state, situation)
    return Move("aspect", "aspects", about="policy", skus=reading.references,
                facts={"aspects": ways})  # fmt: skip


def of_topic(reading: Reading) -> Move | None:
    """Return the answer to what shops' pages put in words of their own: ways to pay, wrapping."""
    words = reading.text.casefold().strip()
    topic = topic_in(words) if asks(words) or ASKS_ASIDE.search(words) else ""
    if not topic or reading.intent == "human":
        return None
    return Move("know", f"topic:{topic}", about=topic, skus=reading.references[:1])


def of_address(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return a change of address where a place is said, an order being talked of."""
    talked_of = state.order_number or state.intent == "change_address"
    if not (state.owned and talked_of) or situation.asked_back:
        return None
    if not {"street", "phone"} & set(said_address(reading.text)):
        return None
    return Move("order", "says-a-place", about="change_address", skus=reading.references)


def on_condition(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return what holds where a state is only added to what was asked: "unopened, obviously"."""
    condition = condition_of(reading.text)
    asked = state.intent in GIVING_BACK | {"policy"} and not (
        situation.asked_back or situation.waiting
    )
    if condition is None or not asked or reason_of(reading.text) is not None:
        return None
    ways = ("worn",) if condition == Condition.USED else ("deadline", "pays")
    return Move("aspect", "on-condition", about="policy", skus=reading.references,
                facts={"aspects": ways})  # fmt: skip


def of_back(words: str, state: State, situation: Situation, *, own: bool) -> tuple[str, ...]:
    """Return the aspects of giving back that are asked for, where that is talked of."""
    if situation.tool in HOW_LONG_OF and HOW_LONG.search(words):
        return HOW_LONG_OF[situation.tool]
    back = aspects_in(words, BACK)
    talked_of = state.intent in AFTER_ALL or (own and (state.trouble or situation.waiting))
    talked_of = talked_of or gives_back(words) or situation.asked_back in GIVING_BACK
    return back if talked_of or (own and set(back) <= PLAIN_ASPECTS) else ()


def of_order(
    words: str, reading: Reading, *, own: bool, several: bool, listed: bool
) -> tuple[str, ...]:
    """Return the aspects of an own order that are asked for: ways out, its invoice, its parcel.

    ``own``: one order is talked of; ``several``: all of them may be meant; ``listed``: they were
    just told.
    """
    if own and WHAT_NOW.search(words) and reason_of(words) not in (None, *FAULTS):
        return ("deadline", "pays")
    if own and reading.intent == "invoice" and (written := aspects_in(words, INVOICE)):
        return written
    if guess(words) in ("cancel", "change_address", "cart_add"):
        return ()
    parcel = aspects_in(words, PARCEL)
    if own or not several:
        return parcel if own else ()
    # Where orders are told, their carriers are, too.
    telling = reading.intent == "order_status" and not listed
    left = OF_SEVERAL - ({"carrier"} if telling else set())
    return tuple(one for one in parcel if one in left)
