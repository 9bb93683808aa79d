"""For whom an invoice is to be made out, and where it is to go, as a message says it.

For planning and `changing`. Pure code; what it reads is shown before anything is asked for.
"""

from __future__ import annotations

import re

LONGEST_NAME = 60
_TITLE = re.compile(
    r"(?:抬头|开给|公司名称?)(?:应该|要)?(?:是|为|写成?|改成|改为|换成|：|:)? ?"
    r"([\u4e00-\u9fffA-Za-z0-9（）() &.-]{2,60}?)(?=[，,。；;]|税号|邮箱|发到|$)"
    r"|(?:ma(?:de|ke) (?:it |this |that )?out to|invoice to|title(?: is|:)?|in the name of"
    r"|company(?: name)?(?: is|:)?) "
    r"([A-Za-z0-9&.' -]{2,60}?)(?=[,;]|\.(?:\s|$)| tax| email| with|$)",
    re.IGNORECASE,
)
_TAX = re.compile(
    r"(?:税号|纳税人识别号|tax (?:number|id|no\.?)|vat(?: number| no\.?)?)"
    r"(?:是|为| is|：|:)? ?((?=[A-Za-z-]*\d)[0-9A-Za-z-]{5,30})",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NO_NAME = re.compile(
    r"[吗么呢]$|怎么|^(?:我们|你们|公司|单位|我|填?写?错|不对|能|可以|要|换|改|发票)|^(?:my|our|the|wrong)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(?P<zh>个人)(?:的|发票|抬头|就行|[，,。\s]|$)|\bpersonal(?:ly)?\b", re.IGNORECASE
)


def title_in(text: str) -> str:
    """Return for whom an invoice is to be, nothing if it is not said.

    Beside a tax number the name that stands before it is meant: "Brightside Ltd, VAT GB123".
    """
    if match := _TITLE.search(text):
        name = str(match[1] or match[2]).strip()
        return "" if _NO_NAME.search(name) else name
    last = text.strip().split("\n")[-1]
    tax = _TAX.search(last)
    name = last[: tax.start()].strip(" ,，;；.") if tax else ""
    if 1 < len(name) <= LONGEST_NAME and not name.endswith(("?", "？")):
        return name
    if match := _PRIVATE.search(text):
        return "个人" if match["zh"] else "Personal"
    return ""


def tax_number_in(text: str) -> str:
    """Return a tax number, nothing if none is said."""
    match = _TAX.search(text)
    return match[1] if match else ""


def email_in(text: str) -> str:
    """Return an email address, nothing if none is said."""
    match = _EMAIL.search(text)
    return match[0] if match else ""
