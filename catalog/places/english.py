"""Addresses in English: American, British and other forms, and Chinese places in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin import lazy_pinyin

from catalog.places.divisions import City, divisions, short
from catalog.places.place import Place

NAMES = {
    "US": "united states of america|united states|u\\.s\\.a\\.?|usa|u\\.s\\.",
    "GB": "united kingdom|great britain|england|scotland|wales|u\\.k\\.|uk",
    "CA": "canada", "AU": "australia", "NZ": "new zealand", "IE": "ireland", "SG": "singapore",
    "CN": "p\\.?\\s?r\\.?\\s?china|people's republic of china|mainland china|china|prc",
    "HK": "hong kong sar|hong kong|hk", "DE": "germany|deutschland", "FR": "france",
    "NL": "netherlands|the netherlands|holland", "JP": "japan", "MY": "malaysia", "ES": "spain",
    "IT": "italy", "SE": "sweden",
}  # fmt: skip
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
PROVINCES = {"ON": "Ontario", "QC": "Quebec", "BC": "British Columbia", "AB": "Alberta",
             "MB": "Manitoba", "SK": "Saskatchewan", "NS": "Nova Scotia", "NB": "New Brunswick",
             "NL": "Newfoundland and Labrador", "PE": "Prince Edward Island"}  # fmt: skip
AUSTRALIAN = {"NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland",
              "WA": "Western Australia", "SA": "South Australia", "TAS": "Tasmania",
              "ACT": "Australian Capital Territory", "NT": "Northern Territory"}  # fmt: skip
REGIONS = {"US": STATES, "CA": PROVINCES, "AU": AUSTRALIAN}
CODES = {
    "GB": r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", "CA": r"\b[A-Z]\d[A-Z][\s-]?\d[A-Z]\d\b",
    "US": r"\b\d{5}(?:-\d{4})?\b", "AU": r"\b\d{4}\b", "NZ": r"\b\d{4}\b", "CN": r"\b\d{6}\b",
    "SG": r"\b\d{6}\b", "DE": r"\b\d{5}\b", "FR": r"\b\d{5}\b", "NL": r"\b\d{4}\s?[A-Z]{2}\b",
    "JP": r"\b\d{3}-\d{4}\b", "MY": r"\b\d{5}\b", "ES": r"\b\d{5}\b", "IT": r"\b\d{5}\b",
    "SE": r"\b\d{3}\s\d{2}\b", "IE": r"\b[A-Z]\d{2}\s?[A-Z\d]{4}\b",
}  # fmt: skip
PHONE = re.compile(
    r"(?:(?:tel|telephone|phone|mobile|cell|mob|ph|call|contact(?: no)?)\.?\s*"
    r"(?:no\.?|number|is)?\s*[:.]?\s*)?(?<![\w-])"
    r"(\+?\(?\d{1,4}\)?(?:[\s.-]?\(?\d{1,5}\)?){1,4}[\s.-]?\d{3,4}(?:\s*(?:ext|x)\.?\s*\d{1,5})?)"
    r"(?![\w-])",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\b(name|recipient|ship(?:ping)? to|deliver(?:y)? to|send (?:it )?to|to|attn|attention"
    r"|address|delivery address|shipping address|street|city|state|province|zip(?: ?code)?"
    r"|post ?code|postal code|country|phone|tel|mobile)\s*:\s*",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"\b(?:please|pls|kindly)?\s*(?:ship|send|deliver|post)\s+"
    r"(?:it|this|my order|everything)?\s*to\b:?"
    r"|\b(?:hi|hello|hey)(?: there)?\b[,!]?|\b(?:many )?thanks(?: a lot| so much)?\b[.!]?"
    r"|\bthank you\b[.!]?|\bcheers\b[.!]?|\bmy (?:new )?address is\b:?|\bi live at\b"
    r"|\bmy name is\b|\bi am\b|\bi'm\b|\bcare of\b|\bc/o\b|\bplease leave [^,.\n]*"
    r"|\bleave (?:it )?(?:with|at) [^,.\n]*|\bring the [^,.\n]*",
    re.IGNORECASE,
)
STREET = (
    r"street|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|place|pl|square|sq|"
    r"terrace|terr|way|parkway|pkwy|highway|hwy|close|crescent|cres|gardens|gdns|grove|row|mews|hill|"
    r"circle|cir|trail|loop|alley|quay|walk|view|rise|green|park|esplanade|parade|broadway|lu|jie|"
    r"dadao|expressway|wharf|gate|embankment|straße|strasse|rue|link|bend|turn|path|plaza"
)
ROAD = re.compile(
    rf"\b(?:no\.?\s*)?\d+[\w/-]*\.?,?\s+(?:[\w.''-]+\s+){{0,5}}?(?:{STREET})\b\.?"
    r"(?:\s+(?:north|south|east|west|n|s|e|w|ne|nw|se|sw|upper|lower|central)\b\.?)?"
    r"|\bp\.?\s?o\.?\s?box\s+\d+|\b\d+[\w-]*\s+(?:broadway|avenue of the americas|the [\w ]+)\b"
    r"|\brue\s+[\w ']+\s+\d+|\b[\w-]+(?:straße|strasse)\s+\d+[a-z]?",
    re.IGNORECASE,
)
PLACE_OF_ROAD = "\0"
PLAIN_ROAD = re.compile(r"^\d+[\w/-]*,?\s+[A-Za-z][\w'. -]+$")
ROOM = re.compile(
    r"(?:^|\b)(?:(?:apartment|apt|unit|suite|ste|flat|room|rm|studio|office)(?:\.\s*|\s+|(?=#|\d))"
    r"(?:no\.?\s*)?#?\s*[\w-]+|#\s?[\w-]+|\d{1,3}(?:st|nd|rd|th)\s+floor|floor\s+\d+|level\s+\d+"
    r"|\d+/f)\b|(?<!\w)#\s?[\w-]+",
    re.IGNORECASE,
)
BUILDING = re.compile(
    r"\b(?:building|bldg|block|blk|tower|house|court|mansion|plaza|centre|center|residence|residences|"
    r"garden|gardens|estate|hall|heights|apartments|mall|complex|campus|university|village|community|"
    r"lodge|works|park|hotel|school|hospital|library|station|international)\b",
    re.IGNORECASE,
)
DISTRICT = re.compile(r"^(.+?)\s+(?:district|dist\.?|qu|county|new area)$", re.IGNORECASE)
PERSON = re.compile(
    r"(?:(?:mr|mrs|ms|miss|dr|prof)\.?\s+)?[A-ZÀ-Þ][\w'’-]+\.?(?:\s+(?:[A-ZÀ-Þ]\.|(?:de|van|von|der|la|al|bin)|"
    r"[A-ZÀ-Þ][\w'’-]+)){0,3}", re.UNICODE,
)  # fmt: skip


def read_english(text: str) -> Place:
    """Read an address out of an English text. A millisecond; never raises."""
    said = tidy(text)
    country, said = take_country(said)
    country, code, said = take_code(said, country)
    said, phone = take_phone(said)
    parts = [
        part for part in (each.strip(" .-:()") for each in re.split(r"[,\n;|]+", said)) if part
    ]
    place = {"country": country, "postal_code": code, "phone": phone}
    if not country:
        place["country"] = country = guess_country(parts, code)
    parts, place["region"] = take_region(parts, country)
    parts, room, road, building = take_street(parts)
    place |= {"street": road, "room": room, "building": building}
    if country == "CN":
        parts, more = chinese_places(parts, place["region"])
        place |= more
    rest = [part for part in parts if part]
    place |= named_and_city(rest, place)
    return Place(**place)


def tidy(text: str) -> str:
    """Return the text with plain quotes and line ends, without labels' words and politeness."""
    plain = unicodedata.normalize("NFKC", text[:2000]).replace("’", "'").replace("\r", "\n")
    kept = "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "So") else " "
        for c in plain
    )
    without = NOISE.sub(" , ", LABEL.sub(lambda found: ", ", kept))
    lines = re.sub(r"[ \t]+", " ", without)
    return re.sub(r"\s*[.!]\s*(?=\n|$)", "\n", lines).strip(" ,\n")


