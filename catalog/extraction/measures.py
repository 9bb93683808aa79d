"""Read numbers with units and decide what they measure: capacity, weight, power, screen, heel …

For `propose`. A number whose meaning the surroundings do not settle is left out.
"""

import re
from collections.abc import Iterator

from catalog.extraction.schema import Found
from catalog.lexicon import lexicon
from catalog.text.units import NUMBER, Quantity, quantities

_BY_UNIT = {
    "ml": ("capacity", "ml"), "毫升": ("capacity", "ml"), "cl": ("capacity", "cl"),
    "l": ("capacity", "l"), "升": ("capacity", "l"), "公升": ("capacity", "l"),
    "g": ("weight", "g"), "克": ("weight", "g"), "kg": ("weight", "kg"), "kgs": ("weight", "kg"),
    "公斤": ("weight", "kg"), "千克": ("weight", "kg"), "斤": ("weight", "jin"),
    "lb": ("weight", "lb"), "lbs": ("weight", "lb"), "磅": ("weight", "lb"),
    "oz": ("weight", "oz"), "盎司": ("weight", "oz"), "fl oz": ("capacity", "floz"),
    "fl. oz": ("capacity", "floz"), "qt": ("capacity", "qt"),
    "mm": ("dimensions", "mm"), "毫米": ("dimensions", "mm"), "cm": ("dimensions", "cm"),
    "cms": ("dimensions", "cm"), "厘米": ("dimensions", "cm"), "公分": ("dimensions", "cm"),
    "m": ("dimensions", "m"), "米": ("dimensions", "m"), "in": ("dimensions", "in"),
    "英寸": ("dimensions", "in"), "寸": ("dimensions", "in"), "吋": ("dimensions", "in"),
    '"': ("dimensions", "in"), "”": ("dimensions", "in"), "''": ("dimensions", "in"),
    "ft": ("dimensions", "ft"), "英尺": ("dimensions", "ft"),
    "w": ("power", "w"), "瓦": ("power", "w"), "kw": ("power", "kw"), "千瓦": ("power", "kw"),
    "v": ("voltage", "v"), "伏": ("voltage", "v"), "伏特": ("voltage", "v"),
    "mah": ("battery", "mah"), "毫安": ("battery", "mah"), "毫安时": ("battery", "mah"),
    "gb": ("storage", "gb"), "tb": ("storage", "tb"),
}  # fmt: skip
_WORDS = {
    "gram": "g", "kilo": "kg", "kilogram": "kg", "pound": "lb", "ounce": "oz", "inch": "in",
    "inche": "in", "foot": "ft", "feet": "ft", "meter": "m", "metre": "m", "liter": "l",
    "litre": "l", "milliliter": "ml", "watt": "w", "volt": "v", "fluid ounce": "fl oz",
    "centimeter": "cm", "millimeter": "mm",
}  # fmt: skip
_LIMIT = re.compile(
    r"(?:\b(?:up to|holds?|max(?:imum)?(?: load)?|supports?|fits?(?: up to)?|load|within|over|range"
    r"|at)\b|承重|载重|称重|体重|限重|适合|可承受|以内|承受|最大|读取|读速|每小时)"
    r"[^,.;,。;]{0,12}$"
)
_RANGE_BEFORE = re.compile(rf"{NUMBER}\s?(?:-|~|–|—|to|至|到|\+)\s?$")
_NOT_WEIGHT = re.compile(
    r"^\s?(?:/|per\b|(?:of )?(?:protein|sugar|fat|fiber|carbs)|蛋白|网络|纸"
    r"|道林|canvas|denim|铜版|capacity|weight capacity|手机|全网|智能)"
)
_NOT_LENGTH = re.compile(
    r"^\s?(?:cache|bit|jack|cable|aux|audio|headphone jack|接口|耳机孔|插孔|音频|线耳机"
    r"|range|away|distance|距离|水深|续航|drop|tall people|per|/s|外)"
)
_DEPTH_AFTER = re.compile(r"^\s?(?:生活)?(?:waterproof|water[- ]resistan\w+|防水|depth|水下)")
_DEPTH_BEFORE = re.compile(r"(?:防水|water resistant to|waterproof to|waterproof up to)\s?$")
_HEEL = re.compile(r"(?:heels?(?: height)?|跟高|增高|后跟高?|细跟|粗跟|高跟|跟)\W{0,2}$")
_HEEL_AFTER = re.compile(r"^\s?(?:-?\s?(?:high )?heels?\b|跟|高跟|增高|细跟|粗跟)")
_SCREEN_AFTER = re.compile(
    r"^[- ]?\s?(?:(?:\w{1,15}[- ]?){0,3}?(?:screen|display|touch ?screen|laptop|tv|monitor"
    r"|amoled|oled|lcd|ips)|.{0,4}?(?:屏|显示|大屏|笔记本|液晶|电视|oled|高清))"
)
_SCREENS = {
    "laptop", "monitor", "tv", "tablet", "phone", "smartwatch", "projector", "e-reader",
    "dash-cam", "desktop", "game-console", "fitness-band",
}  # fmt: skip
_VESSELS = {
    "cup", "wine-glass", "vacuum-flask", "water-bottle", "baby-bottle", "tea-set", "coffee-gear",
    "blender", "kettle", "bowl", "pot", "food-container", "lunch-box",
}  # fmt: skip
_SEPARATE = re.compile(
    rf"(?<![\d.a-z])({NUMBER})\s?(cm|mm|m|in|inch|''|\"|厘米|米|ft)\s?[x*×]\s?({NUMBER})\s?(?:\2)"
    rf"(?:\s?[x*×]\s?({NUMBER})\s?(?:\2))?(?![a-z])"
)
_QUARTS = re.compile(rf"(?<![\d.a-z])({NUMBER})[\s-]?(?:qt|quarts?)(?![a-z])")
_VOLTS = re.compile(r"(?<![\d.a-z])(\d{2,3})\s?(?:v)?\s?[-~]\s?(\d{2,3})\s?(?:v|伏)(?![a-z])")
_BLUETOOTH = re.compile(r"(?:bluetooth|蓝牙|(?<![a-z])bt)\s?(?:version|版本|v)?\s?(\d\.\d)(?!\d)")
_RATING = re.compile(r"(?<![a-z0-9])(ip[x\d]\d[a-z]?|\d{1,2}\s?atm)(?![a-z0-9])")
_PAIR = re.compile(
    r"(?<![\d.a-z])(\d{1,2})\s?(?:gb|g)?\s?(?:ram)?\s?[+/]"
    r"\s?(\d{2,4}|[12])\s?(gb|g|tb|t)(?![a-z0-9])"
)
_MEMORY = re.compile(
    r"(?<![\d.a-z])(\d{1,3})\s?(?:gb|g)\s?(?:of\s)?"
    r"(?:ram|ddr\d?|memory(?! card)|运行内存|运存|内存(?!卡))"
)
_TWO_SIZES = re.compile(r"(?<![\d.a-z])(\d{1,2})\s?gb\s(\d{2,4})\s?gb(?![a-z0-9])")
_BARE_STORAGE = re.compile(r"(?<![\d.a-z])(8|16|32|64|128|256|512)\s?g(?![a-z])")
_BANDS_AND_PLUGS = {("2.4", "g"), ("5", "g"), ("3.5", "mm"), ("6.35", "mm")}
_WINDOW = 60  # characters looked at on each side
_NETWORKS = {"2", "3", "4", "5", "6"}
_HIGHEST = {"cm": 15.0, "in": 6.0}  # heels are not higher
_STORES = {"memory-card", "usb-drive", "hard-drive", "phone", "tablet", "ram"}


