"""Chinese addresses as shoppers paste them: labels, any order, noise around, levels left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from catalog.places.divisions import COUNTRIES, OWN, City, divisions, short
from catalog.places.naming import name_of, named
from catalog.places.place import UNDIVIDED, Place
from catalog.places.splitting import split_detail

LABELS = {
    "name": "收货人姓名|收件人姓名|收货人|收件人|收货姓名|收件姓名|联系人姓名|联系人"
    "|姓名|名字|收货|收",
    "phone": "手机号码|联系电话|联系方式|收货电话|收件电话|手机号|电话号码|手机|电话|号码|tel|phone"
    "|mobile",
    "area": "所在地区|所在区域|省市区|所在地|地区|区域|省份|城市",
    "place": "收货地址|详细地址|收件地址|快递地址|寄送地址|具体地址|家庭住址|通讯地址|街道地址|地址"
    "|住址|详址",
    "code": "邮政编码|邮编|邮政|postcode|zip",
}
LABEL = re.compile(
    r"(?P<alone>(?<![一-鿿])(?:"
    + "|".join(LABELS.values())
    + r")(?=\s*;))|"
    + "|".join(
        f"(?P<{key}>(?<![一-鿿])(?:{words})\\s*[:=]|^(?:{words})\\s+|(?<=\\s)(?:{words})\\s+|"
        f"(?<![一-鿿])(?:{words})(?=[1+(0])"
        + (r"|(?<![一-鿿])(?:收货人|收件人|联系人|姓名)(?=[一-鿿])" if key == "name" else "")
        + ")"
        for key, words in LABELS.items()
    ),
    re.IGNORECASE | re.MULTILINE,
)
PHONES = (
    re.compile(r"(?<!\d)(?:\+?\(?(?:00)?86\)?[\s-]*)?(1[3-9]\d[\s-]?[\d*]{4}[\s-]?\d{4})"
               r"(?:\s*(?:转|-|分机|ext\.?)\s*(\d{1,4}))?(?![\d*])", re.IGNORECASE),
    re.compile(r"(?<![\d-])(?:\+?(?:00)?86[\s-]*)?\(?(0\d{2,3})\)?[\s-]?(\d{7,8})"
               r"(?:\s*(?:转|-|分机)\s*(\d{1,6}))?(?!\d)"),
    re.compile(r"(?<![\d-])\+\s?(852|853|886)[\s-]?(\d{4})[\s-]?(\d{4,5})(?!\d)"),
)  # fmt: skip
CODE = re.compile(r"(?<![\d\w-])(\d{6})(?![\d\-号室栋幢楼房弄单院组层户元座\w])")
NOISE = re.compile(
    r"(?:麻烦|请|帮我|帮忙|就|直接|可以)*(?:把东西|把货|快递)?(?:寄|送|发|邮)货?(?:到|至|往|给)"
    r"(?:这里|这边|这个地址|以下地址|下面地址|我这里)?[:,]?"
    r"|谢谢(?:啦|了|你|您|老板|亲|卖家|客服)*|多谢|辛苦(?:了|啦)|拜托(?:了|啦)"
    r"|(?:亲爱的|亲|老板|你好|您好|客服|卖家|哈喽|在吗|hello|hi)(?:们)?(?=[\s,!~呀啊])[呀啊]?"
    r"|请?(?:尽快|今天|赶紧|早点|快点)(?:发货|发出|发|寄出)(?:哦|哈|吧|呀)?"
    r"|(?:工作日|周末|周[一二三四五六日末天]|节假日|白天|晚上|上班时间|下午|上午)[^\s,;。]{0,10}"
    r"(?:收货|在家|送货|派送|送|配送|再送)"
    r"|(?:不要|请勿|勿|别)放[^\s,;]{0,8}"
    r"|放在?(?:门卫|丰巢|驿站|快递柜|前台|物业|门口)[^\s,;]{0,8}"
    r"|(?:送货|派送|派件|到了|送)之?前[^\s,;]{0,10}(?:电话|联系)我?"
    r"|(?:收货|收件|寄件|快递)信息\s*:?|(?:我的|这是我的|这是|新的|收货)?(?:地址|信息)"
    r"(?:是|改成|改为|换成|如下|为)[:,]?"
    r"|到付|顺丰|发(?:圆通|中通|申通|韵达|顺丰|邮政|京东)|(?:我叫|我是|我姓名是|名字叫|叫我)"
    r"|[我他她]?的?(?:手机号?|电话|号码)(?:号码)?[是为]",
    re.IGNORECASE,
)
BREAKS = re.compile(r"[,;。、|\t\n\r!~_\[\]【】<>《》\"“”'‘’#*]+|[.](?!\d)")
NO_DISTRICT = re.compile(
    r"(?:小区|社区|校区|园区|厂区|景区|街区|片区|院区|[A-Za-z]区|\d区|[一二三四五六七八九十东南西北]区"
    r"|住宅区|别墅区|生活区|家属区|工业区|保税区|路.*|街.*|道.*|超市|门市|城市|都市|夜市|菜市)$"
)
# Behind a district's short name these make it a road or a house.
NO_SHORT = (
    "路", "街", "大道", "镇", "大厦", "广场", "花园", "村", "小区", "公园", "大学", "中路", "东路",
    "西路", "南路", "北路", "道", "新村", "新城", "学院", "站", "门",
)  # fmt: skip
UNKNOWN_DISTRICT = re.compile(r"[一-鿿]{1,8}?(?:自治县|自治旗|新区|开发区|高新区|区|县|市|旗)")


@dataclass(frozen=True)
class Chain:
    """Province, city and district as they follow each other, from ``start`` to ``end``."""

    start: int
    end: int
    region: str = ""
    city: str = ""
    district: str = ""
    score: float = 0.0


def read_chinese(text: str) -> Place:
    """Read an address out of a Chinese text. A millisecond; never raises."""
    said = tidy(text)
    marked, phone = take_phone(said)
    marked, labelled = take_labels(marked)
    marked, code = take_code(marked, labelled)
    chain = find_chain(marked)
    before, after = marked[: chain.start], marked[chain.end :]
    name, rest_before, rest_after = named(before, after, labelled.get("name", ""))
    detail = rest_after if rest_after.strip() else rest_before
    if rest_after.strip() and is_place(rest_before) and not is_place(rest_after):
        detail = rest_before + rest_after
    street, building, room = split_detail(detail)
    return Place(
        name=name, phone=phone,
        country=COUNTRIES.get(chain.region, "CN") if chain.region or chain.city else "",
        region=chain.region, city=chain.city, district=chain.district,
        street=street, building=building, room=room, postal_code=code,
    )  # fmt: skip


def tidy(text: str) -> str:
    """Return the text with one form of each character, without what is invisible."""
    plain = unicodedata.normalize("NFKC", text[:2000].replace("：", ":"))
    kept = (c for c in plain if unicodedata.category(c) not in ("Cf", "Cs", "So", "Co"))
    lines = "".join(c if c in "\n\t" or unicodedata.category(c) != "Cc" else " " for c in kept)
    return re.sub(r"[—–―]", "-", lines)


def take_phone(text: str) -> tuple[str, str]:
    """Take the first telephone number out; mobile numbers before others."""
    for number, pattern in enumerate(PHONES):
        if found := pattern.search(text):
            parts = [re.sub(r"[\s-]", "", part) for part in found.groups() if part]
            said = "-".join(parts) if number < 2 else f"+{parts[0]} {''.join(parts[1:])}"
            rest = text[: found.start()] + " ; " + text[found.end() :]
            for other in PHONES[:1]:
                rest = other.sub(" ; ", rest)
            return rest, said
    return text, ""


def take_labels(text: str) -> tuple[str, dict[str, str]]:
    """Take labels out; what stands behind the label of a name or a code is told apart."""
    found: dict[str, str] = {}
    kept, last = [], 0
    marks = list(LABEL.finditer(text))
    for number, mark in enumerate(marks):
        kept.append(text[last : mark.start()] + " ; ")
        last = mark.end()
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        key = str(mark.lastgroup)
        value = re.match(r"\s*([^,;\n\t。|]{1,40})", text[last:stop])
        if key == "name" and value and "name" not in found:
            said = name_of(value[1])
            if said:
                found["name"] = said
                last += value.end(1) if said == value[1].strip() else value.start(1) + len(said)
        elif key == "code" and value and re.fullmatch(r"\d{6}", value[1].strip()[:6]):
            found["code"] = value[1].strip()[:6]
            last += value.start(1) + 6
    kept.append(text[last:])
    cleaned = NOISE.sub(" ", " ".join(kept))
    cleaned = re.sub(r"\(\s*(?:手机|电话|备用)?\s*\)|(?<=[一-鿿])/|/(?=[一-鿿])", " ", cleaned)
    cleaned = re.sub(r"(?<=[一-鿿])\s*\(\s*(?:亲)?收\s*\)", "收 ", cleaned)
    cleaned = re.sub(r"\(([^()]{1,8}收)\)", r" \1 ", cleaned)
    cleaned = re.sub(r"^\s*:|(?<=[\s;]):", " ", BREAKS.sub(" ", cleaned))
    return re.sub(r"\s+", " ", cleaned).strip(), found


def take_code(text: str, labelled: dict[str, str]) -> tuple[str, str]:
    """Take the postal code out, a labelled one before one that only looks like it."""
    if "code" in labelled:
        return text, labelled["code"]
    if found := CODE.search(text):
        return f"{text[: found.start()]} {text[found.end() :]}".strip(), found[1]
    return text, ""


def is_place(text: str) -> bool:
    """Tell whether a text names a place within a city."""
    return bool(
        re.search(r"路|街|道|巷|弄|村|号|室|栋|幢|楼|小区|单元|镇|乡|苑|园|大厦|广场", text)
    )


# --- Province, city, district ---------------------------------------------------------------------
def find_chain(text: str) -> Chain:
    """Return the best run of divisions: the one with most levels, said in full, the earliest."""
    best = Chain(0, 0)
    for start in range(len(text)):
        if text[start].isspace() or not "一" <= text[start] <= "鿿":
            continue
        found = chain_at(text, start)
        if found is not None and found.score > best.score + 0.01:
            best = found
    return best


def chain_at(text: str, start: int) -> Chain | None:
    """Return the divisions that begin here, if any do."""
    at, region, score = start, "", 0.0
    if found := province_at(text, at):
        region, at, full = found
        score += 1.5 if full else 1.0
        at = skip(text, at)
        if text.startswith(("中国", "省"), at):
            at += 1
    city, at, gained = city_at(text, at, region, start)
    score += gained
    if city is not None:
        region = city.province
        at = skip(text, at)
        if city.name in OWN:  # 北京北京市, and 重庆重庆市
            again = next((n for n in (city.name, short(city.name)) if text.startswith(n, at)), "")
            at = skip(text, at + len(again))
    elif score and region not in OWN and "行政区" not in region and score < 1.5:
        return None
    district, end, gained = district_at(text, at, city, region)
    score += gained
    if not score:
        return None
    if city is None and district and gained:
        owner = owner_of(district, region)
        city, region = owner, owner.province if owner else region
    name = city.name if city else (region if region in OWN else "")
    return Chain(start, end, region, name, district, score)


def skip(text: str, at: int) -> int:
    """Return the place of the next letter: over spaces, hyphens and slashes between levels."""
    found = re.compile(r"[\s/·-]*").match(text, at)
    return found.end() if found else at


def province_at(text: str, at: int) -> tuple[str, int, bool] | None:
    """Return the province that is named here, where its name ends, and whether it is in full."""
    known = divisions().provinces
    for length in (8, 7, 6, 5, 4, 3, 2):
        said = text[at : at + length]
        if len(said) == length and said in known:
            full = known[said] == said
            end = at + length
            if not full and text.startswith(("省", "市"), end):
                end, full = end + 1, True
            return known[said], end, full
    return None


def city_at(text: str, at: int, region: str, start: int) -> tuple[City | None, int, float]:
    """Return the city that is named here, where its name ends, and what that is worth."""
    if region in OWN or region in COUNTRIES:
        city = divisions().cities.get(short(region) if region in OWN else region[:2], (None,))[0]
        said = text[at : at + 2]
        end = at
        if region in COUNTRIES and city is None:
            return None, at, 0.0
        if city and text.startswith(short(city.name), at) and said:
            end = at + len(city.name) if text.startswith(city.name, at) else at + 2
        return city, end, 0.5
    for length in range(12, 1, -1):
        said = text[at : at + length]
        if len(said) != length:
            continue
        fits = [
            one for one in divisions().cities.get(said, ()) if not region or one.province == region
        ]
        if not fits:
            continue
        full, end = fits[0].name == said, at + length
        if not full and not region and not leads_on(text, end, fits[0]):
            continue
        if not full and fits[0].name.endswith("州") and text.startswith("州", end):
            full, end = True, end + 1
        if full and text.startswith("市中区", end - 1) and "市中区" in fits[0].districts:
            end -= 1  # 济南市中区 is 济南 and its 市中区
        return fits[0], end, 1.5 if full else 1.1
    return None, at, 0.0


def leads_on(text: str, at: int, city: City) -> bool:
    """Tell whether a district or a road follows, so that a city's short name is meant as one."""
    if re.match(r"[区县旗]|[东西南北中]?[一二三四五]?(?:路|街|大道|巷|道)", text[at:]):
        return False  # 朝阳区, 南京东路
    at = skip(text, at)
    if district_at(text, at, city, city.province)[2]:
        return True
    return bool(
        re.match(r"\s*[^\s,]{1,12}?(?:路|街|大道|巷|镇|乡|街道|村|小区|大学|花园)", text[at:])
    )


