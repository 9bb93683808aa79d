"""Check and convert single values of a catalogue: texts, money, quantities, dates, addresses.

For the normaliser. Each function returns the typed value or raises `Bad` with the fault; none of
them knows where in the file the value stands. Money is Decimal from the first character on.
"""

import datetime
import html
import re
import unicodedata
from collections.abc import Container
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from catalog.feeds.problems import Bad, Fault

# Invisible characters carry nothing a shopper reads and hide text from people: they are dropped.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# Characters of Windows-1252 that were read as Latin-1 somewhere: as in HTML they mean these.
C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
BROKEN = re.compile("[\ud800-\udfff]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
MOST_ESCAPED = 3  # times over, as exports of exports are
TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--")
FORMULA = re.compile(r"=\s*[\w\"'(+\-@|]|[+\-@]\s*[A-Za-z_.]+[A-Za-z0-9_.]*\(|[+\-@].*\|.*!")
MONEY = re.compile(r"([0-9]{1,12})(?:\.([0-9]+))?")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
SIGNS = {
    "¥": ("CNY", "JPY"),
    "元": ("CNY",),
    "RMB": ("CNY",),
    "$": ("USD", "HKD"),
    "US$": ("USD",),
    "HK$": ("HKD",),
    "€": ("EUR",),
    "£": ("GBP",),
}
SIGN = "|".join(sorted((re.escape(sign) for sign in SIGNS), key=len, reverse=True))
SIGNED = re.compile(rf"({SIGN}|[A-Z]{{3}})?\s*([0-9.,]*[0-9][0-9.,]*)\s*({SIGN}|[A-Z]{{3}})?")
CODE = re.compile(r"^[a-z]{3}\s*(?=[-0-9])|\s*[a-z]{3}$")
LONGEST_PRICE = 40
LARGEST_STOCK = 2**31 - 1
STATUSES = {
    "live": "live", "active": "live", "enabled": "live", "published": "live", "上架": "live",
    "draft": "draft", "草稿": "draft", "未上架": "draft",
    "archived": "archived", "disabled": "archived", "下架": "archived",
}  # fmt: skip
LOCALES = {
    "zh-hans": "zh-hans", "zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "cn": "zh-hans",
    "en": "en", "en-us": "en", "en-gb": "en",
}  # fmt: skip
FLAGS = {
    "true": True, "yes": True, "是": True, "有": True,
    "false": False, "no": False, "否": False, "无": False,
}  # fmt: skip

# What forms that demand an entry are filled with where there is nothing to say.
FILLED_IN = re.compile(
    r"[\W_]+|(?:详?见|参[见考照])(?:描述|详情页?|包装|商品|图片|图)\w{0,4}|以(?:实物|包装)为准"
    r"|n/?a|null|0+(?:\.0+)?\s*(?:W|瓦|kW|ml|毫升|l|升|mm|毫米|cm|厘米|kg|千克|公斤|ATM)",
    re.IGNORECASE,
)


def is_blank(value: Any) -> bool:
    """Tell whether the file says nothing here."""
    return value is None or (isinstance(value, str) and not value.strip())


def says_nothing(value: Any) -> bool:
    """Tell whether a fact is only filled in: ``***``, 见描述, a power of 0W. 0 may be true."""
    return is_blank(value) or (isinstance(value, str) and bool(FILLED_IN.fullmatch(value.strip())))


def text(value: Any, longest: int, *, rich: bool = False) -> str:
    """Return a clean text on one line, or on several if it is ``rich``; HTML becomes plain text."""
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise Bad(Fault.NOT_A_TEXT, value)
        value = str(value)
    if "&" in value and not TAG.search(value):
        value = _without_entities(value)
    if not value.isprintable():
        value = _without_invisible(value)
    if "<" in value and TAG.search(value):
        value = plain(value)
    value = "\n".join(_trimmed_lines(value)) if rich else " ".join(value.split())
    if value[:1] in "=+-@" and FORMULA.match(value):
        raise Bad(Fault.FORMULA, value)
    if len(value) > longest:
        raise Bad(Fault.TOO_LONG, value)
    return value


def _without_entities(value: str) -> str:
    """Return what "Fish &amp; Chips" says; once read it stays as it is, however often it comes."""
    for _turn in range(MOST_ESCAPED):
        if not ENTITY.search(value):
            break
        value = html.unescape(value)
    return value


def _without_invisible(value: str) -> str:
    if BROKEN.search(value):
        raise Bad(Fault.NOT_TEXT, value)
    if CONTROL.search(value):
        raise Bad(Fault.CONTROL, value)
    return INVISIBLE.sub("", value).translate(C1)


def _trimmed_lines(value: str) -> list[str]:
    """Return the lines without outer blanks, at most one empty line between two."""
    lines: list[str] = []
    for line in (" ".join(part.split()) for part in value.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return lines


def plain(markup: str) -> str:
    """Return what HTML says as plain text: scripts dropped, paragraphs and list items as lines."""
    safe = nh3.clean(
        markup, tags={"p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4"}, attributes={}
    )
    safe = " ".join(safe.split())
    safe = re.sub(r"\s*<li>\s*", "\n• ", safe)
    safe = re.sub(r"\s*<(?:br|/?p|/?div|/?tr|/?h\d)>\s*", "\n", safe)
    safe = html.unescape(re.sub(r"<[^<>]*>", "", safe))
    return CONTROL.sub("", INVISIBLE.sub("", safe)).translate(C1).strip()


def chosen(value: Any, choices: dict[str, str], fault: Fault) -> str:
    """Return the choice that the text names."""
    found = choices.get(str(value).strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise Bad(fault, value)
    return found


def flag(value: Any) -> bool:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    found = FLAGS.get(str(value).strip().lower())
    if found is None:
        raise Bad(Fault.NOT_A_FLAG, value)
    return found


def currency(value: Any, known: Container[str]) -> str:
    """Return a currency code of the market place."""
    code = unicodedata.normalize("NFKC", str(value)).strip().upper()
    if code not in known:
        raise Bad(Fault.CURRENCY, value)
    return code


def currency_of_sign(value: Any) -> str:
    """Return the currency that a price's own sign says (¥ is CNY, $ is USD), empty without one."""
    written = str(value)[: LONGEST_PRICE + 1]
    match = SIGNED.fullmatch(unicodedata.normalize("NFKC", written).strip().upper())
    sign = match and (match[1] or match[3])
    return SIGNS.get(sign, (sign,))[0] if sign else ""


def price(value: Any, code: str, *, divide: int = 1) -> Decimal:
    """Return the amount; ``divide`` is 100 where the file has cents. Signs must suit ``code``."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Bad(Fault.PRICE, value)
    written = str(value) if not isinstance(value, Decimal) else format(value, "f")
    if len(written) > LONGEST_PRICE:
        raise Bad(Fault.PRICE_LARGE if written.strip("0123456789.") == "" else Fault.PRICE, value)
    match = MONEY.fullmatch(written) or MONEY.fullmatch(_unsigned(written, code))
    if match is None:
        raise Bad(_price_fault(written), value)
    amount = Decimal(match[0])
    cents = match[2] or ""
    if divide != 1:
        amount = amount / divide
        cents = format(amount, "f").partition(".")[2]
    if len(cents.rstrip("0")) > 2:
        raise Bad(Fault.PRICE_CENTS, value)
    return amount.quantize(Decimal("0.01"))


def _unsigned(written: str, code: str) -> str:
    """Return the digits and the point of a price, without sign and thousands' commas."""
    folded = unicodedata.normalize("NFKC", written).strip().upper()
    match = SIGNED.fullmatch(folded)
    if match is None:
        return folded
    for sign in (match[1], match[3]):
        if sign and code not in SIGNS.get(sign, (sign,)):
            raise Bad(Fault.CURRENCY_SIGN, written)
    digits = match[2]
    return digits.replace(",", "") if THOUSANDS.fullmatch(digits) else digits


def _price_fault(written: str) -> Fault:
    folded = unicodedata.normalize("NFKC", written).strip().lower()
    bare = folded.strip("$¥€£ ")
    if any(c.isdigit() for c in bare):
        bare = CODE.sub("", bare)
    if bare.lstrip("+-") in ("nan", "inf", "infinity"):
        return Fault.PRICE_NAN
    if bare.startswith(("-", "−")) and any(c.isdigit() for c in bare):
        return Fault.PRICE_NEGATIVE
    if re.fullmatch(r"[\d.,]*\d,\d+[\d.,]*", bare):
        return Fault.PRICE_COMMA
    if re.fullmatch(r"\d{13,}(\.\d+)?", bare.replace(",", "")):
        return Fault.PRICE_LARGE
    return Fault.PRICE


class Total(int):
    """How many are in stock in all warehouses together, from a file that knows only that."""


class AtLeast(int):
    """How many are in stock at the least: a file says that there are some, not how many."""


def quantity(value: Any) -> int:
    """Return how many are in stock: a whole number from 0."""
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    else:
        match = re.fullmatch(r"\s*([0-9]{1,10})(?:\.0+)?\s*", _written(value))
        if match is None:
            raise Bad(Fault.STOCK, value)
        number = int(match[1])
    if not 0 <= number <= LARGEST_STOCK:
        raise Bad(Fault.STOCK, value)
    return number


def _written(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def moment(value: Any) -> datetime.datetime:
    """Return a point in time; a date alone is its midnight in the shop's time zone."""
    written = str(value).strip()
    try:
        found = parse_datetime(written)
        day = None if found else parse_date(written.replace("/", "-"))
    except ValueError:
        raise Bad(Fault.DATE, value) from None
    if day:
        found = datetime.datetime.combine(day, datetime.time())
    if found is None or not 1900 <= found.year <= 2200:
        raise Bad(Fault.DATE, value)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def stars(value: Any) -> int:
    """Return 1 to 5 stars."""
    if isinstance(value, bool) or str(value).strip() not in ("1", "2", "3", "4", "5"):
        raise Bad(Fault.STARS, value)
    return int(str(value))


def picture_name(value: Any) -> str:
    """Return a picture's file name or its http(s) address; anything else is refused."""
    name = text(value, 500)
    if "://" in name or name.startswith("//") or name.lower().startswith(("javascript:", "data:")):
        address = urlsplit(name)
        if address.scheme not in ("http", "https") or not address.hostname or " " in name:
            raise Bad(Fault.URL, value)
    return name


def is_address(name: str) -> bool:
    """Tell whether a checked picture name is an address and not a file."""
    return name.startswith(("http://", "https://"))


def typed(value: Any, longest: int) -> str | int | float | bool:
    """Return an attribute's value with the type it is written in: text, number, yes or no.

    A pure function of the value, so that importing the same file again changes nothing.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    return _typed_words(text(value, longest))


def _typed_words(words: str) -> str | int | float | bool:
    if words.lower() in ("true", "false", "yes", "no", "是", "否"):
        return FLAGS[words.lower()]
    if NUMBER.fullmatch(words):
        return float(words) if "." in words else int(words)
    return words


def locale_of(words: str) -> str:
    """Return the language of a text that the file does not give one for: Han characters decide."""
    return "zh-hans" if re.search("[\u3400-\u9fff]", words) else "en"
