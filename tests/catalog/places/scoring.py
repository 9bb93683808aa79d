"""Addresses with their parts marked, and how many a reader gets wholly right.

``{n:王芳} {p:139…} {c:杭州=杭州市}{s:文三路1号}``: name, phone, region, city, district, street,
building, room (m), postal code (z). ``written=meant``; nothing before ``=`` is not written. A
backslash goes on with the next line. Divisions may be written short: they are meant in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.places.divisions import OWN, divisions, short
from catalog.places.place import Place

CASES = Path(__file__).with_name("cases")
NAMES = {"n": "name", "p": "phone", "r": "region", "c": "city", "d": "district", "s": "street",
         "b": "building", "m": "room", "z": "postal_code", "k": "country"}  # fmt: skip
PARTS = ("name", "phone", "region", "city", "district", "street", "building", "room", "postal_code")
MARK = re.compile(r"\{(\w):([^}]*)\}")
PEOPLE = (
    "张三",
    "李晓明",
    "王女士",
    "欧阳修文",
    "陈默",
    "刘先生",
    "赵一曼",
    "孙悦",
    "周涛",
    "吴亦可",
)


@dataclass(frozen=True)
class Case:
    """A text and what its parts are."""

    text: str
    parts: dict[str, str]


def cases_of(name: str) -> list[Case]:
    """Read a file of marked addresses."""
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", "\0")
    lines = [line.replace("\0", "\n") for line in text.splitlines() if line[:1] not in ("#", "")]
    return [case_of(line) for line in lines]


def case_of(line: str) -> Case:
    """Take the marks out of one address."""
    parts: dict[str, str] = {}

    def plain(mark: re.Match[str]) -> str:
        written, _, meant = mark[2].partition("=")
        parts[NAMES[mark[1]]] = (meant or written).strip(" ;")
        return written

    return Case(MARK.sub(plain, line), in_full(parts))


def in_full(parts: dict[str, str]) -> dict[str, str]:
    """Return Chinese divisions in full, with the province that a city proves."""
    known = divisions()
    region = known.provinces.get(parts.get("region", ""), parts.get("region", ""))
    cities = known.cities.get(parts.get("city", ""), ())
    if cities:
        city = next((one for one in cities if not region or one.province == region), cities[0])
        parts |= {"city": city.name}
        region = region or city.province
    if region in OWN:
        parts |= {"city": region}
    city_name = parts.get("city", "")
    for full in (c for found in known.cities.get(city_name, ()) for c in found.districts):
        if parts.get("district") == short(full):
            parts["district"] = full
    return parts | ({"region": region} if region else {})


def combined() -> Iterator[Case]:
    """Yield each place of the list in two of twelve manners of writing."""
    text = (CASES / "chinese_places.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        fields = dict(zip(("region", "city", "district", "street", "building", "room", "code"),
                          line.split("|"), strict=True))  # fmt: skip
        for manner in (number % 12, (number * 5 + 3) % 12):
            yield written(fields, number, manner)


def written(fields: dict[str, str], number: int, manner: int) -> Case:
    """Write one place in one manner."""
    who, phone = PEOPLE[number % len(PEOPLE)], f"1{3 + number % 7}{number:09d}"
    region, city, district = fields["region"], fields["city"], fields["district"]
    rest = fields["street"] + fields["building"] + fields["room"]
    top = "" if region == city else region
    near = short(city) if region != city else city.removesuffix("市")
    bare = divisions().provinces
    little = next(name for name in sorted(bare, key=len) if bare[name] == region)
    code = fields["code"] if manner in (1, 4, 9) else ""
    text = [
        f"{who} {phone} {top}{city}{district}{rest}",
        f"收货人：{who}\n手机号码：{phone}\n所在地区：{region}{city}{district}\n"
        f"详细地址：{rest}\n邮编：{code}",
        f"{top}{city}{district}{rest}，{who}，{phone}",
        f"{little} {city} {district} {fields['street']} {fields['building']} {fields['room']}"
        f" {who} {phone}",
        f"{code} {top}{city}{district}{rest}（{who}收）{phone}",
        f"{phone}，{who}，{city}{district}{rest}",
        f"请寄到：{top} {city} {district} {rest}，收件人{who}，电话{phone}，谢谢！",
        f"{who}，{phone[:3]} {phone[3:7]} {phone[7:]}，{little}{near}市{district}{rest}"
        if region != city
        else f"{who}，{phone[:3]} {phone[3:7]} {phone[7:]}，{city}{district}{rest}",
        f"姓名:{who} 电话:{phone} 地址:{top}{city}{district}{rest}",
        f"{top}/{city}/{district}/{rest}/{who}/{phone}/{code}",
        f"收件人: {who}；联系电话: {phone}；收货地址: {region} {city} {district} {rest}。",
        f"中国{top}{city}{district}{rest} {who}(收) +86 {phone}",
    ][manner]
    parts = {"name": who, "phone": phone, "region": region, "city": city, "district": district,
             "street": fields["street"], "building": fields["building"], "room": fields["room"],
             "postal_code": code}  # fmt: skip
    return Case(text, parts)


def wrong(
    cases: list[Case], read: Callable[[str], Place]
) -> list[tuple[Case, dict[str, tuple[str, str]]]]:
    """Return the cases that are not wholly right, with what was said and what is right."""
    found = []
    for case in cases:
        place = read(case.text)
        off = {
            part: (str(getattr(place, part)), case.parts.get(part, ""))
            for part in PARTS
            if squeezed(str(getattr(place, part))) != squeezed(case.parts.get(part, ""))
        }
        if off:
            found.append((case, off))
    return found


def squeezed(text: str) -> str:
    """Return a part without spaces and case, which mean nothing there."""
    return re.sub(r"[\s]+", "", text).casefold()
