"""Hear a yes or a no: to what waits for one, to a person that was offered, to a list shown.

For planning. Another thing that is wanted is no yes to what waits, and a question is neither:
nothing is written but by a yes, by the thing itself said again, or by a button.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.moves import OF_ORDER, Kind, Move, Situation, asks
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.intents.rules import guess, plain_answer

# You do it for me: 你帮我弄.
DO_IT = re.compile(
    r"(?:你|您)(?:来|就|直接)?(?:帮我|给我|替我)(?:弄|办|搞|操作|提交|申请|处理)|帮我(?:弄|办|提交)(?:一下|吧|了)"
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
    r"(?:算了|不用了?|不要了?|先不|别|没事儿?了?[。.!！]?$|没关系|不必了?|不麻烦|no\b|nope"
    r"|never ?mind|don't|leave it|forget it|keep (?:it|them|the order)\b"
    r"|it's (?:fine|ok|okay|alright|all right)\b)"
    r"|不(?:取消|退|换|改|买|开)了"
)


def yes_or_no(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return what a yes or no comes to: what waits for one, a person offered, the list shown."""
    if situation.waiting:
        return of_waiting(reading, situation.tool)
    if state.pending is not None and state.pending.kind == "person":
        return of_person(reading, state)
    if plain_answer(reading.text) == "decline" and state.visible and state.pending is None:
        return Move("others", "declined", about="not_interested")
    return None


def of_waiting(reading: Reading, tool: str) -> Move | None:
    """Return what is said of what waits for a yes; another thing that is wished for instead."""
    if agrees(reading.text, tool) is False:
        return Move("order", "another-thing", about=wished_in(reading.text))
    said = said_of_it(reading, tool)
    return Move(said, "pending") if said else None


def of_person(reading: Reading, state: State) -> Move | None:
    """Return what is said of a person that was offered; a wish about the order goes before."""
    if state.order_number and agrees(reading.text, "person") is False:
        return Move("order", "another-thing", about=wished_in(reading.text))
    said = said_of_it(reading)
    if said == "confirm":
        return Move("hand_over", "accepted", about="asked")
    return Move("decline", "declined") if said else None


def agrees(text: str, tool: str) -> bool | None:
    """Tell whether the thing that waits is said again (好，退吧), or another; None: neither."""
    match = AGREES.match(text.casefold().strip(" 。.!！~"))
    said = next((one for one in match.groupdict().values() if one), "") if match else ""
    return said in SAID_OF.get(tool, ()) if said else None


def wished_in(text: str) -> str:
    """Return the intent of a wish in a word or two: 那换吧."""
    said = [name for name in SAID_OF if agrees(text, name)]
    return said[0] if said else "order_status"


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
    return "confirm" if reading.intent == "confirm" else "decline"
