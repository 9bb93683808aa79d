"""What an exchange gives in place of what comes back: named, one size up, the same again, or none.

For `taking_back`. Sizes are reckoned from the order's own line and the sizes the product is made
in; what is not in stock is said to be so and never offered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.doing.consenting import refused
from assistant.doing.options import named_options
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import is_size, option_told, phrase, variant_told
from assistant.understanding.intents.rules import plain_answer
from assistant.understanding.steps import direction_of, in_order, steps_of
from catalog.models import Order, Variant
from catalog.orders.asking import LineNow
from catalog.policies.terms import FAULTS, Reason
from catalog.text import fold

MOST_OPTIONS = 6
_LETTERS = {"small": "s", "medium": "m", "large": "l", "小": "s", "中": "m", "大": "l"}
_IN_WORDS = re.compile(
    r"\b(?:a|an|the|size|in|to|for) (?P<more>extra[ -]|x-?)?(?P<size>small|medium|large)\b"
    r"|(?P<zh>[大中小])号"
)
_OTHER_COLOUR = re.compile(
    r"(?:换|别的|其他|其它|另).{0,4}(?:颜色|色)|\b(?:different|another|other) colou?rs?\b"
)


@dataclass(frozen=True)
class Swap:
    """What is wanted instead: a variant, else what of it there is not, as the reader calls it.

    ``edge``: there is no further size, so none can be lacking.
    """

    variant: Variant | None = None
    lacking: str = ""
    edge: bool = False


def wanted_swap(now: LineNow, choices: Sequence[Variant], question: str, reason: Reason) -> Swap:
    """Return the variant that is wanted instead: as named, so many sizes on, or the same again."""
    bought = now.line.variant
    if bought is None:
        return Swap()
    own = {name: str(value) for name, value in bought.options.items()}
    named = named_options(bought.product, question, own)
    changed = {name: value for name, value in named.items() if own.get(name) != value}
    size = next(filter(is_size, own), "")
    if size and size not in changed and (steps := steps_of(question)):
        there = sizes_beside(bought, size)
        place = there.index(own[size]) + steps
        if not 0 <= place < len(there):
            return Swap(edge=True)
        changed[size] = there[place]
    if size and size not in changed and (letter := letter_in(question)):
        letters = {fold(one): one for one in sizes_beside(bought, size)}
        changed |= {size: letters[letter]} if letter in letters else {}
    if not changed:
        return again(bought, choices, question, reason)
    target = own | changed
    made = [one for one in bought.product.variants.all() if options_of(one) == target]
    there_is = [one for one in choices if options_of(one) == target]
    if there_is:
        return Swap(there_is[0])
    return Swap(lacking=variant_told(made[0]) if made else "")


def letter_in(question: str) -> str:
    """Return the size that a word stands for, folded: "a large", 大号; "" for none."""
    match = _IN_WORDS.search(fold(question))
    if match is None:
        return ""
    more = "x" if match["more"] else ""
    return more + _LETTERS[match["size"] or match["zh"]]


def again(bought: Variant, choices: Sequence[Variant], question: str, reason: Reason) -> Swap:
    """Return the same again for a fault; the only one there is, where that was agreed to."""
    same = [one for one in choices if one.pk == bought.pk]
    if reason in FAULTS and same:
        return Swap(same[0])
    agreed = "\n" in question and plain_answer(question.rpartition("\n")[2]) == "confirm"
    if agreed and len(choices) == 1:
        return Swap(choices[0])
    return Swap(lacking=variant_told(bought) if reason in FAULTS else "")


def sizes_beside(variant: Variant, name: str) -> list[str]:
    """Return the sizes that a product is made in, from the smallest."""
    made = [one for one in variant.product.variants.all() if one.active and name in one.options]
    return in_order(list(dict.fromkeys(str(one.options[name]) for one in made)))


def options_of(variant: Variant) -> dict[str, str]:
    """Return a variant's options as text."""
    return {name: str(value) for name, value in variant.options.items()}


def no_swap(
    asker: Asker, order: Order, now: LineNow, choices: Sequence[Variant], swap: Swap,
    *, question: str, what: str,
) -> Outcome:  # fmt: skip
    """Ask what is wanted instead, the nearest first; tell that there is nothing, if so."""
    bought = now.line.variant
    own = {} if bought is None else options_of(bought)
    others = nearest(now, [one for one in choices if options_of(one) != own], question)
    instead = phrase(asker, "申请退货退款", "ask for your money back")
    if swap.edge:
        why = phrase(
            asker,
            "{title}没有更{way}的码数，您这件已经是最{way}的",
            "{title} isn't made in a {way} size than yours",
            title=now.line.title,
            way=phrase(asker, *(("大", "larger") if steps_of(question) > 0 else ("小", "smaller"))),
        )
        return refused(what, [why], order, instead)
    if not others:
        why = phrase(asker, "现在换不到同款", "There is nothing to exchange it for right now")
        return refused(what, [why], order, instead)
    return Outcome(
        "clarify",
        {
            "about": "option",
            "options": told_apart(others, own, question)[:MOST_OPTIONS],
            "sold_out": [swap.lacking] if swap.lacking else [],
        },
        merchants=(order.merchant_id,),
        trace={"order": order.number},
    )


def nearest(now: LineNow, choices: Sequence[Variant], question: str) -> list[Variant]:
    """Return choices by how near they are to what was bought, the wanted side first."""
    bought = now.line.variant
    if bought is None:
        return list(choices)
    own = options_of(bought)
    size = next(filter(is_size, own), "")
    there, way = sizes_beside(bought, size) if size else [], direction_of(question)

    def far(one: Variant) -> tuple[int, int, int]:
        options = options_of(one)
        differs = sum(options.get(name) != value for name, value in own.items() if name != size)
        if not size or options.get(size) not in there:
            return differs, 0, 0
        step = there.index(options[size]) - there.index(own[size])
        return differs, int(way * step < 0 or (way != 0 and step == 0)), abs(step)

    return sorted(choices, key=far)


def told_apart(choices: Sequence[Variant], own: dict[str, str], question: str) -> list[str]:
    """Return choices as they are read: by their size alone where nothing else differs at first.

    Where another colour is asked for: by that alone, in the size that was bought.
    """
    size = next(filter(is_size, own), "")
    other = next((name for name in own if name != size), "")
    if size and other and _OTHER_COLOUR.search(fold(question)):
        same = [one for one in choices if options_of(one).get(size) == own[size]]
        if same:
            return [option_told(one, other) for one in same]
    alike = [
        one for one in choices
        if all(options_of(one).get(name) == value for name, value in own.items() if name != size)
    ]  # fmt: skip
    if size and len(own) > 1 and alike:
        return [option_told(one, size) for one in alike]
    return [told for one in choices if (told := variant_told(one))]