def take_country(text: str) -> tuple[str, str]:
    """Take the country's name off the end of the address, or from a line of its own."""
    for code, names in NAMES.items():
        found = list(country_pattern(names).finditer(text))
        if not found:
            continue
        before, after = text[: found[-1].start()], text[found[-1].end() :]
        if before.strip(" ,\n") or code not in ("SG", "HK"):
            return code, f"{before}, {after}"
    return "", text


@cache
def country_pattern(names: str) -> re.Pattern[str]:
    """Return how a country stands at the end of an address, or before its code and telephone."""
    return re.compile(
        rf"(?:^|[,\n]|(?<=\d)|(?<=[a-z]))\s*\b({names})(?![\w-])\s*(?=$|[,.\n;(+\d])",
        re.IGNORECASE,
    )


def take_code(text: str, country: str) -> tuple[str, str, str]:
    """Take the postal code out, in the form of the country, or tell the country by its form."""
    order = [country] if country in CODES else [] if country else ["GB", "CA", "IE", "US"]
    for code in order:
        found = list(re.finditer(CODES[code], text, re.IGNORECASE if code in ("GB", "CA") else 0))
        if code == "US" and not country:
            found = [
                one for one in found
                if re.search(r"\b[A-Z]{2}\.?[,\s]*$|(?:" + "|".join(STATES.values()) + r")[,\s]*$",
                             text[: one.start()])
            ]  # fmt: skip
        found = [
            one for one in found if not inside_phone(text, one) and not opens_street(text, one)
        ]
        if found:
            best = found[-1]
            rest = f"{text[: best.start()]}, {text[best.end() :]}"
            return country or code, re.sub(r"\s+", " ", best[0].upper()), rest
    return country, "", text