def district_at(text: str, at: int, city: City | None, region: str) -> tuple[str, int, float]:
    """Return the district that is named here, where its name ends, and what that is worth."""
    known = known_districts(city, region)
    for length in range(min(9, len(text) - at), 1, -1):
        said = text[at : at + length]
        full = known.get(said)
        if full is None:
            continue
        if full == said:
            return full, at + length, 1.5
        after = text[at + length :]
        if (city is not None or region in OWN) and not after.startswith(NO_SHORT):
            return full, at + length, 1.0
    if city is None and region not in OWN and not region:
        return "", at, 0.0
    if city is not None and city.name in UNDIVIDED:
        return "", at, 0.3
    found = UNKNOWN_DISTRICT.match(text, at)
    long_enough = found and (len(found[0]) >= 3 or found[0].endswith("县"))
    if found and long_enough and not NO_DISTRICT.search(found[0]):
        return found[0], found.end(), 0.8
    return "", at, 0.0


@cache
def known_districts(city: City | None, region: str) -> dict[str, str]:
    """Return the districts that may stand here, by full and by short name."""
    if city is not None:
        return {name: one for one in city.districts for name in (one, short(one))}
    table = divisions().districts
    return {
        name: found[0][0]
        for name, found in table.items()
        if (not region and name == found[0][0])
        or (region and any(owner.province == region for _one, owner in found))
    }


def owner_of(district: str, region: str) -> City | None:
    """Return the one city that has this district, None if several do."""
    owners = [
        city
        for one, city in divisions().districts.get(district, ())
        if one == district and (not region or city.province == region)
    ]
    return owners[0] if len(owners) == 1 else None
