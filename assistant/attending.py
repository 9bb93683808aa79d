"""Decide what is asked of the site, of what was bought, and of one aspect of either.

For planning, before anything else is considered: these are questions to a service desk, whatever
they sound like to a head that was taught to sell. Pure code; it asks no database and no model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.belonging import LOOKING, WHAT_NOW, own_only
from assistant.doing.offering import asks_past
from assistant.doing.rules.reasons import condition_of, lacks, reason_of
from assistant.moves import (
    ASKS_ASIDE,
    GIVING_BACK,
    OF_ORDER,
    OF_PRODUCT,
    Move,
    Situation,
    asks,
)
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.addresses import said_address
from assistant.understanding.aspects import (
    BACK,
    INVOICE,
    PARCEL,
    asks_whether,
    aspects_in,
    gives_back,
    in_general,
    supposes,
    swaps,
)
from assistant.understanding.days import asks_a_day
from assistant.understanding.deciding import CERTAIN
from assistant.understanding.intents.rules import guess
from assistant.understanding.invoices import title_in
from assistant.understanding.siting import site_topic
from assistant.understanding.topics import topic_in
from catalog.policies.terms import FAULTS, Condition
from catalog.text import fold

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
        "resend",
    )
)
# Of those, what no goods are asked about either.
OF_MONEY = frozenset(("refund_time", "refund_way", "fee", "price_fell"))
# How long that takes, of what waits for a yes.
HOW_LONG = re.compile(
    r"^(?:大概|一般|那|要|得|需要|这|等|会)*(?:多久|几天|多少天|多长时间)"
    r"|\bhow (?:long|soon|many days)\b.{0,12}\b(?:that|it|this) (?:take|be)\b"
)
HOW_LONG_OF: Mapping[str, tuple[str, ...]] = {
    "exchange": ("swap_time",), "return": ("refund_time",), "cancel": ("refund_time",),
    "invoice": ("invoice_time",),
}  # fmt: skip
# Aspects of parcels that can be told of goods before they are bought.
OF_GOODS = frozenset(("answers", "damaged", "late", "carrier", "handing", "later", "weekend"))
# What is told beside whether something may be given back.
WITH_WHETHER = frozenset(("worn", "packaging", "pays"))
# What looks for goods, whatever of a shop's rules it names: "headphones with a long warranty".
SOUGHT = frozenset(("search", "refine", "recommend", "gift", "bundle", "compare"))
# What is told or wished without a question: "I threw the box away", "a discount instead".
TOLD_UNASKED = frozenset(("packaging", "part_of_price"))
# A question that only names another kind: 鞋子呢, "and food?".
OTHER_KIND = re.compile(
    r"^(?:那|那么)?.{1,8}呢[?？]?(?:[，,]?(?:也)?一样吗[?？]?)?$"
    r"|^(?:and|or|what about|how about)\b[^,.]{2,30}"
    r"(?:, ?(?:is (?:it|that) )?(?:the )?same(?: rule| thing)?\??)?$"
)
# Any such day, not by one: "do you deliver on Sundays?".
_EVERY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend)s\b")
# Something was chosen wrongly, before or after it was bought.
MISTAKEN = re.compile(r"[选拍下买填]错|\b(?:by mistake|wrong (?:size|colou?r|one|address))\b")
# What is done if something turns out wrong, before anything is bought.
WHAT_IF = re.compile(
    r"怎么办|咋办|怎么处理|\bwhat (?:happens )?(?:if|when)\b|\bwhat (?:then|do i do)\b"
)
# A parcel is to come on another day.
MOVES = re.compile(
    r"(?:晚|推迟|延后|延迟|早)(?:几|一|两|三|个)?(?:天|点|些).{0,4}(?:送|派|到|配)|改(?:到|期|天|约|个?时间)"
    r"|\b(?:reschedul\w+|postpone|(?:deliver|bring|come) .{0,16}\b(?:later|another day|instead))\b"
)
# What is a rule to somebody who has no order, and something to be done for who has.
OF_NOBODY = frozenset(("cancels", "readdresses"))
# Aspects that can be told of each of several orders.
OF_SEVERAL = frozenset(("carrier", "by_day", "paid", "progress", "charged"))
# What asks back for words that look like nothing else: an address, a title.
WRITTEN = frozenset(("change_address", "invoice"))
# What asks without a question: 单号发我.
TELL_ME = re.compile(
    r"给我(?!换|退|买|来|拿|补|赔|开|办|改|处理)|发我|告诉我|发一?下|说一?下"
    r"|\b(?:tell|give|send) me\b|\bi need the\b"
)
_GET = re.compile(r"转|叫|找|要|\b(?:i want|get me|give me|let me|put me|can i|i'd like|need)\b")


# Something for the shop's people to do, and said to be done.
CHASE = re.compile(r"帮我催|(?:去|快)催|催一下|\b(?:chase|hurry) (?:it|them)\b")
# Nothing is wrong with that one: T恤没问题, "the mug is fine".
KEEPS = re.compile(
    r"没(?:有)?问题|(?:是|挺|很)?好的|不用(?:退|换)|(?:我)?留(?:着|下)|不退|没事"
    r"|\b(?:is|are|was|were) (?:fine|ok|okay|good|alright|perfect|great)\b"
    r"|\bi'?(?:ll| will)? keep\b"
)
# What comes after what was told: "ok so what now".
NEXT = re.compile(
    r"^(?:(?:ok(?:ay)?|so|and|well|right|fine|alright|then|but)[\s,.]+)*"
    r"(?:now what|what now|what next|then what"
    r"|what(?:'s| is) (?:the )?next(?: step)?|what happens (?:now|next|then)"
    r"|what (?:do|should) i do (?:now|next|then))\b"
    r"|^(?:那|好的?|嗯|所以)?[，,]?(?:然后|接下来|下一步|后面|现在)(?:要|该|我|呢|怎么|咋)"
)
THOSE = re.compile(r"这些|它们|真的假的|\b(?:they|those|these)\b")
# How sure the head of the site has to be, beside chat, beside what sounds like shopping and where
# things seem to be named, and how many times surer than of the intent.
SURE_BESIDE_CHAT, SURE_BESIDE_GOODS, SURE_BESIDE_THINGS, SO_MUCH_SURER = 0.9, 0.95, 0.97, 10
# "Something cheaper" is no haggling.
NOT_AS: Mapping[str, tuple[str, ...]] = {"matching": ("refine", "promotion", "search", "price")}
# Topics whose words goods have too.
CONFUSED = frozenset(
    ("abilities", "data", "shops", "export", "watching", "orders", "languages", "paid")
)


def of_site(reading: Reading, state: State) -> str:
    """Return the topic of a question about the site or its assistant, "" for any other."""
    topic, words = (
        site_topic(reading.text) or heard_of_site(reading, state),
        reading.text.casefold(),
    )
    if not topic or (topic == "bot" and _GET.search(words)):
        return ""
    if topic == "genuine" and state.intent == "reviews" and THOSE.search(words):
        return "reviews"
    ours = topic != "pausing" and reading.intent in OF_ORDER and guess(words) in OF_ORDER
    upset = reading.emotion in ("upset", "angry")
    cross = upset and (topic == "abilities" or reading.intent in ("complaint", "order_status"))
    named = bool(reading.said.of("category")) and topic in CONFUSED
    return "" if ours or cross or (named and reading.intent in LOOKING) else topic


def heard_of_site(reading: Reading, state: State) -> str:
    """Return the topic that a head hears; "" where goods, an order or our question are spoken of.

    It has to be surer than the head of intents is of what else it may be.
    """
    topic, chance = reading.site
    kinds = {one.kind for one in reading.said.slots} - {"word"}
    goods = {"category", "brand"} & kinds or (
        chance < SURE_BESIDE_THINGS and (kinds or reading.references)
    )
    ruled = guess(reading.text)
    ruled_on = of_topic(reading) or aspects_in(reading.text, BACK) or asks_past(fold(reading.text))
    if not topic or goods or reading.order_number or ruled_on:
        return ""
    of_order = ruled in OF_ORDER and (topic != "pausing" or state.order_number)
    if of_order or ruled in NOT_AS.get(topic, ()):
        return ""
    if reading.intent in ("policy", "account") and ruled is None:
        return topic
    if reading.abstained or reading.intent == "small_talk":
        return topic if chance >= SURE_BESIDE_CHAT else ""
    surer = (1 - chance) * SO_MUCH_SURER <= 1 - reading.confidence
    return topic if chance >= SURE_BESIDE_GOODS and surer else ""


def of_matter(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return the answer to a question about one aspect of an order, or of giving something back."""
    words = reading.text.casefold().strip()
    own = bool(state.owned and state.order_number) or own_only(reading.references, state)
    due = bool(own and not state.visible and asks_a_day(words))  # "need them thurs"
    if not (due or asks(words) or ASKS_ASIDE.search(words) or TELL_ME.search(words)):
        said = unasked(reading, state, situation, own=own)
        return said or on_condition(reading, state, situation)
    generally = tuple(one for one in aspects_in(words, PARCEL) if one in OF_NOBODY)
    known = reading.order_number or reading.references
    if generally and in_general(words) and not (known or situation.waiting):
        return aspects_of(reading, state, generally, "in-general")
    shown = bool(state.focus or state.visible or situation.page)
    if not (own or shown) and of_another_kind(reading, state):
        return aspects_of(reading, state, ("deadline", "pays"))
    in_talk = shown or bool(state.owned or reading.references or state.kind)
    moves = bool(own and MOVES.search(words))  # to another day, whichever it is to be there by
    moves = moves or asks_whether(words) or guess(words) == "cancel"
    moves = moves or bool(_EVERY.search(words))
    if in_talk and not moves and asks_a_day(words, going_on=state.intent == "delivery"):
        return Move("aspect", "by-a-day", about="delivery", skus=reading.references,
                    facts={"aspects": ("by_day",)})  # fmt: skip
    if shown and not own and surely_of_goods(reading):
        return None
    ways = asked_of(reading, state, situation, own=own, shown=shown)
    return aspects_of(reading, state, ways) if ways else on_condition(reading, state, situation)