def measures(folded: str, kind: str | None) -> Iterator[Found]:
    """Yield what the numbers of folded text measure; ``kind`` is the lexicon product type."""
    taken: set[int] = set()
    for found in _patterns(folded, kind):
        places = range(found.start, found.end)
        if taken.isdisjoint(places):
            taken.update(places)
            yield found
    for quantity in quantities(folded):
        if taken.isdisjoint(range(quantity.start, quantity.end)):
            yield from _quantity(folded, quantity, kind)


def _patterns(folded: str, kind: str | None) -> Iterator[Found]:
    """Yield measures that have a shape of their own."""
    for match in _SEPARATE.finditer(folded):
        value = "x".join(number for number in match.group(1, 3, 4) if number)
        unit = _BY_UNIT[_WORDS.get(match[2], match[2])][1]
        yield Found("dimensions", value, unit, match.start(), match.end(), 0.9)
    for match in _PAIR.finditer(folded):
        unit = "tb" if match[3].startswith("t") else "gb"
        yield Found("memory", match[1], "gb", match.start(), match.end(1), 0.9)
        yield Found("storage", match[2], unit, match.start(2), match.end(), 0.9)
    for match in _TWO_SIZES.finditer(folded):
        yield Found("memory", match[1], "gb", match.start(), match.end(1), 0.8)
        yield Found("storage", match[2], "gb", match.start(2), match.end(2), 0.8)
    for match in _MEMORY.finditer(folded):
        yield Found("memory", match[1], "gb", match.start(), match.end(), 0.95)
    if kind in _STORES:
        for match in _BARE_STORAGE.finditer(folded):
            yield Found("storage", match[1], "gb", match.start(), match.end(), 0.85)
    for match in _QUARTS.finditer(folded):
        yield Found("capacity", match[1], "qt", match.start(), match.end(), 0.9)
    for match in _VOLTS.finditer(folded):
        yield Found("voltage", f"{match[1]}-{match[2]}", "v", match.start(), match.end(), 0.9)
    for match in _BLUETOOTH.finditer(folded):
        yield Found("bluetooth_version", match[1], None, match.start(1), match.end(1), 0.95)
    for match in _RATING.finditer(folded):
        value = match[1].upper().replace(" ", "")
        yield Found("water_resistance", value, None, match.start(), match.end(), 0.95)


