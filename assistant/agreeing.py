"""Hear a yes or a no: to what waits for one, to a person that was offered, to a list shown.

For planning. Another thing that is wanted is no yes to what waits, and a question is neither:
nothing is written but by a yes, by the thing itself said again, or by a button.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.doing.rules.reasons import condition_of
from assistant.moves import OF_ORDER, Kind, Move, Situation, asks
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.addresses import said_address
from assistant.understanding.intents.rules import guess, plain_answer
from assistant.understanding.invoices import email_in, tax_number_in, title_in
from assistant.understanding.steps import pieces_back, steps_of

MOST_TOLD = 99
# You do it for me: 你帮我弄.
DO_IT = re.compile(
    r"(?:你|您)(?:来|就|直接)?(?:帮我|给我|替我)(?:弄|办|搞|操作|提交|申请|处理)|帮我(?:弄|办|提交)(?:一下|吧|了)"
    r"|^(?:行|好的?|可以|嗯|对)[，,\s]*(?:就|都|一起|全部?)*(?:放|加|买|要|下单)(?:进去?|上|了|这些)*(?:吧|了)?$"
    r"|^(?:(?:ok(?:ay)?|yes|yeah|alright|well|fine)[\s,]+)*(?:go on(?: then)?|go ahead|go for it"
    r"|let'?s do (?:it|that)|put (?:it|them|both|everything|those) in)(?: please| then)?[.!]*$"
    r"|\b(?:you do it|do (?:it|that) for me|please do (?:it|that)|do that(?: please)?$|submit it)\b"
)
# The thing itself, said as a yes: 行 换吧, "ok do the exchange".
AGREES = re.compile(
    r"(?:(?:好的?|行|嗯+|可以|那|就|没事|还是)[\s,，、]*)*(?:帮我|给我)?"
    r"(?P<zh>退|换|取消|改|开|办)(?:货|款|了|掉|一下)?(?:吧|呗|了)$"
    r"|(?:好的?|行|嗯+|可以)[\s,，、]+(?P<zh2>退|换|取消|改|开|办)(?:货|款|了|掉|一下)?$"
    r"|(?:(?:ok(?:ay)?|yes|yeah|sure|fine|alright|right|then|please|and|just|well|ugh)[\s,.]+)*"
    r"(?:do|make|go ahead with|proceed with)? ?(?:the |an? )?"
    r"(?P<en>return|refund|exchange|swap|replacement|cancel|change)(?: (?:it|them|that))?"
    r"(?: then| please| instead)*$"
)
SAID_OF: Mapping[str, tuple[str, ...]] = {
    "return": ("退", "办", "return", "refund"), "cancel": ("取消", "退", "办", "cancel"),
    "exchange": ("换", "办", "exchange", "swap", "replacement"),
    "change_address": ("改", "办", "change"),
    "invoice": ("开", "办"), "cart_add": ("办",), "person": ("办",),
}  # fmt: skip
LEAVE_IT = re.compile(
    r"^(?:(?:好吧?|行吧?|嗯+|哦|那就?|ok(?:ay)?|well|alright|fine|actually)[\s,，、.。]*)?"
    r"(?:算了|不用了?|不要(?:了|(?=$|[，。,.!！~\s]))|先不|别(?!的|太|人|家|款|种)|没事儿?了?[。.!！]?$|没关系|不必了?|不麻烦|no\b|nope"
    r"|never ?mind|don't|leave it|forget it|keep (?:it|them|the order)\b"
    r"|it's (?:fine|ok|okay|alright|all right)\b)"
    r"|不(?:取消|退|换|改|买|开)了"
)


AGAINST = frozenset(("complaint", "human"))


def yes_or_no(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return what a yes or no comes to: what waits for one, a person offered, the list shown."""
    if reading.intent in AGAINST and guess(reading.text) in AGAINST:
        return None  # 算了，我要投诉 declines nothing
    if situation.waiting:
        return of_waiting(reading, situation.tool, state)
    if state.pending is not None and state.pending.kind == "person":
        return of_person(reading, state)
    if plain_answer(reading.text) == "decline" and state.visible and state.pending is None:
        return Move("others", "declined", about="not_interested")
    return None


# How a yes begins, whatever follows it.
BEGINS = re.compile(
    r"^(?:那|那就)?(?:好|行|可以|嗯|恩|对|是|要|确认|确定|同意|没问题|没错|就这样|就这么|麻烦|谢谢|提交|办吧|弄吧|来吧|ok)"
    r"|^(?:and |well |oh |um |right,? |great,? |ok,? )*(?:y|yes|yeah|yep|yup|ya|sure|ok|okay|k"
    r"|please|go|do|sounds|that'?s|thats|correct|right|confirm\w*|perfect|great|fine|alright"
    r"|all right|absolutely|definitely|of course|exactly|agreed|looks|good|let'?s|by all means"
    r"|i (?:do|confirm|agree|am)|i'?m (?:sure|fine|ok)|submit|aye)\b"
)
# What is to be done can still be said otherwise: one of the two, unopened, to another address.
AMENDED = frozenset(("return", "exchange", "invoice", "change_address", "cart_add"))
# The offer of people to see to it is taken up by asking them to: "can you check?".
SEE_TO_IT = re.compile(
    r"^(?:那|那就|那你|麻烦(?:你|您)?|请)?(?:能|可以)?(?:帮我|给我|你|您)?(?:查|看|问|核实|核对|确认|处理)"
    r"(?:一?下|看|清楚)?(?:吗|吧|么)?$"
    r"|^(?:ok(?:ay)? |and |so |then |please |yes )*(?:can|could|would|will) "
    r"(?:you|they|someone|somebody) (?:please )?"
    r"(?:check|look into (?:it|this|that)|sort (?:it|this|that)(?: out)?|ask(?: them)?"
    r"|find out|do that|see to (?:it|that))(?: for me)?(?: please)?$"
)