def surely_of_goods(reading: Reading) -> bool:
    """Tell whether a head surely hears a question of goods: "with a cable if the battery dies"."""
    return reading.intent in OF_PRODUCT - {"cart_add"} and reading.confidence >= CERTAIN


def of_another_kind(reading: Reading, state: State) -> bool:
    """Tell whether the rule that was told is asked of another kind of goods: "what about food?"."""
    asked = state.intent in GIVING_BACK and bool(reading.said.of("category"))
    return asked and bool(OTHER_KIND.search(reading.text.casefold().strip()))


def unasked(reading: Reading, state: State, situation: Situation, *, own: bool) -> Move | None:
    """Return what is done of an own order without a question: chased, kept, sent after."""
    words = reading.text.casefold().strip()
    if own and CHASE.search(words):
        return Move("hand_over", "chase", about="asked")
    if ways := stated(reading, state, own=own):
        return aspects_of(reading, state, ways)
    going_back = own and (state.intent in AFTER_ALL or situation.tool in GIVING_BACK)
    told = [one for one in aspects_in(words, BACK) if one in TOLD_UNASKED]
    if going_back and told and condition_of(words) is None and reason_of(words) is None:
        return aspects_of(reading, state, tuple(told))
    after = state.intent in AFTER_ALL and own_only(reading.references, state)
    if after and keeps_it(words, reading):
        return Move("aspect", "keeps", about="policy", skus=reading.references)
    return None


