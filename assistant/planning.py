"""Decide what to do about a message: pure code over what was read and what was said before.

For answering. It asks no database and no model, so that each decision can be tested and told. At
most `wanting.MOST_ASKED` questions are put before products are shown; an angry customer is never
sold to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.agreeing import LEAVE_IT, fills, wish_in, yes_or_no
from assistant.attending import WRITTEN, of_address, of_matter, of_site, of_topic
from assistant.belonging import ACTS, of_own, own_only
from assistant.doing.rules.reasons import condition_of, reason_of
from assistant.doing.topics import topics_of
from assistant.goods import (
    OF_RULES,
    added,
    first_of,
    further,
    meant,
    mere_kind,
    names_kind,
    together,
)
from assistant.moves import (
    ASKS,
    CHAT,
    GIVING_BACK,
    OF_ORDER,
    OF_PRODUCT,
    OTHERS_SAY,
    QUESTION,
    QUESTION_OF_IT,
    Kind,
    Move,
    Situation,
    asks,
)
from assistant.reaching import of_reaching
from assistant.rereading import hinted, of_goods, overheard
from assistant.safety import Verdict
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.addresses import said_address
from assistant.understanding.aspects import gives_back
from assistant.understanding.carts import asked_of_cart
from assistant.understanding.deciding import HEARD
from assistant.understanding.explaining import asks_why_shown
from assistant.understanding.intents.rules import guess
from assistant.understanding.pairing import asks_what_goes_with
from assistant.understanding.putting import (
    Putting,
    asks_the_total,
    putting_in,
    takes_together,
)
from assistant.understanding.referring import asks_what_was_shown
from assistant.understanding.summing import parts_unknown
from assistant.wanting import comparing, finding

# What may be said in answer to a question about one thing, as a question of its own.
ANSWERING = frozenset(
    ("search", "refine", "recommend", "gift", "confirm", "stock", "cart_add", "more_like", "praise")
)
# What was advised is of no use: 重启过了没用.
NO_USE = re.compile(
    r"没(?:有)?用|还是(?:不|没)|不管用|没反应|试过了|一样(?:不|没)"
    r"|\b(?:didn'?t|doesn'?t|don'?t|not) (?:help\w*|work\w*|make a difference)\b|\btried that\b"
    r"|\bstill (?:the same|not|doesn'?t|won'?t|broken)\b|\bno (?:use|luck|difference)\b"
)
# Intents that are carried out in one way, whatever was said before: kind of move, act.
PLAIN: Mapping[str, tuple[Kind, str]] = {
    **{name: ("talk", name) for name in ("greeting", "thanks", "praise", "small_talk",
                                         "out_of_scope")},
    **dict.fromkeys(OF_ORDER, ("order", "")),
    **dict.fromkeys(OF_RULES, ("know", "")),
    "not_interested": ("others", ""),
}  # fmt: skip
# About a product where one is meant, else about its shop.
OF_SHOP: Mapping[str, Kind] = {"delivery": "know", "promotion": "promotion"}
# Whether sending costs nothing.
SENT_FREE = re.compile(
    r"包邮|免邮|免运费|(?:不|要|收)(?:要|收)?(?:运费|邮费)"
    r"|\bfree (?:delivery|shipping|postage)\b|\b(?:delivery|shipping|postage|it) (?:is |be )?free\b"
    r"|\b(?:ships?|delivered?) (?:for )?free\b"
)
# What of a price is the sending's: "how much extra is express?".
SENDING = re.compile(
    r"加急|特快|空运|次日达|\b(?:express|next[- ]day|faster (?:delivery|shipping))\b"
)
# What is never the answer to a question of ours.
ELSEWHERE = frozenset(
    ("human", "greeting", "thanks", "not_interested", "compare", "policy", "promotion", "bundle",
     "out_of_scope", "small_talk", "complaint")
)  # fmt: skip
KINDS: Mapping[str, Kind] = {"compare": "compare", "bundle": "bundle", "gift": "gift",
                             "promotion": "promotion"}  # fmt: skip
# A head as sure as this of chat is believed, whatever goods are named: a poem about a cat.
SURELY_CHAT = 0.98
# Several are meant: "why these?"
PLURAL = re.compile(r"[这那](?:几|些|[两三])|它们|\b(?:these|those|them)\b")
# What was to go back stays: "I changed my mind, keep it" gives no reason.
KEEPS_IT = re.compile(
    r"^(?!.*(?:[就只]退|退那|退这|\b(?:return|send back) (?:the|only|just)\b)).*"
    r"(?:不退了|不换了|留着(?:吧|了|用|算了)?[。.!！]?$"
    r"|\b(?:i'?ll|i will|i'?d|let'?s|just|rather|,) ?keep (?:it|them|this|that|the order)\b(?! in))"
)
# Thanks, with what is taken of what was shown: "thanks, the second one".
CHOSEN = re.compile(
    r"^(?:thanks|thank you|thx|great|谢谢|多谢)[,，.!！ ]+"
    r"(?:i'?ll (?:take|have) |就?要?)?(?:the|第)"
    r"[^,，。?？吗呢]{1,16}(?:one|个|款|件|双|条|please)?[.。!！吧]*$"
)
# Upset in so many turns that follow each other: a person takes over.
MOST_UPSET = 3


def planned(reading: Reading, state: State, verdict: Verdict, situation: Situation) -> Move:
    """Return what is to be done about a message. ``state``: before it was read."""
    if not verdict.ok:
        return Move("refuse", f"safety:{verdict.rule}", about=verdict.topic)
    if situation.forced in ("find", "confirm", "decline", "hand_over"):
        return Move(situation.forced, "clicked", about="asked")  # type: ignore[arg-type]
    reading = of_goods(reading, state)
    pending = situation.waiting or situation.asked_back
    if about_us := explaining(reading, state) or of_the_site(reading, state, pending):
        return about_us
    own_phone = bool(state.owned) and "phone" in said_address(reading.text)
    if not own_phone and (reaching := of_reaching(reading)):
        return reaching
    if reading.intent == "human" and not (own_phone or grumbles(reading)):
        return Move("hand_over", "asked", about="asked")
    reading = hinted(of_own(overheard(reading), state), situation)
    return (
        of_a_set(reading)
        or of_cart(reading, state, situation)
        or recalled(reading, state)
        or tallied(reading, state)
        or yes_or_no(reading, state, situation)
        or of_matter(reading, state, situation)
        or (None if lists_things(reading) else of_topic(reading))
        or of_address(reading, state, situation)
        or of_invoice(reading, state, situation)
        or completed(reading, state, situation)
        or troubled(reading, state)
        or unsure(reading, state)
        or added(reading, state)
        or by_kind(reading, state)
        or together(reading, state, situation)
        or by_intent(reading, state, situation)
    )


def lists_things(reading: Reading) -> bool:
    """Tell whether several kinds of things are wanted together: "a gift box of tea and a cup"."""
    return reading.intent == "bundle" and len(reading.said.of("category")) > 1


def of_a_set(reading: Reading) -> Move | None:
    """Return a change of the set that is shown; None for anything else."""
    change = reading.change
    return Move("alter", f"set:{change.way}", about="bundle") if change else None


def of_cart(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return what is asked of the shopper's own cart, or put into it; None for anything else."""
    just_put = bool(state.focus) or state.intent in ("cart_add", "confirm")
    if asked_of_cart(reading.text, just_put=just_put):
        return Move("cart", "of-the-cart", about="cart", skus=reading.references)
    waits, done = situation.tool == "cart_add", state.intent == "cart_add"
    going_on = waits or done or situation.asked_back == "cart_add"
    bids = reading.intent == "cart_add" and not (reading.references or state.visible)
    said = putting_in(reading.text, going_on=going_on or bids)
    if said is None:
        total = going_on and asks_the_total(reading.text)
        return Move("cart", "what-it-comes-to", about="cart") if total else None
    if said.way == "put":
        several = len(reading.references) > 1 and bool(reading.amounts)
        shown = bool(state.visible) and not waits
        several = several or (shown and takes_together(reading.text))
        return None if several or not said.name else put(said, reading)
    if waits or (said.way == "drop" and situation.asked_back == "cart_add"):
        return put(said, reading)
    recounts = said.way == "set" and done and not situation.asked_back
    return Move("cart", "recounted", about="cart", skus=reading.references) if recounts else None