def _of_electronics(quantity: Quantity, kind: str | None) -> bool:
    """Say whether "2.4G" and "4G" are radio and "3.5mm" is a plug."""
    dimension = lexicon().dimension("category")
    electronic = kind is not None and dimension.within(kind, "electronics")
    if quantity.unit == "g" and quantity.numbers[-1] in _NETWORKS:
        return electronic or kind is None
    return electronic and (quantity.numbers[-1], quantity.unit) in _BANDS_AND_PLUGS


def _quantity(folded: str, quantity: Quantity, kind: str | None) -> Iterator[Found]:
    unit = _WORDS.get(quantity.unit.removesuffix("s"), quantity.unit)
    if unit not in _BY_UNIT or _of_electronics(quantity, kind):
        return
    attribute, unit = _BY_UNIT[unit]
    before = folded[max(0, quantity.start - _WINDOW) : quantity.start]
    after = folded[quantity.end : quantity.end + _WINDOW]
    if attribute == "dimensions":
        attribute = _length(before, after, quantity, unit, kind)
    elif attribute == "weight":
        attribute = _weight(before, after, unit, kind)
    elif _RANGE_BEFORE.search(before) and attribute not in ("storage",):
        attribute = ""
    if attribute:
        numbers = quantity.numbers if attribute == "dimensions" else quantity.numbers[-1:]
        value = "x".join(numbers)  # "2 x 3kg" are two of three kilos each
        if float(numbers[-1]) == 0:
            return
        yield Found(attribute, value, unit, quantity.start, quantity.end, 0.9)


def _weight(before: str, after: str, unit: str, kind: str | None) -> str:
    if _LIMIT.search(before) or _RANGE_BEFORE.search(before) or _NOT_WEIGHT.match(after):
        return ""
    return "capacity" if unit == "oz" and kind in _VESSELS else "weight"


def _length(before: str, after: str, quantity: Quantity, unit: str, kind: str | None) -> str:
    if unit == "m" and (_DEPTH_AFTER.match(after) or _DEPTH_BEFORE.search(before)):
        return "water_resistance"
    if _NOT_LENGTH.match(after) or _RANGE_BEFORE.search(before) or _LIMIT.search(before[-20:]):
        return ""
    single = len(quantity.numbers) == 1
    on_heels = kind == "heels" and single and float(quantity.numbers[0]) <= _HIGHEST.get(unit, 0)
    if on_heels or _HEEL.search(before[-12:]) or _HEEL_AFTER.match(after):
        return "heel_height"
    if unit == "in" and single and (kind in _SCREENS or _SCREEN_AFTER.match(after)):
        return "screen_size"
    return "dimensions"
