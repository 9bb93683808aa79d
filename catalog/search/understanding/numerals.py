"""Read numerals written in words: 一百五, 两三百, 2千5, "two hundred and fifty", "a grand".

For the amount grammar, which decides what a number means. Never guesses a unit or a currency.
"""

import re
from decimal import Decimal

HAN_DIGITS = dict(
    zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# Written k and w (for 万) stand where a Chinese unit would.
LETTER_UNITS = {"k": 1000, "w": 10_000}

WORDS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
) | dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
WORD_UNITS = {"hundred": 100, "thousand": 1000, "grand": 1000}
_PART = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|.")

Span = tuple[Decimal, Decimal]


def decimal_of(digits: str) -> Decimal:
    """Read ``1,299.50`` as a Decimal."""
    return Decimal(digits.replace(",", ""))


def place_of(number: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: 1200 -> 100, 150 -> 10."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def read_han(run: str) -> Span | None:
    """Read a Chinese or mixed numeral as (low, high): 一百五 is (150, 150).

    两三百 is (200, 300), 几十 (10, 100). None for no number; 百 of 百搭 is one: ask for a unit.
    """
    low = _read_han(run, high=False)
    high = _read_han(run, high=True)
    return None if low is None or high is None else (min(low, high), max(low, high))


def _read_han(run: str, *, high: bool) -> Decimal | None:
    total = section = Decimal(0)
    last_unit, zero, pending = 0, False, ""
    for part in _PART.findall(run):
        unit = HAN_UNITS.get(part) or LETTER_UNITS.get(part)
        if unit is None:
            zero = zero or part in "零〇"
            pending += part if part not in "零〇" or not last_unit else ""
            continue
        amount = _pending(pending, high=high) if pending else Decimal(1)
        if amount is None:
            return None
        if unit >= 10_000:
            total, section = (
                (total + section + amount * bool(pending or not section)) * unit,
                (Decimal(0)),
            )
        else:
            section += amount * unit
        last_unit, zero, pending = unit, False, ""
    if not pending:
        return total + section
    amount = _pending(pending, high=high)
    if amount is None:
        return None
    if pending == "几" and last_unit:  # 十几: from ten on
        amount = Decimal(last_unit if high else 0)
    # 一百五 is 150 and 1万2 is 12,000, but 一百零五 is 105.
    step = last_unit // 10 if last_unit >= 100 and not zero and amount < 10 else 1
    return total + section + amount * step


def _pending(text: str, *, high: bool) -> Decimal | None:
    """Read the digits before a unit; two neighbouring Chinese digits are a range (两三百)."""
    if text[0] in "0123456789":
        return decimal_of(text) if _PART.fullmatch(text) else None
    if text == "几":
        return Decimal(10 if high else 1)
    digits = [HAN_DIGITS.get(char) for char in text]
    if None in digits:
        return None
    if len(digits) == 2 and 0 < int(digits[1] or 0) - int(digits[0] or 0) <= 2 and digits[0]:
        return Decimal(digits[1 if high else 0] or 0)
    return Decimal("".join(str(digit) for digit in digits))


def read_words(words: list[str]) -> Span | None:
    """Read English number words: ["two", "hundred", "and", "fifty"] -> (250, 250)."""
    if words[0] in ("couple", "few"):
        unit = Decimal(WORD_UNITS.get(words[-1], 0))
        return (2 * unit, (2 if words[0] == "couple" else 5) * unit) if unit else None
    total, current, seen = Decimal(0), Decimal(0), False
    for word in words:
        if word in WORDS:
            # "one fifty" is 150, "twenty five" 25.
            hundreds = 100 if WORDS[word] >= 20 and 0 < current < 10 else 1
            current, seen = current * hundreds + WORDS[word], True
        elif word == "hundred":
            current, seen = max(current, Decimal(1)) * 100, True
        elif word in WORD_UNITS:
            total, current, seen = total + max(current, Decimal(1)) * 1000, Decimal(0), True
    return (total + current, total + current) if seen else None