def put(said: Putting, reading: Reading) -> Move:
    """Return the move that finds what is to be put into the cart."""
    return Move("put", f"cart:{said.way}", about="cart_add", skus=reading.references,
                facts={"putting": said})  # fmt: skip


def tallied(reading: Reading, state: State) -> Move | None:
    """Return what is said of a sum of things one of which was never shown; None for others."""
    if gives_back(reading.text):
        return None  # "how much do I get back"
    unknown, known = parts_unknown(reading.text, state)
    facts = {"unknown": unknown}
    return Move("sum", "a-part-unknown", about="sum", skus=known, facts=facts) if unknown else None


def recalled(reading: Reading, state: State) -> Move | None:
    """Return a list of all that was shown, where that is asked for."""
    shown = tuple(one.sku for one in (*state.visible, *state.before))
    asks = bool(shown) and asks_what_was_shown(reading.text)
    return Move("recall", "what-was-shown", about="recall", skus=shown) if asks else None


def of_the_site(reading: Reading, state: State, pending: object) -> Move | None:
    """Return what is told of the site itself; None where something open is only dropped."""
    if pending and LEAVE_IT.search(reading.text.casefold()):
        return None
    topic = of_site(reading, state)
    return Move("talk", f"site:{topic}", act="site", about=topic) if topic else None