def inside_phone(text: str, found: re.Match[str]) -> bool:
    """Tell whether a code is only a part of a telephone number."""
    return any(
        one.start(1) <= found.start() and found.end() <= one.end(1)
        and digits(one[1]) > max(digits(found[0]), 6)
        for one in PHONE.finditer(text)
    )  # fmt: skip


def opens_street(text: str, found: re.Match[str]) -> bool:
    """Tell whether digits are the number of a house."""
    return any(one.start() <= found.start() < one.end() for one in ROAD.finditer(text))


def digits(text: str) -> int:
    """Count digits."""
    return sum(c.isdigit() for c in text)


def take_phone(text: str) -> tuple[str, str]:
    """Take the telephone number out: from seven digits on, not the number of a house."""
    for found in PHONE.finditer(text):
        if 7 <= digits(found[1]) <= 16 and not opens_street(text, found):
            phone = re.sub(r"\s+", " ", found[1]).strip()
            rest = f"{text[: found.start()]}, {text[found.end() :]}"
            return re.sub(r"(?i)\b(?:tel|phone|mobile|cell|ph)\b[.:]?\s*(?=,|$)", "", rest), phone
    return text, ""


def guess_country(parts: list[str], code: str) -> str:
    """Return the country that a state or a Chinese city proves, nothing otherwise."""
    for part in parts:
        last = part.rsplit(" ", 1)[-1].strip(".")
        if (
            part in STATES.values()
            or (last in STATES and (code or len(part) > 3))
            or part in STATES
        ):
            return "US"
        if last in AUSTRALIAN and last not in STATES:
            return "AU"
        if last in PROVINCES or part in PROVINCES.values():
            return "CA"
    if any(latin(part) in latin_cities() for part in parts):
        return "CN"
    return ""


def take_region(parts: list[str], country: str) -> tuple[list[str], str]:
    """Take the state or province out: a part of its own, or the last words of one."""
    table = REGIONS.get(country, {})
    names = {name.casefold(): name for name in (*table.values(),)}
    names |= {code.casefold(): name for code, name in table.items()}
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number].strip(" .")
        if part.casefold() in names and number:
            return parts[:number] + parts[number + 1 :], names[part.casefold()]
        words = part.split(" ")
        for length in range(min(4, len(words) - 1), 0, -1):
            tail = " ".join(words[-length:])
            code = length == 1 and tail in table
            whole = tail.casefold() in names and len(tail) > 3 and not ROAD.search(part)
            if code or whole:
                kept = " ".join(words[:-length]).strip(" ,.")
                return [*parts[:number], kept, *parts[number + 1 :]], names[tail.casefold()]
    return parts, ""


