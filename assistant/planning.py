"""Decide what to do about a message: pure code over what was read and what was said before.

For answering. It asks no database and no model, so that each decision can be tested and told. At
most `MOST_ASKED` questions are put before products are shown; an angry customer is never sold to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.attending import REACHED, of_matter, of_own, of_site
from assistant.doing.rules.reasons import reason_of
from assistant.moves import (
    CHAT,
    GIVING_BACK,
    OF_ORDER,
    OF_PRODUCT,
    QUESTION,
    QUESTION_OF_IT,
    Kind,
    Move,
    Situation,
)
from assistant.safety import Verdict
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.asides import tells_of_somebody
from assistant.understanding.intents.rules import guess, plain_answer
from assistant.understanding.liking import likings

MOST_ASKED = 2
# What asking for somebody's hours or telephone is read as.
REACHING = frozenset(
    ("human", "policy", "account", "out_of_scope", "small_talk", "stock", "search")
)
# What a question has in it, and the name of a thing has not.
ASKS = re.compile(
    r"[?？吗么呢多几哪什怎谁]|\b(?:what|how|which|who|when|does|do|is|are|can|will|it|this|them|they)\b"
    r"|这|那|它"
)
# What may be said in answer to a question about one thing, as a question of its own.
ANSWERING = frozenset(
    ("search", "refine", "recommend", "gift", "confirm", "stock", "cart_add", "more_like", "praise")
)
# You do it for me: 你帮我弄.
DO_IT = re.compile(
    r"(?:你|您)(?:来|就|直接)?(?:帮我|给我|替我)(?:弄|办|搞|操作|提交|申请|处理)|帮我(?:弄|办|提交)(?:一下|吧|了)"
    r"|\b(?:you do it|do (?:it|that) for me|please do (?:it|that)|submit it)\b"
)
# What was advised is of no use: 重启过了没用.
NO_USE = re.compile(
    r"没(?:有)?用|还是(?:不|没)|不管用|没反应|试过了|一样(?:不|没)"
    r"|\b(?:didn'?t|doesn'?t|don'?t|not) (?:help\w*|work\w*|make a difference)\b|\btried that\b"
    r"|\bstill (?:the same|not|doesn'?t|won'?t|broken)\b|\bno (?:use|luck|difference)\b"
)
# What asks back for words that look like nothing else: an address, a title.
WRITTEN = frozenset(("change_address", "invoice"))
LEAVE_IT = re.compile(
    r"^(?:算了|不用了?|不要了?|先不|别|no\b|nope|never ?mind|don't|leave it)"
    r"|不(?:取消|退|换|改|买|开)了"
)
# Intents that a question about the product of the page is often taken for.
LOOSE = frozenset(("search", "refine", "recommend", "out_of_scope", "small_talk", "bundle"))
OF_RULES = frozenset(("policy", "account"))
# Intents that are carried out in one way, whatever was said before: kind of move, act.
PLAIN: Mapping[str, tuple[Kind, str]] = {
    **{name: ("talk", name) for name in ("greeting", "thanks", "praise", "small_talk",
                                         "out_of_scope")},
    **dict.fromkeys(OF_ORDER, ("order", "")),
    **dict.fromkeys(OF_RULES, ("know", "")),
    "not_interested": ("others", ""),
    "bundle": ("bundle", ""),
}  # fmt: skip
# Asking what other buyers say, as against complaining oneself.
OTHERS_SAY = re.compile(
    r"(?:buyers?|customers?|people|reviews?|others)\b.{0,24}\b(?:complain|say|think|dislike|praise)"
    r"|(?:买家|大家|别人|顾客|其他人|评价).{0,8}(?:说|抱怨|吐槽|反映|怎么样|评价|不满)|有什么差评|差评多"
)
I_COMPLAIN = re.compile(r"\b(?:i|we)\b.{0,12}\bcomplain\b|(?:向谁|找谁|去哪|怎么)投诉")
# Two things that were shown, and which of them.
PAIR = re.compile(r"\b(?:two|both|either)\b|[两俩](?:个|款|件|条|双|种|者|样)?|二者")
SEVERAL = re.compile(
    rf"{PAIR.pattern}|\bwhich (?:one|of)\b|哪[个款件条双种]"
    r"|\bwhich\b.{0,16}\b(?:is|are|has|have|lasts?|weighs?)\b.{0,12}\b(?:\w+er|more|less|better)\b"
)
# About a product where one is meant, else about its shop.
OF_SHOP: Mapping[str, Kind] = {"delivery": "know", "promotion": "promotion"}
# What is never the answer to a question of ours.
ELSEWHERE = frozenset(
    ("human", "greeting", "thanks", "not_interested", "compare", "policy", "promotion", "bundle",
     "out_of_scope", "small_talk", "complaint")
)  # fmt: skip
KINDS: Mapping[str, Kind] = {"compare": "compare", "bundle": "bundle", "gift": "gift",
                             "promotion": "promotion"}  # fmt: skip
# Upset in so many turns that follow each other: a person takes over.
MOST_UPSET = 3


def planned(reading: Reading, state: State, verdict: Verdict, situation: Situation) -> Move:
    """Return what is to be done about a message. ``state``: before it was read."""
    if not verdict.ok:
        return Move("refuse", f"safety:{verdict.rule}", about=verdict.topic)
    if situation.forced in ("find", "confirm", "decline", "hand_over"):
        return Move(situation.forced, "clicked", about="asked")  # type: ignore[arg-type]
    if topic := of_site(reading, state):
        return Move("talk", f"site:{topic}", act="site", about=topic)
    if REACHED.search(reading.text.casefold()) and reading.intent in REACHING:
        return Move("know", "reached", about="policy")
    if reading.intent == "human" and not grumbles(reading):
        return Move("hand_over", "asked", about="asked")
    reading = hinted(of_own(overheard(reading), state), situation)
    return (
        yes_or_no(reading, state, situation)
        or of_matter(reading, state, situation)
        or completed(reading, state, situation)
        or troubled(reading, state)
        or unsure(reading, state)
        or by_kind(reading, state)
        or by_intent(reading, state, situation)
    )


def yes_or_no(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return what a yes or no comes to: what waits for one, a person offered, the list shown."""
    if situation.waiting:
        said = said_of_it(reading)
        return Move(said, "pending") if said else None
    elif state.pending is not None and state.pending.kind == "person":
        if reading.intent == "confirm":
            return Move("hand_over", "accepted", about="asked")
        return Move("decline", "declined") if reading.intent == "decline" else None
    elif plain_answer(reading.text) == "decline" and state.visible and state.pending is None:
        return Move("others", "declined", about="not_interested")
    return None