def explaining(reading: Reading, state: State) -> Move | None:
    """Return why something was shown, where that is asked of what was; None for anything else."""
    shown = {one.sku for one in state.visible}
    named = tuple(sku for sku in reading.references if sku in shown)
    if not shown or not asks_why_shown(reading.text, named=bool(named)):
        return None
    skus = named or (tuple(one.sku for one in state.visible) if PLURAL.search(
        reading.text.casefold()) else state.focus) or first_of(state)  # fmt: skip
    return Move("explain", "why-shown", about="explain", skus=skus)


def grumbles(reading: Reading) -> bool:
    """Tell whether a message only complains of the people: "nobody answers me"."""
    return reading.emotion in ("upset", "angry") and guess(reading.text) == "complaint"


def completed(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return the step that this message completes, unless it is clearly about something else."""
    intent = situation.asked_back
    keeps = intent in GIVING_BACK and bool(KEEPS_IT.search(reading.text.casefold()))
    stated = condition_of(reading.text) and not QUESTION.search(reading.text.casefold().strip())
    told_why = intent in GIVING_BACK and (stated or reason_of(reading.text) is not None)
    names = intent in OF_ORDER and only_names(reading, state)
    if fills(reading.text, intent) or (not keeps and (names or told_why)):
        return Move("order", "completed", about=intent)
    told = intent in WRITTEN and reading.intent in CHAT and not ASKS.search(reading.text.casefold())
    elsewhere = reading.intent in ELSEWHERE and not told
    other = new_search(reading, state) and not names_what_was_asked(reading, intent)
    mute = not (reading.said.price or reading.said.of("category") or reading.intent == "decline")
    other = other or (intent == "bundle" and mute)
    other = other or (intent in KINDS and asks_what_goes_with(reading.text))
    another = reading.intent in OF_ORDER and reading.intent != intent and intent in OF_ORDER
    if not intent or elsewhere or other or another or asks_else(reading, intent):
        return None
    words = reading.text.casefold()
    leaves = intent in OF_ORDER and bool(LEAVE_IT.search(words)) and not asks(words)
    leaves = leaves or keeps
    wish = wish_in(words) if intent in OF_ORDER else ""
    if wish in OF_ORDER - {intent}:
        return Move("order", "another-thing", about=wish)
    if leaves or (reading.intent == "decline" and reading.quantity is None):
        return Move("decline", "asked-back")
    kind: Kind = "order" if intent in OF_ORDER else "product"
    kind = KINDS.get(intent, kind)
    skus = meant(reading, state, situation) if intent not in OF_ORDER else ()
    return Move(kind, "completed", about=intent, skus=skus)


def of_invoice(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return a request for an invoice where it is said to whom, one being talked of."""
    talked_of = state.intent == "invoice" and state.order_number and not situation.asked_back
    if not (talked_of and fills(reading.text, "invoice")):
        return None
    return Move("order", "says-to-whom", about="invoice", skus=reading.references)


def only_names(reading: Reading, state: State) -> bool:
    """Tell whether a message says nothing but which own thing is meant: 台灯那个."""
    words = reading.text.casefold()
    complains = reading.intent == "complaint" and reading.confidence >= HEARD
    names = own_only(reading.references, state) and guess(words) is None
    return names and not (complains or asks(words))


def asks_else(reading: Reading, intent: str) -> bool:
    """Tell whether a message asks something of its own instead of answering what was asked."""
    answers = reading.intent in ANSWERING and not (
        intent in OF_ORDER and reading.intent in OF_PRODUCT
    )
    if reading.abstained or reading.intent == intent or answers or reading.intent in CHAT:
        return False
    return bool(QUESTION.search(reading.text.casefold().strip()))


def new_search(reading: Reading, state: State) -> bool:
    """Tell whether a message names another kind of thing to look for."""
    kinds = {one.value for one in reading.said.of("category")}
    if reading.intent == "gift" and reading.confidence >= SURELY_CHAT:
        return True  # "a birthday gift for my mom" names no make of what is put in
    if reading.intent in ("search", "gift"):
        return bool(kinds)
    held = {one.slot.value for one in state.slots if one.slot.kind == "category"}
    others = reading.intent in ("refine", "recommend") and bool(kinds - held)
    return others and asks(reading.text.casefold())  # "do you have umbrellas?"


def names_what_was_asked(reading: Reading, intent: str) -> bool:
    """Tell whether a kind of thing is named in answer to which order, or what a set is to hold."""
    if intent == "bundle":
        return bool(reading.said.of("category"))
    pointed = re.search(r"\b(?:the|my|those|that)\b|[那这]|上次", reading.text.casefold())
    looks = guess(reading.text) in ("search", "recommend", "gift")
    return intent in OF_ORDER and bool(pointed) and not looks


def troubled(reading: Reading, state: State) -> Move | None:
    """Return what an upset customer gets before anything else: amends, and soon a person."""
    asks = reading.intent == "compare" or OTHERS_SAY.search(reading.text.casefold())
    if asks or (reading.intent == "reviews" and reading.emotion != "angry"):
        return None  # what other buyers complain about is a question
    upset = reading.emotion in ("upset", "angry")
    wants = reading.intent in ACTS and guess(reading.text) in ACTS
    helped = wants or asks_the_desk(reading)  # an answer or an act helps more than being passed on
    if upset and state.upset_turns + 1 >= MOST_UPSET and not helped:
        return Move("hand_over", "upset-again", about="upset")
    more = state.intent == "complaint" and NO_USE.search(reading.text.casefold())
    if more and reading.intent not in OF_ORDER:
        return Move("complain", "complaint:still")
    if same_trouble(reading, state) or still_missing(reading, state):
        return Move("complain", "complaint:more")
    anger = reading.emotion == "angry" and reading.intent not in OF_ORDER - {"order_status"}
    if reading.intent in ("complaint", "human") or anger:
        return Move("complain", "complaint")
    return None


def asks_the_desk(reading: Reading) -> bool:
    """Tell whether an upset message asks what orders or rules answer: "when do I get my money?"."""
    ruled = guess(reading.text)
    return asks(reading.text.casefold()) and ruled in OF_ORDER | {"delivery", "policy"}


def still_missing(reading: Reading, state: State) -> bool:
    """Tell whether a message only adds that a parcel is not there: 门卫那边也没有."""
    about = reading.intent in ("order_status", "complaint", "small_talk")
    return state.lacking == "parcel" and about and not asks(reading.text.casefold())


def same_trouble(reading: Reading, state: State) -> bool:
    """Tell whether a message only adds to the complaint that was just answered."""
    going_on = state.intent == "complaint" and bool(state.order_number)
    other = reading.order_number not in (None, state.order_number) or (
        bool(reading.references) and bool(state.focus) and reading.references != state.focus
    )
    told_anew = reason_of(reading.text) is not None
    complains = reading.intent == "complaint" or reading.emotion in ("upset", "angry")
    return going_on and complains and not (other or told_anew or reading.intent in OF_ORDER)


def unsure(reading: Reading, state: State) -> Move | None:
    """Return what is done where nobody could tell what a message is for.

    A question right after one thing was talked of is about that thing: 亮度能调不.
    """
    if not reading.abstained or reading.said.slots or reading.said.sort != "relevance":
        return None
    skus = reading.references or state.focus
    asks = QUESTION_OF_IT.search(reading.text.casefold().strip())
    if reading.quantity and len(skus) == 1 and not asks:
        return Move("product", "abstained:so-many", about="cart_add", skus=skus)
    if asks and len(skus) == 1:
        return Move("product", "abstained:of-what-is-talked-of", about="attribute", skus=skus)
    if asks and len(state.visible) > 1 and topics_of(reading.text):
        return Move("product", "of-the-list", about="attribute", skus=first_of(state))
    return Move("unsure", "abstained")


def by_intent(reading: Reading, state: State, situation: Situation) -> Move:
    """Return what an intent asks for."""
    if reading.intent == "price" and SENDING.search(reading.text.casefold()):
        reading = replace(reading, intent="delivery")
    intent = reading.intent
    if only_sounds_like_chat(reading):
        return Move("unsure", "asks-of-the-shop")
    if intent in PLAIN:
        kind, act = PLAIN[intent]
        if intent == "thanks" and takes_one(reading, state):
            kind, act, intent = "product", "", "cart_add"
        return Move(kind, intent, act=act, about=intent, skus=reading.references)
    if intent == "compare":
        return comparing(reading, state, situation)
    if intent == "more_like" or intent in OF_PRODUCT:
        return further(reading, state, situation)
    if intent in OF_SHOP:
        return of_shop(reading, state, situation)
    return finding(reading, state)


def takes_one(reading: Reading, state: State) -> bool:
    """Tell whether thanks are said for one of a list that is taken: "thanks, the second one"."""
    said = CHOSEN.search(reading.text.casefold())
    return bool(said and reading.references and not state.owned)


def of_shop(reading: Reading, state: State, situation: Situation) -> Move:
    """Return what a question about sending or offers comes to: of things together, one, a shop."""
    intent = reading.intent
    if several := bought_together(reading, state):
        return Move("product", "free-together", about="free_delivery", skus=several)
    skus = meant(reading, state, situation)[:1]
    return Move(OF_SHOP[intent], intent, about=intent, skus=skus)


def bought_together(reading: Reading, state: State) -> tuple[str, ...]:
    """Return the things of which it is asked whether they are sent free, bought together."""
    if not SENT_FREE.search(reading.text.casefold()):
        return ()
    skus = reading.references or (state.focus if not reading.unresolved else ())
    return skus if len(skus) > 1 or (len(skus) == 1 and (reading.quantity or 1) > 1) else ()


def only_sounds_like_chat(reading: Reading) -> bool:
    """Tell whether a message is a question that a head took for chat, or chat it was unsure of."""
    unsure = reading.abstained and not reading.need.slots
    if reading.intent == "small_talk" and QUESTION.search(reading.text.casefold()):
        return guess(reading.text) not in ("small_talk", "greeting", "human")
    return unsure and reading.intent in CHAT | {"praise", "thanks"}


def by_kind(reading: Reading, state: State) -> Move | None:
    """Return a search where a kind of product is named, whatever the chat around it sounds like."""
    chat = reading.intent in CHAT and reading.confidence < SURELY_CHAT
    if names_kind(reading) and (chat or mere_kind(reading)):
        return finding(reading, state)
    return None