def stated(reading: Reading, state: State, *, own: bool) -> tuple[str, ...]:
    """Return the aspects of what is only stated: charged twice, a piece is missing."""
    words = reading.text.casefold().strip()
    if not state.owned:
        return ()
    if "charged" in aspects_in(words, PARCEL):
        return ("charged",)
    missing = own and (state.lacking or lacks(words))
    if missing and "resend" in aspects_in(words, BACK):
        return ("resend",)
    billed = reading.intent == "invoice" and not title_in(reading.text)
    return aspects_in(words, INVOICE) if billed else ()


def asked_of(
    reading: Reading, state: State, situation: Situation, *, own: bool, shown: bool
) -> tuple[str, ...]:
    """Return the aspects that a question is of: of giving back, of an order, of any parcel.

    ``own``: an own order is talked of; ``shown``: goods are.
    """
    words = reading.text.casefold().strip()
    if shown and not own and only_of_goods(reading, words):
        return ()
    wishes = reading.intent in AFTER_ALL and not asks(words)
    looks = not (own or shown) and (reading.intent in SOUGHT or wishes)
    ways = () if looks or topic_in(words) else of_back(words, state, situation, own=own)
    if state.owned and "progress" in aspects_in(words, PARCEL):
        ways = ("progress", *ways)[:2]
    theirs = own or (bool(state.owned) and not shown)  # a wish to have it done, unless supposed
    unwished = reading.intent not in OF_ORDER | {"complaint"}
    whether = asks_whether(words) and (not theirs or supposes(words) or unwished)
    if whether and "deadline" not in ways and set(ways) <= WITH_WHETHER:
        worn = "worn" in ways or condition_of(words) is not None
        ways = ("worn", "deadline") if worn else ("deadline", *ways)
    if ways == ("deadline",) and condition_of(words) == Condition.USED:
        ways = ("worn", "deadline")  # that it was used decides before the days do
    ways = ways or of_order(
        words, reading, own=own, several=bool(state.owned and not shown), listed=bool(state.orders)
    )
    of_theirs = bool(state.owned) and reading.intent == "order_status"
    if not (ways or own or looks or of_theirs):
        told = OF_GOODS if state.owned else OF_GOODS | OF_NOBODY
        ways = tuple(one for one in aspects_in(words, PARCEL) if one in told)
        faulty = WHAT_IF.search(words) and reason_of(words) in FAULTS
        mistaken = WHAT_IF.search(words) and MISTAKEN.search(words)
        ways = ways or (("deadline", "pays") if faulty else ())
        ways = ways or (("cancels", "deadline") if mistaken else ())
    back = own and reading.intent == "policy" and gives_back(words)
    return ways or (("deadline", "pays") if back else ())


