"""Decide what a message is for: the head's guess, the rules, and what was asked before.

The head sees one message; here it is set in its place. "300" is an answer where a budget was asked
for, "blue" narrows where something is being looked for, and "yes" is a yes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.asides import tells_of_somebody
from assistant.understanding.cues import cues
from assistant.understanding.following import (
    leftover,
    moves,
    narrows,
    of_whole_shop,
    other_kinds,
)
from assistant.understanding.intents.names import MEANINGS, OUT_OF_SCOPE
from assistant.understanding.intents.rules import guess, plain_answer
from assistant.understanding.naming import is_a_set, names_a_thing, spoken_of_goods

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.reading import Predictor
    from catalog.search.understanding import Kind, Need

# Below this chance nobody should act on a guess (docs/understanding-messages.md).
SURE = 0.40
RULED = 0.7  # what a rule is worth
CERTAIN = 0.9
DOUBTED = 0.3  # what nobody should act on
SEARCHING = frozenset({"search", "refine", "recommend", "gift"})
AFTER_BUYING = frozenset({
    "cancel", "return", "exchange", "refund", "change_address", "invoice", "order_status",
})  # fmt: skip
HAD = re.compile(
    r"订单|买的|买了|收到|下单|到货|退|换|发票|\b(?:my (?:purchase|stuff|things?)|order\w*|bought"
    r"|received|arrived|got|came|sent|return\w*|exchang\w*|refund\w*|cancel\w*|invoice|parcel|package|delivered)\b"
)
# Intents that a change of what is wanted is mistaken for.
UNPLACED = frozenset(
    {"search", "attribute", "out_of_scope", "price", "sizing", "stock", "small_talk"}
)
WHEN = re.compile(r"什么时候|啥时候|几天|多久|几时|\bwhen\b|how (?:long|soon|fast)")
# What is heard and what the words say: a present is no set, "a hole in it. great." no praise.
MISHEARD = frozenset({
    ("confirm", "price"), ("bundle", "gift"), ("praise", "complaint"), ("gift", "policy"),
    ("search", "complaint"), ("refine", "complaint"),
})  # fmt: skip
# "Buy me a kennel" looks for one; "add this to the cart" has found it.
POINTS = re.compile(
    r"购物车|加购|下单|这|那|它|\b(?:cart|basket|bag|this|these|it|the|that|those)\b"
)
FEWEST_COMPARED = 2
# 那还是看看睡袋吧: another thing, whatever is asked of it.
OF_ONE_THING = frozenset({"attribute", "suitability", "sizing", "stock", "price", "more_like"})
LOOKS_AT = re.compile(
    r"看看|看一下|瞧瞧|先看|看.{1,6}吧|\b(?:show me|let me see|let's (?:see|look)|look at)\b"
)
# Of something bought: 换成衬衫 is no exchange before.
BOUGHT = re.compile(r"订单|买的|买了|收到|到货|\b(?:order\w*|bought|received|arrived)\b")
# What a choice among those that were shown is mistaken for.
UNDECIDED = frozenset(
    {"search", "refine", "recommend", "reviews", "attribute", "out_of_scope", "price", "complaint"}
)
LIMITING = frozenset({"complaint", "price", "praise", "promotion", "out_of_scope", "small_talk"})
# There is asked for another kind of thing: 还有勺子吗, "do you have candles too?"
HAS_ANY = re.compile(
    r"有(?:没有)?[^，。]{1,8}[吗么嘛没]"
    r"|\b(?:do you (?:also )?(?:have|sell|carry|stock)|got any|have you got)\b"
)
# What questions about a shop are mistaken for.
OF_NO_SHOP = frozenset({
    "search", "account", "reviews", "complaint", "out_of_scope", "small_talk", "gift", "refine",
    "greeting", "human", "compatibility", "suitability",
})  # fmt: skip
WHO_PAYS = re.compile(r"(?:运费|邮费).{0,4}谁|谁.{0,4}(?:运费|邮费)|\bwho pays\b")
TAKING_BACK = frozenset({"return", "exchange", "refund", "policy", "complaint"})
# What is never said by a question: 是正品吗 is no praise, 孕妇呢 no hello.
NO_QUESTIONS = frozenset({"greeting", "praise", "thanks", "confirm", "decline"})
PLAINLY_ASKS = re.compile(
    r"[?？]$|[吗呢么]$|^(?:what|how|which|who|when|where|does|do|is|are|can|could|will|even if)\b"
)
NOT_BUYING = re.compile(r"不买了")
LEAVES = cues("asides")["leaves"]
CHOOSES = re.compile(
    r"^(?:the|your) (?!best|cheap|near|low|high|new|lat)\w+est\b(?: ones?)?"
    r"(?: (?:you|there|of)\b.{0,20})?[?.!]*$|"
    r"最.{1,4}的?(?:是|有)?哪|"
    r"\bwhich (?:one|of (?:them|these|those|the \w+))?\b.{0,16}"
    r"\b(?:lightest|heaviest|warmest|quietest|biggest|smallest|strongest|best|lasts? longest)\b"
    r"|\bwhich (?:one |of (?:them|these|those) )?(?:would|do|should) (?:you|i)"
    r" (?:recommend|choose|pick|take|get|buy)\b"
    r"|哪[一]?[个款件条双].{0,4}最(?!便宜|贵)|(?:里面?|里头|当中|之中|其中).{0,4}(?:推荐|选|挑|买)哪"
    r"|(?:推荐|选|挑|买)(?:其中)?哪[一]?[个款件条双](?:好|呢|啊)?[?？。]?$"
)
# What one is to be like, in a clause of its own.
ONE_THAT = re.compile(
    r"^(?:(?:我)?(?:想|需)?要|最好|得|必须)?(?:是)?(?:个)?(?:能|可以|会|带|有|不|没有|适合|用来|方便)"
    r"[^，。？?吗呢么]{1,14}的[。.！!吧]?$"
    r"|^(?:one|ones|something|some|anything) (?:that|which|i can|to)\b[^?]*$"
)
BARGAINING = frozenset({"promotion", "recommend", "not_interested", "praise", "complaint"})
# What words that only describe ("black", "slip-ons would be ideal") are mistaken for.
DESCRIBED_BY = frozenset({"suitability", "compatibility", "confirm", "decline", "thanks", "praise"})
# What is told of somebody else's likings is mistaken for.
LIKED_BY_NONE = frozenset({"praise", "out_of_scope", "small_talk", "recommend", "search", "refine"})
_ASKS = cues("naming")["asks"]
# What only goods are said to be.
OF_GOODS: tuple[Kind, ...] = ("brand", "colour", "material", "pattern", "style", "fit")
DESCRIBING = ("category", "brand", "colour", "material", "occasion", "audience", "feature", "price",
              "pattern", "style", "season", "size")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """An intent and how sure; ``abstained``: better ask than act."""

    intent: str
    confidence: float
    abstained: bool = False


def decide(text: str, said: Need, state: State, predict: Predictor) -> Decision:
    """Decide the intent of a message. ``predict`` may answer None: then rules decide."""
    answer = _as_answer(text, said, state)
    if answer is None and of_whole_shop(text, said):
        answer = Decision("search", RULED)
    if answer is not None:
        return answer
    told = predict(text)
    ruled = guess(text)
    if told is None or told[0] not in MEANINGS:
        return _placed(_by_rules(ruled, said), text, said, state)
    intent, confidence = _heard(text, said, *told)
    if confidence >= SURE:
        return _placed(Decision(intent, confidence), text, said, state)
    if ruled is not None:
        ruled = _meant(text, said, ruled) or ruled
        return _placed(Decision(ruled, max(confidence, RULED)), text, said, state)
    if said.of("category"):
        return _placed(Decision("search", max(confidence, SURE)), text, said, state)
    return _placed(Decision(intent, confidence, abstained=True), text, said, state)


def _heard(text: str, said: Need, intent: str, confidence: float) -> tuple[str, float]:
    """Correct what a head mistakes by its ear: names of things, sets, gifts, a hello."""
    if intent == "greeting" and confidence < CERTAIN and guess(text) != "greeting":
        return intent, min(confidence, DOUBTED)
    if intent in NO_QUESTIONS and guess(text) != intent and _asks_plainly(text):
        return intent, min(confidence, DOUBTED)
    meant = _meant(text, said, intent)
    return (meant, max(confidence, RULED)) if meant else (intent, confidence)


def _asks_plainly(text: str) -> bool:
    return bool(PLAINLY_ASKS.search(text.casefold().strip()))


def _meant(text: str, said: Need, intent: str) -> str:
    """Return what is meant by a message that sounds like ``intent``; "" for just that."""
    ruled = guess(text)
    if (intent, ruled) in MISHEARD:
        return str(ruled)
    nobody = bool(said.of("category")) or not said.of("audience")
    gift = intent == "gift" and ruled != "gift" and nobody and not said.of("occasion")
    if gift or names_a_thing(text, said, intent):
        return "search"
    if intent in SEARCHING and is_a_set(text, said):
        return "bundle"
    if intent == "cart_add" and WHEN.search(text.casefold()):
        return "delivery"
    if intent in AFTER_BUYING:
        return _of_no_order(text, said, intent)
    return _of_goods(text, said, intent, ruled)


def _of_goods(text: str, said: Need, intent: str, ruled: str | None) -> str:
    """Return what a message is for that only sounds like a set, or like a question of one thing."""
    if intent == "bundle" and ruled != "bundle" and not said.of("category") and said.price:
        return "refine"  # a budget by itself makes no set
    folded = text.casefold()
    looks = LOOKS_AT.search(folded) or (HAS_ANY.search(folded) and not POINTS.search(folded))
    one = intent in OF_ONE_THING or (intent == "compare" and len(said.of("category")) == 1)
    return "search" if one and looks and said.of("category") else ""


def _of_no_order(text: str, said: Need, intent: str) -> str:
    """Return what a message is for that only sounds as if it were about an order."""
    if other := spoken_of_goods(text, said, intent):
        return other
    ruled = guess(text)
    about_goods = said.of("category") and ruled in (None, "search", "recommend", "gift")
    return "search" if about_goods and not HAD.search(text.casefold()) else ""


def _as_answer(text: str, said: Need, state: State) -> Decision | None:
    """Read a message as the answer to what was asked, where it is one."""
    plain = plain_answer(text)
    if state.pending is None:
        return Decision(plain, CERTAIN) if plain and not said.slots else None
    if plain:
        return Decision(plain, 1.0)
    if any(slot.kind == state.pending.kind for slot in said.slots):
        return Decision("refine", CERTAIN)
    return None


def _by_rules(ruled: str | None, said: Need) -> Decision:
    if ruled is not None:
        return Decision(ruled, RULED)
    if any(said.of(kind) for kind in DESCRIBING):  # type: ignore[arg-type]
        return Decision("search", RULED if said.of("category") else SURE)
    return Decision(OUT_OF_SCOPE, 0.2, abstained=True)


def _placed(found: Decision, text: str, said: Need, state: State) -> Decision:
    """Tell looking for something new from narrowing what is being looked for."""
    here = {slot.surface for slot in said.of("category")}
    new = other_kinds(said, state)
    if other := _going_on(found, text, said, state):
        return Decision(other, max(found.confidence, RULED))
    something = bool(state.slots or state.topic)
    if found.intent == "search" and something and said.slots and (not here or here - new):
        return Decision("refine", found.confidence, found.abstained)
    if found.intent == "refine" and not something and not state.visible:
        return Decision("search", found.confidence, found.abstained)
    beside = found.intent == "cart_add" and new and guess(text) != "cart_add"
    if beside or _looks(found, text, said, state) or (new and _declines(found, text)):
        return Decision("refine" if here - new else "search", max(found.confidence, SURE))
    return found


def _going_on(found: Decision, text: str, said: Need, state: State) -> str:
    """Return what goes on with what was talked of, whatever it sounds like; "" for nothing."""
    wanted = {one.slot.value for one in state.slots if one.slot.kind == "category"}
    here = {slot.value for slot in said.of("category")}
    if other := _of_a_person(found, text, said, state) or _aside(found, text, said, state):
        return other
    # "They are for my husband"; 我妈说不锈钢的好，你觉得呢
    rewords = found.intent == "gift" and wanted and not here and guess(text) != "gift"
    agrees = found.intent == "praise" and (state.slots or state.topic) and _asks(text)
    follows = not here - wanted and _follows_on(found, text, said, state)
    if rewords or (agrees and said.slots) or follows:
        return "refine"
    return "" if here else _of_the_list(found, text, said, state)


def _aside(found: Decision, text: str, said: Need, state: State) -> str:
    """Return what a message is for that looks for nothing: to think it over, to ask of the shop."""
    if WHO_PAYS.search(text.casefold()) and state.intent in TAKING_BACK:
        return "return"
    if not state.owned and NOT_BUYING.search(text):
        return "thanks"
    if LEAVES.search(text.casefold()) and guess(text) not in AFTER_BUYING - {"cancel"}:
        return "thanks"
    kinds = any(one.known for one in said.of("category"))
    of_shop = found.intent in OF_NO_SHOP and not kinds
    return "policy" if of_shop and guess(text) == "policy" else ""


def _declines(found: Decision, text: str) -> bool:
    """Tell whether a message only begins with a no: "hmm no, sandals"."""
    return found.intent == "not_interested" and guess(text) != "not_interested"


def _of_a_person(found: Decision, text: str, said: Need, state: State) -> str:
    """Return "gift" for what is told of somebody else's likings; "" for anything else."""
    giving = state.giving or not (state.visible or state.focus or said.of("category"))
    unsure = found.abstained or found.intent in LIKED_BY_NONE
    likes = tells_of_somebody(text, named=state.giving)
    return "gift" if giving and unsure and likes else ""