def said_of_it(reading: Reading) -> Kind | None:
    """Return what is said of a thing that waits for a yes; None where something is asked."""
    words = reading.text.casefold()
    if LEAVE_IT.search(words):
        return "decline"
    if DO_IT.search(words):
        return "confirm"
    asks = QUESTION.search(words) and not plain_answer(reading.text)
    if asks or reading.intent not in ("confirm", "decline"):
        return None
    return "confirm" if reading.intent == "confirm" else "decline"


def grumbles(reading: Reading) -> bool:
    """Tell whether a message only complains of the people: "nobody answers me"."""
    return reading.emotion in ("upset", "angry") and guess(reading.text) == "complaint"


def overheard(reading: Reading) -> Reading:
    """Read a question about what others say as one, whatever their words sound like."""
    words = reading.text.casefold()
    if I_COMPLAIN.search(words):
        return replace(reading, intent="complaint", abstained=False)
    plainly = guess(words) in (None, "attribute")
    if reading.intent == "reviews" and reading.asked_attribute and plainly:
        return replace(reading, intent="attribute")  # "waterproof rating"
    if reading.intent == "compare" or not OTHERS_SAY.search(words):
        return reading
    several = len(reading.references) > 1 or SEVERAL.search(words)
    intent = "compare" if several else "reviews"
    return replace(reading, intent=intent, abstained=False)


def hinted(reading: Reading, situation: Situation) -> Reading:
    """Read a loose question on a product's page as what that product can answer."""
    coupon = reading.intent == "policy" and situation.hint == "promotion"
    loose = reading.abstained or reading.intent in LOOSE or coupon
    others = set(reading.references) - {situation.page}
    if not (situation.hint and situation.page and loose) or others:
        return reading
    return replace(reading, intent=situation.hint, abstained=False)


