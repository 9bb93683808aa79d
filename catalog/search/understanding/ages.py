"""Read how old somebody is who is to have it: "my 6-year-old", 三岁的孩子, 8个月大.

For `reading`. A thing's age (vinegar aged six years, 三年陈) is none, nor is an English one that
nobody is said to have.
"""

from __future__ import annotations

import re

from catalog.search.understanding.amounts import Amount
from catalog.search.understanding.mark import Mark

# Up to which age, in years, somebody is called so; a grown-up's age tells nothing of goods.
_CALLED = ((1, "baby"), (2, "toddlers"), (12, "kids"), (17, "teens"))
_YEARS = re.compile(r"(?:years?|yrs?)(?:[ -]olds?)?|yo|y/o|周?岁")
_MONTHS = re.compile(r"months?(?:[ -]olds?)?|个月大?")
_OLDS = re.compile(r"[ -]olds?(?![a-z])|大(?!号|码|小)")
_SOMEBODY = re.compile(
    r"(?: (?:little|baby))? (?:(?:boy|girl|kid|child|son|daughter|nephew|niece|grand|toddler|twin)"
    r"[a-z]*|who|that|and|to|on|in|is|under|below|max|up|for|with|birthday|likes?|loves?)(?![a-z])"
    r"|'s| ?[,.;!?]|$"
)
_WHOSE = re.compile(r"(?<![a-z])(?:for|my|our|his|her|their)(?: (?:an?|my|our|his|her|their))? $")


def read_age(text: str, amount: Amount) -> Mark | None:
    """Return for whom it is by the age that a count of years or months says; None for no age."""
    said = text[amount.start : amount.end]
    beyond = _OLDS.match(text, amount.end)
    end = beyond.end() if beyond else amount.end
    chinese = "岁" in said or bool(beyond and beyond[0] == "大")
    old = chinese or beyond or re.search(r"old|yo$|y/o", said)
    value = amount.minimum if amount.minimum is not None else amount.maximum
    if not old or value is None:
        return None
    if not chinese and not (
        _SOMEBODY.match(text, end) or _WHOSE.search(text[max(0, amount.start - 14) : amount.start])
    ):
        return None
    months = _MONTHS.search(said) is not None
    if not months and not _YEARS.search(said):
        return None
    years = int(value) // 12 if months else int(value)
    called = next((name for most, name in _CALLED if years <= most), "")
    return Mark("audience", called, amount.start, end) if called else None