OF_A_THING = frozenset(("attribute", "suitability", "compatibility", "sizing"))
# What is asked of a parcel, a payment or a right, whatever else the words are of.
_OF_A_RULE = re.compile(
    r"包裹|快递|[发送收寄退换补]|签收|物流|订单|发票|保修|质保|[维返]修|关税|[降差]价|付|款|货|到(?:了|手)|等"
    r"|\b(?:parcels?|packages?|deliver\w*|ship\w*|orders?|courier|post\w*|send\w*|sent|arriv\w*"
    r"|invoices?|receipts?|customs|warrant\w*|repair\w*|price|refund\w*|return\w*|exchang\w*|swap\w*"
    r"|back|pay|paid|charged|money|keep it|cancel\w*|wrong|missing|broken|fault\w*|damag\w*)\b"
)


def only_of_goods(reading: Reading, words: str) -> bool:
    """Tell whether a question is of a thing alone: "would my neighbours hear it" of no parcel."""
    sure = reading.intent in OF_A_THING and not reading.abstained
    return sure and not (gives_back(words) or _OF_A_RULE.search(words))


def aspects_of(reading: Reading, state: State, ways: tuple[str, ...], why: str = "aspects") -> Move:
    """Return the answer to some aspects; of an exchange where one was talked of."""
    facts = {"aspects": ways, "swaps": state.intent == "exchange" or swaps(reading.text)}
    return Move("aspect", why, about="policy", skus=reading.references, facts=facts)


def keeps_it(words: str, reading: Reading) -> bool:
    """Tell whether nothing is wrong with what is named, and not with something else that is."""
    parts = [one for one in re.split(r"[,，。;；]", words) if KEEPS.search(one)]
    named = [one.casefold() for one in reading.called]
    return any(not named or any(name in part for name in named) for part in parts)


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
    return aspects_of(reading, state, ("worn",), "on-condition")


def of_back(words: str, state: State, situation: Situation, *, own: bool) -> tuple[str, ...]:
    """Return the aspects of giving back that are asked for, where that is talked of."""
    going = situation.tool or (state.intent if own else "")
    if going in HOW_LONG_OF and HOW_LONG.search(words):
        return HOW_LONG_OF[going]
    if state.intent in AFTER_ALL and NEXT.search(words) and not situation.waiting:
        return ("how",)
    other = {"price_fell"} if state.intent == "exchange" else set()
    other |= set() if state.lacking or lacks(words) else {"resend"}
    back = tuple(one for one in aspects_in(words, BACK) if one not in other)
    talked_of = state.intent in AFTER_ALL or (own and (state.trouble or situation.waiting))
    talked_of = talked_of or gives_back(words) or situation.asked_back in GIVING_BACK
    plain = PLAIN_ASPECTS if own or state.owned else OF_MONEY
    if not (talked_of or set(back) <= plain):
        return ()
    whether = (
        guess(words) in GIVING_BACK and back and set(back) <= {"packaging", "worn", "warranty"}
    )
    return ("deadline", *back) if whether else back


def of_order(
    words: str, reading: Reading, *, own: bool, several: bool, listed: bool
) -> tuple[str, ...]:
    """Return the aspects of an own order that are asked for: ways out, its invoice, its parcel.

    ``own``: one order is talked of; ``several``: all of them may be meant; ``listed``: they were
    just told.
    """
    if own and WHAT_NOW.search(words) and reason_of(words) not in (None, *FAULTS):
        return ("deadline", "pays")
    billed = reading.intent == "invoice" and not title_in(reading.text)
    if (own or several) and billed and (written := aspects_in(words, INVOICE)):
        return written
    if own and "refusing" in aspects_in(words, PARCEL):
        return ("refusing",)
    if guess(words) in ("cancel", "change_address", "cart_add"):
        return ()
    parcel = tuple(one for one in aspects_in(words, PARCEL) if one not in OF_NOBODY)
    if own or not several:
        return parcel if own else ()
    # Where orders are told, their carriers are, too.
    telling = reading.intent == "order_status" and not listed
    left = OF_SEVERAL - ({"carrier"} if telling else set())
    return tuple(one for one in parcel if one in left)
