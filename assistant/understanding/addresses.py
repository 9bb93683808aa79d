"""The parts of an address that a message states: place, name, telephone.

For planning and `changing`. Chinese places are read by the shop's own reader of pasted addresses;
what is said around one (公司在…, "my office is …") is no part of it.
"""

from __future__ import annotations

import re

from catalog.places.chinese import read_chinese

PLACE = ("region", "city", "district", "street", "postal_code")
_PHONE = re.compile(r"(?<!\d)(\+?\d[\d ()-]{6,22}\d)(?!\d)")
_ASKS_PHONE = re.compile(r"phone|number|mobile|tel|电话|手机|号码", re.IGNORECASE)
_LEADING = re.compile(r"^.*?(?:改成|改到|改为|换成|换到|寄到|送到|寄往|地址[是:：为]?|[在是到])")
_HAN = re.compile(r"[\u4e00-\u9fff]{4,}")
# Where the reader knows no such place: the words that name its parts.
_CHINESE = re.compile(
    r"(?:(?P<region>[\u4e00-\u9fff]{2,7}?(?:省|自治区)))?"
    r"(?P<city>[\u4e00-\u9fff]{2,6}?市)"
    r"(?P<district>[\u4e00-\u9fff]{1,6}?[区县])?"
    r"(?P<street>[\u4e00-\u9fff]{2,20}?(?:路|街|道|巷|弄|村|镇|大厦|小区|苑|园)[^\s，,。；;]{0,40})"
)
_NAME = re.compile(
    r"(?:收件人|收货人|姓名)(?!的?(?:电话|手机|号码|联系|地址|信息))"
    r"(?:名字|姓名)?(?:改成|改为|换成|是|叫|为|：|:)? ?"
    r"(?!名字|[填写]?错|能|可以|怎么|不对|要改)([\u4e00-\u9fffA-Za-z· ]{2,20}?)(?=[，,。；;\s\d]|$)"
    r"|(?:^|[\n，,。])(?:名字|姓名)?(?:改成|改为|换成|写成) ?"
    r"([\u4e00-\u9fff·]{2,4})(?=[，,。；;\s]|$)"
    r"|(?:recipient|name)(?: to| is|:) ([A-Z][A-Za-z .'-]{1,40}?)(?=[,.;]|$)"
)
_CODE = r"\d{5}(?:-\d{4})?|\d{6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_ENGLISH = re.compile(
    r"(?:\bto\b|address:?|at:?|\bis\b|^|:) ?(?P<street>\d{1,6}[A-Za-z]? [^,\n]{3,60}), ?"
    r"(?P<city>[A-Za-z .'-]{2,40}?)"
    rf"(?:, ?(?P<region>[A-Za-z .]{{2,30}}))?,? (?P<postal_code>{_CODE})(?!\w)",
    re.MULTILINE,
)
_ROAD = (
    "road|rd|street|st|lane|ln|avenue|ave|drive|dr|way|close|court|ct|place|pl|square|gardens"
    "|terrace|crescent|boulevard|blvd|row|mews|park|quay|hill|parade|walk|grove"
)
# Without a code, or with none of the commas: "8 Oak Lane Bristol BS1 5TR".
_LOOSE = re.compile(
    r"(?:(?P<door>(?:flat|apt\.?|unit|apartment|suite|room) ?\w+),? )?"
    rf"(?P<street>\d{{1,5}}[A-Za-z]? (?!of\b)(?:[A-Za-z'.-]+ ){{1,4}}?(?:{_ROAD})\b"
    rf"(?! (?:{_ROAD})\b)\.?)"
    r"(?:,? (?P<city>[A-Za-z][A-Za-z' -]{1,30}?))"
    rf"(?:, ?(?P<region>[A-Za-z][A-Za-z ]{{1,20}}?))?(?:,? (?P<postal_code>{_CODE}))?"
    r"(?=$|[.?!,;\n]| please\b| instead\b| thanks\b| now\b)",
    re.IGNORECASE,
)
_POSTAL = re.compile(r"(?:邮编|邮政编码)(?:是|：|:)? ?(\d{6})")
_ALONE = re.compile(rf"^\W*({_CODE})\W*$", re.IGNORECASE | re.MULTILINE)


def said_address(text: str) -> dict[str, str]:
    """Return the parts of an address that a text states: place, name, telephone."""
    found = said_place(text)
    if match := _POSTAL.search(text) or (_ALONE.search(text) if "street" in found else None):
        found["postal_code"] = match[1]
    if match := _NAME.search(text):
        found["name"] = next(one for one in match.groups() if one).strip()
    if _ASKS_PHONE.search(text) and (match := _PHONE.search(_without_orders(text))):
        found["phone"] = match[1].strip()
    return found


def said_place(text: str) -> dict[str, str]:
    """Return where something is to go: region, city, district, street, code; no part is made up."""
    for line in reversed(text.split("\n")):
        if found := _chinese_place(line) if _HAN.search(line) else _english_place(line):
            return found
    return {}


def _chinese_place(line: str) -> dict[str, str]:
    for said in (line, _LEADING.sub("", line)):
        read = read_chinese(said).form()
        if "city" in read and "street" in read and not _HAN.fullmatch(read.get("name", "")):
            found = {key: read[key] for key in PLACE if key in read}
            if found.get("region") == found["city"]:
                del found["region"]  # 上海市 is both
            return found
    match = _CHINESE.search(_LEADING.sub("", line))
    return (
        {key: value.strip() for key, value in match.groupdict().items() if value} if match else {}
    )


def _english_place(line: str) -> dict[str, str]:
    match = _ENGLISH.search(line)
    if match is not None:
        return _parts(match)
    match = _LOOSE.search(line)
    if match is None:
        return {}
    found = _parts(match)
    if door := found.pop("door", ""):
        found["street"] = f"{found['street']}, {door}"
    if code := found.get("postal_code"):
        found["postal_code"] = code.upper()
    return found


def _parts(match: re.Match[str]) -> dict[str, str]:
    return {key: value.strip() for key, value in match.groupdict().items() if value}


def _without_orders(text: str) -> str:
    return re.sub(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", "", text)