def _of_the_list(found: Decision, text: str, said: Need, state: State) -> str:
    """Return what is asked of a list that was shown, "" where something else is.

    "Which one is the lightest?" chooses among them, 重不重 is about them, "too much, thirty max"
    is no complaint.
    """
    limited = said.price is not None and (state.slots or state.topic)
    if limited and found.intent in LIMITING and not POINTS.search(text.casefold()):
        return "refine"
    if len(state.visible) < FEWEST_COMPARED:
        return ""
    folded = text.casefold()
    if found.intent in UNDECIDED and CHOOSES.search(folded):
        return "compare"
    ruled = guess(text) if found.intent == "policy" else ""
    return ruled if ruled in ("attribute", "suitability") else ""


def _follows_on(found: Decision, text: str, said: Need, state: State) -> bool:
    """Tell whether a few words change what is being looked for, whatever they sound like."""
    something = bool(state.slots or state.topic)
    unsure = found.abstained or found.intent in UNPLACED
    if something and unsure and narrows(text):
        return True
    tells = unsure or found.intent in DESCRIBED_BY
    clause = ONE_THAT.search(text.casefold().strip())
    if something and state.visible and tells and clause:
        return guess(text) in (None, "search", "refine")  # 能夹在床上的, "one that clips on"
    if something and tells and state.visible and said.slots and not _asks(text):
        return True  # "size 7", "slip-ons would be ideal"
    searched = state.intent in SEARCHING | {"not_interested", "more_like"}
    listed = bool(state.visible) and (searched or (len(state.visible) > 1 and not state.focus))
    return listed and (found.abstained or found.intent in BARGAINING | UNPLACED) and moves(text)


def _asks(text: str) -> bool:
    return bool(_ASKS.search(text.casefold()))


def describes_goods(said: Need) -> bool:
    """Tell whether what goods are to be like is said, or their order: "what's new this week"."""
    return said.sort != "relevance" or any(said.of(kind) for kind in OF_GOODS)


def _looks(found: Decision, text: str, said: Need, state: State) -> bool:
    """Tell whether a message that names a thing looks for one, whatever it sounds like.

    给狗狗买个窝: where nothing was shown, nothing can be put into the cart.
    """
    if found.intent == OUT_OF_SCOPE and describes_goods(said):
        return found.confidence < CERTAIN or found.abstained
    if found.intent == OUT_OF_SCOPE:
        return bool(said.of("category")) and found.confidence < CERTAIN and not found.abstained
    shown = state.visible or state.focus or state.page
    if found.intent == "exchange":
        changes = bool(said.of("category")) and bool(state.slots or state.visible)
        return changes and not BOUGHT.search(text.casefold())
    thing = bool(said.of("category")) or bool(leftover(said))
    return found.intent == "cart_add" and thing and not shown and not POINTS.search(text.casefold())