def completed(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return the step that this message completes, unless it is clearly about something else."""
    intent = situation.asked_back
    if intent in GIVING_BACK and reason_of(reading.text) is not None:
        return Move("order", "completed", about=intent)
    told = intent in WRITTEN and reading.intent in CHAT and not ASKS.search(reading.text.casefold())
    elsewhere = reading.intent in ELSEWHERE and not told
    other = new_search(reading) and not names_what_was_asked(reading, intent)
    if not intent or elsewhere or other or asks_else(reading, intent):
        return None
    if reading.intent in OF_ORDER and reading.intent != intent and intent in OF_ORDER:
        return None
    if reading.intent == "decline" and reading.quantity is None:
        return Move("decline", "asked-back")
    kind: Kind = "order" if intent in OF_ORDER else "product"
    kind = KINDS.get(intent, kind)
    skus = meant(reading, state, situation) if intent not in OF_ORDER else ()
    return Move(kind, "completed", about=intent, skus=skus)


def asks_else(reading: Reading, intent: str) -> bool:
    """Tell whether a message asks something of its own instead of answering what was asked."""
    answers = reading.intent in ANSWERING and not (
        intent in OF_ORDER and reading.intent in OF_PRODUCT
    )
    if reading.abstained or reading.intent == intent or answers or reading.intent in CHAT:
        return False
    return bool(QUESTION.search(reading.text.casefold().strip()))


def new_search(reading: Reading) -> bool:
    """Tell whether a message names another kind of thing to look for."""
    return reading.intent in ("search", "gift") and bool(reading.said.of("category"))


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
    if upset and state.upset_turns + 1 >= MOST_UPSET:
        return Move("hand_over", "upset-again", about="upset")
    more = state.intent == "complaint" and NO_USE.search(reading.text.casefold())
    if more and reading.intent not in OF_ORDER:
        return Move("complain", "complaint:still")
    anger = reading.emotion == "angry" and reading.intent not in OF_ORDER - {"order_status"}
    if reading.intent in ("complaint", "human") or anger:
        return Move("complain", "complaint")
    return None


def unsure(reading: Reading, state: State) -> Move | None:
    """Return what is done where nobody could tell what a message is for.

    A question right after one thing was talked of is about that thing: 亮度能调不.
    """
    if not (reading.abstained and not reading.said.slots):
        return None
    skus = reading.references or state.focus
    asks = QUESTION_OF_IT.search(reading.text.casefold().strip())
    if reading.quantity and len(skus) == 1 and not asks:
        return Move("product", "abstained:so-many", about="cart_add", skus=skus)
    if asks and len(skus) == 1:
        return Move("product", "abstained:of-what-is-talked-of", about="attribute", skus=skus)
    return Move("unsure", "abstained")


def by_intent(reading: Reading, state: State, situation: Situation) -> Move:
    """Return what an intent asks for."""
    intent = reading.intent
    if only_sounds_like_chat(reading):
        return Move("unsure", "asks-of-the-shop")
    if intent in PLAIN:
        kind, act = PLAIN[intent]
        return Move(kind, intent, act=act, about=intent, skus=reading.references)
    if intent == "compare":
        return comparing(reading, state, situation)
    if intent == "more_like" or intent in OF_PRODUCT:
        kind = "like" if intent == "more_like" else "product"
        return of_product(reading, state, situation, kind)
    if intent in OF_SHOP:
        skus = meant(reading, state, situation)[:1]
        return Move(OF_SHOP[intent], intent, about=intent, skus=skus)
    return finding(reading, state)


def only_sounds_like_chat(reading: Reading) -> bool:
    """Tell whether a message is a question that a head took for chat, or chat it was unsure of."""
    unsure = reading.abstained and not reading.need.slots
    if reading.intent == "small_talk" and QUESTION.search(reading.text.casefold()):
        return guess(reading.text) not in ("small_talk", "greeting", "human")
    return unsure and reading.intent in CHAT | {"praise", "thanks"}


def meant(reading: Reading, state: State, situation: Situation) -> tuple[str, ...]:
    """Return the products a question is about: those named, talked of last, the page, the only."""
    if reading.references:
        return reading.references
    if reading.unresolved:
        return ()
    if state.focus:
        return state.focus
    if situation.page:
        return (situation.page,)
    return (state.visible[0].sku,) if len(state.visible) == 1 else ()


def by_kind(reading: Reading, state: State) -> Move | None:
    """Return a search where a kind of product is named, whatever the chat around it sounds like."""
    if names_kind(reading) and (reading.intent in CHAT or mere_kind(reading)):
        return finding(reading, state)
    return None


def names_kind(reading: Reading) -> bool:
    """Tell whether a message names a kind of product that the shop has."""
    return any(one.known for one in reading.said.of("category"))


def mere_kind(reading: Reading) -> bool:
    """Tell whether a set or praise is but a kind of product: no budget, nobody glad."""
    if reading.intent == "bundle":
        return reading.need.price is None and len(reading.said.of("category")) == 1
    return reading.intent == "praise" and reading.emotion != "glad"


def of_product(reading: Reading, state: State, situation: Situation, kind: Kind) -> Move:
    """Return what a question about one product comes to; which one is asked if it is not clear."""
    skus = meant(reading, state, situation)
    if skus:
        return Move(kind, reading.intent, about=reading.intent, skus=skus)
    asks = ASKS.search(reading.text.casefold())
    if reading.intent == "cart_add" and state.visible and not names_kind(reading):
        return of_nothing_shown(reading, state)
    named = names_kind(reading) or (reading.said.text and not asks and reading.need.text)
    if not reading.unresolved and named:
        if reading.asked_attribute == "warranty":
            return Move("know", "of-a-kind", about="policy")  # each shop's rule tells
        return Move("find", f"{reading.intent}:names-a-kind")
    return of_nothing_shown(reading, state)


def of_nothing_shown(reading: Reading, state: State) -> Move:
    """Return what a question comes to that is about no product that can be told."""
    names_a_kind = reading.said.slots or reading.said.text
    if state.visible or reading.unresolved:
        options = tuple(one.title for one in state.visible[:4])
        return Move("clarify", "which-product", about="product", facts={"options": options})
    if reading.intent in ("price", "stock", "cart_add", "suitability") and names_a_kind:
        return Move("find", f"{reading.intent}:nothing-shown")
    if reading.intent in ("sizing", "compatibility", "attribute"):
        return Move("know", reading.intent, about=reading.intent)
    return Move("clarify", "which-product", about="product")


def comparing(reading: Reading, state: State, situation: Situation) -> Move:
    """Return a comparison of what was named, else of what was shown last."""
    skus = reading.references or state.compared
    if len(reading.references) == 1 == len(state.focus) and state.focus != reading.references:
        skus = (*state.focus, *reading.references)  # 和第一个比哪个更轻
    if len(skus) < 2 <= len(state.visible) and PAIR.search(reading.text.casefold()):
        skus = tuple(one.sku for one in state.visible[:2])
    if len(skus) < 2 and len(state.visible) >= 2:
        named = tuple(dict.fromkeys((*skus, *(one.sku for one in state.visible))))
        skus = named[: max(2, min(4, len(state.visible)))]
    if len(skus) == 1 and situation.page and situation.page not in skus:
        skus = (*skus, situation.page)
    kinds = tuple(dict.fromkeys(one.surface for one in reading.said.of("category")))
    if len(skus) < 2 <= len(kinds) and not reading.unresolved:
        return Move("clarify", "which-kind", about="kind", facts={"options": kinds})
    if len(skus) < 2:
        return Move("clarify", "which-product", about="product")
    return Move("compare", "compare", about="compare", skus=tuple(skus[:4]))


def finding(reading: Reading, state: State) -> Move:
    """Return a search, a recommendation, or the one question that would help most."""
    if move := going_on(reading, state):
        return move
    wanted = bool(reading.need.text) or any(not one.negated for one in reading.need.slots)
    wanted = wanted or reading.said.sort != "relevance"  # "the cheapest thing you sell"
    if wanted and not (reading.abstained and not reading.need.slots):
        return Move("find", reading.intent)
    if reading.intent == "recommend":
        return Move("recommend", reading.intent)
    if reading.abstained or reading.intent in ("confirm", "decline"):
        return Move("unsure", "abstained")
    if state.asked < MOST_ASKED:
        return Move("clarify", "what", about="what")
    return Move("recommend", "asked-enough")


def going_on(reading: Reading, state: State) -> Move | None:
    """Return a present, or a set for another budget, where one is being looked for."""
    goes_on = state.intent == "gift" and not reading.said.of("category")
    if reading.intent == "gift" or (
        reading.intent == "refine" and (goes_on or for_giving(reading))
    ):
        return giving(reading, state)
    if reading.intent == "refine" and state.intent == "bundle" and reading.said.price:
        return Move("bundle", "bundle:another-budget", about="bundle")
    if reading.intent == "confirm" and state.visible:
        return Move("talk", "nothing-waits", act="thanks")
    asks = QUESTION.search(reading.text.casefold())
    if reading.intent in ("confirm", "decline") and not (asks or reading.said.slots):
        return Move("talk", "nothing-waits", act="noted")
    return None


def for_giving(reading: Reading) -> bool:
    """Tell whether what is narrowed is a present for a person, and no kind of thing yet."""
    return guess(reading.need.query) == "gift" and bool(reading.need.of("audience"))


def giving(reading: Reading, state: State) -> Move:
    """Return gifts for a person, a search where a kind of thing is named, or one question."""
    if len(likings(reading.text, reading.need)) > 1:
        return Move("gift", "gift:likings", about="gift")
    kinds = {slot.kind for slot in reading.need.slots}
    if kinds & {"category", "brand", "colour", "material", "feature", "style"}:
        return Move("find", "gift:named")
    if tells_of_somebody(reading.text) and reading.said.text and state.intent == "gift":
        return Move("find", "gift:named")
    if kinds & {"audience", "price"} or state.asked >= MOST_ASKED:
        return Move("gift", "gift", about="gift")
    return Move("clarify", "gift", about="person" if state.asked == 0 else "budget")
