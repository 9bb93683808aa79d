"""Which country a question names: those an address may be in, and every other in the world.

For offering, terms, arriving and changing. A country that no address may be in is heard too: it is
said that nothing is sent there. Names: CLDR, by way of babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from assistant.doing.outcome import Asker
from assistant.doing.telling import phrase
from catalog.models import ShippingMethod
from catalog.presenting.buying import COUNTRIES
from catalog.presenting.money import locale_name
from catalog.text import fold

# What people call a country besides.
CALLED = {
    "US": (r"u\.?s\.?a?", "america", "the states"), "GB": ("uk", r"u\.k\.", "britain", "england",
    "scotland", "wales", "northern ireland", "英格兰", "苏格兰"),
    "TR": ("turkey",), "CZ": ("czech republic",),
    "KR": ("korea",), "AE": (r"u\.?a\.?e", "dubai", "迪拜"), "NL": ("holland",), "MM": ("burma",),
    "MO": ("macau",), "AU": ("澳洲",), "ID": ("印尼",), "CI": ("ivory coast",), "SA": ("沙特",),
}  # fmt: skip
# Names that mean goods or people as well: only after "to" or "in".
AMBIGUOUS = frozenset(("turkey", "jersey", "chad", "jordan", "georgia", "guinea", "china", "cuba",
                       "guernsey", "bermuda", "panama", "the states"))  # fmt: skip
# No country, though it has a code of two letters.
NONE = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))


def country_in(question: str) -> tuple[str, str] | None:
    """Return the country that a question names, with its name in the reader's language.

    One that an address may be in goes before any other.
    """
    text = fold(question)
    for name, code in names_of():
        to = r"(?:to|in|into|for|from|outside) (?:the )?" if name in AMBIGUOUS else ""
        if re.search(rf"(?<![a-z]){to}(?:{name})(?![a-z])", text):
            return code, str(Locale.parse(locale_name()).territories[code])
    return None


@cache
def names_of() -> tuple[tuple[str, str], ...]:
    """Return patterns of the names of all countries with their codes, the longest first."""
    found = set(told_names())
    return tuple(sorted(found, key=lambda one: (one[1] not in COUNTRIES, -len(one[0]), one)))


def told_names() -> Iterator[tuple[str, str]]:
    """Yield every name of every country, folded, with its code."""
    for language in ("zh_Hans", "en"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) != 2 or not code.isalpha() or code in NONE:
                continue
            plain = fold(str(name)).split("（")[0].split(" (")[0].removesuffix(" sar china")
            if code != "CN":
                plain = plain.removeprefix("中国").removesuffix("特别行政区")
            yield (plain if plain in AMBIGUOUS else re.escape(plain)), code
    for code, names in CALLED.items():
        for one in names:
            yield one, code


def sends_to(way: ShippingMethod, country: str) -> bool:
    """Tell whether a way of shipping reaches a country that an address may be in; "" is any."""
    return not country or (country in COUNTRIES and way.ships_to(country))


def sent_there(asker: Asker, country: str) -> str:
    """Return the act of sending to a country, as what is declined."""
    return phrase(asker, "寄到{name}", "send it to {name}", name=country)
