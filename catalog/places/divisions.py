"""Provinces, cities and districts of China: who belongs to whom, and the short names people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("divisions.txt")
CITY_ENDS = ("市", "州", "盟", "地区", "林区")
DISTRICT_ENDS = ("区", "县", "市", "旗")
PROVINCE_ENDS = re.compile(r"(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
COUNTRIES = {"香港特别行政区": "HK", "澳门特别行政区": "MO", "台湾省": "TW"}
# Cities that are provinces, and cities without districts.
OWN = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True)
class City:
    """A city with its province and the districts that are known."""

    name: str
    province: str
    districts: tuple[str, ...]


@dataclass(frozen=True)
class Divisions:
    """All divisions by the names they are written with."""

    provinces: dict[str, str]
    cities: dict[str, tuple[City, ...]]
    districts: dict[str, tuple[tuple[str, City], ...]]


PEOPLES = re.compile(
    r"(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|景颇族|白族|傈僳族|回族|蒙古族?"
    r"|哈萨克)+自治州$"
)


def short(name: str) -> str:
    """Return a city's or district's name as people say it: without its suffix, if two are left."""
    bare = PEOPLES.sub("", name)
    if bare != name:
        return bare
    for end in ("自治州", "地区", "新区", "林区", "区", "市", "县", "盟", "旗"):
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name.removesuffix(end)
    return name


@cache
def divisions() -> Divisions:
    """Return the table. Read once a process, a few milliseconds."""
    provinces: dict[str, str] = {}
    cities: dict[str, list[City]] = {}
    districts: dict[str, list[tuple[str, City]]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        province, _, listed = line.partition(" = ")
        provinces[province] = provinces[PROVINCE_ENDS.sub("", province)] = province
        for said, inside in re.findall(r"([^\s()]+)(?:\(([^)]*)\))?", listed):
            city = city_of(province, said, inside)
            for name in {city.name, short(city.name)}:
                cities.setdefault(name, []).append(city)
            for district in city.districts:
                for name in {district, short(district)}:
                    districts.setdefault(name, []).append((district, city))
    return Divisions(
        provinces,
        {name: tuple(found) for name, found in cities.items()},
        {name: tuple(found) for name, found in districts.items()},
    )


def city_of(province: str, said: str, inside: str) -> City:
    """Return a city with suffixes where the table leaves them out."""
    name = said if said.endswith(CITY_ENDS) and len(said) > 2 else f"{said}市"
    if said in {"广州", "杭州", "苏州", "郑州", "福州", "兰州", "温州"} or len(said) == 2:
        name = f"{said}市"
    if province.endswith("特别行政区"):
        name = said
    named = tuple(
        one if one.endswith(DISTRICT_ENDS) and len(one) > 1 else f"{one}区"
        for one in inside.split()
    )
    return City(name, province, named)