def take_street(parts: list[str]) -> tuple[list[str], str, str, str]:
    """Take road, room and building out of the parts; a mark stays where the road stood."""
    left, rooms, buildings = list[str](), list[str](), list[str]()
    at, road = road_of(parts)
    for number, part in enumerate(parts):
        rest = part
        if number == at:
            before, _, after = part.partition(road)
            left += [each for each in [before.strip(" ,.")] if each and not ROOM.fullmatch(each)]
            rooms += [before.strip(" ,.")] if ROOM.fullmatch(before.strip(" ,.")) else []
            left.append(PLACE_OF_ROAD)
            rest = after.strip(" ,.")
        for room in list(ROOM.finditer(rest)):
            rooms.append(room[0].strip())
            rest = rest.replace(room[0], " ")
        rest = re.sub(r"\s+", " ", rest).strip(" ,.")
        if not rest:
            continue
        house = BUILDING.search(rest) and not DISTRICT.match(rest)
        person = number == 0 and len(rest.split()) in (2, 3) and PERSON.fullmatch(rest)
        (buildings if house and not person and len(buildings) < 3 else left).append(rest)
    return left, ", ".join(rooms), road, ", ".join(buildings)


def road_of(parts: list[str]) -> tuple[int, str]:
    """Return which part holds the road, and the road; -1 if none does."""
    for number, part in enumerate(parts):
        if found := ROAD.search(part):
            return number, found[0].strip(" ,.")
    for number, part in enumerate(parts):
        if PLAIN_ROAD.match(part) and not ROOM.match(part):
            return number, part
    return -1, ""


def chinese_places(parts: list[str], region: str) -> tuple[list[str], dict[str, str]]:
    """Take Chinese divisions written in Latin letters out; they stay as they are written."""
    found = {"region": region, "city": "", "district": ""}
    left = []
    for part in parts:
        bare = re.sub(
            r"(?i)\s+(?:province|city|municipality|shi|sheng|autonomous region)$", "", part
        )
        district = DISTRICT.match(part)
        if district and not found["district"]:
            found["district"] = part
        elif latin(bare) in latin_cities() and not found["city"]:
            found["city"] = bare
        elif latin(bare) in latin_provinces() and not found["region"]:
            found["region"] = bare
        else:
            left.append(part)
    if found["region"] and not found["city"] and latin(found["region"]) in latin_cities():
        found["city"] = found["region"]
    city = latin_cities().get(latin(found["city"]))
    if city and not found["region"]:
        found["region"] = "".join(lazy_pinyin(bare_province(city))).capitalize()
    return left, found


def bare_province(city: City) -> str:
    """Return the short name of a city's province."""
    names = divisions().provinces
    return min((name for name in names if names[name] == city.province), key=len)


def latin(text: str) -> str:
    """Return a name's letters."""
    return re.sub(r"[^a-z]", "", text.casefold())


@cache
def latin_cities() -> dict[str, City]:
    """Return Chinese cities by their names in pinyin."""
    known = divisions().cities
    found = {"".join(lazy_pinyin(short(c.name))): c for cities in known.values() for c in cities}
    return {latin(name): city for name, city in found.items()}


@cache
def latin_provinces() -> frozenset[str]:
    """Return Chinese provinces in pinyin."""
    names = {"".join(lazy_pinyin(name)) for name in divisions().provinces}
    return frozenset({latin(name) for name in names} | {"innermongolia", "shaanxi", "tibet"})


def named_and_city(parts: list[str], place: dict[str, str]) -> dict[str, str]:
    """Tell the name, the city and the district among what is left, by what stands where."""
    at = parts.index(PLACE_OF_ROAD) if PLACE_OF_ROAD in parts else 0
    before = [part for part in parts[:at] if part != PLACE_OF_ROAD]
    after = [part for part in parts[at:] if part != PLACE_OF_ROAD]
    found = {"name": "", "city": place.get("city", ""), "district": place.get("district", "")}
    if not found["city"]:
        found["city"] = {"SG": "Singapore", "HK": "Hong Kong"}.get(place["country"], "")
    if before and (PERSON.fullmatch(before[0]) or (place.get("building") and not after)):
        found["name"] = before.pop(0)
    more = len(after) > (0 if found["city"] else 1)
    if not found["name"] and more and PERSON.fullmatch(after[-1]):
        found["name"] = after.pop()
    if not found["city"] and (after or before):
        found["city"] = (after or before).pop()
    if not found["district"] and after:
        found["district"] = ", ".join(after)
    elif not found["district"] and before and place["country"] == "CN":
        found["district"] = before.pop()
    if before and not place.get("building"):
        found["building"] = ", ".join(before)
    return found