_NOT = re.compile(r"不|别|\b(?:not|no|don'?t|keep)\b")
_STILL = re.compile(r"^(?:那?还是|要不|那就?)")


def wished_after_all(reading: Reading) -> Move | None:
    """Return what is wished for after a wish was dropped: 算了，我要退货."""
    words = reading.text.casefold()
    match = LEAVE_IT.search(words)
    left = words[match.end() :].strip(" ,，.。、了") if match and match.start() == 0 else ""
    parts = (one.strip() for one in re.split(r"[,，。;；]", left))
    plain = [one for one in parts if one and not _NOT.search(one)]
    wish = next((one for part in plain if (one := guess(part) or wish_in(part))), None)
    instead = wish in OF_ORDER - {"order_status"} and not asks(words)
    return Move("order", "another-thing", about=str(wish)) if instead else None


def of_waiting(reading: Reading, tool: str, state: State) -> Move | None:
    """Return what is said of what waits for a yes; another thing that is wished for instead."""
    if other := wished_after_all(reading):
        return other
    if amends(reading, tool):
        of_cart = tool == "cart_add"
        return Move("product" if of_cart else "order", "completed", about=tool,
                    skus=reading.references or state.focus if of_cart else ())  # fmt: skip
    if agrees(reading.text, tool) is False:
        return Move("order", "another-thing", about=wished_in(reading.text))
    said = said_of_it(reading, tool)
    return Move(said, "pending") if said else None


def amends(reading: Reading, tool: str) -> bool:
    """Tell whether a message says more of what waits for a yes: how many, in which state, to whom.

    It is offered anew then, and never done by that.
    """
    text = reading.text
    if tool not in AMENDED or asks(text.casefold()) or plain_answer(text):
        return False
    if tool in ("invoice", "change_address"):
        return fills(text, tool)
    options = [one for one in reading.said.slots if one.kind in ("colour", "size")]
    if tool == "cart_add":
        return bool(options) and len(options) == len(reading.said.slots)
    return bool(condition_of(text) or pieces_back(text, MOST_TOLD) or steps_of(text) or options)


def fills(text: str, intent: str) -> bool:
    """Tell whether a message holds the very thing that was asked for: a place, a title."""
    if intent == "change_address":
        return bool({"street", "phone", "name"} & set(said_address(text)))
    return intent == "invoice" and bool(title_in(text) or tax_number_in(text) or email_in(text))


def of_person(reading: Reading, state: State) -> Move | None:
    """Return what is said of a person that was offered; a wish about the order goes before."""
    if state.order_number and agrees(reading.text, "person") is False:
        return Move("order", "another-thing", about=wished_in(reading.text))
    if other := wished_after_all(reading):
        return other
    said = said_of_it(reading)
    if said == "confirm" or SEE_TO_IT.search(reading.text.casefold().strip(" ?？。.!！")):
        return Move("hand_over", "accepted", about="asked")
    return Move("decline", "declined") if said else None


def agrees(text: str, tool: str) -> bool | None:
    """Tell whether the thing that waits is said again (好，退吧), or another; None: neither."""
    match = AGREES.match(text.casefold().strip(" 。.!！~"))
    said = next((one for one in match.groupdict().values() if one), "") if match else ""
    return said in SAID_OF.get(tool, ()) if said else None


def wished_in(text: str) -> str:
    """Return the intent of a wish in a word or two: 那换吧; else how an order stands."""
    return wish_in(text) or "order_status"


def wish_in(text: str) -> str:
    """Return the intent of a wish in a word or two, "" for none."""
    return next((name for name in SAID_OF if agrees(_STILL.sub("", text), name)), "")


def said_of_it(reading: Reading, tool: str = "") -> Kind | None:
    """Return what is said of a thing that waits for a yes; None where something is asked.

    ``tool``: which thing waits. Another thing that is wanted is no yes to it: 那换吧.
    """
    words, same = reading.text.casefold(), agrees(reading.text, tool) if tool else None
    if same is not None:
        return "confirm" if same else None
    if LEAVE_IT.search(words) and not asks(words):
        return "decline"
    if DO_IT.search(words):
        return "confirm"
    asked = asks(words) and not plain_answer(reading.text)
    other = bool(tool) and guess(words) in OF_ORDER - {tool}
    if asked or other or reading.intent not in ("confirm", "decline"):
        return None
    if reading.intent == "confirm" and not BEGINS.search(words.strip()):
        return None
    return "confirm" if reading.intent == "confirm" else "decline"
