"""What a message asks of the shopper's own cart: what is in it, to take something out, how many.

Plain Python. Putting something in is an intent of its own.
"""

from __future__ import annotations

import re
from typing import Literal

from catalog.text import fold

Asked = Literal["", "show", "remove", "empty", "set"]

_CART = r"(?:shopping )?(?:cart|basket|trolley)"
_SHOWS = re.compile(
    rf"\b(?:what(?:'s| is| all is| do i have| have i got| did i put| items are| things are)"
    rf"|show|see|view|check|look at|list|how (?:much|many)\b.{{0,24}}|is (?:there )?anything"
    rf"|anything|total (?:of|in|for)|sum of)\b.{{0,24}}\b(?:in )?(?:my |the )?{_CART}\b"
    rf"|\b(?:my|the) {_CART}(?:'s)? (?:total|contents?|now|again)\b"
    r"|购物[车篮](?:里面?|中|内)?(?:现在|目前|都|一共|总共|已经|到底)*"
    r"(?:有(?:些|了)?(?:什么|啥|哪些|几|多少|没有|东西)|是(?:什么|哪些)|几[件样个]|多少钱"
    r"|的?(?:总价|金额|合计))"
    r"|(?:看|查|瞧|打开|显示|列)(?:看|一?下|出)*(?:我的?)?购物[车篮]"
    r"|^(?:ok(?:ay)?,? |now |please |go to |to |i want to |let me |take me to |the )*check ?out"
    r"(?: now| please)?\W*$"
    r"|^(?:我要|现在|去|那就?)*(?:结账|结算|去付款|买单)(?:吧|了)?\W*$"
)
_REMOVES = re.compile(
    rf"\b(?:remove|delete|drop|take)\b(?!.{{0,12}}\bto\b).{{0,60}}\b{_CART}\b"
    r"|购物[车篮].{0,16}(?:删|去掉|移除|拿掉|拿出|移出|取出|不要了)"
    r"|(?:删|去掉|移除|拿掉|移出).{0,16}购物[车篮]"
)
# Said after something was put in, with no word of the cart.
_AGAIN = re.compile(
    r"^(?:ok(?:ay)?,? |actually,? |no,? |please |sorry,? |hmm,? )*"
    r"(?:remove|delete|take) (?:it|that|them|this|those)(?: out| off)?(?: again| please)?\W*$"
    r"|^(?:还是|那|算了|不,?|请)*(?:把?[它这那][个件款]?)?再?(?:删了|删掉|去掉|移除|拿掉|拿出来)"
    r"(?:吧|了)?\W*$"
)
_EMPTIES = re.compile(
    rf"\b(?:empty|clear)\b.{{0,16}}\b{_CART}\b|\b(?:remove|delete) everything\b.{{0,16}}\b{_CART}\b"
    r"|清空.{0,4}购物[车篮]|购物[车篮].{0,6}(?:清空|全删|都删)"
)
_SETS = re.compile(
    rf"\b(?:change|make|set|increase|reduce|update)\b.{{0,60}}\b{_CART}\b.{{0,12}}\bto \d+"
    rf"|\b(?:change|make|set|increase|reduce|update)\b.{{0,40}}\bto \d+\b.{{0,20}}\b{_CART}\b"
    r"|购物[车篮].{0,20}(?:改成|改为|变成|换成)[一二两三四五六七八九十\d]+[件个份双套]"
)
_PUTS = re.compile(
    rf"\b(?:put|add|place|pop|stick|throw)\b.{{0,60}}\b{_CART}\b"
    r"|(?:加|放|丢|添)(?:入|进|到|上)?.{0,12}购物[车篮]"
    r"|(?:加|放|丢|添)(?:入|进|到)"
)


def asked_of_cart(text: str, *, just_put: bool = False) -> Asked:
    """Return what is asked of the cart, "" for nothing. ``just_put``: something was put in."""
    words = fold(text)
    if _EMPTIES.search(words):
        return "empty"
    if _SETS.search(words):
        return "set"
    if _REMOVES.search(words) or (just_put and _AGAIN.search(words)):
        return "remove"
    return "show" if _SHOWS.search(words) and not _PUTS.search(words) else ""


_COUNT = re.compile(r"(?:to|改成|改为|变成|换成) ?(\d+|[一二两三四五六七八九十])")
_DIGITS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


def count_set(text: str) -> int:
    """Return how many of a thing the cart is to hold, one where no number is read."""
    found = _COUNT.search(fold(text))
    if not found:
        return 1
    return int(found[1]) if found[1].isdigit() else _DIGITS[found[1]]
