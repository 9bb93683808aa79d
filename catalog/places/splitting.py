"""The part of a Chinese address below its district: road and number, building, door."""

from __future__ import annotations

import re

NUM = r"[0-9零一二三四五六七八九十百甲乙丙]+"
DOOR = r"(?:室|房间|房|户|号房|铺位|铺|号铺)"
ROOM = re.compile(
    r"(?:(?<=[室房户铺层栋幢座楼元号门梯区厦场园苑城-])"
    r"|(?<=[一-鿿])(?=[A-Za-z]?\d{3,5}(?:室|房|户|铺|$)))\s*-?\s*"
    rf"((?:[A-Za-z]-?)?\d{{1,5}}[A-Za-z]?(?:-\d{{1,3}})?\s*{DOOR}?)$"
)
INNER = re.compile(
    r"(?<=[元栋幢座楼门])(\d{1,2}-\d{1,2}号?|\d{3,5}(?:号|单元))$|(?<!\d)(\d{1,4}号(?:铺|房|室|店))$"
)
FLOOR = re.compile(r"(?<![号\d第])(\d{1,3}(?:层|楼|[Ff]))$")
DASHED = re.compile(r"((?:\d{1,3}|[A-Za-z])(?:-\d{1,2})?)-(\d{3,5}[A-Za-z]?)(室|房)?$")
ROAD = r"(?:路|街|大道|道|巷|胡同|弄|里|条|线|坊|径|村|社|屯|庄|堡|组|队|沟|湾|墩|港|坝|桥|圩)"
NUMBER = (
    r"(?:[一-鿿]{0,4}?[一二三四五六七八九十\d]*段|[东南西北中])?(?:甲|乙)?(?:No\.?)?\d+(?:-\d+)?(?:号之[一二三四五\d]+|号院|号附\d+号|号"
    r"|弄(?:\d+支弄)?(?:\d+号)?)(?!楼|房|铺|门|线|馆|店|柜)"
)
STREET = re.compile(rf"^.*?{ROAD}(?:[东南西北中]?[一二三四五六七八九十]+段)?\s*{NUMBER}")
TOWN = re.compile(r"^(?:.{1,8}?(?:街道|镇|乡|苏木|开发区|高新区|工业园区|新区))+")
BARE_ROAD = re.compile(
    r"^.*?(?:路|街|大道|巷|胡同|[一二三四五六七八九十东南西北中]段|村|组|队|屯)"
    r"(?!口|边|道|[东南西北中]段|[一-鿿]{0,6}(?:路|街|大道|巷|胡同|村|组|队)(?!口|边))"
)
GLUE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def split_detail(text: str) -> tuple[str, str, str]:
    """Split into street (town, road, number), building, and room."""
    said = GLUE.sub("", text).strip(" -:/.")
    said = re.sub(r"\s*-\s*(?=\d|[A-Za-z])", "-", said)
    said, room = take_room(said)
    street = street_of(said)
    building = said[len(street) :].strip(" -:/.")
    return street.strip(), building, room


def take_room(text: str) -> tuple[str, str]:
    """Take the door off the end."""
    if found := DASHED.search(text):
        return text[: found.start()] + found[1], found[2] + (found[3] or "")
    for pattern in (INNER, FLOOR):
        if found := pattern.search(text):
            return text[: found.start()], found[0]
    if found := ROOM.search(text):
        said = found[1].strip()
        before = text[: found.start()].rstrip(" -")
        # "123号" is no door, and neither are the digits of a road number.
        if not re.search(r"(?:路|街|道|巷|弄|胡同|村)$", before):
            return before, said
    return text, ""


def street_of(text: str) -> str:
    """Return the beginning of a text that is town, road and number."""
    if found := STREET.match(text):
        return found[0]
    town = TOWN.match(text)
    rest = text[town.end() :] if town else text
    head = town[0] if town else ""
    if found := STREET.match(rest):
        return head + found[0]
    road = BARE_ROAD.match(rest)
    return head + (road[0] if road else "")
