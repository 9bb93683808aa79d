"""Read a message anew in the light of what was shown, before anything is decided about it.

For planning. Pure code: what asks for others' opinions, for goods on the list, or for what the
page's product can answer, is that, whatever its words sound like.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.doing.rules.reasons import reason_of
from assistant.doing.rules.wearing import asks_which_size
from assistant.doing.topics import topics_of
from assistant.moves import CHAT, OTHERS_SAY, QUESTION, QUESTION_OF_IT, Situation
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.called.asking import MISHEARD as SOUGHT
from assistant.understanding.deciding import HEARD
from assistant.understanding.intents.rules import guess
from assistant.understanding.mentioning import asks_of_it
from assistant.wanting import PAIR
from catalog.text import fold

# Intents that a question about the product of the page is often taken for.
LOOSE = frozenset(("search", "refine", "recommend", "out_of_scope", "small_talk", "bundle"))
I_COMPLAIN = re.compile(r"\b(?:i|we)\b.{0,12}\bcomplain\b|(?:向谁|找谁|去哪|怎么)投诉")
# What a question about a price has in it, and one about a measure has not.
OF_MONEY = re.compile(r"钱|价|块|元|贵|便宜|划算|cost|price|money|expensive|cheap|pay|[$¥€£]")
SIZED = frozenset(("attribute", "suitability", "stock", "refine", "search", "sizing", "compare"))
LOOKING = frozenset(("search", "refine", "recommend", "more_like", "sizing"))
OF_IT = re.compile(r"\b(?:it|they|them)\b|它")
SWAPS = re.compile(r"换|\b(?:exchange|swap|change|instead)\b")
# Of what was shown, not of what else there is.
OF_THEM = re.compile(r"\b(?:it|they|them|these|those|this|that)\b|这|它")
# One is picked, and no more said: 便宜的那双, "the cheaper one".
PICKED = re.compile(
    r"(?:那就?|就)?(?:最|更|比较)?(?:便宜|贵|轻|重|大|小|好)一?[点些]?的?[那这]一?[个款件双条种只](?:呢)?"
    r"|(?:and |so |ok )?the [a-z]+er one"
)
# Whether it is so, with nothing else looked for: 防滑吗, "can they go in the wash?"
PLAINLY = re.compile(
    r"^(?!.*(?:有|别的|其他|其它|换|退|推荐|找|想|包装|刻字|发货)).{2,10}[吗么][?？]?$"
    r"|^(?!.*\b(?:wrap|engrav|deliver|ship|return|personali)\w*)(?:and |but |so |ok )?"
    r"(?:is|are|does|do|can|could|will|would) (?:it|they|these|those|this|that)\b"
)
# What a question about goods is mistaken for: 打电话清楚吗, "how long does it take to put up?"
MISTAKEN = frozenset(
    ("out_of_scope", "small_talk", "delivery", "promotion", "stock", "human", "exchange")
)
# What is asked of the shop after all, and what looks for other goods.
OF_A_SHOP = re.compile(
    r"发货|到货|送到|寄|快递|邮|退|换货|优惠|折|券|人工|客服|真人|有货|现货|库存|缺货|订单|发票"
    r"|\b(?:deliver|ship|arriv|order|return|refund|discount|coupon|voucher|stock|availab|person|human"
    r"|agent|invoice|parcel|wrap|engrav)\w*"
)
OTHER_GOODS = re.compile(
    r"有没有|有.*的[吗么]?[?？]?$|别的|其他|其它|\b(?:any|other|do you|have you)\b"
)
SEVERAL = re.compile(
    rf"{PAIR.pattern}|\bwhich (?:one|of)\b|哪[个款件条双种]"
    r"|\bwhich\b.{0,16}\b(?:is|are|has|have|lasts?|weighs?)\b.{0,12}\b(?:\w+er|more|less|better)\b"
)


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


def of_goods(reading: Reading, state: State) -> Reading:
    """Read what is asked of goods that were shown as that, whatever the words sound like.

    多少克一包 asks no price, and 43码有吗 after a list looks for nothing else.
    """
    words = reading.text.casefold().strip()
    if faults_its_own(reading, state):
        return replace(reading, intent="complaint", abstained=False)
    shown = bool(state.visible or state.focus) and not reading.sought
    intent = asked_of_shown(reading, words) if shown else ""
    if reading.intent == "price" and not OF_MONEY.search(words) and topics_of(words):
        intent = "attribute"
    return replace(reading, intent=intent, abstained=False) if intent else reading


def faults_its_own(reading: Reading, state: State) -> bool:
    """Tell whether a fault is told of a thing that was bought, though it sounds sought."""
    own = {one.sku for one in state.owned} - {one.sku for one in state.visible}
    sounds = reading.intent in SOUGHT and reading.named
    return sounds and bool(own & set(reading.references)) and reason_of(reading.text) is not None


def asked_of_shown(reading: Reading, words: str) -> str:
    """Return what folded words ask of goods that were shown, "" where they ask what they seem to.

    One that is picked is told of; nothing is ordered by it yet.
    """
    if reading.intent in SIZED and asks_which_size(fold(words)):
        return "sizing"
    said = {one.kind for one in reading.said.slots}
    looks, asks = reading.intent in LOOKING, QUESTION.search(words)
    options = bool(said) and said <= {"colour", "size"} and looks and asks
    sized = said == {"size"} and reading.intent == "exchange" and asks
    if reading.intent == "cart_add" and PICKED.fullmatch(words.strip(" 。.!！")):
        return "compare"
    if sized and not SWAPS.search(words):
        return "stock"
    if options and (said == {"size"} or OF_THEM.search(words)):
        return "stock"
    of_them = "category" not in said or OF_THEM.search(words)  # "can they go in the oven"
    doubtful = reading.intent == "attribute" and reading.confidence < HEARD
    if (looks or doubtful) and of_them and PLAINLY.search(words):
        return "suitability"
    return "attribute" if asks_of_a_matter(reading, words) else ""


def asks_of_a_matter(reading: Reading, words: str) -> bool:
    """Tell whether a known matter of goods is asked for, and neither a shop nor other goods."""
    if reading.intent not in LOOKING | MISTAKEN or not QUESTION_OF_IT.search(words):
        return False
    other_kind = reading.said.of("category") and not OF_THEM.search(words)
    elsewhere = OF_A_SHOP.search(words) or OTHER_GOODS.search(words)
    of_it = reading.intent in CHAT and (OF_IT.search(words) or PLAINLY.search(words))
    return bool(topics_of(words) or of_it) and not (other_kind or elsewhere)


def asks_of_them(text: str) -> bool:
    """Tell whether it is asked of what was shown, whatever kind its words sound like."""
    words = text.casefold().strip()
    return asks_of_it(text) or bool(PLAINLY.search(words) and OF_THEM.search(words))


def hinted(reading: Reading, situation: Situation) -> Reading:
    """Read a loose question on a product's page as what that product can answer."""
    coupon = reading.intent == "policy" and situation.hint == "promotion"
    loose = reading.abstained or reading.intent in LOOSE or coupon
    others = set(reading.references) - {situation.page}
    if not (situation.hint and situation.page and loose) or others:
        return reading
    return replace(reading, intent=situation.hint, abstained=False)
